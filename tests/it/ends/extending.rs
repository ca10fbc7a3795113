//! Asking to belong for longer, and what an owner's yes or no means then.

use jiff::Timestamp;
use roster::domain::{lasting::Lasting, questions::Question};

use super::{ENDS, TEAM, asks, days, lasts, ninety};
use crate::{
    owned::{owned, removes},
    requests::questions,
    support::{page::Page, person::Person, portal::Portal},
};

/// A portal where Alan Turing was given the Compiler Team for twenty days, ten of which are over.
async fn ten_days_on() -> (Portal, Person) {
    let (portal, alan) = ninety().await;
    let asked = asks(&portal, &alan, "20").await;
    let grace = portal.sign_in("Grace Hopper").await;
    grace.approves(&asked.id()).await.answers(200);
    portal.advance(days(10));
    let alan = portal.sign_in("Alan Turing").await;
    (portal, alan)
}

fn path(portal: &Portal) -> String {
    format!("/memberships/{}/extend", portal.emulator.group_named(TEAM))
}

async fn extends(portal: &Portal, person: &Person, days: &str) -> Page {
    let form = person.visit(&path(portal)).await;
    person.submit(&form, "Send request", &[("reason", "The port goes on."), ("days", days)]).await
}

async fn end(portal: &Portal) -> Option<Timestamp> {
    let ends_at = portal.database.text("SELECT COALESCE(CAST(ends_at AS TEXT), '') FROM membership_end").await;
    ends_at.parse().ok().map(|ms| Timestamp::from_millisecond(ms).unwrap())
}

#[tokio::test]
async fn a_member_asks_to_stay_and_an_owner_lets_them() {
    let (portal, alan) = ten_days_on().await;
    let home = alan.visit("/").await;
    let list = alan.visit("/memberships").await;
    questions::asks(&portal, vec![Question { text: "Which team?".into(), required: true }]).await;
    let form = alan.follow(&list, "Extend Compiler Team").await;

    let asked = extends(&portal, &alan, "60").await;
    let grace = portal.sign_in("Grace Hopper").await;
    let inbox = grace.visit("/approvals").await;
    let waiting = grace.follow(&inbox, "Alan Turing wants to stay in Compiler Team").await;
    portal.emulator.forget_calls();
    let done = grace.submit(&waiting, "Approve request", &[("message", "Gladly.")]).await;
    let (_, writes) = portal.calls();
    let seen = alan.visit(&format!("/requests/{}", asked.id())).await;

    home.shows("Your memberships that end");
    assert!(list.tags().contains(&"Ends soon".to_owned()), "{}", list.text());
    assert_eq!(form.heading(), "Stay in Compiler Team for longer");
    form.hides("Which team?");
    assert_eq!(
        asked.flash(),
        "Your request to stay in Compiler Team was sent. The owners see it in Roster. This page shows what becomes of it."
    );
    waiting.shows("when you approve, until");
    assert_eq!(done.flash(), "Alan Turing belongs to Compiler Team for longer.");
    assert_eq!(writes, 0, "the directory has nothing to do with it");
    seen.shows("Extended");
    seen.shows("Gladly.");
    let later = end(&portal).await.unwrap().duration_since(portal.clock.now());
    assert!((later - days(60)).abs() < days(1), "{later}");
    assert_eq!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM request WHERE occupies").await, 0);
    let history = grace.visit(&owned(&portal, TEAM, "/history")).await;
    history.shows("Alan Turing asked to stay");
    history.shows("Grace Hopper changed the end of the membership of Alan Turing");
    portal.record_is_whole().await;
}

#[tokio::test]
async fn an_extension_never_ends_a_membership_earlier() {
    let (portal, alan) = ten_days_on().await;
    let before = end(&portal).await;
    let asked = extends(&portal, &alan, "3").await;

    let grace = portal.sign_in("Grace Hopper").await;
    grace.approves(&asked.id()).await.answers(200);

    assert_eq!(end(&portal).await, before);
}

#[tokio::test]
async fn a_no_leaves_the_end_where_it_is() {
    let (portal, alan) = ten_days_on().await;
    let before = end(&portal).await;
    let asked = extends(&portal, &alan, "60").await;

    let grace = portal.sign_in("Grace Hopper").await;
    let denied = grace.denies(&asked.id(), "The port is done.").await;

    assert!(denied.flash().starts_with("You denied the request of Alan Turing to stay in Compiler Team."));
    assert_eq!(end(&portal).await, before);
    let again = alan.visit(&path(&portal)).await;
    again.shows("Your last request was denied.");
}

