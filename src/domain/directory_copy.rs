//! The directory copy: when it is read again, and when a reading waits for an administrator.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// The copy is read again when a visit finds it older than this, and its age is shown from then on.
pub const IS_OLD: SignedDuration = SignedDuration::from_mins(15);
/// After a reading that changed nothing, visits wait this long before the next.
pub const PAUSE: SignedDuration = SignedDuration::from_mins(5);
/// How long a reading holds the copy without a sign of life before another may begin.
pub const LEASE: SignedDuration = SignedDuration::from_mins(5);

/// With an identity of its own, the portal reads what changed at this rhythm, whoever visits.
pub const RHYTHM: SignedDuration = SignedDuration::from_mins(3);
/// How long after everything was read it is read anew, whatever the changes said meanwhile. Graph forgets what changed
/// since a link after seven days (Graph, "Use delta query"), so an older one is not even tried.
pub const ANEW_AFTER: SignedDuration = SignedDuration::from_hours(7 * 24);

/// A reading that would lose more than this share of the groups waits for an administrator: a short answer of the
/// directory must not empty the catalogue.
const BRAKE_PERCENT: usize = 20;
/// Below this many groups a share says nothing. Nothing waits then: a group that takes part is asked for by itself before
/// it counts as gone, and the others come back with the next reading.
const BRAKE_FROM: usize = 10;

/// Who wants the copy read again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Somebody whose visit found it old.
    ByAVisit,
    /// An administrator who pressed the button.
    ByAnAdministrator {
        /// When they did.
        at: Timestamp,
        /// Whether they have seen how many groups are missing, and take that for right.
        even_if_it_loses: bool,
    },
    /// The portal itself, at its rhythm.
    ByTheClock,
}

/// With which token the directory is read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// With that of a person who visits.
    #[default]
    Person,
    /// With that of the portal's own identity.
    Service,
}

/// How much of the directory a reading reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// All of it.
    Whole,
    /// What changed since the last reading.
    Changes,
}

/// What is known of a link to the changes after a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Linked {
    /// When everything was last read.
    pub begun_at: Timestamp,
    /// With which token.
    pub way: Way,
}

impl Linked {
    /// Returns whether the changes since the link can be read and are enough. What a person saw may be less than what the
    /// portal's own identity sees, so it reads everything once before it follows changes.
    #[must_use]
    pub fn holds(self, way: Way, now: Timestamp) -> bool {
        let is_recent = now.duration_since(self.begun_at).abs() < ANEW_AFTER;
        is_recent && (self.way == way || self.way == Way::Service)
    }
}

/// Says how much a reading has to read. Whoever presses the button wants to be sure, so everything is read then.
#[must_use]
pub fn extent(link: Option<Linked>, wanted: Wanted, way: Way, now: Timestamp) -> Extent {
    let is_pressed = matches!(wanted, Wanted::ByAnAdministrator { .. });
    if !is_pressed && link.is_some_and(|link| link.holds(way, now)) { Extent::Changes } else { Extent::Whole }
}

impl Wanted {
    /// Returns whether a reading may lose however many groups.
    #[must_use]
    pub fn even_if_it_loses(self) -> bool {
        matches!(self, Self::ByAnAdministrator { even_if_it_loses: true, .. })
    }
}

/// What a reading would lose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loss {
    /// Groups the copy has now.
    pub known: usize,
    /// How many of them would be gone.
    pub lost: usize,
}

impl Loss {
    /// Returns whether an administrator has to look first.
    #[must_use]
    pub fn is_too_much(self) -> bool {
        self.known >= BRAKE_FROM && self.lost * 100 > self.known * BRAKE_PERCENT
    }
}

/// What became of a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum Outcome {
    /// The copy was exchanged.
    Done,
    /// It would have lost too much, so nothing was changed.
    Braked(Loss),
    /// The directory or the store did not answer.
    Failed,
    /// The directory does not let this token read the groups.
    NotPermitted,
    /// The provider gave the portal's own identity no token, or the directory did not take it.
    NotAccepted,
}

/// The last reading that came to an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// When it ended.
    pub at: Timestamp,
    /// What became of it.
    pub outcome: Outcome,
    /// With which token.
    #[serde(default)]
    pub way: Way,
}

impl Reading {
    fn is_of_no_use(self) -> bool {
        self.way == Way::Service && !matches!(self.outcome, Outcome::Done | Outcome::Braked(_))
    }
}

/// How the copy stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    /// When it was last exchanged; `None` before the first time.
    pub copied_at: Option<Timestamp>,
    /// Until when the reading that is under way holds the copy.
    pub held_until: Option<Timestamp>,
    /// The last reading that came to an end.
    pub last: Option<Reading>,
    /// The last time that it was asked which accounts cannot sign in; only the portal's own identity asks.
    pub accounts: Option<Reading>,
    /// When a reading last found that something had changed.
    pub changed_at: Option<Timestamp>,
    /// When the reading began that became the copy; it shows nothing older than that for certain.
    pub begun_at: Option<Timestamp>,
}

impl Standing {
    /// Returns whether somebody is reading at this moment. A lease that ends later than any can was taken when the clock
    /// was wrong, and holds nothing.
    #[must_use]
    pub fn is_being_read(&self, now: Timestamp) -> bool {
        self.held_until.is_some_and(|until| now < until && until.duration_since(now) <= LEASE)
    }

    /// Returns whether the copy is so old that a visit has it read again.
    #[must_use]
    pub fn is_old(&self, now: Timestamp) -> bool {
        self.copied_at.is_none_or(|at| now.duration_since(at).abs() >= IS_OLD)
    }

    /// Returns whether a reading may begin: one at a time, for visits only when the copy is old and the last reading did
    /// not just fail, for an administrator unless one ended after they pressed the button. That the portal's own identity
    /// was turned away keeps nobody else from reading.
    #[must_use]
    pub fn may_begin(&self, wanted: Wanted, now: Timestamp) -> bool {
        if self.is_being_read(now) {
            return false;
        }
        let has_paused = |last: Reading| now.duration_since(last.at).abs() >= PAUSE;
        match wanted {
            Wanted::ByAVisit => {
                self.is_old(now) && self.last.is_none_or(|last| last.is_of_no_use() || has_paused(last))
            }
            Wanted::ByTheClock => {
                let is_due = self.copied_at.is_none_or(|at| now.duration_since(at).abs() >= RHYTHM);
                is_due && self.last.is_none_or(|last| last.outcome == Outcome::Done || has_paused(last))
            }
            Wanted::ByAnAdministrator { at, even_if_it_loses } => !self.last.is_some_and(|last| {
                let is_asked_again = even_if_it_loses && matches!(last.outcome, Outcome::Braked(_));
                last.at > at && !is_asked_again
            }),
        }
    }
}

#[cfg(test)]
mod tests;
