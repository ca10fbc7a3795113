//! What Roster has just done shows at once, however late the directory's reads are; what others did later wins.

use std::time::Duration;

use jiff::SignedDuration;

use crate::support::{person::Person, portal::Portal, steps::Asked};

/// The names of the groups in the list of memberships.
const NAMES: &str = "main .list .title a";

/// A portal whose directory's reads are late by five seconds from now on, where Alan has asked and Grace is about to answer.
async fn late() -> Asked {
    let asked = Asked::start().await;
    asked.portal.emulator.set_read_lag(Duration::from_secs(5));
    asked
}

async fn leaves(portal: &Portal, person: &Person) {
    let group = portal.emulator.group_named("Compiler Team");
    let form = person.visit(&format!("/memberships/{group}/leave")).await;
    person.submit(&form, "Leave group", &[]).await.answers(200);
}

/// Lets the minute pass in which a page may say what it said before.
fn a_minute(portal: &Portal) {
    portal.advance(SignedDuration::from_secs(61));
}

/// Returns whether each page that states somebody's membership of the Compiler Team says that they are a direct member.
async fn is_said_to_be_member(portal: &Portal, person: &Person) -> bool {
    let group = person.visit(&portal.group("Compiler Team")).await;
    let memberships = person.visit("/memberships").await;
    let all = person.visit("/groups?q=Compiler+Team").await;
    let mine = person.visit("/groups?show=mine").await;

    let said = [
        group.text().contains("You are a direct member"),
        memberships.all(NAMES).contains(&"Compiler Team".to_owned()),
        all.tags().contains(&"You are a member".to_owned()),
        mine.text().contains("Compiler Team"),
    ];
    assert!(said.iter().all(|one| *one == said[0]), "{said:?}");
    said[0]
}

#[tokio::test]
async fn whoever_was_approved_is_a_member_on_every_page_at_once() {
    let asked = late().await;
    let before = is_said_to_be_member(&asked.portal, &asked.alan).await;

    let after = asked.grace.approves(&asked.request).await;

    assert!(!before);
    assert_eq!(after.flash(), "Alan Turing is now a member of Compiler Team.");
    assert!(is_said_to_be_member(&asked.portal, &asked.alan).await);
    assert_eq!(asked.grace.opens(&asked.request).await.tags(), ["Added"]);
    let again = asked.alan.asks_in_vain(&asked.portal, "Compiler Team").await;
    again.shows("You are a member of this group already.");
}

#[tokio::test]
async fn whoever_was_removed_is_no_member_on_any_page_and_may_ask_again_at_once() {
    let portal = Portal::start().await;
    let (frances, grace) = (portal.sign_in("Frances Allen").await, portal.sign_in("Grace Hopper").await);
    assert!(is_said_to_be_member(&portal, &frances).await);
    leaves(&portal, &frances).await;
    portal.emulator.set_read_lag(Duration::from_secs(5));

    let inbox = grace.visit("/approvals").await;
    let page = grace.follow(&inbox, "Frances Allen wishes to leave Compiler Team").await;
    grace.submit(&page, "Remove from group", &[]).await.answers(200);

    assert!(!is_said_to_be_member(&portal, &frances).await);
    let again = frances.asks(&portal, "Compiler Team", "I am needed after all.").await;
    assert_eq!(again.tags(), ["Waiting for an owner"]);
}

// The removal had not spread to the other owner's reads, so the approval closed the request: "already a member", of somebody
// who was none.
#[tokio::test]
async fn another_owner_can_bring_back_whoever_has_just_left() {
    let portal = Portal::start().await;
    let (frances, grace) = (portal.sign_in("Frances Allen").await, portal.sign_in("Grace Hopper").await);
    let mary = portal.sign_in("Mary Jackson").await;
    leaves(&portal, &frances).await;
    portal.emulator.set_read_lag(Duration::from_secs(5));
    let inbox = grace.visit("/approvals").await;
    let page = grace.follow(&inbox, "Frances Allen wishes to leave Compiler Team").await;
    grace.submit(&page, "Remove from group", &[]).await.answers(200);
    let request = frances.asks(&portal, "Compiler Team", "I am needed after all.").await.id();

    let after = mary.approves(&request).await;

    assert_eq!(after.flash(), "Frances Allen is now a member of Compiler Team.");
    assert!(portal.is_member("Compiler Team", "Frances Allen"));
    assert!(is_said_to_be_member(&portal, &frances).await);
}

#[tokio::test]
async fn whoever_was_just_added_may_leave_although_the_directory_is_late() {
    let asked = late().await;
    asked.grace.approves(&asked.request).await.answers(200);

    leaves(&asked.portal, &asked.alan).await;

    let page = asked.alan.visit("/memberships").await;
    assert_eq!(page.tags(), ["Leaving"]);
}

#[tokio::test]
async fn a_removal_in_the_directory_after_ours_was_shown_is_believed_within_a_minute() {
    let asked = Asked::start().await;
    asked.grace.approves(&asked.request).await.answers(200);
    a_minute(&asked.portal);
    assert!(is_said_to_be_member(&asked.portal, &asked.alan).await);
    let emulator = &asked.portal.emulator;
    emulator.remove_member(emulator.group_named("Compiler Team"), emulator.person_named("Alan Turing"));

    a_minute(&asked.portal);

    let page = asked.alan.visit(&asked.portal.group("Compiler Team")).await;
    assert!(!page.text().contains("You are a direct member"), "{}", page.text());
    assert!(!is_said_to_be_member(&asked.portal, &asked.alan).await);
}

#[tokio::test]
async fn what_we_did_long_ago_does_not_hide_what_the_directory_says() {
    let asked = Asked::start().await;
    asked.grace.approves(&asked.request).await.answers(200);
    let emulator = &asked.portal.emulator;
    emulator.remove_member(emulator.group_named("Compiler Team"), emulator.person_named("Alan Turing"));
    let before = is_said_to_be_member(&asked.portal, &asked.alan).await;

    asked.portal.advance(SignedDuration::from_mins(5));
    asked.alan.visit("/memberships").await.answers(200);

    assert!(before, "a late read looks the same");
    assert!(!is_said_to_be_member(&asked.portal, &asked.alan).await);
}

#[tokio::test]
async fn a_directory_that_is_away_hides_nothing_that_we_did() {
    let asked = Asked::on(Portal::impatient().await).await;
    asked.grace.approves(&asked.request).await.answers(200);
    a_minute(&asked.portal);
    asked.portal.emulator.set_down(true);

    let page = asked.alan.visit(&asked.portal.group("Compiler Team")).await;

    page.shows("You are a direct member");
}
