//! Leaving a group.

use jiff::Timestamp;

use super::{
    joining::Membership,
    operation::{self, Kind, Operation},
    refusal::Refusal,
};

/// Says whether a person may wish to leave a group, given their membership and the unfinished writes for them there.
///
/// # Errors
/// [`Refusal::AddInFlight`] while an add of ours may still land, which would undo the removal; otherwise what they are not.
pub fn may_leave(membership: Membership, unfinished: &[Operation], now: Timestamp) -> Result<(), Refusal> {
    if unfinished.iter().any(|operation| operation.kind == Kind::Remove) {
        return Err(Refusal::AlreadyLeaving);
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

    #[test]
    fn only_a_direct_membership_can_be_left() {
        let now = Timestamp::UNIX_EPOCH;

        assert_eq!(may_leave(Membership::Direct, &[], now), Ok(()));
        assert_eq!(may_leave(Membership::Nested, &[], now), Err(Refusal::OnlyNested));
        assert_eq!(may_leave(Membership::None, &[], now), Err(Refusal::NotMember));
    }
}
