//! When to try again: never earlier than asked, never beyond the deadline, and not all at the same moment.

use std::time::Duration;

use jiff::{Timestamp, fmt::rfc2822::DateTimeParser};
use uuid::Uuid;

use super::{Limits, error::Error};

/// The first pause when Graph names none; each further one may be twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(250);
/// The longest pause we choose ourselves.
const LONGEST_PAUSE: Duration = Duration::from_secs(4);
/// How much later than asked we may come, so that everybody throttled together does not come back together.
const SPREAD: Duration = Duration::from_millis(200);
/// The longest wait that is told apart from "for ever".
const FOR_EVER: Duration = Duration::from_hours(24);

/// A try that failed.
#[derive(Debug)]
pub(super) struct Failure {
    /// What the caller is told when this was the last try.
    pub error: Error,
    /// Whether the same call may be sent again.
    pub again: bool,
    /// How long Graph asked to wait.
    pub asked: Option<Duration>,
    /// Whether the next try needs a connection of its own.
    pub fresh: bool,
    /// Whether the call certainly had no effect.
    pub untouched: bool,
}

impl Failure {
    /// Makes a failure that another try would not change.
    pub fn last(error: Error) -> Self {
        Self { error, again: false, asked: None, fresh: false, untouched: false }
    }

    /// Makes a failure that may pass by itself. Nearly all our calls may be repeated: reads change nothing, and a second add
    /// or removal of a member is answered as such. Of the others, [`super::call::Call::may_be_repeated`] tells.
    pub fn again(error: Error, asked: Option<Duration>) -> Self {
        Self { error, again: true, asked, fresh: false, untouched: false }
    }

    /// Returns how long to wait before the next try, or `None` when there is none: not for this failure, not after so many
    /// tries, or not within the time that is left.
    pub fn wait(&self, tried: u32, limits: &Limits, left: Duration) -> Option<Duration> {
        if !self.again || tried >= limits.tries {
            return None;
        }
        let wait = match self.asked {
            Some(asked) => asked + some_of(SPREAD.min(left.saturating_sub(asked) / 2)),
            None => some_of((FIRST_PAUSE * 2u32.saturating_pow(tried.min(16) - 1)).min(LONGEST_PAUSE)),
        };
        (wait < left).then_some(wait)
    }
}

/// Returns a random part of a duration.
fn some_of(most: Duration) -> Duration {
    let (random, ..) = Uuid::new_v4().as_fields();
    most.mul_f64(f64::from(random) / f64::from(u32::MAX))
}

/// Reads `Retry-After`: seconds, which Graph also sends as decimals (Graph, "Throttling"), or an HTTP date. What makes no
/// sense counts as absent.
pub(super) fn retry_after(text: &str, now: Timestamp) -> Option<Duration> {
    let text = text.trim();
    if let Ok(seconds) = text.parse::<f64>() {
        let sensible = seconds >= 0.0 && text.starts_with(|c: char| c.is_ascii_digit() || c == '.');
        return sensible.then(|| Duration::try_from_secs_f64(seconds).unwrap_or(FOR_EVER).min(FOR_EVER));
    }
    let wait = http_date(text)?.duration_since(now);
    Some(Duration::try_from(wait).unwrap_or(Duration::ZERO).min(FOR_EVER))
}

/// Reads a date as HTTP writes it.
pub(super) fn http_date(text: &str) -> Option<Timestamp> {
    DateTimeParser::new().parse_timestamp(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLENTY: Duration = Duration::from_secs(8);

    #[test]
    fn retry_after_is_read_in_every_form() {
        let now = Timestamp::from_second(1_445_412_480).unwrap();
        let read = |text| retry_after(text, now);

        assert_eq!(read("2"), Some(Duration::from_secs(2)));
        assert_eq!(read(" 2.128 "), Some(Duration::from_millis(2128)));
        assert_eq!(read("0"), Some(Duration::ZERO));
        assert_eq!(read("Wed, 21 Oct 2015 07:28:30 GMT"), Some(Duration::from_secs(30)));
        assert_eq!(read("Wed, 21 Oct 2015 07:27:30 GMT"), Some(Duration::ZERO));
        assert_eq!(read("1e300"), Some(FOR_EVER));
        for odd in ["", "-1", "NaN", "inf", "+2", "soon", "2s", "Wed, 21 Oct", "2,5"] {
            assert_eq!(read(odd), None, "{odd}");
        }
    }

    #[test]
    fn we_never_come_earlier_than_asked() {
        let asked = Duration::from_millis(2128);
        let failure = Failure::again(Error::Throttled { retry_after: Some(asked) }, Some(asked));

        for _ in 0..200 {
            let wait = failure.wait(1, &Limits::default(), PLENTY).unwrap();
            assert!(wait >= asked && wait <= asked + SPREAD, "{wait:?}");
        }
    }

    #[test]
    fn those_throttled_together_do_not_come_back_together() {
        for asked in [None, Some(Duration::from_secs(1))] {
            let failure = Failure::again(Error::Unavailable, asked);

            let waits: std::collections::HashSet<_> =
                (0..50).map(|_| failure.wait(1, &Limits::default(), PLENTY)).collect();

            assert!(waits.len() > 40, "{waits:?}");
        }
    }

    #[test]
    fn a_wait_that_does_not_fit_ends_the_call_at_once() {
        for asked in [PLENTY, Duration::from_hours(1), FOR_EVER] {
            let failure = Failure::again(Error::Throttled { retry_after: Some(asked) }, Some(asked));

            assert_eq!(failure.wait(1, &Limits::default(), PLENTY), None);
        }
    }

    #[test]
    fn our_own_pauses_grow_and_stay_short() {
        let failure = Failure::again(Error::Unavailable, None);
        let limits = Limits { tries: 1000, ..Limits::default() };

        for (tried, most) in [(1, FIRST_PAUSE), (2, FIRST_PAUSE * 2), (3, FIRST_PAUSE * 4), (99, LONGEST_PAUSE)] {
            for _ in 0..50 {
                assert!(failure.wait(tried, &limits, PLENTY).unwrap() <= most);
            }
        }
    }

    #[test]
    fn the_tries_are_counted() {
        let failure = Failure::again(Error::Unavailable, None);

        assert!(failure.wait(2, &Limits::default(), PLENTY).is_some());
        assert_eq!(failure.wait(3, &Limits::default(), PLENTY), None);
        assert_eq!(Failure::last(Error::Gone).wait(1, &Limits::default(), PLENTY), None);
    }
}
