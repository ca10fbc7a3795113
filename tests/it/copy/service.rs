//! The portal's own identity: it reads by itself, only reads, and what it lacks is said.

use std::time::Duration;

use jiff::SignedDuration;
use roster::domain::{
    directory_copy::{Outcome, Way},
    ids::GroupId,
};
use roster_emulator::{Action, Fault};

use super::CHANGES;
use crate::support::{
    database::each_database,
    portal::{Portal, SERVICE_SECRET, Setup},
};

const SOON: Duration = Duration::from_millis(50);

fn with_service(secret: &'static str) -> Setup {
    Setup { service: Some(secret), look_every: Some(SOON), ..Setup::default() }
}

/// A portal that nobody has visited yet.
async fn unvisited(secret: &'static str) -> Portal {
    Setup { designated: false, ..with_service(secret) }.start().await
}

#[tokio::test]
async fn the_copy_is_filled_and_followed_though_nobody_visits() {
    let portal = unvisited(SERVICE_SECRET).await;
    let filled = portal.wait_for(|standing| standing.copied_at.is_some()).await;
    let foundry = portal.emulator.group_named("Type Foundry");
    portal.emulator.change_group(foundry, |group| group.display_name = "Typefaces".to_owned());
    portal.emulator.forget_calls();

    portal.advance(SignedDuration::from_mins(3));
    portal.wait_for(|standing| standing.copied_at > filled.copied_at).await;

    let copied = portal.app.store.directory().group(GroupId(foundry)).await.unwrap().unwrap();
    assert_eq!(copied.group.name, "Typefaces");
    assert_eq!(filled.last.map(|last| (last.way, last.outcome)), Some((Way::Service, Outcome::Done)));
    assert!(portal.emulator.calls().iter().all(|call| call.app && call.method == "GET"));
    let page = portal.sign_in_at("/admin/directory", "Ada Lovelace").await.1;
    page.shows("Roster’s own identity");
    page.shows("It looks for changes every three minutes, whoever visits");
}

#[tokio::test]
async fn the_service_reads_and_does_nothing_else_while_people_work() {
    let portal = with_service(SERVICE_SECRET).start().await;
    let (alan, grace) = (portal.sign_in("Alan Turing").await, portal.sign_in("Grace Hopper").await);

    let request = alan.asks(&portal, "Compiler Team", "I fix the register allocator.").await.id();
    grace.approves(&request).await.answers(200);
    portal.advance(SignedDuration::from_mins(4));
    let now = portal.clock.now();
    portal.wait_for(|standing| standing.copied_at.is_some_and(|at| at >= now)).await;

    let by_the_service: Vec<_> = portal.emulator.calls().into_iter().filter(|call| call.app).collect();
    assert!(portal.is_member("Compiler Team", "Alan Turing"));
    assert!(!by_the_service.is_empty() && by_the_service.iter().all(|call| call.method == "GET"), "{by_the_service:?}");
}

#[tokio::test]
async fn an_identity_that_is_not_accepted_is_told_and_visits_do_its_work() {
    let portal = unvisited("another-secret").await;
    portal.wait_for(|standing| standing.last.is_some_and(|last| last.outcome == Outcome::NotAccepted)).await;
    // Her visit has the directory read; the page is drawn before that has ended.
    let slow = Action::Stall(std::time::Duration::from_secs(2));
    portal.emulator.fault(Fault::on("GET", "/groups").answer(slow));

    let (ada, page) = portal.sign_in_at("/admin/directory", "Ada Lovelace").await;
    let filled = portal.wait_for(|standing| standing.copied_at.is_some()).await;

    page.shows("Roster’s own identity was not accepted");
    page.shows("Its secret or certificate may be wrong or over");
    page.hides("another-secret");
    assert_eq!(filled.last.map(|last| last.way), Some(Way::Person));
    ada.visit("/admin/directory").await.shows("The rights of a person who visited");
}

#[tokio::test]
async fn a_permission_that_is_missing_is_named() {
    let portal = Setup { designated: false, provider: false, ..with_service(SERVICE_SECRET) }.start().await;
    portal.emulator.fault(Fault::on("GET", "/groups").times(99).answer(Action::ConsentMissing));
    portal.emulator.set_sign_in_down(false);
    portal.wait_for_provider().await;

    portal.wait_for(|standing| standing.last.is_some_and(|last| last.outcome == Outcome::NotPermitted)).await;

    // An auditor, whose visit has nothing read.
    let page = portal.sign_in_at("/admin/directory", "Joan Clarke").await.1;
    assert!(!page.has_button("Read it again now"));
    page.shows("Roster’s own identity lacks the application permission GroupMember.Read.All.");
}

#[tokio::test]
async fn of_two_replicas_one_reads() {
    each_database(async |database| {
        let setup = Setup { database: Some(database), designated: false, ..with_service(SERVICE_SECRET) };
        let portal = setup.start().await;
        let other = portal.replica().await;
        let filled = portal.wait_for(|standing| standing.copied_at.is_some()).await;
        portal.emulator.forget_calls();

        portal.advance(SignedDuration::from_mins(3));
        portal.wait_for(|standing| standing.copied_at > filled.copied_at).await;
        tokio::time::sleep(SOON * 4).await;

        let rounds = portal.emulator.calls().iter().filter(|call| call.path.starts_with(CHANGES)).count();
        other.stop().await;
        assert_eq!(rounds, 1);
    })
    .await;
}
