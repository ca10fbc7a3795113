//! The responsibilities of owners: written by administrators, accepted by owners before they let anybody in.

use jiff::SignedDuration;

use crate::{
    owned::{adds, owned, removes},
    support::{page::Page, person::Person, portal::Portal, steps::Asked},
};

const TEAM: &str = "Compiler Team";
const PAGE: &str = "/admin/responsibilities";

/// An administrator publishes a text that counts after so many days.
async fn publishes(portal: &Portal, text: &str, days: &str) -> Page {
    let ada = portal.sign_in("Ada Lovelace").await;
    let form = ada.visit(PAGE).await;
    ada.submit(&form, "Save and publish", &[("text", text), ("days", days)]).await
}

async fn accepts(portal: &Portal, owner: &Person) -> Page {
    let page = owner.visit(&owned(portal, TEAM, "/responsibilities")).await;
    owner.submit(&page, "Accept the responsibilities", &[]).await
}

#[tokio::test]
async fn an_owner_answers_only_after_accepting_what_counts() {
    let Asked { portal, grace, request, .. } = Asked::start().await;
    let drawn_before = grace.opens(&request).await;
    publishes(&portal, "Answer **soon**.", "0").await.answers(200);

    let approved = grace.submit(&drawn_before, "Approve request", &[]).await;
    let denied = grace.submit(&drawn_before, "Deny request", &[("message", "Not now.")]).await;
    let page = grace.opens(&request).await;

    for refused in [&approved, &denied] {
        refused.answers(409);
        refused.shows("You have not accepted the responsibilities of owners yet.");
    }
    denied.shows("Not now.");
    assert!(!page.has_button("Approve request") && !page.has_button("Deny request"));
    page.shows("You have not accepted the responsibilities of owners yet.");
    assert_eq!(portal.adds(), 0);
    assert_eq!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM decision").await, 0);

    let text = grace.follow(&approved, "Read the responsibilities of owners").await;
    assert_eq!(text.first(".prose strong").as_deref(), Some("soon"));
    let back = grace.submit(&text, "Accept the responsibilities", &[]).await;

    assert_eq!(back.flash(), "You accepted the responsibilities of owners. It holds for every group that you own.");
    assert_eq!(back.path(), format!("/approvals/{request}"));
    grace.approves(&request).await.answers(200);
    assert!(portal.is_member(TEAM, "Alan Turing"));
    portal.record_is_whole().await;
}

#[tokio::test]
async fn an_owner_adds_nobody_before_accepting_and_removes_whom_they_like() {
    let (portal, grace) = super::grace().await;
    let form = grace.visit(&owned(&portal, TEAM, "/members/add?q=Alan+Turing")).await;
    let list = grace.visit(&owned(&portal, TEAM, "/import")).await;
    publishes(&portal, "Answer soon.", "0").await.answers(200);
    let alan = portal.emulator.person_named("Alan Turing").to_string();

    let added = grace.submit(&form, "Add to group", &[("person", &alan)]).await;
    let listed = grace.submit(&list, "Look people up", &[("kind", "add"), ("people", "Alan Turing")]).await;
    let removed = removes(&portal, &grace, TEAM, "Frances Allen", "").await;
    let page = grace.visit(&owned(&portal, TEAM, "/members")).await;

    for refused in [&added, &listed] {
        refused.answers(409);
        refused.shows("You have not accepted the responsibilities of owners yet.");
    }
    removed.answers(200);
    assert_eq!(page.link("Add a member"), None);
    assert_eq!(portal.adds(), 0);

    accepts(&portal, &grace).await.answers(200);
    adds(&portal, &grace, TEAM, "Alan Turing", "").await.answers(200);
    assert!(portal.is_member(TEAM, "Alan Turing"));
}

#[tokio::test]
async fn a_changed_text_counts_from_its_day_and_asks_on_the_first_page_until_then() {
    let Asked { portal, grace, request, .. } = Asked::start().await;
    publishes(&portal, "Answer soon.", "0").await.answers(200);
    accepts(&portal, &grace).await.answers(200);
    publishes(&portal, "Answer sooner.", "10").await.answers(200);

    let home = grace.visit("/").await;
    home.shows("Accept the responsibilities of owners by");
    assert!(grace.opens(&request).await.has_button("Approve request"));

    portal.advance(SignedDuration::from_hours(24 * 10));
    let grace = portal.sign_in("Grace Hopper").await;
    let home = grace.visit("/").await;
    home.shows("Accept the responsibilities of owners first");
    assert!(!grace.opens(&request).await.has_button("Approve request"));

    let page = grace.follow(&home, "Read the responsibilities").await;
    page.shows("Answer sooner.");
    grace.submit(&page, "Accept the responsibilities", &[]).await.answers(200);
    grace.visit("/").await.hides("responsibilities of owners");
    assert!(grace.opens(&request).await.has_button("Approve request"));
}

#[tokio::test]
async fn a_corrected_text_asks_nobody_who_has_accepted_one() {
    let Asked { portal, grace, request, .. } = Asked::start().await;
    publishes(&portal, "Answer son.", "0").await.answers(200);
    accepts(&portal, &grace).await.answers(200);
    let ada = portal.sign_in("Ada Lovelace").await;
    let form = ada.visit(PAGE).await;
    ada.submit(&form, "Save and publish", &[("text", "Answer soon."), ("asks", "no"), ("days", "")]).await.answers(200);

    assert!(grace.opens(&request).await.has_button("Approve request"));
    grace.visit("/").await.hides("responsibilities of owners");
    // Whoever has accepted none is stopped as before, and accepts the corrected one.
    let annie = portal.sign_in("Annie Easley").await;
    assert!(!annie.opens(&request).await.has_button("Approve request"));
    accepts(&portal, &annie).await.answers(200);
    assert!(annie.opens(&request).await.has_button("Approve request"));
}

