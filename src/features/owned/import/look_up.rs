//! Ask the directory who is on a list: addresses many with each call, several calls at a time, and the members of the group
//! by one listing. Nothing is asked row by row.

use std::collections::HashSet;

use tokio::task::{JoinHandle, JoinSet};
use tracing::Instrument as _;

use crate::{
    domain::{
        directory::{Person, PersonRef},
        ids::PersonId,
        import_job::{Halt, Job, KeptRow},
        importing::{self, Key, Known, MOST_ROWS, Row, Verdict},
        operation::State,
        own_writes::LATE_READS,
    },
    graph::{ADDRESSES_AT_ONCE, AccessToken, Error},
    sign_in::Signed,
    store::{self, Shown},
    web::app::App,
};

use super::{
    patience::{self, MOST_UNANSWERED},
    run::{Stop, stop},
};

/// How many calls are under way at a time.
const AT_A_TIME: usize = 4;
/// How many object ids are read with one call.
const IDS_AT_ONCE: usize = 300;

/// What keeps a list from being looked up.
enum Obstacle {
    Directory(Error),
    Store(store::Error),
    /// Somebody has ended it, or taken it over.
    Lost,
}

/// Looks a list up in a task of its own, which goes on when the browser goes away.
pub(super) fn begin(app: &App, signed: &Signed, job: &Job, holder: String) -> JoinHandle<()> {
    let (tasks, app, signed, job) = (app.tasks.clone(), app.clone(), signed.clone(), job.clone());
    let work = async move {
        let halt = match patience::alive(&app, job.id, &holder, look_up(&app, &signed, &job, &holder)).await {
            Ok(()) | Err(Obstacle::Lost) => return,
            Err(Obstacle::Directory(Error::SignInAgain { .. })) => Halt::SignIn,
            Err(Obstacle::Directory(Error::NotAllowed)) => Halt::NotAllowed,
            Err(Obstacle::Directory(Error::Gone)) => Halt::GroupGone,
            Err(Obstacle::Directory(error)) => {
                tracing::info!(%error, import.id = %job.id, "a list could not be looked up");
                Halt::DirectoryAway
            }
            Err(Obstacle::Store(error)) => {
                tracing::error!(%error, import.id = %job.id, "a list could not be looked up");
                return;
            }
        };
        if let Err(error) = app.store.imports().let_go(job.id, &holder, halt).await {
            tracing::error!(%error, import.id = %job.id, "a list that could not be looked up stays held");
        }
    };
    tasks.spawn(work.in_current_span())
}

async fn look_up(app: &App, signed: &Signed, job: &Job, holder: &str) -> Result<(), Obstacle> {
    let imports = app.store.imports();
    let kept = imports.rows(job.id, Shown::All, 0, MOST_ROWS).await?;
    let rows: Vec<Row> = kept.iter().map(row).collect();
    let people = people(app, &signed.token, &rows, job, holder).await?;
    let members = members(app, &signed.token, job).await?;
    let unable = app.store.directory().unable_among(people.iter().map(|person| person.id).collect()).await?;
    let (asked, owed) = imports.hindrances(job.group).await?;
    let designation = app.store.designations().find(job.group).await?;
    let known = Known {
        kind: job.kind,
        viewer: signed.viewer.id,
        guests: designation.is_some_and(|designation| designation.terms.guests_may_ask),
        people: &people,
        unable: &unable,
        members: &members,
        asked: &asked,
        owed: &owed,
    };
    let judged = importing::judge(&rows, &known);
    let judged: Vec<(i64, Option<PersonRef>, Verdict)> =
        kept.iter().zip(judged).map(|(row, (person, verdict))| (row.place, person, verdict)).collect();
    let _ = imports.judged(job.id, holder, &judged, known.guests).await?;
    Ok(())
}

/// Returns a row as it was read. What is kept of an unreadable one is its flaw.
fn row(kept: &KeptRow) -> Row {
    let key = match (&kept.key, kept.verdict) {
        (_, Some(Verdict::Unreadable(flaw))) => Err(flaw),
        (Some(key), _) => Ok(key.parse().map_or_else(|_| Key::Address(key.clone()), Key::Id)),
        (None, _) => Err(importing::Flaw::NoKey),
    };
    Row { line: usize::try_from(kept.line).unwrap_or_default(), typed: kept.typed.clone(), key }
}

