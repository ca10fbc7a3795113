//! Who may ask, and when.

use jiff::SignedDuration;
use roster::domain::terms::Terms;
use roster_emulator::{Company, Group};
use uuid::Uuid;

use crate::support::{
    portal::{Portal, Setup},
    steps::Asked,
};

#[tokio::test]
async fn after_a_denial_the_same_person_waits_until_the_cool_down_is_over() {
    let asked = Asked::start().await;
    asked.grace.denies(&asked.request, "The team is full.").await.answers(200);
    let form = format!("{}/ask", asked.portal.group("Compiler Team"));

    let at_once = asked.alan.visit(&form).await;
    asked.portal.advance(SignedDuration::from_hours(7 * 24));
    let (_, later) = asked.portal.sign_in_at(&form, "Alan Turing").await;

    at_once.answers(409);
    at_once.shows("Your last request was denied. You can ask again from");
    later.answers(200);
    assert!(later.has_button("Send request"));
}

#[tokio::test]
async fn what_was_typed_is_shown_when_a_rule_says_no() {
    let portal = Portal::start().await;
    let alan = portal.sign_in("Alan Turing").await;
    let form = alan.visit(&format!("{}/ask", portal.group("Compiler Team"))).await;
    portal.pause("Compiler Team").await;

    let page = alan.submit(&form, "Send request", &[("reason", "A long story, well told.")]).await;

    page.answers(409);
    page.shows("This group takes no requests at the moment.");
    page.shows("A long story, well told.");
}

#[tokio::test]
async fn a_paused_group_says_so_and_offers_no_button() {
    let portal = Portal::start().await;
    portal.pause("Compiler Team").await;
    let alan = portal.sign_in("Alan Turing").await;

    let page = alan.visit(&portal.group("Compiler Team")).await;

    page.shows("This group takes no requests at the moment");
    assert!(page.link("Ask to join").is_none());
}

#[tokio::test]
async fn a_group_without_an_owner_cannot_be_asked() {
    let portal = Portal::start().await;
    portal.designate("Orphaned Projects", &Terms::default()).await;
    let alan = portal.sign_in("Alan Turing").await;

    let page = alan.asks_in_vain(&portal, "Orphaned Projects").await;

    page.answers(409);
    page.shows("Nobody can answer at the moment");
}

#[tokio::test]
async fn the_only_owner_cannot_ask_because_nobody_else_could_answer() {
    let portal = Portal::start().await;
    let (group, radia) =
        (portal.emulator.group_named("Network Operations"), portal.emulator.person_named("Radia Perlman"));
    portal.emulator.remove_member(group, radia);
    let radia = portal.sign_in("Radia Perlman").await;

    let page = radia.asks_in_vain(&portal, "Network Operations").await;

    page.answers(409);
    page.shows("the group has no other owner");
}

#[tokio::test]
async fn a_member_has_nothing_to_ask_for() {
    let portal = Portal::start().await;
    let frances = portal.sign_in("Frances Allen").await;

    let page = frances.asks_in_vain(&portal, "Compiler Team").await;

    page.answers(409);
    page.shows("You are a member of this group already.");
}

#[tokio::test]
async fn guests_ask_only_where_they_may() {
    let portal = Portal::start().await;
    let (circle, tim) = (portal.emulator.group_named("Reading Circle"), portal.emulator.person_named("Tim Berners"));
    portal.emulator.remove_member(circle, tim);
    let tim = portal.sign_in("Tim Berners").await;

    let closed = tim.asks_in_vain(&portal, "Compiler Team").await;
    let open = tim.asks(&portal, "Reading Circle", "I bring the cake.").await;

    closed.answers(403);
    closed.shows("Guests cannot ask to join this group.");
    assert_eq!(open.tags(), ["Waiting for an owner"]);
}

#[tokio::test]
async fn nobody_has_more_than_twenty_open_requests() {
    let mut company = Company::contoso();
    let grace = company.people.iter().find(|person| person.display_name == "Grace Hopper").unwrap().id;
    let name = |n: u128| format!("Project {n}");
    company.groups.extend((1..=21).map(|n| Group::security(Uuid::from_u128(n), &name(n)).owned_by(&[grace])));
    let portal = Setup { company, ..Setup::default() }.start().await;
    for n in 1..=21 {
        portal.designate(&name(n), &Terms::default()).await;
    }
    let alan = portal.sign_in("Alan Turing").await;
    for n in 1..=20 {
        alan.asks(&portal, &name(n), "Again.").await.answers(200);
    }

    let page = alan.asks_in_vain(&portal, &name(21)).await;

    page.answers(409);
    page.shows("You have 20 open requests, which is the most anybody may have.");
}

#[tokio::test]
async fn a_group_that_does_not_take_part_is_like_one_that_does_not_exist() {
    let portal = Portal::start().await;
    let alan = portal.sign_in("Alan Turing").await;
    let nobody = "/groups/00000000-0000-4000-8000-000000000000/ask";

    let apart = alan.visit(&format!("{}/ask", portal.group("Type Foundry"))).await;
    let unknown = alan.visit(nobody).await;

    apart.answers(404);
    assert_eq!(apart.bytes(), unknown.bytes());
}

#[tokio::test]
async fn a_directory_that_is_away_does_not_keep_anybody_from_asking() {
    let portal = Portal::impatient().await;
    let alan = portal.sign_in("Alan Turing").await;
    portal.emulator.set_down(true);

    let page = alan.asks(&portal, "Compiler Team", "It can wait.").await;

    assert_eq!(page.tags(), ["Waiting for an owner"]);
}
