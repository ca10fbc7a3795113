//! How long a list waits for a directory that does not answer, and how others see that it is still held.

use std::{convert::Infallible, time::Duration};

use crate::{domain::ids::ImportId, web::app::App};

/// How often a sign of life is given.
const BEAT: Duration = Duration::from_secs(15);
/// How long to wait after the directory did not answer: each time twice as long.
const PAUSE: Duration = Duration::from_secs(1);
/// The longest of these waits.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// So many times without an answer in a row, and the list rests.
pub(super) const MOST_UNANSWERED: u32 = 6;

/// Does something that may take long, with signs of life meanwhile. The work goes on while one is given: the work may hold
/// the one connection that writes, for which the sign waits.
pub(super) async fn alive<T>(app: &App, job: ImportId, holder: &str, work: impl Future<Output = T>) -> T {
    tokio::select! {
        done = work => done,
        never = beat(app, job, holder) => match never {},
    }
}

async fn beat(app: &App, job: ImportId, holder: &str) -> Infallible {
    let mut beat = tokio::time::interval(BEAT);
    beat.reset();
    loop {
        beat.tick().await;
        if let Err(error) = app.store.imports().still_held(job, holder, app.clock.now()).await {
            tracing::warn!(%error, import.id = %job, "no sign of life could be given");
        }
    }
}

/// Waits before the next try, after so many without an answer, at least one; not when the process is to end.
pub(super) async fn rest(app: &App, unanswered: u32) {
    let wait = (PAUSE * 2_u32.pow(unanswered - 1)).min(LONGEST_PAUSE);
    tokio::select! {
        () = app.stopping.cancelled() => {}
        () = tokio::time::sleep(wait) => {}
    }
}
