//! What happens in the directory without Roster is told once, and what Roster did itself never.

use std::time::Duration;

use jiff::SignedDuration;
use roster::domain::{event::EventKind, ids::GroupId, terms::Terms};
use roster_emulator::{Action, Fault};

use crate::support::{
    database::each_database,
    portal::{Portal, Setup},
    steps::Asked,
};

const TEAM: &str = "Compiler Team";
const HIDING: &str = "Data Stewards";

impl Portal {
    /// Returns what is recorded of a group as made outside, oldest first.
    async fn outside(&self, group: &str) -> Vec<EventKind> {
        let group = GroupId(self.emulator.group_named(group));
        let events = self.app.store.events().of_group(group, 100).await.unwrap();
        let outside = |kind: &EventKind| {
            let name = serde_json::to_value(kind).unwrap();
            name.as_str().is_some_and(|name| name.ends_with("_outside") || name == "membership.unexpected")
        };
        events.iter().rev().map(|event| event.kind).filter(outside).collect()
    }
}

#[tokio::test]
async fn members_who_come_and_go_outside_are_told_once_each() {
    each_database(async |database| {
        let portal = Setup { database: Some(database), ..Setup::default() }.start().await;
        portal.follow().await;
        let (team, jean) = (portal.emulator.group_named(TEAM), portal.emulator.person_named("Jean Bartik"));
        let at_first = portal.outside(TEAM).await;

        portal.emulator.add_member(team, jean);
        portal.follow().await;
        portal.follow().await;
        portal.emulator.remove_member(team, jean);
        portal.follow().await;
        portal.emulator.reset_delta();
        portal.follow().await;

        assert_eq!(at_first, [], "who was there before is no news");
        let told = [EventKind::MembershipAddedOutside, EventKind::MembershipRemovedOutside];
        assert_eq!(portal.outside(TEAM).await, told);
        portal.record_is_whole().await;
    })
    .await;
}

#[tokio::test]
async fn a_change_from_before_a_reset_is_found_by_comparing() {
    let portal = Portal::start().await;
    portal.follow().await;
    let (team, jean) = (portal.emulator.group_named(TEAM), portal.emulator.person_named("Jean Bartik"));
    portal.emulator.add_member(team, jean);
    portal.emulator.remove_member(team, portal.emulator.person_named("Edsger Dijkstra"));
    portal.emulator.reset_delta();

    portal.follow().await;

    let mut told = portal.outside(TEAM).await;
    told.sort_by_key(|kind| format!("{kind:?}"));
    assert_eq!(told, [EventKind::MembershipAddedOutside, EventKind::MembershipRemovedOutside]);
}

#[tokio::test]
async fn the_administrators_page_says_who_was_added_and_when_it_was_seen() {
    let portal = Portal::start().await;
    portal.follow().await;
    let ada = portal.sign_in("Ada Lovelace").await;
    let path = format!("/admin{}", portal.group(TEAM));
    let before = ada.visit(&path).await;
    portal.emulator.add_member(portal.emulator.group_named(TEAM), portal.emulator.person_named("Jean Bartik"));

    portal.follow().await;

    before.hides("outside Roster");
    let page = ada.visit(&path).await;
    page.shows("Jean Bartik was added outside Roster");
    page.shows("Seen today, ");
}

#[tokio::test]
async fn what_roster_did_is_not_told_as_made_outside_however_late_the_directory_is() {
    each_database(async |database| {
        let asked = Asked::on(Setup { database: Some(database), ..Setup::default() }.start().await).await;
        let portal = &asked.portal;
        portal.follow().await;
        portal.emulator.set_read_lag(Duration::from_secs(5));

        asked.grace.approves(&asked.request).await.answers(200);
        portal.follow().await;
        portal.refresh().await;
        portal.emulator.reset_delta();
        portal.follow().await;
        let alan = &asked.alan;
        let form = alan.visit(&format!("/memberships/{}/leave", portal.emulator.group_named(TEAM))).await;
        alan.submit(&form, "Leave group", &[]).await.answers(200);
        portal.follow().await;
        portal.follow().await;

        assert_eq!(portal.outside(TEAM).await, []);
        portal.record_is_whole().await;
    })
    .await;
}

#[tokio::test]
async fn an_add_whose_answer_was_lost_is_settled_when_the_directory_shows_it() {
    let asked = Asked::on(Portal::impatient().await).await;
    let portal = &asked.portal;
    portal.follow().await;
    portal.emulator.fault(Fault::on("POST", "/members/$ref").answer(Action::StatusAfterApplying(504)));
    portal.emulator.fault(Fault::on("POST", "/members/$ref").times(9).answer(Action::Status(503, None)));
    asked.grace.approves(&asked.request).await.answers(200);
    portal.emulator.clear_faults();
    let lost = asked.seen_by_alan().await.tags();

    portal.follow().await;

    assert_eq!(lost, ["Approved, being added"]);
    assert_eq!(asked.seen_by_alan().await.tags(), ["Added"]);
    assert_eq!(portal.outside(TEAM).await, []);
    portal.record_is_whole().await;
}

