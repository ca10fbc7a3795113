//! A group that can no longer be managed: suspended with the end of its requests, or not at all.

use roster::{
    domain::{
        designation::SuspendReason,
        event::EventKind,
        request::{EndReason, State},
        terms::Terms,
    },
    store::{Asked, Moved, Store, Suspended},
};

use super::{ada, alan, ask, compilers, event, event_count, grace, noon, person, request};
use crate::support::database::each_database;

async fn designate(store: &Store) {
    let (terms, event, designations) = (Terms::default(), event(EventKind::DesignationCreated), store.designations());
    let designated = designations.designate(compilers(), &terms, &ada(), None, noon(), &event).await.unwrap();
    assert_eq!(designated, Moved::Yes);
}

#[tokio::test]
async fn a_group_is_suspended_and_its_requests_end_with_an_event_each() {
    each_database(async |database| {
        let store = &database.store;
        designate(store).await;
        let (first, second) = (ask(store, compilers(), alan()).await, ask(store, compilers(), grace()).await);
        let before = event_count(store).await;

        let done = store.designations().suspend_and_end(compilers(), SuspendReason::Gone, noon(), None).await.unwrap();
        let again = store.designations().suspend_and_end(compilers(), SuspendReason::Gone, noon(), None).await.unwrap();

        assert_eq!(done, Suspended { is_new: true, ended: 2 });
        assert_eq!(again, Suspended { is_new: false, ended: 0 });
        for request in [first, second] {
            let ended = store.requests().find(request.id).await.unwrap().unwrap();
            assert_eq!((ended.state, ended.end_reason), (State::Ended, Some(EndReason::GroupGone)));
        }
        assert_eq!(event_count(store).await, before + 3);
    })
    .await;
}

#[tokio::test]
async fn a_stop_in_between_leaves_nothing_half_done() {
    each_database(async |database| {
        let store = &database.store;
        designate(store).await;
        let asked = ask(store, compilers(), alan()).await;
        let refuse = if database.is_sqlite() {
            "CREATE TRIGGER still BEFORE UPDATE ON request BEGIN SELECT RAISE(ABORT, 'held'); END"
        } else {
            "CREATE FUNCTION still() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'held'; END $$;
             CREATE TRIGGER still BEFORE UPDATE ON request FOR EACH ROW EXECUTE FUNCTION still()"
        };
        database.tamper(refuse).await.unwrap();

        let broken = store.designations().suspend_and_end(compilers(), SuspendReason::Gone, noon(), None).await;

        assert!(broken.is_err());
        assert_eq!(store.designations().find(compilers()).await.unwrap().unwrap().suspended, None);
        assert_eq!(store.requests().find(asked.id).await.unwrap().unwrap().state, State::Open);
    })
    .await;
}

#[tokio::test]
async fn what_is_left_of_a_suspended_group_ends_and_its_reason_stays() {
    each_database(async |database| {
        let store = &database.store;
        designate(store).await;
        let asked = ask(store, compilers(), alan()).await;
        let (paused, event) = (SuspendReason::Administrator, event(EventKind::DesignationSuspended));
        assert_eq!(store.designations().suspend(compilers(), paused, noon(), &event).await.unwrap(), Moved::Yes);

        let nothing = store.designations().suspend_and_end(compilers(), paused, noon(), Some(&ada())).await.unwrap();
        let left = store.designations().suspend_and_end(compilers(), SuspendReason::Gone, noon(), None).await.unwrap();

        assert_eq!(nothing, Suspended { is_new: false, ended: 0 });
        assert_eq!(left, Suspended { is_new: false, ended: 1 });
        assert_eq!(store.requests().find(asked.id).await.unwrap().unwrap().state, State::Ended);
        let designation = store.designations().find(compilers()).await.unwrap().unwrap();
        assert_eq!(designation.suspended, Some((noon(), paused)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_those_who_ask_while_the_group_goes_nobody_is_left_waiting() {
    each_database(async |database| {
        let store = &database.store;
        designate(store).await;
        let asking: Vec<_> = (10..40_u128)
            .map(|n| {
                let (store, asked) = (store.clone(), request(compilers(), person(n, &format!("Employee {n}"))));
                tokio::spawn(async move {
                    store.requests().ask(&asked, 1, &event(EventKind::RequestCreated)).await.unwrap()
                })
            })
            .collect();
        let gone = store.designations().suspend_and_end(compilers(), SuspendReason::Gone, noon(), None).await.unwrap();
        let mut created = 0;
        for asked in asking {
            created += usize::from(asked.await.unwrap() == Asked::Created);
        }

        assert!(gone.is_new);
        assert_eq!(gone.ended, created);
        assert_eq!(store.requests().open_for_groups(&[compilers()], 50).await.unwrap().len(), 0);
    })
    .await;
}

#[tokio::test]
async fn nobody_asks_on_terms_that_are_others_by_now() {
    each_database(async |database| {
        let store = &database.store;
        designate(store).await;
        let (strict, changed) = (Terms { open_days: 3, ..Terms::default() }, event(EventKind::DesignationChanged));
        let designations = store.designations();
        assert_eq!(
            designations.designate(compilers(), &strict, &ada(), Some(1), noon(), &changed).await.unwrap(),
            Moved::Yes
        );
        let (asked, told) = (request(compilers(), alan()), event(EventKind::RequestCreated));

        let answer = store.requests().ask(&asked, 1, &told).await.unwrap();
        let nothing = store.requests().find(asked.id).await.unwrap();
        let again = store.requests().ask(&asked, 2, &told).await.unwrap();

        assert_eq!((answer, nothing, again), (Asked::TermsChanged, None, Asked::Created));
    })
    .await;
}
