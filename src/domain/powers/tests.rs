//! What holds of the table of powers, whatever its rows.

use jiff::Timestamp;

use super::*;
use crate::domain::{designation::SuspendReason, samples, viewer::Role};

/// Everybody who can stand before a group: with each set of roles, as an owner or not, as a guest or not.
fn viewers() -> Vec<(Viewer, bool)> {
    let roles: [&[Role]; 4] = [&[], &[Role::Administrator], &[Role::Auditor], &[Role::Administrator, Role::Auditor]];
    let mut all = Vec::new();
    for roles in roles {
        for (guest, is_owner) in [(false, false), (false, true), (true, false), (true, true)] {
            all.push((Viewer { guest, ..samples::viewer("Grace Hopper", roles) }, is_owner));
        }
    }
    all
}

/// A group in each state it can be in: as the directory has it, and its designation.
fn states() -> Vec<(Option<Group>, Option<Designation>)> {
    let group = samples::group("Compiler Team");
    let mut unfit = group.clone();
    unfit.facts.on_premises_sync = Some(true);
    let designation = samples::designation(&group);
    let suspended =
        Designation { suspended: Some((Timestamp::UNIX_EPOCH, SuspendReason::Administrator)), ..designation.clone() };
    vec![
        (Some(group.clone()), None),
        (Some(group.clone()), Some(designation.clone())),
        (Some(group), Some(suspended.clone())),
        (Some(unfit.clone()), Some(designation.clone())),
        (Some(unfit), Some(suspended.clone())),
        (None, Some(designation)),
        (None, Some(suspended)),
    ]
}

/// Calls a check with every cell of the table.
fn every(check: impl Fn(Power, &Standing<'_>, Result<(), Refusal>)) {
    for (viewer, is_owner) in viewers() {
        for (group, designation) in states() {
            let standing = Standing {
                viewer: &viewer,
                is_owner,
                group: group.as_ref(),
                designation: designation.as_ref(),
                must_accept: false,
            };
            for power in Power::ALL {
                check(power, &standing, may(power, &standing));
            }
        }
    }
}

#[test]
fn only_owners_change_anything_and_a_role_changes_nothing() {
    every(|power, standing, answer| {
        if !power.only_sees() && (!standing.is_owner || standing.viewer.guest) {
            assert!(answer.is_err(), "{power:?} {standing:?}");
        }
        let without = Viewer { roles: Vec::new(), ..standing.viewer.clone() };
        let without = Standing { viewer: &without, ..*standing };
        if !power.only_sees() {
            assert_eq!(answer, may(power, &without), "{power:?} {standing:?}");
        }
    });
}

#[test]
fn nothing_is_changed_in_a_group_that_takes_no_part_or_cannot() {
    every(|power, standing, answer| {
        let is_fit = standing.group.is_some_and(|group| group.facts.eligibility().is_ok());
        if !power.only_sees() && (standing.designation.is_none() || !is_fit) {
            assert!(answer.is_err(), "{power:?} {standing:?}");
        }
    });
}

#[test]
fn nobody_is_let_into_a_paused_group_and_anybody_can_be_taken_out() {
    every(|power, standing, answer| {
        let is_paused = standing.designation.is_some_and(|designation| designation.suspended.is_some());
        if is_paused && power == Power::AddMember {
            assert!(answer.is_err(), "{standing:?}");
        }
        let is_fit = standing.group.is_some_and(|group| group.facts.eligibility().is_ok());
        if is_paused && is_fit && standing.is_owner && !standing.viewer.guest && power == Power::RemoveMember {
            assert_eq!(answer, Ok(()));
        }
    });
}

#[test]
fn strangers_do_not_learn_that_a_group_is_there() {
    every(|power, standing, answer| {
        if !standing.is_owner && !standing.viewer.sees_everything() {
            assert_eq!(answer, Err(Refusal::NotOwner), "{power:?} {standing:?}");
        }
    });
}

#[test]
fn what_the_terms_lock_no_owner_changes_and_is_told_who_set_it() {
    let group = samples::group("Compiler Team");
    let mut designation = samples::designation(&group);
    let locks = &mut designation.terms;
    (locks.owners_change_owners, locks.owners_change_details, locks.owners_delete) = (false, false, false);
    let viewer = samples::viewer("Grace Hopper", &[]);
    let standing = Standing {
        viewer: &viewer,
        is_owner: true,
        group: Some(&group),
        designation: Some(&designation),
        must_accept: false,
    };

    let locked = Err(Refusal::Locked { by: designation.terms_by.clone() });
    assert_eq!(may(Power::ChangeOwners, &standing), locked);
    assert_eq!(may(Power::ChangeDetails, &standing), locked);
    assert_eq!(may(Power::Delete, &standing), locked);
    assert_eq!(may(Power::AddMember, &standing), Ok(()));
}
