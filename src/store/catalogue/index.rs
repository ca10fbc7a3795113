//! The words of some groups, and the groups in the order of their names.
//!
//! A group has a place in the index, a number that stays while it is in it. Each word holds the places of the groups that
//! have it; the words themselves are a persistent tree, so a copy of the index shares all but what changed. What is kept of
//! each place by itself stands in flat arrays: to copy one for a hundred thousand groups takes some ten microseconds.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use imbl::Vector;

use super::{
    Entry,
    fold::{Part, fold, parts},
    mistakes::Vocabulary,
};
use crate::domain::{directory::Kind, ids::GroupId};

/// The places of groups that have a word, in order: the place, and in the lowest bit whether only the description has it.
pub(super) type Postings = Arc<[u32]>;

/// What is kept of each group for ranking and filtering.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Traits {
    /// What it is, as bits; see [`bits`].
    pub bits: u8,
    /// How many words and runs its name has.
    pub name_words: u8,
}

/// What a group is, as filters ask for it.
pub(super) mod bits {
    pub const SECURITY: u8 = 1;
    pub const MICROSOFT365: u8 = 2;
    pub const TAKES_REQUESTS: u8 = 4;
    pub const NO_REASON: u8 = 8;
    pub const GUESTS: u8 = 16;
}

/// The index of some groups. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    pub words: Vocabulary<Postings>,
    pub runs: Vocabulary<Postings>,
    /// Entries by place.
    entries: Vector<Option<Arc<Entry>>>,
    places: imbl::OrdMap<GroupId, u32>,
    free: Vector<u32>,
    pub traits: Arc<Vec<Traits>>,
    /// Places in the order of names, and for each place its number in that order.
    pub by_name: Arc<Vec<u32>>,
    pub order: Arc<Vec<u32>>,
}

impl Index {
    /// Makes the index of some groups.
    pub fn new(mut groups: Vec<Arc<Entry>>) -> Self {
        groups.sort_by(|a, b| a.sorts_as().cmp(&b.sorts_as()));
        let mut kept: [HashMap<Box<str>, Vec<u32>>; 2] = Default::default();
        for (place, entry) in (0..).zip(&groups) {
            for ((is_run, word), is_described) in words_of(entry) {
                kept[usize::from(is_run)].entry(word).or_default().push(place << 1 | u32::from(is_described));
            }
        }
        let [words, runs] =
            kept.map(|kept| kept.into_iter().map(|(word, places)| (word, Postings::from(places))).collect());
        let by_name: Vec<u32> = (0..).zip(&groups).map(|(place, _)| place).collect();
        Self {
            words,
            runs,
            places: (0_u32..).zip(&groups).map(|(place, entry)| (entry.group.id, place)).collect(),
            traits: Arc::new(groups.iter().map(|entry| traits_of(entry)).collect()),
            entries: groups.into_iter().map(Some).collect(),
            free: Vector::new(),
            order: Arc::new(by_name.clone()),
            by_name: Arc::new(by_name),
        }
    }

    /// Returns the index after changes: each group as it is now, or that it is no longer in it. Many changes at once are
    /// faster made by building the index anew.
    pub fn with(&self, changes: &[(GroupId, Option<Arc<Entry>>)]) -> Self {
        if changes.len() > 64 + self.len() / 64 {
            let mut all: HashMap<GroupId, Arc<Entry>> =
                self.entries.iter().flatten().map(|entry| (entry.group.id, entry.clone())).collect();
            for (id, entry) in changes {
                match entry {
                    Some(entry) => all.insert(*id, entry.clone()),
                    None => all.remove(id),
                };
            }
            return Self::new(all.into_values().collect());
        }
        let mut next = self.clone();
        for (id, entry) in changes {
            next.take(*id);
            if let Some(entry) = entry {
                next.put(entry);
            }
        }
        next.renumber();
        next
    }

    /// Returns how many groups there are.
    pub fn len(&self) -> usize {
        self.by_name.len()
    }

    /// Returns the place of a group.
    pub fn place(&self, group: GroupId) -> Option<u32> {
        self.places.get(&group).copied()
    }

    /// Returns the group at a number in the order of names.
    pub fn at(&self, number: usize) -> Option<&Arc<Entry>> {
        self.entries.get(*self.by_name.get(number)? as usize)?.as_ref()
    }

