//! The groups in memory: an immutable snapshot of the directory copy and the designations, with a search over the groups
//! that take part, and another over all groups for administrators and auditors.
//!
//! A page asks the store for the change number it has to know anyway; when the snapshot is older, what changed is applied
//! before the page is drawn. So what one person does is true on the next page of every replica. A snapshot shares with the
//! one before it all but what changed.
//!
//! The two searches have an index each, and what employees see is worked out from the first alone: what does not take part
//! shows neither in results and counts nor in the time they take.
//!
//! Why no library searches: at 100,000 groups on two cores, tantivy 0.27 in memory was as good at mistakes (1,000 of 1,000
//! found, 2.5 ms each; here 1,000 and about 0.5 ms), but took 6 ms for one changed group (here 1.4 ms), and neither one's own
//! groups first nor pages by key came with it. nucleo-matcher finds 32 of 100 in 37 ms, for it forgives left-out letters
//! only; the automata of `fst` take 1 to 5 ms a word, and its sets cannot change. What is taken from libraries are the
//! persistent maps (imbl) and what Unicode says of letters.

mod fold;
mod index;
mod loading;
mod mistakes;
mod paging;
mod search;

use std::{collections::HashSet, sync::Arc};

use jiff::Timestamp;

use index::Index;

use crate::domain::{
    accounts::{self, Answering},
    designation::Designation,
    directory::{Group, Kind, PersonRef},
    ids::{GroupId, PersonId},
    review_due::{self, Due},
};

pub use fold::fold;
pub use loading::Catalogue;
pub use paging::{Found, Key, NoKey, Place};
pub use search::{Joining, Search};

/// A group with what is known of it here.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The group as copied.
    pub group: Group,
    /// Its owners, people only.
    pub owners: Vec<PersonRef>,
    /// Those of them who cannot sign in; `None` when it is not known who cannot.
    pub unable: Option<Vec<PersonId>>,
    /// Its designation, when it takes part.
    pub designation: Option<Designation>,
    /// Whether the directory no longer knows it.
    pub gone: bool,
    /// The name as it sorts.
    pub fold: String,
}

impl Entry {
    /// Makes an entry of a group of whose owners it is not known who can sign in.
    #[must_use]
    pub fn new(group: Group, owners: Vec<PersonRef>, designation: Option<Designation>, gone: bool) -> Self {
        let fold = fold(&group.name);
        Self { group, owners, unable: None, designation, gone, fold }
    }

    /// Returns the kind of the group, when it can take part.
    #[must_use]
    pub fn kind(&self) -> Option<Kind> {
        self.group.facts.eligibility().ok()
    }

    /// Returns whether the directory lets it be managed from here.
    #[must_use]
    pub fn is_fit(&self) -> bool {
        !self.gone && self.kind().is_some()
    }

    /// Returns whether the copy names a person as an owner.
    #[must_use]
    pub fn is_owned_by(&self, person: PersonId) -> bool {
        self.owners.iter().any(|owner| owner.id == person)
    }

    /// Returns whether anybody can answer for it, as far as the copy knows.
    #[must_use]
    pub fn answering(&self) -> Answering {
        accounts::answering(&self.owners, self.unable.as_deref())
    }

    /// Returns whether anybody can ask to join at the moment, as far as the copy knows: it takes part, is not suspended or
    /// unfit, and somebody is there to answer.
    #[must_use]
    pub fn takes_requests(&self) -> bool {
        let is_open = self.designation.as_ref().is_some_and(|designation| designation.suspended.is_none());
        is_open && !self.gone && self.kind().is_some() && self.answering() != Answering::NobodyCanAnswer
    }

    /// Returns the review of the members that the terms ask for next, where the group can be managed.
    #[must_use]
    pub fn review_due(&self, now: Timestamp) -> Option<Due> {
        self.designation.as_ref().filter(|_| self.is_fit()).and_then(|designation| review_due::due(designation, now))
    }

    fn sorts_as(&self) -> (&str, GroupId) {
        (&self.fold, self.group.id)
    }
}

/// The groups at one moment.
#[derive(Debug, Default)]
pub struct Snapshot {
    change: i64,
    entries: imbl::OrdMap<GroupId, Arc<Entry>>,
    /// Designations of groups that are not in the copy yet, such as before the first refresh.
    waiting: imbl::OrdMap<GroupId, Designation>,
    /// Groups that take part, by owner.
    owned: imbl::OrdMap<PersonId, imbl::OrdSet<GroupId>>,
    designated: Index,
    all: Index,
}

impl Snapshot {
    /// Makes a snapshot of the given groups.
    #[must_use]
    pub fn new(entries: Vec<Entry>, change: i64) -> Self {
        let designations = entries.iter().filter_map(|entry| entry.designation.clone()).collect();
        Self::default().with(entries, designations, change)
    }

