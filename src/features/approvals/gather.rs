//! The facts that every answer needs, and what follows when they mean that nobody can answer.

use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;

use crate::{
    domain::{
        approval::{self, Answering, Live, WRITE_SCOPE},
        audience::Belonging,
        designation::{self, Designation},
        event::{Event, EventKind},
        ids::RequestId,
        lasting::End,
        operation::Operation,
        own_writes::{self, LATE_READS},
        refusal::Refusal,
        request::{Decision, EndReason, JoinRequest, Kind, State},
        viewer::Viewer,
    },
    sign_in::Signed,
    web::{app::App, asking, frame::Frame, lasting, trouble::Trouble, words::Phrase},
};

/// How far back a person's requests are looked through.
const EARLIER: usize = 100;

/// A request with everything a decision about it needs.
pub(super) struct Facts {
    pub request: JoinRequest,
    pub designation: Option<Designation>,
    pub live: Live,
    /// What the person is to the group whose members may ask, read live too; nothing hangs on it where the terms name none.
    pub belonging: Belonging,
    /// What the same person asked of this group before, newest first.
    pub earlier: Vec<JoinRequest>,
    /// Owners who approved it while more have to, oldest first.
    pub consents: Vec<Decision>,
    /// Of a request to belong for longer: when the membership ends.
    pub end: Option<End>,
    /// Of such a request: what is still owed to the directory for the person.
    pub unfinished: Vec<Operation>,
}

impl Facts {
    /// Reads the request from the store and everything else live. A person who may not know of the request gets the same
    /// answer as for one that does not exist: it is open to its group's owners, now or when the copy was read, and to
    /// the person who asked, who is then told that nobody decides for themselves.
    pub async fn read(app: &App, signed: &Signed, id: RequestId) -> Result<Self, Trouble> {
        let request = app.store.requests().find(id).await?.ok_or(Trouble::NotFound)?;
        let viewer = signed.viewer.id;
        let is_known = request.requester.id == viewer || owns_in_copy(app, &request, &signed.viewer).await?;
        let designation = app.store.designations().find(request.group).await?;
        let live = app.graph.person(&signed.token).live(request.group, request.requester.id).await;
        let may_know = is_known || live.as_ref().is_ok_and(|live| live.owners.iter().any(|owner| owner.id == viewer));
        // Said before any trouble with the directory, which an identifier that nobody has would not have met.
        if !may_know {
            return Err(Trouble::NotFound);
        }
        let mut live = live?;
        // What stands in the way is believed only when it cannot be from before a write of ours.
        if live.is_member == Some(request.kind == Kind::Join) && is_late(app, &request).await? {
            live.is_member = None;
        }
        let (earlier, consents) = (earlier(app, &request).await?, consents(app, &request).await?);
        let (end, unfinished) = of_extension(app, &request).await?;
        let belonging = belonging(app, signed, &request, designation.as_ref()).await?;
        Ok(Self { request, designation, live, belonging, earlier, consents, end, unfinished })
    }

    /// Reads what a page can show while the directory is away: the copy, for those whom it lists as owners. Nothing can
    /// be decided from it.
    pub async fn from_copy(app: &App, signed: &Signed, id: RequestId) -> Result<Self, Trouble> {
        let request = app.store.requests().find(id).await?.ok_or(Trouble::NotFound)?;
        let designation = app.store.designations().find(request.group).await?;
        let copied = app.store.directory().group(request.group).await?.ok_or(Trouble::NotFound)?;
        let viewer = signed.viewer.id;
        let is_owner = copied.owners.iter().any(|owner| owner.id == viewer);
        if !is_owner && request.requester.id != viewer {
            return Err(Trouble::NotFound);
        }
        let live = Live { group: Some(copied.group), owners: copied.owners, requester: None, is_member: None };
        let (earlier, consents) = (earlier(app, &request).await?, consents(app, &request).await?);
        let (end, unfinished) = of_extension(app, &request).await?;
        let belonging = Belonging::Unknown;
        Ok(Self { request, designation, live, belonging, earlier, consents, end, unfinished })
    }

    /// Says whether the person may approve the request.
    pub fn may_approve(&self, signed: &Signed, frame: &Frame, now: Timestamp) -> Result<(), Refusal> {
        let can_write = signed.token.allows(WRITE_SCOPE);
        approval::may_approve(&self.answering(&signed.viewer, frame), can_write, now)?;
        match self.request.kind {
            Kind::Join => Ok(()),
            Kind::Extend => approval::to_prolong(self.end.as_ref(), &self.unfinished).map(|_| ()),
        }
    }

