//! Ends that hold no more: of who was let in anew, of who was a member before, and of who was let in too late.

use std::time::Duration;

use roster::domain::ids::{GroupId, OperationId, PersonId};
use roster_emulator::{Action, Fault};

use super::{ENDED, ENDS, TEAM, asks, days, ninety};
use crate::{
    owned::owned,
    support::{person::Person, portal::Portal},
};

/// A portal where the thirty days of Alan Turing are over, and who owns the group is signed in.
async fn over() -> (Portal, Person) {
    let (portal, alan) = ninety().await;
    let asked = asks(&portal, &alan, "30").await;
    portal.sign_in("Grace Hopper").await.approves(&asked.id()).await.answers(200);
    portal.refresh().await;
    portal.advance(days(31));
    portal.due_work().await;
    let grace = portal.sign_in("Grace Hopper").await;
    (portal, grace)
}

/// The old removal stayed owed, and an owner who carried it out threw out somebody who had been approved anew.
#[tokio::test]
async fn who_was_let_in_anew_is_not_thrown_out_for_the_end_before() {
    let (portal, grace) = over().await;
    let inbox = grace.visit("/approvals").await;
    let owed = grace.follow(&inbox, "The membership of Alan Turing in Compiler Team has ended").await;
    portal.emulator.remove_member(portal.emulator.group_named(TEAM), portal.emulator.person_named("Alan Turing"));
    portal.refresh().await;
    let seen = grace.visit("/approvals").await;

    let alan = portal.sign_in("Alan Turing").await;
    let asked = asks(&portal, &alan, "60").await;
    let answered = grace.approves(&asked.id()).await;
    portal.due_work().await;
    let old = grace.submit(&owed, "Remove from group", &[]).await;
    let history = grace.visit(&owned(&portal, TEAM, "/history")).await;

    seen.hides("has ended");
    assert_eq!(answered.flash(), "Alan Turing is now a member of Compiler Team.");
    old.answers(409);
    assert!(portal.is_member(TEAM, "Alan Turing"));
    assert_eq!((portal.count(ENDS).await, portal.count(ENDED).await), (1, 1));
    history.shows("The change for Alan Turing was given up, for it is not needed any more");
    history.shows("Alan Turing was removed outside Roster");
    portal.record_is_whole().await;
}

#[tokio::test]
async fn who_was_added_in_the_directory_meanwhile_gets_no_end() {
    let (portal, alan) = ninety().await;
    let asked = asks(&portal, &alan, "30").await;
    let grace = portal.sign_in("Grace Hopper").await;
    let [team, person, owner] = [
        portal.emulator.group_named(TEAM),
        portal.emulator.person_named("Alan Turing"),
        portal.emulator.person_named("Grace Hopper"),
    ];
    portal.emulator.set_read_lag(Duration::from_hours(1));
    let token = portal.token(owner);
    portal.app.graph.person(&token).add_member(GroupId(team), PersonId(person), OperationId::new()).await.unwrap();

    let answered = grace.approves(&asked.id()).await;

    assert_eq!(answered.flash(), "Alan Turing is now a member of Compiler Team.");
    assert_eq!(portal.count(ENDS).await, 0);
    portal.record_is_whole().await;
}

#[tokio::test]
async fn nobody_finishes_an_add_to_a_membership_that_would_be_over() {
    let (portal, alan) = ninety().await;
    let asked = asks(&portal, &alan, "1").await;
    let grace = portal.sign_in("Grace Hopper").await;
    portal.emulator.fault(Fault::on("POST", "/members/$ref").times(3).answer(Action::DropBefore));
    grace.approves(&asked.id()).await.answers(200);
    let early = grace.opens(&asked.id()).await;

    portal.advance(days(3));
    let grace = portal.sign_in("Grace Hopper").await;
    let late = grace.opens(&asked.id()).await;
    let pressed = grace.submit(&early.unmarked(), "Finish", &[]).await;
    portal.due_work().await;
    let after = grace.opens(&asked.id()).await;

    assert!(early.has_button("Finish"), "{}", early.text());
    late.shows("would be over by now");
    pressed.answers(409);
    assert_eq!(after.tags(), ["Given up"]);
    assert!(!portal.is_member(TEAM, "Alan Turing"));
    portal.record_is_whole().await;
}

/// Whoever's end had come was told that they had wished to leave, and could not.
#[tokio::test]
async fn whose_end_has_come_may_leave_by_themself() {
    let (portal, grace) = over().await;
    let alan = portal.sign_in("Alan Turing").await;
    let list = alan.visit("/memberships").await;

    let form = alan.follow(&list, "Leave Compiler Team").await;
    let after = alan.submit(&form, "Leave group", &[]).await;
    let inbox = grace.visit("/approvals").await;
    let owed = grace.follow(&inbox, "Alan Turing wishes to leave Compiler Team").await;
    let done = grace.submit(&owed, "Remove from group", &[]).await;

    assert!(list.tags().contains(&"Has ended".to_owned()), "{}", list.text());
    assert!(after.flash().starts_with("Your wish to leave Compiler Team is kept."), "{}", after.text());
    inbox.hides("has ended");
    assert_eq!(done.flash(), "Alan Turing is no longer a member of Compiler Team.");
    assert_eq!((portal.count(ENDS).await, portal.count(ENDED).await), (0, 1));
    portal.record_is_whole().await;
}

#[tokio::test]
async fn what_has_ended_is_not_said_to_end_soon() {
    let (portal, grace) = over().await;

    let (list, members) = (grace.visit("/owned").await, grace.visit(&owned(&portal, TEAM, "/members")).await);
    let home = portal.sign_in("Alan Turing").await.visit("/").await;

    list.shows("One membership has ended");
    list.hides("within two weeks");
    for page in [members, home] {
        page.shows("Has ended");
        page.hides("Ends soon");
    }
}

/// Given, removed, and added again in the directory: that membership is not one that Roster gave.
#[tokio::test]
async fn a_membership_that_came_back_without_roster_gets_no_end() {
    let (portal, grace) = over().await;
    let path = owned(&portal, TEAM, &format!("/members/{}/end", portal.emulator.person_named("Alan Turing")));
    let before = grace.visit(&path).await;
    let (team, person) = (portal.emulator.group_named(TEAM), portal.emulator.person_named("Alan Turing"));
    portal.emulator.remove_member(team, person);
    portal.refresh().await;
    portal.advance(days(1));
    portal.emulator.add_member(team, person);
    portal.refresh().await;

    let grace = portal.sign_in("Grace Hopper").await;
    let after = grace.visit(&path).await;

    assert!(before.has_button("Change the end"), "{}", before.text());
    assert!(!after.has_button("Change the end"), "{}", after.text());
}
