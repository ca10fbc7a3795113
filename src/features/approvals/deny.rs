//! Deny a request, with a reason for the person who asked.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};

use crate::{
    domain::{
        approval,
        event::EventKind,
        ids::RequestId,
        refusal::Refusal,
        request::{Kind, MESSAGE_LIMIT, State as RequestState},
        text,
    },
    sign_in::Signed,
    web::{
        app::App,
        flash::{Flash, Mood},
        form::{Fields, Id},
        frame::{Frame, Jar},
        trouble::Trouble,
    },
};

use super::{
    decided::Decided,
    gather::{self, Facts},
    show,
};

/// Denies a request.
///
/// # Errors
/// A refusal when a rule says no or somebody was first; other troubles when the directory or the store cannot be asked.
pub async fn deny(
    State(app): State<App>,
    signed: Signed,
    Jar(cookies): Jar,
    Id(id): Id<RequestId>,
    frame: Frame,
    fields: Fields,
) -> Result<Response, Trouble> {
    let facts = Facts::read(&app, &signed, id).await?;
    let now = app.clock.now();

    // The same answer again is answered as the first.
    if gather::is_answered_by(&facts.request, RequestState::Denied, &signed) {
        return Ok(Redirect::to(&format!("/approvals/{id}")).into_response());
    }
    let typed = fields.get("message");
    if let Err(refusal) = approval::may_deny(&facts.answering(&signed.viewer, &frame), now) {
        return gather::refuse(&app, &signed, &facts, refusal, RequestState::Denied, typed).await;
    }
    if fields.version() != facts.request.version {
        return Err(Trouble::refused(Refusal::Stale).about_approval(id).typed(typed));
    }
    let message = match text::required(typed, MESSAGE_LIMIT) {
        Ok(message) => message,
        Err(problem) => return Ok(show::with_slip(frame, &signed, facts, typed, problem)),
    };

    let title = if facts.request.kind == Kind::Join { "denied-done" } else { "denied-extension-done" };
    let decided = Decided::new(EventKind::DecisionDenied, facts, &signed, message, now);
    if !app.store.decisions().deny(&decided.deciding()).await?.is_yes() {
        return gather::somebody_was_first(&app, &signed, id, RequestState::Denied, typed).await;
    }

    let (person, group) = decided.names();
    let done = Flash::new(Mood::Success, title, "denied-done-text");
    done.name("person", &person).name("group", &group).leave(&app, &cookies);
    Ok(Redirect::to("/approvals").into_response())
}
