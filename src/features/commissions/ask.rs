//! Ask somebody to create a group for a resource: the form, the search for people, and the commission.

use askama::Template;
use axum::{
    extract::{Query, State as Shared},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use serde_json::json;

use crate::{
    domain::{
        commission::{self, Commission, NOTE_LIMIT, RESOURCE_LIMIT, State, Unable, Wish},
        creating::{NAME_LIMIT, PURPOSE_LIMIT},
        directory::{Person, PersonRef},
        event::{Event, EventKind},
        ids::{CommissionId, PersonId},
        text::{self, TextProblem},
    },
    sign_in::Signed,
    store,
    web::{
        app::App,
        filters,
        flash::{Flash, Mood},
        form::{Fields, Slips},
        frame::{Frame, Here, Jar},
        page,
        trouble::Trouble,
        words::Phrase,
    },
};

use super::{end, show, words};

#[derive(Template)]
#[template(path = "commissions/ask.html")]
pub(super) struct Ask {
    pub frame: Frame,
    /// What the commission will be recorded as, so that sent twice it is one.
    pub id: CommissionId,
    pub wish: Wish,
    pub to: Option<PersonRef>,
    /// The words that people are looked for by, and those by which they were looked for last.
    pub q: String,
    pub searched: String,
    /// The commission that was sent from this form before, and is another or over.
    pub sent: Option<Sent>,
    /// Who was found; nobody was looked for when `None`.
    pub found: Option<Vec<Person>>,
    pub slips: Slips,
}

/// A commission that was sent before.
pub(super) struct Sent {
    pub id: CommissionId,
    /// Whom it asks.
    pub to: String,
    /// Whether it waits no more.
    pub is_over: bool,
}

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// A commission that somebody declined, or that was taken back, to ask another for the same.
    #[serde(default)]
    again: String,
}

/// Shows the form, empty or with what another was asked for.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody but administrators and auditors; a refusal for auditors.
pub async fn form(
    Shared(app): Shared<App>,
    signed: Signed,
    frame: Frame,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    may_ask(&signed)?;
    let wish = match asked.again.parse() {
        Ok(id) => show::open(&app, &signed, id).await?.wish,
        Err(_) => Wish::default(),
    };
    Ok(page::ok(Ask { wish, ..Ask::new(frame) }).into_response())
}

/// Looks for people, or keeps the commission.
///
/// # Errors
/// As [`form`]; a trouble when the directory or the store cannot be asked.
pub async fn ask(
    Shared(app): Shared<App>,
    signed: Signed,
    Jar(cookies): Jar,
    frame: Frame,
    fields: Fields,
) -> Result<Response, Trouble> {
    may_ask(&signed)?;
    let mut page = Ask::typed(frame, &fields);
    let (to, unable) = chosen(&app, &signed, &fields).await?;
    page.to = to;
    // Whoever presses Enter presses some button: words that were not looked for yet are looked for.
    if !page.q.is_empty() && (fields.get("act") == "find" || page.q != page.searched) {
        page.found = Some(app.graph.person(&signed.token).search_people(&page.q).await?);
        page.searched.clone_from(&page.q);
        return Ok(page::ok(page).into_response());
    }
    if fields.get("act") == "find" && page.q.is_empty() {
        page.slips.note("q", "new-groups-needs-words".into());
        return Ok(page::slip(page).into_response());
    }
    let slips = page.check(unable);
    let Some(to) = page.to.clone().filter(|_| slips.is_empty()) else {
        return Ok(page::slip(Ask { slips, ..page }).into_response());
    };
    let new = Commission {
        id: page.id,
        to,
        wish: page.wish.clone(),
        by: signed.person(),
        at: app.clock.now(),
        state: State::Open,
        creation: None,
        group: None,
        answered_at: None,
        why: String::new(),
        ended: None,
    };
    if !app.store.commissions().begin(&new, &event(&new)).await?.is_yes() {
        // The same form twice is one commission. Another under the same mark was changed after it was sent.
        let kept = app.store.commissions().find(new.id).await?.ok_or(Trouble::NotFound)?;
        let is_over = !matches!(kept.state, State::Open | State::Taken);
        if is_over || kept.wish != new.wish || kept.to.id != new.to.id {
            let again = Ask {
                to: Some(new.to),
                wish: new.wish,
                sent: Some(Sent { id: kept.id, to: kept.to.name, is_over }),
                ..Ask::new(page.frame)
            };
            return Ok(page::slip(again).into_response());
        }
    }

    Flash::new(Mood::Success, "commission-asked-done", "commission-asked-text")
        .name("person", &new.to.name)
        .leave(&app, &cookies);
    Ok(Redirect::to(&end::page_of(new.id)).into_response())
}

