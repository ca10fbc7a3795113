//! Accounts with which nobody has signed in for long, so that owners think about whether these people still belong.

use jiff::{SignedDuration, Timestamp};

use super::outside::asking::{Asked, Outcome, PAUSE, REST, is_held};

/// How often the directory is asked.
const EVERY: SignedDuration = SignedDuration::from_hours(24);
/// How long what it said is believed. Whoever signs in meanwhile is marked until it is asked again.
pub const BELIEVED: SignedDuration = SignedDuration::from_hours(72);

/// When somebody signed in last, as far as the directory tells (Graph, "signInActivity resource type").
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LastSignIns {
    /// By hand, whether or not it succeeded.
    pub interactive: Option<Timestamp>,
    /// An application for them, whether or not it succeeded.
    pub non_interactive: Option<Timestamp>,
    /// The last that succeeded, of either kind; told since December 2023 only.
    pub successful: Option<Timestamp>,
}

impl LastSignIns {
    /// Returns whether the last sign-in of any kind was before an instant. Of whom nothing is told, nothing is claimed.
    #[must_use]
    pub fn are_before(&self, limit: Timestamp) -> bool {
        let latest = [self.interactive, self.non_interactive, self.successful].into_iter().flatten().max();
        latest.is_some_and(|latest| latest < limit)
    }
}

/// Returns the instant before which a last sign-in counts as long ago.
#[must_use]
pub fn limit(days: u16, now: Timestamp) -> Timestamp {
    now - SignedDuration::from_hours(24 * i64::from(days))
}

/// Returns whether a member is marked. An account that cannot sign in at all says so already.
#[must_use]
pub fn is_marked(has_not_signed_in: bool, enabled: Option<bool>) -> bool {
    has_not_signed_in && enabled != Some(false)
}

/// How reading stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    /// Until when a process holds the right to read.
    pub held_until: Option<Timestamp>,
    /// The last time that the directory was asked.
    pub last: Option<Asked>,
    /// After how many days accounts counted as inactive then; `None` when it was never read.
    pub days: Option<u16>,
}

impl Standing {
    /// Returns whether what is known may be forgotten where it is switched off: not while another process reads it.
    #[must_use]
    pub fn may_forget(&self, now: Timestamp) -> bool {
        *self != Self::default() && self.last.is_none_or(|last| now.duration_since(last.at).abs() >= BELIEVED)
    }

    /// Returns whether the directory is to be asked now.
    #[must_use]
    pub fn may_begin(&self, days: u16, now: Timestamp) -> bool {
        if is_held(self.held_until, now) {
            return false;
        }
        let Some(last) = self.last else { return true };
        let passed = now.duration_since(last.at).abs();
        match last.outcome {
            // Where another process is set to other days, they do not chase each other.
            Outcome::Read => passed >= EVERY || (self.days != Some(days) && passed >= REST),
            Outcome::NotPermitted => passed >= REST,
            Outcome::Failed => passed >= PAUSE,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::outside::asking::{LEASE, TOLERANCE};

    const HOUR: SignedDuration = SignedDuration::from_hours(1);

    fn noon() -> Timestamp {
        Timestamp::from_second(1_800_000_000).unwrap()
    }

    #[test]
    fn the_latest_sign_in_of_any_kind_counts_and_where_none_is_told_nothing_is_claimed() {
        let (limit, long_ago) = (limit(90, noon()), noon() - HOUR * 24 * 91);
        let old = LastSignIns { interactive: Some(long_ago), ..LastSignIns::default() };

        assert!(old.are_before(limit));
        assert!(!LastSignIns::default().are_before(limit));
        assert!(!LastSignIns { interactive: Some(limit), ..old }.are_before(limit));
        assert!(!LastSignIns { non_interactive: Some(noon()), ..old }.are_before(limit));
        assert!(!LastSignIns { successful: Some(noon()), ..old }.are_before(limit));
        assert!(LastSignIns { interactive: None, successful: Some(long_ago), ..old }.are_before(limit));
    }

    #[test]
    fn a_disabled_account_is_not_marked_twice() {
        assert!(is_marked(true, None) && is_marked(true, Some(true)));
        assert!(!is_marked(true, Some(false)) && !is_marked(false, Some(true)));
    }

    #[test]
    fn the_directory_is_asked_once_a_day_by_one_and_again_when_the_setting_changed() {
        let ended =
            |outcome| Standing { last: Some(Asked { at: noon(), outcome }), days: Some(90), ..Standing::default() };
        let read = ended(Outcome::Read);
        let held = Standing { held_until: Some(noon() + HOUR * 24 + LEASE), ..read };

        assert!(Standing::default().may_begin(90, noon()));
        assert!(!read.may_begin(90, noon() + HOUR * 23) && read.may_begin(90, noon() + HOUR * 24));
        assert!(read.may_begin(180, noon() + HOUR) && !read.may_begin(180, noon() + HOUR - TOLERANCE));
        assert!(!held.may_begin(90, noon() + HOUR * 24));
        assert!(
            !ended(Outcome::NotPermitted).may_begin(90, noon())
                && ended(Outcome::NotPermitted).may_begin(90, noon() + HOUR)
        );
        assert!(ended(Outcome::Failed).may_begin(90, noon() + HOUR));
    }
}
