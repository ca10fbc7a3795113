//! Restoring deleted groups, and renewing those that expire.

use jiff::SignedDuration;
use roster::{
    domain::{
        designation::SuspendReason,
        ids::GroupId,
        request::{EndReason, State},
    },
    jobs::DueWork,
};
use roster_emulator::{Action, Fault, LifecyclePolicy};

use crate::{
    owned::{grace, owned},
    support::{emulator, page::Page, person::Person, portal::Portal, steps::Asked},
};

const TEAM: &str = "Compiler Team";
const OUTSIDE: &str = "SELECT CAST(COUNT(*) AS TEXT) FROM event WHERE kind LIKE '%_outside'";
const BIN: &str = "/owned/deleted";

fn catch_up(portal: &Portal) {
    portal.advance(SignedDuration::try_from(emulator::read_lag()).unwrap());
}

async fn deletes(portal: &Portal, owner: &Person) -> Page {
    let form = owner.visit(&owned(portal, TEAM, "/delete")).await;
    let after = owner.submit(&form, "Delete group", &[("name", TEAM)]).await;
    catch_up(portal);
    after
}

fn is_there(portal: &Portal) -> bool {
    portal.emulator.group(TEAM).is_some()
}

async fn count(portal: &Portal, kind: &str) -> usize {
    let events = portal.app.store.events().latest(1000).await.unwrap();
    let code = |event: &roster::domain::event::Event| serde_json::to_value(event.kind).unwrap();
    events.iter().filter(|event| code(event) == kind).count()
}

async fn why_suspended(portal: &Portal, group: uuid::Uuid) -> Option<SuspendReason> {
    let designation = portal.app.store.designations().find(GroupId(group)).await.unwrap().unwrap();
    designation.suspended.map(|(_, why)| why)
}

#[tokio::test]
async fn a_deleted_group_comes_back_with_its_members_and_waits_for_an_administrator() {
    let asked = Asked::start().await;
    let (portal, grace) = (&asked.portal, &asked.grace);
    let team = portal.emulator.group_named(TEAM);

    let deleted = deletes(portal, grace).await;
    let after = grace.submit(&deleted, "Restore", &[]).await;
    catch_up(portal);
    portal.refresh().await;

    assert_eq!(deleted.path(), BIN);
    deleted.shows("gone for good");
    assert!(after.flash().starts_with("Compiler Team is back."), "{}", after.text());
    assert_eq!(after.path(), format!("/owned/{team}"));
    after.shows("The group was deleted and is back.");
    assert!(is_there(portal) && portal.is_member(TEAM, "Grace Hopper"));
    assert_eq!(why_suspended(portal, team).await, Some(SuspendReason::Restored));
    let request = portal.app.store.requests().find(asked.request.parse().unwrap()).await.unwrap().unwrap();
    assert_eq!((request.state, request.end_reason), (State::Ended, Some(EndReason::GroupDeleted)));
    assert_eq!(portal.count(OUTSIDE).await, 0, "what Roster did is not told as done outside");
    grace.visit(BIN).await.shows("No group of yours can be restored");
    grace.visit(&owned(portal, TEAM, "/owners")).await.shows("Mary Jackson");

    let ada = portal.sign_in("Ada Lovelace").await;
    let page = ada.visit(&format!("/admin/groups/{team}")).await;
    ada.submit(&page, "Take requests again", &[]).await.answers(200);
    assert_eq!(why_suspended(portal, team).await, None);
    assert!(portal.emulator.violations().is_empty());
    portal.record_is_whole().await;
}

#[tokio::test]
async fn an_owner_finds_what_a_colleague_deleted_and_nobody_else_does() {
    let (portal, grace) = grace().await;
    let (mary, alan) = (portal.sign_in("Mary Jackson").await, portal.sign_in("Alan Turing").await);
    let deleted = deletes(&portal, &grace).await;

    let of_mary = mary.visit(BIN).await;
    let of_alan = alan.visit(BIN).await;
    let mut form = deleted.form("Restore");
    form.fields = of_alan.form("Sign out").fields;
    let stolen = alan.send_form(&of_alan, form).await;
    let back = mary.submit(&of_mary, "Restore", &[]).await;

    of_alan.shows("No group of yours can be restored");
    stolen.answers(404);
    assert!(back.flash().starts_with("Compiler Team is back."), "{}", back.text());
}

#[tokio::test]
async fn what_was_deleted_outside_can_be_restored_by_who_owned_it() {
    let (portal, grace) = grace().await;
    let team = portal.emulator.group_named(TEAM);
    portal.emulator.bin_group(team);
    catch_up(&portal);
    // Her next page reads that she does not own it any more, before the copy learns that it is gone.
    portal.advance(SignedDuration::from_secs(61));
    grace.visit("/owned").await.answers(200);
    grace.visit("/owned").await.hides("Compiler Team");
    portal.refresh().await;

    let list = grace.visit(BIN).await;
    let back = grace.submit(&list, "Restore", &[]).await;

    assert!(back.flash().starts_with("Compiler Team is back."), "{}", back.text());
}

