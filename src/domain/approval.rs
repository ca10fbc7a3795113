//! Who may answer a request, and who may carry out what was approved. A wrong yes here gives away access to a company.
//!
//! Everything about the directory in [`Answering`] was read live, with the decider's own token, in the request that decides.

use jiff::Timestamp;

use super::{
    audience::Belonging,
    consent::{self, Approval},
    designation::Designation,
    directory::{Group, Person, PersonRef},
    lasting::End,
    operation::{self, Operation},
    refusal::{Hindrance, Refusal},
    request::{EndReason, JoinRequest, Kind, State},
    viewer::Viewer,
};

/// The scope that lets an owner change members with their own token (Graph permissions reference).
pub const WRITE_SCOPE: &str = "GroupMember.ReadWrite.All";

/// What the directory says at this moment about a group and the person who wants to join it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Live {
    /// The group; `None` when the directory no longer knows it.
    pub group: Option<Group>,
    /// Its owners, service principals left out.
    pub owners: Vec<PersonRef>,
    /// The person who asked; `None` when the directory no longer knows them.
    pub requester: Option<Person>,
    /// Whether they are a direct member; `None` when it could not be read.
    pub is_member: Option<bool>,
}

/// What has to be known to say whether a person may answer a request.
#[derive(Debug)]
pub struct Answering<'a> {
    /// Who would answer.
    pub viewer: &'a Viewer,
    /// The request.
    pub request: &'a JoinRequest,
    /// The group's designation, when it takes part.
    pub designation: Option<&'a Designation>,
    /// What the directory says now.
    pub live: &'a Live,
    /// What the person is to the group whose members may ask, where the terms name one.
    pub belonging: Belonging,
    /// Whether responsibilities count that the viewer has not accepted.
    pub must_accept: bool,
}

/// Says whether a person may read what waits in a group, other people's reasons included. Guests who own a group in the
/// directory run none here, so nothing of it is for them.
///
/// # Errors
/// [`Refusal::NotOwner`] or [`Refusal::GuestsNeverDecide`].
pub fn may_read(viewer: &Viewer, owners: &[PersonRef]) -> Result<(), Refusal> {
    if owners.iter().all(|owner| owner.id != viewer.id) {
        return Err(Refusal::NotOwner);
    }
    if viewer.guest { Err(Refusal::GuestsNeverDecide) } else { Ok(()) }
}

/// Says whether a person may deny a request.
///
/// # Errors
/// The first rule that stands in the way.
pub fn may_deny(facts: &Answering<'_>, now: Timestamp) -> Result<(), Refusal> {
    is_answerer(facts)?;
    is_open(facts.request, now)?;
    has_accepted(facts)
}

/// Says whether a person may approve a request.
///
/// # Errors
/// The first rule that stands in the way; some of them mean that the request has to be closed, see
/// [`Refusal::ends_request`].
pub fn may_approve(facts: &Answering<'_>, can_write: bool, now: Timestamp) -> Result<(), Refusal> {
    is_answerer(facts)?;
    is_open(facts.request, now)?;
    has_accepted(facts)?;
    takes_part(facts.designation, facts.live)?;
    let requester = facts.live.requester.as_ref().ok_or(Refusal::RequesterGone)?;
    if requester.enabled == Some(false) {
        return Err(Refusal::RequesterDisabled);
    }
    match (facts.request.kind, facts.live.is_member) {
        (Kind::Join, Some(true)) => return Err(Refusal::AlreadyMember),
        (Kind::Extend, Some(false)) => return Err(Refusal::RequestEnded(EndReason::NoEnd)),
        _ => {}
    }
    // The terms may have changed since the person asked.
    let guests_may = facts.designation.is_some_and(|designation| designation.terms.guests_may_ask);
    if requester.is_guest() && !guests_may {
        return Err(Refusal::Hindered(Hindrance::Guest));
    }
    if facts.designation.is_some_and(|designation| designation.terms.members_of.is_some()) {
        is_in_audience(facts.belonging).map_err(Refusal::Hindered)?;
    }
    if let Approval::IsKept { more } = approving(facts)
        && facts.request.consented.contains(&facts.viewer.id)
    {
        return Err(Refusal::WaitsForOthers { more });
    }
    // Nothing is written to the directory when a membership lasts longer.
    if can_write || facts.request.kind == Kind::Extend { Ok(()) } else { Err(Refusal::MissingScope(WRITE_SCOPE)) }
}

/// Returns the end that an approval moves, with its version, given what is still owed to the directory for the person. What is
/// owed because the end has come does not stand in the way; what somebody decided is not undone by the way.
///
/// # Errors
/// [`Refusal::RequestEnded`] when there is no end to move, or the removal that stands in the way.
pub fn to_prolong(end: Option<&End>, unfinished: &[Operation]) -> Result<(Timestamp, i64), Refusal> {
    if unfinished.iter().any(|owed| owed.kind == operation::Kind::Remove && !owed.is_at_its_end()) {
        return Err(Refusal::Hindered(Hindrance::BeingRemoved));
    }
    let end = end.and_then(|end| Some((end.at?, end.version)));
    end.ok_or(Refusal::RequestEnded(EndReason::NoEnd))
}

