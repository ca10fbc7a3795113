//! The form of a new group, and what is checked before it is created.

use askama::Template;
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use crate::{
    domain::{
        creating,
        directory::{Kind, Person},
        ids::{CommissionId, EventId},
        powers::GROUP_SCOPE,
        refusal::{Hindrance, Refusal},
    },
    graph::Nickname,
    sign_in::Signed,
    web::{
        app::App,
        filters,
        form::{Fields, Slips},
        frame::{Frame, Groups, Here},
        page, refusals,
        trouble::Trouble,
        words::Phrase,
    },
};

use super::{
    super::deeds,
    ahead::Ahead,
    check::{self, Finding, Verdict},
    draft::{Act, Draft},
    made,
};

#[derive(Template)]
#[template(path = "owned/new.html")]
pub(in crate::features::owned) struct Form {
    pub frame: Frame,
    pub draft: Draft,
    pub ahead: Ahead,
    /// Who was found; nobody was looked for when `None`.
    pub found: Option<Vec<Person>>,
    pub why_not: Option<Phrase>,
    pub slips: Slips,
}

#[derive(Template)]
#[template(path = "owned/new_check.html")]
pub(in crate::features::owned) struct Check {
    pub frame: Frame,
    pub draft: Draft,
    pub ahead: Ahead,
    pub findings: Vec<Finding>,
}

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// A group that was not created, to begin from.
    #[serde(default)]
    again: String,
    /// A commission to begin from.
    #[serde(default)]
    commission: String,
}

/// Shows the form, empty or with what was asked for before.
///
/// # Errors
/// [`Trouble::NotFound`] where owners change members only; a refusal for guests.
pub async fn form(
    State(app): State<App>,
    signed: Signed,
    frame: Frame,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let why_not = open(&app, &signed)?.map(|refusal| refusals::sentence(&refusal, &frame));
    let mut draft = match asked.again.parse::<EventId>() {
        Ok(id) => made::own(&app, &signed, id).await?.map(Draft::from).unwrap_or_default(),
        Err(_) => Draft::default(),
    };
    let commission = asked.commission.parse::<CommissionId>().ok();
    draft.commission = commission.or(draft.commission);
    let ahead = Ahead::read(&app, &signed, &mut draft).await?;
    if let (Some(id), Some(known)) = (commission, &ahead.commission) {
        if ahead.is_over() {
            return Ok(Redirect::to(&format!("/owned/commissions/{id}")).into_response());
        }
        draft = Draft::from(known);
    }
    Ok(page::ok(Form { why_not, ..Form::new(frame, ahead, draft) }).into_response())
}

/// Takes the form: looks for people, checks what was asked for, or creates the group.
///
/// # Errors
/// [`Trouble::NotFound`] where owners change members only; a refusal when a rule says no; a trouble when the directory or
/// the store cannot be asked.
pub async fn post(
    State(app): State<App>,
    signed: Signed,
    Groups(groups): Groups,
    frame: Frame,
    fields: Fields,
) -> Result<Response, Trouble> {
    if let Some(refusal) = open(&app, &signed)? {
        return Err(Trouble::refused(refusal).typed(fields.longest()));
    }
    let act = Act::read(&fields);
    if act == Act::Create
        && let Ok(id) = fields.get("operation").parse::<EventId>()
        && made::own(&app, &signed, id).await?.is_some()
    {
        return Ok(Redirect::to(&made::page_of(id)).into_response());
    }
    let (mut draft, hindered) = Draft::read(&app, &signed, &fields, act).await?;
    let ahead = Ahead::read(&app, &signed, &mut draft).await?;
    if ahead.is_over() {
        return Ok(over(frame, ahead, draft));
    }
    if !hindered.is_empty() {
        return Ok(page::slip(Form { slips: hindered, ..Form::new(frame, ahead, draft) }).into_response());
    }
    match act {
        Act::Check | Act::Create => {}
        Act::Find => return find(&app, &signed, Form::new(frame, ahead, draft)).await,
        _ => return Ok(page::ok(Form::new(frame, ahead, draft)).into_response()),
    }
    let slips = draft.check();
    if !slips.is_empty() {
        return Ok(page::slip(Form { slips, ..Form::new(frame, ahead, draft) }).into_response());
    }
    if act == Act::Create {
        let commission = draft.commission;
        if made::make(&app, &signed, &draft).await? {
            return Ok(Redirect::to(&made::page_of(draft.operation)).into_response());
        }
        // The commission was taken back, declined or taken a moment ago.
        let ahead = Ahead::read(&app, &signed, &mut draft).await?;
        tracing::info!(?commission, "a group is not created for a commission that no longer waits");
        return Ok(over(frame, ahead, draft));
    }
    let nickname = Nickname::made_from(&draft.name, draft.operation.0);
    let findings = check::check(&app, &signed, &groups, &draft, &nickname).await?;
    Ok(page::ok(Check { frame: frame.at(Here::Owned), draft, ahead, findings }).into_response())
}

