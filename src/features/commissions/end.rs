//! Take a commission back while nobody has begun or whoever began no longer can, or note that what became of it is seen.

use axum::{
    extract::State as Shared,
    response::{IntoResponse, Redirect, Response},
};
use serde_json::json;

use crate::{
    domain::{
        commission::{self, Commission, NOTE_LIMIT, State, Step},
        event::{Event, EventKind},
        ids::CommissionId,
        refusal::Refusal,
        text::{self, TextProblem},
    },
    sign_in::Signed,
    store,
    web::{
        app::App,
        flash::{Flash, Mood},
        form::{Fields, Id},
        frame::{Frame, Jar},
        page,
        trouble::Trouble,
        words::Phrase,
    },
};

use super::{
    list,
    show::{self, Show},
};

/// Takes it back, with the reason that whom it was given to reads.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody but administrators and auditors; a refusal when a rule says no, or the group is being
/// created already.
pub async fn withdraw(
    Shared(app): Shared<App>,
    signed: Signed,
    Jar(cookies): Jar,
    Id(id): Id<CommissionId>,
    frame: Frame,
    fields: Fields,
) -> Result<Response, Trouble> {
    let it = show::open(&app, &signed, id).await?;
    let refused = |refusal| Trouble::refused(refusal).typed(fields.get("why"));
    commission::may_commission(&signed.viewer).map_err(refused)?;
    if it.state == State::Withdrawn && it.why == text::clean(fields.get("why")) {
        // A second click.
        return Ok(Redirect::to(&page_of(id)).into_response());
    }
    let unable = list::unable(&app, &signed, std::slice::from_ref(&it)).await?.get(&it.to.id).copied();
    commission::may_end(&signed.viewer, &it, commission::taking_back(&it, unable)).map_err(refused)?;
    let why = match text::required(fields.get("why"), NOTE_LIMIT) {
        Ok(why) => why,
        Err(problem) => {
            let mut page = Show::read(&app, &signed, frame, it).await?;
            fields.get("why").clone_into(&mut page.typed);
            page.slips.note("why", slip(problem));
            return Ok(page::slip(page).into_response());
        }
    };
    let (by, now) = (signed.person(), app.clock.now());
    let detail = json!({ "commission": id, "why_sha256": store::fingerprint(&why) });
    let event = event(EventKind::CommissionWithdrawn, &signed, &it, now).detail(detail);
    if !app.store.commissions().withdraw(&it, &why, &by, now, &event).await?.is_yes() {
        return Err(refused(Refusal::Stale));
    }

    let told = if unable.is_none() { "commission-withdrawn-text" } else { "" };
    Flash::new(Mood::Success, "commission-withdrawn-done", told).name("person", &it.to.name).leave(&app, &cookies);
    Ok(Redirect::to(&page_of(id)).into_response())
}

/// Notes that access is granted, or that a refusal is seen.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody but administrators and auditors; a refusal when a rule says no.
pub async fn close(
    Shared(app): Shared<App>,
    signed: Signed,
    Jar(cookies): Jar,
    Id(id): Id<CommissionId>,
    _: Fields,
) -> Result<Response, Trouble> {
    let it = show::open(&app, &signed, id).await?;
    commission::may_commission(&signed.viewer)?;
    if it.state == State::Done {
        // A second click.
        return Ok(Redirect::to("/admin/commissions").into_response());
    }
    commission::may_end(&signed.viewer, &it, Step::Close)?;
    let (by, now) = (signed.person(), app.clock.now());
    let event = event(EventKind::CommissionClosed, &signed, &it, now).detail(json!({ "commission": id }));
    let event = match &it.group {
        Some((group, _)) => event.group(*group),
        None => event,
    };
    // A second click finds it closed, which is what it wished.
    let _ = app.store.commissions().close(id, &by, now, &event).await?;
    Flash::new(Mood::Success, "commission-closed-done", "").leave(&app, &cookies);
    Ok(Redirect::to("/admin/commissions").into_response())
}

fn event(kind: EventKind, signed: &Signed, it: &Commission, now: jiff::Timestamp) -> Event {
    let event = Event::new(kind, Some(signed.person()), now);
    // In the history of a group stands what happened to the group, and to nobody.
    if it.group.is_some() { event } else { event.person(it.to.id) }
}

pub(super) fn page_of(id: CommissionId) -> String {
    format!("/admin/commissions/{id}")
}

/// Says what is wrong with a reason.
pub(super) fn slip(problem: TextProblem) -> Phrase {
    match problem {
        TextProblem::Missing => "commission-needs-why".into(),
        TextProblem::TooLong { limit, length } => {
            Phrase::new("text-too-long").count("limit", limit).count("length", length)
        }
    }
}
