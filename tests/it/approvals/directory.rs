//! The directory answers late, not at all, or no.

use std::{sync::Arc, time::Duration};

use jiff::SignedDuration;
use roster_emulator::{Action, Fault, HoldWhen};
use tokio::sync::Notify;

use crate::support::{page::Page, portal::Portal, steps::Asked};

/// Makes every try of the next add go wrong in the same way.
fn add_goes_wrong(asked: &Asked, action: Action) {
    asked.portal.emulator.fault(Fault::on("POST", "/members/$ref").times(3).answer(action));
}

fn is_underway(page: &Page) {
    page.answers(200);
    page.shows("Your decision is saved.");
    assert_eq!(page.tags(), ["Approved, being added"]);
    assert!(page.has_button("Finish"));
}

#[tokio::test]
async fn an_add_that_worked_behind_a_gateway_error_is_found_to_be_done() {
    let asked = Asked::start().await;
    asked.portal.emulator.fault(Fault::on("POST", "/members/$ref").answer(Action::StatusAfterApplying(504)));

    let after = asked.grace.approves(&asked.request).await;

    assert_eq!(after.flash(), "Alan Turing is now a member of Compiler Team.");
    assert_eq!(asked.seen_by_alan().await.tags(), ["Added"]);
}

#[tokio::test]
async fn an_add_whose_answers_are_all_lost_is_being_added_and_can_be_finished() {
    let asked = Asked::start().await;
    add_goes_wrong(&asked, Action::DropBefore);

    let after = asked.grace.approves(&asked.request).await;
    let mine = asked.seen_by_alan().await;
    let finished = asked.grace.submit(&after, "Finish", &[]).await;

    is_underway(&after);
    assert_eq!(mine.tags(), ["Approved, being added"]);
    mine.shows("The directory has not confirmed it yet.");
    assert_eq!(finished.flash(), "Alan Turing is now a member of Compiler Team.");
    assert!(asked.portal.is_member("Compiler Team", "Alan Turing"));
}

#[tokio::test]
async fn an_add_that_was_made_and_never_confirmed_is_finished_without_harm() {
    let asked = Asked::start().await;
    add_goes_wrong(&asked, Action::DropAfterApplying);

    let after = asked.grace.approves(&asked.request).await;
    let finished = asked.grace.submit(&after, "Finish", &[]).await;

    is_underway(&after);
    assert_eq!(finished.tags(), ["Added"]);
    assert!(asked.portal.is_member("Compiler Team", "Alan Turing"));
}

#[tokio::test]
async fn a_directory_that_does_not_answer_in_time_keeps_nobody_waiting() {
    let asked = Asked::on(Portal::impatient().await).await;
    add_goes_wrong(&asked, Action::Stall(Duration::from_secs(30)));
    let started = std::time::Instant::now();

    let after = asked.grace.approves(&asked.request).await;

    is_underway(&after);
    assert!(started.elapsed() < Duration::from_secs(12), "{:?}", started.elapsed());
}

#[tokio::test]
async fn a_directory_that_asks_for_patience_is_obeyed() {
    let asked = Asked::start().await;
    asked.portal.emulator.fault(Fault::on("POST", "/members/$ref").answer(Action::Status(429, Some("1"))));
    let started = std::time::Instant::now();

    let after = asked.grace.approves(&asked.request).await;

    assert_eq!(after.flash(), "Alan Turing is now a member of Compiler Team.");
    assert!(started.elapsed() >= Duration::from_secs(1));
    assert_eq!(asked.portal.adds(), 2);
}

#[tokio::test]
async fn a_directory_that_asks_for_too_much_patience_is_not_waited_for() {
    let asked = Asked::start().await;
    add_goes_wrong(&asked, Action::Status(429, Some("120")));

    let after = asked.grace.approves(&asked.request).await;

    is_underway(&after);
    assert_eq!(asked.portal.adds(), 1);
}

#[tokio::test]
async fn a_page_of_a_proxy_is_no_confirmation() {
    let asked = Asked::start().await;
    add_goes_wrong(&asked, Action::HtmlPage);

    let after = asked.grace.approves(&asked.request).await;

    is_underway(&after);
    assert!(!asked.portal.is_member("Compiler Team", "Alan Turing"));
}