    /// Returns until when the person would belong, or does; nothing without an end.
    pub fn lasts(&self, frame: &Frame) -> Option<Phrase> {
        let terms = self.designation.as_ref().map(|designation| designation.terms.clone()).unwrap_or_default();
        match (self.request.state, self.request.kind, self.end.as_ref().and_then(|end| end.at)) {
            (State::Open, Kind::Join, _) => lasting::if_given(terms.lasting, self.request.days, frame),
            (State::Open, Kind::Extend, Some(end)) => {
                lasting::if_extended(end, terms.lasting.until(self.request.days, frame.now), frame)
            }
            _ => lasting::asked(&self.request, frame),
        }
    }

    /// Returns the version of the designation that was read; 0 when the group takes no part.
    pub fn terms_version(&self) -> i64 {
        self.designation.as_ref().map_or(0, |designation| designation.version)
    }

    /// Returns the facts as the rules take them. What the viewer has accepted was counted for the page.
    pub fn answering<'a>(&'a self, viewer: &'a Viewer, frame: &Frame) -> Answering<'a> {
        Answering {
            viewer,
            request: &self.request,
            designation: self.designation.as_ref(),
            live: &self.live,
            belonging: self.belonging,
            must_accept: frame.counts.responsibilities.must_accept(),
        }
    }
}

/// Returns whether Roster removed the person a moment ago, or added whom a request to belong for longer is about: a read that
/// says otherwise may be late, and closing their request for that would lose it.
async fn is_late(app: &App, request: &JoinRequest) -> Result<bool, Trouble> {
    let (group, now) = (request.group, app.clock.now());
    let writes = app.store.operations().own_writes(group, request.requester.id, now - LATE_READS).await?;
    let is_member = request.kind == Kind::Join;
    Ok(own_writes::may_be_late(is_member, own_writes::latest(&writes, group), now))
}

/// Reads what the person is to the group whose members may ask. Only an open request hangs on it.
async fn belonging(
    app: &App,
    signed: &Signed,
    request: &JoinRequest,
    designation: Option<&Designation>,
) -> Result<Belonging, Trouble> {
    let audience = designation.and_then(|designation| designation.terms.members_of.as_ref());
    let Some(audience) = audience.filter(|_| request.state == State::Open && request.requester.id != signed.viewer.id)
    else {
        return Ok(Belonging::Unknown);
    };
    let group = audience.group;
    let copied = app.store.directory().group(group).await?;
    if copied.as_ref().is_some_and(|copied| copied.group.facts.hides_members()) {
        // The directory tells an owner nothing of who belongs there, which is no no.
        return Ok(Belonging::Unknown);
    }
    let read = app.graph.person(&signed.token).which_somebody_is_in(request.requester.id, &[group]).await;
    asking::belonging(read, group, copied.is_some_and(|copied| copied.gone))
}

/// Returns the approvals of a request that did not decide; where nobody needs them no statement is spent.
async fn consents(app: &App, request: &JoinRequest) -> Result<Vec<Decision>, Trouble> {
    if request.consented.is_empty() { Ok(Vec::new()) } else { Ok(app.store.decisions().consents(request.id).await?) }
}

/// Returns when the membership ends that is to last longer, and what is owed for it.
async fn of_extension(app: &App, request: &JoinRequest) -> Result<(Option<End>, Vec<Operation>), Trouble> {
    if request.kind == Kind::Join {
        return Ok((None, Vec::new()));
    }
    let (group, person) = (request.group, request.requester.id);
    let end = app.store.membership_ends().find(group, person).await?;
    Ok((end, app.store.operations().unfinished_for(group, person).await?))
}

/// Returns what the same person asked of the same group before.
async fn earlier(app: &App, request: &JoinRequest) -> Result<Vec<JoinRequest>, Trouble> {
    let mut all = app.store.requests().of_person(request.requester.id, EARLIER).await?;
    all.retain(|other| other.group == request.group && other.id != request.id);
    Ok(all)
}

/// Returns whether the directory copy lists a person as an owner of the request's group.
pub(super) async fn owns_in_copy(app: &App, request: &JoinRequest, viewer: &Viewer) -> Result<bool, Trouble> {
    let copied = app.store.directory().group(request.group).await?;
    Ok(copied.is_some_and(|copied| copied.owners.iter().any(|owner| owner.id == viewer.id)))
}

