//! Asking for a while, being let in until a day, asking for longer, and an owner who changes the end.

use roster::domain::lasting::Lasting;

use crate::{
    ends::lasts,
    support::{browser::Browser, portal::Portal, ran},
};

async fn a_while(script: bool) -> Option<()> {
    let portal = Portal::start().await;
    lasts(&portal, Lasting::Days { usual: 9, most: 180 }).await;
    let (alan, grace) = (Browser::open(script).await?, Browser::open(script).await?);

    alan.sign_in(&portal.address, "Alan Turing").await;
    alan.client.goto(&format!("{}{}/ask", portal.address, portal.group("Compiler Team"))).await.unwrap();
    alan.type_into("reason", "I port the linker.").await;
    alan.click("Send request").await;
    alan.sees("9 days from an owner").await;

    grace.sign_in(&portal.address, "Grace Hopper").await;
    grace.click("Requests for you").await;
    grace.click_at("//li//a[contains(., 'Alan Turing')]").await;
    grace.sees(", 9 days").await;
    grace.click("Approve request").await;
    grace.sees("is now a member of").await;

    alan.click("My memberships").await;
    alan.sees("Ends soon").await;
    alan.click_at("//main//a[starts-with(normalize-space(), 'Extend')]").await;
    alan.type_into("reason", "The linker is not done.").await;
    alan.click("Send request").await;
    alan.sees("Your request to stay in").await;

    grace.click("Requests for you").await;
    grace.click_at("//li//a[contains(., 'wants to stay')]").await;
    grace.click("Approve request").await;
    grace.sees("for longer").await;
    grace.click("Groups I own").await;
    grace.click("Compiler Team").await;
    grace.click("Members").await;
    grace.click("Ending soonest").await;
    grace.sees("Shows the memberships with an end.").await;
    grace.sees("Alan Turing").await;
    grace.click("Let in last").await;
    grace.sees("Shows whom Roster let in, the latest first.").await;
    grace.click_at("//tr[contains(., 'Alan Turing')]//a[starts-with(normalize-space(), 'Change')]").await;
    grace.type_into("reason", "Until the release.").await;
    grace.click("Change the end").await;

    for browser in [&alan, &grace] {
        assert_eq!(browser.complaints().await, Vec::<String>::new());
    }
    alan.close().await;
    grace.close().await;
    Some(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_membership_for_a_while_is_given_and_extended_with_and_without_script() {
    if a_while(false).await.is_some() && a_while(true).await.is_some() {
        ran("visit::memberships");
    }
}