/// Says what an approval by the viewer does: it decides, or it is kept until enough owners have approved. Only those count
/// who own the group at this moment.
#[must_use]
pub fn approving(facts: &Answering<'_>) -> Approval {
    let needed = facts.designation.map_or(1, |designation| designation.terms.approvals);
    consent::approval(facts.viewer.id, &facts.request.consented, &facts.live.owners, needed)
}

/// Says whether a person may carry out what an operation still owes to the directory.
///
/// # Errors
/// The first rule that stands in the way.
pub fn may_finish(
    viewer: &Viewer,
    operation: &Operation,
    designation: Option<&Designation>,
    live: &Live,
    can_write: bool,
    now: Timestamp,
) -> Result<(), Refusal> {
    if operation::is_for(operation, viewer.id) {
        return Err(Refusal::OwnRequest);
    }
    is_owner(viewer, live)?;
    if !operation.is_unfinished() {
        return Err(Refusal::NothingToFinish);
    }
    if !operation.can_begin(now) {
        return Err(Refusal::BeingCarriedOut);
    }
    if operation.has_passed(now) {
        return Err(Refusal::TooLateToAdd);
    }
    // The clock by which it was owed was ahead.
    if operation.is_at_its_end() && operation.until > Some(now) {
        return Err(Refusal::NothingToFinish);
    }
    if operation.kind.gives() {
        takes_part(designation, live)?;
        let requester = live.requester.as_ref().ok_or(Refusal::RequesterGone)?;
        if requester.enabled == Some(false) {
            return Err(Refusal::RequesterDisabled);
        }
    }
    if operation.kind == operation::Kind::RemoveOwner && live.owners.iter().all(|owner| owner.id == operation.person.id)
    {
        return Err(Refusal::LastOwner);
    }
    if can_write { Ok(()) } else { Err(Refusal::MissingScope(operation.kind.scope())) }
}

/// Says whether a person may answer at all: not their own request, and an owner at this moment who is no guest. A group
/// that is gone has no owners to read, so that is said first.
fn is_answerer(facts: &Answering<'_>) -> Result<(), Refusal> {
    if facts.request.requester.id == facts.viewer.id {
        return Err(Refusal::OwnRequest);
    }
    is_owner(facts.viewer, facts.live)
}

/// Whoever has left the group whose members may ask is not let in for having asked in time; nor is anybody by a guess.
fn is_in_audience(belonging: Belonging) -> Result<(), Hindrance> {
    match belonging {
        Belonging::In => Ok(()),
        Belonging::Out => Err(Hindrance::OutsideAudience),
        Belonging::Unknown => Err(Hindrance::AudienceUnknown),
        Belonging::Gone => Err(Hindrance::AudienceGone),
    }
}

fn is_owner(viewer: &Viewer, live: &Live) -> Result<(), Refusal> {
    if viewer.guest {
        return Err(Refusal::GuestsNeverDecide);
    }
    if live.group.is_none() {
        return Err(Refusal::GroupGone);
    }
    if live.owners.iter().any(|owner| owner.id == viewer.id) { Ok(()) } else { Err(Refusal::NotOwner) }
}

/// Whoever answers has accepted the responsibilities that count.
fn has_accepted(facts: &Answering<'_>) -> Result<(), Refusal> {
    if facts.must_accept { Err(Refusal::MustAccept(facts.request.group)) } else { Ok(()) }
}

fn is_open(request: &JoinRequest, now: Timestamp) -> Result<(), Refusal> {
    match request.state {
        State::Open if request.has_lapsed(now) => Err(Refusal::RequestEnded(EndReason::Lapsed)),
        State::Open => Ok(()),
        State::Ended => Err(Refusal::RequestEnded(request.end_reason.unwrap_or(EndReason::Withdrawn))),
        state @ (State::Approved | State::Denied) => Err(Refusal::AlreadyAnswered {
            state,
            by: request.decision.as_ref().map(|decision| decision.by.clone()),
            at: request.decision.as_ref().map(|decision| decision.at),
        }),
    }
}

fn takes_part(designation: Option<&Designation>, live: &Live) -> Result<(), Refusal> {
    let group = live.group.as_ref().ok_or(Refusal::GroupGone)?;
    let designation = designation.ok_or(Refusal::NotDesignated)?;
    group.facts.eligibility().map_err(Refusal::GroupUnfit)?;
    if designation.suspended.is_some() { Err(Refusal::Suspended) } else { Ok(()) }
}

#[cfg(test)]
mod tests;
