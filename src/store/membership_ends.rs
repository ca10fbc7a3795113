//! When memberships end that Roster gave: kept once the directory has the membership, over once it has it no more, and
//! owed as a removal when the end has come.

use jiff::Timestamp;
use serde_json::json;
use sqlx::FromRow;

use super::{
    Error,
    codec::{id, instant, json, limit, ms, read_id},
    db::{Db, Tx, execute, fetch, from_items, listed},
    directory_members::{Pair, expect},
    endings::{self, EndedRow},
    events,
    operation_row::{OperationRow, operation_columns, operations},
    operations, stale_removals,
};
use crate::domain::{
    directory::PersonRef,
    event::{Event, EventKind},
    operation::{Kind, Operation},
    request::EndReason,
};

/// How long a removal rests that the directory refused for good, before it is owed anew.
const REST: jiff::SignedDuration = jiff::SignedDuration::from_hours(24);

/// Keeps the ends of memberships.
#[derive(Debug, Clone, Copy)]
pub struct MembershipEnds<'a> {
    pub(super) db: &'a Db,
}

#[derive(FromRow)]
struct DueRow {
    group_id: String,
    group_name: String,
    person_id: String,
    person_name: String,
    ends_at: i64,
    set_by: String,
    set_by_name: String,
}

impl MembershipEnds<'_> {
    /// Owes the removal of those whose end has come, at most so many at once and each with its event, and returns how many
    /// there were. Nobody holds them: who may, takes them up. Groups that the directory no longer lets anybody manage keep
    /// their members.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn owe_due(&self, now: Timestamp, most: usize) -> Result<usize, Error> {
        let mut tx = self.db.begin().await?;
        // A change of an end locks the same row, so of the two one sees what the other did.
        let due = fetch!(
            &mut tx,
            fetch_all,
            sqlx::query_as::<_, DueRow>(
                "UPDATE membership_end SET version = version + 1
                 WHERE ends_at <= $1 AND (group_id, person_id) IN (
                     SELECT e.group_id, e.person_id
                     FROM membership_end e JOIN designation d ON d.group_id = e.group_id
                     WHERE e.ends_at <= $1
                       AND (d.suspended_why IS NULL OR d.suspended_why LIKE '%\"administrator\"%')
                       AND NOT EXISTS (
                           SELECT 1 FROM operation o
                           WHERE o.group_id = e.group_id AND o.person_id = e.person_id AND o.kind IN ('add', 'remove')
                             AND (o.state IN ('in_flight', 'unknown')
                                  OR (o.state = 'refused' AND o.until IS NOT NULL AND o.finished_at > $2)))
                     ORDER BY e.ends_at, e.group_id, e.person_id LIMIT $3)
                 RETURNING group_id, group_name, person_id, person_name, ends_at, set_by, set_by_name"
            )
            .bind(ms(now))
            .bind(ms(now - REST))
            .bind(limit(most))
        )?;
        let mut owed = Vec::new();
        for row in due {
            let removal = row.removal(now)?;
            if operations::insert(&mut tx, &removal).await? {
                owed.push(removal);
            }
        }
        for removal in &owed {
            events::append(&mut tx, &ended_event(removal, now)).await?;
        }
        tx.commit().await?;
        Ok(owed.len())
    }

    /// Ends open requests to belong for longer whose membership is gone or has no end any more, each with its event, and
    /// returns how many there were.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_pointless(&self, now: Timestamp) -> Result<usize, Error> {
        let mut tx = self.db.begin().await?;
        let ended = fetch!(
            &mut tx,
            fetch_all,
            sqlx::query_as::<_, EndedRow>(
                "UPDATE request SET state = 'ended', end_reason = 'no_end', ended_at = $1, occupies = FALSE,
                                    version = version + 1
                 WHERE state = 'open' AND kind = 'extend'
                   AND NOT EXISTS (SELECT 1 FROM membership_end e
                                   WHERE e.group_id = request.group_id AND e.person_id = request.requester_id
                                     AND e.ends_at IS NOT NULL)
                 RETURNING id, group_id, requester_id"
            )
            .bind(ms(now))
        )?;
        endings::record(&mut tx, &ended, EndReason::NoEnd, now, None).await?;
        tx.commit().await?;
        Ok(ended.len())
    }

    /// Gives up removals that nobody has begun and whose end is still to come, each with its event: the clock by which they
    /// were owed was set far ahead. Returns how many there were.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn give_up_early(&self, now: Timestamp) -> Result<usize, Error> {
        let mut tx = self.db.begin().await?;
        let ids = fetch!(
            &mut tx,
            fetch_all,
            sqlx::query_scalar::<_, String>(
                "UPDATE operation SET state = 'abandoned', version = version + 1, finished_at = $1
                 WHERE kind = 'remove' AND state = 'unknown' AND attempt = 0 AND until > $1
                 RETURNING id"
            )
            .bind(ms(now))
        )?;
        if ids.is_empty() {
            return Ok(0);
        }
        let text = listed!(tx, ["SELECT ", operation_columns!(), "FROM operation o WHERE o.id "], [""]);
        let early = operations(fetch!(&mut tx, fetch_all, sqlx::query_as::<_, OperationRow>(text).bind(json(&ids)?))?)?;
        for removal in &early {
            events::append(&mut tx, &taken_back(removal, None, now)).await?;
        }
        tx.commit().await?;
        Ok(early.len())
    }
}

