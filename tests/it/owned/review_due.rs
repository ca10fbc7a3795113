//! The terms say how often members are reviewed: owners are reminded, more and more, and nothing else happens.

use jiff::SignedDuration;

use crate::{
    owned::{owned, review::answers},
    support::{page::Page, person::Person, portal::Portal},
};

const TEAM: &str = "Compiler Team";

fn days(days: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * days)
}

/// A portal where an administrator asks for a review of the Compiler Team every 90 days.
async fn every_90_days() -> Portal {
    let portal = Portal::start().await;
    asks(&portal, "90").await.answers(200);
    portal
}

async fn asks(portal: &Portal, days: &str) -> Page {
    let ada = portal.sign_in("Ada Lovelace").await;
    let form = ada.visit(&format!("/admin{}", portal.group(TEAM))).await;
    ada.submit(&form, "Save terms", &[("review_days", days)]).await
}

async fn later(portal: &Portal, by: i64) -> Person {
    portal.advance(days(by));
    portal.sign_in("Grace Hopper").await
}

async fn review(portal: &Portal, grace: &Person) -> Page {
    grace.visit(&owned(portal, TEAM, "/review")).await
}

#[tokio::test]
async fn owners_are_reminded_two_weeks_before_and_on_until_the_review_has_ended() {
    let portal = every_90_days().await;

    let grace = later(&portal, 70).await;
    grace.visit("/").await.hides("Members to review");
    review(&portal, &grace).await.shows("The terms ask for a review by");
    let grace = later(&portal, 10).await;
    let soon = grace.visit("/").await;
    let on_the_list = grace.visit("/owned").await;
    let grace = later(&portal, 11).await;
    let overdue = grace.visit("/").await;
    let begun = grace.submit(&grace.follow(&overdue, TEAM).await, "Begin review", &[]).await;
    let still = grace.visit("/").await;
    let kept = answers(&grace, &begun, &[("answer0", "keep")]).await;
    grace.submit(&kept, "End review", &[]).await.answers(200);
    let answered = grace.visit("/").await;

    soon.shows("The members are to be reviewed in the next 10 days");
    soon.shows("One group is waiting for a review of its members.");
    assert_eq!(soon.tags(), ["Due soon"]);
    on_the_list.shows("The members are to be reviewed in the next 10 days");
    overdue.shows("The review of the members has been overdue since yesterday");
    begun.shows("The review of the members is under way, and overdue since yesterday");
    still.shows("The review of the members is under way, and overdue since yesterday");
    assert_eq!(still.tags(), ["Overdue"]);
    answered.hides("Members to review");
    answered.shows("Nothing is waiting for you.");
    grace.visit(&owned(&portal, TEAM, "")).await.hides("overdue");
    portal.record_is_whole().await;
}

#[tokio::test]
async fn a_review_in_which_nobody_said_anything_of_the_members_is_none() {
    let portal = every_90_days().await;
    let grace = later(&portal, 91).await;
    let begun = grace.submit(&review(&portal, &grace).await, "Begin review", &[]).await;

    let report = grace.submit(&begun, "End review", &[]).await;
    let home = grace.visit("/").await;

    begun.shows("A review without any answer does not count as one.");
    report.shows("this does not count as a review");
    home.shows("The review of the members has been overdue since yesterday");
    review(&portal, &grace).await.shows("Begin review");
}

#[tokio::test]
async fn a_review_under_way_is_no_reminder_to_begin_one_and_nobody_goes_for_want_of_it() {
    let portal = every_90_days().await;
    let grace = later(&portal, 80).await;
    grace.submit(&review(&portal, &grace).await, "Begin review", &[]).await.answers(200);

    grace.visit("/").await.hides("Members to review");
    review(&portal, &grace).await.shows("The terms ask for this review to end by");
    let before = portal.emulator.group(TEAM).unwrap().members;
    let grace = later(&portal, 400).await;
    portal.due_work().await;

    grace.visit("/").await.shows("The review of the members is under way, and overdue since");
    assert_eq!(portal.emulator.group(TEAM).unwrap().members, before);
}

#[tokio::test]
async fn administrators_see_what_is_overdue_and_nobody_else_is_reminded() {
    let portal = every_90_days().await;
    portal.advance(days(91));
    let admin = portal.sign_in("Ada Lovelace").await.visit("/admin/groups").await;
    let alan = portal.sign_in("Alan Turing").await;

    admin.shows("The review of the members has been overdue since yesterday");
    for path in ["/", &portal.group(TEAM)] {
        let page = alan.visit(path).await;
        page.hides("overdue");
        page.hides("Members to review");
    }
}

#[tokio::test]
async fn a_group_that_is_paused_is_not_reviewed() {
    let portal = every_90_days().await;
    let grace = later(&portal, 91).await;
    grace.visit("/").await.shows("Members to review");

    portal.pause(TEAM).await;

    grace.visit("/").await.hides("Members to review");
    grace.visit("/owned").await.hides("overdue");
}

#[tokio::test]
async fn owners_change_it_only_where_an_administrator_opens_it() {
    let portal = every_90_days().await;
    let ada = portal.sign_in("Ada Lovelace").await;
    let grace = portal.sign_in("Grace Hopper").await;
    let locked = grace.visit(&owned(&portal, TEAM, "/terms")).await;
    let form = ada.visit(&format!("/admin{}", portal.group(TEAM))).await;
    ada.submit(&form, "Save terms", &[("owners_change_review", "yes")]).await.answers(200);

    let open = grace.visit(&owned(&portal, TEAM, "/terms")).await;
    let slip = grace.submit(&open, "See what changes", &[("review_days", "29")]).await;
    let look = grace.submit(&open, "See what changes", &[("review_days", "")]).await;
    grace.submit(&look, "Save terms", &[]).await.answers(200);

    assert_eq!(locked.field("review_days"), None);
    locked.shows("Every 90 days");
    assert_eq!(open.field("review_days").as_deref(), Some("90"));
    assert_eq!(slip.errors(), ["Enter after how many days the members are reviewed again, from 30 to 730"]);
    look.shows("Members are reviewed: Every 90 days before, As owners like now");
    let grace = later(&portal, 400).await;
    grace.visit("/").await.hides("Members to review");
}

#[tokio::test]
async fn terms_that_begin_to_ask_give_two_weeks_and_other_changes_give_none() {
    let portal = Portal::start().await;
    let grace = portal.sign_in("Grace Hopper").await;
    let begun = grace.submit(&review(&portal, &grace).await, "Begin review", &[]).await;
    let kept = answers(&grace, &begun, &[("answer0", "keep")]).await;
    grace.submit(&kept, "End review", &[]).await.answers(200);
    portal.advance(days(300));
    asks(&portal, "90").await.answers(200);

    let soon = later(&portal, 0).await.visit("/").await;
    portal.advance(days(13));
    let ada = portal.sign_in("Ada Lovelace").await;
    let form = ada.visit(&format!("/admin{}", portal.group(TEAM))).await;
    ada.submit(&form, "Save terms", &[("gives", "The sources.")]).await.answers(200);
    let overdue = later(&portal, 2).await.visit("/").await;

    soon.shows("The members are to be reviewed in the next 14 days");
    overdue.shows("The review of the members has been overdue since yesterday");
}
