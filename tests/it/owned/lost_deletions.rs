//! Deletions whose answers were lost: settled by whoever looks, or by the copy, and never wrongly.

use roster::{
    domain::directory_copy::{Outcome, Reading, Wanted, Way},
    jobs::DueWork,
    store::{Found, FoundAccounts, FoundGroups, FoundMembers},
};
use roster_emulator::{Action, Fault};

use super::deleting::{OUTSIDE, TEAM, catch_up, count, deletes, is_there};
use crate::{owned::owned, support::portal::Portal};

#[tokio::test]
async fn a_lost_answer_is_said_and_settled_by_the_next_look() {
    let portal = Portal::impatient().await;
    let grace = portal.sign_in("Grace Hopper").await;
    portal.emulator.fault(Fault::on("DELETE", "/groups/").times(2).answer(Action::DropAfterApplying));
    let form = grace.visit(&owned(&portal, TEAM, "/delete")).await;
    let id = portal.emulator.group_named(TEAM);
    // The first try is applied and its answer lost; the second finds nothing and is lost as well.
    let after = grace.submit(&form, "Delete group", &[("name", TEAM)]).await;

    assert!(after.text().contains("is deleted"), "{}", after.text());
    assert!(!is_there(&portal));
    assert_eq!(count(&portal, "group.write_unclear").await, 1);
    assert_eq!(count(&portal, "group.deleted").await, 1);
    assert_eq!(portal.count(OUTSIDE).await, 0);
    grace.visit(&format!("/owned/{id}/delete")).await.answers(404);
    portal.record_is_whole().await;
}

#[tokio::test]
async fn a_deletion_that_did_not_come_through_is_shown_and_can_be_tried_again() {
    let portal = Portal::impatient().await;
    let grace = portal.sign_in("Grace Hopper").await;
    portal.emulator.fault(Fault::on("DELETE", "/groups/").times(2).answer(Action::Status(503, None)));

    let after = deletes(&portal, &grace, TEAM).await;
    let again = grace.submit(&after, "Delete group", &[("name", TEAM)]).await;

    assert!(after.flash().starts_with("The directory did not confirm that Compiler Team is deleted."));
    after.shows("the directory still had the group");
    assert!(again.flash().starts_with("Compiler Team is deleted."), "{}", again.text());
    let open = "SELECT CAST(COUNT(*) AS TEXT) FROM group_write WHERE course <> 'done'";
    assert_eq!(portal.count(open).await, 0, "the earlier try is over too");
}

#[tokio::test]
async fn a_group_that_is_still_there_long_after_was_not_deleted() {
    let portal = Portal::impatient().await;
    let grace = portal.sign_in("Grace Hopper").await;
    portal.emulator.fault(Fault::on("DELETE", "/groups/").times(2).answer(Action::Status(503, None)));
    deletes(&portal, &grace, TEAM).await.shows("did not confirm");

    portal.advance(jiff::SignedDuration::from_mins(16));
    let look = grace.visit(&owned(&portal, TEAM, "/delete")).await;
    let next = grace.visit(&owned(&portal, TEAM, "/delete")).await;

    look.answers(200);
    next.hides("the directory has not confirmed that");
    assert_eq!(count(&portal, "group.write_refused").await, 1);
}

#[tokio::test]
async fn a_lost_deletion_that_the_copy_shows_is_settled_without_anybody() {
    let portal = Portal::impatient().await;
    let grace = portal.sign_in("Grace Hopper").await;
    portal.emulator.fault(Fault::on("DELETE", "/groups/").times(2).answer(Action::Status(503, None)));
    let team = portal.emulator.group_named(TEAM);
    deletes(&portal, &grace, TEAM).await.shows("did not confirm");

    portal.emulator.delete_group(team);
    catch_up(&portal);
    portal.refresh().await;
    DueWork::default().round(&portal.app, std::time::Duration::ZERO).await;

    assert_eq!(count(&portal, "group.deleted").await, 1);
    assert_eq!(portal.count(OUTSIDE).await, 0);
    portal.record_is_whole().await;
}

#[tokio::test]
async fn a_lost_deletion_that_a_later_reading_does_not_show_is_over_and_a_deletion_after_it_is_somebody_else_s() {
    let portal = Portal::impatient().await;
    let grace = portal.sign_in("Grace Hopper").await;
    portal.emulator.fault(Fault::on("DELETE", "/groups/").times(2).answer(Action::Status(503, None)));
    deletes(&portal, &grace, TEAM).await.shows("did not confirm");

    portal.advance(jiff::SignedDuration::from_mins(16));
    portal.refresh().await;
    DueWork::default().round(&portal.app, std::time::Duration::ZERO).await;
    let after_a_reading = count(&portal, "group.write_refused").await;
    portal.emulator.delete_group(portal.emulator.group_named(TEAM));
    catch_up(&portal);
    portal.refresh().await;
    DueWork::default().round(&portal.app, std::time::Duration::ZERO).await;

    assert_eq!(after_a_reading, 1);
    assert_eq!(count(&portal, "group.deleted").await, 0);
    assert_eq!(count(&portal, "group.deleted_outside").await, 1);
}

#[tokio::test]
async fn a_reading_that_began_before_a_lost_deletion_says_nothing_of_it() {
    let portal = Portal::impatient().await;
    let (grace, directory) = (portal.sign_in("Grace Hopper").await, portal.app.store.directory());
    let pressed = Wanted::ByAnAdministrator { at: portal.clock.now(), even_if_it_loses: false };
    let lease = directory.begin_refresh(pressed, portal.clock.now()).await.unwrap().unwrap();
    portal.emulator.fault(Fault::on("DELETE", "/groups/").times(2).answer(Action::Status(503, None)));
    deletes(&portal, &grace, TEAM).await.shows("did not confirm");
    portal.emulator.delete_group(portal.emulator.group_named(TEAM));
    portal.advance(jiff::SignedDuration::from_mins(20));
    let found = Found {
        groups: FoundGroups::Changed(Vec::new()),
        link: None,
        members: FoundMembers::default(),
        accounts: FoundAccounts::default(),
    };
    let reading = Reading { at: portal.clock.now(), outcome: Outcome::Done, way: Way::Person };
    assert!(directory.exchange(&lease, &found, reading, |_| None).await.unwrap().is_some());

    DueWork::default().round(&portal.app, std::time::Duration::ZERO).await;
    let too_early = count(&portal, "group.write_refused").await;
    portal.refresh().await;
    DueWork::default().round(&portal.app, std::time::Duration::ZERO).await;

    assert_eq!((too_early, count(&portal, "group.write_refused").await), (0, 0));
    assert_eq!(count(&portal, "group.deleted").await, 1);
    assert_eq!(portal.count(OUTSIDE).await, 0);
}
