//! Which groups a search finds, and in what order.
//!
//! Every typed word has to begin a word of the name or the description. Groups that match so come first; only when they do
//! not fill a page, groups follow for which one of the words was mistyped once. Within both, names come before descriptions,
//! whole words before beginnings, one's own groups before others, names with no further words before longer ones, and at
//! last the names decide.

use std::collections::HashSet;

use super::{
    fold::{Part, fold, parts},
    index::{Index, Postings, bits},
    mistakes::{beginning, one_mistake},
};
use crate::domain::{directory::Kind, ids::GroupId};

/// The most words that are looked at.
const WORDS: usize = 16;
/// Similar groups are looked for when fewer than this match as typed: a page.
const ENOUGH: usize = 20;

/// How people join, as far as the terms make a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joining {
    /// It takes requests at the moment.
    Open,
    /// It takes requests, and they need no reason.
    WithoutReason,
    /// It takes requests, from guests too.
    Guests,
}

/// What to look for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Search<'a> {
    /// Words that must all begin a word of the name or the description; all groups when there are none.
    pub words: &'a str,
    /// Only groups of this kind.
    pub kind: Option<Kind>,
    /// Only groups that one can join so.
    pub joining: Option<Joining>,
    /// The searcher's own groups, which come first among equals.
    pub mine: Option<&'a HashSet<GroupId>>,
    /// Only those.
    pub only_mine: bool,
}

/// In what order two groups come: bits, the weightiest first.
pub(super) mod rank {
    pub const SIMILAR: u8 = 16;
    pub const DESCRIBED: u8 = 8;
    pub const BEGUN: u8 = 4;
    pub const NOT_MINE: u8 = 2;
    pub const FURTHER_WORDS: u8 = 1;
    /// No match.
    pub const NONE: u8 = u8::MAX;
}

/// What a search found: a rank and the number in the order of names for each group, and how much was looked at.
#[derive(Debug, Default)]
pub(super) struct Matches {
    pub keys: Vec<u64>,
    pub similar: usize,
    pub visited: usize,
}

/// Finds groups.
pub(super) fn matches(index: &Index, search: &Search<'_>) -> Matches {
    let mine = own_places(index, search);
    let folded = fold(search.words);
    let words = words(&folded);
    let mut found = Matches::default();
    let add = |found: &mut Matches, place: usize, mut rank: u8| {
        let (traits, is_mine) = (index.traits[place], mine.get(place).copied().unwrap_or(false));
        if traits.bits & search.bits() != search.bits() || (search.only_mine && !is_mine) {
            return;
        }
        rank |= if is_mine { 0 } else { rank::NOT_MINE };
        rank |= if usize::from(traits.name_words) > words.len() { rank::FURTHER_WORDS } else { 0 };
        found.keys.push(u64::from(rank) << 32 | u64::from(index.order[place]));
    };
    if words.is_empty() {
        found.visited = index.len();
        index.by_name.iter().for_each(|place| add(&mut found, *place as usize, 0));
        found.keys.iter_mut().for_each(|key| *key &= !(u64::from(rank::FURTHER_WORDS) << 32));
        return found;
    }

    let mut standing = Standing::new(index);
    for (number, word) in words.iter().enumerate() {
        standing.match_as_typed(index, number, *word);
    }
    standing.all(words.len()).for_each(|(place, rank)| add(&mut found, place, rank));
    let as_typed = found.keys.len();
    if as_typed < ENOUGH {
        for (number, word) in words.iter().enumerate() {
            standing.match_mistyped(index, number, *word, words.len());
            standing.similar().for_each(|(place, rank)| add(&mut found, place, rank | rank::SIMILAR));
        }
    }
    Matches { similar: found.keys.len() - as_typed, visited: standing.visited, ..found }
}