async fn find(app: &App, signed: &Signed, mut page: Form) -> Result<Response, Trouble> {
    let found = app.graph.person(&signed.token).search_people(&page.draft.q).await?;
    page.draft.searched.clone_from(&page.draft.q);
    Ok(page::ok(Form { found: Some(found), ..page }).into_response())
}

/// Answers somebody whose commission no longer waits: what they typed is kept, and can be created without it.
fn over(frame: Frame, ahead: Ahead, draft: Draft) -> Response {
    if ahead.commission.as_ref().is_some_and(|it| it.creation == Some(draft.operation)) {
        return Redirect::to(&made::page_of(draft.operation)).into_response();
    }
    page::slip(Form::new(frame, ahead, draft)).into_response()
}

/// Says what keeps somebody from creating groups; nothing does when there is no refusal.
fn open(app: &App, signed: &Signed) -> Result<Option<Refusal>, Trouble> {
    if !deeds::are_offered(app) {
        return Err(Trouble::NotFound);
    }
    match creating::may_create(&signed.viewer, signed.token.allows(GROUP_SCOPE)) {
        Ok(()) => Ok(None),
        Err(refusal @ Refusal::MissingScope(_)) => Ok(Some(refusal)),
        Err(refusal) => Err(Trouble::refused(refusal)),
    }
}

impl Form {
    pub(super) fn new(frame: Frame, ahead: Ahead, draft: Draft) -> Self {
        Self { frame: frame.at(Here::Owned), draft, ahead, found: None, why_not: None, slips: Slips::default() }
    }

    /// Returns why somebody who was found cannot be an owner.
    fn no_owner(&self, person: &Person) -> Option<Phrase> {
        let creator = self.frame.viewer.as_ref().map_or(person.id, |viewer| viewer.id);
        creating::hindrance(person, true, creator).map(|hindrance| match hindrance {
            Hindrance::Owner => "new-owner-already".into(),
            Hindrance::Disabled => "found-disabled".into(),
            _ => "found-guest-owner".into(),
        })
    }

    fn no_member(&self, person: &Person) -> bool {
        let creator = self.frame.viewer.as_ref().map_or(person.id, |viewer| viewer.id);
        creating::hindrance(person, false, creator).is_some()
    }

    fn is_chosen(&self, person: &Person) -> bool {
        self.draft.owners.iter().chain(&self.draft.members).any(|chosen| chosen.id == person.id)
    }
}

impl Check {
    /// Returns whether the directory would refuse, as far as is known.
    fn is_wrong(&self) -> bool {
        self.findings.iter().any(|finding| finding.verdict == Verdict::Wrong)
    }

    fn kind(&self) -> &'static str {
        if self.draft.kind == Some(Kind::Microsoft365) { "kind-microsoft365" } else { "kind-security" }
    }
}
