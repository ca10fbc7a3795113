//! What the terms leave to owners: shown, and changed after a look at who is affected, never past a lock.

use std::collections::BTreeSet;

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use serde_json::json;

use crate::{
    domain::{
        changing_terms,
        designation::Designation,
        event::{Event, EventKind},
        ids::GroupId,
        powers::Power,
        refusal::Refusal,
        terms::{Term, Terms},
    },
    sign_in::Signed,
    web::{
        app::App,
        audience::Choice,
        filters,
        flash::{Flash, Mood},
        form::{Fields, Id, Slips},
        frame::{Frame, Groups, Here, Jar},
        page, refusals,
        terms_form::{self, Typed},
        terms_meanwhile::{self, Change},
        terms_words::{self, Fact},
        trouble::Trouble,
        words::Phrase,
    },
};

use super::{
    gather::Facts,
    workspace::{Tab, Workspace},
};
use preview::Preview;

pub(super) mod preview;

#[derive(Template)]
#[template(path = "owned/terms.html")]
pub(super) struct OwnTerms {
    pub frame: Frame,
    pub it: Workspace,
    pub tab: Tab,
    pub version: i64,
    /// What stands in the form, which has fields for what is open.
    pub typed: Typed,
    pub slips: Slips,
    /// What only administrators change; who set it is beside it.
    pub locked: Vec<Fact>,
    /// Why somebody who sees the page changes nothing on it.
    pub why_not: Option<Phrase>,
    /// What others changed since the form was drawn.
    pub meanwhile: Vec<Change>,
}

/// Shows the terms to somebody who may see the group, with a form for what is open to those who may change it.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody who may not know of the page.
pub async fn form(
    State(app): State<App>,
    signed: Signed,
    Id(id): Id<GroupId>,
    Groups(groups): Groups,
    frame: Frame,
) -> Result<Response, Trouble> {
    let it = Workspace::open(&app, &signed, &groups, &frame, id, Power::See).await?;
    Ok(page::ok(OwnTerms::new(frame, it, &signed)).into_response())
}

/// Changes what the terms leave open: first a look at what follows, then, confirmed, the change. Who owns the group is read
/// live.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody but owners; a refusal when a rule says no; a trouble when the directory or the
/// store cannot be asked.
pub async fn change(
    State(app): State<App>,
    signed: Signed,
    Jar(cookies): Jar,
    Id(id): Id<GroupId>,
    Groups(groups): Groups,
    frame: Frame,
    fields: Fields,
) -> Result<Response, Trouble> {
    let it = Workspace::open(&app, &signed, &groups, &frame, id, Power::ChangeTerms).await?;
    let facts = Facts::read(&app, &signed, &groups, id, signed.viewer.id).await?;
    let refused = |refusal| Trouble::refused(refusal).about_owned(id).typed(fields.longest());
    let current = facts.designation.clone().ok_or_else(|| refused(Refusal::NotDesignated))?;
    let meanwhile = terms_meanwhile::since(&app, &current, fields.version(), &frame).await?;
    let drawn = meanwhile.drawn.as_ref().unwrap_or(&current.terms);

    let choice = Choice { groups: &groups, viewer: &signed.viewer, own: Some(id) };
    // Whoever marks a locked term posts by hand, or did not see the lock yet; what cannot be read touches it too.
    let marked = terms_form::marked(&fields);
    let locked = marked.iter().copied().filter(|term| !current.terms.is_open(*term)).collect();
    let Ok(touched) = terms_form::read(&fields, &locked, drawn, &choice) else {
        let by = current.terms_by.clone();
        return Err(refused(facts.may_change_terms(&signed, &current.terms).err().unwrap_or(Refusal::Locked { by })));
    };
    let touched = changing_terms::laid_over(&current.terms, drawn, &touched);
    facts.may_change_terms(&signed, &touched).map_err(refused)?;

    let mut page = OwnTerms::new(frame, it, &signed);
    page.version = current.version;
    let open: BTreeSet<Term> = marked.difference(&locked).copied().collect();
    let wished = match terms_form::read(&fields, &open, drawn, &choice) {
        Ok(wished) => changing_terms::laid_over(&current.terms, drawn, &wished),
        Err(slips) => {
            page.typed = Typed::again(&fields, page.typed.drawn);
            // What was typed is laid over what others changed once it can be read.
            page.version = fields.version();
            return Ok(page::slip(OwnTerms { slips, meanwhile: meanwhile.changes, ..page }).into_response());
        }
    };
    facts.may_change_terms(&signed, &wished).map_err(refused)?;
    page.typed = Typed::from(&wished).only(page.typed.drawn);
    if !meanwhile.changes.is_empty() && wished != current.terms {
        return Ok(page::slip(OwnTerms { meanwhile: meanwhile.changes, ..page }).into_response());
    }
    let there = format!("/owned/{id}/terms");
    if wished == current.terms {
        // A double click, or nothing was changed.
        return Ok(Redirect::to(&there).into_response());
    }
    if fields.ticked("again") {
        return Ok(page::ok(page).into_response());
    }
    if !fields.ticked("confirmed") {
        let preview = Preview::read(&app, page, &current.terms, &wished).await?;
        return Ok(page::ok(preview).into_response());
    }
    if !record(&app, &signed, &current, &wished).await? {
        return Err(refused(Refusal::Stale));
    }

    Flash::new(Mood::Success, "terms-changed", "").name("group", &facts.group_name).leave(&app, &cookies);
    Ok(Redirect::to(&there).into_response())
}

/// Records changed terms with what they were before; `false` when somebody was first.
async fn record(app: &App, signed: &Signed, before: &Designation, after: &Terms) -> Result<bool, Trouble> {
    let now = app.clock.now();
    let event = Event::new(EventKind::DesignationChanged, Some(signed.person()), now)
        .group(before.group)
        .detail(json!({ "terms": after, "before": before.terms, "from_version": before.version }));
    let (designations, by) = (app.store.designations(), signed.person());
    Ok(designations.change_open_terms(before.group, after, &by, before.version, now, &event).await?.is_yes())
}

impl OwnTerms {
    pub(super) fn new(frame: Frame, it: Workspace, signed: &Signed) -> Self {
        let terms = it.designation().map(|designation| designation.terms.clone()).unwrap_or_default();
        let open = terms_form::every().into_iter().filter(|term| terms.is_open(*term)).collect();
        let why_not = match it.may(Power::ChangeTerms, signed) {
            Err(refusal) => Some(refusals::sentence(&refusal, &frame)),
            Ok(()) => None,
        };
        Self {
            version: it.designation().map_or(0, |designation| designation.version),
            typed: Typed::from(&terms).only(open),
            slips: Slips::default(),
            locked: terms_words::facts(&terms).into_iter().filter(|fact| !fact.is_open).collect(),
            why_not,
            meanwhile: Vec::new(),
            tab: Tab::Terms,
            frame: frame.at(Here::Owned),
            it,
        }
    }

    /// Returns who set what is locked.
    fn set_by(&self) -> &str {
        self.it.designation().map_or("", |designation| &designation.terms_by.name)
    }
}
