//! An owner changes what the terms leave open, in a browser: the form, the look at what changes, and the new terms.

use crate::support::{browser::Browser, portal::Portal, ran};

async fn the_terms(script: bool) -> Option<()> {
    let portal = Portal::start().await;
    let grace = Browser::open(script).await?;
    grace.sign_in(&portal.address, "Grace Hopper").await;

    grace.click("Groups I own").await;
    grace.click("Compiler Team").await;
    grace.click_at("//nav[@class='tabs']//a[normalize-space()='Terms']").await;
    grace.sees("Only administrators of Roster change them.").await;
    grace.type_into("open_days", "21").await;
    grace.click("See what changes").await;
    grace.sees("14 before, 21 now").await;
    grace.click("Change something").await;
    grace.click_at("//label[@for='reason_required']").await;
    grace.click("See what changes").await;
    grace.sees("A reason is no longer needed").await;
    grace.click("Change something").await;
    grace.type_into("question_1", "Which team do you work with?").await;
    grace.click("See what changes").await;
    grace.sees("Which team do you work with?").await;
    grace.click("Save terms").await;
    grace.sees("The terms of").await;

    let changed = "SELECT CAST(COUNT(*) AS TEXT) FROM event WHERE kind = 'designation.changed'";
    assert_eq!(portal.count(changed).await, 1);
    assert_eq!(grace.complaints().await, Vec::<String>::new());
    grace.close().await;

    let alan = Browser::open(script).await?;
    alan.sign_in(&portal.address, "Alan Turing").await;
    alan.click("Browse groups").await;
    alan.click("Compiler Team").await;
    alan.sees("You answer one question").await;
    alan.click("Ask to join").await;
    alan.type_into("answer_1", "Numerics").await;
    alan.click("Send request").await;
    alan.sees("Your answers").await;
    alan.sees("Numerics").await;
    assert_eq!(alan.complaints().await, Vec::<String>::new());
    alan.close().await;
    Some(())
}

#[tokio::test(flavor = "multi_thread")]
async fn terms_are_changed_with_and_without_script() {
    if the_terms(false).await.is_some() && the_terms(true).await.is_some() {
        ran("visit::terms");
    }
}
