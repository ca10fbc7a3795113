//! Approve a request.
//!
//! The decision is made to last in one transaction before the directory is asked (T1); then the person is added with the
//! owner's own token, and the outcome is recorded (T2). A lost answer is never taken for a failure.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};

use crate::{
    domain::{
        approval,
        consent::Approval,
        event::EventKind,
        ids::RequestId,
        refusal::Refusal,
        request::{Kind, MESSAGE_LIMIT, State as RequestState},
        text,
    },
    sign_in::Signed,
    web::{
        app::App,
        carrying_out::{self, Outcome},
        flash::{Flash, Mood},
        form::{Fields, Id},
        frame::{Frame, Jar},
        trouble::Trouble,
    },
};

use super::{
    decided::Decided,
    gather::{self, Facts},
    prolong, show,
};

/// Approves a request and carries it out.
///
/// # Errors
/// A refusal when a rule says no or somebody was first; other troubles when the directory or the store cannot be asked.
/// Nothing is recorded then.
pub async fn approve(
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
    if gather::is_answered_by(&facts.request, RequestState::Approved, &signed) {
        return Ok(Redirect::to(&format!("/approvals/{id}")).into_response());
    }
    let typed = fields.get("message");
    if let Err(refusal) = facts.may_approve(&signed, &frame, now) {
        if matches!(refusal, Refusal::WaitsForOthers { .. }) {
            // A double click, or the browser's back button.
            return Ok(Redirect::to(&format!("/approvals/{id}")).into_response());
        }
        return gather::refuse(&app, &signed, &facts, refusal, RequestState::Approved, typed).await;
    }
    // What the page said of what an approval does holds only under the terms it was drawn from.
    let is_as_drawn = fields.get("terms_version") == facts.terms_version().to_string();
    if fields.version() != facts.request.version || !is_as_drawn {
        return Err(Trouble::refused(Refusal::Stale).about_approval(id).typed(typed));
    }
    let message = match text::optional(typed, MESSAGE_LIMIT) {
        Ok(message) => message,
        Err(problem) => return Ok(show::with_slip(frame, &signed, facts, typed, problem)),
    };

    if let Approval::IsKept { .. } = approval::approving(&facts.answering(&signed.viewer, &frame)) {
        return consent(&app, &signed, &cookies, facts, message, typed).await;
    }

    if facts.request.kind == Kind::Extend {
        return prolong::approve(&app, &signed, &Jar(cookies), facts, message, now).await;
    }
    let decided = Decided::new(EventKind::DecisionApproved, facts, &signed, message, now);
    let (operation, (person, group)) = (decided.owed(), decided.names());
    let store = app.store.clone();
    let record = async move {
        let approved = store.decisions().approve(&decided.deciding(), &operation).await?;
        Ok(approved.is_yes().then_some(operation))
    };
    let Some(outcome) = carrying_out::record_and_carry_out(&app, &signed.token, signed.person(), record).await? else {
        return gather::somebody_was_first(&app, &signed, id, RequestState::Approved, typed).await;
    };

    flash(&outcome).name("person", &person).name("group", &group).leave(&app, &cookies);
    let page = if outcome == Outcome::Done { "/approvals".to_owned() } else { format!("/approvals/{id}") };
    Ok(Redirect::to(&outcome.way_to(&page, &signed, now)).into_response())
}

/// Keeps an approval that is not enough yet: nothing is owed to the directory before enough owners have approved.
async fn consent(
    app: &App,
    signed: &Signed,
    cookies: &tower_cookies::Cookies,
    facts: Facts,
    message: String,
    typed: &str,
) -> Result<Response, Trouble> {
    let id = facts.request.id;
    let decided = Decided::new(EventKind::ConsentGiven, facts, signed, message, app.clock.now());
    if !app.store.decisions().consent(&decided.deciding()).await?.is_yes() {
        return gather::somebody_was_first(app, signed, id, RequestState::Approved, typed).await;
    }

    let (person, group) = decided.names();
    let kept = Flash::new(Mood::Success, "consent-kept", "consent-kept-text");
    kept.name("person", &person).name("group", &group).leave(app, cookies);
    Ok(Redirect::to(&format!("/approvals/{id}")).into_response())
}

/// Returns what the next page says about an outcome.
pub(super) fn flash(outcome: &Outcome) -> Flash {
    match outcome {
        Outcome::Done => Flash::new(Mood::Success, "approved-done", ""),
        Outcome::Underway => Flash::new(Mood::Info, "approved-underway", "approved-underway-text"),
        Outcome::NotAccepted(_) => Flash::new(Mood::Warning, "approved-underway", "approved-not-accepted-text"),
        Outcome::Delayed(_) => Flash::new(Mood::Warning, "approved-delayed", "approved-delayed-text"),
        Outcome::Refused(_) => Flash::new(Mood::Warning, "approved-refused", "approved-refused-text"),
    }
}
