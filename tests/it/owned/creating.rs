//! Creating a group: asked for, checked, created once, and found again.

use roster::domain::ids::GroupId;
use roster_emulator::{Action, Fault};

use crate::support::{emulator, page::Page, person::Person, portal::Portal};

const NAME: &str = "Analytical Engines";
const FILLED: [(&str, &str); 3] =
    [("kind", "security"), ("name", NAME), ("purpose", "Whoever builds and programs the engines.")];

async fn fills_in(person: &Person, more: &[(&str, &str)]) -> Page {
    let form = person.visit("/owned/new").await;
    person.submit(&form, "Check", &[&FILLED, more].concat()).await
}

fn made(portal: &Portal) -> usize {
    portal.emulator.calls().iter().filter(|call| call.method == "POST" && call.path == "/groups").count()
}

fn catch_up(portal: &Portal) {
    portal.advance(jiff::SignedDuration::try_from(emulator::read_lag()).unwrap());
}

#[tokio::test]
async fn an_employee_creates_a_group_with_an_owner_and_a_member() {
    let portal = Portal::start().await;
    let alan = portal.sign_in("Alan Turing").await;
    let form = alan.visit("/owned/new").await;

    let found = alan.submit(&form, "Find people", &[&FILLED[..], &[("q", "Grace")]].concat()).await;
    let owner = alan.submit(&found, "Make owner", &[]).await;
    let looked = alan.submit(&owner, "Find people", &[("q", "Ken")]).await;
    let member = alan.submit(&looked, "Make member", &[]).await;
    let check = alan.submit(&member, "Check", &[]).await;
    let after = alan.submit(&check, "Create group", &[]).await;
    let id = portal.emulator.group_named(NAME);
    let open = alan.follow(&after, "Open the group").await;

    check.shows("Nothing has been created yet.");
    check.shows("It has 2 owners.");
    assert_eq!(after.heading(), format!("{NAME} is created"));
    after.shows(&id.to_string());
    let group = portal.emulator.group(NAME).unwrap();
    let person = |name: &str| portal.emulator.person_named(name);
    assert!(
        portal.emulator.is_owner(id, person("Alan Turing")) && portal.emulator.is_owner(id, person("Grace Hopper"))
    );
    assert_eq!(group.members, [person("Ken Thompson")]);
    assert_eq!(group.description.as_deref(), Some("Whoever builds and programs the engines."));
    open.answers(200);
    open.shows("Not taking part");
    assert!(portal.app.store.designations().find(GroupId(id)).await.unwrap().is_none());
    assert!(portal.emulator.violations().is_empty());
    portal.record_is_whole().await;
}

#[tokio::test]
async fn what_is_missing_is_said_and_nothing_typed_is_lost() {
    let portal = Portal::start().await;
    let alan = portal.sign_in("Alan Turing").await;

    let empty = fills_in(&alan, &[("kind", ""), ("name", " "), ("purpose", "")]).await;
    let long = fills_in(&alan, &[("name", &"x".repeat(257))]).await;
    let found = fills_in(&alan, &[("q", "Tim")]).await;

    empty.answers(422);
    let errors = ["Choose a kind of group", "Enter a name for the group", "Enter what the group is for"];
    assert_eq!(empty.errors(), errors);
    long.answers(422);
    assert_eq!(long.field("purpose").as_deref(), Some(FILLED[2].1));
    // Words that were not looked for yet are looked for, whichever button is pressed.
    found.shows("guests do not run groups here");
    assert_eq!(found.field("name").as_deref(), Some(NAME));
    assert_eq!(made(&portal), 0);
}

#[tokio::test]
async fn a_guest_is_no_owner_whatever_the_form_says() {
    let portal = Portal::start().await;
    let alan = portal.sign_in("Alan Turing").await;
    let form = alan.visit("/owned/new").await.form("Check");
    let tim = portal.emulator.person_named("Tim Berners").to_string();
    let mut forged = form.clone();
    forged.fields.extend([("owner".to_owned(), tim), ("act".to_owned(), "create".to_owned())]);
    for (name, value) in FILLED {
        forged.fields.retain(|(known, _)| known != name);
        forged.fields.push((name.to_owned(), value.to_owned()));
    }

    let refused = alan.send_form(&alan.visit("/owned/new").await, forged).await;

    refused.answers(422);
    assert_eq!(made(&portal), 0);
}

