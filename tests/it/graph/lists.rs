//! Lists, short and long.

use std::collections::HashSet;

use roster::{domain::ids::GroupId, domain::ids::PersonId, graph::Limits};
use roster_emulator::{Company, Group, Person};
use uuid::Uuid;

use super::Tenant;

/// Makes a company of so many people, with Grace Hopper first; the other groups are the caller's.
fn company(people: u128, groups: Vec<Group>) -> Company {
    let somebody = |n| match n {
        0 => Person::new(Uuid::from_u128(1), "Grace Hopper", "grace.hopper@contoso.example"),
        n => Person::new(Uuid::from_u128(1 + n), &format!("Person {n}"), &format!("person{n}@contoso.example")),
    };
    Company { people: (0..people).map(somebody).collect(), groups, ..Company::default() }
}

fn ids(range: std::ops::Range<u128>) -> Vec<Uuid> {
    range.map(Uuid::from_u128).collect()
}

#[tokio::test]
async fn every_owner_on_every_page_is_read_and_applications_are_left_out() {
    let many = Uuid::from_u128(0x9000);
    let group = Group::security(many, "Much Owned").owned_by(&ids(1..131));
    let tenant = Tenant::with(company(130, vec![group]), Limits::default()).await;
    let contoso = Tenant::start().await;
    let (token, sample) = (tenant.token("Grace Hopper"), contoso.token("Grace Hopper"));

    let owners = tenant.graph.person(&token).owners(GroupId(many)).await.unwrap();
    let of_agents = contoso.graph.person(&sample).owners(contoso.group("Build Agents")).await.unwrap();
    let of_compilers = contoso.graph.person(&sample).owners(contoso.group("Compiler Team")).await.unwrap();

    assert_eq!(owners.iter().map(|owner| owner.id).collect::<HashSet<_>>().len(), 130);
    assert_eq!(of_agents, []);
    let names: HashSet<_> = of_compilers.iter().map(|owner| owner.name.as_str()).collect();
    assert_eq!(names, HashSet::from(["Grace Hopper", "Mary Jackson", "Annie Easley"]));
}

#[tokio::test]
async fn the_listing_brings_every_group_with_all_its_owners() {
    let mut groups: Vec<_> =
        (0..1100).map(|n| Group::security(Uuid::from_u128(0x9000 + n), &format!("G {n}"))).collect();
    groups[3] = groups[3].clone().owned_by(&ids(1..26));
    groups[4] = groups[4].clone().owned_by(&ids(1..3));
    let tenant = Tenant::with(company(30, groups), Limits::default()).await;
    let token = tenant.token("Grace Hopper");
    let mut pages = tenant.graph.person(&token).reader().groups();

    let mut found = Vec::new();
    let mut read = 0;
    while let Some(page) = pages.next_page().await.unwrap() {
        found.extend(page);
        read += 1;
    }

    let owners = |n: u128| found.iter().find(|(group, _)| group.id.0 == Uuid::from_u128(0x9000 + n)).unwrap().1.len();
    assert_eq!((read, found.len()), (2, 1100));
    assert_eq!((owners(3), owners(4), owners(5)), (25, 2, 0));
    let apart = tenant.emulator.calls().iter().filter(|call| call.path.contains("/owners")).count();
    assert_eq!(apart, 1);
}

#[tokio::test]
async fn more_pages_than_allowed_are_no_listing() {
    let groups = (0..1100).map(|n| Group::security(Uuid::from_u128(0x9000 + n), &format!("G {n}"))).collect();
    let limits = Limits { page_limit: 1, ..Limits::default() };
    let tenant = Tenant::with(company(1, groups), limits).await;
    let token = tenant.token("Grace Hopper");
    let mut pages = tenant.graph.person(&token).reader().groups();

    let first = pages.next_page().await;
    let second = pages.next_page().await;

    assert_eq!(first.unwrap().map(|page| page.len()), Some(999));
    assert_eq!(second, Err(roster::graph::Error::Garbled));
}

#[tokio::test]
async fn a_person_sees_what_they_own_and_what_they_belong_to() {
    let (inner, outer) = (Uuid::from_u128(0x9000), Uuid::from_u128(0x9001));
    let me = Uuid::from_u128(1);
    let groups = vec![
        Group::security(inner, "Inner").with_members(&[me]),
        Group::security(outer, "Outer").with_members(&[inner]).owned_by(&[me]),
    ];
    let tenant = Tenant::with(company(1, groups), Limits::default()).await;
    let token = tenant.token("Grace Hopper");
    let grace = tenant.graph.person(&token);

    let owned = grace.owned().await.unwrap();
    let mine = grace.memberships().await.unwrap();

    assert_eq!(owned, [GroupId(outer)]);
    assert_eq!(mine.direct, [GroupId(inner)]);
    assert_eq!(mine.all.iter().collect::<HashSet<_>>(), HashSet::from([&GroupId(inner), &GroupId(outer)]));
}

#[tokio::test]
async fn many_memberships_come_on_several_pages() {
    let me = Uuid::from_u128(1);
    let group =
        |n: u128| Group::security(Uuid::from_u128(0x9000 + n), &format!("G {n}")).with_members(&[me]).owned_by(&[me]);
    let tenant = Tenant::with(company(1, (0..1050).map(group).collect()), Limits::default()).await;
    let token = tenant.token("Grace Hopper");
    let grace = tenant.graph.person(&token);

    let owned = grace.owned().await.unwrap();
    let mine = grace.memberships().await.unwrap();

    assert_eq!((owned.len(), mine.direct.len(), mine.all.len()), (1050, 1050, 1050));
}

#[tokio::test]
async fn a_settled_read_goes_to_the_last_page_and_gives_up_on_groups_too_large() {
    let large = GroupId(Uuid::from_u128(0x9000));
    let group = Group::security(large.0, "Large").owned_by(&ids(1..2)).with_members(&ids(1..1201));
    let tenant = Tenant::with(company(1210, vec![group.clone()]), Limits::default()).await;
    let hasty = Tenant::with(company(1210, vec![group]), Limits { page_limit: 1, ..Limits::default() }).await;
    let (token, hasty_token) = (tenant.token("Grace Hopper"), hasty.token("Grace Hopper"));
    let (last, stranger) = (PersonId(Uuid::from_u128(1200)), PersonId(Uuid::from_u128(1205)));

    let found = tenant.graph.person(&token).is_member_settled(large, last).await;
    let not_found = tenant.graph.person(&token).is_member_settled(large, stranger).await;
    let given_up = hasty.graph.person(&hasty_token).is_member_settled(large, stranger).await;

    assert_eq!((found, not_found, given_up), (Ok(Some(true)), Ok(Some(false)), Ok(None)));
}