#[tokio::test]
async fn an_add_whose_answer_was_lost_is_not_settled_by_what_changes_tell_alone() {
    let asked = Asked::on(Portal::impatient().await).await;
    let portal = &asked.portal;
    portal.follow().await;
    portal.emulator.fault(Fault::on("POST", "/members/$ref").times(9).answer(Action::Status(503, None)));
    asked.grace.approves(&asked.request).await.answers(200);
    portal.emulator.clear_faults();
    let team = portal.emulator.group_named(TEAM);
    portal.emulator.add_member(team, portal.emulator.person_named("Alan Turing"));
    let members = format!("/groups/{team}/members?$select=id&$top=999");
    portal.emulator.fault(Fault::on("GET", &members).times(9).answer(Action::ConsentMissing));

    portal.follow().await;
    let unread = asked.seen_by_alan().await.tags();
    portal.emulator.clear_faults();
    portal.follow().await;

    assert_eq!(unread, ["Approved, being added"]);
    assert_eq!(asked.seen_by_alan().await.tags(), ["Added"]);
}

#[tokio::test]
async fn somebody_who_left_and_is_a_member_again_is_unexpected() {
    let asked = Asked::start().await;
    let portal = &asked.portal;
    portal.follow().await;
    asked.grace.approves(&asked.request).await.answers(200);
    let (team, alan) = (portal.emulator.group_named(TEAM), portal.emulator.person_named("Alan Turing"));
    let form = asked.alan.visit(&format!("/memberships/{team}/leave")).await;
    asked.alan.submit(&form, "Leave group", &[]).await.answers(200);
    let inbox = asked.grace.visit("/approvals").await;
    let wish = asked.grace.follow(&inbox, "Alan Turing wishes to leave").await;
    asked.grace.submit(&wish, "Remove from group", &[]).await.answers(200);
    portal.follow().await;
    assert!(!portal.is_member(TEAM, "Alan Turing"));

    portal.emulator.add_member(team, alan);
    portal.follow().await;

    assert_eq!(portal.outside(TEAM).await, [EventKind::MembershipUnexpected]);
}

#[tokio::test]
async fn changes_of_a_group_that_takes_part_are_told_and_those_of_others_are_not() {
    use EventKind::{GroupDeleted, GroupDescribed, GroupRestored, OwnerAddedOutside};

    let portal = Portal::start().await;
    portal.follow().await;
    let emulator = &portal.emulator;
    for name in [TEAM, "Type Foundry"] {
        let group = emulator.group_named(name);
        emulator.change_group(group, |group| group.description = Some("Something else.".to_owned()));
        emulator.add_owner(group, emulator.person_named("Jean Bartik"));
    }
    portal.follow().await;
    portal.refresh().await;
    let team = emulator.group(TEAM).unwrap();
    emulator.bin_group(team.id);
    portal.follow().await;
    emulator.add_group(team);
    portal.follow().await;

    let told = portal.outside(TEAM).await;

    assert_eq!(told, [OwnerAddedOutside, GroupDescribed, GroupDeleted, GroupRestored]);
    assert_eq!(portal.outside("Type Foundry").await, []);
}

#[tokio::test]
async fn a_change_outside_shows_after_the_next_refresh_and_not_before() {
    let portal = Portal::start().await;
    portal.emulator.set_hand_lags(true);
    portal.emulator.set_read_lag(Duration::from_secs(5));
    let alan = portal.sign_in("Alan Turing").await;
    let team = portal.emulator.group_named(TEAM);
    portal.emulator.change_group(team, |group| group.display_name = "Compilers".to_owned());

    let before = alan.visit(&format!("/groups/{team}")).await;
    portal.advance(SignedDuration::from_secs(6));
    portal.follow().await;

    assert_eq!(before.heading(), TEAM);
    assert_eq!(alan.visit(&format!("/groups/{team}")).await.heading(), "Compilers");
}

#[tokio::test]
async fn a_group_that_hides_its_members_is_not_watched() {
    let portal = Portal::start().await;
    portal.designate(HIDING, &Terms::default()).await;
    let (hiding, jean) = (portal.emulator.group_named(HIDING), portal.emulator.person_named("Jean Bartik"));
    portal.follow().await;

    portal.emulator.add_member(hiding, jean);
    portal.follow().await;

    let watches = portal.app.store.directory().links().await.unwrap().members;
    let covered: Vec<GroupId> = watches.into_iter().flat_map(|kept| kept.watch.covers).collect();
    assert!(covered.contains(&GroupId(portal.emulator.group_named(TEAM))) && !covered.contains(&GroupId(hiding)));
    assert_eq!(portal.outside(HIDING).await, []);
}
