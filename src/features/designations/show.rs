//! One group as an administrator sees it: whether it takes part, and its terms.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};

use crate::{
    domain::{
        designation::{self, Designation},
        directory::PersonRef,
        ids::{GroupId, PersonId},
        terms::Term,
    },
    sign_in::Signed,
    store::catalogue::Entry,
    web::{
        app::App,
        filters,
        form::{Id, Slips},
        frame::{Frame, Groups, Here},
        page, refusals,
        terms_form::Typed,
        terms_meanwhile::Change,
        terms_words,
        trouble::Trouble,
        words::Phrase,
    },
};

use super::{
    answering::{self, Matter},
    history::{self, Line},
};

#[derive(Template)]
#[template(path = "designations/show.html")]
pub(super) struct Show {
    pub frame: Frame,
    pub id: GroupId,
    pub name: String,
    pub description: String,
    pub owners: Vec<PersonRef>,
    /// Those of them who cannot sign in, as far as is known.
    pub unable: Vec<PersonId>,
    /// What that means.
    pub matter: Option<Matter>,
    pub designation: Option<Designation>,
    pub suspended: Option<Phrase>,
    /// Why this person cannot designate the group or change its terms.
    pub why_not: Option<Phrase>,
    pub can_change: bool,
    /// The version that the form is drawn from; 0 when the group does not take part.
    pub version: i64,
    pub typed: Typed,
    pub slips: Slips,
    /// What others changed since the form was drawn.
    pub meanwhile: Vec<Change>,
    /// What changed outside Roster, newest first.
    pub history: Vec<Line>,
}

/// Shows a group of the tenant to an administrator or auditor.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody else, and for groups the copy does not know.
pub async fn show(
    State(app): State<App>,
    signed: Signed,
    Id(id): Id<GroupId>,
    Groups(groups): Groups,
    frame: Frame,
) -> Result<Response, Trouble> {
    if !signed.viewer.sees_everything() {
        return Err(Trouble::NotFound);
    }
    let entry = groups.any(id).ok_or(Trouble::NotFound)?;
    let terms = entry.designation.as_ref().map(|designation| designation.terms.clone()).unwrap_or_default();
    let history = history::of(&app, id, &frame).await?;
    let page = Show::new(frame, &signed, &entry, Typed::from(&terms));
    Ok(page::ok(Show { history, ..page }).into_response())
}

impl Show {
    /// Draws the form again with what was typed, from a version.
    ///
    /// # Errors
    /// A trouble when the store cannot be asked.
    pub(super) async fn again(
        app: &App,
        frame: Frame,
        signed: &Signed,
        entry: &Entry,
        typed: Typed,
        version: i64,
    ) -> Result<Self, Trouble> {
        let history = history::of(app, entry.group.id, &frame).await?;
        Ok(Self { version, history, ..Self::new(frame, signed, entry, typed) })
    }

    /// Returns what owners may change of the group in the directory, beside its members.
    fn open_in_directory(&self) -> Vec<&'static str> {
        let Some(designation) = &self.designation else { return Vec::new() };
        let open = Term::ALL.into_iter().filter(|term| term.is_only_a_lock() && designation.terms.is_open(*term));
        open.map(terms_words::name).collect()
    }

    pub(super) fn new(frame: Frame, signed: &Signed, entry: &Entry, typed: Typed) -> Self {
        let may = designation::may_designate(&signed.viewer, &entry.group);
        let suspended = entry.designation.as_ref().and_then(|designation| designation.suspended);
        let suspended = suspended.map(|(_, reason)| refusals::suspend_reason(reason));
        let why_not = may.as_ref().err().map(|refusal| refusals::sentence(refusal, &frame));
        Self {
            id: entry.group.id,
            name: entry.group.name.clone(),
            description: entry.group.description.clone(),
            owners: entry.owners.clone(),
            unable: entry.unable.clone().unwrap_or_default(),
            matter: answering::matter(entry),
            designation: entry.designation.clone(),
            can_change: may.is_ok() && !entry.gone,
            // One sentence is said once.
            why_not: why_not.filter(|why| suspended.as_ref() != Some(why)),
            suspended,
            version: entry.designation.as_ref().map_or(0, |designation| designation.version),
            typed,
            slips: Slips::default(),
            meanwhile: Vec::new(),
            history: Vec::new(),
            frame: frame.at(Here::Admin),
        }
    }
}
