//! An owner reviews the members in a browser: begins, answers, ends, and reads the report.

use crate::support::{browser::Browser, portal::Portal, ran};

async fn the_review(script: bool) -> Option<()> {
    let portal = Portal::start().await;
    let grace = Browser::open(script).await?;
    grace.sign_in(&portal.address, "Grace Hopper").await;

    grace.click("Groups I own").await;
    grace.click("Compiler Team").await;
    grace.click("Review").await;
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
    assert_eq!(grace.complaints().await, Vec::<String>::new());
    grace.close().await;
    Some(())
}

#[tokio::test(flavor = "multi_thread")]
async fn members_are_reviewed_with_and_without_script() {
    if the_review(false).await.is_some() && the_review(true).await.is_some() {
        ran("visit::review");
    }
}
