//! How long a membership lasts: what the terms offer, what a person wished, and when it ends.

use std::ops::RangeInclusive;

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

use super::{directory::PersonRef, history};

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

/// The most memberships that Roster ends by itself within [`BRAKE_FOR`], in one group: at least so many, or that part of what it
/// gave there. More of them wait for a person: somebody may have set a clock far ahead.
pub const OF_A_GROUP: Brake = Brake { least: 10, part: 5 };
/// The same for all groups together.
pub const OF_ALL: Brake = Brake { least: 50, part: 20 };
/// How long what Roster did by itself counts.
pub const BRAKE_FOR: SignedDuration = SignedDuration::from_hours(24);

/// How much may happen without a person.
#[derive(Debug, Clone, Copy)]
pub struct Brake {
    /// So many at least.
    pub least: usize,
    /// Or one in so many.
    pub part: usize,
}

impl Brake {
    /// Returns how many more may be removed, of memberships that have an end, after some were removed lately.
    #[must_use]
    pub fn allows(self, given: usize, removed: usize) -> usize {
        ((given + removed) / self.part).max(self.least).saturating_sub(removed)
    }
}

/// What is wrong with a day on which a membership is to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndProblem {
    /// It is no day, or none is given where there has to be one.
    NotADay,
    /// It is over.
    Past,
    /// It is later than the terms let it be.
    TooLate,
}

/// Returns the latest day on which a membership may end that is changed now.
#[must_use]
pub fn latest_day(lasting: Lasting, zone: &TimeZone, now: Timestamp) -> Date {
    let most = lasting.offered().map_or(*Lasting::DAYS.end(), |(_, most)| most);
    ends_at(most, now).to_zoned_datetime(zone.clone()).date()
}

/// Reads the day on which a membership is to end: it ends with that day. None is given for a membership without an end,
/// where the terms let memberships last for ever.
///
/// # Errors
/// What is wrong with the day.
pub fn wished_end(
    lasting: Lasting,
    typed: &str,
    zone: &TimeZone,
    now: Timestamp,
) -> Result<Option<Timestamp>, EndProblem> {
    if typed.trim().is_empty() && lasting == Lasting::ForEver {
        return Ok(None);
    }
    let day: Date = typed.trim().parse().map_err(|_| EndProblem::NotADay)?;
    if day < now.to_zoned_datetime(zone.clone()).date() {
        return Err(EndProblem::Past);
    }
    if day > latest_day(lasting, zone, now) {
        return Err(EndProblem::TooLate);
    }
    Ok(Some(history::span(day, zone).1 - SignedDuration::from_millis(1)))
}

/// Returns the end of a membership that ends already and is to end at a wished instant: never an earlier one.
#[must_use]
pub fn extended(current: Timestamp, wished: Option<Timestamp>) -> Option<Timestamp> {
    wished.map(|wished| wished.max(current))
}

/// How near an end is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Near {
    /// It comes soon.
    Soon,
    /// It has come.
    Come,
}

/// Returns how near an end is; nothing for one that is far ahead.
#[must_use]
pub fn near(end: Timestamp, now: Timestamp) -> Option<Near> {
    match end.duration_since(now) {
        ahead if ahead > SOON => None,
        ahead if ahead.is_positive() => Some(Near::Soon),
        _ => Some(Near::Come),
    }
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
    fn a_membership_ends_with_a_day_that_is_neither_past_nor_later_than_the_terms_let_it_be() {
        let (noon, berlin) = ("2026-11-27T12:00:00Z".parse().unwrap(), TimeZone::get("Europe/Berlin").unwrap());
        let read = |lasting, typed| wished_end(lasting, typed, &berlin, noon);

        assert_eq!(read(NINETY, "2026-11-27"), Ok(Some("2026-11-27T22:59:59.999Z".parse().unwrap())));
        assert_eq!(read(NINETY, "2026-11-26"), Err(EndProblem::Past));
        assert!(read(NINETY, "2027-05-26").is_ok());
        assert_eq!(read(NINETY, "2027-05-27"), Err(EndProblem::TooLate));
        assert_eq!(read(NINETY, ""), Err(EndProblem::NotADay));
        assert_eq!(read(NINETY, "soon"), Err(EndProblem::NotADay));
        assert_eq!(read(Lasting::ForEver, " "), Ok(None));
        assert!(read(Lasting::ForEver, "2027-05-27").is_ok());
    }

    #[test]
    fn an_extension_never_makes_a_membership_end_earlier() {
        let noon = Timestamp::from_second(1_800_000_000).unwrap();
        let later = noon + SignedDuration::from_hours(1);

        assert_eq!(extended(noon, Some(later)), Some(later));
        assert_eq!(extended(later, Some(noon)), Some(later));
        assert_eq!(extended(noon, None), None);
    }

    #[test]
    fn roster_ends_ten_memberships_of_a_group_by_itself_or_a_fifth_of_them() {
        let allows = |given, removed| OF_A_GROUP.allows(given, removed);

        assert_eq!((allows(3, 0), allows(14, 0), allows(4, 10)), (10, 10, 0));
        assert_eq!((allows(100, 0), allows(80, 20), allows(81, 19)), (20, 0, 1));
        assert_eq!((OF_ALL.allows(900, 0), OF_ALL.allows(4000, 0), OF_ALL.allows(0, 90)), (50, 200, 0));
    }

    #[test]
    fn two_weeks_before_its_end_a_membership_ends_soon_and_then_it_has_ended() {
        let noon = Timestamp::from_second(1_800_000_000).unwrap();

        assert_eq!(near(noon + SOON, noon), Some(Near::Soon));
        assert_eq!(near(noon + SOON + SignedDuration::from_secs(1), noon), None);
        assert_eq!((near(noon, noon), near(noon - SOON, noon)), (Some(Near::Come), Some(Near::Come)));
    }
}