    /// Returns how many groups stand before a name and id in the order of names.
    pub fn before(&self, fold: &str, id: GroupId) -> usize {
        self.by_name.partition_point(|place| {
            let entry = self.entries.get(*place as usize).and_then(Option::as_ref);
            entry.is_some_and(|entry| entry.sorts_as() < (fold, id))
        })
    }

    fn put(&mut self, entry: &Arc<Entry>) {
        let place = self.free.pop_back().unwrap_or_else(|| {
            self.entries.push_back(None);
            Arc::make_mut(&mut self.traits).push(Traits::default());
            u32::try_from(self.entries.len() - 1).unwrap_or(u32::MAX)
        });
        let (fold, id) = entry.sorts_as();
        let number = self.before(fold, id);
        Arc::make_mut(&mut self.by_name).insert(number, place);
        self.places.insert(id, place);
        Arc::make_mut(&mut self.traits)[place as usize] = traits_of(entry);
        self.entries.set(place as usize, Some(entry.clone()));
        for ((is_run, word), is_described) in words_of(entry) {
            let posting = place << 1 | u32::from(is_described);
            let vocabulary = self.vocabulary(is_run);
            let known: &[u32] = vocabulary.get(&word).map_or(&[], |known| known);
            let (less, more) = known.split_at(known.partition_point(|other| *other < posting));
            let all: Postings = less.iter().chain([&posting]).chain(more).copied().collect();
            vocabulary.insert(word, all);
        }
    }

    fn take(&mut self, group: GroupId) {
        let Some(place) = self.places.remove(&group) else { return };
        let Some(entry) = self.entries.set(place as usize, None) else { return };
        let (fold, id) = entry.sorts_as();
        // It cannot be asked of the entries any more where this one stood.
        let at = self.order.get(place as usize).map(|number| *number as usize);
        let at = at.filter(|at| self.by_name.get(*at) == Some(&place));
        let at = at.or_else(|| self.by_name.iter().position(|other| *other == place));
        debug_assert!(at.is_some(), "{fold} {id} has a number");
        if let Some(at) = at {
            Arc::make_mut(&mut self.by_name).remove(at);
        }
        Arc::make_mut(&mut self.traits)[place as usize] = Traits::default();
        self.free.push_back(place);
        for ((is_run, word), _) in words_of(&entry) {
            let vocabulary = self.vocabulary(is_run);
            let Some(known) = vocabulary.get(&word) else { continue };
            let rest: Postings = known.iter().filter(|posting| **posting >> 1 != place).copied().collect();
            if rest.is_empty() {
                vocabulary.remove(&word);
            } else {
                vocabulary.insert(word, rest);
            }
        }
    }

    /// Returns the words among which a word is to be looked for.
    pub fn vocabulary_of(&self, word: Part<'_>) -> &Vocabulary<Postings> {
        if word.is_run { &self.runs } else { &self.words }
    }

    fn vocabulary(&mut self, is_run: bool) -> &mut Vocabulary<Postings> {
        if is_run { &mut self.runs } else { &mut self.words }
    }

    fn renumber(&mut self) {
        let mut order = vec![0; self.entries.len()];
        for (number, place) in (0..).zip(self.by_name.iter()) {
            order[*place as usize] = number;
        }
        self.order = Arc::new(order);
    }
}

/// Returns what the index keeps of a group: words, runs apart, and whether only the description has them.
fn words_of(entry: &Entry) -> BTreeMap<(bool, Box<str>), bool> {
    let mut kept = BTreeMap::new();
    for (text, is_described) in [(entry.fold.as_str(), false), (&fold(&entry.group.description), true)] {
        for part in parts(text) {
            for word in part.kept() {
                kept.entry((part.is_run, Box::from(word))).or_insert(is_described);
            }
        }
    }
    kept
}

fn traits_of(entry: &Entry) -> Traits {
    let mut bits = match entry.kind() {
        Some(Kind::Security) => bits::SECURITY,
        Some(Kind::Microsoft365) => bits::MICROSOFT365,
        None => 0,
    };
    if let Some(designation) = entry.designation.as_ref().filter(|_| entry.takes_requests()) {
        bits |= bits::TAKES_REQUESTS;
        bits |= if designation.terms.reason_required { 0 } else { bits::NO_REASON };
        bits |= if designation.terms.guests_may_ask { bits::GUESTS } else { 0 };
    }
    Traits { bits, name_words: u8::try_from(parts(&entry.fold).len()).unwrap_or(u8::MAX) }
}
