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
    operation.kind == Kind::Add
        && (operation.state == operation::State::InFlight || now.duration_since(sent_at_latest) < operation::SETTLE)
}
