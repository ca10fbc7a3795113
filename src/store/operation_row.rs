//! An operation as a row. The columns are named apart and may all be missing, so that the same row type serves a request
//! that has no operation yet.

use sqlx::FromRow;

use super::{
    Error,
    codec::{instant, optional_instant, read_code, read_id, read_optional_id},
};
use crate::domain::{directory::PersonRef, operation::Operation};

/// The columns of `operation o`.
macro_rules! operation_columns {
    () => {
        "o.id AS o_id, o.kind AS o_kind, o.group_id AS o_group_id, o.group_name AS o_group_name, \
         o.person_id AS o_person_id, o.person_name AS o_person_name, o.request_id AS o_request_id, \
         o.decided_by AS o_decided_by, o.decided_by_name AS o_decided_by_name, o.reason AS o_reason, \
         o.state AS o_state, o.version AS o_version, o.attempt AS o_attempt, o.lease_until AS o_lease_until, \
         o.refusal AS o_refusal, o.negative_at AS o_negative_at, o.created_at AS o_created_at, \
         o.finished_at AS o_finished_at, o.carried_out_by AS o_by, o.carried_out_by_name AS o_by_name, \
         o.until AS o_until "
    };
}
pub(super) use operation_columns;

/// A row of operations, or the place where one could be.
#[derive(FromRow)]
// The prefix keeps the columns apart from those of the request they are joined with.
#[allow(clippy::struct_field_names)]
pub(super) struct OperationRow {
    o_id: Option<String>,
    o_kind: Option<String>,
    o_group_id: Option<String>,
    o_group_name: Option<String>,
    o_person_id: Option<String>,
    o_person_name: Option<String>,
    o_request_id: Option<String>,
    o_decided_by: Option<String>,
    o_decided_by_name: Option<String>,
    o_reason: Option<String>,
    o_state: Option<String>,
    o_version: Option<i64>,
    o_attempt: Option<i64>,
    o_lease_until: Option<i64>,
    o_refusal: Option<String>,
    o_negative_at: Option<i64>,
    o_created_at: Option<i64>,
    o_finished_at: Option<i64>,
    o_by: Option<String>,
    o_by_name: Option<String>,
    o_until: Option<i64>,
}

impl OperationRow {
    /// Returns the operation, when there is one.
    pub(super) fn operation(self) -> Result<Option<Operation>, Error> {
        let Some(id) = &self.o_id else { return Ok(None) };
        Ok(Some(Operation {
            id: read_id(id)?,
            kind: read_code(&there(self.o_kind)?)?,
            group: read_id(&there(self.o_group_id)?)?,
            group_name: there(self.o_group_name)?,
            person: PersonRef { id: read_id(&there(self.o_person_id)?)?, name: there(self.o_person_name)? },
            request: read_optional_id(self.o_request_id.as_deref())?,
            decided_by: PersonRef { id: read_id(&there(self.o_decided_by)?)?, name: there(self.o_decided_by_name)? },
            reason: there(self.o_reason)?,
            state: read_code(&there(self.o_state)?)?,
            version: there(self.o_version)?,
            attempt: there(self.o_attempt)?,
            lease_until: instant(there(self.o_lease_until)?)?,
            refusal: self.o_refusal.as_deref().map(read_code).transpose()?,
            negative_at: optional_instant(self.o_negative_at)?,
            created_at: instant(there(self.o_created_at)?)?,
            finished_at: optional_instant(self.o_finished_at)?,
            carried_out_by: match (self.o_by, self.o_by_name) {
                (Some(by), Some(name)) => Some(PersonRef { id: read_id(&by)?, name }),
                _ => None,
            },
            until: optional_instant(self.o_until)?,
        }))
    }
}

/// Returns the operations of rows that have one each.
pub(super) fn operations(rows: Vec<OperationRow>) -> Result<Vec<Operation>, Error> {
    rows.into_iter().filter_map(|row| row.operation().transpose()).collect()
}

fn there<T>(column: Option<T>) -> Result<T, Error> {
    column.ok_or_else(|| Error::codec("an operation lacks a column"))
}
