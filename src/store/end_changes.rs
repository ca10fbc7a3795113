//! Changing when a membership ends.

use jiff::Timestamp;
use sqlx::FromRow;

use super::{
    Error, Moved,
    codec::{id, instant, json, ms, optional_instant, read_id},
    db::{Tx, execute, fetch, listed, read},
    decisions::{Deciding, Longer},
    events,
    membership_ends::{MembershipEnds, taken_back},
    operation_row::{OperationRow, operation_columns, operations},
};
use crate::domain::{
    directory::PersonRef,
    event::Event,
    ids::{EventId, GroupId, PersonId},
    lasting::End,
    operation::{LEASE, Operation, SETTLE},
};

/// A change about to be recorded.
#[derive(Debug, Clone, Copy)]
pub struct EndChange<'a> {
    /// In which group.
    pub group: (GroupId, &'a str),
    /// Whose membership.
    pub person: &'a PersonRef,
    /// When it is to end; `None` without an end.
    pub at: Option<Timestamp>,
    /// Who changes it.
    pub by: &'a PersonRef,
    /// Why, in their words.
    pub why: &'a str,
    /// The version it was drawn from; 0 when nothing was kept of an end.
    pub version: i64,
    /// When.
    pub now: Timestamp,
    /// The event that goes with it.
    pub event: &'a Event,
}

#[derive(FromRow)]
struct EndRow {
    ends_at: Option<i64>,
    set_by: String,
    set_by_name: String,
    why: String,
    version: i64,
}

/// A membership of somebody, and when it ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// In which group.
    pub group: GroupId,
    /// When.
    pub at: Timestamp,
}

impl MembershipEnds<'_> {
    /// Returns when the memberships of a person end, the first first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn of_person(&self, person: PersonId) -> Result<Vec<Ending>, Error> {
        let text = "SELECT group_id, ends_at FROM membership_end
                    WHERE person_id = $1 AND ends_at IS NOT NULL ORDER BY ends_at, group_id";
        let rows = read!(self.db, fetch_all, sqlx::query_as::<_, (String, i64)>(text).bind(id(person)))?;
        rows.into_iter().map(|(group, at)| Ok(Ending { group: read_id(&group)?, at: instant(at)? })).collect()
    }

    /// Returns what is kept of the end of a membership.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find(&self, group: GroupId, person: PersonId) -> Result<Option<End>, Error> {
        let text = "SELECT ends_at, set_by, set_by_name, why, version FROM membership_end
                    WHERE group_id = $1 AND person_id = $2";
        let row = read!(self.db, fetch_optional, sqlx::query_as::<_, EndRow>(text).bind(id(group)).bind(id(person)))?;
        row.map(EndRow::end).transpose()
    }

    /// Returns whether Roster gave a membership: since its add nobody was removed there, nor seen to come or go without it.
    /// A row of a list whose person was a member before gave nothing.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_given(&self, group: GroupId, person: PersonId) -> Result<bool, Error> {
        let text = "SELECT COUNT(*) FROM operation o
                    WHERE o.group_id = $1 AND o.person_id = $2 AND o.kind = 'add' AND o.state = 'applied'
                      AND NOT EXISTS (SELECT 1 FROM import_row i WHERE i.operation_id = o.id AND i.outcome = 'already')
                      AND NOT EXISTS (SELECT 1 FROM operation r
                                      WHERE r.group_id = o.group_id AND r.person_id = o.person_id
                                        AND r.kind = 'remove' AND r.state = 'applied'
                                        AND r.finished_at >= o.finished_at)
                      AND NOT EXISTS (SELECT 1 FROM event v
                                      WHERE v.group_id = o.group_id AND v.person_id = o.person_id
                                        AND v.kind IN ('membership.added_outside', 'membership.removed_outside',
                                                       'membership.unexpected')
                                        AND v.at > o.finished_at)";
        let given = read!(self.db, fetch_one, sqlx::query_scalar::<_, i64>(text).bind(id(group)).bind(id(person)))?;
        Ok(given > 0)
    }

    /// Changes an end as it was drawn: its version has to be the current one. A removal that was owed for the end before and
    /// that nobody has begun is given up with an event of its own; any other that is under way stands in the way.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn change(&self, change: &EndChange<'_>) -> Result<Moved, Error> {
        let mut tx = self.db.begin().await?;
        if !write(&mut tx, change).await? {
            return Ok(Moved::No);
        }
        let (group, person) = (change.group.0, change.person.id);
        let Some(given_up) = give_up(&mut tx, group, person, change.now).await? else { return Ok(Moved::No) };
        let EventId(event) = change.event.id;
        execute!(
            &mut tx,
            sqlx::query("INSERT INTO membership_end_change (id, why) VALUES ($1, $2)").bind(id(event)).bind(change.why)
        )?;
        events::append(&mut tx, change.event).await?;
        for removal in &given_up {
            events::append(&mut tx, &taken_back(removal, Some(change.by), change.now)).await?;
        }
        tx.commit().await?;
        Ok(Moved::Yes)
    }
}

