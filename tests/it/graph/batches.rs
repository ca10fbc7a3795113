//! Several reads in one call: each is answered, throttled and refused by itself.

use std::time::{Duration, Instant};

use roster::{
    domain::ids::GroupId,
    graph::{Error, Limits},
};
use roster_emulator::{Action, Company, Fault, Group, Person};
use uuid::Uuid;

use super::Tenant;

/// Returns how often a path was asked for.
fn asked(tenant: &Tenant, path: &str) -> usize {
    tenant.emulator.calls().iter().filter(|call| call.path.starts_with(path)).count()
}

#[tokio::test]
async fn memberships_and_ownership_are_one_call_of_three_resource_units() {
    let tenant = Tenant::start().await;
    let token = tenant.token("Grace Hopper");
    let compilers = tenant.group("Compiler Team");

    let (mine, owned) = tenant.graph.person(&token).mine_and_owned().await.unwrap();

    assert!(mine.all.contains(&mine.direct[0]) && owned.contains(&compilers));
    assert_eq!(owned, tenant.graph.person(&token).owned().await.unwrap());
    assert_eq!((asked(&tenant, "/$batch"), tenant.graph.resource_units()), (1, 3 + 1));
}

#[tokio::test]
async fn a_read_that_is_throttled_is_sent_again_alone_and_not_before_its_time() {
    let tenant = Tenant::start().await;
    let token = tenant.token("Grace Hopper");
    tenant.emulator.fault(Fault::on("GET", "/me/memberOf").answer(Action::Status(429, Some("0.4"))));
    let started = Instant::now();

    let mine = tenant.graph.person(&token).memberships().await.unwrap();

    assert!(!mine.direct.is_empty() && started.elapsed() >= Duration::from_millis(400));
    assert_eq!((asked(&tenant, "/me/memberOf"), asked(&tenant, "/me/transitiveMemberOf")), (2, 1));
}

#[tokio::test]
async fn a_read_that_must_wait_too_long_is_not_sent_early_with_another_that_may_go() {
    let tenant = Tenant::start().await;
    let token = tenant.token("Grace Hopper");
    tenant.emulator.fault(Fault::on("GET", "/me/memberOf").answer(Action::Status(429, Some("3600"))));
    tenant.emulator.fault(Fault::on("GET", "/me/transitiveMemberOf").answer(Action::Status(429, Some("0.1"))));

    let outcome = tenant.graph.person(&token).memberships().await;

    assert_eq!(outcome, Err(Error::Throttled { retry_after: Some(Duration::from_hours(1)) }));
    assert_eq!((asked(&tenant, "/me/memberOf"), asked(&tenant, "/me/transitiveMemberOf")), (1, 2));
}

#[tokio::test]
async fn what_graph_says_to_one_read_is_the_outcome_of_the_whole() {
    for (action, expected) in [
        (Action::ConsentMissing, Error::NotAllowed),
        (Action::Status(429, Some("3600")), Error::Throttled { retry_after: Some(Duration::from_hours(1)) }),
        (Action::ExpiredToken, Error::SignInAgain { claims: None }),
    ] {
        let tenant = Tenant::start().await;
        let token = tenant.token("Grace Hopper");
        tenant.emulator.fault(Fault::on("GET", "/me/transitiveMemberOf").times(9).answer(action));

        assert_eq!(tenant.graph.person(&token).memberships().await, Err(expected));
    }
}

#[tokio::test]
async fn a_challenge_inside_a_batch_keeps_its_claims() {
    let tenant = Tenant::start().await;
    let token = tenant.token("Grace Hopper");
    tenant.emulator.fault(Fault::on("GET", "/me/memberOf").answer(Action::ClaimsChallenge));

    let outcome = tenant.graph.person(&token).memberships().await;

    assert!(matches!(outcome, Err(Error::SignInAgain { claims: Some(_) })), "{outcome:?}");
}

#[tokio::test]
async fn the_rest_of_a_long_list_is_read_page_by_page() {
    let grace = Uuid::from_u128(1);
    let group = |n: u128| Group::security(Uuid::from_u128(0x9000 + n), &format!("Group {n}")).with_members(&[grace]);
    let company = Company {
        people: vec![Person::new(grace, "Grace Hopper", "grace.hopper@contoso.example")],
        groups: (0..2100).map(group).collect(),
        ..Company::default()
    };
    let tenant = Tenant::with(company, Limits::default()).await;

    let mine = tenant.graph.person(&tenant.token("Grace Hopper")).memberships().await.unwrap();

    let distinct = |list: &[GroupId]| list.iter().collect::<std::collections::HashSet<_>>().len();
    assert_eq!((mine.direct.len(), distinct(&mine.direct), distinct(&mine.all)), (2100, 2100, 2100));
    assert_eq!(asked(&tenant, "/me/memberOf"), 3);
}
