//! A listing that is not the whole truth ends no request.

use roster::domain::{designation::SuspendReason, ids::GroupId};
use roster_emulator::{Action, Fault};

use super::LISTING;
use crate::support::{
    database::each_database,
    portal::{Portal, Setup},
    steps::Asked,
};

const SUSPENDED: &str = "SELECT CAST(COUNT(*) AS TEXT) FROM designation WHERE suspended_why IS NOT NULL";
const GONE: &str = "SELECT CAST(COUNT(*) AS TEXT) FROM directory_group WHERE gone";
const GONE_THOUGH_DESIGNATED: &str = "SELECT CAST(COUNT(*) AS TEXT) FROM designation d
    JOIN directory_group g ON g.id = d.group_id WHERE g.gone";

fn one_group(asked: &Asked) -> String {
    format!("/groups/{}?", asked.portal.emulator.group_named("Compiler Team"))
}

#[tokio::test]
async fn half_a_listing_suspends_nothing_that_a_read_of_its_own_still_finds() {
    each_database(async |database| {
        let setup = Setup { database: Some(database), ..Setup::default() };
        let asked = Asked::on(setup.start().await).await;
        let emulator = &asked.portal.emulator;
        emulator.fault(Fault::on("GET", LISTING).answer(Action::HalfList));
        emulator.forget_calls();

        asked.portal.refresh().await;

        let is_alone = |path: &str| path.starts_with("/groups/") && !path.contains("/owners");
        assert!(emulator.calls().iter().any(|call| is_alone(&call.path)), "no group that takes part was left out");
        assert!(asked.portal.count(GONE).await > 0);
        assert_eq!(asked.portal.count(GONE_THOUGH_DESIGNATED).await, 0);
        assert_eq!(asked.portal.count(SUSPENDED).await, 0);
        assert_eq!(asked.seen_by_alan().await.tags(), ["Waiting for an owner"]);
    })
    .await;
}

#[tokio::test]
async fn a_group_that_cannot_be_asked_for_while_the_directory_is_away_keeps_its_requests() {
    let asked = Asked::on(Portal::impatient().await).await;
    asked.portal.emulator.delete_group(asked.portal.emulator.group_named("Compiler Team"));
    asked.portal.emulator.fault(Fault::on("GET", "/groups/").times(4).answer(Action::Status(503, None)));

    asked.portal.try_to_refresh().await.unwrap_err();
    let away = asked.seen_by_alan().await.tags();
    asked.portal.emulator.clear_faults();
    asked.portal.refresh().await;

    assert_eq!(away, ["Waiting for an owner"]);
    assert_eq!(asked.seen_by_alan().await.tags(), ["Closed"]);
    assert_eq!(asked.portal.count(SUSPENDED).await, 1);
}

#[tokio::test]
async fn a_group_that_may_not_be_read_stays_as_it_was() {
    let asked = Asked::start().await;
    let group = asked.portal.emulator.group_named("Compiler Team");
    let path = one_group(&asked);
    asked.portal.emulator.change_group(group, |group| group.on_premises_sync_enabled = Some(true));
    asked.portal.emulator.fault(Fault::on("GET", &path).times(9).answer(Action::ConsentMissing));

    asked.portal.refresh().await;

    assert_eq!(asked.seen_by_alan().await.tags(), ["Waiting for an owner"]);
    let copied = asked.portal.app.store.directory().group(GroupId(group)).await.unwrap().unwrap();
    assert!(!copied.gone && copied.group.facts.on_premises_sync != Some(true) && !copied.owners.is_empty());
}

#[tokio::test]
async fn what_a_stop_left_of_a_suspended_group_ends_with_the_next_reading() {
    let asked = Asked::start().await;
    let (app, now) = (&asked.portal.app, asked.portal.clock.now());
    let group = asked.portal.emulator.group_named("Compiler Team");
    asked.portal.pause("Compiler Team").await;
    let paused = app.store.designations().find(GroupId(group)).await.unwrap().unwrap().suspended;
    asked.portal.emulator.delete_group(group);

    asked.portal.refresh().await;

    assert!(paused.is_some_and(|(at, why)| at >= now && why == SuspendReason::Administrator));
    assert_eq!(asked.seen_by_alan().await.tags(), ["Closed"]);
}
