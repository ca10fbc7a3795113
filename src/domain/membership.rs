//! Leaving a group.

use jiff::Timestamp;

use super::{
    joining::Membership,
    operation::{self, Kind, Operation},
    refusal::{Hindrance, Refusal},
};

/// Says whether a person may wish to leave a group, given their membership and the unfinished writes for them there.
///
/// # Errors
/// [`Refusal::AddInFlight`] while an add of ours may still land, which would undo the removal; otherwise what they are not.
pub fn may_leave(membership: Membership, unfinished: &[Operation], now: Timestamp) -> Result<(), Refusal> {
    if unfinished.iter().any(Operation::is_wish_to_leave) {
        return Err(Refusal::AlreadyLeaving);
    }
    // What is owed because the end has come gives way to the wish.
    if unfinished.iter().any(|owed| owed.kind == Kind::Remove && !(owed.is_at_its_end() && owed.can_begin(now))) {
        return Err(Refusal::Hindered(Hindrance::BeingRemoved));
    }
    if unfinished.iter().any(|operation| may_still_land(operation, now)) {
        return Err(Refusal::AddInFlight);
    }
    match membership {
        Membership::Direct | Membership::Unknown => Ok(()),
        Membership::Nested => Err(Refusal::OnlyNested),
        Membership::None => Err(Refusal::NotMember),
    }
}

/// Returns whether an add of ours, sent before now, could still reach the directory.
#[must_use]
pub fn may_still_land(operation: &Operation, now: Timestamp) -> bool {
    let sent_at_latest = operation.lease_until - operation::LEASE;
    operation.kind == Kind::Add && now.duration_since(sent_at_latest) < operation::SETTLE
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::{
        directory::PersonRef,
        ids::{GroupId, OperationId, PersonId},
        operation::State,
    };

    fn add(state: State, lease_until: i64) -> Operation {
        Operation {
            id: OperationId(Uuid::from_u128(1)),
            kind: Kind::Add,
            group: GroupId(Uuid::from_u128(2)),
            group_name: "Compiler Team".into(),
            person: PersonRef { id: PersonId(Uuid::from_u128(3)), name: "Alan Turing".into() },
            request: None,
            decided_by: PersonRef { id: PersonId(Uuid::from_u128(4)), name: "Grace Hopper".into() },
            reason: String::new(),
            state,
            version: 1,
            attempt: 1,
            lease_until: Timestamp::from_second(lease_until).unwrap(),
            refusal: None,
            negative_at: None,
            created_at: Timestamp::UNIX_EPOCH,
            finished_at: None,
            carried_out_by: None,
            until: None,
        }
    }

    #[test]
    fn a_removal_waits_out_an_add_of_ours_that_may_still_land() {
        let sent_at_second_zero = [add(State::Unknown, 60)];
        let at = |second| Timestamp::from_second(second).unwrap();

        assert_eq!(may_leave(Membership::Direct, &sent_at_second_zero, at(119)), Err(Refusal::AddInFlight));
        assert_eq!(may_leave(Membership::Direct, &sent_at_second_zero, at(120)), Ok(()));
        assert_eq!(may_leave(Membership::Direct, &[add(State::InFlight, 60)], at(119)), Err(Refusal::AddInFlight));
    }

    /// Whoever's end had come was told that they had said already that they wish to leave.
    #[test]
    fn who_has_wished_to_leave_or_is_being_removed_does_not_leave_and_whose_end_has_come_does() {
        let (now, by) =
            (Timestamp::UNIX_EPOCH, PersonRef { id: PersonId(Uuid::from_u128(4)), name: "Grace Hopper".into() });
        let removal = Operation { kind: Kind::Remove, ..add(State::Unknown, 60) };
        let wish = Operation { decided_by: removal.person.clone(), ..removal.clone() };
        let ended = Operation::at_its_end((removal.group, "Compiler Team"), &removal.person, &by, now, now);
        let held = Operation { state: State::InFlight, lease_until: now + operation::LEASE, ..ended.clone() };
        let may = |owed: Operation| may_leave(Membership::Direct, &[owed], now);

        assert_eq!(may(wish), Err(Refusal::AlreadyLeaving));
        assert_eq!(may(removal), Err(Refusal::Hindered(Hindrance::BeingRemoved)));
        assert_eq!(may(held), Err(Refusal::Hindered(Hindrance::BeingRemoved)));
        assert_eq!(may(ended), Ok(()));
    }

    #[test]
    fn only_a_direct_membership_can_be_left() {
        let now = Timestamp::UNIX_EPOCH;

        assert_eq!(may_leave(Membership::Direct, &[], now), Ok(()));
        assert_eq!(may_leave(Membership::Nested, &[], now), Err(Refusal::OnlyNested));
        assert_eq!(may_leave(Membership::None, &[], now), Err(Refusal::NotMember));
    }
}
