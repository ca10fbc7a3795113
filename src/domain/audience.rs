//! The one group whose members may ask to join another, where the terms say so.
//!
//! It says who may ask, not who may belong: an owner who adds somebody directly, or from a list, does not ask.

use serde::{Deserialize, Serialize};

use super::{
    directory::{Group, PersonRef},
    ids::{GroupId, PersonId},
    viewer::Viewer,
};

/// The group whose members may ask, directly or through other groups.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Audience {
    /// Which.
    pub group: GroupId,
    /// What it was called when it was chosen.
    pub name: String,
}

/// What somebody is to the group whose members may ask, as the directory says at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Belonging {
    /// They belong to it.
    In,
    /// They do not, or the directory does not show it yet.
    Out,
    /// It could not be asked.
    Unknown,
    /// The group is gone.
    Gone,
}

/// Why a group cannot be the one whose members may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsuitable {
    /// It is the group that they would ask to join.
    Itself,
    /// It is deleted.
    Gone,
    /// It hides its members: the directory tells an owner nothing of somebody else, and an answer would tell who belongs.
    Hidden,
}

/// Says whether the members of a group may be the ones who ask. `own` is the group that they would ask to join, where it is
/// known already.
///
/// # Errors
/// Why not.
pub fn suits(group: &Group, own: Option<GroupId>) -> Result<(), Unsuitable> {
    if own == Some(group.id) {
        return Err(Unsuitable::Itself);
    }
    if group.facts.deleted {
        return Err(Unsuitable::Gone);
    }
    if group.facts.hides_members() { Err(Unsuitable::Hidden) } else { Ok(()) }
}

/// Returns whether a person sees in Roster that a group is there: it takes part, or they own it or see everything.
#[must_use]
pub fn may_name(viewer: &Viewer, takes_part: bool, owners: &[PersonRef]) -> bool {
    takes_part || viewer.sees_everything() || owns(viewer.id, owners)
}

fn owns(person: PersonId, owners: &[PersonRef]) -> bool {
    owners.iter().any(|owner| owner.id == person)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{samples, viewer::Role};

    #[test]
    fn only_another_group_that_is_there_and_shows_its_members_says_who_may_ask() {
        let team = samples::group("Compiler Team");
        let mut hidden = samples::group("Talent Reviews");
        hidden.facts.visibility = Some("HiddenMembership".to_owned());
        let mut deleted = samples::group("Gardeners");
        deleted.facts.deleted = true;

        assert_eq!(suits(&team, None), Ok(()));
        assert_eq!(suits(&team, Some(samples::group("Gardeners").id)), Ok(()));
        assert_eq!(suits(&team, Some(team.id)), Err(Unsuitable::Itself));
        assert_eq!(suits(&hidden, None), Err(Unsuitable::Hidden));
        assert_eq!(suits(&deleted, None), Err(Unsuitable::Gone));
    }

    #[test]
    fn a_group_is_named_to_those_who_see_it_in_roster() {
        let alan = samples::viewer("Alan Turing", &[]);
        let auditor = samples::viewer("Joan Clarke", &[Role::Auditor]);
        let owners = [samples::person("Grace Hopper")];

        assert!(may_name(&alan, true, &owners) && may_name(&auditor, false, &owners));
        assert!(may_name(&samples::viewer("Grace Hopper", &[]), false, &owners));
        assert!(!may_name(&alan, false, &owners));
    }
}