/// Answers with a refusal. When it means that nobody can ever answer, the request is closed there and then, and a group
/// that is gone or unfit is suspended with all its requests.
pub(super) async fn refuse(
    app: &App,
    signed: &Signed,
    facts: &Facts,
    refusal: Refusal,
    wished: State,
    typed: &str,
) -> Result<Response, Trouble> {
    let request = &facts.request;
    let Some(reason) = refusal.ends_request() else {
        return Err(Trouble::refused(refusal).about_approval(request.id).typed(typed));
    };
    close(app, signed, facts, reason).await?;
    // Somebody may have answered between our reads; the member that the directory shows is then their doing.
    let now = app.store.requests().find(request.id).await?.ok_or(Trouble::NotFound)?;
    if now.decision.is_some() {
        return somebody_was_first(app, signed, request.id, wished, typed).await;
    }
    let ended = Trouble::refused(Refusal::RequestEnded(now.end_reason.unwrap_or(reason)));
    Err(ended.about_group(request.group, &request.group_name).typed(typed))
}

async fn close(app: &App, signed: &Signed, facts: &Facts, reason: EndReason) -> Result<(), Trouble> {
    let (request, actor, now) = (&facts.request, signed.person(), app.clock.now());
    if let Some(suspend) = designation::must_suspend(facts.live.group.as_ref()).filter(|_| is_about_group(reason)) {
        app.store.designations().suspend_and_end(request.group, suspend, now, Some(&actor)).await?;
        return Ok(());
    }
    let kind = if reason == EndReason::Lapsed { EventKind::RequestLapsed } else { EventKind::RequestClosed };
    let event = Event::new(kind, Some(actor), now)
        .group(request.group)
        .person(request.requester.id)
        .request(request.id)
        .detail(serde_json::json!({ "reason": reason }));
    let _ = app.store.requests().end(request.id, request.version, reason, now, &event).await?;
    Ok(())
}

fn is_about_group(reason: EndReason) -> bool {
    matches!(reason, EndReason::GroupGone | EndReason::GroupUnfit)
}

/// Answers somebody whose answer came second: another was between our read and our write. When that was the same person
/// with the same answer, it was a double click, and they see the request.
pub(super) async fn somebody_was_first(
    app: &App,
    signed: &Signed,
    id: RequestId,
    wished: State,
    typed: &str,
) -> Result<Response, Trouble> {
    let request = app.store.requests().find(id).await?.ok_or(Trouble::NotFound)?;
    if is_answered_by(&request, wished, signed) {
        return Ok(Redirect::to(&format!("/approvals/{id}")).into_response());
    }
    let refusal = match request.decision {
        Some(decision) => {
            Refusal::AlreadyAnswered { state: request.state, by: Some(decision.by), at: Some(decision.at) }
        }
        None => request.end_reason.map_or(Refusal::Stale, Refusal::RequestEnded),
    };
    Err(Trouble::refused(refusal).about_approval(id).typed(typed))
}

/// Returns whether a request already has this answer from this person: a double click, or the browser's back button.
pub(super) fn is_answered_by(request: &JoinRequest, wished: State, signed: &Signed) -> bool {
    request.state == wished && request.decision.as_ref().is_some_and(|decision| decision.by.id == signed.viewer.id)
}

/// Returns the evidence kept with a decision: what was read live, just before it.
pub(super) fn evidence(facts: &Facts) -> serde_json::Value {
    let owners: Vec<_> = facts.live.owners.iter().map(|owner| owner.id).collect();
    serde_json::json!({
        "owners": owners,
        "group": facts.live.group.as_ref().map(|group| &group.facts),
        "requester_enabled": facts.live.requester.as_ref().and_then(|person| person.enabled),
        "was_member": facts.live.is_member,
        "belonged_to": audience(facts),
        "approved_before": facts.request.consented,
        "terms_version": facts.designation.as_ref().map(|designation| designation.version),
    })
}

/// Returns the group whose members may ask, and what the person was to it.
fn audience(facts: &Facts) -> serde_json::Value {
    let audience = facts.designation.as_ref().and_then(|designation| designation.terms.members_of.as_ref());
    audience.map_or(
        serde_json::Value::Null,
        |audience| serde_json::json!({ "group": audience.group, "was_in": facts.belonging == Belonging::In }),
    )
}
