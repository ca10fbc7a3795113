//! The rule the product exists for, case by case and in general.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::domain::{
    audience::Audience,
    designation::SuspendReason,
    directory::{GroupFacts, Unfit},
    ids::{GroupId, OperationId, PersonId, RequestId},
    operation::{Kind, State as OperationState},
    request::{Asker, Decision},
    review_due::Reviews,
    terms::Terms,
};

const ALAN: PersonId = PersonId(Uuid::from_u128(1));
const GRACE: PersonId = PersonId(Uuid::from_u128(2));
const TEAM: GroupId = GroupId(Uuid::from_u128(9));

fn person(id: PersonId, name: &str) -> PersonRef {
    PersonRef { id, name: name.into() }
}

fn grace() -> Viewer {
    Viewer {
        id: GRACE,
        tenant: Uuid::nil(),
        name: "Grace Hopper".into(),
        username: "grace@contoso.example".into(),
        guest: false,
        roles: vec![],
    }
}

fn request() -> JoinRequest {
    JoinRequest {
        id: RequestId(Uuid::from_u128(3)),
        kind: crate::domain::request::Kind::Join,
        group: TEAM,
        group_name: "Compiler Team".into(),
        requester: person(ALAN, "Alan Turing"),
        asker: Asker::default(),
        reason: "I start on Monday.".into(),
        answers: vec![],
        days: None,
        state: State::Open,
        end_reason: None,
        version: 1,
        asked_at: Timestamp::UNIX_EPOCH,
        lapses_at: Timestamp::from_second(1_000).unwrap(),
        ended_at: None,
        consented: vec![],
        decision: None,
        operation: None,
    }
}

fn designation() -> Designation {
    Designation {
        group: TEAM,
        terms: Terms::default(),
        version: 1,
        designated_by: person(PersonId(Uuid::from_u128(5)), "Ada Lovelace"),
        designated_at: Timestamp::UNIX_EPOCH,
        terms_by: person(PersonId(Uuid::from_u128(5)), "Ada Lovelace"),
        terms_at: Timestamp::UNIX_EPOCH,
        opened_by: None,
        suspended: None,
        reviews: Reviews::since(Timestamp::UNIX_EPOCH),
    }
}

fn live() -> Live {
    Live {
        group: Some(Group {
            id: TEAM,
            name: "Compiler Team".into(),
            description: String::new(),
            facts: GroupFacts { security_enabled: true, ..GroupFacts::default() },
        }),
        owners: vec![person(GRACE, "Grace Hopper")],
        requester: Some(Person {
            id: ALAN,
            name: "Alan Turing".into(),
            username: "alan@contoso.example".into(),
            mail: String::new(),
            job_title: String::new(),
            department: String::new(),
            guest: None,
            enabled: None,
        }),
        is_member: Some(false),
    }
}

fn operation(state: OperationState, kind: Kind) -> Operation {
    Operation {
        id: OperationId(Uuid::from_u128(4)),
        kind,
        group: TEAM,
        group_name: "Compiler Team".into(),
        person: person(ALAN, "Alan Turing"),
        request: None,
        decided_by: PersonRef { id: PersonId(Uuid::from_u128(1)), name: "Grace Hopper".into() },
        reason: String::new(),
        state,
        version: 1,
        attempt: 1,
        lease_until: Timestamp::from_second(60).unwrap(),
        refusal: None,
        negative_at: None,
        created_at: Timestamp::UNIX_EPOCH,
        finished_at: None,
        carried_out_by: None,
        until: None,
    }
}

fn approve(
    viewer: &Viewer,
    request: &JoinRequest,
    designation: Option<&Designation>,
    live: &Live,
) -> Result<(), Refusal> {
    let answering = Answering { viewer, request, designation, live, belonging: Belonging::Unknown, must_accept: false };
    may_approve(&answering, true, Timestamp::from_second(10).unwrap())
}

#[test]
fn owners_read_what_waits_and_guests_among_them_do_not() {
    let (owners, others) = ([person(GRACE, "Grace Hopper")], [person(ALAN, "Alan Turing")]);
    let guest = Viewer { guest: true, ..grace() };

    assert_eq!(may_read(&grace(), &owners), Ok(()));
    assert_eq!(may_read(&guest, &owners), Err(Refusal::GuestsNeverDecide));
    assert_eq!(may_read(&grace(), &others), Err(Refusal::NotOwner));
    assert_eq!(may_read(&guest, &others), Err(Refusal::NotOwner));
}

#[test]
fn a_current_owner_may_approve_an_open_request_of_somebody_else() {
    assert_eq!(approve(&grace(), &request(), Some(&designation()), &live()), Ok(()));
}

#[test]
fn nobody_approves_for_themselves_even_as_owner_and_administrator() {
    let mut own = request();
    own.requester.id = GRACE;
    let mut admin = grace();
    admin.roles = vec![crate::domain::viewer::Role::Administrator];

    assert_eq!(approve(&admin, &own, Some(&designation()), &live()), Err(Refusal::OwnRequest));
}

#[test]
fn an_administrator_who_does_not_own_the_group_does_not_decide() {
    let mut admin = grace();
    admin.roles = vec![crate::domain::viewer::Role::Administrator];
    let others = Live { owners: vec![], ..live() };

    assert_eq!(approve(&admin, &request(), Some(&designation()), &others), Err(Refusal::NotOwner));
}

#[test]
fn a_guest_never_decides_even_as_owner() {
    let guest = Viewer { guest: true, ..grace() };

    assert_eq!(approve(&guest, &request(), Some(&designation()), &live()), Err(Refusal::GuestsNeverDecide));
}

