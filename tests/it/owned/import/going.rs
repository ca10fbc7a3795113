//! A list is carried out: once, whole, by who may, and it stops and goes on.

use std::sync::Arc;

use jiff::SignedDuration;
use roster_emulator::{Action, Fault, HoldWhen};
use tokio::sync::Notify;

use super::{pastes, rows, until};
use crate::{
    owned::{grace, names, owned},
    support::{page::Page, person::Person, portal::Portal},
};

const TEAM: &str = "Compiler Team";
const THREE: &str = "ken.thompson@contoso.example\nsophie.wilson@contoso.example\nradia.perlman@contoso.example";

fn said(page: &Page) -> Vec<String> {
    rows(page).into_iter().map(|(_, said)| said).collect()
}

async fn starts(portal: &Portal, owner: &Person, people: &str, label: &str) -> Page {
    let preview = pastes(portal, owner, TEAM, "add", people).await;
    owner.submit(&preview, label, &[]).await
}

#[tokio::test]
async fn a_confirmed_list_is_added_with_one_call() {
    let (portal, grace) = grace().await;
    let preview = pastes(&portal, &grace, TEAM, "add", THREE).await;
    portal.emulator.forget_calls();

    let page = grace.submit(&preview, "Add 3 people", &[]).await;
    let done = until(&grace, &page, "Done").await;

    assert_eq!(said(&done), ["Added", "Added", "Added"]);
    let writes = portal.emulator.calls().into_iter().filter(|call| call.method == "PATCH").count();
    assert_eq!(writes, 1);
    assert!(portal.is_member(TEAM, "Ken Thompson") && portal.is_member(TEAM, "Radia Perlman"));
    let members = grace.visit(&owned(&portal, TEAM, "/members")).await;
    assert!(names(&members).contains(&"Sophie Wilson".to_owned()));
    members.shows("Grace Hopper let them in");
    let count = async |kind: &'static str| portal.count(kind).await;
    assert_eq!(count("SELECT CAST(COUNT(*) AS TEXT) FROM event WHERE kind = 'import.started'").await, 1);
    assert_eq!(count("SELECT CAST(COUNT(*) AS TEXT) FROM event WHERE kind = 'import.ended'").await, 1);
    assert_eq!(
        count("SELECT CAST(COUNT(*) AS TEXT) FROM event WHERE kind = 'membership.added' AND actor_id IS NOT NULL")
            .await,
        3
    );
    portal.record_is_whole().await;
    portal.refresh().await;
    assert_eq!(count("SELECT CAST(COUNT(*) AS TEXT) FROM event WHERE kind LIKE 'membership.%outside'").await, 0);
    assert!(portal.emulator.violations().is_empty());
}

/// An administrator sets the terms on the page for it.
async fn sets(portal: &Portal, fields: &[(&str, &str)]) {
    let ada = portal.sign_in("Ada Lovelace").await;
    let form = ada.visit(&format!("/admin{}", portal.group(TEAM))).await;
    ada.submit(&form, "Save terms", fields).await.answers(200);
}

#[tokio::test]
async fn a_list_stops_when_the_terms_let_in_no_longer_whom_it_showed() {
    let (portal, grace) = grace().await;
    sets(&portal, &[("guests_may_ask", "yes")]).await;
    let preview = pastes(&portal, &grace, TEAM, "add", "tim.berners@fabrikam.example").await;
    sets(&portal, &[("guests_may_ask", "")]).await;
    portal.emulator.forget_calls();

    let page = grace.submit(&preview, "Add one person", &[]).await;
    let stopped = until(&grace, &page, "Stopped").await;

    stopped.shows("The terms of the group changed");
    assert!(portal.emulator.calls().iter().all(|call| call.method != "PATCH"));
    assert!(!portal.is_member(TEAM, "Tim Berners"));
    sets(&portal, &[("guests_may_ask", "yes")]).await;
    let going = grace.submit(&stopped, "Continue", &[]).await;
    until(&grace, &going, "Done").await;
    assert!(portal.is_member(TEAM, "Tim Berners"));
}

