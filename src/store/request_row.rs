//! A request as a row, joined with its decision and its operation.

use sqlx::FromRow;

use super::{
    Error,
    codec::{instant, optional_instant, read_code, read_id, read_json},
    operation_row::OperationRow,
};
use crate::domain::{
    directory::PersonRef,
    request::{Decision, JoinRequest},
};

/// Selects requests `r` with what follows them.
macro_rules! request_select {
    () => {
        concat!(
            "SELECT r.id, r.kind, r.group_id, r.group_name, r.requester_id, r.requester_name, r.asker, r.reason, r.answers, r.days, \
             r.state, \
             r.end_reason, r.version, r.asked_at, r.lapses_at, r.ended_at, d.decider_id, d.decider_name, \
             d.message, d.decided_at, \
             (SELECT string_agg(c.owner_id, ' ') FROM consent c WHERE c.request_id = r.id) AS consented, ",
            $crate::store::operation_row::operation_columns!(),
            "FROM request r LEFT JOIN decision d ON d.request_id = r.id \
             LEFT JOIN operation o ON o.request_id = r.id "
        )
    };
}
pub(super) use request_select;

/// A row of requests.
#[derive(FromRow)]
pub(super) struct RequestRow {
    id: String,
    kind: String,
    group_id: String,
    group_name: String,
    requester_id: String,
    requester_name: String,
    asker: String,
    reason: String,
    answers: String,
    days: Option<i64>,
    state: String,
    end_reason: Option<String>,
    version: i64,
    asked_at: i64,
    lapses_at: i64,
    ended_at: Option<i64>,
    decider_id: Option<String>,
    decider_name: Option<String>,
    message: Option<String>,
    decided_at: Option<i64>,
    consented: Option<String>,
    #[sqlx(flatten)]
    operation: OperationRow,
}

impl RequestRow {
    /// Returns the request.
    pub(super) fn request(self) -> Result<JoinRequest, Error> {
        let decision = match (self.decider_id, self.decider_name, self.message, self.decided_at) {
            (Some(by), Some(name), Some(message), Some(at)) => {
                Some(Decision { by: PersonRef { id: read_id(&by)?, name }, at: instant(at)?, message })
            }
            _ => None,
        };
        Ok(JoinRequest {
            id: read_id(&self.id)?,
            kind: read_code(&self.kind)?,
            group: read_id(&self.group_id)?,
            group_name: self.group_name,
            requester: PersonRef { id: read_id(&self.requester_id)?, name: self.requester_name },
            asker: read_json(&self.asker)?,
            reason: self.reason,
            answers: read_json(&self.answers)?,
            days: self.days.and_then(|days| u16::try_from(days).ok()),
            state: read_code(&self.state)?,
            end_reason: self.end_reason.as_deref().map(read_code).transpose()?,
            version: self.version,
            asked_at: instant(self.asked_at)?,
            lapses_at: instant(self.lapses_at)?,
            ended_at: optional_instant(self.ended_at)?,
            consented: self.consented.unwrap_or_default().split_whitespace().map(read_id).collect::<Result<_, _>>()?,
            decision,
            operation: self.operation.operation()?,
        })
    }
}

/// Returns the requests of rows.
pub(super) fn requests(rows: Vec<RequestRow>) -> Result<Vec<JoinRequest>, Error> {
    rows.into_iter().map(RequestRow::request).collect()
}
