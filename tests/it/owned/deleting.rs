//! Deleting a group: what hangs on it, its name typed, lost answers, and what follows.

use roster::domain::{
    designation::SuspendReason,
    ids::GroupId,
    request::{EndReason, State},
    terms::Terms,
};
use roster_emulator::{Action, Fault};

use crate::{
    owned::{grace, owned},
    support::{emulator, page::Page, person::Person, portal::Portal, steps::Asked},
};

pub(super) const TEAM: &str = "Compiler Team";
pub(super) const OUTSIDE: &str = "SELECT CAST(COUNT(*) AS TEXT) FROM event WHERE kind LIKE '%_outside'";
const WRITES: &str = "SELECT CAST(COUNT(*) AS TEXT) FROM group_write";

pub(super) fn catch_up(portal: &Portal) {
    portal.advance(jiff::SignedDuration::try_from(emulator::read_lag()).unwrap());
}

pub(super) async fn deletes(portal: &Portal, owner: &Person, typed: &str) -> Page {
    emulator::rest(&portal.emulator);
    let form = owner.visit(&owned(portal, TEAM, "/delete")).await;
    owner.submit(&form, "Delete group", &[("name", typed)]).await
}

pub(super) fn is_there(portal: &Portal) -> bool {
    portal.emulator.group(TEAM).is_some()
}

pub(super) async fn count(portal: &Portal, kind: &str) -> usize {
    let events = portal.app.store.events().latest(1000).await.unwrap();
    let code = |event: &roster::domain::event::Event| serde_json::to_value(event.kind).unwrap();
    events.iter().filter(|event| code(event) == kind).count()
}

#[tokio::test]
async fn an_owner_sees_what_hangs_on_a_group_and_deletes_it() {
    let asked = Asked::start().await;
    let (portal, grace) = (&asked.portal, &asked.grace);
    let team = portal.emulator.group_named(TEAM);

    let details = grace.visit(&owned(portal, TEAM, "/details")).await;
    let form = grace.follow(&details, "Delete group").await;
    let after = grace.submit(&form, "Delete group", &[("name", " Compiler Team ")]).await;
    catch_up(portal);
    portal.refresh().await;

    assert_eq!(form.heading(), "Delete Compiler Team?");
    form.shows("direct members, who lose what it gives");
    form.shows("One, which is closed with the reason");
    form.shows("For 30 days it can be restored");
    assert_eq!(after.flash(), "Compiler Team is deleted. It can be restored for 30 days.");
    assert!(!is_there(portal));
    let request = portal.app.store.requests().find(asked.request.parse().unwrap()).await.unwrap().unwrap();
    assert_eq!((request.state, request.end_reason), (State::Ended, Some(EndReason::GroupDeleted)));
    asked.seen_by_alan().await.shows("An owner deleted the group, so the request was closed.");
    let designation = portal.app.store.designations().find(GroupId(team)).await.unwrap().unwrap();
    assert_eq!(designation.suspended.map(|(_, why)| why), Some(SuspendReason::Gone));
    assert_eq!(portal.count(OUTSIDE).await, 0, "what Roster did is not told as done outside");
    grace.visit(&format!("/owned/{team}")).await.answers(404);
    assert!(portal.emulator.violations().is_empty());
    portal.record_is_whole().await;
}

#[tokio::test]
async fn what_the_sign_in_may_not_read_is_said_as_not_read() {
    let (portal, grace) = grace().await;

    let form = grace.visit(&owned(&portal, TEAM, "/delete")).await;

    form.shows("Not read, because your sign-in may not read them. There may be some.");
}

#[tokio::test]
async fn another_name_deletes_nothing_and_is_kept() {
    let (portal, grace) = grace().await;

    for typed in ["", "compiler team", "Compiler"] {
        let page = deletes(&portal, &grace, typed).await;

        page.answers(422);
        assert_eq!(page.errors().len(), 1, "{typed}");
        assert_eq!(page.field("name").as_deref(), Some(typed));
    }

    assert!(is_there(&portal));
    assert_eq!(portal.count(WRITES).await, 0);
}

