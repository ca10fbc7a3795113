//! An owner adds and removes members directly, without a request.

use jiff::Timestamp;

use super::{
    approval::{Live, WRITE_SCOPE},
    designation::Designation,
    ids::{PersonId, RequestId},
    membership,
    operation::{Kind, Operation},
    powers::{self, Power, Standing},
    refusal::{Hindrance, Refusal},
    viewer::Viewer,
};

/// The most characters of a reason for adding or removing somebody.
pub const REASON_LIMIT: usize = 500;

/// What has to be known to say whether an owner may change the membership of a person.
#[derive(Debug)]
pub struct Managing<'a> {
    /// Who would.
    pub viewer: &'a Viewer,
    /// The group's designation, when it takes part.
    pub designation: Option<&'a Designation>,
    /// What the directory says now of the group, its owners and the person.
    pub live: &'a Live,
    /// What Roster still owes the directory for this person in this group.
    pub unfinished: &'a [Operation],
    /// Whether responsibilities count that the viewer has not accepted.
    pub must_accept: bool,
}

impl Managing<'_> {
    fn may(&self, power: Power) -> Result<(), Refusal> {
        powers::may(
            power,
            &Standing {
                viewer: self.viewer,
                is_owner: self.live.owners.iter().any(|owner| owner.id == self.viewer.id),
                group: self.live.group.as_ref(),
                designation: self.designation,
                must_accept: self.must_accept,
            },
        )
    }

    fn owes(&self, kind: Kind) -> bool {
        self.unfinished.iter().any(|operation| operation.kind == kind)
    }
}

/// Says whether an owner may add a person. `asked` is the person's request that waits for an answer. Owners may add
/// themselves: the directory lets them anyway, and the record says so.
///
/// # Errors
/// The first rule that stands in the way.
pub fn may_add(facts: &Managing<'_>, asked: Option<RequestId>, can_write: bool) -> Result<(), Refusal> {
    facts.may(Power::AddMember)?;
    let person = facts.live.requester.as_ref().ok_or(Refusal::Hindered(Hindrance::Gone))?;
    if person.enabled == Some(false) {
        return Err(Refusal::Hindered(Hindrance::Disabled));
    }
    let guests = facts.designation.is_some_and(|designation| designation.terms.guests_may_ask);
    if person.is_guest() && !guests {
        return Err(Refusal::Hindered(Hindrance::Guest));
    }
    if facts.live.is_member == Some(true) {
        return Err(Refusal::Hindered(Hindrance::Member));
    }
    if facts.owes(Kind::Remove) {
        return Err(Refusal::Hindered(Hindrance::BeingRemoved));
    }
    if facts.owes(Kind::Add) {
        return Err(Refusal::Hindered(Hindrance::BeingAdded));
    }
    if let Some(request) = asked {
        return Err(Refusal::Hindered(Hindrance::HasAsked(request)));
    }
    if can_write { Ok(()) } else { Err(Refusal::MissingScope(WRITE_SCOPE)) }
}

/// Says whether an owner may remove a person. Whether they are a member may be unknown: removing harms nobody who is not.
///
/// # Errors
/// The first rule that stands in the way.
pub fn may_remove(facts: &Managing<'_>, can_write: bool, now: Timestamp) -> Result<(), Refusal> {
    facts.may(Power::RemoveMember)?;
    if facts.live.requester.as_ref().is_some_and(|person| person.id == facts.viewer.id) {
        return Err(Refusal::Hindered(Hindrance::Themself));
    }
    if facts.owes(Kind::Remove) {
        return Err(Refusal::Hindered(Hindrance::BeingRemoved));
    }
    if facts.unfinished.iter().any(|operation| membership::may_still_land(operation, now)) {
        return Err(Refusal::Hindered(Hindrance::BeingAdded));
    }
    if facts.live.is_member == Some(false) {
        return Err(Refusal::Hindered(Hindrance::NotMember));
    }
    if can_write { Ok(()) } else { Err(Refusal::MissingScope(WRITE_SCOPE)) }
}

/// Says whether an owner may have a membership end later than it does, or never: the terms bind that as they bind letting
/// somebody in.
///
/// # Errors
/// The first rule that stands in the way.
pub fn may_end_later(facts: &Managing<'_>) -> Result<(), Refusal> {
    facts.may(Power::AddMember)
}

/// Says whether an owner may change when the membership of a person ends; `given` tells whether Roster gave it. A removal that
/// is owed because the end has come does not stand in the way: a later end takes it back.
///
/// # Errors
/// The first rule that stands in the way.
pub fn may_change_end(facts: &Managing<'_>, person: PersonId, given: bool) -> Result<(), Refusal> {
    facts.may(Power::ChangeEnd)?;
    if person == facts.viewer.id {
        return Err(Refusal::Hindered(Hindrance::OwnEnd));
    }
    if facts.owes(Kind::Add) {
        return Err(Refusal::Hindered(Hindrance::BeingAdded));
    }
    if facts.unfinished.iter().any(|operation| operation.kind == Kind::Remove && !operation.is_at_its_end()) {
        return Err(Refusal::Hindered(Hindrance::BeingRemoved));
    }
    if facts.live.is_member == Some(false) {
        return Err(Refusal::Hindered(Hindrance::NotMember));
    }
    if given { Ok(()) } else { Err(Refusal::Hindered(Hindrance::NotGiven)) }
}

#[cfg(test)]
mod tests;
