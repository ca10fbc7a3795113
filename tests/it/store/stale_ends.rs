//! What is owed for an end that holds no more: nobody is thrown out for it, and nobody is let in for a time that is over.

use jiff::Timestamp;
use roster::{
    domain::{
        event::EventKind,
        operation::{LEASE, Operation, State, Step},
    },
    store::{Deciding, Store},
};

use super::{DAY, HOUR, ada, add, alan, ask, compilers, each_database, event, evidence, grace, noon};

/// Keeps the approval of a request of Alan's for a membership until then, or without an end.
async fn approved(store: &Store, until: Option<Timestamp>) -> Operation {
    let request = ask(store, compilers(), alan()).await;
    let add = Operation { until, ..add(&request, &grace()) };
    let (evidence, event) = (evidence(), event(EventKind::DecisionApproved).request(request.id));
    let deciding = Deciding {
        request: &request,
        by: &grace(),
        message: "",
        evidence: &evidence,
        terms: 1,
        now: noon(),
        event: &event,
    };
    assert!(store.decisions().approve(&deciding, &add).await.unwrap().is_yes());
    add
}

async fn lands(store: &Store, add: &Operation, now: Timestamp) {
    let added = event(EventKind::MembershipAdded);
    assert!(store.operations().settle(add, Step::Apply, None, None, now, &added).await.unwrap().is_yes());
}

async fn end(store: &Store) -> Option<Timestamp> {
    store.membership_ends().find(compilers(), alan().id).await.unwrap().and_then(|end| end.at)
}

/// Alan's membership of a day is over, and his removal is owed.
async fn owed(store: &Store) -> Operation {
    let add = approved(store, Some(noon() + DAY)).await;
    lands(store, &add, noon()).await;
    assert_eq!(store.membership_ends().owe_due(noon() + DAY, 50).await.unwrap(), 1);
    store.operations().unfinished_for(compilers(), alan().id).await.unwrap().remove(0)
}

async fn state(store: &Store, operation: &Operation) -> State {
    store.operations().find(operation.id).await.unwrap().unwrap().state
}

/// Alan was removed in the directory when his end had come, and asked and was approved again; the old removal was still owed
/// and threw him out.
#[tokio::test]
async fn a_removal_that_is_owed_is_given_up_when_the_person_is_let_in_anew() {
    each_database(async |database| {
        for until in [Some(noon() + 9 * DAY), None] {
            let store = &database.store;
            let removal = owed(store).await;

            let anew = approved(store, until).await;
            lands(store, &anew, noon() + DAY).await;

            assert_eq!(state(store, &removal).await, State::Abandoned);
            assert_eq!(end(store).await, until);
            let told = store.events().latest(2).await.unwrap();
            assert_eq!((told[0].kind, told[1].kind), (EventKind::MembershipAdded, EventKind::OperationAbandoned));
            database.tamper("UPDATE membership_end SET ends_at = NULL").await.unwrap();
        }
        assert!(database.store.events().verify().await.unwrap().is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_removal_cannot_be_taken_up_once_the_end_is_another_and_is_given_up_in_time() {
    each_database(async |database| {
        let store = &database.store;
        let (removal, begun) = (owed(store).await, event(EventKind::OperationBegun));
        let (now, version) = (noon() + DAY + HOUR, removal.version);
        database.tamper("UPDATE membership_end SET ends_at = ends_at + 1").await.unwrap();

        let held = store.operations().begin(removal.id, version, &ada(), now, &begun).await.unwrap();
        let given_up = store.membership_ends().give_up_stale(now, 50).await.unwrap();

        assert_eq!((held, given_up), (None, 1));
        assert_eq!(state(store, &removal).await, State::Abandoned);
        let told = store.events().latest(1).await.unwrap().remove(0);
        assert_eq!((told.kind, told.person), (EventKind::OperationAbandoned, Some(alan().id)));
    })
    .await;
}

#[tokio::test]
async fn a_removal_that_holds_is_neither_given_up_nor_refused() {
    each_database(async |database| {
        let store = &database.store;
        let (removal, begun) = (owed(store).await, event(EventKind::OperationBegun));
        let now = noon() + DAY + HOUR;

        let given_up = store.membership_ends().give_up_stale(now, 50).await.unwrap();
        let held = store.operations().begin(removal.id, removal.version, &ada(), now, &begun).await.unwrap();

        assert_eq!((given_up, held.is_some()), (0, true));
    })
    .await;
}

#[tokio::test]
async fn a_removal_waits_while_the_person_is_being_let_in_anew() {
    each_database(async |database| {
        let store = &database.store;
        let (removal, begun) = (owed(store).await, event(EventKind::OperationBegun));
        approved(store, Some(noon() + 9 * DAY)).await;
        database.tamper("UPDATE operation SET created_at = created_at + 200000000 WHERE kind = 'add'").await.unwrap();

        let now = noon() + DAY + HOUR;
        let held = store.operations().begin(removal.id, removal.version, &ada(), now, &begun).await.unwrap();

        assert_eq!(held, None);
    })
    .await;
}

#[tokio::test]
async fn who_was_a_member_before_gets_no_end_and_keeps_the_one_there_is() {
    each_database(async |database| {
        let (store, added) = (&database.store, event(EventKind::MembershipAdded));
        let first = approved(store, Some(noon() + DAY)).await;
        assert!(store.operations().settle_already(&first, noon(), &added).await.unwrap().is_yes());
        let none = end(store).await;
        let given = approved(store, Some(noon() + 2 * DAY)).await;
        lands(store, &given, noon()).await;
        let again = approved(store, None).await;
        let added = event(EventKind::MembershipAdded);
        assert!(store.operations().settle_already(&again, noon(), &added).await.unwrap().is_yes());

        assert_eq!((none, end(store).await), (None, Some(noon() + 2 * DAY)));
    })
    .await;
}

#[tokio::test]
async fn an_add_without_an_end_leaves_none_of_before() {
    each_database(async |database| {
        let store = &database.store;
        let first = approved(store, Some(noon() + 30 * DAY)).await;
        lands(store, &first, noon()).await;

        let again = approved(store, None).await;
        lands(store, &again, noon() + HOUR).await;

        assert_eq!(end(store).await, None);
        assert_eq!(store.membership_ends().owe_due(noon() + 31 * DAY, 50).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn nobody_is_let_in_for_a_time_that_is_over() {
    each_database(async |database| {
        let (store, unknown) = (&database.store, event(EventKind::OperationUnknown));
        let add = approved(store, Some(noon() + DAY)).await;
        let lost = store.operations().settle(&add, Step::LoseTrack, None, None, noon(), &unknown).await.unwrap();
        assert!(lost.is_yes());
        let begun = event(EventKind::OperationBegun);

        let before = store.operations().abandon_due(noon() + HOUR).await.unwrap();
        let held = store.operations().begin(add.id, 2, &ada(), noon() + DAY + LEASE, &begun).await.unwrap();
        let after = store.operations().abandon_due(noon() + DAY).await.unwrap();

        assert_eq!((before, held, after), (0, None, 1));
        assert_eq!(state(store, &add).await, State::Abandoned);
    })
    .await;
}
