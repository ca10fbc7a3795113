//! Owners: making somebody one, taking the group from one, stepping down.

use roster_emulator::{Action, Fault};

use crate::{
    owned::{grace, owned},
    support::{emulator, page::Page, person::Person, portal::Portal},
};

const TEAM: &str = "Compiler Team";

async fn makes_owner(portal: &Portal, owner: &Person, group: &str, person: &str) -> Page {
    emulator::rest(&portal.emulator);
    let form = owner.visit(&owned(portal, group, &format!("/owners/add?q={}", person.replace(' ', "+")))).await;
    let id = portal.emulator.person_named(person).to_string();
    owner.submit(&form, "Make owner", &[("person", &id)]).await
}

fn removal(portal: &Portal, group: &str, person: &str) -> String {
    owned(portal, group, &format!("/owners/{}/remove", portal.emulator.person_named(person)))
}

fn owns(portal: &Portal, group: &str, person: &str) -> bool {
    portal.emulator.is_owner(portal.emulator.group_named(group), portal.emulator.person_named(person))
}

fn names(page: &Page) -> Vec<String> {
    page.all("main .list .title")
}

#[tokio::test]
async fn an_owner_makes_a_colleague_an_owner_who_answers_at_once() {
    let (portal, grace) = grace().await;

    let after = makes_owner(&portal, &grace, TEAM, "Alan Turing").await;
    let alan = portal.sign_in("Alan Turing").await;

    assert_eq!(after.flash(), "Alan Turing is now an owner of Compiler Team.");
    assert_eq!(names(&after).len(), 4, "{:?}", names(&after));
    assert!(owns(&portal, TEAM, "Alan Turing") && !portal.is_member(TEAM, "Alan Turing"));
    alan.visit(&owned(&portal, TEAM, "/members")).await.answers(200);
    assert!(portal.emulator.violations().is_empty());
    portal.record_is_whole().await;
}

#[tokio::test]
async fn what_roster_did_is_not_told_as_done_outside() {
    let (portal, grace) = grace().await;
    makes_owner(&portal, &grace, TEAM, "Alan Turing").await.answers(200);
    portal.sign_in("Alan Turing").await.visit("/owned").await.answers(200);
    portal.refresh().await;

    let outside = "SELECT CAST(COUNT(*) AS TEXT) FROM event WHERE kind LIKE 'ownership.%_outside'";
    assert_eq!(portal.count(outside).await, 0);
}

#[tokio::test]
async fn an_owner_takes_the_group_from_another() {
    let (portal, grace) = grace().await;

    let form = grace.visit(&removal(&portal, TEAM, "Annie Easley")).await;
    let after = grace.submit(&form, "Remove as owner", &[("reason", "She moved on.")]).await;

    assert_eq!(form.heading(), "Remove Annie Easley as an owner of Compiler Team?");
    assert_eq!(after.flash(), "Annie Easley no longer owns Compiler Team.");
    assert_eq!(names(&after).len(), 2, "{:?}", names(&after));
    assert!(!owns(&portal, TEAM, "Annie Easley"));
}

#[tokio::test]
async fn an_owner_hands_over_and_steps_down() {
    let portal = Portal::start().await;
    let radia = portal.sign_in("Radia Perlman").await;
    let group = "Network Operations";

    let alone = radia.visit(&removal(&portal, group, "Radia Perlman")).await;
    makes_owner(&portal, &radia, group, "Ken Thompson").await.answers(200);
    let form = radia.visit(&removal(&portal, group, "Radia Perlman")).await;
    let after = radia.submit(&form, "Step down", &[]).await;

    alone.shows("The group would be left without an owner who can sign in.");
    assert!(!alone.has_button("Step down"));
    assert_eq!(after.flash(), "Radia Perlman no longer owns Network Operations.");
    assert_eq!(after.path(), "/owned");
    assert!(!owns(&portal, group, "Radia Perlman") && owns(&portal, group, "Ken Thompson"));
    radia.visit(&owned(&portal, group, "")).await.answers(404);
}

