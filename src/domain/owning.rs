//! An owner makes somebody an owner, takes the group from one, or gives it up.

use super::{
    accounts,
    approval::Live,
    designation::Designation,
    ids::PersonId,
    operation::{Kind, Operation},
    powers::{self, Power, Standing},
    refusal::{Hindrance, Refusal},
    viewer::Viewer,
};

/// The most owners a group may have (Graph, "Add group owners").
pub const MOST_OWNERS: usize = 100;

/// What has to be known to say whether an owner may change who owns a group.
#[derive(Debug)]
pub struct Owning<'a> {
    /// Who would.
    pub viewer: &'a Viewer,
    /// The group's designation, when it takes part.
    pub designation: Option<&'a Designation>,
    /// What the directory says now of the group, its owners and the person.
    pub live: &'a Live,
    /// What Roster still owes the directory for this person in this group.
    pub unfinished: &'a [Operation],
    /// The owners who cannot sign in, where that is known.
    pub unable: Option<&'a [PersonId]>,
}

impl Owning<'_> {
    fn may(&self) -> Result<(), Refusal> {
        let standing = Standing {
            viewer: self.viewer,
            is_owner: self.owns(self.viewer.id),
            group: self.live.group.as_ref(),
            designation: self.designation,
            must_accept: false,
        };
        powers::may(Power::ChangeOwners, &standing)
    }

    fn owns(&self, person: PersonId) -> bool {
        self.live.owners.iter().any(|owner| owner.id == person)
    }

    fn owes(&self, kind: Kind) -> bool {
        self.unfinished.iter().any(|operation| operation.kind == kind)
    }
}

/// Says whether an owner may make a person an owner.
///
/// # Errors
/// The first rule that stands in the way.
pub fn may_add(facts: &Owning<'_>, can_write: bool) -> Result<(), Refusal> {
    facts.may()?;
    let person = facts.live.requester.as_ref().ok_or(Refusal::Hindered(Hindrance::Gone))?;
    let no = |hindrance| Err(Refusal::Hindered(hindrance));
    if person.enabled == Some(false) {
        return no(Hindrance::Disabled);
    }
    if person.is_guest() {
        return no(Hindrance::GuestOwner);
    }
    if facts.owns(person.id) {
        return no(Hindrance::Owner);
    }
    if facts.owes(Kind::RemoveOwner) {
        return no(Hindrance::BeingRemoved);
    }
    if facts.owes(Kind::AddOwner) {
        return no(Hindrance::BeingAdded);
    }
    if facts.live.owners.len() >= MOST_OWNERS {
        return Err(Refusal::TooManyOwners { limit: MOST_OWNERS });
    }
    if can_write { Ok(()) } else { Err(Refusal::MissingScope(Kind::AddOwner.scope())) }
}

/// Says whether an owner may take the group from a person, who may be themself. Somebody who can sign in stays an owner, as
/// far as is known who can.
///
/// # Errors
/// The first rule that stands in the way.
pub fn may_remove(facts: &Owning<'_>, person: PersonId, can_write: bool) -> Result<(), Refusal> {
    facts.may()?;
    let no = |hindrance| Err(Refusal::Hindered(hindrance));
    if !facts.owns(person) {
        return no(Hindrance::NotOwner);
    }
    if facts.owes(Kind::AddOwner) {
        return no(Hindrance::BeingAdded);
    }
    if facts.owes(Kind::RemoveOwner) {
        return no(Hindrance::BeingRemoved);
    }
    if accounts::able(&facts.live.owners, facts.unable).all(|owner| owner.id == person) {
        return Err(Refusal::LastOwner);
    }
    if can_write { Ok(()) } else { Err(Refusal::MissingScope(Kind::RemoveOwner.scope())) }
}

#[cfg(test)]
mod tests;
