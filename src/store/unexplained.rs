//! Changes made outside Roster of which it is not known yet who made them, and the right to ask the directory's own record
//! about them: one process at a time.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::{
    Error, Moved,
    codec::{id, id_list, instant, json, limit, ms, read_id, read_json},
    db::{Db, Tx, execute, fetch, listed, read},
    events,
};
use crate::domain::{
    event::Event,
    ids::{EventId, GroupId},
    operation::ABANDON_AFTER,
    outside::{
        asking::{self, Asked, KEPT, LEASE, Standing},
        author::Sought,
    },
};

/// How many changes of a group are looked at in one go.
const MOST: usize = 500;

/// Keeps changes until it is known who made them.
#[derive(Debug, Clone, Copy)]
pub struct Unexplained<'a> {
    pub(super) db: &'a Db,
}

/// The right to ask, until it is given back or runs out.
#[derive(Debug)]
pub struct AskingLease {
    until: i64,
}

/// A change of which it is not known who made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// What is looked for.
    pub sought: Sought,
    /// When the record is to be asked about it.
    pub ask_at: Timestamp,
}

/// Notes the events whose author the record may tell, before the copy's new age is written: what they tell of was not made
/// before the copy was read the last time.
pub(super) async fn note(tx: &mut Tx, all: &[Event]) -> Result<(), Error> {
    let mut read_before = None;
    for event in all {
        let (Some(group), Some(ask_at)) = (event.group, asking::next(event.at, event.at)) else { continue };
        if Sought::of(event.clone(), event.at).is_none() {
            continue;
        }
        let read_before = match read_before {
            Some(known) => known,
            None => *read_before.insert(copied_at(tx).await?),
        };
        execute!(
            &mut *tx,
            sqlx::query(
                "INSERT INTO unexplained (event_id, group_id, event, read_before, ask_at) VALUES ($1, $2, $3, $4, $5)"
            )
            .bind(id(event.id))
            .bind(id(group))
            .bind(json(event)?)
            .bind(read_before)
            .bind(ms(ask_at))
        )?;
    }
    Ok(())
}

async fn copied_at(tx: &mut Tx) -> Result<i64, Error> {
    let text = "SELECT number FROM head WHERE name = 'directory_copy'";
    fetch!(tx, fetch_one, sqlx::query_scalar::<_, i64>(text))
}

/// Reads what became of asking the last time; nothing before the first.
pub(super) fn read_asked(text: &str) -> Option<Asked> {
    serde_json::from_str(text).ok()
}