#[tokio::test]
async fn a_double_click_and_a_second_tab_start_it_once() {
    let (portal, grace) = grace().await;
    let preview = pastes(&portal, &grace, TEAM, "add", THREE).await;
    let mary = portal.sign_in("Mary Jackson").await;
    portal.emulator.forget_calls();

    let click = || grace.submit(&preview, "Add 3 people", &[]);
    let unmarked = preview.unmarked();
    let (first, second, third) = tokio::join!(click(), click(), mary.submit(&unmarked, "Add 3 people", &[]));
    for page in [&first, &second, &third] {
        page.answers(200);
    }
    until(&grace, &first, "Done").await;
    let late = grace.submit(&preview, "Add 3 people", &[]).await;

    late.answers(200);
    assert_eq!(late.tags()[0], "Done");
    assert_eq!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM event WHERE kind = 'import.started'").await, 1);
    assert_eq!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM operation").await, 3);
    assert_eq!(portal.emulator.calls().iter().filter(|call| call.method == "PATCH").count(), 1);
}

#[tokio::test]
async fn who_is_gone_or_came_meanwhile_keeps_nobody_else_out() {
    let (portal, grace) = grace().await;
    let preview = pastes(&portal, &grace, TEAM, "add", THREE).await;
    portal.emulator.delete_person(portal.emulator.person_named("Ken Thompson"));
    portal.emulator.add_member(portal.emulator.group_named(TEAM), portal.emulator.person_named("Sophie Wilson"));

    let page = grace.submit(&preview, "Add 3 people", &[]).await;
    let done = until(&grace, &page, "Done").await;

    assert_eq!(said(&done), ["The directory no longer knows them", "Was a member already", "Added"]);
    assert!(portal.is_member(TEAM, "Radia Perlman"));
    assert_eq!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM operation WHERE state = 'refused'").await, 1);
    portal.record_is_whole().await;
}

#[tokio::test]
async fn many_are_removed_one_by_one() {
    let (portal, grace) = grace().await;
    let page = starts(&portal, &grace, THREE, "Add 3 people").await;
    until(&grace, &page, "Done").await;
    let preview = pastes(&portal, &grace, TEAM, "remove", &format!("{THREE}\nalan.turing@contoso.example")).await;
    portal.emulator.remove_member(portal.emulator.group_named(TEAM), portal.emulator.person_named("Ken Thompson"));
    portal.advance(SignedDuration::from_mins(6));

    let page = grace.submit(&preview, "Remove 3 people", &[]).await;
    let done = until(&grace, &page, "Done").await;

    assert_eq!(said(&done), ["Was no member any more", "Removed", "Removed", "Not a member"]);
    assert!(!portal.is_member(TEAM, "Sophie Wilson") && !portal.is_member(TEAM, "Radia Perlman"));
    portal.record_is_whole().await;
}

#[tokio::test]
async fn a_lost_answer_is_read_back_and_nobody_is_added_twice() {
    let (portal, grace) = grace().await;
    let preview = pastes(&portal, &grace, TEAM, "add", THREE).await;
    portal.emulator.fault(Fault::on("PATCH", "/groups/").times(3).answer(Action::StatusAfterApplying(504)));
    portal.emulator.forget_calls();

    let page = grace.submit(&preview, "Add 3 people", &[]).await;
    let done = until(&grace, &page, "Done").await;

    assert_eq!(said(&done), ["Added", "Added", "Added"]);
    assert_eq!(
        portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM event WHERE kind = 'membership.added'").await,
        3,
        "{:?}",
        portal.emulator.calls()
    );
    portal.record_is_whole().await;
}

#[tokio::test]
async fn it_stops_when_the_owner_owns_no_more_and_another_owner_goes_on() {
    let (portal, grace) = grace().await;
    let preview = pastes(&portal, &grace, TEAM, "add", THREE).await;
    let mary = portal.sign_in("Mary Jackson").await;
    portal.emulator.remove_owner(portal.emulator.group_named(TEAM), portal.emulator.person_named("Grace Hopper"));

    let page = grace.submit(&preview, "Add 3 people", &[]).await;
    page.answers(200);
    let stopped = until(&mary, &page, "Stopped").await;
    let going = mary.submit(&stopped, "Continue", &[]).await;
    let done = until(&mary, &going, "Done").await;

    stopped.shows("The owner who carried this out no longer owns the group");
    assert_eq!(said(&done), ["Added", "Added", "Added"]);
    assert_eq!(
        portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM operation WHERE decided_by_name = 'Mary Jackson'").await,
        3
    );
    portal.record_is_whole().await;
}

