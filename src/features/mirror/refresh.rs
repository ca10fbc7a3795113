//! Reads the tenant's groups, or what changed about them, and exchanges the copy in one transaction.

use crate::{
    domain::{
        directory::PersonRef,
        directory_copy::{Loss, Outcome, Reading, Wanted, Way},
        event::{Event, EventKind},
        ids::GroupId,
    },
    graph::{self, AccessToken, AsService, Reader},
    store::{self, Found, Lease, Refreshed},
    web::{app::App, trouble::Trouble},
};

use super::{
    accounts,
    confirm::{Unmanageable, confirm},
    groups, landed, members,
};

/// What became of a refresh.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refreshing {
    /// The copy is fresh.
    Done(Refreshed),
    /// It is fresh enough, somebody else is reading, or the last reading has just failed.
    NotNow,
    /// It would lose too much, so nothing was changed.
    Braked(Loss),
    /// Somebody else began meanwhile, or the portal stops; nothing was changed.
    LetGo,
}

/// With which token the directory is read, and at whose wish.
#[derive(Debug, Clone)]
pub struct Source<'a> {
    pub(super) reader: Reader<'a>,
    pub(super) way: Way,
    by: Option<PersonRef>,
}

impl<'a> Source<'a> {
    /// Reads with the token of the person who wishes it.
    #[must_use]
    pub fn person(app: &'a App, token: &'a AccessToken, by: &PersonRef) -> Self {
        Self { reader: app.graph.person(token).reader(), way: Way::Person, by: Some(by.clone()) }
    }

    /// Reads with the portal's own identity, by itself or because somebody wishes it.
    #[must_use]
    pub fn service(service: &'a AsService<'_>, by: Option<&PersonRef>) -> Self {
        Self { reader: service.reader(), way: Way::Service, by: by.cloned() }
    }
}

/// Why a reading came to nothing.
#[derive(Debug)]
pub(super) enum Broken {
    /// Somebody else reads now.
    LetGo,
    /// It would lose too much.
    Braked(Loss),
    /// The directory.
    Graph(graph::Error),
    /// Our own tables.
    Store(store::Error),
}

impl From<graph::Error> for Broken {
    fn from(error: graph::Error) -> Self {
        Self::Graph(error)
    }
}

impl From<store::Error> for Broken {
    fn from(error: store::Error) -> Self {
        Self::Store(error)
    }
}

/// A reading that is under way.
pub(super) struct Task<'a> {
    pub app: &'a App,
    pub source: &'a Source<'a>,
    pub lease: &'a Lease,
    pub wanted: Wanted,
}

impl Task<'_> {
    /// Gives a sign of life.
    pub async fn keep(&self) -> Result<(), Broken> {
        let is_kept = self.app.store.directory().keep_refresh(self.lease, self.app.clock.now()).await?;
        if is_kept { Ok(()) } else { Err(Broken::LetGo) }
    }
}

/// Refreshes the copy with the token of a person, see [`refresh_from`].
///
/// # Errors
/// As [`refresh_from`].
pub async fn refresh(app: &App, token: &AccessToken, by: &PersonRef, wanted: Wanted) -> Result<Refreshing, Trouble> {
    refresh_from(app, &Source::person(app, token, by), wanted).await
}

/// Reads the groups and what belongs to them, and makes that the copy. Groups that take part and have become unfit or gone
/// are suspended, and their requests closed. A portal that stops breaks off the reading, and never the changes after it.
///
/// # Errors
/// A trouble when the directory or the store cannot be asked; the copy stays as it was.
pub async fn refresh_from(app: &App, source: &Source<'_>, wanted: Wanted) -> Result<Refreshing, Trouble> {
    let directory = app.store.directory();
    let Some(lease) = directory.begin_refresh(wanted, app.clock.now()).await? else { return Ok(Refreshing::NotNow) };
    let task = Task { app, source, lease: &lease, wanted };
    let read = tokio::select! {
        read = read(&task) => read,
        () = app.stopping.cancelled() => Err(Broken::LetGo),
    };
    let exchanged = match read {
        Ok((found, unmanageable)) => exchange(&task, &found, &unmanageable).await,
        Err(broken) => Err(broken),
    };
    let broken = match exchanged {
        Ok(refreshed) => {
            landed::settle(app, source.reader).await;
            return Ok(Refreshing::Done(refreshed));
        }
        Err(broken) => broken,
    };
    let reading = outcome(&broken, source.way).map(|outcome| reading(app, source.way, outcome));
    directory.end_refresh(&lease, reading).await?;
    match broken {
        Broken::LetGo => Ok(Refreshing::LetGo),
        Broken::Braked(loss) => Ok(Refreshing::Braked(loss)),
        Broken::Graph(error) => Err(error.into()),
        Broken::Store(error) => Err(error.into()),
    }
}

