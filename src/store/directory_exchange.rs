//! Exchanging the directory copy: one process at a time, in one transaction, writing only what changed. The links to the
//! changes after it, and the record of what happened without Roster, go into the same transaction.

use std::collections::{BTreeMap, HashSet};

use jiff::Timestamp;

use super::{
    Error,
    codec::{id_list, ms, read_id},
    db::{Tx, execute, fetch, listed, read},
    designations::next_change,
    directory::{CopiedGroup, Directory, Row, copy_select, fold, mark_gone, put, sorted},
    directory_accounts::{self, FoundAccounts},
    directory_lease::{self, Lease},
    directory_links,
    member_rounds::{self, FoundMembers},
    outside, unexplained,
};
use crate::domain::{
    directory::{Group, PersonRef},
    directory_copy::{Linked, Loss, Outcome, Reading, Way},
    event::Event,
    ids::{GroupId, PersonId},
};

/// How many groups go into one statement.
const CHUNK: usize = 2000;

/// All groups with their owners, as the directory listed them.
pub type Listing = Vec<(Group, Vec<PersonRef>)>;

/// What a reading found of the groups and their owners.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FoundGroups {
    /// All there are; the others are gone.
    Whole(Listing),
    /// Those that changed; the others stay.
    Changed(Vec<GroupNews>),
}

/// What is new about a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GroupNews {
    /// The directory no longer knows it.
    Gone(GroupId),
    /// It was read by itself.
    Read(Group, Vec<PersonRef>),
    /// Some of it changed.
    Changed {
        /// Which group.
        id: GroupId,
        /// What it is like now, if that was told.
        group: Option<Group>,
        /// Owners who came.
        came: Vec<PersonRef>,
        /// Owners who left.
        left: Vec<PersonId>,
    },
}

/// What a reading found, all of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The groups and their owners.
    pub groups: FoundGroups,
    /// Where the changes after it will be, if the directory said.
    pub link: Option<(String, Linked)>,
    /// The members of the groups that take part.
    pub members: FoundMembers,
    /// The accounts that cannot sign in.
    pub accounts: FoundAccounts,
}

/// What an exchange of the copy came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Refreshed {
    /// Groups that were told of.
    pub groups: usize,
    /// Groups that are new or differ from what was copied.
    pub changed: usize,
    /// Groups the directory no longer has.
    pub gone: usize,
    /// Members of groups that take part who came or left.
    pub members: usize,
}

impl Refreshed {
    /// Returns whether anything is different now.
    #[must_use]
    pub fn is_news(&self) -> bool {
        self.changed + self.gone + self.members > 0
    }
}

/// What is to be written.
struct Difference {
    changed: Vec<(Group, Vec<PersonRef>)>,
    gone: Vec<GroupId>,
}

impl Directory<'_> {
    /// Returns the groups that are known now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn known_groups(&self) -> Result<HashSet<GroupId>, Error> {
        let text = "SELECT id FROM directory_group WHERE NOT gone";
        let rows = read!(self.db, fetch_all, sqlx::query_scalar::<_, String>(text))?;
        rows.iter().map(|text| read_id(text)).collect()
    }

    /// Says how many of the groups that are known now would be gone if the directory had only these.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn would_lose(&self, groups: &[GroupId]) -> Result<Loss, Error> {
        let stay: HashSet<&GroupId> = groups.iter().collect();
        let known = self.known_groups().await?;
        let lost = known.iter().filter(|group| !stay.contains(group)).count();
        Ok(Loss { known: known.len(), lost })
    }

    /// Exchanges the copy: what differs is written with the new change number, the links are kept, what happened to groups
    /// that take part is recorded, and the lease ends. Whether to go ahead is the caller's decision, see
    /// [`Directory::would_lose`]. `None` when the lease is lost: somebody else reads, and nothing was changed.
    ///
    /// # Errors
    /// When the database fails; then the old copy stands.
    pub async fn exchange(
        &self,
        lease: &Lease,
        found: &Found,
        reading: Reading,
        event: impl Fn(&Refreshed) -> Option<Event>,
    ) -> Result<Option<Refreshed>, Error> {
        let now = reading.at;
        let mut tx = self.db.begin().await?;
        // The lease's row stays locked from here on, so nobody can take it over meanwhile.
        if !directory_lease::hold(&mut tx, lease).await? {
            return Ok(None);
        }
        let change = next_change(&mut tx).await?;
        let (old, told) = old(&mut tx, &found.groups).await?;
        let difference = difference(&old, &found.groups);
        let designated = outside::taking_part(&mut tx).await?;
        let mut events = changes_outside(&old, &difference, &designated, now);
        for chunk in difference.changed.chunks(CHUNK) {
            let rows: Vec<_> = chunk.iter().map(|(group, owners)| (group, owners.clone())).collect();
            put(&mut tx, &rows, change).await?;
        }
        for chunk in difference.gone.chunks(CHUNK) {
            mark_gone(&mut tx, chunk, change, now).await?;
        }
        let (members, of_members) = member_rounds::apply(&mut tx, &found.members, now).await?;
        outside::without_ours(&mut tx, &mut events, now).await?;
        events.extend(of_members);
        if let Some((link, linked)) = &found.link {
            directory_links::keep_groups(&mut tx, link, *linked, now).await?;
        }
        directory_accounts::apply(&mut tx, &found.accounts.news, change, now).await?;
        let (changed, gone) = (difference.changed.len(), difference.gone.len());
        let refreshed = Refreshed { groups: told, changed, gone, members };
        let accounts = found.accounts.outcome.map(|outcome| Reading { outcome, ..reading });
        directory_lease::finish(&mut tx, lease, (reading, accounts), refreshed.is_news()).await?;
        // It needs to know when the copy was read before.
        unexplained::note(&mut tx, &events).await?;
        let text = "UPDATE head SET number = $1 WHERE name = 'directory_copy'";
        execute!(&mut tx, sqlx::query(text).bind(ms(now)))?;
        events.extend(event(&refreshed));
        outside::append_noted(&mut tx, &events).await?;
        tx.commit().await?;
        Ok(Some(refreshed))
    }

    /// Exchanges the whole copy for a listing.
    ///
    /// # Errors
    /// As [`Directory::exchange`].
    pub async fn replace_groups(
        &self,
        lease: &Lease,
        groups: &[(Group, Vec<PersonRef>)],
        now: Timestamp,
        event: &Event,
    ) -> Result<Option<Refreshed>, Error> {
        let groups = FoundGroups::Whole(groups.to_vec());
        let found = Found { groups, link: None, members: FoundMembers::default(), accounts: FoundAccounts::default() };
        let reading = Reading { at: now, outcome: Outcome::Done, way: Way::Person };
        self.exchange(lease, &found, reading, |_| Some(event.clone())).await
    }
}

