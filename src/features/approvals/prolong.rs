//! Approve that somebody belongs for longer. Nothing is written to the directory: the end of the membership moves, in the
//! transaction that records the answer.

use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use serde_json::json;

use crate::{
    domain::{
        approval,
        event::{Event, EventKind},
        lasting,
        request::State as RequestState,
    },
    sign_in::Signed,
    store::Longer,
    web::{
        app::App,
        flash::{Flash, Mood},
        frame::Jar,
        trouble::Trouble,
    },
};

use super::{
    decided::Decided,
    gather::{self, Facts},
};

/// Records the answer and the later end.
///
/// # Errors
/// A refusal when somebody was first; a trouble when the store cannot be asked. Nothing is recorded then.
pub(super) async fn approve(
    app: &App,
    signed: &Signed,
    Jar(cookies): &Jar,
    facts: Facts,
    message: String,
    now: Timestamp,
) -> Result<Response, Trouble> {
    let id = facts.request.id;
    let (current, version) = approval::to_prolong(facts.end.as_ref(), &facts.unfinished)?;
    let terms = facts.designation.as_ref().map(|designation| designation.terms.clone()).unwrap_or_default();
    let until = lasting::extended(current, terms.lasting.until(facts.request.days, now));
    let changed = Event::new(EventKind::EndChanged, Some(signed.person()), now)
        .group(facts.request.group)
        .person(facts.request.requester.id)
        .request(id)
        .detail(json!({ "before": current, "until": until, "name": facts.request.requester.name }));

    let typed = message.clone();
    let decided = Decided::new(EventKind::DecisionApproved, facts, signed, message, now);
    let longer = Longer { until, version, event: &changed };
    if !app.store.decisions().prolong(&decided.deciding(), &longer).await?.is_yes() {
        return gather::somebody_was_first(app, signed, id, RequestState::Approved, &typed).await;
    }

    let (person, group) = decided.names();
    Flash::new(Mood::Success, "extended-done", "").name("person", &person).name("group", &group).leave(app, cookies);
    Ok(Redirect::to("/approvals").into_response())
}
