//! An owner reviews the members in a browser: is reminded, begins, answers, ends, and reads the report.

use jiff::SignedDuration;

use crate::support::{browser::Browser, portal::Portal, ran};

async fn the_review(script: bool) -> Option<()> {
    let portal = Portal::start().await;
    let ada = Browser::open(script).await?;
    ada.sign_in(&portal.address, "Ada Lovelace").await;
    ada.client.goto(&format!("{}/admin{}", portal.address, portal.group("Compiler Team"))).await.unwrap();
    ada.type_into("review_days", "30").await;
    ada.click("Save terms").await;
    ada.sees("The terms of").await;
    portal.advance(SignedDuration::from_hours(24 * 31));

    let grace = Browser::open(script).await?;
    grace.sign_in(&portal.address, "Grace Hopper").await;
    grace.sees("One group is waiting for a review of its members.").await;
    grace.sees("The review of the members has been overdue since yesterday").await;
    grace.click("Compiler Team").await;
    grace.click("Begin review").await;
    grace.sees("The review has begun.").await;
    grace.click_at("//label[@for='keep0']").await;
    grace.click_at("//label[@for='remove1']").await;
    grace.type_into("reason1", "Moved on.").await;
    grace.click("Save answers").await;
    grace.sees("Your answers are saved.").await;
    grace.sees("One to be removed").await;
    grace.click("End review").await;
    grace.sees("Moved on.").await;
    grace.click("Go on to remove one person").await;
    grace.sees("Remove one person").await;

    let ended = "SELECT CAST(COUNT(*) AS TEXT) FROM event WHERE kind = 'review.ended'";
    assert_eq!(portal.count(ended).await, 1);
    grace.click("Home").await;
    grace.sees("Nothing is waiting for you.").await;
    for browser in [ada, grace] {
        assert_eq!(browser.complaints().await, Vec::<String>::new());
        browser.close().await;
    }
    Some(())
}

#[tokio::test(flavor = "multi_thread")]
async fn members_are_reviewed_with_and_without_script() {
    if the_review(false).await.is_some() && the_review(true).await.is_some() {
        ran("visit::review");
    }
}