/// Finds everybody whom the rows name.
async fn people(
    app: &App,
    token: &AccessToken,
    rows: &[Row],
    job: &Job,
    holder: &str,
) -> Result<Vec<Person>, Obstacle> {
    let mut seen = HashSet::new();
    let (mut addresses, mut ids) = (Vec::new(), Vec::new());
    for key in rows.iter().filter_map(|row| row.key.as_ref().ok()).filter(|key| seen.insert(*key)) {
        match key {
            Key::Address(address) => addresses.push(address.clone()),
            Key::Id(id) => ids.push(*id),
        }
    }
    let mut asks: Vec<Ask> = addresses.chunks(ADDRESSES_AT_ONCE).map(|some| Ask::Addresses(some.to_vec())).collect();
    asks.extend(ids.chunks(IDS_AT_ONCE).map(|some| Ask::Ids(some.to_vec())));

    // Whoever has a short list waits for it; a long one tells how it goes, and lets others go first.
    let is_long = asks.len() > 1;
    let (mut open, mut under_way, mut found) = (asks.into_iter(), JoinSet::new(), Vec::new());
    loop {
        while under_way.len() < AT_A_TIME
            && let Some(ask) = open.next()
        {
            under_way.spawn(ask.put(app.clone(), token.clone(), is_long));
        }
        let Some(answer) = under_way.join_next().await else { return Ok(found) };
        found.extend(answer.unwrap_or(Err(Error::Garbled))?);
        if !app.store.imports().still_held(job.id, holder, app.clock.now()).await? {
            return Err(Obstacle::Lost);
        }
    }
}

/// What is asked with one call.
enum Ask {
    Addresses(Vec<String>),
    Ids(Vec<PersonId>),
}

impl Ask {
    async fn put(self, app: App, token: AccessToken, is_long: bool) -> Result<Vec<Person>, Error> {
        let graph = app.graph.person(&token);
        let graph = if is_long { graph.unhurried() } else { graph };
        let mut unanswered = 0;
        loop {
            let answer = match &self {
                Self::Addresses(addresses) => graph.people_with_addresses(addresses).await,
                Self::Ids(ids) => graph.people(ids).await,
            };
            if !is_asked_again(&app, answer.as_ref().err(), &mut unanswered).await {
                return answer;
            }
        }
    }
}

/// Waits when the directory gave no answer, as long as a list bears with that; returns whether it is to be asked again.
async fn is_asked_again(app: &App, error: Option<&Error>, unanswered: &mut u32) -> bool {
    let is_away = error.is_some_and(|error| matches!(stop(error), Stop::Away));
    if !is_away || *unanswered >= MOST_UNANSWERED || app.stopping.is_cancelled() {
        return false;
    }
    *unanswered += 1;
    patience::rest(app, *unanswered).await;
    true
}

/// Returns who belongs to the group, with what Roster did of late laid over what a late read may show.
async fn members(app: &App, token: &AccessToken, job: &Job) -> Result<HashSet<PersonId>, Obstacle> {
    let graph = app.graph.person(token).unhurried();
    let mut unanswered = 0;
    let mut members = loop {
        let answer = graph.member_ids(job.group).await;
        if !is_asked_again(app, answer.as_ref().err(), &mut unanswered).await {
            break answer?;
        }
    };
    let lately = app.store.workspaces().lately(job.group, app.clock.now() - LATE_READS).await?;
    for done in lately.iter().filter(|write| write.state == State::Applied) {
        if done.kind.gives() {
            members.insert(done.person.id);
        } else {
            members.remove(&done.person.id);
        }
    }
    Ok(members)
}

impl From<Error> for Obstacle {
    fn from(error: Error) -> Self {
        Self::Directory(error)
    }
}

impl From<store::Error> for Obstacle {
    fn from(error: store::Error) -> Self {
        Self::Store(error)
    }
}