#[tokio::test]
async fn after_thirty_days_it_is_gone_for_good() {
    let (portal, grace) = grace().await;
    let team = portal.emulator.group_named(TEAM);
    let form = deletes(&portal, &grace).await.form("Restore");
    portal.advance(SignedDuration::from_hours(30 * 24 + 1));
    let grace = portal.sign_in("Grace Hopper").await;

    let list = grace.visit(BIN).await;
    let late = grace.send_form(&list, form).await;
    DueWork::default().round(&portal.app, std::time::Duration::ZERO).await;

    list.shows("No group of yours can be restored");
    assert!([404, 410].contains(&late.status.as_u16()), "{}", late.text());
    assert!(portal.emulator.group(&team.to_string()).is_none());
}

#[tokio::test]
async fn restored_twice_it_counts_once() {
    let (portal, grace) = grace().await;
    let list = deletes(&portal, &grace).await;

    grace.submit(&list, "Restore", &[]).await.answers(200);
    let second = grace.submit(&list, "Restore", &[]).await;

    second.answers(200);
    assert_eq!(second.heading(), TEAM);
    assert_eq!(count(&portal, "group.restore_decided").await, 1);
    assert_eq!(count(&portal, "group.restored").await, 1);
}

#[tokio::test]
async fn a_restoration_whose_answer_is_lost_is_settled_by_the_next_look() {
    let portal = Portal::impatient().await;
    let grace = portal.sign_in("Grace Hopper").await;
    let team = portal.emulator.group_named(TEAM);
    let list = deletes(&portal, &grace).await;
    portal.emulator.fault(Fault::on("POST", "/restore").times(2).answer(Action::Status(503, None)));
    let unclear = grace.submit(&list, "Restore", &[]).await;
    portal.emulator.restore_group(team);
    catch_up(&portal);

    let look = grace.visit(BIN).await;

    assert!(unclear.flash().starts_with("The directory did not confirm that Compiler Team is back."));
    look.hides("gone for good");
    assert_eq!(count(&portal, "group.restored").await, 1);
    assert_eq!(why_suspended(&portal, team).await, Some(SuspendReason::Restored));
    grace.visit(&owned(&portal, TEAM, "")).await.answers(200);
    portal.record_is_whole().await;
}

#[tokio::test]
async fn a_refusal_of_the_directory_is_said_and_tried_again() {
    let (portal, grace) = grace().await;
    let list = deletes(&portal, &grace).await;
    portal.emulator.fault(Fault::on("POST", "/restore").answer(Action::Status(403, None)));

    let refused = grace.submit(&list, "Restore", &[]).await;
    let back = grace.submit(&refused, "Restore", &[]).await;

    assert!(refused.flash().starts_with("The directory did not let you restore Compiler Team."), "{}", refused.text());
    assert!(back.flash().starts_with("Compiler Team is back."), "{}", back.text());
}

#[tokio::test]
async fn a_bin_that_cannot_be_read_is_said() {
    let (portal, grace) = grace().await;
    deletes(&portal, &grace).await;
    portal.emulator.fault(Fault::on("GET", "/directory/deletedItems").answer(Action::Status(403, None)));

    let list = grace.visit(BIN).await;

    list.shows("The directory did not show its recycle bin");
    list.shows("Compiler Team");
}

#[tokio::test]
async fn a_group_that_expires_says_so_and_is_renewed() {
    let portal = Portal::start().await;
    let katherine = portal.sign_in("Katherine Johnson").await;
    let group = "Flight Dynamics";
    let id = portal.emulator.group_named(group);
    portal.emulator.set_lifecycle_policy(Some(LifecyclePolicy::for_all(180)));
    portal.emulator.change_group(id, |group| group.renewed = None);
    portal.refresh().await;

    let list = katherine.visit("/owned").await;
    let page = katherine.visit(&owned(&portal, group, "")).await;
    let after = katherine.submit(&page, "Renew", &[]).await;
    let again = katherine.submit(&page, "Renew", &[]).await;

    list.shows("The group expired");
    page.shows("Renew it to keep it.");
    assert_eq!(after.flash(), "Flight Dynamics is renewed.");
    after.shows("The group expires");
    after.hides("Renew it to keep it.");
    again.answers(200);
    assert_eq!(count(&portal, "group.renewed").await, 1);
    katherine.visit("/owned").await.hides("The group expired");
    katherine.visit(&owned(&portal, group, "/history")).await.shows("Katherine Johnson renewed the group");
}

#[tokio::test]
async fn what_does_not_expire_is_not_renewed() {
    let (portal, grace) = grace().await;
    let page = grace.visit(&owned(&portal, TEAM, "")).await;
    let mark = page.form("Sign out").fields.iter().find(|(name, _)| name == "for").map(|(_, mark)| mark.clone());
    let body = format!("for={}", mark.unwrap_or_default());
    let headers = [("origin", portal.address.as_str()), ("content-type", "application/x-www-form-urlencoded")];

    let refused = grace.post_raw(&owned(&portal, TEAM, "/renew"), &headers, &body).await;

    page.hides("Expiration");
    refused.answers(409);
    refused.shows("The group does not expire, so there is nothing to renew.");
}
