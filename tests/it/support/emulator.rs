//! Starts the made-up directory as this run wants it: written down, lagging, or throttling.
//!
//! - `ROSTER_EXCHANGES=FILE`: every exchange is added to the file.
//! - `ROSTER_TEST_READ_LAG=5s`: reads of another caller and of the index are this much behind.
//! - `ROSTER_TEST_THROTTLING=50`: each application has this many resource units in ten seconds; what comes above is
//!   refused with 429 and a time to wait. Real limits are so wide that no test would ever meet them.

use std::{env, time::Duration};

use roster_emulator::{Company, Emulator, Options, Throttling};
use tokio::net::TcpListener;

/// Starts a directory; whatever a test sets itself afterwards comes first.
pub async fn start(listener: TcpListener, company: Company, mut options: Options) -> Emulator {
    options.exchanges = env::var_os("ROSTER_EXCHANGES").map(Into::into);
    let emulator = Emulator::start(listener, company, options).await.unwrap();
    emulator.set_read_lag(read_lag());
    emulator.set_throttling(throttling());
    emulator
}

/// Lets a directory that throttles in this run forget what was used so far, as ten quiet seconds would; for a test that
/// asks more of it in a moment than people do in a day.
pub fn rest(emulator: &Emulator) {
    emulator.set_throttling(throttling());
}

/// Returns how far reads are behind in this run.
///
/// # Panics
/// When the variable is not a time such as `5s`.
pub fn read_lag() -> Duration {
    let Ok(text) = env::var("ROSTER_TEST_READ_LAG") else { return Duration::ZERO };
    let seconds = text.strip_suffix('s').and_then(|seconds| seconds.parse().ok());
    Duration::from_secs(seconds.unwrap_or_else(|| panic!("ROSTER_TEST_READ_LAG is {text:?}, not a time such as 5s")))
}

/// Returns what an application may use in this run, if that is limited.
///
/// # Panics
/// When the variable is not a number.
fn throttling() -> Option<Throttling> {
    let text = env::var("ROSTER_TEST_THROTTLING").ok()?;
    let units = text.parse().unwrap_or_else(|_| panic!("ROSTER_TEST_THROTTLING is {text:?}, not a number of units"));
    Some(Throttling { units, ..Throttling::documented(0) })
}
