//! How long a membership lasts: what the terms offer, what a person wished, and when it ends.

use std::ops::RangeInclusive;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::directory::PersonRef;

/// How long before its end a membership is said to end soon.
pub const SOON: SignedDuration = SignedDuration::from_hours(24 * 14);

/// How long memberships last under the terms of a group.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lasting {
    /// For ever.
    #[default]
    ForEver,
    /// For some days.
    Days {
        /// What holds unless somebody wishes otherwise.
        usual: u16,
        /// The most that anybody may have.
        most: u16,
    },
}

impl Lasting {
    /// The fewest and most days that terms may set.
    pub const DAYS: RangeInclusive<u16> = 1..=1826;

    /// Returns for how many days a membership lasts that is given now; `None` without an end. A wish counts up to the most
    /// there is now, whatever held when it was made; who wished for less than for ever gets no more.
    #[must_use]
    pub fn days(self, wished: Option<u16>) -> Option<u16> {
        match self {
            Self::ForEver => wished,
            Self::Days { usual, most } => Some(wished.unwrap_or(usual).min(most)),
        }
    }

    /// Returns when a membership ends that is given now; `None` without an end.
    #[must_use]
    pub fn until(self, wished: Option<u16>, now: Timestamp) -> Option<Timestamp> {
        self.days(wished).map(|days| ends_at(days, now))
    }

    /// Returns the usual and the most days, where the terms set an end.
    #[must_use]
    pub fn offered(self) -> Option<(u16, u16)> {
        match self {
            Self::ForEver => None,
            Self::Days { usual, most } => Some((usual, most)),
        }
    }

    /// Reads the days that somebody typed, within what may be had.
    #[must_use]
    pub fn read(self, typed: &str) -> Option<u16> {
        let most = self.offered().map_or(*Self::DAYS.end(), |(_, most)| most);
        typed.trim().parse().ok().filter(|days| (1..=most).contains(days))
    }
}

/// Returns when a membership of some days ends that begins at an instant.
#[must_use]
pub fn ends_at(days: u16, from: Timestamp) -> Timestamp {
    from + SignedDuration::from_hours(24 * i64::from(days))
}

/// The end of a membership that Roster gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// When it ends; `None` when it has an end no more.
    pub at: Option<Timestamp>,
    /// Who set it so.
    pub by: PersonRef,
    /// Why, in their words; empty when they gave no reason.
    pub why: String,
    /// Grows with every change.
    pub version: i64,
}

/// Returns whether an end comes soon, or has come.
#[must_use]
pub fn is_soon(end: Timestamp, now: Timestamp) -> bool {
    end.duration_since(now) <= SOON
}

#[cfg(test)]
mod tests {
    use super::*;

    const NINETY: Lasting = Lasting::Days { usual: 90, most: 180 };

    #[test]
    fn terms_give_the_usual_days_unless_fewer_or_more_are_wished_up_to_the_most() {
        assert_eq!(NINETY.days(None), Some(90));
        assert_eq!(NINETY.days(Some(7)), Some(7));
        assert_eq!(NINETY.days(Some(400)), Some(180));
        assert_eq!(Lasting::ForEver.days(None), None);
        assert_eq!(Lasting::ForEver.days(Some(7)), Some(7));
    }

    #[test]
    fn a_membership_of_a_day_ends_a_day_after_it_was_given() {
        let noon = Timestamp::from_second(1_800_000_000).unwrap();

        assert_eq!(NINETY.until(Some(1), noon), Some(noon + SignedDuration::from_hours(24)));
        assert_eq!(Lasting::ForEver.until(None, noon), None);
    }

    #[test]
    fn days_are_read_within_what_may_be_had() {
        for (typed, read) in [(" 90 ", Some(90)), ("180", Some(180)), ("181", None), ("0", None), ("-1", None)] {
            assert_eq!(NINETY.read(typed), read, "{typed}");
        }
        for typed in ["", "many", "1.5", "99999"] {
            assert_eq!(NINETY.read(typed), None, "{typed}");
        }
        assert_eq!(Lasting::ForEver.read("1826"), Some(1826));
        assert_eq!(Lasting::ForEver.read("1827"), None);
    }

    #[test]
    fn two_weeks_before_its_end_a_membership_ends_soon() {
        let noon = Timestamp::from_second(1_800_000_000).unwrap();

        assert!(is_soon(noon + SOON, noon));
        assert!(is_soon(noon - SOON, noon));
        assert!(!is_soon(noon + SOON + SignedDuration::from_secs(1), noon));
    }
}
