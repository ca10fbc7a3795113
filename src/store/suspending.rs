//! A group that can no longer be managed: it is suspended and its open requests end, or neither happens.

use jiff::Timestamp;
use serde_json::json;

use super::{
    Error,
    codec::{self, id, ms},
    db::{Tx, execute},
    designations::{Designations, has_changed},
    endings::{EndedRow, end_open, record},
    events,
};
use crate::domain::{
    designation::SuspendReason,
    directory::PersonRef,
    event::{Event, EventKind},
    ids::GroupId,
    request::EndReason,
};

/// What a suspension came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Suspended {
    /// Whether the group took requests until now.
    pub is_new: bool,
    /// How many requests ended.
    pub ended: usize,
}

/// What a suspension changed; its events are still to be recorded.
pub(super) struct Suspension {
    /// Whether the group took requests until now.
    pub is_new: bool,
    /// The requests that ended.
    pub ended: Vec<EndedRow>,
}

impl Designations<'_> {
    /// Suspends a group that is gone or unfit and ends its open requests, each change with its event, all in one
    /// transaction. A group that is suspended already keeps its reason, and what is left of its requests ends. A pause by
    /// an administrator ends nothing.
    ///
    /// # Errors
    /// When the database fails; then nothing has changed.
    pub async fn suspend_and_end(
        &self,
        group: GroupId,
        reason: SuspendReason,
        now: Timestamp,
        actor: Option<&PersonRef>,
    ) -> Result<Suspended, Error> {
        let mut tx = self.db.begin().await?;
        let over = over(reason);
        let suspended = suspend(&mut tx, group, reason, over, now).await?;
        if suspended.is_new {
            events::append(&mut tx, &event(group, reason, now, actor)).await?;
        }
        if let Some(over) = over {
            record(&mut tx, &suspended.ended, over, now, actor).await?;
        }
        tx.commit().await?;
        Ok(Suspended { is_new: suspended.is_new, ended: suspended.ended.len() })
    }
}

/// Suspends a group and ends its requests in somebody's transaction. Rows come first: whoever holds the head of the chain of
/// events waits for no other row.
pub(super) async fn suspend(
    tx: &mut Tx,
    group: GroupId,
    reason: SuspendReason,
    over: Option<EndReason>,
    now: Timestamp,
) -> Result<Suspension, Error> {
    let rows = execute!(
        &mut *tx,
        sqlx::query(
            "UPDATE designation SET suspended_at = $1, suspended_why = $2, changed_at = $1, version = version + 1
             WHERE group_id = $3 AND suspended_at IS NULL"
        )
        .bind(ms(now))
        .bind(codec::json(&reason)?)
        .bind(id(group))
    )?;
    let ended = match over {
        Some(over) => end_open(tx, group, over, now).await?,
        None => Vec::new(),
    };
    if rows > 0 {
        has_changed(tx, group).await?;
    }
    Ok(Suspension { is_new: rows > 0, ended })
}

/// Returns the event of a suspension.
pub(super) fn event(group: GroupId, reason: SuspendReason, now: Timestamp, actor: Option<&PersonRef>) -> Event {
    let event = Event::new(EventKind::DesignationSuspended, actor.cloned(), now).group(group);
    event.detail(json!({ "reason": reason }))
}

/// Returns why requests end with the suspension.
fn over(reason: SuspendReason) -> Option<EndReason> {
    match reason {
        SuspendReason::Gone => Some(EndReason::GroupGone),
        SuspendReason::Unfit(_) => Some(EndReason::GroupUnfit),
        SuspendReason::Administrator | SuspendReason::Restored => None,
    }
}
