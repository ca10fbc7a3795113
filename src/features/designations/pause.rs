//! Pause requests for a group, and take them again.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};

use crate::{
    domain::{
        designation::{self, SuspendReason},
        event::{Event, EventKind},
        ids::GroupId,
        refusal::Refusal,
    },
    sign_in::Signed,
    web::{
        app::App,
        flash::{Flash, Mood},
        form::{Fields, Id},
        frame::Jar,
        trouble::Trouble,
    },
};

/// Suspends a group: its open requests stay and wait, nobody can ask or approve.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody but administrators and auditors, and for groups that do not take part.
pub async fn pause(
    State(app): State<App>,
    signed: Signed,
    Jar(cookies): Jar,
    Id(id): Id<GroupId>,
    _: Fields,
) -> Result<Response, Trouble> {
    may_change(&app, &signed, id).await?;
    let now = app.clock.now();
    let event = Event::new(EventKind::DesignationSuspended, Some(signed.person()), now)
        .group(id)
        .detail(serde_json::json!({ "reason": SuspendReason::Administrator }));
    // A second click finds it suspended already, which is what it wished.
    let _ = app.store.designations().suspend(id, SuspendReason::Administrator, now, &event).await?;
    Flash::new(Mood::Success, "paused-done", "paused-done-text").leave(&app, &cookies);
    Ok(Redirect::to(&format!("/admin/groups/{id}")).into_response())
}

/// Lets a suspended group take requests again, when the directory says that it is fit now.
///
/// # Errors
/// As [`pause`]; a refusal when the group is unfit or gone, or somebody changed it meanwhile.
pub async fn resume(
    State(app): State<App>,
    signed: Signed,
    Jar(cookies): Jar,
    Id(id): Id<GroupId>,
    fields: Fields,
) -> Result<Response, Trouble> {
    may_change(&app, &signed, id).await?;
    let live = app.graph.person(&signed.token).group(id).await?.ok_or(Refusal::GroupGone)?;
    let now = app.clock.now();

    designation::may_designate(&signed.viewer, &live)?;

    let event = Event::new(EventKind::DesignationResumed, Some(signed.person()), now).group(id);
    if !app.store.designations().resume(id, fields.version(), now, &event).await?.is_yes() {
        let current = app.store.designations().find(id).await?;
        if current.is_some_and(|current| current.suspended.is_some()) {
            return Err(Refusal::Stale.into());
        }
    }
    Flash::new(Mood::Success, "resumed-done", "").name("group", &live.name).leave(&app, &cookies);
    Ok(Redirect::to(&format!("/admin/groups/{id}")).into_response())
}

async fn may_change(app: &App, signed: &Signed, id: GroupId) -> Result<(), Trouble> {
    if !signed.viewer.sees_everything() {
        return Err(Trouble::NotFound);
    }
    if !signed.viewer.is_administrator() {
        return Err(Refusal::NotAdministrator.into());
    }
    app.store.designations().find(id).await?.map(|_| ()).ok_or(Trouble::NotFound)
}
