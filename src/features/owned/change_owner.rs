//! Make somebody an owner, take the group from one, or step down.

use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};

use crate::{
    config::OwnersChange,
    domain::{
        event::{Event, EventKind},
        ids::{GroupId, OperationId, PersonId},
        managing::REASON_LIMIT,
        operation::{Kind, Operation},
        powers::Power,
        refusal::{Hindrance, Refusal},
        text,
    },
    sign_in::Signed,
    store::catalogue::Snapshot,
    web::{
        app::App,
        carrying_out::{self, Outcome},
        flash::{Flash, Mood},
        form::{Fields, Id, Ids, text_slip},
        frame::{Frame, Groups, Jar},
        page, refusals,
        trouble::Trouble,
        words::Phrase,
    },
};

use super::{
    add_member::{Asked, evidence},
    choosing::{Choosing, Part},
    confirming::Confirming,
    gather::{self, Facts},
    workspace::Workspace,
};

/// Shows the search for people, and who was found.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody but owners; a refusal when a rule says no; a trouble when the directory is away.
pub async fn add_form(
    State(app): State<App>,
    signed: Signed,
    Id(id): Id<GroupId>,
    Groups(groups): Groups,
    frame: Frame,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let it = open(&app, &signed, &groups, &frame, id).await?;
    let page = Choosing::find(&app, &signed, frame, it, Part::Owner, &asked.q).await?;
    Ok(page::ok(page).into_response())
}

/// Makes the chosen person an owner with the owner's own token.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody but owners; a refusal when a rule says no; a trouble when the directory or the
/// store cannot be asked. Nothing is recorded then.
pub async fn add(
    State(app): State<App>,
    signed: Signed,
    Jar(cookies): Jar,
    Id(id): Id<GroupId>,
    Groups(groups): Groups,
    frame: Frame,
    fields: Fields,
) -> Result<Response, Trouble> {
    let it = open(&app, &signed, &groups, &frame, id).await?;
    let typed = fields.get("reason");
    let again = async |field, slip: Phrase, frame, it| -> Result<Response, Trouble> {
        let page = Choosing::find(&app, &signed, frame, it, Part::Owner, fields.get("q")).await?;
        Ok(page::slip(page.slipped(field, slip, fields.get("person"), typed)).into_response())
    };
    let Ok(person) = fields.get("person").parse::<PersonId>() else {
        return again("person", "add-choose-person".into(), frame, it).await;
    };
    let reason = match text::optional(typed, REASON_LIMIT) {
        Ok(reason) => reason,
        Err(problem) => return again("reason", text_slip(problem, "ask-needs-reason"), frame, it).await,
    };
    let operation = gather::named_by(&fields);
    if gather::is_sent_again(&app, &signed, operation).await? {
        return Ok(Redirect::to(&page_of(id)).into_response());
    }
    let facts = Facts::read(&app, &signed, &groups, id, person).await?;
    match facts.may_add_owner(&signed, it.entry.unable.as_deref()) {
        Ok(()) => {}
        Err(Refusal::Hindered(hindrance)) => return again("person", refusals::hindered(hindrance), frame, it).await,
        Err(refusal) => return Err(Trouble::refused(refusal).about_owned(id).typed(typed)),
    }
    carry_out(&app, &signed, &cookies, Change { kind: Kind::AddOwner, group: id, person, reason, operation }, &facts)
        .await
}

/// Shows what follows when somebody ceases to be an owner, before anything is done.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody but owners; a refusal when a rule says no; a trouble when the directory is away.
pub async fn remove_form(
    State(app): State<App>,
    signed: Signed,
    Ids(id, person): Ids<GroupId, PersonId>,
    Groups(groups): Groups,
    frame: Frame,
) -> Result<Response, Trouble> {
    let it = open(&app, &signed, &groups, &frame, id).await?;
    let facts = Facts::read(&app, &signed, &groups, id, person).await?;
    let may = facts.may_remove_owner(&signed, it.entry.unable.as_deref(), person);
    Ok(page::ok(Confirming::new(frame, it, Part::Owner, facts.owner(person), may)).into_response())
}