#[tokio::test]
async fn a_refusal_is_delayed_first_and_final_only_after_a_second_try() {
    let asked = Asked::start().await;
    add_goes_wrong(&asked, Action::ConsentMissing);

    let delayed = asked.grace.approves(&asked.request).await;
    let at_once = asked.grace.submit(&delayed, "Finish", &[]).await;
    asked.portal.advance(SignedDuration::from_secs(121));
    let page = asked.grace.opens(&asked.request).await;
    let refused = asked.grace.submit(&page, "Finish", &[]).await;

    for page in [&delayed, &at_once] {
        assert_eq!(page.tags(), ["Delayed"]);
        page.shows("The directory did not let the owner who approved change this group.");
    }
    assert_eq!(refused.tags(), ["Could not be added"]);
    assert!(refused.flash().starts_with("The directory did not let Alan Turing into Compiler Team."));
    assert_eq!(asked.seen_by_alan().await.tags(), ["Could not be added"]);
    asked.portal.record_is_whole().await;
}

#[tokio::test]
async fn after_a_final_refusal_the_person_can_ask_again() {
    let asked = Asked::start().await;
    add_goes_wrong(&asked, Action::ConsentMissing);
    asked.grace.approves(&asked.request).await.answers(200);
    asked.portal.advance(SignedDuration::from_secs(121));
    let page = asked.grace.opens(&asked.request).await;
    asked.grace.submit(&page, "Finish", &[]).await.answers(200);

    let again = asked.alan.asks(&asked.portal, "Compiler Team", "Perhaps now.").await;

    assert_eq!(again.tags(), ["Waiting for an owner"]);
}

#[tokio::test]
async fn while_the_directory_is_away_nobody_decides_and_nothing_is_lost() {
    let asked = Asked::on(Portal::impatient().await).await;
    let old = asked.grace.opens(&asked.request).await;
    asked.portal.emulator.set_down(true);

    let pressed = asked.grace.submit(&old, "Approve request", &[]).await;
    let page = asked.grace.opens(&asked.request).await;

    pressed.answers(503);
    assert_eq!(pressed.heading(), "The directory does not answer");
    page.answers(200);
    page.shows("nobody can decide. The request is safe");
    assert!(!page.has_button("Approve request") && !page.has_button("Deny request"));
    assert_eq!(asked.seen_by_alan().await.tags(), ["Waiting for an owner"]);
}

#[tokio::test]
async fn while_the_directory_is_away_every_page_still_comes() {
    let asked = Asked::on(Portal::impatient().await).await;
    asked.portal.emulator.set_down(true);
    let group = asked.portal.group("Compiler Team");

    for path in ["/", "/groups", "/memberships", "/requests", "/approvals", "/help", group.as_str()] {
        asked.grace.visit(path).await.answers(200);
    }
}

#[tokio::test]
async fn what_nobody_finishes_within_seven_days_is_given_up() {
    let asked = Asked::start().await;
    add_goes_wrong(&asked, Action::DropBefore);
    asked.grace.approves(&asked.request).await.answers(200);

    asked.portal.advance(SignedDuration::from_hours(7 * 24 + 1));
    asked.portal.due_work().await;
    let (_, mine) = asked.portal.sign_in_at(&format!("/requests/{}", asked.request), "Alan Turing").await;

    assert_eq!(mine.tags(), ["Given up"]);
    assert!(!asked.portal.is_member("Compiler Team", "Alan Turing"));
}

/// Lets Grace approve while the directory holds the add, and returns what lets it go.
async fn held(asked: &Asked, request: &Page) -> Arc<Notify> {
    let gate = Arc::new(Notify::new());
    let fault = Fault::on("POST", "/members/$ref").answer(Action::Hold(gate.clone(), HoldWhen::Before));
    asked.portal.emulator.fault(fault);
    let approve = asked.grace.submit(request, "Approve request", &[]);
    let asked_for = async {
        while asked.portal.adds() == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    // The browser goes away as soon as the directory has been asked.
    tokio::select! {
        page = approve => panic!("answered too early: {}", page.text()),
        () = asked_for => {}
    }
    gate
}

#[tokio::test]
async fn a_browser_that_goes_away_does_not_stop_what_was_decided() {
    let asked = Asked::start().await;
    let request = asked.grace.opens(&asked.request).await;

    let gate = held(&asked, &request).await;
    let meanwhile = asked.seen_by_alan().await;
    gate.notify_one();
    let mut after = asked.seen_by_alan().await;
    for _ in 0..200 {
        if after.tags() == ["Added"] {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
        after = asked.seen_by_alan().await;
    }

    assert_eq!(meanwhile.tags(), ["Approved, being added"]);
    assert_eq!(after.tags(), ["Added"]);
    assert_eq!(asked.portal.adds(), 1);
}

#[tokio::test]
async fn a_portal_that_is_told_to_stop_carries_out_what_was_decided_first() {
    let mut asked = Asked::start().await;
    let request = asked.grace.opens(&asked.request).await;
    let gate = held(&asked, &request).await;

    let release = async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        gate.notify_one();
    };
    tokio::join!(asked.portal.restart(), release);

    assert_eq!(asked.seen_by_alan().await.tags(), ["Added"]);
}
