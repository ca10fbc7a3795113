//! An administrator says whose new groups take part at once, and somebody named creates one that does.

use roster::domain::ids::GroupId;

use crate::support::{browser::Browser, portal::Portal, ran};

async fn a_group_that_takes_part_at_once(script: bool) -> Option<()> {
    let portal = Portal::start().await;
    let (ada, alan) = (Browser::open(script).await?, Browser::open(script).await?);

    ada.sign_in(&portal.address, "Ada Lovelace").await;
    ada.click("Groups that take part").await;
    ada.click("New groups").await;
    ada.click_at("//label[@for='whose-named']").await;
    ada.type_into("q", "Alan").await;
    ada.click("Find people").await;
    ada.click_at("//main//label[contains(., 'Alan Turing')]").await;
    ada.type_into("gives", "The engines.").await;
    ada.click("Save").await;
    ada.sees("What holds for new groups is saved.").await;

    alan.sign_in(&portal.address, "Alan Turing").await;
    alan.click("Browse groups").await;
    alan.click("New group").await;
    alan.sees("takes part in self-service at once").await;
    alan.click_at("//label[@for='security']").await;
    alan.type_into("name", "Analytical Engines").await;
    alan.type_into("purpose", "Whoever builds the engines.").await;
    alan.click("Check").await;
    alan.sees("takes part in self-service at once").await;
    alan.click("Create group").await;
    alan.sees("It takes part in self-service").await;
    let group = GroupId(portal.emulator.group_named("Analytical Engines"));
    let designation = portal.app.store.designations().find(group).await.unwrap();
    assert_eq!(designation.map(|it| it.terms.gives).as_deref(), Some("The engines."));

    for browser in [&ada, &alan] {
        assert_eq!(browser.complaints().await, Vec::<String>::new());
    }
    ada.close().await;
    alan.close().await;
    Some(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_takes_part_at_once_with_and_without_script() {
    if a_group_that_takes_part_at_once(false).await.is_some() && a_group_that_takes_part_at_once(true).await.is_some() {
        ran("visit::new_groups");
    }
}
