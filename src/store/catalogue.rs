//! The groups in memory: an immutable snapshot of the directory copy and the designations, with a search over the groups
//! that take part.
//!
//! A page asks the store for the change number it has to know anyway; when the snapshot is older, what changed is applied
//! before the page is drawn. So what one person does is true on the next page of every replica.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, PoisonError, RwLock},
};

use tokio::sync::Mutex;

use crate::domain::{
    designation::Designation,
    directory::{Group, Kind, PersonRef},
    ids::{GroupId, PersonId},
};

use super::{Error, Store};

/// A group with what is known of it here.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The group as copied.
    pub group: Group,
    /// Its owners, people only.
    pub owners: Vec<PersonRef>,
    /// Its designation, when it takes part.
    pub designation: Option<Designation>,
    /// Whether the directory no longer knows it.
    pub gone: bool,
    /// The name as it sorts.
    pub fold: String,
    description_fold: String,
}

impl Entry {
    /// Makes an entry.
    #[must_use]
    pub fn new(group: Group, owners: Vec<PersonRef>, designation: Option<Designation>, gone: bool) -> Self {
        let (fold, description_fold) = (fold(&group.name), fold(&group.description));
        Self { group, owners, designation, gone, fold, description_fold }
    }

    /// Returns the kind of the group, when it can take part.
    #[must_use]
    pub fn kind(&self) -> Option<Kind> {
        self.group.facts.eligibility().ok()
    }
}

/// What to look for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Search<'a> {
    /// Words that must all begin a word of the name or the description.
    pub words: &'a str,
    /// Only groups of this kind.
    pub kind: Option<Kind>,
    /// Only these groups.
    pub only: Option<&'a HashSet<GroupId>>,
}

/// A page of what was found.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// The groups of the page.
    pub entries: Vec<Arc<Entry>>,
    /// How many were found in all.
    pub total: usize,
}

/// The groups at one moment.
#[derive(Debug, Default)]
pub struct Snapshot {
    change: i64,
    entries: HashMap<GroupId, Arc<Entry>>,
    /// Groups that take part, by name.
    designated: Vec<Arc<Entry>>,
}

impl Snapshot {
    /// Makes a snapshot of the given groups.
    #[must_use]
    pub fn new(entries: Vec<Entry>, change: i64) -> Self {
        Self::of(entries.into_iter().map(|entry| (entry.group.id, Arc::new(entry))).collect(), change)
    }

    fn of(entries: HashMap<GroupId, Arc<Entry>>, change: i64) -> Self {
        let mut designated: Vec<_> = entries.values().filter(|entry| entry.designation.is_some()).cloned().collect();
        designated.sort_by(|a, b| (&a.fold, a.group.id).cmp(&(&b.fold, b.group.id)));
        Self { change, entries, designated }
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

    /// Returns all groups that take part, by name.
    #[must_use]
    pub fn all_designated(&self) -> &[Arc<Entry>] {
        &self.designated
    }

    /// Returns how many groups take part.
    #[must_use]
    pub fn designated_count(&self) -> usize {
        self.designated.len()
    }

    /// Returns the groups that the copy says a person owns.
    #[must_use]
    pub fn owned_by(&self, person: PersonId) -> Vec<GroupId> {
        let owns = |entry: &&Arc<Entry>| entry.owners.iter().any(|owner| owner.id == person);
        self.designated.iter().filter(owns).map(|entry| entry.group.id).collect()
    }

    /// Searches the groups that take part: those whose name has all the words first, each part by name.
    #[must_use]
    pub fn search(&self, search: &Search<'_>, skip: usize, most: usize) -> Found {
        page(ranked(self.designated.iter(), search), skip, most)
    }

    /// Searches all groups of the copy that the directory still knows; for administrators and auditors.
    #[must_use]
    pub fn search_all(&self, search: &Search<'_>, skip: usize, most: usize) -> Found {
        let mut all: Vec<_> = self.entries.values().filter(|entry| !entry.gone).collect();
        all.sort_by(|a, b| (&a.fold, a.group.id).cmp(&(&b.fold, b.group.id)));
        page(ranked(all.into_iter(), search), skip, most)
    }
}

fn page(ranked: Vec<Arc<Entry>>, skip: usize, most: usize) -> Found {
    let total = ranked.len();
    Found { entries: ranked.into_iter().skip(skip).take(most).collect(), total }
}

fn ranked<'a>(entries: impl Iterator<Item = &'a Arc<Entry>>, search: &Search<'_>) -> Vec<Arc<Entry>> {
    let folded = fold(search.words);
    let words: Vec<&str> = folded.split(is_between).filter(|word| !word.is_empty()).collect();
    let fits = |entry: &&Arc<Entry>| {
        search.kind.is_none_or(|kind| entry.kind() == Some(kind))
            && search.only.is_none_or(|only| only.contains(&entry.group.id))
    };
    let (mut by_name, mut by_description) = (Vec::new(), Vec::new());
    for entry in entries.filter(fits) {
        if words.iter().all(|word| begins_a_word(&entry.fold, word)) {
            by_name.push(entry.clone());
        } else if words
            .iter()
            .all(|word| begins_a_word(&entry.fold, word) || begins_a_word(&entry.description_fold, word))
        {
            by_description.push(entry.clone());
        }
    }
    by_name.append(&mut by_description);
    by_name
}

fn begins_a_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| text[..at].chars().next_back().is_none_or(is_between))
}

fn is_between(c: char) -> bool {
    !c.is_alphanumeric()
}

/// Returns text as it is compared: lower case. The store keeps names folded the same way.
#[must_use]
pub fn fold(text: &str) -> String {
    text.to_lowercase()
}

/// The current snapshot of this process. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    current: Arc<RwLock<Arc<Snapshot>>>,
    loading: Arc<Mutex<()>>,
}

impl Catalogue {
    /// Returns a snapshot in which every change up to `change` is applied, loading what is missing.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn at(&self, store: &Store, change: i64) -> Result<Arc<Snapshot>, Error> {
        let known = self.snapshot();
        if known.change >= change {
            return Ok(known);
        }
        let _one_loads = self.loading.lock().await;
        let known = self.snapshot();
        if known.change >= change {
            return Ok(known);
        }
        let fresh = Arc::new(load(store, &known, change).await?);
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = fresh.clone();
        Ok(fresh)
    }

    fn snapshot(&self) -> Arc<Snapshot> {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Applies what changed since the known snapshot. Designations are few and read whole. A group that takes part but is not
/// in the copy, such as before the first refresh, is left out until it is.
async fn load(store: &Store, known: &Snapshot, change: i64) -> Result<Snapshot, Error> {
    let changed = store.directory().groups_changed_since(known.change).await?;
    let mut designations: HashMap<GroupId, Designation> =
        store.designations().all().await?.into_iter().map(|designation| (designation.group, designation)).collect();
    let newest = changed.iter().map(|copied| copied.change).max().unwrap_or(0).max(change);

    let mut entries = known.entries.clone();
    for copied in changed {
        let entry = Entry::new(copied.group, copied.owners, None, copied.gone);
        entries.insert(entry.group.id, Arc::new(entry));
    }
    for (id, entry) in &mut entries {
        let designation = designations.remove(id);
        if entry.designation != designation {
            let mut renewed = Entry::clone(entry);
            renewed.designation = designation;
            *entry = Arc::new(renewed);
        }
    }
    Ok(Snapshot::of(entries, newest))
}
