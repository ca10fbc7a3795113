//! Reads the tenant's groups and swaps the copy in one transaction.

use crate::{
    domain::{
        directory::{Group, PersonRef},
        directory_copy::{Loss, Outcome, Reading, Wanted},
        event::{Event, EventKind},
        ids::GroupId,
    },
    graph::AccessToken,
    store::{Lease, Refreshed},
    web::{app::App, trouble::Trouble},
};

use super::confirm::{Unmanageable, confirm};

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

/// All groups as the directory listed them.
pub(super) type Listing = Vec<(Group, Vec<PersonRef>)>;

/// What the directory said, before anything is changed.
enum Read {
    Whole(Listing, Vec<Unmanageable>, Loss),
    Braked(Loss),
    LetGo,
}

/// Reads all groups and their owners, and makes them the copy. Groups that take part and have become unfit or gone are
/// suspended, and their requests closed. A portal that stops breaks off the reading, and never the changes after it.
///
/// # Errors
/// A trouble when the directory or the store cannot be asked; the copy stays as it was.
pub async fn refresh(app: &App, token: &AccessToken, by: &PersonRef, wanted: Wanted) -> Result<Refreshing, Trouble> {
    let directory = app.store.directory();
    let Some(lease) = directory.begin_refresh(wanted, app.clock.now()).await? else { return Ok(Refreshing::NotNow) };
    let read = tokio::select! {
        read = read(app, token, &lease, wanted) => read,
        () = app.stopping.cancelled() => Ok(Read::LetGo),
    };
    let outcome = match read {
        Ok(Read::Whole(groups, unmanageable, loss)) => swap(app, &lease, by, &groups, &unmanageable, loss).await,
        Ok(Read::Braked(loss)) => Ok(Refreshing::Braked(loss)),
        Ok(Read::LetGo) => Ok(Refreshing::LetGo),
        Err(trouble) => Err(trouble),
    };
    let became = match &outcome {
        Ok(Refreshing::Done(_)) => return outcome,
        Ok(Refreshing::Braked(loss)) => Some(Outcome::Braked(*loss)),
        Ok(Refreshing::NotNow | Refreshing::LetGo) => None,
        Err(_) => Some(Outcome::Failed),
    };
    let at = app.clock.now();
    let ended = directory.end_refresh(&lease, became.map(|outcome| Reading { at, outcome })).await;
    outcome.and_then(|outcome| ended.map(|()| outcome).map_err(Trouble::from))
}

async fn read(app: &App, token: &AccessToken, lease: &Lease, wanted: Wanted) -> Result<Read, Trouble> {
    let directory = app.store.directory();
    let mut groups = Listing::new();
    let mut pages = app.graph.person(token).groups();
    while let Some(page) = pages.next_page().await? {
        groups.extend(page);
        if !directory.keep_refresh(lease, app.clock.now()).await? {
            return Ok(Read::LetGo);
        }
    }
    let ids: Vec<GroupId> = groups.iter().map(|(group, _)| group.id).collect();
    let loss = directory.would_lose(&ids).await?;
    if loss.is_too_much() && !wanted.even_if_it_loses() {
        tracing::warn!(known = loss.known, lost = loss.lost, "the directory copy waits for an administrator");
        return Ok(Read::Braked(loss));
    }
    let unmanageable = confirm(app, token, lease, &mut groups).await?;
    Ok(Read::Whole(groups, unmanageable, loss))
}

/// Makes the listing the copy, and suspends what cannot be managed any more.
async fn swap(
    app: &App,
    lease: &Lease,
    by: &PersonRef,
    groups: &Listing,
    unmanageable: &[Unmanageable],
    loss: Loss,
) -> Result<Refreshing, Trouble> {
    let now = app.clock.now();
    let event = Event::new(EventKind::DirectoryCopyRefreshed, Some(by.clone()), now)
        .detail(serde_json::json!({ "groups": groups.len(), "lost": loss.lost }));
    let Some(refreshed) = app.store.directory().replace_groups(lease, groups, now, &event).await? else {
        return Ok(Refreshing::LetGo);
    };
    for Unmanageable { group, reason } in unmanageable {
        let suspended = app.store.designations().suspend_and_end(*group, *reason, now, None).await?;
        tracing::info!(group.id = %group, is_new = suspended.is_new, ended = suspended.ended, "suspended a group");
    }
    tracing::info!(groups = refreshed.groups, changed = refreshed.changed, gone = refreshed.gone, "read the directory");
    Ok(Refreshing::Done(refreshed))
}
