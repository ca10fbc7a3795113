//! Reads the tenant's groups and swaps the copy in one transaction.

use crate::{
    domain::{
        designation,
        directory::{Group, PersonRef},
        event::{Event, EventKind},
        ids::GroupId,
        request::EndReason,
    },
    graph::AccessToken,
    store::{Loss, Refreshed},
    web::{app::App, trouble::Trouble},
};

/// A copy that would lose more than this share of its groups waits for an administrator: a short answer of the directory
/// must not empty the catalogue.
const BRAKE_PERCENT: usize = 20;
/// Below this many groups a share says nothing.
const BRAKE_FROM: usize = 10;

/// What became of a refresh.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refreshing {
    /// The copy is fresh.
    Done(Refreshed),
    /// Somebody else is reading at this moment.
    SomebodyElse,
    /// It would lose too much, so nothing was changed.
    Braked(Loss),
}

/// Reads all groups and their owners, and makes them the copy. Groups that take part and have become unfit or gone are
/// suspended, and their requests closed.
///
/// # Errors
/// A trouble when the directory or the store cannot be asked; the copy stays as it was.
pub async fn refresh(
    app: &App,
    token: &AccessToken,
    by: &PersonRef,
    even_if_it_loses: bool,
) -> Result<Refreshing, Trouble> {
    if !app.store.directory().begin_refresh(app.clock.now()).await? {
        return Ok(Refreshing::SomebodyElse);
    }
    let outcome = read_and_swap(app, token, by, even_if_it_loses).await;
    if !matches!(outcome, Ok(Refreshing::Done(_))) {
        app.store.directory().end_refresh().await?;
    }
    outcome
}

async fn read_and_swap(
    app: &App,
    token: &AccessToken,
    by: &PersonRef,
    even_if_it_loses: bool,
) -> Result<Refreshing, Trouble> {
    let mut groups: Vec<(Group, Vec<PersonRef>)> = Vec::new();
    let mut pages = app.graph.person(token).groups();
    while let Some(page) = pages.next_page().await? {
        groups.extend(page);
    }

    let ids: Vec<GroupId> = groups.iter().map(|(group, _)| group.id).collect();
    let loss = app.store.directory().would_lose(&ids).await?;
    if !even_if_it_loses && loss.known >= BRAKE_FROM && loss.lost * 100 > loss.known * BRAKE_PERCENT {
        tracing::warn!(known = loss.known, lost = loss.lost, "the directory copy waits for an administrator");
        return Ok(Refreshing::Braked(loss));
    }

    let now = app.clock.now();
    let event = Event::new(EventKind::DirectoryCopyRefreshed, Some(by.clone()), now)
        .detail(serde_json::json!({ "groups": groups.len(), "lost": loss.lost }));
    let refreshed = app.store.directory().replace_groups(&groups, now, &event).await?;
    suspend_unfit(app, &groups).await?;
    tracing::info!(groups = refreshed.groups, changed = refreshed.changed, gone = refreshed.gone, "read the directory");
    Ok(Refreshing::Done(refreshed))
}

async fn suspend_unfit(app: &App, groups: &[(Group, Vec<PersonRef>)]) -> Result<(), Trouble> {
    let by_id: std::collections::HashMap<GroupId, &Group> = groups.iter().map(|(group, _)| (group.id, group)).collect();
    let now = app.clock.now();
    for known in app.store.designations().all().await? {
        let live = by_id.get(&known.group).copied();
        let Some(reason) = designation::must_suspend(live).filter(|_| known.suspended.is_none()) else { continue };
        let event = Event::new(EventKind::DesignationSuspended, None, now)
            .group(known.group)
            .detail(serde_json::json!({ "reason": reason }));
        if app.store.designations().suspend(known.group, reason, now, &event).await?.is_yes() {
            let ended = if live.is_some() { EndReason::GroupUnfit } else { EndReason::GroupGone };
            app.store.requests().end_all_of_group(known.group, ended, now, None).await?;
        }
    }
    Ok(())
}
