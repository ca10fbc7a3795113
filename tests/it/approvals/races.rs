//! Two people, or one person twice, at the same moment.

use std::sync::Arc;

use roster_emulator::{Action, Fault, HoldWhen};
use tokio::sync::Notify;

use crate::support::{
    database::Database,
    portal::{Portal, Setup},
    ran,
    steps::Asked,
};

const DECISIONS: &str = "SELECT CAST(COUNT(*) AS TEXT) FROM decision";

/// Lets two owners approve in the same moment.
async fn two_owners(portal: Portal) {
    let asked = Asked::on(portal).await;
    let mary = asked.portal.sign_in("Mary Jackson").await;
    let (hers, marys) = (asked.grace.opens(&asked.request).await, mary.opens(&asked.request).await);

    let (grace, mary) =
        tokio::join!(asked.grace.submit(&hers, "Approve request", &[]), mary.submit(&marys, "Approve request", &[]));

    let (winner, loser, name) =
        if grace.status == 200 { (grace, mary, "Grace Hopper") } else { (mary, grace, "Mary Jackson") };
    winner.answers(200);
    loser.answers(409);
    loser.shows(&format!("{name} was first and approved this request (today"));
    assert_eq!(asked.portal.count(DECISIONS).await, 1);
    assert_eq!(asked.portal.adds(), 1);
    asked.portal.record_is_whole().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_owners_who_approve_at_once_one_wins_and_the_other_sees_who() {
    two_owners(Portal::start().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_owners_who_approve_at_once_one_wins_on_postgres_too() {
    let Some(database) = Database::postgres().await else {
        return crate::support::left_out("PostgreSQL is not on PATH");
    };

    two_owners(Setup { database: Some(database), ..Setup::default() }.start().await).await;

    ran("approvals::two_owners_on_postgres");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_approval_and_a_denial_at_once_are_one_decision() {
    let asked = Asked::start().await;
    let mary = asked.portal.sign_in("Mary Jackson").await;
    let (hers, marys) = (asked.grace.opens(&asked.request).await, mary.opens(&asked.request).await);

    let (approved, denied) = tokio::join!(
        asked.grace.submit(&hers, "Approve request", &[]),
        mary.submit(&marys, "Deny request", &[("message", "No room.")])
    );

    assert!(approved.status.is_success() != denied.status.is_success(), "{} {}", approved.text(), denied.text());
    assert_eq!(asked.portal.count(DECISIONS).await, 1);
    assert_eq!(asked.portal.is_member("Compiler Team", "Alan Turing"), approved.status.is_success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_double_click_on_approve_approves_once_and_says_no_harm() {
    let asked = Asked::start().await;
    let request = asked.grace.opens(&asked.request).await;
    let press = || asked.grace.submit(&request, "Approve request", &[]);

    let (one, two) = tokio::join!(press(), press());

    one.answers(200);
    two.answers(200);
    assert_eq!(asked.portal.count(DECISIONS).await, 1);
    assert_eq!(asked.portal.adds(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_double_click_on_deny_denies_once_and_says_no_harm() {
    let asked = Asked::start().await;
    let request = asked.grace.opens(&asked.request).await;
    let press = || asked.grace.submit(&request, "Deny request", &[("message", "No.")]);

    let (one, two) = tokio::join!(press(), press());

    one.answers(200);
    two.answers(200);
    assert_eq!(asked.portal.count(DECISIONS).await, 1);
}

#[tokio::test]
async fn the_same_answer_sent_again_later_is_answered_as_the_first() {
    let asked = Asked::start().await;
    let request = asked.grace.opens(&asked.request).await;
    asked.grace.submit(&request, "Approve request", &[]).await.answers(200);

    let again = asked.grace.submit(&request, "Approve request", &[]).await;

    again.answers(200);
    assert_eq!(again.tags(), ["Added"]);
    assert_eq!(asked.portal.adds(), 1);
}

#[tokio::test]
async fn the_second_owner_sees_who_answered_first_and_when() {
    let asked = Asked::start().await;
    let mary = asked.portal.sign_in("Mary Jackson").await;
    let old = mary.opens(&asked.request).await;
    asked.grace.approves(&asked.request).await.answers(200);

    let denied = mary.submit(&old, "Deny request", &[("message", "I know him not.")]).await;

    denied.answers(409);
    denied.shows("Grace Hopper was first and approved this request (today");
    denied.shows("I know him not.");
    assert!(asked.portal.is_member("Compiler Team", "Alan Turing"));
}

#[tokio::test]
async fn a_form_drawn_from_an_older_version_changes_nothing() {
    let asked = Asked::start().await;
    let request = asked.grace.opens(&asked.request).await;
    let mut form = request.form("Deny request");
    form.fields.retain(|(name, _)| name != "version");
    form.fields.push(("version".to_owned(), "7".to_owned()));
    form.fill(&request, "message", "From long ago.");

    let stale = asked.grace.send_form(&request, form).await;

    stale.answers(409);
    stale.shows("This changed since you opened the page.");
    stale.shows("From long ago.");
    assert_eq!(asked.seen_by_alan().await.tags(), ["Waiting for an owner"]);
}

/// The request was read while it was open, the directory when it had the member already: the second owner was told that
/// the person had been a member all along.
#[tokio::test]
async fn an_owner_who_is_overtaken_between_two_reads_sees_who_answered_first() {
    let asked = Asked::start().await;
    let mary = asked.portal.sign_in("Mary Jackson").await;
    let page = mary.opens(&asked.request).await;
    let gate = Arc::new(Notify::new());
    let hold = Action::Hold(gate.clone(), HoldWhen::Before);
    asked.portal.emulator.fault(Fault::on("GET", "/members?").answer(hold));
    asked.portal.emulator.forget_calls();

    let overtake = async {
        while !asked.portal.emulator.calls().iter().any(|call| call.path.contains("/members?")) {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        asked.grace.approves(&asked.request).await.answers(200);
        gate.notify_one();
    };
    let (late, ()) = tokio::join!(mary.submit(&page, "Approve request", &[("message", "Welcome.")]), overtake);

    late.answers(409);
    late.shows("Grace Hopper was first and approved this request (today");
    late.shows("Welcome.");
    assert_eq!(asked.seen_by_alan().await.tags(), ["Added"]);
}
