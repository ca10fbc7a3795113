//! A commission as whom it was given to sees it: what is asked for, and declining it. The group is created on its own page.

use askama::Template;
use axum::{
    extract::State as Shared,
    response::{IntoResponse, Redirect, Response},
};
use serde_json::json;

use crate::{
    config::OwnersChange,
    domain::{
        commission::{self, Commission, NOTE_LIMIT, State},
        event::{Event, EventKind},
        ids::CommissionId,
        powers::GROUP_SCOPE,
        refusal::Refusal,
        text,
    },
    sign_in::Signed,
    store,
    web::{
        app::App,
        filters,
        flash::{Flash, Mood},
        form::{Fields, Id, Slips},
        frame::{Frame, Here, Jar},
        page, refusals,
        trouble::Trouble,
        words::Phrase,
    },
};

use super::{end, words};

#[derive(Template)]
#[template(path = "commissions/answer.html")]
pub(super) struct Answer {
    pub frame: Frame,
    pub it: Commission,
    /// Why the group cannot be created here by this person.
    pub why_not: Option<Phrase>,
    /// What was typed as the reason to decline.
    pub typed: String,
    pub slips: Slips,
}

/// Shows a commission to whom it was given.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody else; a trouble when the store cannot be asked.
pub async fn show(
    Shared(app): Shared<App>,
    signed: Signed,
    Id(id): Id<CommissionId>,
    frame: Frame,
) -> Result<Response, Trouble> {
    let it = open(&app, &signed, id).await?;
    Ok(page::ok(Answer { why_not: why_not(&app, &signed, &it, &frame), ..Answer::new(frame, it) }).into_response())
}

/// Declines it, with the reason that administrators read.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody but whom it was given to; a refusal when it does not wait for an answer.
pub async fn decline(
    Shared(app): Shared<App>,
    signed: Signed,
    Jar(cookies): Jar,
    Id(id): Id<CommissionId>,
    frame: Frame,
    fields: Fields,
) -> Result<Response, Trouble> {
    let it = open(&app, &signed, id).await?;
    let why = match text::required(fields.get("why"), NOTE_LIMIT) {
        Ok(why) => why,
        Err(problem) => {
            let why_not = why_not(&app, &signed, &it, &frame);
            let mut page = Answer { why_not, ..Answer::new(frame, it) };
            fields.get("why").clone_into(&mut page.typed);
            page.slips.note("why", end::slip(problem));
            return Ok(page::slip(page).into_response());
        }
    };
    let there = format!("/owned/commissions/{id}");
    if it.state == State::Declined && it.why == why {
        return Ok(Redirect::to(&there).into_response());
    }
    let refused = |refusal| Trouble::refused(refusal).typed(&why);
    // Whoever declines writes nothing in the directory.
    commission::may_answer(&signed.viewer, &it, true).map_err(refused)?;
    let now = app.clock.now();
    let detail = json!({ "commission": id, "why_sha256": store::fingerprint(&why) });
    let event = Event::new(EventKind::CommissionDeclined, Some(signed.person()), now).detail(detail);
    if !app.store.commissions().decline(&it, &why, now, &event).await?.is_yes() {
        return Err(refused(Refusal::Stale));
    }

    Flash::new(Mood::Success, "commission-declined-done", "").name("person", &it.by.name).leave(&app, &cookies);
    Ok(Redirect::to(&there).into_response())
}

async fn open(app: &App, signed: &Signed, id: CommissionId) -> Result<Commission, Trouble> {
    let it = app.store.commissions().find(id).await?;
    it.filter(|it| commission::is_for(&signed.viewer, it)).ok_or(Trouble::NotFound)
}

fn why_not(app: &App, signed: &Signed, it: &Commission, frame: &Frame) -> Option<Phrase> {
    if it.state != State::Open {
        return None;
    }
    if app.settings.owners_change != OwnersChange::Groups {
        return Some("commission-not-here".into());
    }
    let refusal = commission::may_answer(&signed.viewer, it, signed.token.allows(GROUP_SCOPE)).err()?;
    Some(refusals::sentence(&refusal, frame))
}

impl Answer {
    pub(super) fn new(frame: Frame, it: Commission) -> Self {
        Self { why_not: None, typed: String::new(), slips: Slips::default(), frame: frame.at(Here::Owned), it }
    }

    fn is_open(&self) -> bool {
        self.it.state == State::Open
    }

    fn tag(&self) -> (&'static str, Phrase) {
        words::tag(self.it.state)
    }

    /// Says that it was taken back, and by whom.
    fn withdrawn(&self) -> Option<Phrase> {
        let (by, _) = self.it.ended.as_ref().filter(|_| self.it.state == State::Withdrawn)?;
        Some(Phrase::new("commission-withdrawn-by").name("person", &by.name))
    }
}
