//! Exchanging the directory copy as a whole: one process at a time, in one transaction, writing only what changed.

use std::collections::{BTreeMap, HashSet};

use jiff::{SignedDuration, Timestamp};

use super::{
    Error,
    codec::{ms, read_id},
    db::{Tx, execute, fetch, read},
    designations::next_change,
    directory::{CopiedGroup, Directory, Row, copy_select, fold, mark_gone, put, sorted},
    events,
};
use crate::domain::{
    directory::{Group, PersonRef},
    event::Event,
    ids::GroupId,
};

/// How long a process may take to read the whole directory before another may try.
const REFRESH_LEASE: SignedDuration = SignedDuration::from_mins(5);
/// How many groups go into one statement.
const CHUNK: usize = 2000;

/// What an exchange of the copy came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refreshed {
    /// Groups the directory has.
    pub groups: usize,
    /// Groups that are new or differ from what was copied.
    pub changed: usize,
    /// Groups the directory no longer has.
    pub gone: usize,
}

/// What an exchange would lose, for the brake that waits for an administrator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loss {
    /// Groups the copy has now.
    pub known: usize,
    /// How many of them would be gone.
    pub lost: usize,
}

impl Directory<'_> {
    /// Takes the lease for an exchange, which ends with the exchange or after five minutes; `false` when another process
    /// has it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin_refresh(&self, now: Timestamp) -> Result<bool, Error> {
        let mut tx = self.db.begin().await?;
        let held = fetch!(
            &mut tx,
            fetch_one,
            sqlx::query_scalar::<_, String>("SELECT text FROM head WHERE name = 'directory_copy'")
        )?;
        if held.parse::<i64>().is_ok_and(|until| ms(now) < until) {
            return Ok(false);
        }
        let rows = execute!(
            &mut tx,
            sqlx::query("UPDATE head SET text = $1 WHERE name = 'directory_copy' AND text = $2")
                .bind(ms(now + REFRESH_LEASE).to_string())
                .bind(&held)
        )?;
        tx.commit().await?;
        Ok(rows == 1)
    }

    /// Gives the lease back without an exchange, so that the next visit may try again.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_refresh(&self) -> Result<(), Error> {
        let mut tx = self.db.begin().await?;
        execute!(&mut tx, sqlx::query("UPDATE head SET text = '' WHERE name = 'directory_copy'"))?;
        tx.commit().await
    }

    /// Says how many of the groups that are known now would be gone if the directory had only these.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn would_lose(&self, groups: &[GroupId]) -> Result<Loss, Error> {
        let stay: HashSet<&GroupId> = groups.iter().collect();
        let rows = read!(
            self.db,
            fetch_all,
            sqlx::query_scalar::<_, String>("SELECT id FROM directory_group WHERE NOT gone")
        )?;
        let known = rows.iter().map(|text| read_id(text)).collect::<Result<Vec<GroupId>, _>>()?;
        let lost = known.iter().filter(|group| !stay.contains(group)).count();
        Ok(Loss { known: known.len(), lost })
    }

    /// Exchanges the copy: groups that differ are written with the new change number, missing ones are marked gone, and
    /// the lease ends. Whether to go ahead is the caller's decision, see [`Directory::would_lose`].
    ///
    /// # Errors
    /// When the database fails; then the old copy stands.
    pub async fn replace_groups(
        &self,
        groups: &[(Group, Vec<PersonRef>)],
        now: Timestamp,
        event: &Event,
    ) -> Result<Refreshed, Error> {
        // A group that moved between two pages of the listing may come twice; the later one counts.
        let fresh: BTreeMap<GroupId, &(Group, Vec<PersonRef>)> =
            groups.iter().map(|entry| (entry.0.id, entry)).collect();
        let mut tx = self.db.begin().await?;
        let change = next_change(&mut tx).await?;
        let old = copied(&mut tx).await?;
        let changed: Vec<(&Group, Vec<PersonRef>)> = fresh
            .values()
            .map(|(group, owners)| (group, sorted(owners)))
            .filter(|(group, owners)| !old.get(&group.id).is_some_and(|copy| copy.is(group, owners)))
            .collect();
        for chunk in changed.chunks(CHUNK) {
            put(&mut tx, chunk, change).await?;
        }
        let gone: Vec<GroupId> = old
            .values()
            .filter(|copy| !copy.gone && !fresh.contains_key(&copy.group.id))
            .map(|copy| copy.group.id)
            .collect();
        for chunk in gone.chunks(CHUNK) {
            mark_gone(&mut tx, chunk, change).await?;
        }
        let text = "UPDATE head SET number = $1, text = '' WHERE name = 'directory_copy'";
        execute!(&mut tx, sqlx::query(text).bind(ms(now)))?;
        events::append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(Refreshed { groups: fresh.len(), changed: changed.len(), gone: gone.len() })
    }
}

/// Returns the whole copy.
async fn copied(tx: &mut Tx) -> Result<BTreeMap<GroupId, CopiedGroup>, Error> {
    let text = concat!(copy_select!(), "ORDER BY g.id, w.person_id");
    let copies = fold(fetch!(tx, fetch_all, sqlx::query_as::<_, Row>(text))?)?;
    Ok(copies.into_iter().map(|copy| (copy.group.id, copy)).collect())
}

impl CopiedGroup {
    /// Returns whether the copy says just this of a group.
    pub(super) fn is(&self, group: &Group, owners: &[PersonRef]) -> bool {
        !self.gone && self.group == *group && self.owners == owners
    }
}
