//! An administrator has the directory read again.

use std::{sync::Arc, time::Duration};

use roster::domain::directory_copy::Outcome;
use roster_emulator::{Action, Fault, HoldWhen};
use tokio::sync::Notify;

use super::LISTING;
use crate::support::{page::Page, person::Person, portal::Portal};

const BUTTON: &str = "Read it again now";

async fn ada() -> (Portal, Person, Page) {
    let portal = Portal::start().await;
    let ada = portal.sign_in("Ada Lovelace").await;
    let page = ada.visit("/admin/directory").await;
    (portal, ada, page)
}

#[tokio::test]
async fn the_button_answers_at_once_and_the_page_tells_that_the_directory_is_being_read() {
    let (portal, ada, page) = ada().await;
    let held = Arc::new(Notify::new());
    portal.emulator.fault(Fault::on("GET", LISTING).answer(Action::Hold(held.clone(), HoldWhen::Before)));
    let group = portal.emulator.group_named("Type Foundry");
    portal.emulator.change_group(group, |group| group.display_name = "Typefaces".to_owned());

    let after = ada.submit(&page, BUTTON, &[]).await;
    portal.wait_for(|standing| standing.held_until.is_some()).await;
    let meanwhile = ada.visit("/admin/directory").await;
    held.notify_one();
    portal.wait_for_wishes().await;
    let read = ada.visit("/admin/groups?q=typefaces").await;

    assert!(after.flash().starts_with("The list of groups is being read at this moment."), "{}", after.flash());
    meanwhile.shows("The list of groups is being read at this moment.");
    read.hides("being read at this moment");
    assert!(read.link("Typefaces").is_some());
}

#[tokio::test]
async fn a_reading_that_fails_is_told_with_its_time() {
    let (portal, ada, page) = ada().await;
    portal.emulator.fault(Fault::on("GET", LISTING).times(9).answer(Action::ConsentMissing));

    ada.submit(&page, BUTTON, &[]).await;
    portal.wait_for(|standing| standing.last.is_some_and(|last| last.outcome == Outcome::NotPermitted)).await;

    let after = ada.visit("/admin/directory").await;
    after.shows("The directory did not let Roster read the groups");
    after.shows("GroupMember.Read.All");
    after.shows("so nothing was changed.");
}

#[tokio::test]
async fn a_reading_that_lacks_many_groups_waits_for_the_tick_of_an_administrator() {
    let (portal, ada, page) = ada().await;
    let half = || portal.emulator.fault(Fault::on("GET", LISTING).answer(Action::HalfList));
    let known = portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM directory_group WHERE NOT gone").await;

    half();
    ada.submit(&page, BUTTON, &[]).await;
    portal.wait_for(|standing| standing.last.is_some_and(|last| last.outcome != Outcome::Done)).await;
    let braked = ada.visit("/admin/directory").await;
    let again = ada.visit("/admin/directory").await;
    let untouched = portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM directory_group WHERE gone").await;
    half();
    ada.submit(&again, BUTTON, &[("even_if_it_loses", "yes")]).await;
    portal.wait_for(|standing| standing.last.is_some_and(|last| last.outcome == Outcome::Done)).await;

    braked
        .shows(&format!("lacked {} of the {known} groups that are known, so nothing was changed.", known - known / 2));
    again.shows("Take over what the directory says");
    assert_eq!(untouched, 0);
    assert!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM directory_group WHERE gone").await > 0);
    ada.visit("/admin/directory").await.hides("Take over what the directory says");
}

#[tokio::test]
async fn a_portal_that_stops_breaks_the_reading_off_and_another_can_begin() {
    let (mut portal, ada, page) = ada().await;
    let held = Arc::new(Notify::new());
    portal.emulator.fault(Fault::on("GET", LISTING).answer(Action::Hold(held, HoldWhen::Before)));
    ada.submit(&page, BUTTON, &[]).await;
    portal.wait_for(|standing| standing.held_until.is_some()).await;

    tokio::time::timeout(Duration::from_secs(10), portal.restart()).await.unwrap();

    assert_eq!(portal.standing().await.held_until, None);
}

#[tokio::test]
async fn presses_of_one_moment_are_answered_by_one_reading() {
    let (portal, ada, page) = ada().await;
    let held = Arc::new(Notify::new());
    portal.emulator.fault(Fault::on("GET", LISTING).answer(Action::Hold(held.clone(), HoldWhen::Before)));
    portal.emulator.forget_calls();

    for _ in 0..5 {
        ada.submit(&page, BUTTON, &[]).await;
    }
    held.notify_one();
    portal.wait_for_wishes().await;

    assert_eq!(portal.listings(), 1);
}