#[tokio::test]
async fn sent_twice_and_from_two_tabs_one_group_comes_of_it() {
    let portal = Portal::start().await;
    let alan = portal.sign_in("Alan Turing").await;
    let check = fills_in(&alan, &[]).await;

    let (one, two) = tokio::join!(alan.submit(&check, "Create group", &[]), alan.submit(&check, "Create group", &[]));
    let three = alan.submit(&check, "Create group", &[]).await;

    assert_eq!(three.heading(), format!("{NAME} is created"), "{} / {}", one.text(), two.text());
    assert_eq!(made(&portal), 1);
    let decided = "SELECT CAST(COUNT(*) AS TEXT) FROM event WHERE kind = 'group.creation_decided'";
    assert_eq!(portal.count(decided).await, 1);
}

#[tokio::test]
async fn a_lost_answer_finds_the_group_that_was_created() {
    let portal = Portal::impatient().await;
    let alan = portal.sign_in("Alan Turing").await;
    let check = fills_in(&alan, &[]).await;
    portal.emulator.fault(Fault::on("POST", "/groups").answer(Action::DropAfterApplying));

    let after = alan.submit(&check, "Create group", &[]).await;
    let found = alan.visit(after.path()).await;

    assert_eq!(found.heading(), format!("{NAME} is created"));
    assert_eq!(made(&portal), 1);
}

#[tokio::test]
async fn what_did_not_come_through_is_tried_again_and_created_once() {
    let portal = Portal::impatient().await;
    let alan = portal.sign_in("Alan Turing").await;
    let check = fills_in(&alan, &[]).await;
    portal.emulator.fault(Fault::on("POST", "/groups").answer(Action::Status(503, None)));

    let unclear = alan.submit(&check, "Create group", &[]).await;
    let strangers = portal.sign_in("Ken Thompson").await.visit(unclear.path()).await;
    let again = alan.submit(&unclear, "Try again", &[]).await;

    assert_eq!(unclear.heading(), format!("Is {NAME} created?"));
    strangers.answers(404);
    assert_eq!(again.heading(), format!("{NAME} is created"));
    catch_up(&portal);
    portal.refresh().await;
    let of_this_name = "SELECT CAST(COUNT(*) AS TEXT) FROM directory_group WHERE name = 'Analytical Engines'";
    assert_eq!(portal.count(of_this_name).await, 1);
    portal.record_is_whole().await;
}

#[tokio::test]
async fn a_refusal_keeps_what_was_asked_for() {
    let portal = Portal::start().await;
    let alan = portal.sign_in("Alan Turing").await;
    let check = fills_in(&alan, &[]).await;
    portal.emulator.fault(Fault::on("POST", "/groups").answer(Action::Status(403, None)));

    let refused = alan.submit(&check, "Create group", &[]).await;
    let form = alan.follow(&refused, "Change and try again").await;

    refused.shows("The tenant does not let you create such groups.");
    assert_eq!(form.field("name").as_deref(), Some(NAME));
    assert_eq!(form.field("purpose").as_deref(), Some(FILLED[2].1));
}

#[tokio::test]
async fn what_cannot_be_read_is_said_as_not_checked_and_similar_groups_are_shown() {
    let portal = Portal::start().await;
    let alan = portal.sign_in("Alan Turing").await;

    let check = fills_in(&alan, &[("name", "Compiler"), ("kind", "microsoft365")]).await;

    check.shows("Not checked whether the tenant takes the name");
    check.shows("Compiler Team");
    check.shows("You would be the only owner.");
}

#[tokio::test]
async fn who_has_a_directory_role_owns_what_they_create_too() {
    let portal = Portal::start().await;
    let hedy = portal.sign_in("Hedy Lamarr").await;
    let check = fills_in(&hedy, &[]).await;

    hedy.submit(&check, "Create group", &[]).await.answers(200);
    catch_up(&portal);

    let (group, hedy) = (portal.emulator.group_named(NAME), portal.emulator.person_named("Hedy Lamarr"));
    assert!(portal.emulator.is_owner(group, hedy));
}

#[tokio::test]
async fn guests_create_nothing() {
    let portal = Portal::start().await;
    let tim = portal.sign_in("Tim Berners").await;

    let refused = tim.visit("/owned/new").await;

    refused.answers(403);
    refused.shows("Guests cannot create groups here.");
    assert!(tim.visit("/owned").await.link("New group").is_none());
}
