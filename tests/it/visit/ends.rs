//! An owner deletes a group, brings it back, and renews another.

use roster_emulator::LifecyclePolicy;

use crate::support::{browser::Browser, portal::Portal, ran};

async fn the_end_of_a_group(script: bool) -> Option<()> {
    let portal = Portal::start().await;
    let grace = Browser::open(script).await?;
    grace.sign_in(&portal.address, "Grace Hopper").await;

    grace.click("Groups I own").await;
    grace.click("Compiler Team").await;
    grace.click("Details").await;
    grace.click("Delete group").await;
    grace.sees("What hangs on it").await;
    grace.type_into("name", "Compiler Team").await;
    grace.click("Delete group").await;
    grace.sees("is deleted").await;
    assert!(portal.emulator.group("Compiler Team").is_none());
    grace.click_at("//main//li[contains(., 'Compiler Team')]//button").await;
    grace.sees("is back").await;
    assert!(portal.is_member("Compiler Team", "Grace Hopper"), "with its members");

    portal.emulator.set_lifecycle_policy(Some(LifecyclePolicy::for_all(180)));
    portal.refresh().await;
    let katherine = Browser::open(script).await?;
    katherine.sign_in(&portal.address, "Katherine Johnson").await;
    katherine.click("Groups I own").await;
    katherine.click("Flight Dynamics").await;
    katherine.click("Renew").await;
    katherine.sees("is renewed").await;

    for browser in [&grace, &katherine] {
        assert_eq!(browser.complaints().await, Vec::<String>::new());
    }
    grace.close().await;
    katherine.close().await;
    Some(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_is_deleted_restored_and_renewed_with_and_without_script() {
    if the_end_of_a_group(false).await.is_some() && the_end_of_a_group(true).await.is_some() {
        ran("visit::ends");
    }
}
