//! Asking to join, following a request, and taking it back.

mod audience;
pub(crate) mod questions;
mod reasons;
mod rules;
mod withdrawing;

use crate::support::{portal::Portal, steps::Asked};

#[tokio::test]
async fn an_employee_asks_and_sees_that_the_request_waits() {
    let portal = Portal::start().await;
    let alan = portal.sign_in("Alan Turing").await;

    let group = alan.visit(&portal.group("Compiler Team")).await;
    let form = alan.follow(&group, "Ask to join").await;
    let page = alan.submit(&form, "Send request", &[("reason", "I fix the register allocator.")]).await;

    assert!(page.path().starts_with("/requests/"));
    assert_eq!(page.heading(), "Your request to join Compiler Team");
    assert!(page.flash().starts_with("Your request to join Compiler Team was sent."));
    assert_eq!(page.tags(), ["Waiting for an owner"]);
    page.shows("I fix the register allocator.");
}

#[tokio::test]
async fn what_was_said_is_said_once() {
    let asked = Asked::start().await;

    let again = asked.seen_by_alan().await;

    assert_eq!(again.flash(), "");
}

#[tokio::test]
async fn the_list_and_the_first_page_lead_to_the_request() {
    let asked = Asked::start().await;
    let path = format!("/requests/{}", asked.request);

    let list = asked.alan.visit("/requests").await;
    let home = asked.alan.visit("/").await;

    assert_eq!(list.link("Compiler Team"), Some(path.clone()));
    assert_eq!(home.link("Compiler Team"), Some(path));
}

#[tokio::test]
async fn the_form_names_who_will_read_it_and_what_membership_gives() {
    let portal = Portal::start().await;
    let alan = portal.sign_in("Alan Turing").await;

    let form = alan.visit(&format!("{}/ask", portal.group("Compiler Team"))).await;

    form.shows("3 owners read your request");
    form.shows("Grace Hopper");
    form.shows("What Compiler Team gives.");
    form.shows("Waits 14 days for an answer, then lapses");
}

#[tokio::test]
async fn the_group_shows_the_request_instead_of_the_button() {
    let asked = Asked::start().await;

    let group = asked.alan.visit(&asked.portal.group("Compiler Team")).await;

    assert!(group.link("Ask to join").is_none());
    assert_eq!(group.link("Open request"), Some(format!("/requests/{}", asked.request)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_double_click_asks_once() {
    let portal = Portal::start().await;
    let alan = portal.sign_in("Alan Turing").await;
    let form = alan.visit(&format!("{}/ask", portal.group("Compiler Team"))).await;
    let typed = [("reason", "Twice.")];

    let (one, two) =
        tokio::join!(alan.submit(&form, "Send request", &typed), alan.submit(&form, "Send request", &typed));

    assert_eq!(one.path(), two.path());
    assert_eq!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM request").await, 1);
    assert_eq!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM event WHERE kind = 'request.created'").await, 1);
}

#[tokio::test]
async fn asking_again_leads_to_the_request_that_is_there() {
    let asked = Asked::start().await;
    let form = asked.alan.visit(&format!("{}/ask", asked.portal.group("Compiler Team"))).await;

    let answer = asked.alan.follow(&form, "See your request").await;

    form.answers(409);
    form.shows("You have asked already");
    assert_eq!(answer.id(), asked.request);
}

#[tokio::test]
async fn nobody_else_sees_the_request() {
    let asked = Asked::start().await;
    let mary = asked.portal.sign_in("Mary Jackson").await;

    let seen = mary.visit(&format!("/requests/{}", asked.request)).await;
    let unknown = mary.visit("/requests/00000000-0000-4000-8000-000000000000").await;

    seen.answers(404);
    assert_eq!(seen.bytes(), unknown.bytes());
}

#[tokio::test]
async fn a_request_that_nobody_answers_lapses() {
    let asked = Asked::start().await;
    asked.portal.advance(jiff::SignedDuration::from_hours(24 * 14 + 1));
    asked.portal.due_work().await;
    let (_, page) = asked.portal.sign_in_at(&format!("/requests/{}", asked.request), "Alan Turing").await;

    assert_eq!(page.tags(), ["Lapsed"]);
    page.shows("Nobody answered in time");
    let lapsed = "SELECT CAST(COUNT(*) AS TEXT) FROM event WHERE kind = 'request.lapsed'";
    assert_eq!(asked.portal.count(lapsed).await, 1);
}

#[tokio::test]
async fn asking_reads_the_own_memberships_and_profile_and_writes_nothing_to_the_directory() {
    let portal = Portal::start().await;
    let alan = portal.sign_in("Alan Turing").await;
    portal.advance(jiff::SignedDuration::from_secs(61));
    portal.emulator.forget_calls();

    let form = alan.visit(&format!("{}/ask", portal.group("Compiler Team"))).await;
    let page = portal.calls();
    alan.submit(&form, "Send request", &[("reason", "Little is asked.")]).await.answers(200);

    assert_eq!((page, portal.calls()), ((3, 0), (4, 0)));
}
