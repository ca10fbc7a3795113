//! Whether the clock on the wall can be trusted to end things: a machine that wakes up, a restored copy of one, or a slip
//! of somebody's hand moves it by days in an instant.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// By how much the two clocks may differ from one round to the next, and the newest event may be ahead of us: replicas'
/// clocks are never quite the same.
const TOLERANCE: SignedDuration = SignedDuration::from_mins(1);
/// After running evenly for this long, the clock is taken for right again.
const SETTLES: Duration = Duration::from_mins(10);

/// Compares the clock on the wall with one that nobody can set.
#[derive(Debug, Default)]
pub(super) struct ClockWatch {
    last: Option<(Timestamp, Duration)>,
    odd_since: Option<Duration>,
}

impl ClockWatch {
    /// Returns whether the clock may end things: it moved as time passed since the last round, or has done so for ten
    /// minutes since it last jumped, and is not behind the newest event. `steady` is the time since the first round.
    pub(super) fn trusts(&mut self, now: Timestamp, steady: Duration, newest_event: Option<Timestamp>) -> bool {
        let jumped = self.last.is_some_and(|(then, before)| {
            let passed = SignedDuration::try_from(steady.saturating_sub(before)).unwrap_or(SignedDuration::MAX);
            now.duration_since(then).saturating_sub(passed).abs() > TOLERANCE
        });
        let is_behind = newest_event.is_some_and(|at| at.duration_since(now) > TOLERANCE);
        if jumped || (is_behind && self.odd_since.is_none()) {
            self.odd_since = Some(steady);
        }
        self.last = Some((now, steady));
        self.odd_since.is_none_or(|since| steady.saturating_sub(since) >= SETTLES)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + 60 * minutes).unwrap()
    }

    /// Returns what a watch says of rounds, each given as minutes on the wall and minutes that have passed.
    fn said(rounds: &[(i64, u64)], newest_event: Option<Timestamp>) -> Vec<bool> {
        let mut watch = ClockWatch::default();
        let say = |(wall, steady): &(i64, u64)| watch.trusts(at(*wall), Duration::from_mins(*steady), newest_event);
        rounds.iter().map(say).collect()
    }

    #[test]
    fn a_clock_that_runs_evenly_is_trusted_also_after_a_slow_round() {
        assert_eq!(said(&[(0, 0), (1, 1), (90, 90), (91, 90)], Some(at(0))), [true; 4]);
    }

    #[test]
    fn a_clock_that_jumps_is_trusted_again_after_ten_even_minutes() {
        let day = 24 * 60;

        assert_eq!(said(&[(0, 0), (day, 1), (day + 9, 10), (day + 10, 11)], None), [true, false, false, true]);
        assert_eq!(said(&[(0, 0), (-day, 1), (9 - day, 10), (10 - day, 11)], None), [true, false, false, true]);
    }

    #[test]
    fn a_second_jump_begins_the_wait_again() {
        assert_eq!(said(&[(0, 0), (100, 1), (0, 9), (2, 11), (10, 19)], None), [true, false, false, false, true]);
    }

    #[test]
    fn a_clock_behind_the_newest_event_is_not_trusted_for_ten_minutes() {
        let rounds = [(0, 0), (9, 9), (10, 10), (11, 11)];

        assert_eq!(said(&rounds, Some(at(1))), [true; 4], "replicas differ a little");
        assert_eq!(said(&rounds, Some(at(60))), [false, false, true, true]);
    }
}
