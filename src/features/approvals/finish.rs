//! Finish what an approval still owes to the directory. Any current owner may, except the person it is for.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};

use crate::{
    domain::{
        approval::{self, WRITE_SCOPE},
        event::{Event, EventKind},
        ids::RequestId,
        refusal::Refusal,
    },
    sign_in::Signed,
    web::{
        app::App,
        carrying_out,
        form::{Fields, Id},
        frame::Jar,
        trouble::Trouble,
    },
};

use super::{
    approve,
    gather::{self, Facts},
};

/// Takes up the operation of an approved request and carries it out with this owner's token.
///
/// # Errors
/// A refusal when a rule says no or somebody holds it; other troubles when the directory or the store cannot be asked.
pub async fn finish(
    State(app): State<App>,
    signed: Signed,
    Jar(cookies): Jar,
    Id(id): Id<RequestId>,
    _: Fields,
) -> Result<Response, Trouble> {
    let facts = Facts::read(&app, &signed, id).await?;
    let now = app.clock.now();
    let operation =
        facts.request.operation.as_ref().ok_or(Trouble::refused(Refusal::NothingToFinish).about_approval(id))?;

    let can_write = signed.token.allows(WRITE_SCOPE);
    let designation = facts.designation.as_ref();
    approval::may_finish(&signed.viewer, operation, designation, &facts.live, can_write, now)
        .map_err(|refusal| Trouble::refused(refusal).about_approval(id))?;

    let by = signed.person();
    let event = Event::new(EventKind::OperationBegun, Some(by.clone()), now)
        .group(operation.group)
        .person(operation.person.id)
        .request(id)
        .detail(serde_json::json!({ "operation": operation.id, "evidence": gather::evidence(&facts) }));
    let (store, finisher, owed, version) = (app.store.clone(), by.clone(), operation.id, operation.version);
    let record = async move { store.operations().begin(owed, version, &finisher, now, &event).await };
    let outcome = carrying_out::record_and_carry_out(&app, &signed.token, by, record).await?;
    let outcome = outcome.ok_or(Trouble::refused(Refusal::BeingCarriedOut).about_approval(id))?;

    let (person, group) = (&facts.request.requester.name, &facts.request.group_name);
    approve::flash(&outcome).name("person", person).name("group", group).leave(&app, &cookies);
    Ok(Redirect::to(&outcome.way_to(&format!("/approvals/{id}"), &signed, now)).into_response())
}
