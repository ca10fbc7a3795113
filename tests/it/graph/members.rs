//! The people in a group, page by page and counted.

use std::collections::HashSet;

use roster::{
    domain::ids::GroupId,
    graph::{Error, Limits, MemberCounts, NextPage, Reach},
};
use roster_emulator::{Company, Group, Person};
use uuid::Uuid;

use super::{NOBODY, Tenant};

const LARGE: GroupId = GroupId(Uuid::from_u128(0x9000));
const OUTER: GroupId = GroupId(Uuid::from_u128(0x9001));

/// A group of 250 people within another that has Grace Hopper.
async fn nested() -> Tenant {
    let person = |n: u128| match n {
        0 => Person::new(Uuid::from_u128(1), "Grace Hopper", "grace.hopper@contoso.example"),
        n => Person::new(Uuid::from_u128(1 + n), &format!("Person {n:03}"), &format!("person{n}@contoso.example")),
    };
    let (grace, all): (Uuid, Vec<Uuid>) = (Uuid::from_u128(1), (2..252).map(Uuid::from_u128).collect());
    let groups = vec![
        Group::security(LARGE.0, "Large").owned_by(&[grace]).with_members(&all),
        Group::security(OUTER.0, "Outer").owned_by(&[grace]).with_members(&[grace, LARGE.0]),
    ];
    Tenant::with(Company { people: (0..251).map(person).collect(), groups, ..Company::default() }, Limits::default())
        .await
}

#[tokio::test]
async fn people_in_a_group_come_page_by_page_in_the_order_of_their_names() {
    let tenant = nested().await;
    let token = tenant.token("Grace Hopper");
    let grace = tenant.graph.person(&token);

    let (mut next, mut totals, mut seen): (Option<NextPage>, Vec<Option<u64>>, Vec<String>) = Default::default();
    loop {
        let page = grace.people_in(LARGE, Reach::Direct, "", next.as_ref()).await.unwrap();
        totals.push(page.total);
        seen.extend(page.people.into_iter().map(|person| person.name));
        next = page.next;
        if next.is_none() {
            break;
        }
    }

    assert_eq!(totals, [Some(250), None, None]);
    assert!(seen.is_sorted());
    assert_eq!(seen.iter().collect::<HashSet<_>>().len(), 250);
}

#[tokio::test]
async fn a_member_is_found_by_a_word_of_the_name() {
    let tenant = nested().await;
    let token = tenant.token("Grace Hopper");

    let page = tenant.graph.person(&token).people_in(LARGE, Reach::Direct, "042", None).await.unwrap();

    assert_eq!((page.people.len(), page.total, page.next), (1, Some(1), None));
    assert_eq!(page.people[0].name, "Person 042");
}

#[tokio::test]
async fn groups_within_a_group_bring_their_people_and_each_is_counted_once() {
    let tenant = nested().await;
    let token = tenant.token("Grace Hopper");
    let grace = tenant.graph.person(&token);

    let direct = grace.people_in(OUTER, Reach::Direct, "", None).await.unwrap();
    let all = grace.people_in(OUTER, Reach::ThroughGroups, "", None).await.unwrap();
    let counts = grace.member_counts(OUTER).await.unwrap();

    assert_eq!((direct.total, all.total), (Some(1), Some(251)));
    assert_eq!(counts, MemberCounts { direct: 2, people: 251 });
}

#[tokio::test]
async fn a_link_to_another_list_is_not_followed() {
    let tenant = nested().await;
    let token = tenant.token("Grace Hopper");
    let grace = tenant.graph.person(&token);
    let own = grace.people_in(LARGE, Reach::Direct, "", None).await.unwrap().next.unwrap();
    tenant.emulator.forget_calls();

    for (group, link) in [(OUTER, own.0.as_str()), (LARGE, "/v1.0/me"), (LARGE, "https://evil.example/"), (LARGE, "")] {
        let outcome = grace.people_in(group, Reach::Direct, "", Some(&NextPage(link.to_owned()))).await;

        assert_eq!(outcome, Err(Error::Garbled), "{link}");
    }
    assert_eq!(tenant.emulator.calls().len(), 0);
}

#[tokio::test]
async fn the_people_of_no_group_are_not_nobody() {
    let tenant = nested().await;
    let token = tenant.token("Grace Hopper");
    let grace = tenant.graph.person(&token);

    for reach in [Reach::Direct, Reach::ThroughGroups] {
        assert_eq!(grace.people_in(GroupId(NOBODY), reach, "", None).await, Err(Error::Gone));
    }
    // Both numbers are asked for at once; each has to be refused once.
    for list in ["/members/$count", "/transitiveMembers/microsoft.graph.user/$count"] {
        tenant.refuse(list);
        assert_eq!(grace.member_counts(LARGE).await, Err(Error::NotAllowed), "{list}");
    }
}