    /// Returns the snapshot after changes: groups as the copy has them now, and new or changed designations. A designation
    /// of a group that the copy does not know waits for it.
    #[must_use]
    pub fn with(&self, groups: Vec<Entry>, designations: Vec<Designation>, change: i64) -> Self {
        let mut after = Self {
            change,
            entries: self.entries.clone(),
            waiting: self.waiting.clone(),
            owned: self.owned.clone(),
            designated: Index::default(),
            all: Index::default(),
        };
        after.waiting.extend(designations.into_iter().map(|designation| (designation.group, designation)));
        let mut changed: HashSet<GroupId> =
            after.waiting.keys().filter(|group| after.entries.contains_key(*group)).copied().collect();
        for mut entry in groups {
            let known = self.entries.get(&entry.group.id);
            entry.designation = known.and_then(|known| known.designation.clone());
            changed.insert(entry.group.id);
            after.entries.insert(entry.group.id, Arc::new(entry));
        }
        after.designate(&changed);
        after.own(self, &changed);

        let now = |keep: fn(&Entry) -> bool| {
            let entry = |group: &GroupId| after.entries.get(group).filter(|entry| keep(entry)).cloned();
            changed.iter().map(|group| (*group, entry(group))).collect::<Vec<_>>()
        };
        after.designated = self.designated.with(&now(|entry| entry.designation.is_some()));
        after.all = self.all.with(&now(|entry| !entry.gone));
        after
    }

    fn designate(&mut self, changed: &HashSet<GroupId>) {
        for group in changed {
            if let Some(designation) = self.waiting.remove(group)
                && let Some(entry) = self.entries.get_mut(group)
            {
                Arc::make_mut(entry).designation = Some(designation);
            }
        }
    }

    fn own(&mut self, before: &Self, changed: &HashSet<GroupId>) {
        for group in changed {
            for owner in before.designated(*group).iter().flat_map(|entry| &entry.owners) {
                self.owned.entry(owner.id).or_default().remove(group);
            }
            for owner in self.designated(*group).iter().flat_map(|entry| &entry.owners) {
                self.owned.entry(owner.id).or_default().insert(*group);
            }
        }
    }

    /// Returns a group that takes part.
    #[must_use]
    pub fn designated(&self, group: GroupId) -> Option<Arc<Entry>> {
        self.entries.get(&group).filter(|entry| entry.designation.is_some()).cloned()
    }

    /// Returns the designation of a group.
    #[must_use]
    pub fn designation(&self, group: GroupId) -> Option<&Designation> {
        self.entries.get(&group)?.designation.as_ref()
    }

    /// Returns any group of the copy; for administrators and auditors.
    #[must_use]
    pub fn any(&self, group: GroupId) -> Option<Arc<Entry>> {
        self.entries.get(&group).cloned()
    }

    /// Returns how many groups take part.
    #[must_use]
    pub fn designated_count(&self) -> usize {
        self.designated.len()
    }

    /// Returns the groups that take part and that the copy says a person owns.
    #[must_use]
    pub fn owned_by(&self, person: PersonId) -> Vec<GroupId> {
        self.owned.get(&person).into_iter().flatten().copied().collect()
    }

    /// Returns who owns a group that takes part, by name, each with how many of them. Those who are known to be unable to
    /// sign in are left out.
    #[must_use]
    pub fn owners(&self) -> Vec<(PersonRef, usize)> {
        let named = |(person, groups): (&PersonId, &imbl::OrdSet<GroupId>)| {
            let entries: Vec<_> = groups.iter().filter_map(|group| self.entries.get(group)).collect();
            if entries.iter().any(|entry| entry.unable.as_deref().unwrap_or_default().contains(person)) {
                return None;
            }
            let owner = entries.first()?.owners.iter().find(|owner| owner.id == *person)?;
            Some((owner.clone(), entries.len()))
        };
        let mut all: Vec<_> = self.owned.iter().filter_map(named).collect();
        all.sort_by_cached_key(|(owner, _)| (fold(&owner.name), owner.id));
        all
    }

    /// Returns whether any group that takes part is as a filter asks.
    #[must_use]
    pub fn has(&self, filter: &Search<'_>) -> bool {
        self.designated.has(filter)
    }

    /// Searches the groups that take part.
    #[must_use]
    pub fn search(&self, search: &Search<'_>, place: &Place, most: usize) -> Found {
        paging::page(&self.designated, search::matches(&self.designated, search), place, most)
    }

    /// Searches all groups of the copy that the directory still knows; for administrators and auditors.
    #[must_use]
    pub fn search_all(&self, search: &Search<'_>, place: &Place, most: usize) -> Found {
        paging::page(&self.all, search::matches(&self.all, search), place, most)
    }
}
