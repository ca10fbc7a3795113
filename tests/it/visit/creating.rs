//! An employee creates a group: people found, everything checked, one button, and the group.

use crate::support::{browser::Browser, portal::Portal, ran};

async fn a_new_group(script: bool) -> Option<()> {
    let portal = Portal::start().await;
    let alan = Browser::open(script).await?;
    alan.sign_in(&portal.address, "Alan Turing").await;

    alan.click("Browse groups").await;
    alan.click("New group").await;
    alan.click_at("//label[@for='security']").await;
    alan.type_into("name", "Analytical Engines").await;
    alan.type_into("purpose", "Whoever builds the engines.").await;
    alan.type_into("q", "Grace").await;
    alan.click("Find people").await;
    alan.click_at("//main//li[contains(., 'Grace Hopper')]//button[contains(., 'Make owner')]").await;
    alan.sees("Leave out").await;
    alan.click("Check").await;
    alan.sees("Nothing has been created yet").await;
    alan.sees("It has 2 owners").await;
    assert!(portal.emulator.group("Analytical Engines").is_none());
    alan.click("Create group").await;
    alan.sees("Object ID").await;
    assert!(portal.emulator.group("Analytical Engines").is_some());
    alan.click("Open the group").await;
    alan.sees("Analytical Engines").await;

    assert_eq!(alan.complaints().await, Vec::<String>::new());
    alan.close().await;
    Some(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_is_created_with_and_without_script() {
    if a_new_group(false).await.is_some() && a_new_group(true).await.is_some() {
        ran("visit::creating");
    }
}