#[tokio::test]
async fn nobody_accepts_a_version_they_were_not_shown() {
    let (portal, grace) = super::grace().await;
    publishes(&portal, "Answer soon.", "0").await.answers(200);
    let shown = grace.visit(&owned(&portal, TEAM, "/responsibilities")).await;
    publishes(&portal, "Answer at once.", "0").await.answers(200);

    let stale = grace.submit(&shown, "Accept the responsibilities", &[]).await;
    let once = accepts(&portal, &grace).await;
    let page = grace.visit(&owned(&portal, TEAM, "/responsibilities")).await;

    stale.answers(409);
    once.answers(200);
    page.shows("You have accepted them.");
    assert_eq!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM responsibilities_accepted").await, 1);
    let history = grace.visit(&owned(&portal, TEAM, "/history")).await;
    history.shows("Grace Hopper accepted the responsibilities of owners");
}

#[tokio::test]
async fn of_two_administrators_who_write_the_later_sees_it_and_keeps_what_was_typed() {
    let portal = Portal::start().await;
    let ada = portal.sign_in("Ada Lovelace").await;
    let form = ada.visit(PAGE).await;
    publishes(&portal, "Answer soon.", "0").await.answers(200);

    let second = ada.submit(&form, "Save and publish", &[("text", "Answer at once."), ("days", "3")]).await;
    let saved = ada.submit(&second, "Save and publish", &[]).await;

    second.answers(422);
    second.shows("Somebody published another version since you opened the page");
    second.shows("Answer soon.");
    assert_eq!(second.field("text").unwrap().trim(), "Answer at once.");
    saved.answers(200);
    saved.shows("Version 2");
    // The same form twice is one version.
    ada.submit(&second, "Save and publish", &[]).await.answers(200);
    assert_eq!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM responsibilities").await, 2);
}

#[tokio::test]
async fn a_look_at_a_new_text_does_not_hide_what_was_published_meanwhile() {
    let portal = Portal::start().await;
    let ada = portal.sign_in("Ada Lovelace").await;
    let form = ada.visit(PAGE).await;
    publishes(&portal, "Answer soon.", "0").await.answers(200);

    let preview = ada.submit(&form, "See how it looks", &[("text", "Answer at once.")]).await;
    let slip = ada.submit(&form, "Save and publish", &[("text", ""), ("days", "3")]).await;

    for page in [&preview, &slip] {
        page.answers(422);
        page.shows("Somebody published another version since you opened the page");
        page.shows("Answer soon.");
    }
    assert_eq!(preview.field("text").unwrap().trim(), "Answer at once.");
}

#[tokio::test]
async fn a_text_is_checked_and_shown_before_it_is_published() {
    let portal = Portal::start().await;
    let ada = portal.sign_in("Ada Lovelace").await;
    let form = ada.visit(PAGE).await;

    let empty = ada.submit(&form, "Save and publish", &[("text", " "), ("days", "91")]).await;
    let preview = ada.submit(&form, "See how it looks", &[("text", "# Duties\n\n<script>x</script>")]).await;

    empty.answers(422);
    assert_eq!(
        empty.errors(),
        ["Enter the text that owners are to accept", "Enter a whole number of days from 0 to 90"]
    );
    preview.answers(200);
    assert_eq!(preview.first(".prose h3").as_deref(), Some("Duties"));
    assert_eq!(preview.first(".prose script"), None);
    assert_eq!(preview.field("text").unwrap().trim(), "# Duties\n\n<script>x</script>");
    assert_eq!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM responsibilities").await, 0);
}

#[tokio::test]
async fn the_page_tells_who_has_accepted() {
    let (portal, grace) = super::grace().await;
    publishes(&portal, "Answer soon.", "0").await.answers(200);
    let ada = portal.sign_in("Ada Lovelace").await;
    let before = ada.visit(PAGE).await;
    accepts(&portal, &grace).await.answers(200);
    let after = ada.visit(PAGE).await;

    assert!(before.all("aside li bdi").contains(&"Grace Hopper".to_owned()), "{}", before.text());
    assert!(!after.all("aside li bdi").contains(&"Grace Hopper".to_owned()), "{}", after.text());
    assert_eq!(before.all("aside li").len(), after.all("aside li").len() + 1);
    after.shows("1 of ");
}

#[tokio::test]
async fn whoever_was_made_an_owner_is_told_on_their_first_page() {
    let (portal, grace) = super::grace().await;
    let form = grace.visit(&owned(&portal, TEAM, "/owners/add?q=Alan+Turing")).await;
    let alan = portal.emulator.person_named("Alan Turing").to_string();
    grace.submit(&form, "Make owner", &[("person", &alan)]).await.answers(200);
    let alan = portal.sign_in("Alan Turing").await;

    let home = alan.visit("/").await;
    home.shows("You are an owner of Compiler Team now");
    home.shows("Grace Hopper made you an owner.");

    portal.advance(SignedDuration::from_hours(24 * 14));
    let alan = portal.sign_in("Alan Turing").await;
    alan.visit("/").await.hides("You are an owner of");
}
