//! Taking a request back.

use crate::support::steps::Asked;

#[tokio::test]
async fn a_request_that_waits_can_be_taken_back() {
    let asked = Asked::start().await;
    let page = asked.seen_by_alan().await;

    let after = asked.alan.submit(&page, "Withdraw request", &[]).await;

    assert!(after.flash().starts_with("You withdrew your request to join Compiler Team."));
    assert_eq!(after.tags(), ["Withdrawn"]);
    assert!(!after.has_button("Withdraw request"));
}

#[tokio::test]
async fn whoever_took_a_request_back_can_ask_again() {
    let asked = Asked::start().await;
    let page = asked.seen_by_alan().await;
    asked.alan.submit(&page, "Withdraw request", &[]).await.answers(200);

    let again = asked.alan.asks(&asked.portal, "Compiler Team", "On second thought.").await;

    assert_eq!(again.tags(), ["Waiting for an owner"]);
    assert_ne!(again.id(), asked.request);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_double_click_withdraws_once() {
    let asked = Asked::start().await;
    let page = asked.seen_by_alan().await;
    let press = || asked.alan.submit(&page, "Withdraw request", &[]);

    let (one, two) = tokio::join!(press(), press());

    one.answers(200);
    two.answers(200);
    let events = "SELECT CAST(COUNT(*) AS TEXT) FROM event WHERE kind = 'request.withdrawn'";
    assert_eq!(asked.portal.count(events).await, 1);
}

#[tokio::test]
async fn an_answer_that_came_first_is_named() {
    let asked = Asked::start().await;
    let page = asked.seen_by_alan().await;
    asked.grace.denies(&asked.request, "Not this year.").await.answers(200);

    let late = asked.alan.submit(&page, "Withdraw request", &[]).await;

    late.answers(409);
    late.shows("Grace Hopper was first and denied this request");
}

#[tokio::test]
async fn nobody_withdraws_the_request_of_another() {
    let asked = Asked::start().await;
    let page = asked.seen_by_alan().await;

    let refused = asked.grace.submit(&page.unmarked(), "Withdraw request", &[]).await;

    refused.answers(404);
    assert_eq!(asked.seen_by_alan().await.tags(), ["Waiting for an owner"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_approval_and_a_withdrawal_at_once_leave_one_of_the_two() {
    for _ in 0..3 {
        let asked = Asked::start().await;
        let mine = asked.seen_by_alan().await;
        let theirs = asked.grace.opens(&asked.request).await;

        let (withdrawn, approved) = tokio::join!(
            asked.alan.submit(&mine, "Withdraw request", &[]),
            asked.grace.submit(&theirs, "Approve request", &[])
        );

        let tags = asked.seen_by_alan().await.tags();
        let member = asked.portal.is_member("Compiler Team", "Alan Turing");
        assert!(withdrawn.status.is_success() != approved.status.is_success(), "{withdrawn:?} {approved:?}");
        assert_eq!(member, approved.status.is_success());
        assert_eq!(tags, [if member { "Added" } else { "Withdrawn" }]);
    }
}
