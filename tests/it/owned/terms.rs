//! Owners change what the terms leave open, after a look at who is affected.

use roster::domain::{ids::GroupId, terms::Terms};

use crate::{
    owned::{grace, owned},
    support::{person::Person, portal::Portal, steps::Asked},
};

const TEAM: &str = "Compiler Team";
const LOOK: &str = "See what changes";
const SAVE: &str = "Save terms";

async fn terms(portal: &Portal) -> Terms {
    let id = GroupId(portal.emulator.group_named(TEAM));
    portal.app.store.designations().find(id).await.unwrap().unwrap().terms
}

fn admin(portal: &Portal) -> String {
    format!("/admin{}", portal.group(TEAM))
}

/// Has an administrator open everything, or lock it.
async fn lock(portal: &Portal, ada: &Person, locks: &[(&str, &str)]) {
    let form = ada.visit(&admin(portal)).await;
    ada.submit(&form, SAVE, locks).await.answers(200);
}

#[tokio::test]
async fn an_owner_looks_at_what_changes_and_then_saves_it() {
    let (portal, grace) = grace().await;
    let form = grace.visit(&owned(&portal, TEAM, "/terms")).await;

    let look = grace.submit(&form, LOOK, &[("open_days", "30"), ("reason_required", "")]).await;
    let before = terms(&portal).await;
    let after = grace.submit(&look, SAVE, &[]).await;

    look.answers(200);
    assert_eq!(look.heading(), "Change the terms of Compiler Team?");
    look.shows("Days a request waits for an answer: 14 before, 30 now");
    look.shows("A reason is no longer needed");
    assert_eq!(before.open_days, 14);
    assert_eq!(after.flash(), "The terms of Compiler Team are saved.");
    assert_eq!(terms(&portal).await, Terms { open_days: 30, reason_required: false, ..before });
    let history = grace.visit(&owned(&portal, TEAM, "/history?kind=terms")).await;
    history.shows("Grace Hopper changed the terms");
    history.shows("Days a request waits for an answer: 14 before, 30 now");
    portal.record_is_whole().await;
}

#[tokio::test]
async fn the_other_owners_are_told_who_changed_the_terms() {
    let (portal, grace) = grace().await;
    let mary = portal.sign_in("Mary Jackson").await;
    let form = grace.visit(&owned(&portal, TEAM, "/terms")).await;
    let look = grace.submit(&form, LOOK, &[("open_days", "30")]).await;
    mary.visit(&owned(&portal, TEAM, "")).await.hides("changed the terms of the group");

    grace.submit(&look, SAVE, &[]).await.answers(200);

    mary.visit(&owned(&portal, TEAM, "")).await.shows("Grace Hopper changed the terms of the group");
    grace.visit(&owned(&portal, TEAM, "")).await.hides("changed the terms of the group");
}

#[tokio::test]
async fn a_second_look_and_a_double_click_change_nothing_more() {
    let (portal, grace) = grace().await;
    let form = grace.visit(&owned(&portal, TEAM, "/terms")).await;
    let look = grace.submit(&form, LOOK, &[("open_days", "30")]).await;

    let again = grace.submit(&look, "Change something", &[]).await;
    let saved = grace.submit(&look, SAVE, &[]).await;
    let twice = grace.submit(&look, SAVE, &[]).await;

    assert_eq!(again.field("open_days").as_deref(), Some("30"));
    assert!(again.has_button(LOOK));
    saved.answers(200);
    twice.answers(200);
    let events = "SELECT CAST(COUNT(*) AS TEXT) FROM event WHERE kind = 'designation.changed'";
    assert_eq!(portal.count(events).await, 1);
}

#[tokio::test]
async fn terms_that_cannot_be_come_back_and_the_rest_is_kept() {
    let (portal, grace) = grace().await;
    let form = grace.visit(&owned(&portal, TEAM, "/terms")).await;

    let slip = grace.submit(&form, LOOK, &[("open_days", "soon"), ("cool_down_days", "0")]).await;

    slip.answers(422);
    assert_eq!(slip.errors(), ["Enter for how many days a request waits, from 1 to 90"]);
    assert_eq!(slip.field("open_days").as_deref(), Some("soon"));
    assert_eq!(slip.field("cool_down_days").as_deref(), Some("0"));
    assert_eq!(terms(&portal).await.open_days, 14);
}

