//! How operations move, and what settles them.

use uuid::Uuid;

use super::*;

fn operation(state: State, negative_at: Option<i64>) -> Operation {
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
        lease_until: Timestamp::from_second(60).unwrap(),
        refusal: None,
        negative_at: negative_at.map(|s| Timestamp::from_second(s).unwrap()),
        created_at: Timestamp::UNIX_EPOCH,
        finished_at: None,
        carried_out_by: None,
        until: None,
    }
}

#[test]
fn a_lost_answer_is_never_a_failure() {
    let now = Timestamp::from_second(10_000).unwrap();

    for read in [None, Some(false)] {
        assert_eq!(settle(&operation(State::InFlight, Some(0)), Answer::Unclear, read, now), Step::LoseTrack);
    }
}

#[test]
fn a_refusal_needs_two_reads_two_minutes_apart() {
    let no = Answer::No(DirectoryRefusal::NotAllowed);
    let at = |s| Timestamp::from_second(s).unwrap();

    assert_eq!(settle(&operation(State::InFlight, None), no, Some(false), at(500)), Step::LoseTrack);
    assert_eq!(settle(&operation(State::InFlight, Some(500)), no, Some(false), at(619)), Step::LoseTrack);
    assert_eq!(settle(&operation(State::InFlight, Some(500)), no, None, at(900)), Step::LoseTrack);
    assert_eq!(settle(&operation(State::InFlight, Some(500)), no, Some(false), at(620)), Step::Refuse);
}

#[test]
fn a_read_that_finds_it_in_place_vetoes_every_refusal() {
    let no = Answer::No(DirectoryRefusal::Gone);
    let now = Timestamp::from_second(9_000).unwrap();

    assert_eq!(settle(&operation(State::InFlight, Some(0)), no, Some(true), now), Step::Apply);
}

#[test]
fn nobody_takes_up_what_another_still_holds() {
    let held = operation(State::InFlight, None);

    assert!(!held.can_begin(Timestamp::from_second(59).unwrap()));
    assert!(held.can_begin(Timestamp::from_second(60).unwrap()));
    assert!(!operation(State::Applied, None).can_begin(Timestamp::from_second(99).unwrap()));
}

#[test]
fn what_is_final_stays_final() {
    for from in [State::Applied, State::Refused, State::Abandoned] {
        for step in [Step::Begin, Step::Apply, Step::LoseTrack, Step::Refuse, Step::Abandon] {
            assert_eq!(from.after(step), None, "{from:?} {step:?}");
        }
    }
}
