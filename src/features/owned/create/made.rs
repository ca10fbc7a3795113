//! Creating the group that was checked, and trying again what was lost. However often it is sent, one group comes of it.

use std::time::Duration;

use serde_json::{Value, json};
use tracing::Instrument as _;

use crate::{
    domain::{
        creating::{Creation, Problem},
        directory::{Group, Kind, PersonRef},
        event::{Event, EventKind},
        group_life::Course,
        ids::{EventId, OperationId},
    },
    graph::{AccessToken, Error, NewGroup, Nickname},
    sign_in::Signed,
    store,
    web::{app::App, trouble::Trouble},
};

use super::{check, draft::Draft};

/// How often a new group is given its owner.
const TRIES: usize = 4;
/// How long the directory is given to know a new group.
const NEXT_TRY: Duration = Duration::from_secs(2);

/// Returns the page on which a group that is being created is found again.
pub(super) fn page_of(id: EventId) -> String {
    format!("/owned/new/{id}")
}

/// Returns what somebody asked to be created.
pub(super) async fn own(app: &App, signed: &Signed, id: EventId) -> Result<Option<Creation>, Trouble> {
    let known = app.store.creations().find(id).await?;
    Ok(known.filter(|known| known.by.id == signed.viewer.id))
}

/// Records what was decided and creates the group; goes on when the browser goes away. Returns whether it is recorded: it
/// is not where the commission that it is for does not wait for it any more.
pub(super) async fn make(app: &App, signed: &Signed, draft: &Draft) -> Result<bool, Trouble> {
    let creator = signed.viewer.id;
    let others = check::others(draft, creator);
    let creation = Creation {
        id: draft.operation,
        kind: draft.kind.unwrap_or(Kind::Security),
        name: draft.name.clone(),
        purpose: draft.purpose.clone(),
        nickname: Nickname::made_from(&draft.name, draft.operation.0).as_str().to_owned(),
        owners: draft.owners.iter().filter(|owner| others.contains(&owner.id)).cloned().collect(),
        members: draft.members.clone(),
        by: signed.person(),
        at: app.clock.now(),
        course: Course::Sent,
        group: None,
        problem: None,
        commission: draft.commission,
    };
    let id = creation.id;
    run(app, signed, creation, true).await?;
    Ok(own(app, signed, id).await?.is_some())
}

/// Tries again what was lost, or looks for what came of it.
pub(super) async fn again(app: &App, signed: &Signed, creation: Creation) -> Result<(), Trouble> {
    run(app, signed, creation, false).await
}

async fn run(app: &App, signed: &Signed, creation: Creation, is_new: bool) -> Result<(), Trouble> {
    let (tasks, task, token) = (app.tasks.clone(), app.clone(), signed.token.clone());
    let work = async move {
        if is_new {
            let owners: Vec<_> = creation.owners.iter().map(|owner| owner.id).collect();
            let detail = json!({ "name": creation.name, "kind": creation.kind, "nickname": creation.nickname,
                                 "owners": owners, "members": creation.members.len(),
                                 "commission": creation.commission });
            let decided = event(&creation, EventKind::CreationDecided, creation.at, detail);
            let decided = Event { id: creation.id, ..decided };
            if !task.store.creations().begin(&creation, &decided).await?.is_yes() {
                return Ok(());
            }
        }
        send(&task, &token, &creation).await
    };
    let outcome: Result<(), store::Error> = match tasks.spawn(work.in_current_span()).await {
        Ok(outcome) => outcome,
        Err(error) => return Err(Trouble::fault("creating a group broke off", &error)),
    };
    app.forget(signed.viewer.id).await;
    Ok(outcome?)
}

async fn send(app: &App, token: &AccessToken, creation: &Creation) -> Result<(), store::Error> {
    let Some(nickname) = Nickname::read(&creation.nickname) else {
        return refused(app, creation, Problem::Refused).await;
    };
    let new = NewGroup {
        kind: creation.kind,
        name: creation.name.clone(),
        description: creation.purpose.clone(),
        nickname,
        visibility: None,
        owners: creation.owners.iter().map(|owner| owner.id).collect(),
        members: creation.members.iter().map(|member| member.id).collect(),
    };
    match app.graph.person(token).create_group(&new, creation.id.0).await {
        Ok(group) => created(app, token, creation, &group).await,
        Err(Error::NotThisName(_)) => refused(app, creation, Problem::NotThisName).await,
        Err(Error::NotAllowed) => refused(app, creation, Problem::NotAllowed).await,
        Err(Error::NotChangeable) => refused(app, creation, Problem::Quota).await,
        Err(Error::Refused { .. } | Error::Gone | Error::AlreadyThere) => {
            refused(app, creation, Problem::Refused).await
        }
        Err(_) => unclear(app, creation).await,
    }
}

/// Records that the group is there. Whoever has a directory role does not own a security group that they create (Graph,
/// "Create group"), so that is done where it is missing.
pub(super) async fn created(
    app: &App,
    token: &AccessToken,
    creation: &Creation,
    group: &Group,
) -> Result<(), store::Error> {
    let graph = app.graph.person(token);
    let mut owners: Vec<PersonRef> = creation.owners.clone();
    owners.push(creation.by.clone());
    // A read of what was created a moment ago may be late; adding an owner who is there does no harm.
    let is_listed = graph.owners(group.id).await.is_ok_and(|all| all.iter().any(|owner| owner.id == creation.by.id));
    if !is_listed {
        give_owner(app, token, creation, group).await;
    }
    let now = app.clock.now();
    let event = event(creation, EventKind::GroupCreated, now, json!({ "creation": creation.id })).group(group.id);
    let moved = app.store.creations().settle_created(creation, group, &owners, now, &event).await?;
    tracing::info!(group.id = %group.id, creation.id = %creation.id, ?moved, "created a group");
    Ok(())
}

/// Makes who created a group an owner of it; not every part of the directory knows the group at once.
async fn give_owner(app: &App, token: &AccessToken, creation: &Creation, group: &Group) {
    for tries_left in (0..TRIES).rev() {
        let operation = OperationId(creation.id.0);
        match app.graph.person(token).add_owner(group.id, creation.by.id, operation).await {
            Ok(()) | Err(Error::AlreadyThere) => return,
            Err(Error::NotYet) if tries_left > 0 => tokio::time::sleep(NEXT_TRY).await,
            Err(error) => {
                tracing::warn!(group.id = %group.id, %error, "who created the group may not own it");
                return;
            }
        }
    }
}

async fn refused(app: &App, creation: &Creation, problem: Problem) -> Result<(), store::Error> {
    let now = app.clock.now();
    let detail = json!({ "creation": creation.id, "problem": problem });
    let event = event(creation, EventKind::CreationRefused, now, detail);
    let moved = app.store.creations().settle(creation, Some(problem), now, &event).await?;
    tracing::info!(creation.id = %creation.id, ?problem, ?moved, "the directory did not create a group");
    Ok(())
}

async fn unclear(app: &App, creation: &Creation) -> Result<(), store::Error> {
    let now = app.clock.now();
    let event = event(creation, EventKind::CreationUnclear, now, json!({ "creation": creation.id }));
    let moved = app.store.creations().settle(creation, None, now, &event).await?;
    tracing::info!(creation.id = %creation.id, ?moved, "nobody knows yet whether a group was created");
    Ok(())
}

fn event(creation: &Creation, kind: EventKind, now: jiff::Timestamp, detail: Value) -> Event {
    Event::new(kind, Some(creation.by.clone()), now).detail(detail)
}
