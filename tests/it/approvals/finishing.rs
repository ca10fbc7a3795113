//! Finishing what an approval still owes to the directory.

use roster_emulator::{Action, Fault};

use crate::support::steps::Asked;

/// Lets Grace approve while the directory drops every answer.
async fn underway() -> Asked {
    let asked = Asked::start().await;
    asked.portal.emulator.fault(Fault::on("POST", "/members/$ref").times(3).answer(Action::DropBefore));
    asked.grace.approves(&asked.request).await.answers(200);
    asked
}

#[tokio::test]
async fn another_owner_finishes() {
    let asked = underway().await;
    let mary = asked.portal.sign_in("Mary Jackson").await;

    let inbox = mary.visit("/approvals").await;
    let page = mary.follow(&inbox, "Alan Turing asked to join Compiler Team").await;
    let finished = mary.submit(&page, "Finish", &[]).await;

    inbox.shows("Approved, not yet in the group");
    assert_eq!(finished.tags(), ["Added"]);
    assert!(asked.portal.is_member("Compiler Team", "Alan Turing"));
}

#[tokio::test]
async fn the_person_who_asked_never_finishes() {
    let asked = underway().await;
    let page = asked.grace.opens(&asked.request).await;
    let emulator = &asked.portal.emulator;
    emulator.add_owner(emulator.group_named("Compiler Team"), emulator.person_named("Alan Turing"));

    let pressed = asked.alan.submit(&page.unmarked(), "Finish", &[]).await;
    let mine = asked.seen_by_alan().await;

    pressed.answers(403);
    assert!(!mine.has_button("Finish"));
    assert!(!asked.portal.is_member("Compiler Team", "Alan Turing"));
}

#[tokio::test]
async fn somebody_who_owns_nothing_never_finishes() {
    let asked = underway().await;
    let page = asked.grace.opens(&asked.request).await;
    let katherine = asked.portal.sign_in("Katherine Johnson").await;

    let pressed = katherine.submit(&page.unmarked(), "Finish", &[]).await;

    pressed.answers(404);
    assert!(!asked.portal.is_member("Compiler Team", "Alan Turing"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_owners_who_finish_at_once_add_the_member_once() {
    let asked = underway().await;
    let mary = asked.portal.sign_in("Mary Jackson").await;
    let (hers, marys) = (asked.grace.opens(&asked.request).await, mary.opens(&asked.request).await);
    asked.portal.emulator.forget_calls();

    let (one, two) = tokio::join!(asked.grace.submit(&hers, "Finish", &[]), mary.submit(&marys, "Finish", &[]));

    assert!(one.status == 200 || two.status == 200, "{} {}", one.text(), two.text());
    assert_eq!(asked.portal.adds(), 1);
    asked.portal.record_is_whole().await;
}

#[tokio::test]
async fn what_is_done_has_nothing_to_finish() {
    let asked = underway().await;
    let page = asked.grace.opens(&asked.request).await;
    asked.grace.submit(&page, "Finish", &[]).await.answers(200);

    let again = asked.grace.submit(&page, "Finish", &[]).await;

    again.answers(409);
    again.shows("This is done already.");
}

#[tokio::test]
async fn a_group_that_became_unfit_is_not_finished() {
    let asked = underway().await;
    let page = asked.grace.opens(&asked.request).await;
    let group = asked.portal.emulator.group_named("Compiler Team");
    asked.portal.emulator.change_group(group, |group| group.is_assignable_to_role = true);

    let pressed = asked.grace.submit(&page, "Finish", &[]).await;

    pressed.answers(409);
    assert!(!asked.portal.is_member("Compiler Team", "Alan Turing"));
}

#[tokio::test]
async fn a_decision_outlives_a_restart() {
    let mut asked = underway().await;

    asked.portal.restart().await;

    let page = asked.grace.opens(&asked.request).await;
    let finished = asked.grace.submit(&page, "Finish", &[]).await;
    assert_eq!(finished.tags(), ["Added"]);
}
