//! Learns from the directory's own record who made the changes that were seen outside Roster. One call for each group of
//! which something is due, and what is learnt is an event of its own.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;

use crate::{
    domain::{
        ids::{EventId, GroupId},
        outside::{
            asking::{self, Asked, LEASE, Outcome},
            author::{self, Author, Entry, Explained, Learnt},
        },
    },
    graph::{self, AsService},
    store::{self, Open},
    web::app::App,
};

use super::refresh::Broken;

/// How many groups are asked about in one round.
const MOST_GROUPS: usize = 20;
/// How many events of a group are looked through for entries that tell of another change already.
const LOOKED_THROUGH: usize = 500;

/// What became of a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Learning {
    /// The record was read.
    Done,
    /// There was nothing to ask, somebody else asks, or the portal stops.
    NotNow,
    /// The directory did not answer as it should.
    Refused(graph::Error),
}

/// Asks the record about the changes that are due; when none is, whether it can be read is found out once.
///
/// # Errors
/// When the store cannot be asked.
pub async fn learn_authors(app: &App, service: &AsService<'_>) -> Result<Learning, store::Error> {
    let unexplained = app.store.unexplained();
    let Some(lease) = unexplained.begin(app.clock.now()).await? else { return Ok(Learning::NotNow) };
    let round = tokio::select! {
        round = round(app, service) => round,
        () = app.stopping.cancelled() => Err(Broken::LetGo),
    };
    let (learning, outcome) = match round {
        Ok(()) => (Learning::Done, Some(Outcome::Read)),
        Err(Broken::Graph(error @ graph::Error::NotAllowed)) => (Learning::Refused(error), Some(Outcome::NotPermitted)),
        Err(Broken::Graph(error)) => (Learning::Refused(error), Some(Outcome::Failed)),
        Err(Broken::LetGo | Broken::Braked(_)) => (Learning::NotNow, None),
        Err(Broken::Store(error)) => return Err(error),
    };
    unexplained.end(lease, outcome.map(|outcome| Asked { at: app.clock.now(), outcome })).await?;
    Ok(learning)
}

async fn round(app: &App, service: &AsService<'_>) -> Result<(), Broken> {
    let begun = app.clock.now();
    let groups = app.store.unexplained().groups_due(begun, MOST_GROUPS).await?;
    if groups.is_empty() {
        return Ok(service.may_read_record(begun).await?);
    }
    for group in groups {
        // The others come in the next round, while nobody else holds the right to ask.
        if app.clock.now().duration_since(begun).abs() >= LEASE / 2 {
            break;
        }
        explain(app, service, group).await?;
    }
    Ok(())
}

/// Asks about one group.
async fn explain(app: &App, service: &AsService<'_>, group: GroupId) -> Result<(), Broken> {
    let unexplained = app.store.unexplained();
    let open = unexplained.of_group(group).await?;
    let Some(since) = open.iter().map(|open| open.sought.not_before).min() else { return Ok(()) };
    let entries = service.record_of(group, since).await?.unwrap_or_else(|| {
        tracing::info!(group.id = %group, "too much was done to a group to say who did what");
        Vec::new()
    });
    let mut explained = Explained {
        operations: unexplained.operations(group, since).await?,
        applications: own_applications(app),
        entries: told(app, group).await?,
    };
    let mut unknown = Vec::new();
    for open in &open {
        match author::find(&open.sought, &entries, &explained) {
            Some(entry) => {
                record(app, service, open, entry).await?;
                explained.entries.insert(entry.id.clone());
            }
            None => unknown.push(open),
        }
    }
    Ok(put_off(app, &unknown).await?)
}

async fn record(app: &App, service: &AsService<'_>, open: &Open, entry: &Entry) -> Result<(), Broken> {
    let Some(by) = entry.by.clone() else { return Ok(()) };
    let event = &open.sought.event;
    let learnt = Learnt { explains: event.id, at: entry.at, by: named(service, by).await, entry: entry.id.clone() };
    let moved = app.store.unexplained().explain(event.id, &learnt.event(event, app.clock.now())).await?;
    if moved.is_yes() {
        tracing::info!(event.id = %event.id, "the directory's record tells who made a change outside Roster");
    }
    Ok(())
}

/// Returns the author under the name that people know; the record's own, which may be a sign-in name, where it cannot be
/// read.
async fn named(service: &AsService<'_>, by: Author) -> Author {
    match by {
        Author::Person { id, name } => {
            let known = service.reader().name(id).await.ok().flatten().filter(|known| !known.is_empty());
            Author::Person { id, name: known.unwrap_or(name) }
        }
        application @ Author::Application { .. } => application,
    }
}

/// Puts off what is due, each until its own time, and gives up what was asked about for long enough.
async fn put_off(app: &App, unknown: &[&Open]) -> Result<(), store::Error> {
    let now = app.clock.now();
    let mut by_time: HashMap<Option<Timestamp>, Vec<EventId>> = HashMap::new();
    for open in unknown.iter().filter(|open| open.ask_at <= now) {
        by_time.entry(asking::next(open.sought.event.at, now)).or_default().push(open.sought.event.id);
    }
    for (until, changes) in by_time {
        app.store.unexplained().put_off(&changes, until).await?;
    }
    Ok(())
}

/// Returns the client ids that Roster has.
fn own_applications(app: &App) -> Vec<uuid::Uuid> {
    let service = app.settings.service.as_ref().map(|service| &service.client_id);
    [Some(&app.settings.client_id), service].into_iter().flatten().filter_map(|id| id.parse().ok()).collect()
}

/// Returns the entries that tell of another change of the group already.
async fn told(app: &App, group: GroupId) -> Result<HashSet<String>, store::Error> {
    let events = app.store.events().of_group(group, LOOKED_THROUGH).await?;
    Ok(events.iter().filter_map(Learnt::read).map(|learnt| learnt.entry).collect())
}