async fn write(tx: &mut Tx, change: &EndChange<'_>) -> Result<bool, Error> {
    let rows = execute!(
        tx,
        sqlx::query(
            "INSERT INTO membership_end (group_id, group_name, person_id, person_name, ends_at, set_by, set_by_name, why,
                                         set_at, version)
             SELECT $1, $2, $3, $4, CAST($5 AS BIGINT), $6, $7, $8, CAST($9 AS BIGINT), 1
             WHERE CAST($10 AS BIGINT) = 0
                OR EXISTS (SELECT 1 FROM membership_end WHERE group_id = $1 AND person_id = $3)
             ON CONFLICT (group_id, person_id) DO UPDATE SET
                 ends_at = excluded.ends_at, set_by = excluded.set_by, set_by_name = excluded.set_by_name,
                 why = excluded.why, set_at = excluded.set_at, version = membership_end.version + 1
             WHERE membership_end.version = CAST($10 AS BIGINT)"
        )
        .bind(id(change.group.0))
        .bind(change.group.1)
        .bind(id(change.person.id))
        .bind(&change.person.name)
        .bind(change.at.map(ms))
        .bind(id(change.by.id))
        .bind(&change.by.name)
        .bind(change.why)
        .bind(ms(change.now))
        .bind(change.version)
    )?;
    Ok(rows == 1)
}

/// Moves an end as an approved request says. Returns the removals that are given up for it; nothing when the end is another by
/// now, or a removal stands in the way.
pub(super) async fn prolong(
    tx: &mut Tx,
    deciding: &Deciding<'_>,
    longer: &Longer<'_>,
) -> Result<Option<Vec<Operation>>, Error> {
    let (group, person) = (deciding.request.group, deciding.request.requester.id);
    let rows = execute!(
        &mut *tx,
        sqlx::query(
            "UPDATE membership_end SET ends_at = $1, set_by = $2, set_by_name = $3, why = '', set_at = $4,
                                       version = version + 1
             WHERE group_id = $5 AND person_id = $6 AND version = $7 AND ends_at IS NOT NULL"
        )
        .bind(longer.until.map(ms))
        .bind(id(deciding.by.id))
        .bind(&deciding.by.name)
        .bind(ms(deciding.now))
        .bind(id(group))
        .bind(id(person))
        .bind(longer.version)
    )?;
    if rows == 0 { Ok(None) } else { give_up(tx, group, person, deciding.now).await }
}

/// Gives up the removals that are owed because an end has come, and that nobody has begun or that cannot land any more.
/// Returns them; nothing when another removal stands.
pub(super) async fn give_up(
    tx: &mut Tx,
    group: GroupId,
    person: PersonId,
    now: Timestamp,
) -> Result<Option<Vec<Operation>>, Error> {
    let ids = fetch!(
        &mut *tx,
        fetch_all,
        sqlx::query_scalar::<_, String>(
            "UPDATE operation SET state = 'abandoned', version = version + 1, finished_at = $1
             WHERE group_id = $2 AND person_id = $3 AND kind = 'remove' AND state = 'unknown' AND until IS NOT NULL
               AND (attempt = 0 OR lease_until <= $4)
             RETURNING id"
        )
        .bind(ms(now))
        .bind(id(group))
        .bind(id(person))
        .bind(ms(now + LEASE - SETTLE))
    )?;
    let left = fetch!(
        &mut *tx,
        fetch_one,
        sqlx::query_scalar::<_, i64>(
            "SELECT COUNT(*) FROM operation
             WHERE group_id = $1 AND person_id = $2 AND kind = 'remove' AND state IN ('in_flight', 'unknown')"
        )
        .bind(id(group))
        .bind(id(person))
    )?;
    if left > 0 {
        return Ok(None);
    }
    let text = listed!(tx, ["SELECT ", operation_columns!(), "FROM operation o WHERE o.id "], [""]);
    let given_up = fetch!(&mut *tx, fetch_all, sqlx::query_as::<_, OperationRow>(text).bind(json(&ids)?))?;
    operations(given_up).map(Some)
}

impl EndRow {
    fn end(self) -> Result<End, Error> {
        Ok(End {
            at: optional_instant(self.ends_at)?,
            by: PersonRef { id: read_id(&self.set_by)?, name: self.set_by_name },
            why: self.why,
            version: self.version,
        })
    }
}
