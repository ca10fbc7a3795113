//! The copy follows the directory by its changes, and by them alone while that can be done.

use jiff::SignedDuration;
use roster::{
    domain::{directory_copy::Outcome, event::EventKind, ids::GroupId, terms::Terms},
    features::mirror::Refreshing,
};
use roster_emulator::{Action, Fault, Group};
use uuid::Uuid;

use super::{CHANGES, LISTING};
use crate::support::{
    database::each_database,
    portal::{Portal, Setup},
    steps::Asked,
};

const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);
const GONE: &str = "SELECT CAST(COUNT(*) AS TEXT) FROM directory_group WHERE gone";

/// A portal whose directory tells changes in as awkward a way as it may: small pages, slices, empty and repeated ones.
async fn awkward(setup: Setup) -> Portal {
    let portal = setup.start().await;
    portal.emulator.set_behaviour(|behaviour| {
        behaviour.delta_page = Some(2);
        behaviour.delta_slice = Some(1);
        behaviour.delta_starts_empty = true;
        behaviour.delta_repeats = true;
    });
    portal
}

impl Portal {
    fn was_listed(&self) -> bool {
        self.emulator.calls().iter().any(|call| call.path.starts_with(LISTING))
    }

    async fn copied_name(&self, group: Uuid) -> Option<String> {
        let copied = self.app.store.directory().group(GroupId(group)).await.unwrap()?;
        (!copied.gone).then_some(copied.group.name)
    }

    async fn copied_owners(&self, group: Uuid) -> Vec<String> {
        let copied = self.app.store.directory().group(GroupId(group)).await.unwrap().unwrap();
        copied.owners.into_iter().map(|owner| owner.name).collect()
    }
}