#[tokio::test]
async fn what_is_locked_is_shown_with_who_set_it_and_refused_when_posted_by_hand() {
    let (portal, grace) = grace().await;
    let ada = portal.sign_in("Ada Lovelace").await;
    lock(&portal, &ada, &[("owners_change_open_days", "")]).await;
    let page = grace.visit(&owned(&portal, TEAM, "/terms")).await;
    let before = terms(&portal).await;

    let form = page.form(LOOK);
    let mut refused = Vec::new();
    for (name, value) in [("open_days", "30"), ("open_days", "soon"), ("guests_may_ask", "yes"), ("gives", "Gold.")] {
        let mut by_hand = form.clone();
        let all = "gives who reason open_days cool_down";
        let current = [("gives", before.gives.as_str()), ("open_days", "14"), ("cool_down_days", "7")];
        by_hand.fields.retain(|(name, _)| name == "version" || name == "for" || name == "reason_required");
        by_hand.fields.extend([("terms".to_owned(), all.to_owned()), ("confirmed".to_owned(), "yes".to_owned())]);
        by_hand.fields.extend(
            current
                .iter()
                .filter(|(other, _)| *other != name)
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        );
        by_hand.fields.push((name.to_owned(), value.to_owned()));
        refused.push(grace.send_form(&page, by_hand).await);
    }

    page.shows("Ada Lovelace set these. Only administrators of Roster change them.");
    assert_eq!(page.field("open_days"), None);
    assert_eq!(page.field("gives"), None);
    assert!(page.field("cool_down_days").is_some());
    for page in refused {
        page.answers(403);
        page.shows("Ada Lovelace set the terms of this group");
    }
    assert_eq!(terms(&portal).await, before);
}

#[tokio::test]
async fn a_change_by_an_owner_leaves_it_said_who_set_the_locks() {
    let (portal, grace) = grace().await;
    let form = grace.visit(&owned(&portal, TEAM, "/terms")).await;
    let look = grace.submit(&form, LOOK, &[("open_days", "30")]).await;

    let after = grace.submit(&look, SAVE, &[]).await;

    after.shows("Ada Lovelace set these. Only administrators of Roster change them.");
}

#[tokio::test]
async fn the_later_of_two_owners_sees_what_the_first_changed_and_loses_nothing() {
    let (portal, grace) = grace().await;
    let mary = portal.sign_in("Mary Jackson").await;
    let path = owned(&portal, TEAM, "/terms");
    let (first, second) = (grace.visit(&path).await, mary.visit(&path).await);
    let look = mary.submit(&second, LOOK, &[("cool_down_days", "1")]).await;
    let hers = grace.submit(&first, LOOK, &[("open_days", "30")]).await;
    grace.submit(&hers, SAVE, &[]).await.answers(200);

    let told = mary.submit(&look, SAVE, &[]).await;
    let look = mary.submit(&told, LOOK, &[]).await;
    let saved = mary.submit(&look, SAVE, &[]).await;

    told.answers(422);
    told.shows("Somebody changed the terms while you were writing");
    told.shows("Grace Hopper");
    told.shows("Days a request waits for an answer: 14 before, 30 now");
    assert_eq!(told.field("cool_down_days").as_deref(), Some("1"));
    assert_eq!(told.field("open_days").as_deref(), Some("30"));
    saved.answers(200);
    let kept = terms(&portal).await;
    assert_eq!((kept.open_days, kept.cool_down_days), (30, 1));
}

