//! One group: what it is for, who owns it, how joining works, what I am to it, and why I cannot ask.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};

use crate::{
    domain::{directory::PersonRef, ids::GroupId, joining::Membership, refusal::Refusal, request::JoinRequest},
    sign_in::Signed,
    store::catalogue::Entry,
    web::{
        app::App,
        asking, filters,
        form::Id,
        frame::{Frame, Groups, Here},
        page, refusals, standing, terms_words,
        trouble::Trouble,
        words::Phrase,
    },
};

use super::browse;

#[derive(Template)]
#[template(path = "groups/show.html")]
pub(super) struct Show {
    pub frame: Frame,
    pub id: GroupId,
    pub name: String,
    pub description: String,
    pub kind: Phrase,
    pub owners: Vec<PersonRef>,
    pub gives: String,
    pub reason_required: bool,
    /// How many questions there are to answer.
    pub questions: usize,
    pub open_days: u16,
    /// Who may ask.
    pub who: Phrase,
    /// How many owners have to approve.
    pub approvals: u16,
    pub membership: Membership,
    pub is_owner: bool,
    pub suspended: Option<Phrase>,
    pub may_ask: bool,
    /// Why they cannot ask; not said to members and to those who have asked, who see that instead.
    pub why_not: Option<Phrase>,
    pub request: Option<JoinRequest>,
    pub timeline: Vec<standing::Moment>,
    pub directory_away: bool,
}

/// Shows a group that takes part.
///
/// # Errors
/// [`Trouble::NotFound`] for every other group, whether it exists or not.
pub async fn show(
    State(app): State<App>,
    signed: Signed,
    Id(id): Id<GroupId>,
    Groups(groups): Groups,
    frame: Frame,
) -> Result<Response, Trouble> {
    let entry = groups.designated(id).ok_or(Trouble::NotFound)?;
    let may = asking::may_ask(&app, &signed, &groups, &frame.counts.own_writes, &entry, frame.now).await?;
    let request = match may.open_request {
        Some(request) => app.store.requests().find(request).await?,
        None => None,
    };
    let audience = may.audience.as_deref();
    let page = Show::new(frame, &entry, &signed, may.membership, request, &may.answer, audience)?;
    Ok(page::ok(page).into_response())
}

impl Show {
    pub(super) fn new(
        frame: Frame,
        entry: &Entry,
        signed: &Signed,
        membership: Membership,
        request: Option<JoinRequest>,
        may_ask: &Result<(), Refusal>,
        audience: Option<&str>,
    ) -> Result<Self, Trouble> {
        let designation = entry.designation.as_ref().ok_or(Trouble::NotFound)?;
        let why_not = match may_ask {
            Ok(()) | Err(Refusal::AlreadyMember | Refusal::AlreadyAsked(_) | Refusal::Suspended) => None,
            Err(refusal) => Some(refusals::sentence(refusal, &frame)),
        };
        Ok(Self {
            id: entry.group.id,
            name: entry.group.name.clone(),
            description: entry.group.description.clone(),
            kind: browse::kind_words(entry),
            owners: entry.owners.clone(),
            gives: designation.terms.gives.clone(),
            reason_required: designation.terms.reason_required,
            questions: designation.terms.questions.len(),
            open_days: designation.terms.open_days,
            who: terms_words::who(
                designation.terms.guests_may_ask,
                designation.terms.members_of.as_ref().map(|_| audience),
            ),
            approvals: designation.terms.approvals,
            membership,
            is_owner: entry.owners.iter().any(|owner| owner.id == signed.viewer.id),
            suspended: designation.suspended.map(|(_, reason)| refusals::suspend_reason(reason)),
            may_ask: may_ask.is_ok(),
            why_not,
            timeline: request.as_ref().map(|request| standing::timeline(request, &[], &frame)).unwrap_or_default(),
            request,
            directory_away: membership == Membership::Unknown,
            frame: frame.at(Here::Groups),
        })
    }
}
