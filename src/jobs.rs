//! THE MAP of work that no request waits for: what, how often, by which function.

mod clock_watch;
mod context;
mod due_work;
mod ending;
mod inactive;
mod learning;
mod reading;
mod worker;

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{Mutex, mpsc},
    time::Instant,
};

use crate::{
    domain::directory_copy::Wanted,
    web::app::{App, Wish},
};
use reading::Reading;

pub use context::JobContext;
pub use due_work::DueWork;

/// How often due work is looked for, and whether the directory copy is due.
const EVERY: Duration = Duration::from_secs(30);
/// How long work rests that broke off, before it begins again.
const REST: Duration = Duration::from_secs(5);

/// Runs until the portal stops, and looks for what is due at the given interval or at [`EVERY`]. Each part is a task of its
/// own: one that breaks off begins again and ends no other.
pub async fn run(app: App, wishes: mpsc::Receiver<Wish>, look_every: Option<Duration>) {
    let (stop, wishes) = (app.stopping.clone(), Arc::new(Mutex::new(wishes)));
    let every = look_every.unwrap_or(EVERY);
    let reading = Arc::new(Reading::new(&app, JobContext::new()));
    tokio::join!(
        worker::again("looking for the sign-in provider", REST, &stop, || provider(app.clone())),
        worker::again("doing what pages wish for", REST, &stop, || {
            wishes_of_pages(app.clone(), wishes.clone(), reading.clone())
        }),
        worker::again("reading the directory", REST, &stop, || { by_the_clock(app.clone(), reading.clone(), every) }),
        worker::again("learning who made changes", REST, &stop, || {
            authors_by_the_clock(app.clone(), reading.clone(), every)
        }),
        worker::again("reading who has not signed in for long", REST, &stop, || {
            sign_ins_by_the_clock(app.clone(), reading.clone(), every)
        }),
        worker::again("removing who has come to the end", REST, &stop, || {
            ends_by_the_clock(app.clone(), reading.clone(), every)
        }),
        worker::again("doing what is due", REST, &stop, || due_work(app.clone())),
    );
}

async fn provider(app: App) {
    worker::until(&app.stopping, app.provider.discover_until_found()).await;
}

/// What pages wish for. A wish that is under way ends in order, also when the portal stops.
async fn wishes_of_pages(app: App, wishes: Arc<Mutex<mpsc::Receiver<Wish>>>, reading: Arc<Reading>) {
    let mut wishes = wishes.lock().await;
    loop {
        let wish = tokio::select! {
            () = app.stopping.cancelled() => return,
            wish = wishes.recv() => wish,
        };
        match wish {
            None => return,
            Some(Wish::RefreshDirectory { by, token, wanted }) => {
                reading.for_somebody(&app, &by, &token, wanted).await;
            }
        }
    }
}

/// The directory copy, when the portal has an identity of its own. All replicas try, and the store lets one of them read.
async fn by_the_clock(app: App, reading: Arc<Reading>, every: Duration) {
    if app.settings.service.is_none() {
        return;
    }
    worker::until(&app.stopping, until_known(&app)).await;
    let round = || {
        let (app, reading) = (app.clone(), reading.clone());
        async move {
            reading.by_itself(&app, Wanted::ByTheClock, None).await;
        }
    };
    worker::every(every, &app.stopping, round).await;
}

/// Who made the changes outside Roster. All replicas try, and the store lets one of them ask.
async fn authors_by_the_clock(app: App, reading: Arc<Reading>, every: Duration) {
    if app.settings.service.is_none() {
        return;
    }
    worker::until(&app.stopping, until_known(&app)).await;
    let round = || {
        let (app, reading) = (app.clone(), reading.clone());
        async move { learning::authors(&app, &reading).await }
    };
    worker::every(every, &app.stopping, round).await;
}

/// Who has not signed in for long, where that is to be shown. All replicas try, and the store lets one of them ask.
async fn sign_ins_by_the_clock(app: App, reading: Arc<Reading>, every: Duration) {
    if app.settings.service.is_none() {
        return inactive::accounts(&app, &reading).await;
    }
    worker::until(&app.stopping, until_known(&app)).await;
    let round = || {
        let (app, reading) = (app.clone(), reading.clone());
        async move { inactive::accounts(&app, &reading).await }
    };
    worker::every(every, &app.stopping, round).await;
}

/// Who has come to the end of a membership. All replicas try, and each removal is taken up by one of them.
async fn ends_by_the_clock(app: App, reading: Arc<Reading>, every: Duration) {
    if app.settings.service.is_none() {
        return;
    }
    worker::until(&app.stopping, until_known(&app)).await;
    let round = || {
        let (app, reading) = (app.clone(), reading.clone());
        async move { ending::memberships(&app, &reading).await }
    };
    worker::every(every, &app.stopping, round).await;
}

/// Waits for the provider: before it is found, no identity can prove itself.
async fn until_known(app: &App) {
    while !app.provider.is_known() {
        tokio::time::sleep(Duration::from_millis(200)).await;
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
