//! Take a request back.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};

use crate::{
    domain::{
        event::{Event, EventKind},
        ids::RequestId,
        refusal::Refusal,
        request::{EndReason, JoinRequest, Kind, State as RequestState},
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

use super::show;

/// Ends an open request at the wish of the person who asked.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody else; a refusal when an owner was first.
pub async fn withdraw(
    State(app): State<App>,
    signed: Signed,
    Jar(cookies): Jar,
    Id(id): Id<RequestId>,
    _: Fields,
) -> Result<Response, Trouble> {
    let request = show::own(&app, &signed, id).await?;
    let now = app.clock.now();

    let to_request = || Redirect::to(&format!("/requests/{id}")).into_response();
    if request.end_reason == Some(EndReason::Withdrawn) {
        return Ok(to_request());
    }
    if request.state != RequestState::Open {
        return Err(too_late(&request));
    }

    let event = Event::new(EventKind::RequestWithdrawn, Some(request.requester.clone()), now)
        .group(request.group)
        .person(request.requester.id)
        .request(id);
    if !app.store.requests().end(id, request.version, EndReason::Withdrawn, now, &event).await?.is_yes() {
        let request = show::own(&app, &signed, id).await?;
        // A double click: both found it open.
        if request.end_reason == Some(EndReason::Withdrawn) {
            return Ok(to_request());
        }
        return Err(too_late(&request));
    }

    let title = if request.kind == Kind::Join { "withdraw-done" } else { "withdraw-extension-done" };
    Flash::new(Mood::Success, title, "withdraw-done-text").name("group", &request.group_name).leave(&app, &cookies);
    Ok(to_request())
}

fn too_late(request: &JoinRequest) -> Trouble {
    let refusal = match &request.decision {
        Some(decision) => {
            Refusal::AlreadyAnswered { state: request.state, by: Some(decision.by.clone()), at: Some(decision.at) }
        }
        None => request.end_reason.map_or(Refusal::Stale, Refusal::RequestEnded),
    };
    Trouble::refused(refusal).about_group(request.group, &request.group_name)
}
