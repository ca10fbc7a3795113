//! My memberships: leaving a group, and staying after all.

use roster_emulator::{Action, Fault};

use crate::support::{page::Page, person::Person, portal::Portal};

/// A portal with Frances Allen, a member of the Compiler Team without any directory role. Graph lets only owners and
/// administrators remove members, so her own try is refused.
async fn frances() -> (Portal, Person) {
    let portal = Portal::start().await;
    let frances = portal.sign_in("Frances Allen").await;
    (portal, frances)
}

/// The names of the groups in the list.
const NAMES: &str = "main .list .title a";

fn leave_form(portal: &Portal, group: &str) -> String {
    format!("/memberships/{}/leave", portal.emulator.group_named(group))
}

async fn leaves(portal: &Portal, person: &Person, group: &str) -> Page {
    let form = person.visit(&leave_form(portal, group)).await;
    person.submit(&form, "Leave group", &[]).await
}

#[tokio::test]
async fn a_member_sees_their_groups_by_name() {
    let (_portal, frances) = frances().await;

    let page = frances.visit("/memberships").await;

    assert_eq!(page.all(NAMES), ["Compiler Team", "Reading Circle"]);
    page.shows("Direct member");
}

#[tokio::test]
async fn the_page_before_leaving_says_what_follows() {
    let (portal, frances) = frances().await;
    let list = frances.visit("/memberships").await;

    let page = frances.follow(&list, "Leave Compiler Team").await;

    assert_eq!(page.heading(), "Leave Compiler Team?");
    page.shows("You lose what this membership gives.");
    assert!(portal.is_member("Compiler Team", "Frances Allen"));
}

#[tokio::test]
async fn a_wish_to_leave_waits_for_an_owner_when_the_directory_refuses() {
    let (portal, frances) = frances().await;

    let after = leaves(&portal, &frances, "Compiler Team").await;

    assert!(after.flash().starts_with("Your wish to leave Compiler Team is kept."), "{}", after.text());
    assert_eq!(after.tags(), ["Leaving"]);
    assert!(portal.is_member("Compiler Team", "Frances Allen"));
}

#[tokio::test]
async fn an_owner_carries_the_wish_out() {
    let (portal, frances) = frances().await;
    leaves(&portal, &frances, "Compiler Team").await.answers(200);
    let grace = portal.sign_in("Grace Hopper").await;

    let inbox = grace.visit("/approvals").await;
    let page = grace.follow(&inbox, "Frances Allen wishes to leave Compiler Team").await;
    let after = grace.submit(&page, "Remove from group", &[]).await;

    assert_eq!(after.flash(), "Frances Allen is no longer a member of Compiler Team.");
    assert!(!portal.is_member("Compiler Team", "Frances Allen"));
    assert_eq!(frances.visit("/memberships").await.all(NAMES), ["Reading Circle"]);
    assert!(portal.emulator.violations().is_empty());
    portal.record_is_whole().await;
}

#[tokio::test]
async fn an_owner_leaves_at_once_and_stays_an_owner() {
    let portal = Portal::start().await;
    let grace = portal.sign_in("Grace Hopper").await;

    let form = grace.visit(&leave_form(&portal, "Compiler Team")).await;
    let after = grace.submit(&form, "Leave group", &[]).await;

    form.shows("You are also an owner of this group.");
    assert_eq!(after.flash(), "You left Compiler Team.");
    assert!(!portal.is_member("Compiler Team", "Grace Hopper"));
    let emulator = &portal.emulator;
    assert!(emulator.is_owner(emulator.group_named("Compiler Team"), emulator.person_named("Grace Hopper")));
}

#[tokio::test]
async fn a_wish_can_be_taken_back() {
    let (portal, frances) = frances().await;
    let page = leaves(&portal, &frances, "Compiler Team").await;

    let after = frances.submit(&page, "Stay Compiler Team", &[]).await;

    assert_eq!(after.flash(), "You stay a member of Compiler Team.");
    assert!(after.tags().is_empty());
    let grace = portal.sign_in("Grace Hopper").await;
    grace.visit("/approvals").await.hides("Frances Allen");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_double_click_leaves_once() {
    let (portal, frances) = frances().await;
    let form = frances.visit(&leave_form(&portal, "Compiler Team")).await;
    let press = || frances.submit(&form, "Leave group", &[]);

    let (one, two) = tokio::join!(press(), press());

    one.answers(200);
    two.answers(200);
    assert_eq!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM operation").await, 1);
}

#[tokio::test]
async fn a_removal_that_worked_behind_lost_answers_is_found_to_be_done() {
    let portal = Portal::start().await;
    let grace = portal.sign_in("Grace Hopper").await;
    portal.emulator.fault(Fault::on("DELETE", "/$ref").answer(Action::DropAfterApplying));

    let after = leaves(&portal, &grace, "Compiler Team").await;

    assert_eq!(after.flash(), "You left Compiler Team.");
}

#[tokio::test]
async fn nobody_leaves_a_group_they_are_not_in() {
    let portal = Portal::start().await;
    let alan = portal.sign_in("Alan Turing").await;

    let page = alan.visit(&leave_form(&portal, "Compiler Team")).await;

    page.answers(409);
    page.shows("You are not a member of this group.");
}

#[tokio::test]
async fn a_wish_to_leave_is_known_to_owners_of_the_group_only() {
    let (portal, frances) = frances().await;
    leaves(&portal, &frances, "Compiler Team").await.answers(200);
    let grace = portal.sign_in("Grace Hopper").await;
    let inbox = grace.visit("/approvals").await;
    let wish = inbox.link("Frances Allen wishes to leave Compiler Team").unwrap();
    let page = grace.visit(&wish).await;
    let katherine = portal.sign_in("Katherine Johnson").await;

    let seen = katherine.visit(&wish).await;
    let unknown = katherine.visit("/approvals/owed/00000000-0000-4000-8000-000000000000").await;
    let pressed = katherine.submit(&page.unmarked(), "Remove from group", &[]).await;

    seen.answers(404);
    pressed.answers(404);
    assert_eq!(seen.bytes(), unknown.bytes());
    assert!(portal.is_member("Compiler Team", "Frances Allen"));
}

#[tokio::test]
async fn memberships_that_cannot_be_read_are_not_said_to_be_none() {
    let portal = Portal::impatient().await;
    let frances = portal.sign_in("Frances Allen").await;
    portal.advance(jiff::SignedDuration::from_secs(61));
    portal.emulator.set_down(true);

    let page = frances.visit("/memberships").await;

    page.answers(200);
    page.shows("Your memberships cannot be read");
    page.shows("Nothing has changed; try again in a minute.");
}
