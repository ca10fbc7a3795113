//! Creating a group: what is asked for, and what became of it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    directory::{Kind, Person, PersonRef},
    group_life::Course,
    ids::{CommissionId, EventId, GroupId, PersonId},
    refusal::{Hindrance, Refusal},
    viewer::Viewer,
};

/// The most owners and members together that a group is created with (Graph, "Create group").
pub const MOST_PEOPLE: usize = 20;
/// The most characters of a name (Graph, "group resource type").
pub const NAME_LIMIT: usize = 256;
/// The most characters of what a group is for, which is its description (Graph, "group resource type").
pub const PURPOSE_LIMIT: usize = 1024;

/// Why the directory did not create a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// It does not take the name.
    NotThisName,
    /// The tenant does not let this person create such groups.
    NotAllowed,
    /// They have created as many objects as anybody may.
    Quota,
    /// Something in the wish that Graph does not take.
    Refused,
}

/// A group that somebody decided to create.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Creation {
    /// The event that records the decision; also sent to Graph as `client-request-id`.
    pub id: EventId,
    /// Which kind.
    pub kind: Kind,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// The nickname that no other group has: it finds the group again after a lost answer.
    pub nickname: String,
    /// Its owners beside who creates it.
    pub owners: Vec<PersonRef>,
    /// Its first members.
    pub members: Vec<PersonRef>,
    /// Who creates it.
    pub by: PersonRef,
    /// When it was decided.
    pub at: Timestamp,
    /// How far it is.
    pub course: Course,
    /// The group, once it is there.
    pub group: Option<GroupId>,
    /// Why the directory refused it.
    pub problem: Option<Problem>,
    /// The commission that it is for.
    pub commission: Option<CommissionId>,
}

impl Creation {
    /// Returns whether nobody knows yet what became of it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.course, Course::Sent | Course::Unclear)
    }
}

/// Says whether somebody may create groups here at all.
///
/// # Errors
/// Guests own nothing here; and the tenant has to have granted what it needs.
pub fn may_create(viewer: &Viewer, can_write: bool) -> Result<(), Refusal> {
    if viewer.guest {
        return Err(Refusal::GuestsNeverCreate);
    }
    if can_write { Ok(()) } else { Err(Refusal::MissingScope(super::powers::GROUP_SCOPE)) }
}

/// Says why somebody cannot be an owner, or a member, of a new group.
#[must_use]
pub fn hindrance(person: &Person, as_owner: bool, creator: PersonId) -> Option<Hindrance> {
    if person.enabled == Some(false) {
        return Some(Hindrance::Disabled);
    }
    match as_owner {
        true if person.id == creator => Some(Hindrance::Owner),
        true if person.is_guest() => Some(Hindrance::GuestOwner),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples;

    fn person(name: &str) -> Person {
        let known = samples::person(name);
        Person {
            id: known.id,
            name: known.name,
            username: String::new(),
            mail: String::new(),
            job_title: String::new(),
            department: String::new(),
            guest: Some(false),
            enabled: Some(true),
        }
    }

    #[test]
    fn guests_create_nothing_and_others_need_the_scope() {
        assert_eq!(may_create(&samples::guest(), true), Err(Refusal::GuestsNeverCreate));
        let grace = samples::viewer("Grace Hopper", &[]);
        assert_eq!(may_create(&grace, true), Ok(()));
        assert_eq!(may_create(&grace, false), Err(Refusal::MissingScope("Group.ReadWrite.All")));
    }

    #[test]
    fn owners_are_colleagues_who_can_sign_in() {
        let (alan, grace) = (person("Alan Turing"), samples::person("Grace Hopper").id);
        let guest = Person { guest: Some(true), ..alan.clone() };
        let disabled = Person { enabled: Some(false), ..alan.clone() };

        assert_eq!(hindrance(&alan, true, grace), None);
        assert_eq!(hindrance(&alan, true, alan.id), Some(Hindrance::Owner), "who creates it owns it anyway");
        assert_eq!(hindrance(&alan, false, alan.id), None);
        assert_eq!(hindrance(&guest, true, grace), Some(Hindrance::GuestOwner));
        assert_eq!(hindrance(&guest, false, grace), None);
        assert_eq!(hindrance(&disabled, false, grace), Some(Hindrance::Disabled));
    }
}