#[tokio::test]
async fn the_name_is_compared_as_the_directory_has_it_now() {
    let (portal, grace) = grace().await;
    let team = portal.emulator.group_named(TEAM);
    let form = grace.visit(&owned(&portal, TEAM, "/delete")).await;
    portal.emulator.change_group(team, |group| "Compilers".clone_into(&mut group.display_name));
    catch_up(&portal);

    let old = grace.submit(&form, "Delete group", &[("name", TEAM)]).await;
    let new = grace.submit(&old, "Delete group", &[("name", "Compilers")]).await;

    old.answers(422);
    assert_eq!(old.errors(), ["What you typed is not the name of the group. It is: Compilers"]);
    assert!(new.flash().starts_with("Compilers is deleted."), "{}", new.text());
}

#[tokio::test]
async fn sent_twice_it_counts_once() {
    let (portal, grace) = grace().await;
    let form = grace.visit(&owned(&portal, TEAM, "/delete")).await;

    let first = grace.submit(&form, "Delete group", &[("name", TEAM)]).await;
    let second = grace.submit(&form, "Delete group", &[("name", TEAM)]).await;

    assert!(first.flash().starts_with("Compiler Team is deleted."), "{}", first.text());
    second.answers(200);
    assert_eq!(second.path(), "/owned/deleted");
    assert_eq!(count(&portal, "group.deletion_decided").await, 1);
    assert_eq!(count(&portal, "group.deleted").await, 1);
}

#[tokio::test]
async fn a_refusal_of_the_directory_is_said_and_nothing_is_lost() {
    let (portal, grace) = grace().await;
    portal.emulator.fault(Fault::on("DELETE", "/groups/").answer(Action::Status(403, None)));

    let after = deletes(&portal, &grace, TEAM).await;

    assert!(after.flash().starts_with("The directory did not let you delete Compiler Team."), "{}", after.text());
    assert!(is_there(&portal));
    assert_eq!(count(&portal, "group.write_refused").await, 1);
    grace.visit(&owned(&portal, TEAM, "/history")).await.shows("The directory did not delete the group");
}

#[tokio::test]
async fn what_a_live_read_finds_gone_is_recorded_as_gone() {
    let asked = Asked::start().await;
    let (portal, grace) = (&asked.portal, &asked.grace);
    let form = grace.visit(&owned(portal, TEAM, "/delete")).await;
    let team = portal.emulator.group_named(TEAM);
    portal.emulator.delete_group(team);
    catch_up(portal);

    let late = grace.submit(&form, "Delete group", &[("name", TEAM)]).await;

    late.answers(410);
    assert_eq!(count(portal, "group.deleted_outside").await, 1);
    let request = portal.app.store.requests().find(asked.request.parse().unwrap()).await.unwrap().unwrap();
    assert_eq!(request.end_reason, Some(EndReason::GroupGone));
}

#[tokio::test]
async fn somebody_who_ceased_to_own_the_group_deletes_nothing() {
    let (portal, grace) = grace().await;
    let form = grace.visit(&owned(&portal, TEAM, "/delete")).await;
    portal.emulator.remove_owner(portal.emulator.group_named(TEAM), portal.emulator.person_named("Grace Hopper"));
    catch_up(&portal);

    let refused = grace.submit(&form, "Delete group", &[("name", TEAM)]).await;

    assert!([403, 404].contains(&refused.status.as_u16()), "{}", refused.text());
    assert!(is_there(&portal));
}

#[tokio::test]
async fn what_the_terms_lock_is_said_where_the_button_would_be() {
    let (portal, grace) = grace().await;
    let form = grace.visit(&owned(&portal, TEAM, "/delete")).await;
    let id = GroupId(portal.emulator.group_named(TEAM));
    let known = portal.app.store.designations().find(id).await.unwrap().unwrap();
    let terms = Terms { owners_delete: false, ..known.terms };
    let copied = portal.app.store.directory().group(id).await.unwrap().unwrap();
    let (admin, now) = (portal.admin(), portal.clock.now());
    let version = Some(known.version);
    let store = &portal.app.store;
    roster::features::designations::designate::record(store, &copied.group, &terms, &admin, version, now)
        .await
        .unwrap();

    let refused = grace.submit(&form, "Delete group", &[("name", TEAM)]).await;
    let details = grace.visit(&owned(&portal, TEAM, "/details")).await;

    refused.answers(403);
    assert!(details.link("Delete group").is_none());
    details.shows("Ada Lovelace set the terms of this group so that only administrators of Roster change this.");
    assert!(is_there(&portal));
}