#[tokio::test]
async fn every_kind_of_change_is_followed_without_listing_everything() {
    each_database(async |database| {
        let portal = awkward(Setup { database: Some(database), ..Setup::default() }).await;
        let emulator = &portal.emulator;
        let (foundry, circle) = (emulator.group_named("Type Foundry"), emulator.group_named("Reading Circle"));
        let (team, new) = (emulator.group_named("Compiler Team"), Uuid::from_u128(0x00e3));
        emulator.change_group(foundry, |group| group.display_name = "Typefaces".to_owned());
        emulator.add_owner(team, emulator.person_named("Alan Turing"));
        emulator.remove_owner(team, emulator.person_named("Grace Hopper"));
        emulator.add_group(Group::security(new, "Garden Team").owned_by(&[emulator.person_named("Ada Lovelace")]));
        emulator.bin_group(circle);
        emulator.forget_calls();

        let became = portal.follow().await;
        let again = portal.follow().await;

        let Refreshing::Done(refreshed) = became else { panic!("{became:?}") };
        assert_eq!((refreshed.changed, refreshed.gone), (3, 1));
        assert!(matches!(again, Refreshing::Done(again) if !again.is_news()), "{again:?}");
        assert!(!portal.was_listed());
        assert_eq!(portal.copied_name(foundry).await.as_deref(), Some("Typefaces"));
        assert_eq!(portal.copied_name(circle).await, None);
        assert_eq!(portal.copied_owners(new).await, ["Ada Lovelace"]);
        let owners = portal.copied_owners(team).await;
        assert!(
            owners.contains(&"Alan Turing".to_owned()) && !owners.contains(&"Grace Hopper".to_owned()),
            "{owners:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_group_that_comes_back_is_there_again_with_its_owners() {
    let portal = awkward(Setup::default()).await;
    let circle = portal.emulator.group("Reading Circle").unwrap();
    let owners = portal.copied_owners(circle.id).await;
    portal.emulator.bin_group(circle.id);
    portal.follow().await;
    let gone = portal.copied_name(circle.id).await;

    portal.emulator.add_group(circle.clone());
    portal.follow().await;

    assert_eq!(gone, None);
    assert_eq!(portal.copied_name(circle.id).await.as_deref(), Some("Reading Circle"));
    assert_eq!(portal.copied_owners(circle.id).await, owners);
}

#[tokio::test]
async fn when_the_directory_forgot_what_changed_everything_is_read_and_the_old_copy_serves_meanwhile() {
    for is_reset in [true, false] {
        let portal = Portal::start().await;
        let foundry = portal.emulator.group_named("Type Foundry");
        portal.emulator.change_group(foundry, |group| group.display_name = "Typefaces".to_owned());
        if is_reset {
            portal.emulator.reset_delta();
        } else {
            // Only the directory's clock: here the link looks good, and there it is too old.
            portal.emulator.advance_clock(WEEK.as_secs() + 60);
        }
        portal.emulator.fault(Fault::on("GET", LISTING).times(9).answer(Action::Status(503, None)));
        let failed = portal.try_to_follow().await;
        let meanwhile = portal.copied_name(foundry).await;
        portal.emulator.clear_faults();

        portal.follow().await;
        portal.emulator.forget_calls();
        portal.follow().await;

        assert!(failed.is_err());
        assert_eq!(meanwhile.as_deref(), Some("Type Foundry"));
        assert_eq!(portal.copied_name(foundry).await.as_deref(), Some("Typefaces"));
        assert!(!portal.was_listed(), "the new link is followed");
    }
}

#[tokio::test]
async fn a_link_that_is_refused_does_not_keep_the_copy_from_being_read_for_a_week() {
    for status in [400, 404, 409] {
        let portal = Portal::start().await;
        portal.designate("Type Foundry", &Terms::default()).await;
        portal.follow().await;
        let (foundry, alan) =
            (portal.emulator.group_named("Type Foundry"), portal.emulator.person_named("Alan Turing"));
        portal.emulator.change_group(foundry, |group| group.display_name = "Typefaces".to_owned());
        portal.emulator.add_member(foundry, alan);
        // The link to the changes of all groups, and the one to those of its members.
        portal.emulator.fault(Fault::on("GET", CHANGES).times(2).answer(Action::Status(status, None)));

        portal.follow().await;

        let events = portal.app.store.events().of_group(GroupId(foundry), 100).await.unwrap();
        assert_eq!(portal.copied_name(foundry).await.as_deref(), Some("Typefaces"), "{status}");
        assert!(events.iter().any(|event| event.kind == EventKind::MembershipAddedOutside), "{status}");
    }
}

#[tokio::test]
async fn a_link_that_is_a_week_old_is_not_even_tried() {
    let portal = Portal::start().await;
    portal.advance(WEEK);
    portal.emulator.forget_calls();

    portal.follow().await;

    let tried = |call: &roster_emulator::Call| call.path.starts_with(CHANGES) && call.path.len() > CHANGES.len() + 10;
    assert!(portal.was_listed());
    assert!(!portal.emulator.calls().iter().any(tried), "{:?}", portal.emulator.calls());
}

#[tokio::test]
async fn a_round_that_breaks_off_changes_nothing_and_is_told_again() {
    let portal = awkward(Setup::default()).await;
    for name in ["Type Foundry", "Reading Circle", "Compiler Team", "Data Platform"] {
        let group = portal.emulator.group_named(name);
        portal.emulator.change_group(group, |group| group.display_name = format!("{name} renamed"));
    }
    portal.emulator.fault(Fault::on("GET", "/groups/delta").nth(3).times(9).answer(Action::DropBefore));
    let changed = "SELECT CAST(COUNT(*) AS TEXT) FROM directory_group WHERE name LIKE '% renamed'";

    portal.try_to_follow().await.unwrap_err();
    let half = portal.count(changed).await;
    portal.emulator.clear_faults();
    portal.follow().await;

    assert_eq!((half, portal.count(changed).await), (0, 4));
}

#[tokio::test]
async fn changes_that_would_lose_too_much_wait_for_the_tick_of_an_administrator() {
    let portal = Portal::start().await;
    let all = portal.emulator.calls().len();
    let ids = "SELECT CAST(COUNT(*) AS TEXT) FROM directory_group WHERE NOT gone";
    let known = portal.count(ids).await;
    let names = portal.app.store.directory().known_groups().await.unwrap();
    for group in names.iter().take(usize::try_from(known / 3).unwrap()) {
        portal.emulator.bin_group(group.0);
    }

    let became = portal.follow().await;
    let after = (portal.count(GONE).await, portal.standing().await.last.map(|last| last.outcome));
    let again = portal.follow().await;
    portal.refresh().await;

    assert!(all > 0);
    assert!(matches!(became, Refreshing::Braked(loss) if loss.lost * 5 > loss.known), "{became:?}");
    assert!(matches!(after, (0, Some(Outcome::Braked(_)))), "{after:?}");
    assert!(matches!(again, Refreshing::Braked(_)), "the changes are told again: {again:?}");
    assert_eq!(portal.count(GONE).await, known / 3);
}

#[tokio::test]
async fn a_group_that_changes_say_is_gone_is_asked_for_before_its_requests_end() {
    let asked = Asked::start().await;
    let team = asked.portal.emulator.group("Compiler Team").unwrap();
    let path = format!("/groups/{}?", team.id);
    asked.portal.emulator.bin_group(team.id);
    asked.portal.emulator.fault(Fault::on("GET", &path).times(9).answer(Action::ConsentMissing));

    asked.portal.follow().await;
    let unconfirmed = asked.seen_by_alan().await.tags();
    asked.portal.emulator.clear_faults();
    asked.portal.follow().await;

    assert_eq!(unconfirmed, ["Waiting for an owner"]);
    assert_eq!(asked.seen_by_alan().await.tags(), ["Closed"]);
}