#[tokio::test]
async fn two_owners_who_remove_each_other_leave_one() {
    let portal = Portal::start().await;
    let (grace, joan) = (portal.sign_in("Grace Hopper").await, portal.sign_in("Joan Clarke").await);
    let group = "Cryptography Research";
    let of_joan = grace.visit(&removal(&portal, group, "Joan Clarke")).await;
    let of_grace = joan.visit(&removal(&portal, group, "Grace Hopper")).await;

    let (one, two) =
        tokio::join!(grace.submit(&of_joan, "Remove as owner", &[]), joan.submit(&of_grace, "Remove as owner", &[]));

    let left = ["Grace Hopper", "Joan Clarke"].iter().filter(|name| owns(&portal, group, name)).count();
    assert_eq!(left, 1, "{} / {}", one.text(), two.text());
    portal.record_is_whole().await;
}

#[tokio::test]
async fn what_stands_in_the_way_is_said() {
    let (portal, grace) = grace().await;

    let already = makes_owner(&portal, &grace, TEAM, "Mary Jackson").await;
    let guest = grace.visit(&owned(&portal, TEAM, "/owners/add?q=Tim")).await;
    let nobody = grace.visit(&removal(&portal, TEAM, "Alan Turing")).await;

    already.answers(422);
    assert_eq!(already.errors(), ["This person owns the group already. Nothing was changed."]);
    guest.shows("Cannot become an owner: guests do not run groups here");
    nobody.shows("This person does not own the group.");
    assert_eq!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM operation").await, 0);
}

#[tokio::test]
async fn a_tenant_that_has_not_granted_the_scope_shows_owners_and_changes_none() {
    let portal = Portal::start().await;
    portal.emulator.set_granted_scopes(&[
        "User.Read",
        "User.ReadBasic.All",
        "GroupMember.Read.All",
        "GroupMember.ReadWrite.All",
    ]);
    let grace = portal.sign_in("Grace Hopper").await;

    let page = grace.visit(&owned(&portal, TEAM, "/owners")).await;
    let refused = grace.visit(&removal(&portal, TEAM, "Annie Easley")).await;

    page.shows("Roster was not granted the permission Group.ReadWrite.All in your tenant");
    assert!(page.link("Add owner").is_none());
    assert!(!refused.has_button("Remove as owner"));
}

#[tokio::test]
async fn a_lost_answer_is_finished_by_another_owner() {
    let portal = Portal::impatient().await;
    let grace = portal.sign_in("Grace Hopper").await;
    let form = grace.visit(&removal(&portal, TEAM, "Annie Easley")).await;
    portal.emulator.fault(Fault::on("DELETE", "/owners/").times(2).answer(Action::DropBefore));

    let after = grace.submit(&form, "Remove as owner", &[]).await;
    portal.advance(jiff::SignedDuration::from_mins(3));
    let mary = portal.sign_in("Mary Jackson").await;
    let inbox = mary.visit("/approvals").await;
    let owed = mary.follow(&inbox, "Annie Easley is to cease to own Compiler Team").await;
    let done = mary.submit(&owed, "Remove as owner", &[]).await;

    assert!(after.flash().starts_with("Annie Easley is being removed as an owner"), "{}", after.text());
    assert_eq!(done.flash(), "Annie Easley no longer owns Compiler Team.");
    assert!(!owns(&portal, TEAM, "Annie Easley"));
}

#[tokio::test]
async fn a_group_that_hides_its_members_shows_them_to_its_owners_alone() {
    let portal = Portal::start().await;
    portal.designate("Data Stewards", &roster::domain::terms::Terms::default()).await;
    let (margaret, ada) = (portal.sign_in("Margaret Hamilton").await, portal.sign_in("Ada Lovelace").await);
    let path = owned(&portal, "Data Stewards", "/members");

    for forbidden in [false, true] {
        portal.emulator.set_behaviour(|behaviour| behaviour.hidden_members_forbidden = forbidden);
        let hidden = ada.visit(&path).await;
        hidden.shows("The directory does not show you the members");
        assert!(crate::owned::names(&hidden).is_empty(), "{}", hidden.text());
    }
    assert!(!crate::owned::names(&margaret.visit(&path).await).is_empty());
}
