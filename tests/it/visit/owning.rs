//! An owner's day in a browser: responsibilities, several approvals, members, owners, details.

use crate::support::{browser::Browser, portal::Portal, ran, steps::Asked};

/// An administrator publishes responsibilities and has two owners approve; both accept, both approve, the person is in.
async fn two_owners_approve(script: bool) -> Option<()> {
    let Asked { portal, .. } = Asked::start().await;
    let ada = Browser::open(script).await?;
    ada.sign_in(&portal.address, "Ada Lovelace").await;
    ada.click("Groups that take part").await;
    ada.click("Responsibilities of owners").await;
    ada.type_into("text", "Answer soon.\n\n- Let in whom you know.").await;
    ada.click("See how it looks").await;
    ada.find("//*[@class='prose']//li[contains(., 'Let in whom you know')]").await;
    ada.find("//input[@name='days']").await.clear().await.unwrap();
    ada.type_into("days", "0").await;
    ada.click("Save and publish").await;
    ada.sees("The responsibilities are published.").await;
    ada.click("Groups that take part").await;
    ada.click("Compiler Team").await;
    ada.find("//input[@name='approvals']").await.clear().await.unwrap();
    ada.type_into("approvals", "2").await;
    ada.click("Save terms").await;
    ada.sees("The terms of").await;

    for (owner, said) in [("Grace Hopper", "Your approval for"), ("Annie Easley", "is now a member of")] {
        let browser = Browser::open(script).await?;
        browser.sign_in(&portal.address, owner).await;
        browser.sees("Accept the responsibilities of owners first").await;
        browser.click("Requests for you").await;
        browser.click_at("//li//a[contains(., 'Alan Turing')]").await;
        browser.sees("You have not accepted the responsibilities of owners yet.").await;
        browser.click("Home").await;
        browser.click("Read the responsibilities").await;
        browser.click("Accept the responsibilities").await;
        browser.sees("You accepted the responsibilities of owners.").await;
        browser.click("Requests for you").await;
        browser.click_at("//li//a[contains(., 'Alan Turing')]").await;
        browser.click("Approve request").await;
        browser.sees(said).await;
        assert_eq!(browser.complaints().await, Vec::<String>::new());
        browser.close().await;
    }

    assert!(portal.is_member("Compiler Team", "Alan Turing"));
    assert_eq!(ada.complaints().await, Vec::<String>::new());
    ada.close().await;
    Some(())
}

/// An owner adds and removes a member, makes an owner and takes the group from one, and changes the details.
async fn a_group_is_run(script: bool) -> Option<()> {
    let portal = Portal::start().await;
    let grace = Browser::open(script).await?;
    grace.sign_in(&portal.address, "Grace Hopper").await;

    grace.click("Groups I own").await;
    grace.click("Compiler Team").await;
    grace.click("Members").await;
    grace.click("Add member").await;
    grace.find("//main//input[@name='q']").await.send_keys("Ken Thompson").await.unwrap();
    grace.click_at("//main//search//button").await;
    grace.type_into("reason", "He starts on Monday.").await;
    grace.click("Add to group").await;
    grace.sees("is now a member of").await;
    assert!(portal.is_member("Compiler Team", "Ken Thompson"));
    grace.click_at("//tr[contains(., 'Ken Thompson')]//a[contains(., 'Remove')]").await;
    grace.click("Remove from group").await;
    grace.sees("is no longer a member of").await;
    assert!(!portal.is_member("Compiler Team", "Ken Thompson"));

    grace.click("Owners").await;
    grace.click("Add owner").await;
    grace.find("//main//input[@name='q']").await.send_keys("Ken Thompson").await.unwrap();
    grace.click_at("//main//search//button").await;
    grace.click("Make owner").await;
    grace.sees("is now an owner of").await;
    grace.click_at("//li[contains(., 'Ken Thompson')]//a[contains(., 'Remove')]").await;
    grace.click("Remove as owner").await;
    grace.sees("no longer owns").await;

    grace.click("Details").await;
    grace.type_into("description", " And debuggers.").await;
    grace.click("Save").await;
    grace.sees("The details of").await;
    grace.sees("And debuggers.").await;
    assert_eq!(grace.complaints().await, Vec::<String>::new());
    grace.close().await;
    Some(())
}

#[tokio::test(flavor = "multi_thread")]
async fn two_owners_accept_and_approve_with_and_without_script() {
    if two_owners_approve(false).await.is_some() && two_owners_approve(true).await.is_some() {
        ran("visit::two_owners");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_is_run_with_and_without_script() {
    if a_group_is_run(false).await.is_some() && a_group_is_run(true).await.is_some() {
        ran("visit::owning");
    }
}
