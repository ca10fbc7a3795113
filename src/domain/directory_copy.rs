//! The directory copy: when it is read again, and when a reading waits for an administrator.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// The copy is read again when a visit finds it older than this, and its age is shown from then on.
pub const IS_OLD: SignedDuration = SignedDuration::from_mins(15);
/// After a reading that changed nothing, visits wait this long before the next.
pub const PAUSE: SignedDuration = SignedDuration::from_mins(5);
/// How long a reading holds the copy without a sign of life before another may begin.
pub const LEASE: SignedDuration = SignedDuration::from_mins(5);

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
}

/// The last reading that came to an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// When it ended.
    pub at: Timestamp,
    /// What became of it.
    pub outcome: Outcome,
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
    /// not just fail, for an administrator unless one ended after they pressed the button.
    #[must_use]
    pub fn may_begin(&self, wanted: Wanted, now: Timestamp) -> bool {
        if self.is_being_read(now) {
            return false;
        }
        match wanted {
            Wanted::ByAVisit => {
                self.is_old(now) && self.last.is_none_or(|last| now.duration_since(last.at).abs() >= PAUSE)
            }
            Wanted::ByAnAdministrator { at, even_if_it_loses } => !self.last.is_some_and(|last| {
                let is_asked_again = even_if_it_loses && matches!(last.outcome, Outcome::Braked(_));
                last.at > at && !is_asked_again
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + 60 * minutes).unwrap()
    }

    fn pressed(minutes: i64, even_if_it_loses: bool) -> Wanted {
        Wanted::ByAnAdministrator { at: at(minutes), even_if_it_loses }
    }

    fn ended(minutes: i64, outcome: Outcome) -> Standing {
        Standing { copied_at: Some(at(0)), held_until: None, last: Some(Reading { at: at(minutes), outcome }) }
    }

    #[test]
    fn a_visit_has_an_old_copy_read_and_leaves_a_fresh_one() {
        let standing = ended(0, Outcome::Done);

        assert!(Standing::default().may_begin(Wanted::ByAVisit, at(0)));
        assert!(!standing.may_begin(Wanted::ByAVisit, at(14)));
        assert!(standing.may_begin(Wanted::ByAVisit, at(15)));
    }

    #[test]
    fn after_a_reading_that_changed_nothing_visits_wait_and_the_button_does_not() {
        for outcome in [Outcome::Failed, Outcome::Braked(Loss { known: 100, lost: 30 })] {
            let standing = ended(20, outcome);

            assert!(!standing.may_begin(Wanted::ByAVisit, at(24)));
            assert!(standing.may_begin(Wanted::ByAVisit, at(25)));
            assert!(standing.may_begin(pressed(21, false), at(21)));
        }
    }

    #[test]
    fn one_reading_answers_everybody_who_pressed_the_button_before_it_ended() {
        let standing = ended(20, Outcome::Done);
        let braked = ended(20, Outcome::Braked(Loss { known: 100, lost: 30 }));

        assert!(!standing.may_begin(pressed(19, false), at(21)));
        assert!(!standing.may_begin(pressed(19, true), at(21)));
        assert!(!braked.may_begin(pressed(19, false), at(21)));
        assert!(braked.may_begin(pressed(19, true), at(21)), "the tick box has not been obeyed yet");
    }

    #[test]
    fn one_reading_is_under_way_at_a_time_unless_its_lease_is_over_or_impossible() {
        let standing = Standing { held_until: Some(at(5)), ..Standing::default() };

        assert!(!standing.may_begin(pressed(1, true), at(1)));
        assert!(standing.may_begin(Wanted::ByAVisit, at(5)));
        assert!(standing.may_begin(Wanted::ByAVisit, at(-1)), "no lease is longer than five minutes");
    }

    #[test]
    fn a_clock_that_was_set_back_does_not_make_the_copy_fresh_for_years() {
        assert!(ended(0, Outcome::Done).may_begin(Wanted::ByAVisit, at(-60)));
    }

    #[test]
    fn more_than_a_fifth_of_at_least_ten_groups_is_too_much_to_lose() {
        assert!(Loss { known: 10, lost: 3 }.is_too_much());
        assert!(!Loss { known: 10, lost: 2 }.is_too_much());
        assert!(!Loss { known: 9, lost: 9 }.is_too_much());
    }
}
