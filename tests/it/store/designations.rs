//! Who takes part, on what terms.

use roster::{
    domain::{designation::SuspendReason, directory::Unfit, event::EventKind, samples, terms::Terms},
    store::{Moved, catalogue::Catalogue},
};

use super::{HOUR, ada, alan, compilers, event, event_count, gardeners, grace, noon};
use crate::support::database::each_database;

#[tokio::test]
async fn a_group_is_designated_once_and_its_terms_change_from_the_version_that_was_shown() {
    each_database(async |database| {
        let designations = database.store.designations();
        let created = event(EventKind::DesignationCreated);
        let terms = Terms { gives: "Write access to the parser".into(), ..Terms::default() };
        let wider = Terms { guests_may_ask: true, ..terms.clone() };

        let first = designations.designate(compilers(), &terms, &grace(), None, noon(), &created).await.unwrap();
        let second = designations.designate(compilers(), &wider, &ada(), None, noon(), &created).await.unwrap();
        let stale = designations.designate(compilers(), &wider, &ada(), Some(9), noon(), &created).await.unwrap();
        let absent = designations.designate(gardeners(), &wider, &ada(), Some(1), noon(), &created).await.unwrap();
        let changed = designations.designate(compilers(), &wider, &ada(), Some(1), noon() + HOUR, &created).await;

        assert_eq!((first, second, stale, absent), (Moved::Yes, Moved::No, Moved::No, Moved::No));
        assert_eq!(changed.unwrap(), Moved::Yes);
        let found = designations.find(compilers()).await.unwrap().unwrap();
        assert_eq!((found.terms, found.version), (wider, 2));
        assert_eq!((found.designated_by, found.designated_at), (grace(), noon()));
        assert_eq!(designations.find(gardeners()).await.unwrap(), None);
        assert_eq!(designations.all().await.unwrap().len(), 1);
        assert_eq!(database.store.requests().counts(alan().id, noon()).await.unwrap().change, 2);
        assert_eq!(event_count(&database.store).await, 2);
    })
    .await;
}

#[tokio::test]
async fn owners_change_what_is_open_from_the_version_that_was_shown_and_the_locks_stay_the_administrator_s() {
    each_database(async |database| {
        let designations = database.store.designations();
        let (told, longer) = (event(EventKind::DesignationChanged), Terms { open_days: 30, ..Terms::default() });
        let made = designations.designate(compilers(), &Terms::default(), &grace(), None, noon(), &told).await;
        assert!(made.unwrap().is_yes());
        let set = designations.designate(compilers(), &Terms::default(), &ada(), Some(1), noon(), &told).await;
        assert!(set.unwrap().is_yes());

        let stale = designations.change_open_terms(compilers(), &longer, &grace(), 1, noon(), &told).await.unwrap();
        let changed = designations.change_open_terms(compilers(), &longer, &grace(), 2, noon(), &told).await.unwrap();
        let twice = designations.change_open_terms(compilers(), &longer, &grace(), 2, noon(), &told).await.unwrap();

        assert_eq!((stale, changed, twice), (Moved::No, Moved::Yes, Moved::No));
        let found = designations.find(compilers()).await.unwrap().unwrap();
        assert_eq!((found.terms, found.version, found.terms_by), (longer, 3, ada()));
        assert_eq!(found.opened_by, Some((grace(), noon())));
        assert_eq!(event_count(&database.store).await, 3);

        let anew = designations.designate(compilers(), &Terms::default(), &ada(), Some(3), noon(), &told).await;

        assert!(anew.unwrap().is_yes());
        let found = designations.find(compilers()).await.unwrap().unwrap();
        assert_eq!(found.opened_by, None, "an administrator sets them anew");
    })
    .await;
}

#[tokio::test]
async fn a_suspended_group_keeps_its_reason_until_it_is_resumed() {
    each_database(async |database| {
        let designations = database.store.designations();
        let told = event(EventKind::DesignationSuspended);
        let why = SuspendReason::Unfit(Unfit::Dynamic);
        let made = designations.designate(compilers(), &Terms::default(), &grace(), None, noon(), &told).await;
        assert!(made.unwrap().is_yes());

        let suspended = designations.suspend(compilers(), why, noon(), &told).await.unwrap();
        let again = designations.suspend(compilers(), SuspendReason::Gone, noon(), &told).await.unwrap();
        let found = designations.find(compilers()).await.unwrap().unwrap();
        let stale = designations.resume(compilers(), 1, noon(), &told).await.unwrap();
        let resumed = designations.resume(compilers(), 2, noon(), &told).await.unwrap();
        let twice = designations.resume(compilers(), 3, noon(), &told).await.unwrap();

        assert_eq!(
            (suspended, again, stale, resumed, twice),
            (Moved::Yes, Moved::No, Moved::No, Moved::Yes, Moved::No)
        );
        assert_eq!((found.suspended, found.version), (Some((noon(), why)), 2));
        assert_eq!(designations.find(compilers()).await.unwrap().unwrap().suspended, None);
    })
    .await;
}

#[tokio::test]
async fn every_change_of_a_designation_is_one_that_a_process_loads() {
    each_database(async |database| {
        let (store, catalogue) = (&database.store, Catalogue::default());
        let (group, event) = (samples::group("Compiler Team"), event(EventKind::DesignationCreated));
        store.directory().record_group(&group, &[], noon()).await.unwrap();
        let designations = store.designations();
        let moves = async |number: usize| {
            let (by, terms, reason) = (ada(), Terms::default(), SuspendReason::Administrator);
            match number {
                0 => designations.designate(group.id, &terms, &by, None, noon(), &event).await.unwrap().is_yes(),
                1 => designations.designate(group.id, &terms, &by, Some(1), noon(), &event).await.unwrap().is_yes(),
                2 => designations.suspend(group.id, reason, noon(), &event).await.unwrap().is_yes(),
                3 => designations.resume(group.id, 3, noon(), &event).await.unwrap().is_yes(),
                _ => designations.suspend_and_end(group.id, SuspendReason::Gone, noon(), None).await.unwrap().is_new,
            }
        };

        for number in 0..5 {
            assert!(moves(number).await, "change {number}");
            let change = store.requests().counts(alan().id, noon()).await.unwrap().change;

            let known = catalogue.at(store, change).await.unwrap();

            let kept = designations.find(group.id).await.unwrap();
            assert_eq!(known.designation(group.id), kept.as_ref(), "change {number}");
        }
    })
    .await;
}
