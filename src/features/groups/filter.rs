//! What a list of groups is narrowed down to: read from the address, and written into the links that change it.

use std::collections::HashSet;

use serde::Deserialize;

use crate::{
    domain::{directory::Kind, ids::GroupId},
    store::catalogue::{Joining, Place, Search, Snapshot},
    web::words::Phrase,
};

/// The most characters of a search that are looked at.
const WORDS_LIMIT: usize = 200;
/// Kinds and ways to join, as addresses name them.
const KINDS: [(&str, Kind); 2] = [("security", Kind::Security), ("microsoft365", Kind::Microsoft365)];
const JOINS: [(&str, Joining); 3] =
    [("open", Joining::Open), ("no-reason", Joining::WithoutReason), ("guests", Joining::Guests)];

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    pub(super) q: String,
    #[serde(default)]
    show: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    join: String,
    #[serde(default)]
    after: String,
    #[serde(default)]
    before: String,
}

/// Words and filters of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Filter {
    pub words: String,
    pub only_mine: bool,
    pub kind: Option<Kind>,
    pub joining: Option<Joining>,
}

/// A filter as a link that puts it on, or takes it away.
pub(super) struct Chip {
    pub href: String,
    pub current: bool,
    pub words: Phrase,
}

impl Asked {
    /// Reads words and filters; what makes no sense filters nothing.
    pub(super) fn filter(&self) -> Filter {
        Filter {
            words: self.q.chars().take(WORDS_LIMIT).collect(),
            only_mine: self.show == "mine",
            kind: KINDS.into_iter().find_map(|(name, kind)| (name == self.kind).then_some(kind)),
            joining: JOINS.into_iter().find_map(|(name, joining)| (name == self.join).then_some(joining)),
        }
    }

    pub(super) fn place(&self) -> Place {
        Place::read(&self.after, &self.before)
    }
}

impl Filter {
    /// Returns the search for it by somebody who belongs to these groups.
    pub(super) fn search<'a>(&'a self, mine: &'a HashSet<GroupId>) -> Search<'a> {
        let (words, kind, joining) = (&self.words, self.kind, self.joining);
        Search { words, kind, joining, mine: Some(mine), only_mine: self.only_mine }
    }

    /// Returns whether it leaves anything out, besides by words.
    pub(super) fn is_narrow(&self) -> bool {
        self.only_mine || self.kind.is_some() || self.joining.is_some()
    }

    /// Returns the fields of the filters as an address or a form carries them, without the words.
    pub(super) fn fields(&self) -> Vec<(&'static str, &'static str)> {
        let kind = KINDS.into_iter().find(|(_, kind)| Some(*kind) == self.kind).map(|(name, _)| ("kind", name));
        let join =
            JOINS.into_iter().find(|(_, joining)| Some(*joining) == self.joining).map(|(name, _)| ("join", name));
        self.only_mine.then_some(("show", "mine")).into_iter().chain(kind).chain(join).collect()
    }

    /// Returns the address of a page of the list.
    pub(super) fn address(&self, place: &Place) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        if !self.words.is_empty() {
            query.append_pair("q", &self.words);
        }
        query.extend_pairs(self.fields());
        if let Some((name, value)) = place.written() {
            query.append_pair(name, &value);
        }
        match query.finish() {
            query if query.is_empty() => "/groups".to_owned(),
            query => format!("/groups?{query}"),
        }
    }

    /// Returns the filters to choose from: those that leave something of the whole list, and those that are on.
    pub(super) fn chips(&self, groups: &Snapshot) -> Vec<Chip> {
        let chip = |to: Self, current: bool, key: &'static str| {
            (Chip { href: to.address(&Place::Start), current, words: Phrase::new(key) }, to)
        };
        let words = self.words.clone();
        let kind = |kind, key| {
            let current = self.kind == Some(kind);
            chip(Self { kind: (!current).then_some(kind), ..self.clone() }, current, key)
        };
        let joining = |joining, key| {
            let current = self.joining == Some(joining);
            chip(Self { joining: (!current).then_some(joining), ..self.clone() }, current, key)
        };
        let all = [
            chip(Self { words, ..Self::default() }, !self.is_narrow(), "chip-all"),
            chip(Self { only_mine: !self.only_mine, ..self.clone() }, self.only_mine, "chip-mine"),
            kind(Kind::Security, "chip-security"),
            kind(Kind::Microsoft365, "chip-microsoft365"),
            joining(Joining::Open, "chip-open"),
            joining(Joining::WithoutReason, "chip-no-reason"),
            joining(Joining::Guests, "chip-guests"),
        ];
        let is_useful = |to: &Self| {
            [Search { kind: to.kind, ..Search::default() }, Search { joining: to.joining, ..Search::default() }]
                .iter()
                .all(|alone| groups.has(alone))
        };
        all.into_iter().filter(|(chip, to)| chip.current || is_useful(to)).map(|(chip, _)| chip).collect()
    }
}
