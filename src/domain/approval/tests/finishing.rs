//! Who may finish a change whose outcome was lost.

use super::*;

#[test]
fn a_co_owner_finishes_what_was_lost_and_the_person_it_is_for_never_does() {
    let (team, live) = (designation(), live());
    let lost = operation(OperationState::Unknown, Kind::Add);
    let now = Timestamp::from_second(10).unwrap();
    let alan = Viewer { id: ALAN, ..grace() };
    let both_own = Live { owners: vec![person(ALAN, "Alan Turing"), person(GRACE, "Grace Hopper")], ..live.clone() };

    assert_eq!(may_finish(&grace(), &lost, Some(&team), &live, true, now), Ok(()));
    assert_eq!(may_finish(&alan, &lost, Some(&team), &both_own, true, now), Err(Refusal::OwnRequest));
}

#[test]
fn nobody_finishes_what_another_holds_or_what_is_over() {
    let (team, live) = (designation(), live());
    let now = Timestamp::from_second(59).unwrap();
    let finish = |state, now| may_finish(&grace(), &operation(state, Kind::Add), Some(&team), &live, true, now);

    assert_eq!(finish(OperationState::InFlight, now), Err(Refusal::BeingCarriedOut));
    assert_eq!(finish(OperationState::InFlight, Timestamp::from_second(60).unwrap()), Ok(()));
    for over in [OperationState::Applied, OperationState::Refused, OperationState::Abandoned] {
        assert_eq!(finish(over, now), Err(Refusal::NothingToFinish));
    }
}

#[test]
fn a_person_can_be_let_go_from_a_group_that_no_longer_takes_part() {
    let lost = operation(OperationState::Unknown, Kind::Remove);

    assert_eq!(may_finish(&grace(), &lost, None, &live(), true, Timestamp::UNIX_EPOCH), Ok(()));
}
