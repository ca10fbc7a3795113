//! The time, in one place, so that tests can move it.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use jiff::{SignedDuration, Timestamp};

/// Tells the time: the machine's, moved by as much as a test wishes. Clones move together.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    moved_by_ms: Arc<AtomicI64>,
}

impl Clock {
    /// Returns the instant, to the millisecond, as the store keeps it.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        let ms = Timestamp::now().as_millisecond() + self.moved_by_ms.load(Ordering::Relaxed);
        Timestamp::from_millisecond(ms).unwrap_or(Timestamp::MAX)
    }

    /// Moves the time forward, or back when negative. For tests.
    pub fn advance(&self, by: SignedDuration) {
        let ms = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        self.moved_by_ms.fetch_add(ms, Ordering::Relaxed);
    }
}