fn may_ask(signed: &Signed) -> Result<(), Trouble> {
    if !signed.viewer.sees_everything() {
        return Err(Trouble::NotFound);
    }
    Ok(commission::may_commission(&signed.viewer)?)
}

/// Returns the person who was chosen as the directory names them now, or why they cannot be.
async fn chosen(app: &App, signed: &Signed, fields: &Fields) -> Result<(Option<PersonRef>, Option<Phrase>), Trouble> {
    let Ok(id) = fields.get("person").parse::<PersonId>() else { return Ok((None, None)) };
    let person = app.graph.person(&signed.token).person(id).await?;
    let disabled = app.store.directory().unable_among([id].into()).await?;
    let unable = commission::unable(person.as_ref(), signed.viewer.id);
    Ok(match unable.or_else(|| disabled.contains(&id).then_some(Unable::Disabled)) {
        Some(unable) => (None, Some(words::unable(unable).into())),
        None => (person.map(|person| PersonRef { id, name: person.name }), None),
    })
}

fn event(new: &Commission) -> Event {
    let detail = json!({
        "commission": new.id,
        "resource_sha256": store::fingerprint(&new.wish.resource),
        "purpose_sha256": store::fingerprint(&new.wish.purpose),
    });
    Event::new(EventKind::CommissionMade, Some(new.by.clone()), new.at).person(new.to.id).detail(detail)
}

impl Ask {
    pub(super) fn new(frame: Frame) -> Self {
        Self {
            frame: frame.at(Here::Admin),
            id: CommissionId::new(),
            wish: Wish::default(),
            to: None,
            q: String::new(),
            searched: String::new(),
            sent: None,
            found: None,
            slips: Slips::default(),
        }
    }

    fn typed(frame: Frame, fields: &Fields) -> Self {
        let of = |field: &str| fields.get(field).to_owned();
        let wish = Wish { resource: of("resource"), purpose: of("purpose"), name: of("name"), note: of("note") };
        Self {
            id: fields.get("id").parse().unwrap_or_default(),
            wish,
            q: fields.get("q").trim().chars().take(200).collect(),
            searched: of("searched"),
            ..Self::new(frame)
        }
    }

    /// Makes what is typed fit to keep, and says all that is wrong with it.
    pub(super) fn check(&mut self, unable: Option<Phrase>) -> Slips {
        let mut slips = Slips::default();
        let mut take = |field: &'static str, text: &mut String, missing: Option<&'static str>, limit| {
            let checked = match missing {
                Some(_) => text::required(text, limit),
                None => text::optional(text, limit),
            };
            match (checked, missing) {
                (Ok(kept), _) => *text = kept,
                (Err(TextProblem::TooLong { limit, length }), _) => {
                    slips.note(field, Phrase::new("text-too-long").count("limit", limit).count("length", length));
                }
                (Err(TextProblem::Missing), missing) => slips.note(field, missing.unwrap_or_default().into()),
            }
        };
        let wish = &mut self.wish;
        take("resource", &mut wish.resource, Some("commission-needs-resource"), RESOURCE_LIMIT);
        take("purpose", &mut wish.purpose, Some("commission-needs-purpose"), PURPOSE_LIMIT);
        take("name", &mut wish.name, None, NAME_LIMIT);
        take("note", &mut wish.note, None, NOTE_LIMIT);
        for line in [&mut wish.resource, &mut wish.name] {
            *line = line.replace(['\n', '\t'], " ");
        }
        match (unable, &self.to) {
            (Some(unable), _) => slips.note("person", unable),
            (None, None) => slips.note("person", "commission-needs-person".into()),
            (None, Some(_)) => {}
        }
        slips
    }

    /// Returns why somebody who was found cannot be asked.
    fn hindrance(&self, person: &Person) -> Option<Phrase> {
        let by = self.frame.viewer.as_ref()?.id;
        commission::unable(Some(person), by).map(|unable| words::unable(unable).into())
    }

    fn is_chosen(&self, person: &Person) -> bool {
        self.to.as_ref().is_some_and(|to| to.id == person.id)
    }

    /// Returns the one who was chosen, where they are not among those found.
    fn chosen_before(&self) -> Option<&PersonRef> {
        let to = self.to.as_ref()?;
        let found = self.found.as_ref().is_some_and(|found| found.iter().any(|person| person.id == to.id));
        if found { None } else { Some(to) }
    }
}
