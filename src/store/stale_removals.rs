//! Removals that are owed for an end which is not the end of the membership any more: somebody who left and was let in anew
//! is not thrown out for what was before.

use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

use super::{
    Error,
    codec::{json, limit, ms},
    db::{Tx, fetch, from_items, listed},
    directory_members::Pair,
    events,
    membership_ends::MembershipEnds,
    operation_row::{OperationRow, operation_columns, operations},
};
use crate::domain::{
    event::{Event, EventKind},
    ids::GroupId,
    operation::Operation,
};

impl MembershipEnds<'_> {
    /// Gives up removals whose end is another by now and that nobody holds, at most so many at once and each with its
    /// event. Returns how many there were.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn give_up_stale(&self, now: Timestamp, most: usize) -> Result<usize, Error> {
        let mut tx = self.db.begin().await?;
        let ids = fetch!(
            &mut tx,
            fetch_all,
            sqlx::query_scalar::<_, String>(
                "UPDATE operation SET state = 'abandoned', version = version + 1, finished_at = $1
                 WHERE (state = 'unknown' OR (state = 'in_flight' AND lease_until <= $1))
                   AND id IN (SELECT o.id FROM operation o
                              WHERE o.kind = 'remove' AND o.until IS NOT NULL
                                AND (o.state = 'unknown' OR (o.state = 'in_flight' AND o.lease_until <= $1))
                                AND NOT EXISTS (SELECT 1 FROM membership_end e
                                                WHERE e.group_id = o.group_id AND e.person_id = o.person_id
                                                  AND e.ends_at = o.until)
                              ORDER BY o.created_at, o.id LIMIT $2)
                 RETURNING id"
            )
            .bind(ms(now))
            .bind(limit(most))
        )?;
        record(&mut tx, &ids, now).await?;
        tx.commit().await?;
        Ok(ids.len())
    }
}

/// Gives up what is owed for the ends of these memberships, each with its event, unless somebody holds it: the membership is
/// over, or another than it was.
pub(super) async fn give_up(tx: &mut Tx, pairs: &[Pair], now: Timestamp) -> Result<(), Error> {
    let item = |(group, person): &(GroupId, Uuid)| json!({ "group_id": group, "person_id": person });
    let items: Vec<_> = pairs.iter().map(item).collect();
    let text = from_items!(
        tx,
        ["UPDATE operation SET state = 'abandoned', version = version + 1, finished_at = $2
          WHERE kind = 'remove' AND until IS NOT NULL
            AND (state = 'unknown' OR (state = 'in_flight' AND lease_until <= $2))
            AND (group_id, person_id) IN (
              SELECT item.value ->> 'group_id', item.value ->> 'person_id' "],
        [") RETURNING id"]
    );
    let ids = fetch!(&mut *tx, fetch_all, sqlx::query_scalar::<_, String>(text).bind(json(&items)?).bind(ms(now)))?;
    record(tx, &ids, now).await
}

async fn record(tx: &mut Tx, ids: &[String], now: Timestamp) -> Result<(), Error> {
    if ids.is_empty() {
        return Ok(());
    }
    let text = listed!(tx, ["SELECT ", operation_columns!(), "FROM operation o WHERE o.id "], [""]);
    let given_up = fetch!(&mut *tx, fetch_all, sqlx::query_as::<_, OperationRow>(text).bind(json(&ids)?))?;
    for removal in operations(given_up)? {
        events::append(tx, &event(&removal, now)).await?;
    }
    Ok(())
}

fn event(removal: &Operation, now: Timestamp) -> Event {
    Event::new(EventKind::OperationAbandoned, None, now).group(removal.group).person(removal.person.id).detail(
        json!({ "operation": removal.id, "kind": removal.kind, "pointless": true, "name": removal.person.name }),
    )
}