/// Notes that the portal's own identity got no token.
///
/// # Errors
/// When the store cannot be asked.
pub async fn note_not_accepted(app: &App, wanted: Wanted) -> Result<(), store::Error> {
    let directory = app.store.directory();
    match directory.begin_refresh(wanted, app.clock.now()).await? {
        Some(lease) => directory.end_refresh(&lease, Some(reading(app, Way::Service, Outcome::NotAccepted))).await,
        None => Ok(()),
    }
}

fn reading(app: &App, way: Way, outcome: Outcome) -> Reading {
    Reading { at: app.clock.now(), outcome, way }
}

/// Returns what is noted of a reading that came to nothing.
fn outcome(broken: &Broken, way: Way) -> Option<Outcome> {
    match broken {
        Broken::LetGo => None,
        Broken::Braked(loss) => Some(Outcome::Braked(*loss)),
        Broken::Graph(graph::Error::NotAllowed) => Some(Outcome::NotPermitted),
        Broken::Graph(graph::Error::SignInAgain { .. }) if way == Way::Service => Some(Outcome::NotAccepted),
        Broken::Graph(_) | Broken::Store(_) => Some(Outcome::Failed),
    }
}

/// Reads without changing anything.
async fn read(task: &Task<'_>) -> Result<(Found, Vec<Unmanageable>), Broken> {
    let links = task.app.store.directory().links().await?;
    let mut read = groups::read(task, links.groups).await?;
    let ids: Vec<GroupId> = read.told_gone(task.app).await?;
    let known = task.app.store.directory().known_groups().await?.len();
    let loss = Loss { known, lost: ids.len() };
    if loss.is_too_much() && !task.wanted.even_if_it_loses() {
        tracing::warn!(known = loss.known, lost = loss.lost, "the directory copy waits for an administrator");
        return Err(Broken::Braked(loss));
    }
    let unmanageable = confirm(task, &mut read).await?;
    let members = members::read(task, links.members).await?;
    let accounts = accounts::read(task, links.accounts).await?;
    Ok((Found { groups: read.groups, link: read.link, members, accounts }, unmanageable))
}

/// Makes what was found the copy, and suspends what cannot be managed any more.
async fn exchange(task: &Task<'_>, found: &Found, unmanageable: &[Unmanageable]) -> Result<Refreshed, Broken> {
    let (app, now) = (task.app, task.app.clock.now());
    let is_wished = !matches!(task.wanted, Wanted::ByTheClock);
    let event = |refreshed: &Refreshed| {
        let event = Event::new(EventKind::DirectoryCopyRefreshed, task.source.by.clone(), now);
        let detail = serde_json::json!({ "groups": refreshed.groups, "lost": refreshed.gone });
        // A round of the clock that found nothing is not worth a line in the record.
        (is_wished || refreshed.is_news()).then(|| event.detail(detail))
    };
    let reading = Reading { at: now, outcome: Outcome::Done, way: task.source.way };
    let exchanged = app.store.directory().exchange(task.lease, found, reading, event).await?;
    let refreshed = exchanged.ok_or(Broken::LetGo)?;
    for Unmanageable { group, reason } in unmanageable {
        let suspended = app.store.designations().suspend_and_end(*group, *reason, now, None).await?;
        tracing::info!(group.id = %group, is_new = suspended.is_new, ended = suspended.ended, "suspended a group");
    }
    let Refreshed { groups, changed, gone, members } = refreshed;
    tracing::info!(groups, changed, gone, members, "read the directory");
    Ok(refreshed)
}
