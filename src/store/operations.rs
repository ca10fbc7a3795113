//! Writes owed to the directory: taking them up and finding them. How they are settled is in [`super::operation_endings`].

use jiff::Timestamp;

use super::{
    Error,
    codec::{code, id, instant, ms, read_code, read_id},
    db::{Db, Tx, execute, fetch, read},
    events,
    operation_row::{OperationRow, operation_columns, operations},
};
use crate::domain::{
    directory::PersonRef,
    event::Event,
    ids::{GroupId, OperationId, PersonId},
    operation::{LEASE, Operation},
    own_writes::OwnWrite,
};

/// Keeps, finds and moves operations.
#[derive(Debug, Clone, Copy)]
pub struct Operations<'a> {
    pub(super) db: &'a Db,
}

macro_rules! operation_select {
    () => {
        concat!("SELECT ", operation_columns!(), "FROM operation o ")
    };
}

impl Operations<'_> {
    /// Returns an operation.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find(&self, operation: OperationId) -> Result<Option<Operation>, Error> {
        let text = concat!(operation_select!(), "WHERE o.id = $1");
        let row = read!(self.db, fetch_optional, sqlx::query_as::<_, OperationRow>(text).bind(id(operation)))?;
        row.map_or(Ok(None), OperationRow::operation)
    }

    /// Takes an operation up: when its answer was lost or its lease has run out, the person holds it for [`LEASE`].
    /// Returns it as held, or `None` when it cannot be had. An add cannot be had while the group is paused, nor once the
    /// person has wished to leave since, or its membership would be over. A removal for an end cannot be had once the end is
    /// another, or the person is being let in anew. After a process that was lost with the lease, the reads that settle a refusal
    /// begin anew, for its write may still land.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin(
        &self,
        operation: OperationId,
        version: i64,
        by: &PersonRef,
        now: Timestamp,
        event: &Event,
    ) -> Result<Option<Operation>, Error> {
        let mut tx = self.db.begin().await?;
        let rows = execute!(
            &mut tx,
            sqlx::query(
                "UPDATE operation SET state = 'in_flight', lease_until = $1, attempt = attempt + 1,
                                      version = version + 1, carried_out_by = $2, carried_out_by_name = $3,
                                      negative_at = CASE WHEN state = 'in_flight' THEN NULL ELSE negative_at END
                 WHERE id = $4 AND version = $5
                   AND (state = 'unknown' OR (state = 'in_flight' AND lease_until <= $6))
                   AND (kind <> 'add' OR (
                       EXISTS (SELECT 1 FROM designation d
                               WHERE d.group_id = operation.group_id AND d.suspended_at IS NULL)
                       AND NOT EXISTS (SELECT 1 FROM operation r
                                       WHERE r.kind = 'remove' AND r.state <> 'abandoned'
                                         AND r.group_id = operation.group_id AND r.person_id = operation.person_id
                                         AND r.created_at >= operation.created_at)
                       AND (until IS NULL OR until > $6)))
                   AND (kind <> 'remove' OR until IS NULL OR (
                       EXISTS (SELECT 1 FROM membership_end e
                               WHERE e.group_id = operation.group_id AND e.person_id = operation.person_id
                                 AND e.ends_at = operation.until)
                       AND NOT EXISTS (SELECT 1 FROM operation a
                                       WHERE a.kind = 'add' AND a.state IN ('in_flight', 'unknown')
                                         AND a.group_id = operation.group_id AND a.person_id = operation.person_id
                                         AND a.created_at >= operation.created_at)))"
            )
            .bind(ms(now + LEASE))
            .bind(id(by.id))
            .bind(&by.name)
            .bind(id(operation))
            .bind(version)
            .bind(ms(now))
        )?;
        if rows == 0 {
            return Ok(None);
        }
        let text = concat!(operation_select!(), "WHERE o.id = $1");
        let held =
            fetch!(&mut tx, fetch_one, sqlx::query_as::<_, OperationRow>(text).bind(id(operation)))?.operation()?;
        events::append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(held)
    }

    /// Returns what is still owed for a person in a group, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn unfinished_for(&self, group: GroupId, person: PersonId) -> Result<Vec<Operation>, Error> {
        let rows = read!(
            self.db,
            fetch_all,
            sqlx::query_as::<_, OperationRow>(concat!(
                operation_select!(),
                "WHERE o.group_id = $1 AND o.person_id = $2 AND o.state IN ('in_flight', 'unknown')
                 ORDER BY o.created_at, o.id"
            ))
            .bind(id(group))
            .bind(id(person))
        )?;
        operations(rows)
    }

    /// Returns what was done in the directory for a person in a group since an instant.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn own_writes(&self, group: GroupId, person: PersonId, since: Timestamp) -> Result<Vec<OwnWrite>, Error> {
        let rows = read!(
            self.db,
            fetch_all,
            sqlx::query_as::<_, (String, String, i64)>(
                "SELECT id, kind, finished_at FROM operation
                 WHERE group_id = $1 AND person_id = $2 AND kind IN ('add', 'remove') AND state = 'applied'
                   AND finished_at > $3"
            )
            .bind(id(group))
            .bind(id(person))
            .bind(ms(since))
        )?;
        let write = |(operation, kind, at): (String, String, i64)| {
            Ok(OwnWrite { operation: read_id(&operation)?, kind: read_code(&kind)?, group, at: instant(at)? })
        };
        rows.into_iter().map(write).collect()
    }

    /// Returns what is still owed for a person in all groups, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn unfinished_of_person(&self, person: PersonId) -> Result<Vec<Operation>, Error> {
        let rows = read!(
            self.db,
            fetch_all,
            sqlx::query_as::<_, OperationRow>(concat!(
                operation_select!(),
                "WHERE o.person_id = $1 AND o.state IN ('in_flight', 'unknown') ORDER BY o.created_at, o.id"
            ))
            .bind(id(person))
        )?;
        operations(rows)
    }
}

/// Inserts an operation; `false` when it is there already, from a form that was sent twice, or when the same is owed to the
/// person without a request and is not over.
pub(super) async fn insert(tx: &mut Tx, operation: &Operation) -> Result<bool, Error> {
    let rows = execute!(
        tx,
        sqlx::query(
            "INSERT INTO operation (id, kind, group_id, group_name, person_id, person_name, request_id, state,
                                    version, attempt, lease_until, created_at, carried_out_by, carried_out_by_name,
                                    decided_by, decided_by_name, reason, until)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
             ON CONFLICT DO NOTHING"
        )
        .bind(id(operation.id))
        .bind(code(operation.kind)?)
        .bind(id(operation.group))
        .bind(&operation.group_name)
        .bind(id(operation.person.id))
        .bind(&operation.person.name)
        .bind(operation.request.map(id))
        .bind(code(operation.state)?)
        .bind(operation.version)
        .bind(operation.attempt)
        .bind(ms(operation.lease_until))
        .bind(ms(operation.created_at))
        .bind(operation.carried_out_by.as_ref().map(|by| id(by.id)))
        .bind(operation.carried_out_by.as_ref().map(|by| by.name.as_str()))
        .bind(id(operation.decided_by.id))
        .bind(&operation.decided_by.name)
        .bind(&operation.reason)
        .bind(operation.until.map(ms))
    )?;
    Ok(rows == 1)
}
