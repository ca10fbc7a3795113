//! One reading of the directory at a time, and whoever lost the lease changes nothing.

use jiff::{SignedDuration, Timestamp};
use roster::{
    domain::{
        directory_copy::{Outcome, Reading, Wanted, Way},
        event::EventKind,
    },
    store::{Lease, Store},
};

use super::{compilers, each_database, event, event_count, gardeners, grace, group, noon};

const PRESSED: Wanted = Wanted::ByAnAdministrator { at: Timestamp::MAX, even_if_it_loses: false };
const MINUTE: SignedDuration = SignedDuration::from_mins(1);

async fn begin(store: &Store, now: Timestamp) -> Option<Lease> {
    store.directory().begin_refresh(PRESSED, now).await.unwrap()
}

#[tokio::test]
async fn one_process_at_a_time_reads_the_directory() {
    each_database(async |database| {
        let (store, directory) = (&database.store, database.store.directory());

        let first = begin(store, noon()).await.unwrap();
        let second = begin(store, noon() + 4 * MINUTE).await;
        let is_kept = directory.keep_refresh(&first, noon() + 4 * MINUTE).await.unwrap();
        let third = begin(store, noon() + 8 * MINUTE).await;
        let after_lease = begin(store, noon() + 9 * MINUTE).await.unwrap();
        directory.end_refresh(&after_lease, None).await.unwrap();
        let given_back = begin(store, noon() + 9 * MINUTE).await;

        assert!(second.is_none() && is_kept && third.is_none() && given_back.is_some());
    })
    .await;
}

#[tokio::test]
async fn of_many_who_begin_at_once_one_does() {
    each_database(async |database| {
        let store = &database.store;

        let mut begun = tokio::task::JoinSet::new();
        for _ in 0..16 {
            let store = store.clone();
            begun.spawn(async move { begin(&store, noon()).await.is_some() });
        }

        assert_eq!(begun.join_all().await.into_iter().filter(|begun| *begun).count(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_reading_that_lost_its_lease_changes_nothing_and_ends_nobody_elses() {
    each_database(async |database| {
        let (store, directory) = (&database.store, database.store.directory());
        let slow = begin(store, noon()).await.unwrap();
        let quick = begin(store, noon() + 6 * MINUTE).await.unwrap();
        let refreshed = event(EventKind::DirectoryCopyRefreshed);
        let old = [(group(compilers(), "Compiler Team"), vec![grace()])];
        let new = [(group(gardeners(), "Garden Team"), vec![grace()])];

        let failed = Reading { at: noon() + 7 * MINUTE, outcome: Outcome::Failed, way: Way::Person };
        directory.end_refresh(&slow, Some(failed)).await.unwrap();
        let is_kept = directory.keep_refresh(&slow, noon() + 7 * MINUTE).await.unwrap();
        let stale = directory.replace_groups(&slow, &old, noon() + 7 * MINUTE, &refreshed).await.unwrap();
        let events = event_count(store).await;
        let fresh = directory.replace_groups(&quick, &new, noon() + 8 * MINUTE, &refreshed).await.unwrap();

        assert!(!is_kept && stale.is_none() && fresh.is_some());
        assert_eq!(events, 0);
        assert!(directory.group(compilers()).await.unwrap().is_none());
        let standing = directory.standing().await.unwrap();
        assert_eq!((standing.copied_at, standing.held_until), (Some(noon() + 8 * MINUTE), None));
        assert_eq!(standing.last.map(|last| last.outcome), Some(Outcome::Done));
    })
    .await;
}

#[tokio::test]
async fn what_became_of_a_reading_is_kept() {
    each_database(async |database| {
        let (store, directory) = (&database.store, database.store.directory());
        let lease = begin(store, noon()).await.unwrap();
        let failed = Reading { at: noon() + MINUTE, outcome: Outcome::Failed, way: Way::Person };

        directory.end_refresh(&lease, Some(failed)).await.unwrap();
        let too_early = directory.begin_refresh(Wanted::ByAVisit, noon() + 5 * MINUTE).await.unwrap();
        let later = directory.begin_refresh(Wanted::ByAVisit, noon() + 6 * MINUTE).await.unwrap();

        assert_eq!(directory.standing().await.unwrap().last, Some(failed));
        assert!(too_early.is_none() && later.is_some());
    })
    .await;
}