#[tokio::test]
async fn a_slip_of_the_later_owner_undoes_nothing_of_the_first() {
    let (portal, grace) = grace().await;
    let mary = portal.sign_in("Mary Jackson").await;
    let path = owned(&portal, TEAM, "/terms");
    let (first, second) = (grace.visit(&path).await, mary.visit(&path).await);
    let hers = grace.submit(&first, LOOK, &[("cool_down_days", "0")]).await;
    grace.submit(&hers, SAVE, &[]).await.answers(200);

    let slip = mary.submit(&second, LOOK, &[("open_days", "soon")]).await;
    let told = mary.submit(&slip, LOOK, &[("open_days", "30")]).await;
    let look = mary.submit(&told, LOOK, &[]).await;
    mary.submit(&look, SAVE, &[]).await.answers(200);

    slip.answers(422);
    told.shows("Somebody changed the terms while you were writing");
    assert_eq!(told.field("cool_down_days").as_deref(), Some("0"));
    let kept = terms(&portal).await;
    assert_eq!((kept.open_days, kept.cool_down_days), (30, 0));
}

#[tokio::test]
async fn a_lock_that_came_meanwhile_holds_and_only_for_what_it_locks() {
    let (portal, grace) = grace().await;
    let ada = portal.sign_in("Ada Lovelace").await;
    let path = owned(&portal, TEAM, "/terms");
    let form = grace.visit(&path).await;
    lock(&portal, &ada, &[("owners_change_open_days", "")]).await;

    let refused = grace.submit(&form, LOOK, &[("open_days", "30")]).await;
    let told = grace.submit(&form, LOOK, &[("cool_down_days", "1")]).await;

    refused.answers(403);
    told.answers(422);
    told.shows("Owners may no longer change: Days a request waits for an answer");
    assert_eq!(told.field("cool_down_days").as_deref(), Some("1"));
    assert_eq!(told.field("open_days"), None);
}

#[tokio::test]
async fn guests_who_wait_are_named_and_cannot_be_approved_once_guests_may_not_ask() {
    let asked = Asked::start().await;
    let (portal, grace) = (&asked.portal, &asked.grace);
    let ada = portal.sign_in("Ada Lovelace").await;
    lock(portal, &ada, &[("owners_change_who", "yes"), ("guests_may_ask", "yes")]).await;
    let tim = portal.sign_in("Tim Berners").await;
    let ask = tim.visit(&format!("{}/ask", portal.group(TEAM))).await;
    tim.submit(&ask, "Send request", &[("reason", "I review the parser.")]).await.answers(200);

    let inbox = grace.visit("/approvals").await;
    let request = grace.follow(&inbox, "Tim Berners").await;

    let form = grace.visit(&owned(portal, TEAM, "/terms")).await;
    let look = grace.submit(&form, LOOK, &[("guests_may_ask", "")]).await;
    grace.submit(&look, SAVE, &[]).await.answers(200);
    let refused = grace.submit(&request, "Approve request", &[]).await;

    look.shows("One guest waits for an answer. The request stays open");
    look.shows("Tim Berners");
    refused.answers(409);
    refused.shows("the terms of the group let no guests in");
    assert_eq!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM decision").await, 0);
}

#[tokio::test]
async fn only_owners_of_the_group_change_its_terms() {
    let (portal, grace) = grace().await;
    let form = grace.visit(&owned(&portal, TEAM, "/terms")).await.unmarked();
    let (alan, joan) = (portal.sign_in("Alan Turing").await, portal.sign_in("Joan Clarke").await);

    let page = joan.visit(&owned(&portal, TEAM, "/terms")).await;
    for person in [&alan, &joan] {
        person.submit(&form, LOOK, &[("open_days", "30")]).await.answers(404);
    }
    let team = portal.emulator.group_named(TEAM);
    portal.emulator.remove_owner(team, portal.emulator.person_named("Grace Hopper"));
    let former = grace.submit(&grace.visit(&owned(&portal, TEAM, "/terms")).await, LOOK, &[("open_days", "30")]).await;

    page.answers(200);
    page.shows("14 days");
    assert!(!page.has_button(LOOK));
    assert!(!former.status.is_success(), "{}", former.status);
    assert_eq!(terms(&portal).await.open_days, 14);
}
