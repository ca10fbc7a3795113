//! Change when a membership ends that Roster gave.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use serde_json::json;

use crate::{
    domain::{
        directory::PersonRef,
        event::{Event, EventKind},
        ids::{GroupId, PersonId},
        lasting::{self, End, EndProblem, Lasting},
        managing::{self, Managing, REASON_LIMIT},
        powers::Power,
        refusal::Refusal,
        text,
    },
    sign_in::Signed,
    store::{self, EndChange},
    web::{
        app::App,
        filters,
        flash::{Flash, Mood},
        form::{Fields, Ids, Slips, text_slip},
        frame::{Frame, Groups, Here, Jar},
        page, refusals,
        trouble::Trouble,
        words::Phrase,
    },
};

use super::{gather::Facts, workspace::Workspace};

#[derive(Template)]
#[template(path = "owned/end.html")]
pub(super) struct ChangeEnd {
    pub frame: Frame,
    pub it: Workspace,
    pub person: PersonRef,
    /// What is kept of the end, and from which version the form is drawn.
    pub end: Option<End>,
    pub lasting: Lasting,
    pub why_not: Option<Phrase>,
    /// The day and the reason as they were typed.
    pub typed: (String, String),
    pub slips: Slips,
}

/// Shows when a membership ends, as a form.
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
    let it = Workspace::open(&app, &signed, &groups, &frame, id, Power::ChangeEnd).await?;
    let facts = Facts::read(&app, &signed, &groups, id, person).await?;
    let (end, given) = of(&app, id, person).await?;
    let may = managing::may_change_end(&facts.managing(&signed), person, given);
    Ok(page::ok(ChangeEnd::new(frame, it, facts.person(person), end, may)).into_response())
}

/// Changes when a membership ends.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody but owners; a refusal when a rule says no, or somebody was first; a trouble when the
/// directory or the store cannot be asked. Nothing is recorded then.
pub async fn change(
    State(app): State<App>,
    signed: Signed,
    Jar(cookies): Jar,
    Ids(id, person): Ids<GroupId, PersonId>,
    Groups(groups): Groups,
    frame: Frame,
    fields: Fields,
) -> Result<Response, Trouble> {
    let it = Workspace::open(&app, &signed, &groups, &frame, id, Power::ChangeEnd).await?;
    let facts = Facts::read(&app, &signed, &groups, id, person).await?;
    let (end, given) = of(&app, id, person).await?;
    let refused = |refusal| Trouble::refused(refusal).about_owned(id).typed(fields.get("reason"));
    managing::may_change_end(&facts.managing(&signed), person, given).map_err(refused)?;

    let must_accept = it.must_accept;
    let page = ChangeEnd::new(frame, it, facts.person(person), end, Ok(()));
    let (at, why) = match page.read(&fields) {
        Ok(wished) => wished,
        Err(slips) => {
            let typed = (fields.get("until").to_owned(), fields.get("reason").to_owned());
            return Ok(page::slip(ChangeEnd { typed, slips, ..page }).into_response());
        }
    };
    let members = format!("/owned/{id}/members");
    let before = page.end.as_ref().and_then(|end| end.at);
    if before == at {
        // A double click, or nothing is changed.
        return Ok(Redirect::to(&members).into_response());
    }
    if at.is_none_or(|at| before.is_some_and(|before| at > before)) {
        let accepting = Managing { must_accept, ..facts.managing(&signed) };
        managing::may_end_later(&accepting).map_err(refused)?;
    }
    if fields.version() != page.version() {
        return Err(refused(Refusal::Stale));
    }

    let (by, now) = (signed.person(), app.clock.now());
    let event = Event::new(EventKind::EndChanged, Some(by.clone()), now).group(id).person(person).detail(json!({
        "before": before, "until": at, "name": page.person.name, "reason_sha256": store::fingerprint(&why),
    }));
    let (group, version) = ((id, facts.group_name.as_str()), page.version());
    let change = EndChange { group, person: &page.person, at, by: &by, why: &why, version, now, event: &event };
    if !app.store.membership_ends().change(&change).await?.is_yes() {
        return Err(refused(Refusal::Stale));
    }

    let title = if at.is_some() { "end-changed" } else { "end-taken-away" };
    let flash = Flash::new(Mood::Success, title, "");
    flash.name("person", &page.person.name).name("group", &facts.group_name).leave(&app, &cookies);
    Ok(Redirect::to(&members).into_response())
}

/// Returns what is kept of an end, and whether Roster gave the membership.
async fn of(app: &App, group: GroupId, person: PersonId) -> Result<(Option<End>, bool), Trouble> {
    let end = app.store.membership_ends().find(group, person).await?;
    let given = app.store.membership_ends().is_given(group, person).await?;
    Ok((end, given))
}

impl ChangeEnd {
    pub(super) fn new(
        frame: Frame,
        it: Workspace,
        person: PersonRef,
        end: Option<End>,
        may: Result<(), Refusal>,
    ) -> Self {
        let at = end.as_ref().and_then(|end| end.at);
        let day = at.map(|at| at.to_zoned_datetime(frame.zone.clone()).date().to_string()).unwrap_or_default();
        Self {
            lasting: it.designation().map(|designation| designation.terms.lasting).unwrap_or_default(),
            why_not: may.err().map(|refusal| refusals::sentence(&refusal, &frame)),
            frame: frame.at(Here::Owned),
            it,
            person,
            end,
            typed: (day, String::new()),
            slips: Slips::default(),
        }
    }

    /// Reads the day and the reason.
    fn read(&self, fields: &Fields) -> Result<(Option<jiff::Timestamp>, String), Slips> {
        let until = lasting::wished_end(self.lasting, fields.get("until"), &self.frame.zone, self.frame.now);
        let why = text::required(fields.get("reason"), REASON_LIMIT);
        match (until, why) {
            (Ok(until), Ok(why)) => Ok((until, why)),
            (until, why) => {
                let mut slips = Slips::default();
                if let Err(problem) = until {
                    slips.note("until", self.slip(problem));
                }
                if let Err(problem) = why {
                    slips.note("reason", text_slip(problem, "end-needs-reason"));
                }
                Err(slips)
            }
        }
    }

    pub(super) fn slip(&self, problem: EndProblem) -> Phrase {
        match problem {
            EndProblem::NotADay => "end-not-a-day".into(),
            EndProblem::Past => "end-past".into(),
            EndProblem::TooLate => Phrase::new("end-too-late").word("day", self.latest()),
        }
    }

    /// Returns the latest day that may be set.
    fn latest(&self) -> String {
        lasting::latest_day(self.lasting, &self.frame.zone, self.frame.now).strftime("%-d %B %Y").to_string()
    }

    fn version(&self) -> i64 {
        self.end.as_ref().map_or(0, |end| end.version)
    }

    fn hint(&self) -> Phrase {
        let key = if self.lasting.offered().is_some() { "end-hint" } else { "end-hint-for-ever" };
        Phrase::new(key).word("day", self.latest())
    }
}
