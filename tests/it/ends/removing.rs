//! What follows when a membership has come to its end.

use std::time::Duration;

use roster::{domain::lasting::Lasting, jobs::DueWork};

use super::{ENDED, ENDS, TEAM, asks, days, lasts, ninety};
use crate::{
    owned::{owned, removes},
    support::{person::Person, portal::Portal},
};

/// A portal where Alan Turing was given the Compiler Team for thirty days, which are over.
async fn over() -> (Portal, Person) {
    let portal = given().await;
    portal.advance(days(31));
    portal.due_work().await;
    let grace = portal.sign_in("Grace Hopper").await;
    (portal, grace)
}

async fn given() -> Portal {
    let (portal, alan) = ninety().await;
    let asked = asks(&portal, &alan, "30").await;
    let grace = portal.sign_in("Grace Hopper").await;
    grace.approves(&asked.id()).await.answers(200);
    portal
}

#[tokio::test]
async fn a_membership_that_has_ended_waits_for_an_owner_who_removes_it() {
    let (portal, grace) = over().await;

    let members = grace.visit(&owned(&portal, TEAM, "/members")).await;
    let inbox = grace.visit("/approvals").await;
    let owed = grace.follow(&inbox, "The membership of Alan Turing in Compiler Team has ended").await;
    assert!(portal.is_member(TEAM, "Alan Turing"), "nothing is removed before an owner says so");
    let done = grace.submit(&owed, "Remove from group", &[]).await;

    members.shows("The membership of Alan Turing has ended");
    owed.shows("Alan Turing was given the membership until");
    assert_eq!(done.flash(), "Alan Turing is no longer a member of Compiler Team.");
    assert!(!portal.is_member(TEAM, "Alan Turing"));
    assert_eq!((portal.count(ENDS).await, portal.count(ENDED).await), (0, 1));
    let history = grace.visit(&owned(&portal, TEAM, "/history")).await;
    history.shows("The membership of Alan Turing came to its end");
    history.shows("Carried out by Grace Hopper");
    portal.record_is_whole().await;
}

#[tokio::test]
async fn what_has_ended_is_owed_once_and_for_as_long_as_it_takes() {
    let (portal, grace) = over().await;

    for _ in 0..3 {
        portal.advance(days(8));
        portal.due_work().await;
    }
    drop(grace);
    let grace = portal.sign_in("Grace Hopper").await;
    let inbox = grace.visit("/approvals").await;

    inbox.shows("The membership of Alan Turing in Compiler Team has ended");
    assert_eq!(portal.count(ENDED).await, 1);
    assert_eq!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM operation WHERE kind = 'remove'").await, 1);
}

#[tokio::test]
async fn the_person_whose_membership_has_ended_can_neither_take_that_back_nor_carry_it_out() {
    let (portal, _) = over().await;
    let alan = portal.sign_in("Alan Turing").await;

    let list = alan.visit("/memberships").await;
    let owed = portal.database.text("SELECT id FROM operation WHERE kind = 'remove'").await;

    assert!(!list.has_button("Stay after all"), "{}", list.text());
    alan.visit(&format!("/approvals/owed/{owed}")).await.answers(404);
}

#[tokio::test]
async fn who_was_removed_before_has_no_end_any_more() {
    let portal = given().await;
    let grace = portal.sign_in("Grace Hopper").await;

    removes(&portal, &grace, TEAM, "Alan Turing", "").await.answers(200);
    portal.advance(days(31));
    portal.due_work().await;

    assert_eq!((portal.count(ENDS).await, portal.count(ENDED).await), (0, 0));
}

#[tokio::test]
async fn who_was_removed_in_the_directory_has_no_end_any_more() {
    let portal = given().await;
    portal.refresh().await;
    portal.advance(days(1));
    portal.emulator.remove_member(portal.emulator.group_named(TEAM), portal.emulator.person_named("Alan Turing"));
    portal.refresh().await;
    portal.advance(days(30));
    portal.due_work().await;

    assert_eq!((portal.count(ENDS).await, portal.count(ENDED).await), (0, 0));
}

#[tokio::test]
async fn an_end_holds_also_when_the_terms_set_none_any_more() {
    let portal = given().await;
    lasts(&portal, Lasting::ForEver).await;

    portal.advance(days(31));
    portal.due_work().await;

    assert_eq!(portal.count(ENDED).await, 1);
}

#[tokio::test]
async fn a_clock_that_jumps_ahead_ends_no_membership() {
    let portal = given().await;
    let (app, mut work) = (&portal.app, DueWork::default());

    work.round(app, Duration::ZERO).await;
    portal.clock.advance(days(400));
    work.round(app, Duration::ZERO).await;

    assert_eq!(portal.count(ENDED).await, 0);
}

#[tokio::test]
async fn what_was_owed_by_a_clock_that_was_ahead_is_taken_back_when_it_is_right() {
    let portal = given().await;
    portal.clock.advance(days(400));
    portal.due_work().await;
    portal.clock.advance(-days(400));
    let grace = portal.sign_in("Grace Hopper").await;
    let inbox = grace.visit("/approvals").await;
    let owed = grace.follow(&inbox, "The membership of Alan Turing in Compiler Team has ended").await;
    portal.due_work().await;
    let after = grace.visit("/approvals").await;

    assert!(!owed.has_button("Remove from group"), "{}", owed.text());
    after.hides("Alan Turing");
    assert_eq!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM operation WHERE state = 'unknown'").await, 0);
    assert!(portal.is_member(TEAM, "Alan Turing"));
    let history = grace.visit(&owned(&portal, TEAM, "/history")).await;
    history.shows("The membership of Alan Turing goes on");
}
