//! When the directory's record is asked who made a change outside Roster, and when that is given up.
//!
//! The record lags behind by minutes to hours, and Microsoft names no bound. So it is asked at growing distances.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How long after a change was seen the record is asked.
const DISTANCES: [SignedDuration; 5] = [
    SignedDuration::from_mins(5),
    SignedDuration::from_mins(30),
    SignedDuration::from_hours(2),
    SignedDuration::from_hours(8),
    SignedDuration::from_hours(24),
];
/// How long a change that nobody could ask about stays on the list: the record may have been closed to Roster meanwhile.
pub const KEPT: SignedDuration = SignedDuration::from_hours(48);
/// How long the record rests after it was closed to Roster. A permission that is granted meanwhile serves from then on.
pub const REST: SignedDuration = SignedDuration::from_hours(1);
/// How long it rests after it did not answer.
pub const PAUSE: SignedDuration = SignedDuration::from_mins(5);
/// How long a process may ask before another may begin.
pub const LEASE: SignedDuration = SignedDuration::from_mins(10);
/// By how much the clocks of two processes may differ.
pub const TOLERANCE: SignedDuration = SignedDuration::from_mins(1);

/// Returns whether a process holds the right to ask. A lease that ends later than any can was taken when the clock was wrong.
#[must_use]
pub fn is_held(until: Option<Timestamp>, now: Timestamp) -> bool {
    until.is_some_and(|until| now < until && until.duration_since(now) <= LEASE + TOLERANCE)
}

/// Returns when the record is asked about a change the next time, or `None` when it was asked for long enough.
#[must_use]
pub fn next(seen_at: Timestamp, now: Timestamp) -> Option<Timestamp> {
    DISTANCES.iter().map(|distance| seen_at + *distance).find(|at| *at > now)
}

/// What became of asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The record answered.
    Read,
    /// The portal's own identity may not read it.
    NotPermitted,
    /// It did not answer.
    Failed,
}

/// The last time that the record was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// When that ended.
    pub at: Timestamp,
    /// What became of it.
    pub outcome: Outcome,
}

/// How asking stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    /// Until when a process holds the right to ask.
    pub held_until: Option<Timestamp>,
    /// The last time that the record was asked.
    pub last: Option<Asked>,
    /// When the next change is to be asked about.
    pub due_at: Option<Timestamp>,
}

impl Standing {
    /// Returns whether the record is to be asked now. Whether it answers at all is found out before there is anything to
    /// ask, so that administrators can be told.
    #[must_use]
    pub fn may_begin(&self, now: Timestamp) -> bool {
        if is_held(self.held_until, now) {
            return false;
        }
        let Some(last) = self.last else { return true };
        let passed = now.duration_since(last.at).abs();
        match last.outcome {
            Outcome::Read => self.due_at.is_some_and(|at| at <= now),
            Outcome::NotPermitted => passed >= REST,
            Outcome::Failed => passed >= PAUSE,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: SignedDuration = SignedDuration::from_mins(1);

    fn noon() -> Timestamp {
        Timestamp::from_second(1_800_000_000).unwrap()
    }

    #[test]
    fn a_change_is_asked_about_five_times_within_a_day() {
        let (mut now, mut minutes) = (noon(), Vec::new());
        while let Some(at) = next(noon(), now) {
            minutes.push(at.duration_since(noon()).as_mins());
            now = at + MINUTE;
        }

        assert_eq!(minutes, [5, 30, 120, 480, 1440]);
        // Whoever comes late asks on time from then on, not five times at once.
        assert_eq!(next(noon(), noon() + MINUTE * 100), Some(noon() + MINUTE * 120));
    }

    #[test]
    fn one_asks_at_a_time_and_when_there_is_something_to_ask() {
        let read = Some(Asked { at: noon(), outcome: Outcome::Read });
        let standing = Standing { last: read, due_at: Some(noon() + MINUTE * 5), ..Standing::default() };
        let held = Standing { held_until: Some(noon() + MINUTE * 9), ..standing };
        let ahead = Standing { held_until: Some(noon() + MINUTE * 16), ..standing };
        let wrong = Standing { held_until: Some(noon() + MINUTE * 99), ..standing };

        assert!(!standing.may_begin(noon() + MINUTE * 4) && standing.may_begin(noon() + MINUTE * 5));
        assert!(!held.may_begin(noon() + MINUTE * 8) && held.may_begin(noon() + MINUTE * 9));
        assert!(wrong.may_begin(noon() + MINUTE * 5));
        assert!(!ahead.may_begin(noon() + MINUTE * 5), "the other process's clock is a minute ahead");
        assert!(!Standing { due_at: None, ..standing }.may_begin(noon() + MINUTE * 999));
    }

    #[test]
    fn whether_the_record_is_open_is_found_out_at_once_and_again_after_a_rest() {
        let ended = |outcome| Standing { last: Some(Asked { at: noon(), outcome }), ..Standing::default() };

        assert!(Standing::default().may_begin(noon()));
        let closed = ended(Outcome::NotPermitted);
        assert!(!closed.may_begin(noon() + MINUTE * 59) && closed.may_begin(noon() + MINUTE * 60));
        let away = ended(Outcome::Failed);
        assert!(!away.may_begin(noon() + MINUTE * 4) && away.may_begin(noon() + MINUTE * 5));
    }
}
