//! Let somebody in without a request: find them by name, say why if there is something to say, add.

use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

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
    store,
    web::{
        app::App,
        carrying_out::{self, Outcome},
        flash::{Flash, Mood},
        form::{Fields, Id, text_slip},
        frame::{Frame, Groups, Jar},
        lasting, page, refusals,
        trouble::Trouble,
        words::Phrase,
    },
};

use super::{
    choosing::{Choosing, Part},
    gather::{self, Facts},
    workspace::Workspace,
};

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    pub(super) q: String,
}

/// Shows the search for people, and who was found.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody but owners; a refusal when a rule says no; a trouble when the directory is away.
pub async fn form(
    State(app): State<App>,
    signed: Signed,
    Id(id): Id<GroupId>,
    Groups(groups): Groups,
    frame: Frame,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let it = Workspace::open(&app, &signed, &groups, &frame, id, Power::AddMember).await?;
    let page = Choosing::find(&app, &signed, frame, it, Part::Member, &asked.q).await?;
    Ok(page::ok(page).into_response())
}

/// Adds the chosen person with the owner's own token.
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
    let it = Workspace::open(&app, &signed, &groups, &frame, id, Power::AddMember).await?;
    let typed = fields.get("reason");
    let again = async |field, slip: Phrase, frame, it| -> Result<Response, Trouble> {
        let page = Choosing::find(&app, &signed, frame, it, Part::Member, fields.get("q")).await?;
        let page = page.slipped(field, slip, fields.get("person"), typed).lasting(fields.get("days"));
        Ok(page::slip(page).into_response())
    };
    let Ok(person) = fields.get("person").parse::<PersonId>() else {
        return again("person", "add-choose-person".into(), frame, it).await;
    };
    let reason = match text::optional(typed, REASON_LIMIT) {
        Ok(reason) => reason,
        Err(problem) => return again("reason", text_slip(problem, "ask-needs-reason"), frame, it).await,
    };
    let lasting = it.designation().map(|designation| designation.terms.lasting).unwrap_or_default();
    let days = match lasting::read(&fields, lasting) {
        Ok(days) => days,
        Err(slip) => return again("days", slip, frame, it).await,
    };
    let members = format!("/owned/{id}/members");
    let operation = gather::named_by(&fields);
    if gather::is_sent_again(&app, &signed, operation).await? {
        return Ok(Redirect::to(&members).into_response());
    }
    let must_accept = it.must_accept;
    let facts = Facts::read(&app, &signed, &groups, id, person).await?;
    match facts.may_add(&signed, must_accept) {
        Ok(()) => {}
        Err(Refusal::Hindered(hindrance)) if !matches!(hindrance, Hindrance::HasAsked(_)) => {
            return again("person", refusals::hindered(hindrance), frame, it).await;
        }
        Err(refusal) => return Err(Trouble::refused(refusal).about_owned(id).typed(typed)),
    }

    let (who, by, now) = (facts.person(person), signed.person(), app.clock.now());
    let lasting = facts.designation.as_ref().map(|designation| designation.terms.lasting).unwrap_or_default();
    let until = lasting.until(days, now);
    let owed = Operation::owed(Kind::Add, (id, &facts.group_name), &who, &by, now);
    let add = Operation { id: operation, reason, until, ..owed };
    let event = Event::new(EventKind::AddDecided, Some(by.clone()), now)
        .group(id)
        .person(person)
        .detail(evidence(&add, &facts));
    let (store, terms) = (app.store.clone(), facts.terms_version());
    let record = async move { Ok(store.operations().owe_add(&add, terms, &event).await?.then_some(add)) };
    let Some(outcome) = carrying_out::record_and_carry_out(&app, &signed.token, by, record).await? else {
        if gather::is_sent_again(&app, &signed, operation).await? {
            return Ok(Redirect::to(&members).into_response());
        }
        // Somebody was first with the same, or paused the group.
        return Err(Trouble::refused(Refusal::Stale).about_owned(id).typed(typed));
    };

    flash(&outcome).name("person", &who.name).name("group", &facts.group_name).leave(&app, &cookies);
    Ok(Redirect::to(&outcome.way_to(&members, &signed, now)).into_response())
}

/// Returns what the next page says about an outcome.
pub(super) fn flash(outcome: &Outcome) -> Flash {
    match outcome {
        Outcome::Done => Flash::new(Mood::Success, "added-done", ""),
        Outcome::Refused(_) | Outcome::Delayed(_) => Flash::new(Mood::Warning, "added-delayed", "added-delayed-text"),
        Outcome::Underway | Outcome::NotAccepted(_) => Flash::new(Mood::Info, "added-underway", "added-underway-text"),
    }
}

/// Returns what is kept with an owner's direct change: what was read live, and a mark of their words.
pub(super) fn evidence(operation: &Operation, facts: &Facts) -> serde_json::Value {
    let owners: Vec<_> = facts.live.owners.iter().map(|owner| owner.id).collect();
    serde_json::json!({
        "operation": operation.id,
        "owners": owners,
        "reason_sha256": store::fingerprint(&operation.reason),
        "person_enabled": facts.live.requester.as_ref().and_then(|person| person.enabled),
        "was_member": facts.live.is_member,
        "terms_version": facts.designation.as_ref().map(|designation| designation.version),
    })
}
