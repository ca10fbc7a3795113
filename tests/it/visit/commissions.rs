//! An administrator commissions a group, somebody creates it, and the administrator copies its object id.

use crate::support::{browser::Browser, portal::Portal, ran};

async fn a_commission(script: bool) -> Option<()> {
    let portal = Portal::start().await;
    let (ada, grace) = (Browser::open(script).await?, Browser::open(script).await?);

    ada.sign_in(&portal.address, "Ada Lovelace").await;
    ada.click("Groups that take part").await;
    ada.click("Commissions").await;
    ada.click("Commission a group").await;
    ada.type_into("resource", "The drawings of the engine").await;
    ada.type_into("purpose", "Reading the drawings.").await;
    ada.type_into("name", "Engine Builders").await;
    ada.type_into("q", "Grace").await;
    ada.click("Find people").await;
    ada.click_at("//main//label[contains(., 'Grace Hopper')]").await;
    ada.click("Send commission").await;
    ada.sees("Grace Hopper is asked to create the group.").await;

    grace.sign_in(&portal.address, "Grace Hopper").await;
    grace.sees("Ada Lovelace asks you to create a group").await;
    grace.click("Read it").await;
    grace.click("Create the group").await;
    grace.click_at("//label[@for='security']").await;
    grace.click("Check").await;
    grace.click("Create group").await;
    grace.sees("Who asked you for it is told that it is there").await;
    let group = portal.emulator.group_named("Engine Builders").to_string();

    ada.click("Home").await;
    ada.click("See what reported back").await;
    ada.click("The drawings of the engine").await;
    let field = ada.find("//input[@id='object-id']").await;
    assert_eq!(field.attr("value").await.unwrap().as_deref(), Some(group.as_str()));
    let copy = ada.find("//button[@data-copy]").await;
    assert_eq!(copy.attr("hidden").await.unwrap().is_none(), script, "the button is there where it works");
    ada.click("Access granted").await;
    ada.sees("The commission is closed.").await;

    for browser in [&ada, &grace] {
        assert_eq!(browser.complaints().await, Vec::<String>::new());
    }
    ada.close().await;
    grace.close().await;
    Some(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commission_is_carried_out_with_and_without_script() {
    if a_commission(false).await.is_some() && a_commission(true).await.is_some() {
        ran("visit::commissions");
    }
}
