//! The emulator's own clock: the machine's, moved by as many seconds as a test wants.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;

/// A clock that can be moved.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    offset_seconds: AtomicI64,
}

impl Clock {
    /// Moves the clock, backwards when negative.
    pub(crate) fn advance(&self, seconds: i64) {
        self.offset_seconds.fetch_add(seconds, Ordering::SeqCst);
    }

    /// Returns the time in milliseconds since 1970.
    pub(crate) fn millis(&self) -> i64 {
        Timestamp::now().as_millisecond() + self.offset_seconds.load(Ordering::SeqCst) * 1000
    }

    /// Returns the time in seconds since 1970.
    pub(crate) fn seconds(&self) -> i64 {
        self.millis().div_euclid(1000)
    }

    /// Returns the time as text by a `strftime` pattern, in UTC.
    pub(crate) fn text(&self, pattern: &str) -> String {
        Timestamp::from_millisecond(self.millis()).unwrap_or(Timestamp::UNIX_EPOCH).strftime(pattern).to_string()
    }
}

/// Returns a time in milliseconds since 1970 as Graph writes it: RFC 3339 to the second, in UTC.
pub(crate) fn instant(millis: i64) -> String {
    Timestamp::from_millisecond(millis).unwrap_or(Timestamp::UNIX_EPOCH).strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
