//! Take somebody out of a group: a page that says what follows, and the removal itself.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};

use crate::{
    domain::{
        event::{Event, EventKind},
        ids::{GroupId, PersonId},
        managing::REASON_LIMIT,
        operation::{Kind, Operation},
        powers::Power,
        refusal::{Hindrance, Refusal},
        text,
    },
    sign_in::Signed,
    web::{
        app::App,
        carrying_out::{self, Outcome},
        flash::{Flash, Mood},
        form::{Fields, Ids, text_slip},
        frame::{Frame, Groups, Jar},
        page,
        trouble::Trouble,
    },
};

use super::{
    add_member::evidence,
    choosing::Part,
    confirming::Confirming,
    gather::{self, Facts},
    workspace::Workspace,
};

/// Shows what removing somebody means, before anything is done.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody but owners; a refusal when a rule says no; a trouble when the directory is away.
pub async fn form(
    State(app): State<App>,
    signed: Signed,
    Ids(id, person): Ids<GroupId, PersonId>,
    Groups(groups): Groups,
    frame: Frame,
) -> Result<Response, Trouble> {
    let it = Workspace::open(&app, &signed, &groups, &frame, id, Power::RemoveMember).await?;
    let facts = Facts::read(&app, &signed, &groups, id, person).await?;
    let now = frame.now;
    let page = Confirming::new(frame, it, Part::Member, facts.person(person), facts.may_remove(&signed, now))
        .of(&facts.live.owners);
    Ok(page::ok(page).into_response())
}

/// Removes somebody with the owner's own token.
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
    let it = Workspace::open(&app, &signed, &groups, &frame, id, Power::RemoveMember).await?;
    let members = format!("/owned/{id}/members");
    let operation = gather::named_by(&fields);
    if gather::is_sent_again(&app, &signed, operation).await? {
        return Ok(Redirect::to(&members).into_response());
    }
    let facts = Facts::read(&app, &signed, &groups, id, person).await?;
    let (typed, now) = (fields.get("reason"), app.clock.now());
    match facts.may_remove(&signed, now) {
        Ok(()) => {}
        // A double click.
        Err(Refusal::Hindered(Hindrance::BeingRemoved)) => return Ok(Redirect::to(&members).into_response()),
        Err(refusal) => return Err(Trouble::refused(refusal).about_owned(id).typed(typed)),
    }
    let reason = match text::optional(typed, REASON_LIMIT) {
        Ok(reason) => reason,
        Err(problem) => {
            let page = Confirming::new(frame, it, Part::Member, facts.person(person), Ok(())).of(&facts.live.owners);
            return Ok(page::slip(page.slipped(text_slip(problem, "ask-needs-reason"), typed)).into_response());
        }
    };

    let (who, by) = (facts.person(person), signed.person());
    let removal =
        Operation { id: operation, reason, ..Operation::owed(Kind::Remove, (id, &facts.group_name), &who, &by, now) };
    let event = Event::new(EventKind::RemovalDecided, Some(by.clone()), now)
        .group(id)
        .person(person)
        .detail(evidence(&removal, &facts));
    let store = app.store.clone();
    let record = async move { Ok(store.operations().owe_removal(&removal, &event).await?.then_some(removal)) };
    let Some(outcome) = carrying_out::record_and_carry_out(&app, &signed.token, by, record).await? else {
        return Ok(Redirect::to(&members).into_response());
    };

    flash(&outcome).name("person", &who.name).name("group", &facts.group_name).leave(&app, &cookies);
    Ok(Redirect::to(&outcome.way_to(&members, &signed, now)).into_response())
}

/// Returns what the next page says about an outcome.
pub(super) fn flash(outcome: &Outcome) -> Flash {
    match outcome {
        Outcome::Done => Flash::new(Mood::Success, "removed-done", ""),
        Outcome::Refused(_) | Outcome::Delayed(_) => {
            Flash::new(Mood::Warning, "removed-delayed", "removed-delayed-text")
        }
        Outcome::Underway | Outcome::NotAccepted(_) => {
            Flash::new(Mood::Info, "removed-underway", "removed-underway-text")
        }
    }
}
