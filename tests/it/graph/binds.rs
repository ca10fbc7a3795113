//! Adding many members at once.

use std::time::Duration;

use roster::{
    domain::{
        ids::{GroupId, PersonId},
        operation::DirectoryRefusal,
    },
    graph::{Added, Error, Limits},
};
use roster_emulator::{Action, Company, Fault, Group, Person};
use uuid::Uuid;

use super::{NOBODY, Tenant, short};

const GROUP: GroupId = GroupId(Uuid::from_u128(0x9000));

fn person(n: u128) -> PersonId {
    PersonId(Uuid::from_u128(n))
}

/// Grace Hopper, who owns an empty group, and sixty people.
async fn scene(limits: Limits) -> Tenant {
    let somebody = |n: u128| match n {
        1 => Person::new(Uuid::from_u128(1), "Grace Hopper", "grace.hopper@contoso.example"),
        n => Person::new(Uuid::from_u128(n), &format!("Person {n}"), &format!("person{n}@contoso.example")),
    };
    let groups = vec![Group::security(GROUP.0, "Large").owned_by(&[Uuid::from_u128(1)])];
    Tenant::with(Company { people: (1..=60).map(somebody).collect(), groups, ..Company::default() }, limits).await
}

async fn add(tenant: &Tenant, group: GroupId, people: &[PersonId]) -> Vec<Added> {
    let token = tenant.token("Grace Hopper");
    let outcomes = tenant.graph.person(&token).add_members(group, people, Uuid::from_u128(0xabc)).await;
    outcomes.into_iter().map(|(_, added)| added).collect()
}

#[tokio::test]
async fn twenty_people_are_added_with_each_call_and_nobody_twice() {
    let tenant = scene(Limits::default()).await;
    let mut people: Vec<PersonId> = (2..=46).map(person).collect();
    people.push(person(2));

    let token = tenant.token("Grace Hopper");
    let outcomes = tenant.graph.person(&token).add_members(GROUP, &people, Uuid::from_u128(0xabc)).await;

    assert_eq!(outcomes, (2..=46).map(|n| (person(n), Added::Now)).collect::<Vec<_>>());
    assert_eq!(tenant.emulator.group("Large").unwrap().members.len(), 45);
    let calls = tenant.emulator.calls();
    assert_eq!(calls.len(), 3);
    assert!(calls.iter().all(|call| call.client_request_id == Some(Uuid::from_u128(0xabc).to_string())));
}

#[tokio::test]
async fn one_in_the_way_keeps_nobody_else_out() {
    let tenant = scene(Limits::default()).await;
    tenant.emulator.add_member(GROUP.0, person(9).0);
    let mut people: Vec<PersonId> = (2..=20).map(person).collect();
    people.push(PersonId(NOBODY));

    let outcomes = add(&tenant, GROUP, &people).await;

    for (who, outcome) in people.iter().zip(&outcomes) {
        let expected = match who {
            who if *who == person(9) => Added::Before,
            PersonId(NOBODY) => Added::Refused(DirectoryRefusal::Gone),
            _ => Added::Now,
        };
        assert_eq!(*outcome, expected, "{who}");
    }
    assert_eq!(tenant.emulator.group("Large").unwrap().members.len(), 19);
    // Halves: 20, 10 + 10, then down to each of the two.
    assert!(tenant.asked("PATCH", "/groups/") <= 1 + 2 * 2 * 5, "{}", tenant.asked("PATCH", "/groups/"));
}

#[tokio::test]
async fn what_would_meet_everybody_is_not_asked_for_each() {
    let stranger = scene(Limits::default()).await;
    stranger.emulator.change_group(GROUP.0, |group| group.owners.clear());
    let gone = scene(Limits::default()).await;
    gone.emulator.delete_group(GROUP.0);
    let people: Vec<PersonId> = (2..=30).map(person).collect();

    let not_allowed = add(&stranger, GROUP, &people).await;
    let no_group = add(&gone, GROUP, &people).await;

    assert_eq!(not_allowed, vec![Added::Refused(DirectoryRefusal::NotAllowed); 29]);
    assert_eq!(no_group, vec![Added::Refused(DirectoryRefusal::Gone); 29]);
    assert_eq!((stranger.asked("PATCH", "/groups/"), gone.asked("PATCH", "/groups/")), (1, 2));
    assert_eq!((stranger.emulator.calls().len(), gone.asked("GET", "/groups/")), (2, 1));
}

/// A guest was answered like somebody who may not add, and their colleagues counted as refused for good.
#[tokio::test]
async fn a_guest_whom_the_tenant_does_not_admit_keeps_nobody_else_out() {
    let tenant = Tenant::start().await;
    let (token, group) = (tenant.token("Barbara Liskov"), tenant.group("Language Design"));
    let [guest, alan, ken] = ["Tim Berners", "Alan Turing", "Ken Thompson"].map(|name| tenant.person(name));
    tenant.emulator.set_admits_guests(group.0, false);

    let outcomes = tenant.graph.person(&token).add_members(group, &[alan, guest, ken], Uuid::from_u128(0xabc)).await;

    let refused = Added::Refused(DirectoryRefusal::NotAllowed);
    assert_eq!(outcomes, [(alan, Added::Now), (guest, refused), (ken, Added::Now)]);
    assert!(tenant.has_member(group, alan) && tenant.has_member(group, ken) && !tenant.has_member(group, guest));
}

#[tokio::test]
async fn after_a_lost_answer_everybody_is_found_to_be_there() {
    let tenant = scene(Limits::default()).await;
    tenant.emulator.fault(Fault::on("PATCH", "/groups/").answer(Action::DropAfterApplying));

    let outcomes = add(&tenant, GROUP, &[person(2), person(3), person(4)]).await;

    assert_eq!(outcomes, vec![Added::Before; 3]);
}

#[tokio::test]
async fn when_graph_asks_for_patience_the_rest_is_left_unknown() {
    let tenant = scene(short()).await;
    tenant.emulator.fault(Fault::on("PATCH", "/groups/").nth(2).answer(Action::Status(429, Some("3600"))));
    let people: Vec<PersonId> = (2..=60).map(person).collect();

    let outcomes = add(&tenant, GROUP, &people).await;

    let throttled = Error::Throttled { retry_after: Some(Duration::from_hours(1)) };
    assert_eq!(outcomes[..20], vec![Added::Now; 20]);
    assert_eq!(outcomes[20..], vec![Added::Unknown(throttled); 39]);
    assert_eq!(tenant.emulator.calls().len(), 2);
}
