//! Restoring a deleted group.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;

use crate::{
    domain::{
        directory::{Group, GroupFacts},
        group_life::{self, Course, Deed, GroupWrite, RESTORABLE},
        ids::GroupId,
        outside::LAG,
        powers::{self, GROUP_SCOPE, Power, Standing},
        refusal::Refusal,
    },
    sign_in::Signed,
    store::catalogue::Entry,
    web::{
        app::App,
        flash::{Flash, Mood},
        form::{Fields, Id},
        frame::{Groups, Jar},
        trouble::Trouble,
    },
};

use super::deeds::{self, Outcome};

/// Restores a group that the signed-in person owned until it was deleted, with their own token.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody else; a refusal when a rule says no; a trouble when the directory or the store cannot
/// be asked. Nothing is recorded then.
pub async fn restore(
    State(app): State<App>,
    signed: Signed,
    Jar(cookies): Jar,
    Id(id): Id<GroupId>,
    Groups(groups): Groups,
    fields: Fields,
) -> Result<Response, Trouble> {
    if !deeds::are_offered(&app) || signed.viewer.guest {
        return Err(Trouble::NotFound);
    }
    let operation = deeds::named_by(&fields);
    if let Some(before) = deeds::sent_before(&app, &signed, id, operation).await? {
        return Ok(Redirect::to(&page_after(&before)).into_response());
    }
    let entry = groups.any(id).ok_or(Trouble::NotFound)?;
    let known_until = owner_until(&app, &signed, id).await?.ok_or(Trouble::NotFound)?;
    let Some(deleted) = app.graph.person(&signed.token).deleted_group(id).await? else {
        return not_in_bin(&app, &signed, &entry).await;
    };
    let ended_first = |at: Timestamp| !group_life::owned_to_the_end(known_until, at);
    if deleted.deleted_at.is_some_and(ended_first) {
        return Err(Trouble::NotFound);
    }
    may(&signed, &deleted.group, &entry).map_err(Trouble::refused)?;

    let write = deeds::decided(&app, &signed, Deed::Restore, &deleted.group, operation);
    let evidence = serde_json::json!({ "owner_until": known_until, "group": deleted.group.facts });
    let Some(outcome) = deeds::carry_out(&app, &signed, write, deleted.group.clone(), evidence).await? else {
        return Ok(Redirect::to(LIST).into_response());
    };
    app.forget(signed.viewer.id).await;
    flash(&outcome).name("group", &deleted.group.name).leave(&app, &cookies);
    let page = if outcome == Outcome::Done { format!("/owned/{id}") } else { LIST.to_owned() };
    Ok(Redirect::to(&outcome.way_to(&page, &signed, app.clock.now())).into_response())
}

const LIST: &str = "/owned/deleted";

fn page_after(write: &GroupWrite) -> String {
    if write.course == Course::Done { format!("/owned/{}", write.group) } else { LIST.to_owned() }
}

/// Says whether somebody who owned a group until it was deleted may restore it.
pub(super) fn may(signed: &Signed, deleted: &Group, entry: &Entry) -> Result<(), Refusal> {
    let facts = GroupFacts { deleted: false, ..deleted.facts.clone() };
    let as_it_was = Group { facts, ..deleted.clone() };
    let standing = Standing {
        viewer: &signed.viewer,
        is_owner: true,
        group: Some(&as_it_was),
        designation: entry.designation.as_ref(),
        must_accept: false,
    };
    powers::may(Power::Restore, &standing)?;
    if signed.token.allows(GROUP_SCOPE) { Ok(()) } else { Err(Refusal::MissingScope(GROUP_SCOPE)) }
}

/// Returns until when the signed-in person was known as an owner of a group that is gone.
async fn owner_until(app: &App, signed: &Signed, group: GroupId) -> Result<Option<Timestamp>, Trouble> {
    let owned = app.store.directory().owned_before(signed.viewer.id, since(app.clock.now())).await?;
    Ok(owned.into_iter().find(|(id, _)| *id == group).map(|(_, until)| until))
}

/// Returns since when somebody has to have owned a group that may still be in the recycle bin.
pub(super) fn since(now: Timestamp) -> Timestamp {
    now - RESTORABLE - LAG
}

/// Answers for a group that is not in the recycle bin: it is back already, or gone for good.
async fn not_in_bin(app: &App, signed: &Signed, entry: &Entry) -> Result<Response, Trouble> {
    let (graph, id) = (app.graph.person(&signed.token), entry.group.id);
    let Some(live) = graph.group(id).await? else { return Err(Trouble::refused(Refusal::GroupGone)) };
    if let Some(open) = app.store.group_writes().open(id, Deed::Restore).await? {
        deeds::look(app, &open, &live, true).await?;
    } else {
        let owners = graph.owners(id).await?;
        app.store.directory().record_group(&live, &owners, app.clock.now()).await?;
    }
    app.forget(signed.viewer.id).await;
    Ok(Redirect::to(&format!("/owned/{id}")).into_response())
}

/// Returns what the next page says about an outcome.
pub(super) fn flash(outcome: &Outcome) -> Flash {
    match outcome {
        Outcome::Done => Flash::new(Mood::Success, "restore-done", "restore-done-text"),
        Outcome::Refused => Flash::new(Mood::Warning, "restore-refused", "restore-refused-text"),
        Outcome::Unclear | Outcome::NotAccepted(_) => {
            Flash::new(Mood::Warning, "restore-unclear", "restore-unclear-text")
        }
    }
}