impl Search<'_> {
    fn bits(&self) -> u8 {
        let kind = match self.kind {
            Some(Kind::Security) => bits::SECURITY,
            Some(Kind::Microsoft365) => bits::MICROSOFT365,
            None => 0,
        };
        kind | match self.joining {
            Some(Joining::Open) => bits::TAKES_REQUESTS,
            Some(Joining::WithoutReason) => bits::NO_REASON,
            Some(Joining::Guests) => bits::GUESTS,
            None => 0,
        }
    }
}

impl Index {
    /// Returns whether any group is as a filter asks.
    pub(super) fn has(&self, search: &Search<'_>) -> bool {
        self.traits.iter().any(|traits| traits.bits & search.bits() == search.bits())
    }
}

fn own_places(index: &Index, search: &Search<'_>) -> Vec<bool> {
    let mut own = vec![false; index.traits.len()];
    for place in search.mine.into_iter().flatten().filter_map(|group| index.place(*group)) {
        own[place as usize] = true;
    }
    own
}

fn words(folded: &str) -> Vec<Part<'_>> {
    let mut words: Vec<Part<'_>> = Vec::new();
    for word in parts(folded).into_iter().flat_map(Part::sought) {
        if words.len() < WORDS && !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

/// How far each place matches, word by word.
struct Standing {
    /// Which of the words matched as typed, as bits.
    typed: Vec<u16>,
    /// The worst of the matches so far.
    rank: Vec<u8>,
    /// The best match of the word that is looked for.
    best: Vec<u8>,
    visited: usize,
}

impl Standing {
    fn new(index: &Index) -> Self {
        let places = index.traits.len();
        Self { typed: vec![0; places], rank: vec![0; places], best: vec![rank::NONE; places], visited: 0 }
    }

    fn match_as_typed(&mut self, index: &Index, number: usize, word: Part<'_>) {
        self.best.fill(rank::NONE);
        for (known, groups) in beginning(index.vocabulary_of(word), word.text) {
            self.note(groups, known.len() == word.text.len(), |_| true);
        }
        for place in 0..self.best.len() {
            if self.best[place] != rank::NONE {
                self.typed[place] |= 1 << number;
                self.rank[place] |= self.best[place];
            }
        }
    }

    /// Of a word of one or two letters nearly everything is one mistake away: it is only looked for beside other words.
    /// Beginnings are looked for from four letters on, for the same reason.
    fn match_mistyped(&mut self, index: &Index, number: usize, word: Part<'_>, words: usize) {
        self.best.fill(rank::NONE);
        let letters = word.text.chars().count();
        if word.is_run || (letters < 3 && words == 1) {
            return;
        }
        let (typed, others) = (std::mem::take(&mut self.typed), all(words) & !(1 << number));
        one_mistake(&index.words, word.text, letters > 3, |groups, is_whole| {
            self.note(groups, is_whole, |place| typed[place] == others);
        });
        self.typed = typed;
    }

    fn note(&mut self, groups: &Postings, is_whole: bool, counts: impl Fn(usize) -> bool) {
        self.visited += groups.len();
        for posting in groups.iter() {
            let place = (posting >> 1) as usize;
            if counts(place) {
                let described = if posting & 1 == 1 { rank::DESCRIBED } else { 0 };
                let begun = if is_whole { 0 } else { rank::BEGUN };
                self.best[place] = self.best[place].min(described | begun);
            }
        }
    }

    /// Returns the places that match every word as typed.
    fn all(&self, words: usize) -> impl Iterator<Item = (usize, u8)> {
        let every = all(words);
        let places = self.typed.iter().zip(&self.rank).enumerate();
        places.filter(move |(_, (typed, _))| **typed == every).map(|(place, (_, rank))| (place, *rank))
    }

    /// Returns the places that match every word but the last one looked for, which was mistyped.
    fn similar(&self) -> impl Iterator<Item = (usize, u8)> {
        let places = self.best.iter().zip(&self.rank).enumerate();
        places.filter(|(_, (best, _))| **best != rank::NONE).map(|(place, (best, rank))| (place, best | rank))
    }
}

fn all(words: usize) -> u16 {
    u16::MAX >> (WORDS - words)
}
