//! What the clock brings: requests lapse, memberships end, operations are given up, and what is over is swept away.

use std::time::Duration;

use jiff::Timestamp;

use super::{clock_watch::ClockWatch, worker::note};
use crate::{features::owned::deeds, store, web::app::App};

/// How many requests lapse in one transaction.
const LAPSES: usize = 200;
/// How many memberships come to their end in one round.
const ENDS: usize = 50;

/// Does what is due, round after round.
#[derive(Debug, Default)]
pub struct DueWork {
    watch: ClockWatch,
}

impl DueWork {
    /// Does what is due now. `steady` is the time that has passed since the first round by a clock that nobody can set;
    /// while the other clock does not agree with it, nothing ends that could not be brought back.
    pub async fn round(&mut self, app: &App, steady: Duration) {
        let now = app.clock.now();
        match newest_event(&app.store).await {
            Ok(newest) if self.watch.trusts(now, steady, newest) => end_what_is_due(app, now).await,
            Ok(_) => tracing::warn!(%now, "the clock was moved; nothing lapses and nothing is given up until it holds"),
            Err(error) => tracing::warn!(%error, "the newest event was not read"),
        }
        note("sign-ins were not swept", app.logins.sweep(now).await);
        note("kept forms were not swept", app.held_forms.sweep(now).await);
        note("sessions were not swept", app.sessions().sweep(now).await);
    }
}

async fn newest_event(store: &store::Store) -> Result<Option<Timestamp>, store::Error> {
    Ok(store.events().latest(1).await?.first().map(|event| event.at))
}

async fn end_what_is_due(app: &App, now: Timestamp) {
    note("requests did not lapse", app.store.requests().lapse_due(now, LAPSES).await);
    note("removals whose end is to come were not given up", app.store.membership_ends().give_up_early(now).await);
    note("stale removals were not given up", app.store.membership_ends().give_up_stale(now, ENDS).await);
    note("pointless requests did not end", app.store.membership_ends().end_pointless(now).await);
    note("memberships did not end", app.store.membership_ends().owe_due(now, ENDS).await);
    note("operations were not given up", app.store.operations().abandon_due(now).await);
    note("lost answers about groups were not settled", deeds::settle_shown(app).await);
    note("past owners were not forgotten", app.store.directory().forget_past_owners(now).await);
    note("what stays unexplained was not given up", app.store.unexplained().sweep(now).await);
}
