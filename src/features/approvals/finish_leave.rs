//! Carry out a wish to leave that the directory did not let its holder carry out: any current owner may.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};

use crate::{
    domain::{
        approval::{self, Live, WRITE_SCOPE},
        event::{Event, EventKind},
        ids::OperationId,
        operation::{Kind, Operation},
        refusal::Refusal,
    },
    sign_in::Signed,
    web::{
        app::App,
        carrying_out::{self, Outcome},
        filters,
        flash::{Flash, Mood},
        form::{Fields, Id},
        frame::{Frame, Here, Jar},
        page, refusals,
        trouble::Trouble,
        words::Phrase,
    },
};

#[derive(Template)]
#[template(path = "approvals/leave.html")]
pub(super) struct Leave {
    pub frame: Frame,
    pub operation: Operation,
    pub why_not: Option<Phrase>,
}

/// Shows a wish to leave to an owner of the group.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody else.
pub async fn show(
    State(app): State<App>,
    signed: Signed,
    Id(id): Id<OperationId>,
    frame: Frame,
) -> Result<Response, Trouble> {
    let (operation, live) = read(&app, &signed, id).await?;
    let can_write = signed.token.allows(WRITE_SCOPE);
    let may = approval::may_finish(&signed.viewer, &operation, None, &live, can_write, frame.now);
    let why_not = may.err().map(|refusal| refusals::sentence(&refusal, &frame));
    Ok(page::ok(Leave { frame: frame.at(Here::Approvals), operation, why_not }).into_response())
}

/// Removes the person who wishes to leave, with this owner's token.
///
/// # Errors
/// A refusal when a rule says no or somebody holds it; other troubles when the directory or the store cannot be asked.
pub async fn finish(
    State(app): State<App>,
    signed: Signed,
    Jar(cookies): Jar,
    Id(id): Id<OperationId>,
    _: Fields,
) -> Result<Response, Trouble> {
    let (operation, live) = read(&app, &signed, id).await?;
    let now = app.clock.now();

    let can_write = signed.token.allows(WRITE_SCOPE);
    approval::may_finish(&signed.viewer, &operation, None, &live, can_write, now)?;

    let by = signed.person();
    let event = Event::new(EventKind::OperationBegun, Some(by.clone()), now)
        .group(operation.group)
        .person(operation.person.id)
        .detail(serde_json::json!({ "operation": operation.id }));
    let (store, finisher, owed, version) = (app.store.clone(), by.clone(), operation.id, operation.version);
    let record = async move { store.operations().begin(owed, version, &finisher, now, &event).await };
    let outcome = carrying_out::record_and_carry_out(&app, &signed.token, by, record).await?;
    let outcome = outcome.ok_or(Refusal::BeingCarriedOut)?;

    let flash = match outcome {
        Outcome::Done => Flash::new(Mood::Success, "leave-finished", ""),
        _ => Flash::new(Mood::Warning, "leave-not-finished", "leave-not-finished-text"),
    };
    flash.name("person", &operation.person.name).name("group", &operation.group_name).leave(&app, &cookies);
    let page = if outcome == Outcome::Done { "/approvals".to_owned() } else { format!("/approvals/leaves/{id}") };
    Ok(Redirect::to(&outcome.way_to(&page, &signed, now)).into_response())
}

async fn read(app: &App, signed: &Signed, id: OperationId) -> Result<(Operation, Live), Trouble> {
    let operation = app.store.operations().find(id).await?.filter(|operation| operation.kind == Kind::Remove);
    let operation = operation.ok_or(Trouble::NotFound)?;
    let live = app.graph.person(&signed.token).live(operation.group, operation.person.id).await?;
    let is_owner = live.owners.iter().any(|owner| owner.id == signed.viewer.id);
    if is_owner { Ok((operation, live)) } else { Err(Trouble::NotFound) }
}
