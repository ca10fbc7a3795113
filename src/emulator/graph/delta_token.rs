//! What a delta link carries: the options of the first call, what the client knows, and where a page ended.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::directory::{Directory, Kind};
use crate::journal::Entry;
use crate::keys::{decode, encode};

/// How long links work for directory objects: seven days (delta-query-overview).
const LIFE_MILLIS: i64 = 7 * 24 * 3600 * 1000;

/// How far a client knows the directory: every change before `end` that had spread by `horizon`.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Mark {
    end: u64,
    horizon: i64,
    /// The first change that the client does not know.
    pub(crate) first_unknown: u64,
}

impl Mark {
    /// Returns what a client is told now: everything that has spread.
    pub(crate) fn now(directory: &Directory) -> Self {
        let end = directory.journal.end();
        if directory.lag == 0 {
            return Self { end, horizon: i64::MAX, first_unknown: end };
        }
        let horizon = directory.stamp.at - directory.lag;
        let recent = directory.journal.since(directory.journal.first_after(horizon));
        let unknown = recent.into_iter().find(|(_, entry)| !entry.has_spread(horizon));
        Self { end, horizon, first_unknown: unknown.map_or(end, |(number, _)| number) }
    }

    /// Returns whether a client with this mark knows of a change.
    pub(crate) fn knows(&self, number: u64, entry: &Entry) -> bool {
        number < self.end && entry.has_spread(self.horizon)
    }
}

/// What a client asked for with the first call; it cannot be changed after that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Wish {
    pub(crate) people: bool,
    /// The properties, without `members` and `owners`; those that come unasked when `None`.
    pub(crate) select: Option<Vec<String>>,
    pub(crate) members: bool,
    pub(crate) owners: bool,
    /// The only objects wanted, if not all.
    pub(crate) only: Option<Vec<Uuid>>,
}

impl Wish {
    pub(crate) fn kind(&self) -> Kind {
        if self.people { Kind::Person } else { Kind::Group }
    }
}

/// Where a page ended.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Place {
    /// The object of the last row.
    pub(crate) after: Option<Uuid>,
    /// Which slice of that object's links comes next; 0 when it is complete.
    pub(crate) slice: usize,
}

/// One round: from what the client knows to what it is told.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Round {
    /// `None` in the first round, which tells everything.
    pub(crate) from: Option<Mark>,
    pub(crate) until: Mark,
}

/// Where a link leads.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) enum Step {
    /// The next page of a round.
    Page(Round, Place),
    /// A new round.
    Changes(Mark),
}

/// A link's token.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Token {
    pub(crate) wish: Wish,
    pub(crate) step: Step,
    /// When it was given out, in milliseconds since 1970.
    pub(crate) given: i64,
    /// How often the service had lost its memory by then.
    pub(crate) resets: u32,
}

impl Token {
    /// Writes a token as opaque text.
    pub(crate) fn text(&self) -> String {
        encode(serde_json::to_vec(self).unwrap_or_default())
    }

    /// Reads a token.
    pub(crate) fn read(text: &str) -> Option<Self> {
        serde_json::from_slice(&decode(text)?).ok()
    }

    /// Returns whether the token is too old at this time, in milliseconds since 1970.
    pub(crate) fn is_expired(&self, now: i64) -> bool {
        now - self.given > LIFE_MILLIS
    }
}
