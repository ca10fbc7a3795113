//! When the members of a group are to be reviewed, where the terms say how often. It is a reminder: nobody is removed for
//! want of a review.

use jiff::{SignedDuration, Timestamp};

use super::{
    designation::Designation,
    lasting::{self, Near},
};

/// How long owners have at least, when the terms ask for a review that was never asked for before.
pub const NOTICE: SignedDuration = lasting::SOON;

/// How the reviews of a group stand that takes part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reviews {
    /// Since when the terms say as they do how often.
    pub asked_since: Timestamp,
    /// When the last one ended that counts.
    pub ended_at: Option<Timestamp>,
    /// Whether one is under way.
    pub is_under_way: bool,
}

impl Reviews {
    /// Returns how they stand before the first.
    #[must_use]
    pub fn since(asked_since: Timestamp) -> Self {
        Self { asked_since, ended_at: None, is_under_way: false }
    }
}

/// The review that the terms ask for next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// By when it is to have ended.
    pub at: Timestamp,
    /// Whether that is near, or over.
    pub near: Option<Near>,
    /// Whether it is under way.
    pub is_under_way: bool,
}

impl Due {
    /// Returns how pressing it is for an owner: one that is under way presses only when it is overdue.
    #[must_use]
    pub fn presses(self) -> Option<Near> {
        self.near.filter(|near| *near == Near::Come || !self.is_under_way)
    }
}

/// Returns the review that the terms ask for next: so many days after the last one ended, or, before the first, after the
/// terms began to ask; and never sooner than [`NOTICE`] after that, for nobody is late for what was not asked. While the group
/// is suspended nothing is due.
#[must_use]
pub fn due(designation: &Designation, now: Timestamp) -> Option<Due> {
    let days = designation.terms.review_days.filter(|_| designation.suspended.is_none())?;
    let reviews = designation.reviews;
    let last = reviews.ended_at.unwrap_or(reviews.asked_since);
    let at = lasting::ends_at(days, last).max(reviews.asked_since + NOTICE);
    Some(Due { at, near: lasting::near(at, now), is_under_way: reviews.is_under_way })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{designation::SuspendReason, samples, terms::Terms};

    fn team(review_days: Option<u16>, asked: i64, ended: Option<i64>) -> Designation {
        let usual = samples::designation(&samples::group("Compiler Team"));
        let reviews = Reviews { ended_at: ended.map(days_ago), ..Reviews::since(days_ago(asked)) };
        Designation { terms: Terms { review_days, ..Terms::default() }, reviews, ..usual }
    }

    fn days_ago(days: i64) -> Timestamp {
        samples::hours_ago(24 * days)
    }

    fn at(designation: &Designation) -> Option<Timestamp> {
        due(designation, samples::now()).map(|due| due.at)
    }

    #[test]
    fn a_review_is_due_so_many_days_after_the_last_or_after_the_terms_began_to_ask() {
        assert_eq!(at(&team(None, 400, Some(400))), None);
        assert_eq!(at(&team(Some(90), 20, None)), Some(days_ago(-70)));
        assert_eq!(at(&team(Some(90), 400, Some(30))), Some(days_ago(-60)));
        assert_eq!(at(&team(Some(90), 400, Some(100))), Some(days_ago(10)));
    }

    #[test]
    fn nobody_is_late_the_day_the_terms_begin_to_ask() {
        assert_eq!(at(&team(Some(30), 0, Some(300))), Some(days_ago(-14)));
        assert_eq!(at(&team(Some(365), 0, Some(300))), Some(days_ago(-65)));
    }

    #[test]
    fn it_presses_two_weeks_before_and_one_under_way_only_when_it_is_overdue() {
        let presses = |ended, is_under_way| {
            let mut team = team(Some(90), 400, Some(ended));
            team.reviews.is_under_way = is_under_way;
            due(&team, samples::now()).unwrap().presses()
        };

        assert_eq!(
            (presses(75, false), presses(76, false), presses(90, false)),
            (None, Some(Near::Soon), Some(Near::Come))
        );
        assert_eq!((presses(76, true), presses(90, true)), (None, Some(Near::Come)));
    }

    #[test]
    fn nothing_is_due_in_a_group_that_is_suspended() {
        let suspended = Some((days_ago(1), SuspendReason::Administrator));

        assert_eq!(at(&Designation { suspended, ..team(Some(30), 400, None) }), None);
    }
}
