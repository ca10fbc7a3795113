//! Name and description, and what the terms keep from owners.

use roster::domain::terms::Terms;
use roster_emulator::{Action, Fault};

use crate::{
    owned::{grace, owned},
    support::{emulator, portal::Portal},
};

const TEAM: &str = "Compiler Team";

/// Lets a directory that lags in this run show what was done: what is read too early tells of the time before.
fn catch_up(portal: &Portal) {
    portal.advance(jiff::SignedDuration::try_from(emulator::read_lag()).unwrap());
}

fn name_of(portal: &Portal, id: uuid::Uuid) -> String {
    portal.emulator.group(&id.to_string()).unwrap().display_name
}

#[tokio::test]
async fn an_owner_changes_name_and_description_and_everybody_sees_it() {
    let (portal, grace) = grace().await;
    let team = portal.emulator.group_named(TEAM);
    let form = grace.visit(&owned(&portal, TEAM, "/details")).await;

    let typed = [("name", "Compilers"), ("description", "We compile.")];
    let after = grace.submit(&form, "Save", &typed).await;
    let alan = portal.sign_in("Alan Turing").await;
    catch_up(&portal);
    portal.refresh().await;

    assert_eq!(after.flash(), "The details of Compilers are saved.");
    assert_eq!(after.heading(), "Compilers");
    assert_eq!(name_of(&portal, team), "Compilers");
    alan.visit(&format!("/groups/{team}")).await.shows("We compile.");
    let outside = "SELECT CAST(COUNT(*) AS TEXT) FROM event WHERE kind LIKE 'group.%_outside'";
    assert_eq!(portal.count(outside).await, 0, "what Roster did is not told as done outside");
    assert!(portal.emulator.violations().is_empty());
    portal.record_is_whole().await;
}

#[tokio::test]
async fn the_later_of_two_sees_what_changed_and_loses_nothing() {
    let (portal, grace) = grace().await;
    let mary = portal.sign_in("Mary Jackson").await;
    let team = portal.emulator.group_named(TEAM);
    let path = owned(&portal, TEAM, "/details");
    let (first, second) = (grace.visit(&path).await, mary.visit(&path).await);

    grace.submit(&first, "Save", &[("name", "Compilers")]).await.answers(200);
    catch_up(&portal);
    let told = mary.submit(&second, "Save", &[("description", "All about compilers.")]).await;
    catch_up(&portal);
    let saved = mary.submit(&told, "Save", &[]).await;

    told.answers(422);
    told.shows("Somebody changed this while you were writing");
    told.shows("Compilers");
    assert_eq!(told.field("description").as_deref(), Some("All about compilers."));
    assert!(saved.flash().starts_with("The details of"), "{}", saved.text());
    assert_eq!(portal.emulator.group(&team.to_string()).unwrap().description.as_deref(), Some("All about compilers."));
}

#[tokio::test]
async fn a_name_is_needed_and_has_its_length() {
    let (portal, grace) = grace().await;
    let form = grace.visit(&owned(&portal, TEAM, "/details")).await;

    let none = grace.submit(&form, "Save", &[("name", "  ")]).await;
    let long = grace.submit(&form, "Save", &[("name", &"x".repeat(257))]).await;

    none.answers(422);
    assert_eq!(none.errors(), ["Enter a name for the group"]);
    long.answers(422);
    assert_eq!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM event WHERE kind LIKE 'group.details%'").await, 0);
}

#[tokio::test]
async fn a_lost_answer_is_said_and_not_told_as_done_outside() {
    let portal = Portal::impatient().await;
    let grace = portal.sign_in("Grace Hopper").await;
    let form = grace.visit(&owned(&portal, TEAM, "/details")).await;
    portal.emulator.fault(Fault::on("PATCH", "/groups/").times(2).answer(Action::DropAfterApplying));

    let after = grace.submit(&form, "Save", &[("name", "Compilers")]).await;
    catch_up(&portal);
    portal.refresh().await;

    assert!(after.flash().starts_with("The directory did not confirm the new details"), "{}", after.text());
    let outside = "SELECT CAST(COUNT(*) AS TEXT) FROM event WHERE kind LIKE 'group.%_outside'";
    assert_eq!(portal.count(outside).await, 0);
    grace.visit(&owned(&portal, "Compilers", "")).await.shows("Compilers");
}

#[tokio::test]
async fn what_the_terms_lock_is_shown_as_locked_with_who_set_it() {
    let (portal, grace) = grace().await;
    let ada = portal.sign_in("Ada Lovelace").await;
    let team = portal.emulator.group_named(TEAM);
    let before = [owned(&portal, TEAM, "/details"), owned(&portal, TEAM, "/owners/add?q=Alan")];
    let [details, add] = [grace.visit(&before[0]).await, grace.visit(&before[1]).await];
    let terms = Terms { owners_change_owners: false, owners_change_details: false, ..Terms::default() };
    let form = ada.visit(&format!("/admin/groups/{team}")).await;
    let locked = ada.submit(&form, "Save terms", &[("owners_change_owners", ""), ("owners_change_details", "")]).await;

    let (page, owners) = (grace.visit(&before[0]).await, grace.visit(&owned(&portal, TEAM, "/owners")).await);
    let id = portal.emulator.person_named("Alan Turing").to_string();
    let refused = [
        grace.submit(&details, "Save", &[("name", "Compilers")]).await,
        grace.submit(&add, "Make owner", &[("person", &id)]).await,
    ];

    locked.answers(200);
    let kept = portal.app.store.designations().find(roster::domain::ids::GroupId(team)).await.unwrap().unwrap();
    assert_eq!((kept.terms.owners_change_owners, kept.terms.owners_change_details), (false, false), "{terms:?}");
    for page in [&page, &owners] {
        page.shows("Ada Lovelace set the terms of this group so that only administrators of Roster change this.");
    }
    assert!(!page.has_button("Save") && owners.link("Add owner").is_none());
    for page in refused {
        page.answers(403);
    }
    assert_eq!(name_of(&portal, team), TEAM);
}
