//! Running work again and again until the process stops.

use std::{fmt::Display, future::Future, time::Duration};

use tokio_util::sync::CancellationToken;

/// Runs until the work ends or the process stops.
pub async fn until(stop: CancellationToken, work: impl Future<Output = ()>) {
    tokio::select! {
        () = stop.cancelled() => {}
        () = work => {}
    }
}

/// Runs at once and then at an interval, until the process stops. What is under way ends first.
pub async fn every<F: Future<Output = ()>>(interval: Duration, stop: CancellationToken, work: impl Fn() -> F) {
    loop {
        work().await;
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(interval) => {}
        }
    }
}

/// Logs a failure; the next round tries again.
pub fn note<T, E: Display>(what: &'static str, outcome: Result<T, E>) {
    if let Err(error) = outcome {
        tracing::warn!(%error, "{what}");
    }
}
