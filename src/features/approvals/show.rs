//! One request, with what helps to decide.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};

use crate::{
    domain::{
        approval::{self, WRITE_SCOPE},
        consent::Approval,
        directory::PersonRef,
        ids::RequestId,
        refusal::Refusal,
        request::{Decision, JoinRequest, State as RequestState},
        text::TextProblem,
    },
    sign_in::Signed,
    web::{
        app::App,
        filters,
        form::{Id, Slips, text_slip},
        frame::{Frame, Here},
        page, refusals, standing,
        trouble::Trouble,
        words::Phrase,
    },
};

use super::gather::Facts;

#[derive(Template)]
#[template(path = "approvals/show.html")]
pub(super) struct Show {
    pub frame: Frame,
    pub request: JoinRequest,
    /// Who could answer, besides the viewer.
    pub others: Vec<PersonRef>,
    /// What the directory says of the account.
    pub account: Phrase,
    /// What membership gives, in the words of the terms.
    pub gives: String,
    /// Until when they would belong, or do.
    pub lasts: Option<Phrase>,
    /// The version of the designation that the page is drawn from.
    pub terms_version: i64,
    pub can_answer: bool,
    pub can_finish: bool,
    /// Why they cannot answer or finish, when the request still waits for somebody.
    pub why_not: Option<Phrase>,
    pub timeline: Vec<standing::Moment>,
    /// What the same person asked of this group before, newest first.
    pub earlier: Vec<JoinRequest>,
    /// Owners who approved while more have to, oldest first.
    pub consents: Vec<Decision>,
    /// What an approval by the viewer does, where more than one owner has to approve.
    pub follows: Option<Phrase>,
    pub typed: String,
    pub slips: Slips,
}

/// Shows one request to an owner of its group.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody who may not know of it; the person who asked is told that they do not
/// decide, and guests are told that they never do.
pub async fn show(
    State(app): State<App>,
    signed: Signed,
    Id(id): Id<RequestId>,
    frame: Frame,
) -> Result<Response, Trouble> {
    let (facts, is_away) = match Facts::read(&app, &signed, id).await {
        Err(Trouble::DirectoryAway | Trouble::DirectoryGivesUp) => (Facts::from_copy(&app, &signed, id).await?, true),
        facts => (facts?, false),
    };
    if facts.request.requester.id == signed.viewer.id {
        return Err(Trouble::refused(Refusal::OwnRequest).about_group(facts.request.group, &facts.request.group_name));
    }
    // The copy may still list somebody who no longer owns the group; the request is not theirs to read any more.
    approval::may_read(&signed.viewer, &facts.live.owners)?;
    let show = Show::new(frame, &signed, facts);
    Ok(page::ok(if is_away { show.while_away() } else { show }).into_response())
}

/// Shows the request again with what is wrong with the message.
pub(super) fn with_slip(frame: Frame, signed: &Signed, facts: Facts, typed: &str, problem: TextProblem) -> Response {
    page::slip(Show::new(frame, signed, facts).slipped(typed, problem)).into_response()
}

impl Show {
    /// Keeps what was typed and says what is wrong with it.
    pub(super) fn slipped(mut self, typed: &str, problem: TextProblem) -> Self {
        self.slips.note("message", text_slip(problem, "deny-needs-reason"));
        typed.clone_into(&mut self.typed);
        self
    }

    /// Takes the buttons away and says why: without the directory nobody can decide.
    pub(super) fn while_away(mut self) -> Self {
        self.can_answer = false;
        self.can_finish = false;
        self.account = "account-not-checked".into();
        self.why_not = Some("directory-away-no-decision".into());
        self
    }

    /// Asks the same rules as the handlers which buttons to show.
    pub(super) fn new(frame: Frame, signed: &Signed, facts: Facts) -> Self {
        let (viewer, now) = (&signed.viewer, frame.now);
        let can_write = signed.token.allows(WRITE_SCOPE);
        let answer = facts.may_approve(signed, &frame, now);
        let lasts = facts.lasts(&frame);
        let can_answer = approval::may_deny(&facts.answering(viewer, &frame), now).is_ok();
        let finish = facts.request.operation.as_ref().filter(|operation| operation.is_unfinished()).map(|operation| {
            approval::may_finish(viewer, operation, facts.designation.as_ref(), &facts.live, can_write, now)
        });
        let why_not = match (&finish, answer) {
            (Some(Err(refusal)), _) => Some(refusals::sentence(refusal, &frame)),
            // The timeline says already how a request ended.
            (None, Err(refusal)) if facts.request.state == RequestState::Open => {
                Some(refusals::sentence(&refusal, &frame))
            }
            _ => None,
        };
        let needed = facts.designation.as_ref().map_or(1, |designation| designation.terms.approvals);
        let follows =
            (needed > 1 && why_not.is_none()).then(|| match approval::approving(&facts.answering(viewer, &frame)) {
                Approval::Decides => "approval-decides".into(),
                Approval::IsKept { more } => Phrase::new("approval-is-kept").count("more", more),
            });
        let enabled = facts.live.requester.as_ref().map(|person| person.enabled);
        let account = match enabled {
            None => "account-gone",
            Some(Some(true)) => "account-enabled",
            Some(Some(false)) => "account-disabled",
            Some(None) => "account-not-checked",
        };
        let terms_version = facts.terms_version();
        let terms = facts.designation.map(|designation| designation.terms).unwrap_or_default();
        Self {
            others: facts.live.owners.iter().filter(|owner| owner.id != viewer.id).cloned().collect(),
            account: account.into(),
            gives: terms.gives,
            lasts,
            terms_version,
            can_answer,
            can_finish: matches!(finish, Some(Ok(()))),
            why_not,
            earlier: facts.earlier,
            timeline: standing::timeline(&facts.request, &facts.consents, &frame),
            consents: facts.consents,
            follows,
            typed: String::new(),
            slips: Slips::default(),
            request: facts.request,
            frame: frame.at(Here::Approvals),
        }
    }
}
