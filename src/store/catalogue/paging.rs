//! Pages of what was found, by key: where a page begins is said by the last group of the page before, so groups that come
//! and go meanwhile shift nothing, and neither does a restart.

use std::{fmt, str::FromStr, sync::Arc};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use uuid::Uuid;

use super::{
    Entry,
    index::Index,
    search::{Matches, rank},
};
use crate::domain::ids::GroupId;

/// The place of a group in a list: all that it is sorted by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    rank: u8,
    fold: String,
    id: GroupId,
}

/// Which page of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Place {
    /// The first.
    #[default]
    Start,
    /// What comes after a group.
    After(Key),
    /// What comes before a group.
    Before(Key),
}

/// A page of what was found.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// The groups of the page: those that match as typed, then similar ones.
    pub entries: Vec<Arc<Entry>>,
    /// How many of the page match as typed.
    pub as_typed: usize,
    /// How many were found in all.
    pub total: usize,
    /// How many of those are only similar.
    pub similar: usize,
    /// How many stand before this page.
    pub before: usize,
    /// Where the page before begins, if there is one.
    pub previous: Option<Place>,
    /// Where the next page begins, if there is one.
    pub next: Option<Place>,
    /// How many groups were looked at, each counted for every word by which it was come across.
    pub visited: usize,
}

/// Returns a page. After a group that was the last there is nothing; the last page comes then.
pub(super) fn page(index: &Index, mut matches: Matches, place: &Place, most: usize) -> Found {
    let total = matches.keys.len();
    let standing_before = |key: u64| matches.keys.iter().filter(|other| **other < key).count();
    let start = match place {
        Place::Start => 0,
        Place::After(key) => standing_before(key.number(index, true)),
        Place::Before(key) => standing_before(key.number(index, false)).saturating_sub(most),
    };
    let start = if start < total { start } else { total.saturating_sub(most) };
    let keys = smallest(&mut matches.keys, start, most);
    let key = |key: &u64| Key::of(index, *key);
    let is_similar = |key: &&u64| **key >> 32 & u64::from(rank::SIMILAR) != 0;
    Found {
        entries: keys.iter().filter_map(|key| index.at(number(*key))).cloned().collect(),
        as_typed: keys.len() - keys.iter().filter(is_similar).count(),
        total,
        similar: matches.similar,
        before: start,
        previous: keys.first().filter(|_| start > 0).and_then(key).map(Place::Before),
        next: keys.last().filter(|_| start + keys.len() < total).and_then(key).map(Place::After),
        visited: matches.visited,
    }
}

/// Returns the keys of a page, in order, without sorting all the others.
fn smallest(keys: &mut [u64], start: usize, most: usize) -> &[u64] {
    let mut rest = keys;
    if start > 0 && start < rest.len() {
        rest.select_nth_unstable(start);
        rest = &mut rest[start..];
    }
    if rest.len() > most {
        rest.select_nth_unstable(most);
        rest = &mut rest[..most];
    }
    rest.sort_unstable();
    rest
}

fn number(key: u64) -> usize {
    usize::try_from(key & u64::from(u32::MAX)).unwrap_or(usize::MAX)
}

impl Key {
    fn of(index: &Index, key: u64) -> Option<Self> {
        let entry = index.at(number(key))?;
        Some(Self { rank: u8::try_from(key >> 32).ok()?, fold: entry.fold.clone(), id: entry.group.id })
    }

    /// Returns the number of this place in the list as it is now; the group itself may have gone.
    fn number(&self, index: &Index, after: bool) -> u64 {
        let before = index.before(&self.fold, self.id);
        let is_there = index.at(before).is_some_and(|entry| entry.sorts_as() == (&self.fold, self.id));
        u64::from(self.rank) << 32 | (before + usize::from(after && is_there)) as u64
    }
}

/// Writes a key as it stands in an address.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = vec![self.rank];
        bytes.extend(self.id.0.as_bytes());
        bytes.extend(self.fold.as_bytes());
        f.write_str(&URL_SAFE_NO_PAD.encode(bytes))
    }
}

/// A text that is no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoKey;

impl FromStr for Key {
    type Err = NoKey;

    fn from_str(text: &str) -> Result<Self, NoKey> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| NoKey)?;
        let ([rank, id @ ..], fold) = bytes.split_first_chunk::<17>().ok_or(NoKey)?;
        let fold = std::str::from_utf8(fold).map_err(|_| NoKey)?.to_owned();
        Ok(Self { rank: *rank, fold, id: GroupId(Uuid::from_bytes(*id)) })
    }
}

impl Place {
    /// Reads the place that an address asks for; the first page for one that asks for none or makes no sense.
    #[must_use]
    pub fn read(after: &str, before: &str) -> Self {
        match (after.parse(), before.parse()) {
            (Ok(key), _) => Self::After(key),
            (_, Ok(key)) => Self::Before(key),
            _ => Self::Start,
        }
    }

    /// Returns how an address asks for this place: a name and a value.
    #[must_use]
    pub fn written(&self) -> Option<(&'static str, String)> {
        match self {
            Self::Start => None,
            Self::After(key) => Some(("after", key.to_string())),
            Self::Before(key) => Some(("before", key.to_string())),
        }
    }
}
