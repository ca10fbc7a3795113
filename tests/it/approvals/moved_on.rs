//! The directory has changed between the page and the press of the button.

use jiff::SignedDuration;

use crate::support::steps::Asked;

const SUSPENDED: &str = "SELECT CAST(COUNT(*) AS TEXT) FROM designation WHERE suspended_why IS NOT NULL";

#[tokio::test]
async fn an_owner_who_is_one_no_longer_changes_nothing() {
    let asked = Asked::start().await;
    let request = asked.grace.opens(&asked.request).await;
    let emulator = &asked.portal.emulator;
    emulator.remove_owner(emulator.group_named("Compiler Team"), emulator.person_named("Grace Hopper"));

    let pressed = asked.grace.submit(&request, "Approve request", &[("message", "Welcome.")]).await;

    pressed.answers(403);
    pressed.shows("You are not an owner of this group at the moment");
    pressed.shows("Welcome.");
    assert_eq!(asked.portal.adds(), 0);
    assert_eq!(asked.seen_by_alan().await.tags(), ["Waiting for an owner"]);
}

#[tokio::test]
async fn an_owner_of_long_ago_does_not_learn_that_the_request_exists() {
    let asked = Asked::start().await;
    let emulator = &asked.portal.emulator;
    emulator.remove_owner(emulator.group_named("Compiler Team"), emulator.person_named("Grace Hopper"));
    asked.portal.refresh().await;

    let seen = asked.grace.opens(&asked.request).await;
    let unknown = asked.grace.opens("00000000-0000-4000-8000-000000000000").await;

    seen.answers(404);
    assert_eq!(seen.bytes(), unknown.bytes());
}

#[tokio::test]
async fn a_group_that_a_rule_fills_now_is_suspended_and_its_requests_are_closed() {
    let asked = Asked::start().await;
    let request = asked.grace.opens(&asked.request).await;
    let group = asked.portal.emulator.group_named("Compiler Team");
    asked.portal.emulator.change_group(group, |group| group.group_types.push("DynamicMembership".to_owned()));

    let pressed = asked.grace.submit(&request, "Approve request", &[]).await;

    pressed.answers(409);
    pressed.shows("The directory no longer lets owners manage this group here, so the request was closed.");
    assert_eq!(asked.seen_by_alan().await.tags(), ["Closed"]);
    assert_eq!(asked.portal.count(SUSPENDED).await, 1);
    asked.alan.visit(&asked.portal.group("Compiler Team")).await.shows("A rule decides who belongs to this group.");
    assert_eq!(asked.portal.adds(), 0);
}

#[tokio::test]
async fn a_group_that_may_hold_directory_roles_now_is_suspended() {
    let asked = Asked::start().await;
    let request = asked.grace.opens(&asked.request).await;
    let group = asked.portal.emulator.group_named("Compiler Team");
    asked.portal.emulator.change_group(group, |group| group.is_assignable_to_role = true);

    let pressed = asked.grace.submit(&request, "Approve request", &[]).await;

    pressed.answers(409);
    assert_eq!(asked.portal.count(SUSPENDED).await, 1);
    assert_eq!(asked.portal.adds(), 0);
}

#[tokio::test]
async fn a_group_that_is_gone_closes_its_requests() {
    let asked = Asked::start().await;
    let request = asked.grace.opens(&asked.request).await;
    asked.portal.emulator.delete_group(asked.portal.emulator.group_named("Compiler Team"));

    let pressed = asked.grace.submit(&request, "Approve request", &[]).await;

    pressed.answers(409);
    pressed.shows("The directory no longer knows the group, so the request was closed.");
    assert_eq!(asked.seen_by_alan().await.tags(), ["Closed"]);
    assert_eq!(asked.portal.count(SUSPENDED).await, 1);
}

#[tokio::test]
async fn a_group_that_the_next_reading_finds_unfit_is_suspended_with_its_requests() {
    let asked = Asked::start().await;
    let group = asked.portal.emulator.group_named("Compiler Team");
    asked.portal.emulator.change_group(group, |group| group.on_premises_sync_enabled = Some(true));

    asked.portal.refresh().await;

    let mine = asked.seen_by_alan().await;
    assert_eq!(mine.tags(), ["Closed"]);
    mine.shows("The directory no longer lets owners manage this group here");
    assert_eq!(asked.portal.count(SUSPENDED).await, 1);
}

#[tokio::test]
async fn a_person_who_is_gone_closes_the_request() {
    let asked = Asked::start().await;
    let request = asked.grace.opens(&asked.request).await;
    asked.portal.emulator.delete_person(asked.portal.emulator.person_named("Alan Turing"));

    let pressed = asked.grace.submit(&request, "Approve request", &[]).await;

    pressed.answers(409);
    pressed.shows("The directory no longer knows the person who asked, so the request was closed.");
    assert_eq!(asked.portal.adds(), 0);
}

/// Whether an account is enabled can be read only with more rights than Roster asks for.
#[tokio::test]
async fn an_owner_is_told_when_it_cannot_be_known_whether_the_account_is_disabled() {
    let asked = Asked::start().await;
    asked.portal.emulator.set_enabled(asked.portal.emulator.person_named("Alan Turing"), false);

    let request = asked.grace.opens(&asked.request).await;

    request.answers(200);
    request.shows("Roster could not check whether it can sign in");
}

#[tokio::test]
async fn somebody_who_became_a_member_otherwise_closes_the_request() {
    let asked = Asked::start().await;
    let request = asked.grace.opens(&asked.request).await;
    let emulator = &asked.portal.emulator;
    emulator.add_member(emulator.group_named("Compiler Team"), emulator.person_named("Alan Turing"));

    let pressed = asked.grace.submit(&request, "Approve request", &[]).await;

    pressed.answers(409);
    pressed.shows("The person was a member of the group already, so nothing had to be decided.");
    assert_eq!(asked.portal.adds(), 0);
    assert_eq!(asked.seen_by_alan().await.tags(), ["Closed"]);
}

#[tokio::test]
async fn a_paused_group_takes_denials_only() {
    let asked = Asked::start().await;
    let old = asked.grace.opens(&asked.request).await;
    asked.portal.pause("Compiler Team").await;

    let pressed = asked.grace.submit(&old, "Approve request", &[]).await;
    let page = asked.grace.opens(&asked.request).await;
    let denied = asked.grace.submit(&page, "Deny request", &[("message", "Not now.")]).await;

    pressed.answers(409);
    pressed.shows("This group takes no requests at the moment.");
    assert!(!page.has_button("Approve request"));
    denied.answers(200);
}

#[tokio::test]
async fn an_answer_after_the_request_lapsed_changes_nothing() {
    let asked = Asked::start().await;
    let mut old = asked.grace.opens(&asked.request).await;
    asked.portal.advance(SignedDuration::from_hours(24 * 15));
    let (grace, fresh) = asked.portal.sign_in_at(&format!("/approvals/{}", asked.request), "Grace Hopper").await;
    old.url = fresh.url.clone();

    let pressed = grace.submit(&old, "Approve request", &[]).await;

    fresh.shows("Nobody answered in time");
    assert!(!fresh.has_button("Approve request"));
    pressed.answers(409);
    pressed.shows("Nobody answered in time, so the request lapsed.");
    assert_eq!(asked.portal.adds(), 0);
}
