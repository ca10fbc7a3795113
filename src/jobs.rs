//! THE MAP of work that no request waits for: what, how often, by which function.

mod clock_watch;
mod due_work;
mod worker;

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{Mutex, mpsc},
    time::Instant,
};

use crate::{
    features::mirror,
    web::app::{App, Wish},
};

pub use due_work::DueWork;

/// How often due work is looked for.
const EVERY: Duration = Duration::from_secs(30);
/// How long work rests that broke off, before it begins again.
const REST: Duration = Duration::from_secs(5);

/// Runs until the portal stops. Each part is a task of its own: one that breaks off begins again and ends no other.
pub async fn run(app: App, wishes: mpsc::Receiver<Wish>) {
    let (stop, wishes) = (app.stopping.clone(), Arc::new(Mutex::new(wishes)));
    tokio::join!(
        worker::again("looking for the sign-in provider", REST, &stop, || provider(app.clone())),
        worker::again("doing what pages wish for", REST, &stop, || wishes_of_pages(app.clone(), wishes.clone())),
        worker::again("doing what is due", REST, &stop, || due_work(app.clone())),
    );
}

async fn provider(app: App) {
    worker::until(&app.stopping, app.provider.discover_until_found()).await;
}

/// What pages wish for. A wish that is under way ends in order, also when the portal stops.
async fn wishes_of_pages(app: App, wishes: Arc<Mutex<mpsc::Receiver<Wish>>>) {
    let mut wishes = wishes.lock().await;
    loop {
        let wish = tokio::select! {
            () = app.stopping.cancelled() => return,
            wish = wishes.recv() => wish,
        };
        match wish {
            None => return,
            Some(Wish::RefreshDirectory { by, token, wanted }) => {
                let outcome = mirror::refresh(&app, &token, &by, wanted).await;
                worker::note("the directory copy was not refreshed", outcome.map_err(|trouble| format!("{trouble:?}")));
            }
        }
    }
}

/// What the clock brings.
async fn due_work(app: App) {
    let work = Arc::new(Mutex::new(DueWork::default()));
    let started = Instant::now();
    let round = || {
        let (app, work) = (app.clone(), work.clone());
        async move { work.lock().await.round(&app, started.elapsed()).await }
    };
    worker::every(EVERY, &app.stopping, round).await;
}