#[test]
fn what_changed_since_the_request_stands_in_the_way() {
    let team = designation();
    let gone = Live { group: None, ..live() };
    let mut dynamic = live();
    dynamic.group.as_mut().unwrap().facts.group_types = vec!["DynamicMembership".into()];
    let left = Live { requester: None, ..live() };
    let member = Live { is_member: Some(true), ..live() };
    let mut disabled = live();
    disabled.requester.as_mut().unwrap().enabled = Some(false);
    let mut paused = designation();
    paused.suspended = Some((Timestamp::UNIX_EPOCH, SuspendReason::Administrator));

    assert_eq!(approve(&grace(), &request(), Some(&team), &gone), Err(Refusal::GroupGone));
    assert_eq!(approve(&grace(), &request(), Some(&team), &dynamic), Err(Refusal::GroupUnfit(Unfit::Dynamic)));
    assert_eq!(approve(&grace(), &request(), Some(&team), &left), Err(Refusal::RequesterGone));
    assert_eq!(approve(&grace(), &request(), Some(&team), &member), Err(Refusal::AlreadyMember));
    assert_eq!(approve(&grace(), &request(), Some(&team), &disabled), Err(Refusal::RequesterDisabled));
    assert_eq!(approve(&grace(), &request(), Some(&paused), &live()), Err(Refusal::Suspended));
    assert_eq!(approve(&grace(), &request(), None, &live()), Err(Refusal::NotDesignated));
}

#[test]
fn an_answered_request_says_who_was_first() {
    let by = person(PersonId(Uuid::from_u128(6)), "Mary Jackson");
    let at = Timestamp::from_second(5).unwrap();
    let mut answered = request();
    answered.state = State::Denied;
    answered.decision = Some(Decision { by: by.clone(), at, message: String::new() });

    let refusal = approve(&grace(), &answered, Some(&designation()), &live());

    assert_eq!(refusal, Err(Refusal::AlreadyAnswered { state: State::Denied, by: Some(by), at: Some(at) }));
}

#[test]
fn a_request_cannot_be_approved_from_the_instant_it_lapses() {
    let (viewer, request, team, live) = (grace(), request(), designation(), live());
    let facts = Answering {
        viewer: &viewer,
        request: &request,
        designation: Some(&team),
        live: &live,
        belonging: Belonging::Unknown,
        must_accept: false,
    };
    let at = |second| may_approve(&facts, true, Timestamp::from_second(second).unwrap());

    assert_eq!(at(999), Ok(()));
    assert_eq!(at(1_000), Err(Refusal::RequestEnded(EndReason::Lapsed)));
}

#[test]
fn without_the_permission_to_write_an_owner_can_deny_and_not_approve() {
    let (viewer, request, team, live) = (grace(), request(), designation(), live());
    let facts = Answering {
        viewer: &viewer,
        request: &request,
        designation: Some(&team),
        live: &live,
        belonging: Belonging::Unknown,
        must_accept: false,
    };
    let now = Timestamp::from_second(1).unwrap();

    assert_eq!(may_approve(&facts, false, now), Err(Refusal::MissingScope(WRITE_SCOPE)));
    assert_eq!(may_deny(&facts, now), Ok(()));
}

proptest! {
    /// Whatever else is so: who may approve is an owner now, no guest, not the person who asked; the request is open and
    /// in time; the group takes part, is fit and not paused; the person exists, is not disabled, not a member, and known to
    /// belong to the group whose members may ask, where the terms name one.
    #[test]
    fn an_approval_never_passes_without_every_guard(
        owner: bool, own: bool, guest: bool, group: bool, dynamic: bool, designated: bool, paused: bool,
        requester: bool, enabled in proptest::option::of(any::<bool>()), member in proptest::option::of(any::<bool>()),
        (state, belongs) in (0_usize..4, proptest::option::of(0_usize..4)), second in 0_i64..2_000, can_write: bool,
    ) {
        let viewer = Viewer { guest, ..grace() };
        let mut asked = request();
        asked.state = [State::Open, State::Approved, State::Denied, State::Ended][state];
        if own { asked.requester.id = GRACE; }
        let mut team = designation();
        if paused { team.suspended = Some((Timestamp::UNIX_EPOCH, SuspendReason::Administrator)); }
        let mut now_live = live();
        if !owner { now_live.owners.clear(); }
        if dynamic { now_live.group.as_mut().unwrap().facts.group_types = vec!["DynamicMembership".into()]; }
        if !group { now_live.group = None; }
        now_live.requester.as_mut().unwrap().enabled = enabled;
        if !requester { now_live.requester = None; }
        now_live.is_member = member;
        team.terms.members_of = belongs.map(|_| Audience { group: TEAM, name: "Research".into() });
        let all = [Belonging::In, Belonging::Out, Belonging::Unknown, Belonging::Gone];
        let facts = Answering {
            viewer: &viewer, request: &asked, designation: designated.then_some(&team), live: &now_live,
            belonging: all[belongs.unwrap_or(2)], must_accept: false,
        };

        let passes = may_approve(&facts, can_write, Timestamp::from_second(second).unwrap()).is_ok();

        let all_guards = owner && !own && !guest && group && !dynamic && designated && !paused && requester
            && enabled != Some(false) && member != Some(true) && state == 0 && second < 1_000 && can_write
            && belongs.is_none_or(|place| place == 0);
        prop_assert_eq!(passes, all_guards);
    }
}

mod audience;
mod finishing;
