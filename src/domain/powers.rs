//! Who may do what with a group in the owners' workspace: one table, asked by the pages and by the handlers alike.
//!
//! An owner is an owner in the directory at this moment. A deputy is one for a while, and a former owner is nobody; so
//! neither has a row here. A fallback is told and may nothing. A role in Roster lets see and never lets change what
//! belongs to owners; a role in the directory gives nothing.

use super::{designation::Designation, directory::Group, refusal::Refusal, terms::Term, viewer::Viewer};

/// The scope that lets an owner change a group itself with their own token, and not only its members (Graph permissions
/// reference).
pub const GROUP_SCOPE: &str = "Group.ReadWrite.All";

/// Something an owner does with a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Power {
    /// Open the group's pages: what it is, its owners, what waits.
    See,
    /// See who belongs to it, and take the list away as a file.
    SeeMembers,
    /// Read what happened to it.
    SeeHistory,
    /// Let somebody in without a request.
    AddMember,
    /// Take somebody out.
    RemoveMember,
    /// Change when a membership ends.
    ChangeEnd,
    /// Make somebody an owner, or take the group from one.
    ChangeOwners,
    /// Change the group's name and description.
    ChangeDetails,
    /// Accept the responsibilities of owners.
    Accept,
    /// Delete the group.
    Delete,
    /// Change what the terms leave open; which of them that is, [`super::changing_terms`] says.
    ChangeTerms,
    /// Take it out of the directory's recycle bin.
    Restore,
    /// Let it live on when it would expire.
    Renew,
    /// Confirm who still belongs to it.
    Review,
}

impl Power {
    /// Every power.
    pub const ALL: [Self; 14] = [
        Self::See,
        Self::SeeMembers,
        Self::SeeHistory,
        Self::AddMember,
        Self::RemoveMember,
        Self::ChangeEnd,
        Self::ChangeOwners,
        Self::ChangeDetails,
        Self::Accept,
        Self::Delete,
        Self::ChangeTerms,
        Self::Restore,
        Self::Renew,
        Self::Review,
    ];

    /// Returns whether it changes nothing.
    #[must_use]
    pub fn only_sees(self) -> bool {
        matches!(self, Self::See | Self::SeeMembers | Self::SeeHistory)
    }

    /// Returns the lock that keeps it from owners.
    fn lock(self) -> Option<Term> {
        match self {
            Self::ChangeOwners => Some(Term::Owners),
            Self::ChangeDetails => Some(Term::Details),
            Self::Delete => Some(Term::Delete),
            _ => None,
        }
    }

    /// Returns whether it works while the group is paused: what takes access away always does.
    fn works_while_paused(self) -> bool {
        !matches!(self, Self::AddMember | Self::ChangeEnd)
    }
}

/// A person and a group, as far as powers go.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'a> {
    /// Who.
    pub viewer: &'a Viewer,
    /// Whether the directory names them as an owner: read live for everything that changes something.
    pub is_owner: bool,
    /// The group as the directory has it; `None` when it is gone.
    pub group: Option<&'a Group>,
    /// Its designation, when it takes part.
    pub designation: Option<&'a Designation>,
    /// Whether responsibilities count that they have not accepted; it keeps them from letting anybody in.
    pub must_accept: bool,
}

/// Says whether a person may do something with a group.
///
/// # Errors
/// The first rule that stands in the way. [`Refusal::NotOwner`] means that they may not know of the page at all.
pub fn may(power: Power, standing: &Standing<'_>) -> Result<(), Refusal> {
    if power.only_sees() {
        return may_see(standing);
    }
    if !standing.is_owner {
        return Err(Refusal::NotOwner);
    }
    if standing.viewer.guest {
        return Err(Refusal::GuestsNeverDecide);
    }
    let group = standing.group.ok_or(Refusal::GroupGone)?;
    let designation = standing.designation.ok_or(Refusal::NotDesignated)?;
    group.facts.eligibility().map_err(Refusal::GroupUnfit)?;
    if power.lock().is_some_and(|term| !designation.terms.is_open(term)) {
        return Err(Refusal::Locked { by: designation.terms_by.clone() });
    }
    if designation.suspended.is_some() && !power.works_while_paused() {
        return Err(Refusal::Suspended);
    }
    let needed = designation.terms.approvals;
    if power == Power::AddMember && needed > 1 {
        return Err(Refusal::SeveralApprove { needed });
    }
    if standing.must_accept && power == Power::AddMember {
        return Err(Refusal::MustAccept(group.id));
    }
    Ok(())
}

/// Owners see, also groups that take no part; guests among them do not. Administrators and auditors see groups that do.
fn may_see(standing: &Standing<'_>) -> Result<(), Refusal> {
    let sees_everything = standing.viewer.sees_everything() && standing.designation.is_some();
    match (standing.is_owner, standing.viewer.guest) {
        (true, false) => Ok(()),
        _ if sees_everything => Ok(()),
        (true, true) => Err(Refusal::GuestsNeverDecide),
        (false, _) => Err(Refusal::NotOwner),
    }
}

#[cfg(test)]
mod tests;
