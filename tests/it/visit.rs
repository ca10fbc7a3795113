//! The main job in a real Chromium, with script switched off and switched on.

mod audience;
mod commissions;
mod creating;
mod ends;
mod many;
mod memberships;
mod new_groups;
mod owning;
mod review;
mod terms;

use crate::support::{browser::Browser, portal::Portal, ran, steps::Asked};

/// Employee signs in, searches, asks; owner signs in, approves; the directory has the member; the employee sees it.
async fn the_main_job(script: bool) -> Option<()> {
    let portal = Portal::start().await;
    let (alan, grace) = (Browser::open(script).await?, Browser::open(script).await?);

    alan.sign_in(&portal.address, "Alan Turing").await;
    alan.sees("Hello").await;
    alan.click("Browse groups").await;
    alan.type_into("q", "comp te").await;
    alan.click("Search").await;
    alan.click("Compiler Team").await;
    alan.click("Ask to join").await;
    alan.type_into("reason", "I start on the parser on Monday.").await;
    alan.click("Send request").await;
    alan.sees("was sent").await;
    let focused = alan.client.active_element().await.unwrap();
    assert_eq!(focused.attr("aria-labelledby").await.unwrap().as_deref(), Some("flash"), "the news has the focus");

    grace.sign_in(&portal.address, "Grace Hopper").await;
    grace.click("Requests for you").await;
    grace.click_at("//li//a[contains(., 'Alan Turing')]").await;
    grace.sees("I start on the parser on Monday.").await;
    assert!(!portal.is_member("Compiler Team", "Alan Turing"));
    grace.click("Approve request").await;
    grace.sees("is now a member of").await;
    assert!(portal.is_member("Compiler Team", "Alan Turing"), "the directory has the member");

    alan.click("My requests").await;
    alan.sees("Added").await;
    alan.click("My memberships").await;
    alan.sees("Compiler Team").await;

    for browser in [&alan, &grace] {
        let told_zone = browser.client.get_all_cookies().await.unwrap().iter().any(|cookie| cookie.name() == "tz");
        assert_eq!(told_zone, script, "script runs where it is on, and only there");
        assert_eq!(browser.complaints().await, Vec::<String>::new());
    }
    alan.close().await;
    grace.close().await;
    Some(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_main_job_is_done_without_script() {
    if the_main_job(false).await.is_some() {
        ran("visit::without_script");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_main_job_is_done_with_script() {
    if the_main_job(true).await.is_some() {
        ran("visit::with_script");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_content_policy_refuses_is_noticed() {
    let portal = Portal::start().await;
    let Some(alan) = Browser::open(true).await else { return };
    alan.sign_in(&portal.address, "Alan Turing").await;
    assert_eq!(alan.complaints().await, Vec::<String>::new());

    let plant = "document.querySelector('h1').setAttribute('style', 'color: red')";
    alan.client.execute(plant, vec![]).await.unwrap();

    let complaints = alan.complaints().await;
    assert!(complaints.iter().any(|complaint| complaint.contains("Content Security Policy")), "{complaints:?}");
    alan.close().await;
    ran("visit::the_content_policy_is_noticed");
}

#[tokio::test(flavor = "multi_thread")]
async fn switching_the_colours_works_without_script_and_stays() {
    let portal = Portal::start().await;
    let Some(alan) = Browser::open(false).await else { return };
    alan.sign_in(&portal.address, "Alan Turing").await;

    alan.click_at("//summary").await;
    alan.click("Dark").await;
    alan.click("Browse groups").await;

    let root = alan.find("/html").await;
    assert_eq!(root.attr("data-theme").await.unwrap().as_deref(), Some("dark"));
    assert_eq!(alan.complaints().await, Vec::<String>::new());
    alan.close().await;
    ran("visit::colours_without_script");
}

/// An owner reads what happened, narrows it by a name, and saves it as a file.
async fn the_history(script: bool) -> Option<()> {
    let asked = Asked::start().await;
    let grace = Browser::open(script).await?;
    grace.sign_in(&asked.portal.address, "Grace Hopper").await;

    grace.click("Groups I own").await;
    grace.click("Compiler Team").await;
    grace.click("History").await;
    grace.sees("Alan Turing asked to join").await;
    grace.sees("let the group take part").await;
    grace.click_at("//main//a[normalize-space()='Requests']").await;
    grace.type_into("q", "alan").await;
    grace.click("Show").await;
    grace.find("//main[not(contains(., 'let the group take part'))]//li[contains(., 'I fix the register')]").await;
    grace.click("Save as file").await;

    let saved = "SELECT CAST(COUNT(*) AS TEXT) FROM event WHERE kind = 'history.exported'";
    for _ in 0..100 {
        if asked.portal.count(saved).await == 1 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(asked.portal.count(saved).await, 1);
    grace.sees("I fix the register").await;
    assert_eq!(grace.complaints().await, Vec::<String>::new());
    grace.close().await;
    Some(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_history_is_read_and_saved_with_and_without_script() {
    if the_history(false).await.is_some() && the_history(true).await.is_some() {
        ran("visit::history");
    }
}
