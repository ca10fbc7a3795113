//! Exchanging the directory copy as a whole: one process at a time, in one transaction, writing only what changed.

use std::collections::{BTreeMap, HashSet};

use jiff::Timestamp;

use super::{
    Error,
    codec::{ms, read_id},
    db::{Tx, execute, fetch, read},
    designations::next_change,
    directory::{CopiedGroup, Directory, Row, copy_select, fold, mark_gone, put, sorted},
    directory_lease::{self, Lease},
    events,
};
use crate::domain::{
    directory::{Group, PersonRef},
    directory_copy::{Loss, Outcome, Reading},
    event::Event,
    ids::GroupId,
};

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

impl Directory<'_> {
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
    /// the lease ends. Whether to go ahead is the caller's decision, see [`Directory::would_lose`]. `None` when the lease
    /// is lost: somebody else reads, and nothing was changed.
    ///
    /// # Errors
    /// When the database fails; then the old copy stands.
    pub async fn replace_groups(
        &self,
        lease: &Lease,
        groups: &[(Group, Vec<PersonRef>)],
        now: Timestamp,
        event: &Event,
    ) -> Result<Option<Refreshed>, Error> {
        // A group that moved between two pages of the listing may come twice; the later one counts.
        let fresh: BTreeMap<GroupId, &(Group, Vec<PersonRef>)> =
            groups.iter().map(|entry| (entry.0.id, entry)).collect();
        let mut tx = self.db.begin().await?;
        // The lease's row stays locked from here on, so nobody can take it over meanwhile.
        if !directory_lease::finish(&mut tx, lease, Reading { at: now, outcome: Outcome::Done }).await? {
            return Ok(None);
        }
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
        let text = "UPDATE head SET number = $1 WHERE name = 'directory_copy'";
        execute!(&mut tx, sqlx::query(text).bind(ms(now)))?;
        events::append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(Some(Refreshed { groups: fresh.len(), changed: changed.len(), gone: gone.len() }))
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
