//! An administrator lets only members of one group ask to join another, in a browser; one who belongs asks and is let in.

use jiff::SignedDuration;

use crate::support::{browser::Browser, emulator, portal::Portal, ran};

async fn members_of_another_group(script: bool) -> Option<()> {
    let portal = Portal::start().await;
    let (team, other) = (portal.group("Compiler Team"), portal.emulator.group_named("Data Platform"));

    let ada = Browser::open(script).await?;
    ada.sign_in(&portal.address, "Ada Lovelace").await;
    ada.client.goto(&format!("{}/admin{team}", portal.address)).await.unwrap();
    ada.type_into("audience", "Data Platfrom").await;
    ada.click("Save terms").await;
    ada.sees("No group that you see is called").await;
    ada.type_into("audience", "data platform").await;
    ada.click("Save terms").await;
    ada.sees("The terms of").await;

    let alan = Browser::open(script).await?;
    alan.sign_in(&portal.address, "Alan Turing").await;
    alan.client.goto(&format!("{}{team}", portal.address)).await.unwrap();
    alan.sees("the directory does not name you among them").await;
    portal.emulator.add_member(other, portal.emulator.person_named("Alan Turing"));
    portal.advance(SignedDuration::try_from(emulator::read_lag()).unwrap());
    alan.client.refresh().await.unwrap();
    alan.click("Ask to join").await;
    alan.type_into("reason", "I feed the compiler.").await;
    alan.click("Send request").await;
    alan.sees("I feed the compiler.").await;

    let grace = Browser::open(script).await?;
    grace.sign_in(&portal.address, "Grace Hopper").await;
    grace.click("Requests for you").await;
    grace.click_at("//li//a[contains(., 'Alan Turing')]").await;
    grace.click("Approve request").await;
    grace.sees("is now a member of").await;

    let of_the_slip = ada.complaints().await;
    assert!(of_the_slip.len() == 1 && of_the_slip[0].contains("422"), "{of_the_slip:?}");
    ada.close().await;
    for browser in [alan, grace] {
        assert_eq!(browser.complaints().await, Vec::<String>::new());
        browser.close().await;
    }
    Some(())
}

#[tokio::test(flavor = "multi_thread")]
async fn members_of_another_group_ask_with_and_without_script() {
    if members_of_another_group(false).await.is_some() && members_of_another_group(true).await.is_some() {
        ran("visit::audience");
    }
}
