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
        terms::Terms,
    },
    sign_in::Signed,
    store::catalogue::Entry,
    web::{
        app::App,
        filters,
        form::{Fields, Id, Slips},
        frame::{Frame, Groups, Here},
        page, refusals,
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
    pub typed: Typed,
    pub slips: Slips,
    /// What changed outside Roster, newest first.
    pub history: Vec<Line>,
}

/// The terms as they stand in the form: text until they are checked.
pub(super) struct Typed {
    pub gives: String,
    pub open_days: String,
    pub cool_down_days: String,
    pub reason_required: bool,
    pub guests_may_ask: bool,
    pub owners_change_owners: bool,
    pub owners_change_details: bool,
}

impl From<&Terms> for Typed {
    fn from(terms: &Terms) -> Self {
        Self {
            gives: terms.gives.clone(),
            open_days: terms.open_days.to_string(),
            cool_down_days: terms.cool_down_days.to_string(),
            reason_required: terms.reason_required,
            guests_may_ask: terms.guests_may_ask,
            owners_change_owners: terms.owners_change_owners,
            owners_change_details: terms.owners_change_details,
        }
    }
}

impl From<&Fields> for Typed {
    fn from(fields: &Fields) -> Self {
        Self {
            gives: fields.get("gives").to_owned(),
            open_days: fields.get("open_days").to_owned(),
            cool_down_days: fields.get("cool_down_days").to_owned(),
            reason_required: fields.ticked("reason_required"),
            guests_may_ask: fields.ticked("guests_may_ask"),
            owners_change_owners: fields.ticked("owners_change_owners"),
            owners_change_details: fields.ticked("owners_change_details"),
        }
    }
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
    let page = Show::new(frame, &signed, &entry, Typed::from(&terms), Slips::default());
    Ok(page::ok(Show { history, ..page }).into_response())
}

impl Show {
    /// Returns the version that the form is drawn from; 0 when the group does not take part.
    fn version(&self) -> i64 {
        self.designation.as_ref().map_or(0, |designation| designation.version)
    }

    pub(super) fn new(frame: Frame, signed: &Signed, entry: &Entry, typed: Typed, slips: Slips) -> Self {
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
            typed,
            slips,
            history: Vec::new(),
            frame: frame.at(Here::Admin),
        }
    }
}
