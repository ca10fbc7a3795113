//! How requests end without an answer: taken back, lapsed, or closed because nobody can answer them any more.

use jiff::Timestamp;
use serde_json::json;
use sqlx::FromRow;

use super::{
    Error, Moved,
    codec::{code, id, limit, ms, read_id},
    db::{Tx, execute, fetch},
    events,
    requests::Requests,
};
use crate::domain::{
    directory::PersonRef,
    event::{Event, EventKind},
    ids::{GroupId, RequestId},
    request::EndReason,
};

/// A request that has just ended.
#[derive(FromRow)]
pub(super) struct EndedRow {
    id: String,
    group_id: String,
    requester_id: String,
}

impl Requests<'_> {
    /// Ends an open request and frees its place.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end(
        &self,
        request: RequestId,
        version: i64,
        reason: EndReason,
        now: Timestamp,
        event: &Event,
    ) -> Result<Moved, Error> {
        let mut tx = self.db.begin().await?;
        let rows = execute!(
            &mut tx,
            sqlx::query(
                "UPDATE request SET state = 'ended', end_reason = $1, ended_at = $2, occupies = FALSE,
                                    version = version + 1
                 WHERE id = $3 AND version = $4 AND state = 'open'"
            )
            .bind(code(reason)?)
            .bind(ms(now))
            .bind(id(request))
            .bind(version)
        )?;
        events::finish(tx, rows > 0, event).await
    }

    /// Lets open requests lapse whose time has passed, at most so many at once and each with its event, and returns how
    /// many did.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn lapse_due(&self, now: Timestamp, most: usize) -> Result<usize, Error> {
        let mut tx = self.db.begin().await?;
        let ended = fetch!(
            &mut tx,
            fetch_all,
            sqlx::query_as::<_, EndedRow>(
                "UPDATE request SET state = 'ended', end_reason = 'lapsed', ended_at = $1, occupies = FALSE,
                                    version = version + 1
                 WHERE state = 'open' AND lapses_at <= $1
                   AND id IN (SELECT id FROM request WHERE state = 'open' AND lapses_at <= $1
                              ORDER BY lapses_at, id LIMIT $2)
                 RETURNING id, group_id, requester_id"
            )
            .bind(ms(now))
            .bind(limit(most))
        )?;
        record(&mut tx, &ended, EndReason::Lapsed, now, None).await?;
        tx.commit().await?;
        Ok(ended.len())
    }
}

/// Ends all open requests of a group; their events are still to be recorded.
pub(super) async fn end_open(
    tx: &mut Tx,
    group: GroupId,
    reason: EndReason,
    now: Timestamp,
) -> Result<Vec<EndedRow>, Error> {
    fetch!(
        tx,
        fetch_all,
        sqlx::query_as::<_, EndedRow>(
            "UPDATE request SET state = 'ended', end_reason = $1, ended_at = $2, occupies = FALSE,
                                version = version + 1
             WHERE group_id = $3 AND state = 'open'
             RETURNING id, group_id, requester_id"
        )
        .bind(code(reason)?)
        .bind(ms(now))
        .bind(id(group))
    )
}

/// Records that requests have ended.
pub(super) async fn record(
    tx: &mut Tx,
    ended: &[EndedRow],
    reason: EndReason,
    now: Timestamp,
    actor: Option<&PersonRef>,
) -> Result<(), Error> {
    let kind = match reason {
        EndReason::Lapsed => EventKind::RequestLapsed,
        EndReason::Withdrawn => EventKind::RequestWithdrawn,
        _ => EventKind::RequestClosed,
    };
    for row in ended {
        let event = Event::new(kind, actor.cloned(), now)
            .group(read_id(&row.group_id)?)
            .person(read_id(&row.requester_id)?)
            .request(read_id(&row.id)?)
            .detail(json!({ "reason": reason }));
        events::append(tx, &event).await?;
    }
    Ok(())
}