impl Unexplained<'_> {
    /// Returns how asking stands.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn standing(&self) -> Result<Standing, Error> {
        let text = "SELECT number, text, (SELECT MIN(ask_at) FROM unexplained) FROM head WHERE name = 'audit_log'";
        let (until, asked, due) = read!(self.db, fetch_one, sqlx::query_as::<_, (i64, String, Option<i64>)>(text))?;
        Ok(Standing {
            held_until: (until > 0).then(|| instant(until)).transpose()?,
            last: read_asked(&asked),
            due_at: due.map(instant).transpose()?,
        })
    }

    /// Takes the right to ask for ten minutes, when there is something to ask and nobody holds it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin(&self, now: Timestamp) -> Result<Option<AskingLease>, Error> {
        let standing = self.standing().await?;
        if !standing.may_begin(now) {
            return Ok(None);
        }
        let (held, until) = (standing.held_until.map_or(0, ms), ms(now + LEASE));
        let mut tx = self.db.begin().await?;
        // Of two who found it free, one changes it first.
        let text = "UPDATE head SET number = $1 WHERE name = 'audit_log' AND number = $2";
        let rows = execute!(&mut tx, sqlx::query(text).bind(until).bind(held))?;
        tx.commit().await?;
        Ok((rows == 1).then_some(AskingLease { until }))
    }

    /// Gives the right back, and notes what became of asking; nothing happens when it is lost.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end(&self, lease: AskingLease, asked: Option<Asked>) -> Result<(), Error> {
        let mut tx = self.db.begin().await?;
        let asked = asked.map(|asked| json(&asked)).transpose()?;
        let text = "UPDATE head SET number = 0, text = COALESCE($1, text) WHERE name = 'audit_log' AND number = $2";
        execute!(&mut tx, sqlx::query(text).bind(asked).bind(lease.until))?;
        tx.commit().await
    }

    /// Returns the groups that the record is to be asked about, those that waited longest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn groups_due(&self, now: Timestamp, most: usize) -> Result<Vec<GroupId>, Error> {
        let text = "SELECT group_id FROM unexplained WHERE ask_at <= $1
                    GROUP BY group_id ORDER BY MIN(ask_at), group_id LIMIT $2";
        let rows = read!(self.db, fetch_all, sqlx::query_scalar::<_, String>(text).bind(ms(now)).bind(limit(most)))?;
        rows.iter().map(|row| read_id(row)).collect()
    }

    /// Returns the changes of a group, oldest first: also those that are not due, since one answer tells of all.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn of_group(&self, group: GroupId) -> Result<Vec<Open>, Error> {
        let text = "SELECT event, read_before, ask_at FROM unexplained
                    WHERE group_id = $1 ORDER BY event_id LIMIT $2";
        let rows =
            read!(self.db, fetch_all, sqlx::query_as::<_, (String, i64, i64)>(text).bind(id(group)).bind(limit(MOST)))?;
        let mut all = Vec::new();
        for (event, read_before, ask_at) in rows {
            if let Some(sought) = Sought::of(read_json(&event)?, instant(read_before)?) {
                all.push(Open { sought, ask_at: instant(ask_at)? });
            }
        }
        Ok(all)
    }

    /// Returns the operations of Roster's own whose writes in a group may have been made since.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn operations(&self, group: GroupId, since: Timestamp) -> Result<HashSet<Uuid>, Error> {
        let text = "SELECT id FROM operation WHERE group_id = $1 AND created_at >= $2";
        // One that began earlier was given up by then, and writes nothing any more.
        let created = since - ABANDON_AFTER - SignedDuration::from_hours(24);
        let rows = read!(self.db, fetch_all, sqlx::query_scalar::<_, String>(text).bind(id(group)).bind(ms(created)))?;
        rows.iter().map(|row| read_id(row)).collect()
    }

    /// Records who made a change. [`Moved::No`] when another process has done so.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn explain(&self, explained: EventId, event: &Event) -> Result<Moved, Error> {
        let mut tx = self.db.begin().await?;
        let text = "DELETE FROM unexplained WHERE event_id = $1";
        let rows = execute!(&mut tx, sqlx::query(text).bind(id(explained)))?;
        events::finish(tx, rows > 0, event).await
    }

    /// Puts off changes about which the record told nothing, all of them until the same time; without one they are given
    /// up.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn put_off(&self, changes: &[EventId], until: Option<Timestamp>) -> Result<(), Error> {
        let mut tx = self.db.begin().await?;
        let list = id_list(changes);
        if let Some(until) = until {
            let text = listed!(tx, ["UPDATE unexplained SET ask_at = $2 WHERE event_id "], [""]);
            execute!(&mut tx, sqlx::query(text).bind(list).bind(ms(until)))?;
        } else {
            let text = listed!(tx, ["DELETE FROM unexplained WHERE event_id "], [""]);
            execute!(&mut tx, sqlx::query(text).bind(list))?;
        }
        tx.commit().await
    }

    /// Gives up what nobody could ask about for two days, because there is no identity that may.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sweep(&self, now: Timestamp) -> Result<(), Error> {
        if self.standing().await?.due_at.is_none_or(|at| at > now - KEPT) {
            return Ok(());
        }
        let mut tx = self.db.begin().await?;
        execute!(&mut tx, sqlx::query("DELETE FROM unexplained WHERE ask_at <= $1").bind(ms(now - KEPT)))?;
        tx.commit().await
    }
}