/// Notes in the transaction that records it that the directory has a membership, or has it no more: what the copy is to show
/// in time, and when the membership ends.
pub(super) async fn landed(tx: &mut Tx, done: &Operation, now: Timestamp) -> Result<(), Error> {
    expect(tx, done, now).await?;
    let pair = [(done.group, done.person.id.0)];
    match (done.kind, done.until) {
        (Kind::Add, Some(until)) => {
            keep(tx, done, until, now).await?;
            stale_removals::give_up(tx, &pair, now).await
        }
        // What is given without an end has none of before either.
        (Kind::Add, None) | (Kind::Remove, _) => close(tx, &pair, now).await,
        (Kind::AddOwner | Kind::RemoveOwner, _) => Ok(()),
    }
}

async fn keep(tx: &mut Tx, add: &Operation, until: Timestamp, now: Timestamp) -> Result<(), Error> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO membership_end (group_id, group_name, person_id, person_name, ends_at, set_by, set_by_name, why,
                                         set_at, version)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)
             ON CONFLICT (group_id, person_id) DO UPDATE SET
                 group_name = excluded.group_name, person_name = excluded.person_name, ends_at = excluded.ends_at,
                 set_by = excluded.set_by, set_by_name = excluded.set_by_name, why = excluded.why,
                 set_at = excluded.set_at, version = membership_end.version + 1"
        )
        .bind(id(add.group))
        .bind(&add.group_name)
        .bind(id(add.person.id))
        .bind(&add.person.name)
        .bind(ms(until))
        .bind(id(add.decided_by.id))
        .bind(&add.decided_by.name)
        .bind(&add.reason)
        .bind(ms(now))
    )?;
    Ok(())
}

/// Ends the ends of memberships that are no more, and gives up what is owed for them.
pub(super) async fn close(tx: &mut Tx, gone: &[Pair], now: Timestamp) -> Result<(), Error> {
    if gone.is_empty() {
        return Ok(());
    }
    let items: Vec<_> = gone.iter().map(|(group, person)| json!({ "group_id": group, "person_id": person })).collect();
    let text = from_items!(
        tx,
        ["UPDATE membership_end SET ends_at = NULL, set_at = $2, version = version + 1
          WHERE ends_at IS NOT NULL AND (group_id, person_id) IN (
              SELECT item.value ->> 'group_id', item.value ->> 'person_id' "],
        [")"]
    );
    execute!(&mut *tx, sqlx::query(text).bind(json(&items)?).bind(ms(now)))?;
    stale_removals::give_up(tx, gone, now).await
}

fn ended_event(removal: &Operation, now: Timestamp) -> Event {
    Event::new(EventKind::MembershipEnded, None, now)
        .group(removal.group)
        .person(removal.person.id)
        .detail(json!({ "operation": removal.id, "until": removal.until, "name": removal.person.name }))
}

/// Returns the event of a removal that is not carried out after all, for the membership has not come to its end.
pub(super) fn taken_back(removal: &Operation, by: Option<&PersonRef>, now: Timestamp) -> Event {
    Event::new(EventKind::OperationAbandoned, by.cloned(), now)
        .group(removal.group)
        .person(removal.person.id)
        .detail(json!({ "operation": removal.id, "kind": removal.kind, "goes_on": true, "name": removal.person.name }))
}

impl DueRow {
    fn removal(self, now: Timestamp) -> Result<Operation, Error> {
        let person = PersonRef { id: read_id(&self.person_id)?, name: self.person_name };
        let by = PersonRef { id: read_id(&self.set_by)?, name: self.set_by_name };
        let group = (read_id(&self.group_id)?, self.group_name.as_str());
        Ok(Operation::at_its_end(group, &person, &by, instant(self.ends_at)?, now))
    }
}
