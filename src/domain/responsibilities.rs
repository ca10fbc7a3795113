//! Responsibilities: the text that owners accept before they let anybody in. It has versions; a version that asks for a new
//! acceptance says from when it counts.

use jiff::{SignedDuration, Timestamp};

use super::directory::PersonRef;

/// The most characters of the text.
pub const TEXT_LIMIT: usize = 20_000;
/// The fewest and most days that owners have before a version counts.
pub const DAYS: std::ops::RangeInclusive<u16> = 0..=90;
/// Days that the form offers first.
pub const USUAL_DAYS: u16 = 14;

/// One version of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Responsibilities {
    /// 1 for the first.
    pub version: i64,
    /// The text, in Markdown.
    pub text: String,
    /// From when owners who have not accepted it let nobody in; `None` when whoever accepted an earlier one is not asked
    /// again.
    pub counts_from: Option<Timestamp>,
    /// Who wrote it.
    pub by: PersonRef,
    /// When.
    pub at: Timestamp,
}

/// What a person is asked to accept, and what they have accepted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Asked {
    /// The latest version that asks for an acceptance, and from when it counts.
    pub latest: Option<(i64, Timestamp)>,
    /// The latest version that counts already; 0 when none does.
    pub counting: i64,
    /// The latest version that the person has accepted; 0 when none.
    pub accepted: i64,
}

impl Asked {
    /// Returns whether the person lets nobody in before they have accepted.
    #[must_use]
    pub fn must_accept(&self) -> bool {
        self.accepted < self.counting
    }

    /// Returns from when the person lets nobody in without having accepted, when they are asked to accept.
    #[must_use]
    pub fn is_asked_until(&self) -> Option<Timestamp> {
        self.latest.filter(|(version, _)| self.accepted < *version).map(|(_, from)| from)
    }
}

/// Returns from when a version counts that is written now: days ahead, or at once for none.
#[must_use]
pub fn counts_from(now: Timestamp, days: u16) -> Timestamp {
    now.saturating_add(SignedDuration::from_hours(24 * i64::from(days))).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp::UNIX_EPOCH;

    #[test]
    fn whoever_accepted_what_counts_lets_people_in_though_a_later_version_is_announced() {
        let asked = Asked { latest: Some((3, NOON)), counting: 2, accepted: 2 };

        assert!(!asked.must_accept());
        assert_eq!(asked.is_asked_until(), Some(NOON));
    }

    #[test]
    fn whoever_has_accepted_nothing_is_stopped_by_the_version_that_counts() {
        let newcomer = Asked { latest: Some((3, NOON)), counting: 2, accepted: 0 };
        let had_time = Asked { latest: Some((1, NOON)), counting: 0, accepted: 0 };

        assert!(newcomer.must_accept());
        assert!(!had_time.must_accept());
        assert_eq!(had_time.is_asked_until(), Some(NOON));
    }

    #[test]
    fn the_latest_acceptance_answers_for_all_before() {
        let asked = Asked { latest: Some((3, NOON)), counting: 3, accepted: 4 };

        assert!(!asked.must_accept());
        assert_eq!(asked.is_asked_until(), None);
    }

    #[test]
    fn nobody_is_asked_while_there_is_no_text() {
        assert!(!Asked::default().must_accept());
        assert_eq!(Asked::default().is_asked_until(), None);
    }

    #[test]
    fn days_are_whole_ones() {
        assert_eq!(counts_from(NOON, 0), NOON);
        assert_eq!(counts_from(NOON, 14).duration_since(NOON), SignedDuration::from_hours(14 * 24));
    }
}
