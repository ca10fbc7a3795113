//! Carry out what the directory has not confirmed and no request stands behind: a wish to leave that it did not let its
//! holder carry out, or what an owner decided directly. Any current owner may.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};

use crate::{
    domain::{
        approval::{self, Live},
        designation::Designation,
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
        lasting, page, refusals, standing,
        trouble::Trouble,
        words::Phrase,
    },
};

#[derive(Template)]
#[template(path = "approvals/owed.html")]
pub(super) struct Owed {
    pub frame: Frame,
    pub operation: Operation,
    pub title: Phrase,
    /// Why it is owed.
    pub explained: Phrase,
    /// Until when the membership lasts that it gives.
    pub lasts: Option<Phrase>,
    /// What the button is called.
    pub act: Phrase,
    /// Why it is not done yet, as the directory last said.
    pub refusal: Option<Phrase>,
    pub why_not: Option<Phrase>,
}

/// Shows what is owed to an owner of the group.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody else; guests among the owners are told that they never decide.
pub async fn show(
    State(app): State<App>,
    signed: Signed,
    Id(id): Id<OperationId>,
    frame: Frame,
) -> Result<Response, Trouble> {
    let Facts { operation, designation, live } = Facts::read(&app, &signed, id).await?;
    let can_write = signed.token.allows(operation.kind.scope());
    let may = approval::may_finish(&signed.viewer, &operation, designation.as_ref(), &live, can_write, frame.now);
    let why_not = may.err().map(|refusal| refusals::sentence(&refusal, &frame));
    Ok(page::ok(Owed::new(frame, operation, why_not)).into_response())
}

/// Adds or removes the person, with this owner's token.
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
    let Facts { operation, designation, live } = Facts::read(&app, &signed, id).await?;
    let now = app.clock.now();

    let can_write = signed.token.allows(operation.kind.scope());
    approval::may_finish(&signed.viewer, &operation, designation.as_ref(), &live, can_write, now)?;

    let by = signed.person();
    let event = Event::new(EventKind::OperationBegun, Some(by.clone()), now)
        .group(operation.group)
        .person(operation.person.id)
        .detail(serde_json::json!({ "operation": operation.id }));
    let (store, finisher, owed, version) = (app.store.clone(), by.clone(), operation.id, operation.version);
    let record = async move { store.operations().begin(owed, version, &finisher, now, &event).await };
    let outcome = carrying_out::record_and_carry_out(&app, &signed.token, by, record).await?;
    let outcome = outcome.ok_or(Refusal::BeingCarriedOut)?;

    flash(&outcome, operation.kind)
        .name("person", &operation.person.name)
        .name("group", &operation.group_name)
        .leave(&app, &cookies);
    let page = if outcome == Outcome::Done { "/approvals".to_owned() } else { format!("/approvals/owed/{id}") };
    Ok(Redirect::to(&outcome.way_to(&page, &signed, now)).into_response())
}

/// Returns what the next page says about an outcome.
pub(super) fn flash(outcome: &Outcome, kind: Kind) -> Flash {
    match (outcome, kind) {
        (Outcome::Done, Kind::Add) => Flash::new(Mood::Success, "approved-done", ""),
        (Outcome::Done, Kind::Remove) => Flash::new(Mood::Success, "leave-finished", ""),
        (Outcome::Done, Kind::AddOwner) => Flash::new(Mood::Success, "owner-added-done", ""),
        (Outcome::Done, Kind::RemoveOwner) => Flash::new(Mood::Success, "owner-removed-done", ""),
        (_, Kind::Add) => Flash::new(Mood::Warning, "add-not-finished", "owed-not-finished-text"),
        (_, Kind::Remove) => Flash::new(Mood::Warning, "leave-not-finished", "owed-not-finished-text"),
        (_, Kind::AddOwner) => Flash::new(Mood::Warning, "owner-not-added", "owed-not-finished-text"),
        (_, Kind::RemoveOwner) => Flash::new(Mood::Warning, "owner-not-removed", "owed-not-finished-text"),
    }
}

impl Owed {
    pub(super) fn new(frame: Frame, operation: Operation, why_not: Option<Phrase>) -> Self {
        let day = operation.until.map(|end| frame.day(&end).words().to_owned()).unwrap_or_default();
        Self {
            explained: match operation.kind {
                _ if operation.is_wish_to_leave() => {
                    Phrase::new("leave-explained").name("person", &operation.person.name)
                }
                _ if operation.is_at_its_end() => {
                    Phrase::new("ended-explained").name("person", &operation.person.name).word("day", day)
                }
                _ => Phrase::new("owed-explained").name("person", &operation.decided_by.name),
            },
            lasts: lasting::given(&operation, &frame).filter(|_| operation.kind == Kind::Add),
            frame: frame.at(Here::Approvals),
            title: standing::owed_title(&operation),
            act: match operation.kind {
                Kind::Add => "add-to-group",
                Kind::Remove => "remove-from-group",
                Kind::AddOwner => "make-owner",
                Kind::RemoveOwner => "remove-owner",
            }
            .into(),
            refusal: operation.refusal.map(refusals::directory_refusal),
            operation,
            why_not,
        }
    }
}

/// What is owed, with what is known of it now.
struct Facts {
    operation: Operation,
    designation: Option<Designation>,
    live: Live,
}

impl Facts {
    /// Reads it for an owner of the group.
    async fn read(app: &App, signed: &Signed, id: OperationId) -> Result<Self, Trouble> {
        let operation = app.store.operations().find(id).await?.filter(|operation| operation.request.is_none());
        let operation = operation.ok_or(Trouble::NotFound)?;
        let live = app.graph.person(&signed.token).live(operation.group, operation.person.id).await?;
        approval::may_read(&signed.viewer, &live.owners).map_err(|refusal| match refusal {
            Refusal::NotOwner => Trouble::NotFound,
            refusal => refusal.into(),
        })?;
        Ok(Self { designation: app.store.designations().find(operation.group).await?, operation, live })
    }
}
