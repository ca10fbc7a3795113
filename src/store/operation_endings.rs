//! How operations are settled: done, refused, lost track of, or given up. Only the one who holds an operation settles it.

use jiff::Timestamp;

use super::{
    Error, Moved,
    codec::{code, id, id_list, json, ms},
    db::{Tx, execute, fetch, listed},
    directory_members::expect,
    events, membership_ends,
    operation_row::{OperationRow, operation_columns, operations},
    operations::Operations,
};
use crate::domain::{
    event::{Event, EventKind},
    operation::{ABANDON_AFTER, DirectoryRefusal, Operation, State, Step},
};

/// How many operations [`Operations::abandon_due`] gives up in one transaction.
const BATCH: i64 = 100;

impl Operations<'_> {
    /// Settles an operation as it is held: its version has to be the current one. A refusal keeps the first negative read
    /// of a row of refusals; an unclear answer ends the row, for that write may still land. When it is over, the place of
    /// its request in the queue is free.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn settle(
        &self,
        held: &Operation,
        step: Step,
        refusal: Option<DirectoryRefusal>,
        negative_at: Option<Timestamp>,
        now: Timestamp,
        event: &Event,
    ) -> Result<Moved, Error> {
        let Some(to) = held.state.after(step).filter(|_| held.state == State::InFlight && step != Step::Begin) else {
            return Ok(Moved::No);
        };
        let is_over = to != State::Unknown;
        let mut tx = self.db.begin().await?;
        let rows = execute!(
            &mut tx,
            sqlx::query(
                "UPDATE operation SET state = $1, version = version + 1, refusal = $2,
                                      negative_at = CASE WHEN $2 IS NULL THEN NULL ELSE COALESCE(negative_at, $3) END,
                                      finished_at = $4
                 WHERE id = $5 AND version = $6 AND state = 'in_flight'"
            )
            .bind(code(to)?)
            .bind(refusal.map(code).transpose()?)
            .bind(negative_at.map(ms))
            .bind(is_over.then(|| ms(now)))
            .bind(id(held.id))
            .bind(held.version)
        )?;
        if rows == 0 {
            return Ok(Moved::No);
        }
        if is_over {
            free_places(&mut tx, std::slice::from_ref(held)).await?;
        }
        if to == State::Applied {
            membership_ends::landed(&mut tx, held, now).await?;
        }
        events::append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(Moved::Yes)
    }

    /// Settles an add of somebody who was a member before: it is done, and the membership keeps the end that it has, or has
    /// none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn settle_already(&self, held: &Operation, now: Timestamp, event: &Event) -> Result<Moved, Error> {
        let mut tx = self.db.begin().await?;
        let rows = execute!(
            &mut tx,
            sqlx::query(
                "UPDATE operation SET state = 'applied', version = version + 1, refusal = NULL, negative_at = NULL,
                                      finished_at = $1, until = NULL
                 WHERE id = $2 AND version = $3 AND state = 'in_flight'"
            )
            .bind(ms(now))
            .bind(id(held.id))
            .bind(held.version)
        )?;
        if rows == 0 {
            return Ok(Moved::No);
        }
        free_places(&mut tx, std::slice::from_ref(held)).await?;
        expect(&mut tx, held, now).await?;
        events::append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(Moved::Yes)
    }

    /// Gives an operation up, as drawn: its version has to be the current one, and nobody may hold it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn abandon(&self, operation: &Operation, now: Timestamp, event: &Event) -> Result<Moved, Error> {
        let mut tx = self.db.begin().await?;
        let rows = execute!(
            &mut tx,
            sqlx::query(
                "UPDATE operation SET state = 'abandoned', version = version + 1, finished_at = $1
                 WHERE id = $2 AND version = $3
                   AND (state = 'unknown' OR (state = 'in_flight' AND lease_until <= $1))"
            )
            .bind(ms(now))
            .bind(id(operation.id))
            .bind(operation.version)
        )?;
        if rows == 0 {
            return Ok(Moved::No);
        }
        free_places(&mut tx, std::slice::from_ref(operation)).await?;
        events::append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(Moved::Yes)
    }

    /// Gives up what nobody carried out within [`ABANDON_AFTER`] or before the membership would be over, each with its
    /// event, and returns how many there were. The
    /// removal of somebody whose membership has come to its end stays owed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn abandon_due(&self, now: Timestamp) -> Result<usize, Error> {
        let mut tx = self.db.begin().await?;
        let ids = fetch!(
            &mut tx,
            fetch_all,
            sqlx::query_scalar::<_, String>(
                "UPDATE operation SET state = 'abandoned', version = version + 1, finished_at = $1
                 WHERE (state = 'unknown' OR (state = 'in_flight' AND lease_until <= $1))
                   AND id IN (SELECT id FROM operation
                              WHERE (state = 'unknown' OR (state = 'in_flight' AND lease_until <= $1))
                                AND ((created_at <= $2 AND (kind <> 'remove' OR until IS NULL))
                                     OR (kind = 'add' AND until <= $1))
                              ORDER BY created_at, id LIMIT $3)
                 RETURNING id"
            )
            .bind(ms(now))
            .bind(ms(now - ABANDON_AFTER))
            .bind(BATCH)
        )?;
        let text = listed!(tx, ["SELECT ", operation_columns!(), "FROM operation o WHERE o.id "], [""]);
        let abandoned =
            operations(fetch!(&mut tx, fetch_all, sqlx::query_as::<_, OperationRow>(text).bind(json(&ids)?))?)?;
        free_places(&mut tx, &abandoned).await?;
        for operation in &abandoned {
            events::append(&mut tx, &abandoned_event(operation, now)).await?;
        }
        tx.commit().await?;
        Ok(abandoned.len())
    }
}

fn abandoned_event(operation: &Operation, now: Timestamp) -> Event {
    let mut event =
        Event::new(EventKind::OperationAbandoned, None, now).group(operation.group).person(operation.person.id);
    event.request = operation.request;
    let mut detail = serde_json::json!({
        "operation": operation.id,
        "kind": operation.kind,
        "attempt": operation.attempt,
        "refusal": operation.refusal,
    });
    if operation.has_passed(now) {
        detail["pointless"] = true.into();
    }
    event.detail(detail)
}

/// Returns the event of an add that turned out to have landed when the person was to be removed.
pub(super) fn landed_event(operation: &Operation, now: Timestamp) -> Event {
    let mut event =
        Event::new(EventKind::MembershipAdded, None, now).group(operation.group).person(operation.person.id);
    event.request = operation.request;
    event.detail(serde_json::json!({
        "operation": operation.id,
        "seen": "the person was a member and was to be removed",
        "until": operation.until,
    }))
}

/// Frees the places in the queues that the requests of these operations held.
pub(super) async fn free_places(tx: &mut Tx, over: &[Operation]) -> Result<(), Error> {
    let requests: Vec<_> = over.iter().filter_map(|operation| operation.request).collect();
    if requests.is_empty() {
        return Ok(());
    }
    let text = listed!(tx, ["UPDATE request SET occupies = FALSE WHERE id "], [""]);
    execute!(tx, sqlx::query(text).bind(id_list(&requests)))?;
    Ok(())
}