#[tokio::test]
async fn it_stops_while_the_group_is_paused_and_can_be_ended() {
    let (portal, grace) = grace().await;
    let preview = pastes(&portal, &grace, TEAM, "add", THREE).await;
    let ada = portal.sign_in("Ada Lovelace").await;
    portal.emulator.fault(Fault::on("GET", "/owners").answer(Action::Stall(std::time::Duration::from_millis(700))));
    let page = grace.submit(&preview, "Add 3 people", &[]).await;
    let group = ada.visit(&format!("/admin/groups/{}", portal.emulator.group_named(TEAM))).await;
    ada.submit(&group, "Pause requests", &[]).await.answers(200);

    let stopped = until(&grace, &page, "Stopped").await;
    let ended = grace.submit(&stopped, "End early", &[]).await;

    stopped.shows("The group is paused");
    assert_eq!(ended.tags()[0], "Ended early");
    assert_eq!(said(&ended), ["Not tried: the list ended before"; 3]);
    assert_eq!(portal.emulator.calls().iter().filter(|call| call.method == "PATCH").count(), 0);
    assert_eq!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM event WHERE kind LIKE 'import.%'").await, 4);
}

#[tokio::test]
async fn a_sign_in_that_ends_stops_it_and_the_next_one_goes_on() {
    let (portal, grace) = grace().await;
    let preview = pastes(&portal, &grace, TEAM, "add", THREE).await;
    portal.emulator.fault(Fault::on("PATCH", "/groups/").answer(Action::ExpiredToken));

    let page = grace.submit(&preview, "Add 3 people", &[]).await;
    let stopped = until(&grace, &page, "Stopped").await;
    let going = grace.submit(&stopped, "Continue", &[]).await;
    let done = until(&grace, &going, "Done").await;

    stopped.shows("Sign in to continue");
    assert_eq!(said(&done), ["Added", "Added", "Added"]);
}

#[tokio::test]
async fn a_list_that_was_looked_up_long_ago_is_not_started() {
    let (portal, grace) = grace().await;
    let preview = pastes(&portal, &grace, TEAM, "add", THREE).await;
    portal.advance(SignedDuration::from_mins(61));

    let again = grace.visit(preview.url.path()).await;
    let tried = grace.submit(&preview, "Add 3 people", &[]).await;
    let gone = grace.submit(&again, "Discard list", &[]).await;

    again.shows("This list was looked up more than an hour ago");
    assert!(!again.has_button("Add 3 people"));
    tried.shows("Look the people up again, then start.");
    assert_eq!(gone.heading(), "Add or remove many people in Compiler Team");
    assert_eq!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM operation").await, 0);
}

#[tokio::test]
async fn one_list_of_a_group_is_carried_out_at_a_time() {
    let (portal, grace) = grace().await;
    let first = pastes(&portal, &grace, TEAM, "add", THREE).await;
    let second = pastes(&portal, &grace, TEAM, "add", "jean.bartik@contoso.example").await;
    portal.emulator.fault(Fault::on("PATCH", "/groups/").answer(Action::ExpiredToken));

    let page = grace.submit(&first, "Add 3 people", &[]).await;
    until(&grace, &page, "Stopped").await;
    let tried = grace.submit(&second, "Add one person", &[]).await;

    tried.shows("Another list of this group is under way or stopped.");
    assert_eq!(tried.tags()[0], "Not started");
    assert!(!portal.is_member(TEAM, "Jean Bartik"));
}

#[tokio::test]
async fn it_stops_when_the_owner_signs_out() {
    let (portal, grace) = grace().await;
    let preview = pastes(&portal, &grace, TEAM, "add", THREE).await;
    let let_go = Arc::new(Notify::new());
    portal.emulator.fault(Fault::on("GET", "/owners").answer(Action::Hold(Arc::clone(&let_go), HoldWhen::Before)));

    let page = grace.submit(&preview, "Add 3 people", &[]).await;
    grace.submit(&page, "Sign out", &[]).await;
    let_go.notify_one();
    let mary = portal.sign_in("Mary Jackson").await;
    let stopped = until(&mary, &page, "Stopped").await;

    stopped.shows("Sign in to continue");
    assert_eq!(portal.emulator.calls().iter().filter(|call| call.method == "PATCH").count(), 0);
}

#[tokio::test]
async fn a_directory_that_is_away_for_a_while_is_asked_again() {
    let (portal, grace) = grace().await;
    portal.emulator.fault(Fault::on("POST", "/$batch").times(4).answer(Action::Status(503, None)));

    let page = pastes(&portal, &grace, TEAM, "add", THREE).await;
    let preview = until(&grace, &page, "Not started").await;

    assert_eq!(said(&preview), ["New", "New", "New"]);
}