/// Returns what the copy has of the groups that a reading tells of, and how many those are.
async fn old(tx: &mut Tx, found: &FoundGroups) -> Result<(BTreeMap<GroupId, CopiedGroup>, usize), Error> {
    let copies = match found {
        FoundGroups::Whole(_) => {
            let text = concat!(copy_select!(), "ORDER BY g.id, w.person_id");
            fold(fetch!(tx, fetch_all, sqlx::query_as::<_, Row>(text))?)?
        }
        FoundGroups::Changed(news) => {
            let ids: Vec<GroupId> = news.iter().map(GroupNews::id).collect();
            let mut copies = Vec::new();
            for chunk in ids.chunks(CHUNK) {
                let text = listed!(tx, [copy_select!(), "WHERE g.id "], ["ORDER BY g.id, w.person_id"]);
                let rows = fetch!(&mut *tx, fetch_all, sqlx::query_as::<_, Row>(text).bind(id_list(chunk)))?;
                copies.extend(fold(rows)?);
            }
            copies
        }
    };
    let told = match found {
        // A group that moved between two pages of the listing may come twice.
        FoundGroups::Whole(groups) => groups.iter().map(|(group, _)| group.id).collect::<HashSet<_>>().len(),
        FoundGroups::Changed(news) => news.len(),
    };
    Ok((copies.into_iter().map(|copy| (copy.group.id, copy)).collect(), told))
}

fn difference(old: &BTreeMap<GroupId, CopiedGroup>, found: &FoundGroups) -> Difference {
    let differs = |group: &Group, owners: &[PersonRef]| !old.get(&group.id).is_some_and(|copy| copy.is(group, owners));
    let (states, gone): (Listing, Vec<GroupId>) = match found {
        FoundGroups::Whole(groups) => {
            // The later one of two counts.
            let fresh: BTreeMap<GroupId, &(Group, Vec<PersonRef>)> =
                groups.iter().map(|entry| (entry.0.id, entry)).collect();
            let gone = old.keys().filter(|id| !fresh.contains_key(id)).copied().collect();
            (fresh.into_values().cloned().collect(), gone)
        }
        FoundGroups::Changed(news) => {
            let states = news.iter().filter_map(|news| news.state(old.get(&news.id()))).collect();
            let gone = news.iter().filter(|news| matches!(news, GroupNews::Gone(_))).map(GroupNews::id).collect();
            (states, gone)
        }
    };
    let states = states.into_iter().map(|(group, owners)| (group, sorted(&owners)));
    Difference {
        changed: states.filter(|(group, owners)| differs(group, owners)).collect(),
        gone: gone.into_iter().filter(|id| old.get(id).is_some_and(|copy| !copy.gone)).collect(),
    }
}

/// Returns the events of groups that take part.
fn changes_outside(
    old: &BTreeMap<GroupId, CopiedGroup>,
    difference: &Difference,
    designated: &HashSet<GroupId>,
    now: Timestamp,
) -> Vec<Event> {
    let takes_part = |id: &GroupId| old.get(id).filter(|_| designated.contains(id));
    let changed = difference.changed.iter().filter_map(|(group, owners)| {
        takes_part(&group.id).map(|before| outside::events_of(before, group, owners, now))
    });
    let gone = difference.gone.iter().filter_map(takes_part).map(|before| outside::events_of_gone(before, now));
    changed.chain(gone).flatten().collect()
}

impl GroupNews {
    /// Returns which group it is about.
    #[must_use]
    pub fn id(&self) -> GroupId {
        match self {
            Self::Gone(id) | Self::Changed { id, .. } => *id,
            Self::Read(group, _) => group.id,
        }
    }

    /// Returns what the group is like now, given what the copy has of it; `None` when it is gone or was never known.
    fn state(&self, before: Option<&CopiedGroup>) -> Option<(Group, Vec<PersonRef>)> {
        match self {
            Self::Gone(_) => None,
            Self::Read(group, owners) => Some((group.clone(), owners.clone())),
            Self::Changed { group, came, left, .. } => {
                let group = group.clone().or_else(|| before.map(|before| before.group.clone()))?;
                let stay =
                    |owner: &&PersonRef| !left.contains(&owner.id) && !came.iter().any(|other| other.id == owner.id);
                let known = before.map(|before| before.owners.as_slice()).unwrap_or_default();
                Some((group, known.iter().filter(stay).chain(came).cloned().collect()))
            }
        }
    }
}

impl CopiedGroup {
    /// Returns whether the copy says just this of a group.
    pub(super) fn is(&self, group: &Group, owners: &[PersonRef]) -> bool {
        !self.gone && self.group == *group && self.owners == owners
    }
}