/// Takes the group from an owner, who may be the signed-in person.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody but owners; a refusal when a rule says no; a trouble when the directory or the
/// store cannot be asked. Nothing is recorded then.
pub async fn remove(
    State(app): State<App>,
    signed: Signed,
    Jar(cookies): Jar,
    Ids(id, person): Ids<GroupId, PersonId>,
    Groups(groups): Groups,
    frame: Frame,
    fields: Fields,
) -> Result<Response, Trouble> {
    let it = open(&app, &signed, &groups, &frame, id).await?;
    let typed = fields.get("reason");
    let operation = gather::named_by(&fields);
    if gather::is_sent_again(&app, &signed, operation).await? {
        return Ok(Redirect::to(&page_of(id)).into_response());
    }
    let facts = Facts::read(&app, &signed, &groups, id, person).await?;
    match facts.may_remove_owner(&signed, it.entry.unable.as_deref(), person) {
        Ok(()) => {}
        // A double click.
        Err(Refusal::Hindered(Hindrance::BeingRemoved)) => return Ok(Redirect::to(&page_of(id)).into_response()),
        Err(refusal) => return Err(Trouble::refused(refusal).about_owned(id).typed(typed)),
    }
    let reason = match text::optional(typed, REASON_LIMIT) {
        Ok(reason) => reason,
        Err(problem) => {
            let page = Confirming::new(frame, it, Part::Owner, facts.owner(person), Ok(()));
            return Ok(page::slip(page.slipped(text_slip(problem, "ask-needs-reason"), typed)).into_response());
        }
    };
    carry_out(&app, &signed, &cookies, Change { kind: Kind::RemoveOwner, group: id, person, reason, operation }, &facts)
        .await
}

/// Opens a group for somebody who may change its owners, where that is offered at all.
async fn open(app: &App, signed: &Signed, groups: &Snapshot, frame: &Frame, id: GroupId) -> Result<Workspace, Trouble> {
    if app.settings.owners_change != OwnersChange::Groups {
        return Err(Trouble::NotFound);
    }
    Workspace::open(app, signed, groups, frame, id, Power::ChangeOwners).await
}

/// A change of an owner that no rule forbids.
struct Change {
    kind: Kind,
    group: GroupId,
    person: PersonId,
    reason: String,
    operation: OperationId,
}

async fn carry_out(
    app: &App,
    signed: &Signed,
    cookies: &tower_cookies::Cookies,
    change: Change,
    facts: &Facts,
) -> Result<Response, Trouble> {
    let Change { kind, group, person, reason, operation: id } = change;
    let (who, by, now) = (facts.owner(person), signed.person(), app.clock.now());
    let operation = Operation { id, reason, ..Operation::owed(kind, (group, &facts.group_name), &who, &by, now) };
    let decided = if kind.gives() { EventKind::OwnerAddDecided } else { EventKind::OwnerRemovalDecided };
    let event =
        Event::new(decided, Some(by.clone()), now).group(group).person(person).detail(evidence(&operation, facts));
    let store = app.store.clone();
    let record = async move { Ok(store.operations().owe_ownership(&operation, &event).await?.then_some(operation)) };
    let Some(outcome) = carrying_out::record_and_carry_out(app, &signed.token, by, record).await? else {
        if gather::is_sent_again(app, signed, id).await? {
            return Ok(Redirect::to(&page_of(group)).into_response());
        }
        return Err(Trouble::refused(Refusal::Stale).about_owned(group));
    };
    app.forget(signed.viewer.id).await;
    flash(&outcome, kind).name("person", &who.name).name("group", &facts.group_name).leave(app, cookies);
    // Whoever steps down does not see the group's pages any more.
    let steps_down = kind == Kind::RemoveOwner && person == signed.viewer.id && outcome == Outcome::Done;
    let page = if steps_down { "/owned".to_owned() } else { page_of(group) };
    Ok(Redirect::to(&outcome.way_to(&page, signed, now)).into_response())
}

fn page_of(group: GroupId) -> String {
    format!("/owned/{group}/owners")
}

/// Returns what the next page says about an outcome.
pub(super) fn flash(outcome: &Outcome, kind: Kind) -> Flash {
    let (done, underway, delayed) = if kind.gives() {
        ("owner-added-done", "owner-added-underway", "owner-added-delayed")
    } else {
        ("owner-removed-done", "owner-removed-underway", "owner-removed-delayed")
    };
    match outcome {
        Outcome::Done => Flash::new(Mood::Success, done, ""),
        Outcome::Refused(_) | Outcome::Delayed(_) => Flash::new(Mood::Warning, delayed, "owner-underway-text"),
        Outcome::Underway | Outcome::NotAccepted(_) => Flash::new(Mood::Info, underway, "owner-underway-text"),
    }
}
