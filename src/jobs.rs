//! THE MAP of work that no request waits for: what, how often, by which function.

mod worker;

use std::time::Duration;

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::{
    features::mirror,
    web::app::{App, Wish},
};

/// How often due work is looked for.
const EVERY: Duration = Duration::from_secs(30);
/// How many requests lapse in one transaction.
const LAPSES: usize = 200;

/// Runs until told to stop.
pub async fn run(app: App, wishes: mpsc::Receiver<Wish>, stop: CancellationToken) {
    let provider = app.provider.clone();
    tokio::join!(
        worker::until(stop.clone(), async move { provider.discover_until_found().await }),
        worker::until(stop.clone(), wishes_of_pages(app.clone(), wishes)),
        worker::every(EVERY, stop, || due_work(app.clone())),
    );
}

/// What pages wish for.
async fn wishes_of_pages(app: App, mut wishes: mpsc::Receiver<Wish>) {
    while let Some(wish) = wishes.recv().await {
        match wish {
            Wish::RefreshDirectory { by, token } => {
                let outcome = mirror::refresh(&app, &token, &by, false).await;
                worker::note("the directory copy was not refreshed", outcome.map_err(|trouble| format!("{trouble:?}")));
            }
        }
    }
}

/// What the clock brings.
async fn due_work(app: App) {
    let now = app.clock.now();
    let store = &app.store;
    worker::note("requests did not lapse", store.requests().lapse_due(now, LAPSES).await);
    worker::note("operations were not given up", store.operations().abandon_due(now).await);
    worker::note("sign-ins were not swept", app.logins.sweep(now).await);
    worker::note("kept forms were not swept", app.held_forms.sweep(now).await);
    worker::note("sessions were not swept", app.sessions().sweep(now).await);
}