#[tokio::test]
async fn what_is_wrong_with_the_form_is_said_and_one_request_is_enough() {
    let (portal, alan) = ten_days_on().await;
    let form = alan.visit(&path(&portal)).await;

    let wrong = alan.submit(&form, "Send request", &[("reason", " "), ("days", "181")]).await;
    let asked = extends(&portal, &alan, "60").await;
    let again = alan.submit(&form, "Send request", &[("reason", "Twice."), ("days", "9")]).await;

    assert_eq!(wrong.errors(), ["Enter why you want to stay", "Enter a number of days from 1 to 180"]);
    assert_eq!(wrong.field("days").as_deref(), Some("181"));
    assert_eq!(again.path(), asked.path());
    let withdrawn = alan.submit(&asked, "Withdraw request", &[]).await;
    assert!(withdrawn.flash().starts_with("You withdrew your request to stay in Compiler Team."));
}

#[tokio::test]
async fn who_has_no_end_has_nothing_to_extend() {
    let (portal, _) = ten_days_on().await;
    let frances = portal.sign_in("Frances Allen").await;
    let radia = portal.sign_in("Radia Perlman").await;

    let list = frances.visit("/memberships").await;
    let member = frances.visit(&path(&portal)).await;
    let stranger = radia.visit(&path(&portal)).await;

    assert!(list.link("Extend Compiler Team").is_none());
    member.answers(409);
    member.shows("Your membership in this group has no end here");
    stranger.answers(409);
    stranger.shows("You are not a member of this group.");
}

#[tokio::test]
async fn a_yes_takes_back_the_removal_that_nobody_has_begun() {
    let (portal, alan) = ten_days_on().await;
    let asked = extends(&portal, &alan, "60").await;
    portal.advance(days(11));
    portal.due_work().await;
    let grace = portal.sign_in("Grace Hopper").await;

    let done = grace.approves(&asked.id()).await;
    portal.due_work().await;

    assert_eq!(done.flash(), "Alan Turing belongs to Compiler Team for longer.");
    assert_eq!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM operation WHERE state = 'unknown'").await, 0);
    assert!(portal.is_member(TEAM, "Alan Turing"));
    let history = grace.visit(&owned(&portal, TEAM, "/history")).await;
    history.shows("The membership of Alan Turing goes on");
}

#[tokio::test]
async fn a_request_to_stay_ends_with_the_membership() {
    let (portal, alan) = ten_days_on().await;
    let asked = extends(&portal, &alan, "60").await;
    let grace = portal.sign_in("Grace Hopper").await;
    let waiting = grace.opens(&asked.id()).await;

    removes(&portal, &grace, TEAM, "Alan Turing", "").await.answers(200);
    let late = grace.submit(&waiting, "Approve request", &[]).await;
    portal.due_work().await;
    let seen = alan.visit(&format!("/requests/{}", asked.id())).await;

    late.answers(409);
    late.shows("The membership was gone, or had no end any more");
    seen.shows("The membership was gone, or had no end any more");
    assert!(!portal.is_member(TEAM, "Alan Turing"));
    assert_eq!(portal.count(ENDS).await, 0);
}

#[tokio::test]
async fn where_memberships_last_for_ever_by_now_a_yes_takes_the_end_away() {
    let (portal, alan) = ten_days_on().await;
    lasts(&portal, Lasting::ForEver).await;
    let form = alan.visit(&path(&portal)).await;
    let asked = alan.submit(&form, "Send request", &[("reason", "The port goes on.")]).await;

    let grace = portal.sign_in("Grace Hopper").await;
    let waiting = grace.opens(&asked.id()).await;
    grace.submit(&waiting, "Approve request", &[]).await.answers(200);

    form.shows("Memberships of this group last for ever now");
    waiting.shows("For ever when you approve");
    assert_eq!(portal.count(ENDS).await, 0);
}

#[tokio::test]
async fn nobody_answers_their_own_request_to_stay() {
    let (portal, _) = ten_days_on().await;
    let grace = portal.sign_in("Grace Hopper").await;
    let (barbara, id) = (portal.sign_in("Mary Jackson").await, portal.emulator.person_named("Grace Hopper"));
    removes(&portal, &barbara, TEAM, "Grace Hopper", "").await.answers(200);
    let form = barbara.visit(&owned(&portal, TEAM, "/members/add?q=Grace")).await;
    barbara.submit(&form, "Add to group", &[("person", &id.to_string()), ("days", "5")]).await.answers(200);

    let asked = extends(&portal, &grace, "60").await;
    let own = grace.opens(&asked.id()).await;

    asked.answers(200);
    own.answers(403);
    own.shows("Nobody decides on their own request.");
}
