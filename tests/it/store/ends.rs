//! When memberships end: kept once they are there, owed once, and over with the membership.

use jiff::{SignedDuration, Timestamp};
use roster::{
    domain::{
        event::EventKind,
        operation::{DirectoryRefusal, Kind, Operation, State, Step},
    },
    store::{EndChange, Store},
};

use super::{DAY, HOUR, ada, add, alan, compilers, each_database, event, grace, leave, noon, request};

/// Keeps that Alan belongs to the compilers until a day later.
async fn given(store: &Store) {
    let add = Operation { request: None, until: Some(noon() + DAY), ..add(&request(compilers(), alan()), &grace()) };
    assert!(store.operations().owe_add(&add, 1, &event(EventKind::AddDecided)).await.unwrap());
    let added = event(EventKind::MembershipAdded);
    assert!(store.operations().settle(&add, Step::Apply, None, None, noon(), &added).await.unwrap().is_yes());
}

async fn owed(store: &Store) -> Vec<Operation> {
    store.operations().unfinished_for(compilers(), alan().id).await.unwrap()
}

#[tokio::test]
async fn a_membership_is_owed_as_a_removal_when_its_end_has_come_and_not_before() {
    each_database(async |database| {
        let ends = database.store.membership_ends();
        given(&database.store).await;

        let before = ends.owe_due(noon() + DAY - HOUR, 50).await.unwrap();
        let due = ends.owe_due(noon() + DAY, 50).await.unwrap();
        let again = ends.owe_due(noon() + DAY + HOUR, 50).await.unwrap();

        assert_eq!((before, due, again), (0, 1, 0));
        let owed = owed(&database.store).await;
        assert_eq!((owed[0].kind, owed[0].state, owed[0].attempt), (Kind::Remove, State::Unknown, 0));
        assert_eq!((&owed[0].decided_by, owed[0].until), (&grace(), Some(noon() + DAY)));
        assert!(owed[0].is_at_its_end() && owed[0].can_begin(noon() + DAY));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_replicas_one_owes_it() {
    each_database(async |database| {
        given(&database.store).await;
        let tasks: Vec<_> = (0..10)
            .map(|_| {
                let store = database.store.clone();
                tokio::spawn(async move { store.membership_ends().owe_due(noon() + DAY, 50).await.unwrap() })
            })
            .collect();
        let mut owes = 0;
        for task in tasks {
            owes += task.await.unwrap();
        }

        assert_eq!((owes, owed(&database.store).await.len()), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn nothing_is_owed_for_whom_something_else_is_under_way_or_who_is_gone() {
    each_database(async |database| {
        let (ends, operations) = (database.store.membership_ends(), database.store.operations());
        given(&database.store).await;
        let wish = Operation { created_at: noon() + HOUR, ..leave(compilers(), &alan()) };
        assert!(operations.owe_removal(&wish, &event(EventKind::LeaveWished)).await.unwrap());

        let meanwhile = ends.owe_due(noon() + 2 * DAY, 50).await.unwrap();
        let gone = event(EventKind::MembershipRemoved);
        assert!(operations.settle(&wish, Step::Apply, None, None, noon() + DAY, &gone).await.unwrap().is_yes());
        let after = ends.owe_due(noon() + 2 * DAY, 50).await.unwrap();

        assert_eq!((meanwhile, after), (0, 0));
    })
    .await;
}

#[tokio::test]
async fn what_the_directory_refused_is_owed_anew_a_day_later() {
    each_database(async |database| {
        let (ends, operations) = (database.store.membership_ends(), database.store.operations());
        given(&database.store).await;
        let end = noon() + DAY;
        assert_eq!(ends.owe_due(end, 50).await.unwrap(), 1);
        let first = owed(&database.store).await.remove(0);
        let begun = event(EventKind::OperationBegun);
        let held = operations.begin(first.id, first.version, &ada(), end, &begun).await.unwrap().unwrap();
        let (no, refused) = (Some(DirectoryRefusal::NotAllowed), event(EventKind::OperationRefused));
        assert!(operations.settle(&held, Step::Refuse, no, Some(end), end, &refused).await.unwrap().is_yes());

        let soon = ends.owe_due(end + HOUR, 50).await.unwrap();
        let later = ends.owe_due(end + DAY + HOUR, 50).await.unwrap();

        assert_eq!((soon, later), (0, 1));
    })
    .await;
}

#[tokio::test]
async fn a_group_that_cannot_be_managed_keeps_its_members_and_a_paused_one_does_not() {
    each_database(async |database| {
        given(&database.store).await;
        let suspend =
            "UPDATE designation SET suspended_at = 0, suspended_why = '{\"why\":\"unfit\",\"what\":\"dynamic\"}'";
        database.tamper(suspend).await.unwrap();
        let unfit = database.store.membership_ends().owe_due(noon() + DAY, 50).await.unwrap();
        database.tamper("UPDATE designation SET suspended_why = '{\"why\":\"administrator\"}'").await.unwrap();
        let paused = database.store.membership_ends().owe_due(noon() + DAY, 50).await.unwrap();

        assert_eq!((unfit, paused), (0, 1));
    })
    .await;
}

#[tokio::test]
async fn what_was_owed_too_early_is_taken_back_unless_somebody_has_begun() {
    each_database(async |database| {
        let (ends, operations) = (database.store.membership_ends(), database.store.operations());
        given(&database.store).await;
        assert_eq!(ends.owe_due(noon() + 2 * DAY, 50).await.unwrap(), 1);

        let in_time = ends.give_up_early(noon() + DAY).await.unwrap();
        let early = ends.give_up_early(noon() + HOUR).await.unwrap();
        assert_eq!((in_time, early, owed(&database.store).await.len()), (0, 1, 0));

        assert_eq!(ends.owe_due(noon() + 2 * DAY, 50).await.unwrap(), 1);
        let next = owed(&database.store).await.remove(0);
        let begun = event(EventKind::OperationBegun);
        operations.begin(next.id, next.version, &ada(), noon() + 2 * DAY, &begun).await.unwrap().unwrap();
        assert_eq!(ends.give_up_early(noon() + HOUR).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn an_end_is_changed_by_who_knows_it_and_a_removal_that_was_begun_stands_in_the_way() {
    each_database(async |database| {
        let (ends, operations) = (database.store.membership_ends(), database.store.operations());
        given(&database.store).await;
        let change = async |version, until: Option<Timestamp>, now| {
            let event = event(EventKind::EndChanged);
            let (person, by) = (alan(), ada());
            let change = EndChange {
                group: (compilers(), "Compiler Team"),
                person: &person,
                at: until,
                by: &by,
                why: "She stays.",
                version,
                now,
                event: &event,
            };
            ends.change(&change).await.unwrap().is_yes()
        };

        let unknown = change(0, Some(noon() + 9 * DAY), noon()).await;
        let stale = change(7, Some(noon() + 9 * DAY), noon()).await;
        let changed = change(1, Some(noon() + 2 * DAY), noon()).await;
        assert_eq!((unknown, stale, changed), (false, false, true));
        let end = ends.find(compilers(), alan().id).await.unwrap().unwrap();
        assert_eq!((end.at, end.by, end.version), (Some(noon() + 2 * DAY), ada(), 2));

        let due = noon() + 2 * DAY;
        assert_eq!(ends.owe_due(due, 50).await.unwrap(), 1);
        let version = ends.find(compilers(), alan().id).await.unwrap().unwrap().version;
        let removal = owed(&database.store).await.remove(0);
        let begun = event(EventKind::OperationBegun);
        operations.begin(removal.id, removal.version, &ada(), due, &begun).await.unwrap().unwrap();
        let meanwhile = change(version, None, due).await;
        assert!(!meanwhile, "a removal that is being carried out is not taken back");
        assert_eq!(ends.find(compilers(), alan().id).await.unwrap().unwrap().version, version);
    })
    .await;
}

#[tokio::test]
async fn an_end_is_set_where_none_was_and_its_version_only_grows() {
    each_database(async |database| {
        let ends = database.store.membership_ends();
        let (person, by) = (alan(), ada());
        let (set, taken, again) =
            (event(EventKind::EndChanged), event(EventKind::EndChanged), event(EventKind::EndChanged));
        let change = |version, at, event| EndChange {
            group: (compilers(), "Compiler Team"),
            person: &person,
            at,
            by: &by,
            why: "",
            version,
            now: noon(),
            event,
        };

        assert!(ends.change(&change(0, Some(noon() + DAY), &set)).await.unwrap().is_yes());
        assert!(ends.change(&change(1, None, &taken)).await.unwrap().is_yes());
        assert!(!ends.change(&change(0, Some(noon()), &again)).await.unwrap().is_yes());
        assert!(ends.change(&change(2, Some(noon() + DAY), &again)).await.unwrap().is_yes());
        assert_eq!(ends.find(compilers(), alan().id).await.unwrap().unwrap().version, 3);
    })
    .await;
}

#[tokio::test]
async fn a_removal_whose_answer_was_lost_is_not_taken_back_while_it_may_still_land_and_rests_before_the_next_try() {
    each_database(async |database| {
        let (ends, operations) = (database.store.membership_ends(), database.store.operations());
        given(&database.store).await;
        let due = noon() + DAY;
        assert_eq!(ends.owe_due(due, 50).await.unwrap(), 1);
        let found = ends.for_service(due, 50).await.unwrap().remove(0);
        let held = ends.begin(&found, due, &event(EventKind::OperationBegun)).await.unwrap().unwrap();
        let again = ends.begin(&found, due, &event(EventKind::OperationBegun)).await.unwrap();
        let unknown = event(EventKind::OperationUnknown);
        assert!(operations.settle(&held, Step::LoseTrack, None, None, due, &unknown).await.unwrap().is_yes());

        let version = ends.find(compilers(), alan().id).await.unwrap().unwrap().version;
        let change = async |now| {
            let (person, by, event) = (alan(), ada(), event(EventKind::EndChanged));
            let group = (compilers(), "Compiler Team");
            let at = Some(due + DAY);
            let change = EndChange { group, person: &person, at, by: &by, why: "", version, now, event: &event };
            ends.change(&change).await.unwrap().is_yes()
        };
        let [soon, next_try, settled] = [119, 420, 120].map(|seconds| due + SignedDuration::from_secs(seconds));

        assert_eq!((again, held.attempt, held.carried_out_by.clone()), (None, 1, None));
        assert!(ends.for_service(soon, 50).await.unwrap().is_empty());
        assert_eq!(ends.for_service(next_try, 50).await.unwrap().len(), 1);
        assert!(!change(soon).await);
        assert!(change(settled).await);
        assert!(owed(&database.store).await.is_empty());
    })
    .await;
}
