//! The list of groups somebody owns, and the first page of each.

use jiff::SignedDuration;

use crate::{
    owned::{grace, owned},
    support::{portal::Portal, steps::Asked},
};

#[tokio::test]
async fn an_owner_sees_their_groups_with_what_waits_first() {
    let asked = Asked::start().await;

    let page = asked.grace.visit("/owned").await;

    let names = page.all("main .list .title a");
    assert_eq!(names[..3], ["Compiler Team", "Cryptography Research", "Data Platform"], "{names:?}");
    assert_eq!(page.first("main .list li:first-child .tag").as_deref(), Some("One request"));
    let first = asked.grace.follow(&page, "Compiler Team").await;
    assert_eq!(first.heading(), "Compiler Team");
    first.shows("One person waits for an answer.");
}

#[tokio::test]
async fn owners_are_told_for_a_while_that_somebody_else_changed_the_terms() {
    let (portal, grace) = grace().await;
    let said = "Ada Lovelace changed the terms of the group";
    grace.visit("/owned").await.hides(said);
    portal.advance(SignedDuration::from_hours(1));
    let ada = portal.sign_in("Ada Lovelace").await;
    let form = ada.visit(&format!("/admin{}", portal.group("Compiler Team"))).await;
    ada.submit(&form, "Save terms", &[("open_days", "30")]).await.answers(200);

    let (list, group) = (grace.visit("/owned").await, grace.visit(&owned(&portal, "Compiler Team", "")).await);
    list.shows(said);
    group.shows(said);

    portal.advance(SignedDuration::from_hours(24 * 14));
    let grace = portal.sign_in("Grace Hopper").await;
    grace.visit("/owned").await.hides(said);
}

#[tokio::test]
async fn the_count_of_members_is_said_once_it_was_read() {
    let portal = Portal::start().await;
    let radia = portal.sign_in("Radia Perlman").await;

    let before = radia.visit("/owned").await;
    portal.refresh().await;
    let after = radia.visit("/owned").await;

    before.shows("Members not counted yet");
    after.hides("Members not counted yet");
    after.shows("You are the only owner. When you are away, nobody can answer.");
}

#[tokio::test]
async fn somebody_who_owns_nothing_is_told_who_can_help_and_sees_no_link() {
    let portal = Portal::start().await;
    let alan = portal.sign_in("Alan Turing").await;

    let page = alan.visit("/owned").await;

    page.shows("You do not own a group");
    page.shows("An administrator can make you an owner.");
    assert_eq!(page.link("Groups I own"), None);
}

#[tokio::test]
async fn a_group_is_open_to_its_owners_and_to_those_who_see_everything() {
    let (portal, grace) = grace().await;
    let alan = portal.sign_in("Alan Turing").await;
    let ada = portal.sign_in("Ada Lovelace").await;

    for page in ["", "/members"] {
        let path = owned(&portal, "Cryptography Research", page);
        grace.visit(&path).await.answers(200);
        ada.visit(&path).await.answers(200);
        alan.visit(&path).await.answers(404);
        assert_eq!(alan.visit(&path).await.heading(), alan.visit("/owned/no-such-group").await.heading());
    }
    alan.visit(&owned(&portal, "Cryptography Research", "/members/add")).await.answers(404);
    ada.visit(&owned(&portal, "Cryptography Research", "/members/add")).await.answers(404);
}

#[tokio::test]
async fn a_public_group_that_asks_for_approval_is_said_to_have_a_back_door() {
    let portal = Portal::start().await;
    let reading = portal.emulator.group_named("Reading Circle");
    portal.emulator.change_group(reading, |group| group.visibility = Some("Public".to_owned()));
    portal.refresh().await;
    let dorothy = portal.sign_in("Dorothy Vaughan").await;

    dorothy.visit("/owned").await.shows("anybody can join it there without asking");
    dorothy.visit(&owned(&portal, "Reading Circle", "")).await.shows("anybody can join it there without asking");
}

#[tokio::test]
async fn a_directory_that_is_away_leaves_the_list_with_its_age() {
    let (portal, grace) = grace().await;
    portal.advance(jiff::SignedDuration::from_mins(2));
    portal.emulator.set_down(true);

    let list = grace.visit("/owned").await;
    let members = grace.visit(&owned(&portal, "Compiler Team", "/members")).await;

    list.shows("The directory does not answer at the moment");
    list.shows("Compiler Team");
    members.answers(200);
    members.shows("So the members cannot be shown. Nothing is lost.");
    assert!(members.link("Try again").is_some());
}
