//! What the client spends of the tenant's limit, and whom it lets go first.

use std::time::{Duration, Instant};

use roster::graph::Limits;
use roster_emulator::{Action, Company, Fault, Group};
use uuid::Uuid;

use super::Tenant;

/// Limits that leave six units for everybody in ten seconds, one of them for work that nobody waits for.
fn tiny() -> Limits {
    Limits { units: 10, ..Limits::default() }
}

#[tokio::test]
async fn a_person_is_let_through_after_a_second_though_everything_is_spent() {
    let tenant = Tenant::with(Company::contoso(), tiny()).await;
    let token = tenant.token("Grace Hopper");
    for _ in 0..6 {
        tenant.graph.person(&token).me().await.unwrap();
    }
    let started = Instant::now();

    tenant.graph.person(&token).me().await.unwrap();

    assert!(started.elapsed() >= Duration::from_millis(900), "{:?}", started.elapsed());
}

#[tokio::test]
async fn the_listing_waits_for_its_share_and_does_not_fail_for_it() {
    let groups = (0..1100).map(|n| Group::security(Uuid::from_u128(0x9000 + n), &format!("G {n}"))).collect();
    let mut company = Company::contoso();
    company.groups = groups;
    let limits = Limits { listing: Duration::from_secs(2), ..tiny() };
    let tenant = Tenant::with(company, limits).await;
    let token = tenant.token("Grace Hopper");
    let mut pages = tenant.graph.person(&token).reader().groups();

    let first = pages.next_page().await.unwrap();
    let started = Instant::now();
    let second = pages.next_page().await.unwrap();

    assert_eq!((first.map(|page| page.len()), second.map(|page| page.len())), (Some(999), Some(101)));
    assert!(started.elapsed() >= Duration::from_secs(9), "{:?}", started.elapsed());
}

#[tokio::test]
async fn the_listing_rests_after_a_person_was_throttled_and_people_do_not() {
    let tenant = Tenant::start().await;
    let token = tenant.token("Grace Hopper");
    let grace = tenant.graph.person(&token);
    tenant.emulator.fault(Fault::on("GET", "/me").answer(Action::Status(429, Some("1.5"))));
    let started = Instant::now();
    let (me, page) = tokio::join!(grace.me(), async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        grace.person(tenant.person("Alan Turing")).await.unwrap();
        let person_after = started.elapsed();
        let mut pages = grace.reader().groups();
        pages.next_page().await.unwrap();
        (person_after, started.elapsed())
    });

    assert!(me.is_ok());
    assert!(page.0 < Duration::from_millis(1400), "{:?}", page.0);
    assert!(page.1 >= Duration::from_millis(1500), "{:?}", page.1);
}
