//! The directory copy: what changed, and nothing else, gets the new change number.

use jiff::Timestamp;
use roster::{
    domain::{
        directory::{Group, PersonRef},
        directory_copy::{Loss, Wanted},
        event::EventKind,
        ids::GroupId,
    },
    store::{Refreshed, Store},
};
use uuid::Uuid;

use super::each_database;
use super::{ada, alan, compilers, event, gardeners, grace, group, noon};
use crate::support::database::Database;

const PRESSED: Wanted = Wanted::ByAnAdministrator { at: Timestamp::MAX, even_if_it_loses: false };

async fn replace(store: &Store, groups: &[(Group, Vec<PersonRef>)]) -> Refreshed {
    let lease = store.directory().begin_refresh(PRESSED, noon()).await.unwrap().unwrap();
    let event = event(EventKind::DirectoryCopyRefreshed);
    store.directory().replace_groups(&lease, groups, noon(), &event).await.unwrap().unwrap()
}

fn company() -> Vec<(Group, Vec<PersonRef>)> {
    vec![
        (group(compilers(), "Compiler Team"), vec![grace(), ada()]),
        (group(gardeners(), "Garden ÄÖÜ Team"), vec![ada()]),
    ]
}

#[tokio::test]
async fn an_exchange_touches_only_what_differs() {
    each_database(async |database| {
        let directory = database.store.directory();
        let mut groups = company();
        let first = replace(&database.store, &groups).await;
        let same = replace(&database.store, &groups).await;
        groups[0].0.name = "Compilers".into();
        groups[1].1.push(grace());
        let third = GroupId(Uuid::from_u128(103));
        groups.push((group(third, "Third"), vec![]));

        let changed = replace(&database.store, &groups).await;

        assert_eq!(first, Refreshed { groups: 2, changed: 2, ..Refreshed::default() });
        assert_eq!(same, Refreshed { groups: 2, ..Refreshed::default() });
        assert_eq!(changed, Refreshed { groups: 3, changed: 3, ..Refreshed::default() });
        let copied = directory.group(compilers()).await.unwrap().unwrap();
        assert_eq!((copied.group, copied.owners), (groups[0].0.clone(), vec![grace(), ada()]));
        assert_eq!(directory.groups_changed_since(0).await.unwrap().len(), 3);
        assert_eq!(directory.groups_changed_since(3).await.unwrap(), []);
        assert_eq!(directory.standing().await.unwrap().copied_at, Some(noon()));
        let fold = database.text("SELECT name_fold FROM directory_group WHERE name LIKE 'Garden%'").await;
        assert_eq!(fold, "garden aou team");
    })
    .await;
}

#[tokio::test]
async fn a_group_that_is_missing_is_gone_and_can_come_back() {
    each_database(async |database| {
        let directory = database.store.directory();
        replace(&database.store, &company()).await;

        let loss = directory.would_lose(&[compilers()]).await.unwrap();
        let refreshed = replace(&database.store, &company()[..1]).await;
        let gone = directory.groups_changed_since(1).await.unwrap();
        let back = replace(&database.store, &company()).await;

        assert_eq!(loss, Loss { known: 2, lost: 1 });
        assert_eq!(refreshed, Refreshed { groups: 1, gone: 1, ..Refreshed::default() });
        assert_eq!(gone.len(), 1);
        assert_eq!((gone[0].group.id, gone[0].gone, gone[0].owners.len()), (gardeners(), true, 0));
        assert_eq!(back.changed, 1);
        assert!(!directory.group(gardeners()).await.unwrap().unwrap().gone);
    })
    .await;
}

#[tokio::test]
async fn a_group_that_comes_twice_in_a_listing_counts_once() {
    each_database(async |database| {
        let mut groups = company();
        groups.push((group(compilers(), "Later name"), vec![alan(), alan()]));

        let refreshed = replace(&database.store, &groups).await;

        assert_eq!(refreshed.groups, 2);
        let copied = database.store.directory().group(compilers()).await.unwrap().unwrap();
        assert_eq!((copied.group.name.as_str(), copied.owners), ("Later name", vec![alan()]));
    })
    .await;
}

#[tokio::test]
async fn what_a_person_owns_is_set_among_known_groups() {
    each_database(async |database| {
        let directory = database.store.directory();
        replace(&database.store, &company()).await;
        let unknown = GroupId(Uuid::from_u128(999));

        let same = directory.set_owned(&ada(), &[compilers(), gardeners(), unknown], noon()).await.unwrap();
        let moved = directory.set_owned(&grace(), &[gardeners()], noon()).await.unwrap();

        assert_eq!((same, moved), (false, true));
        assert_eq!(directory.group(compilers()).await.unwrap().unwrap().owners, [ada()]);
        assert_eq!(directory.group(gardeners()).await.unwrap().unwrap().owners, [grace(), ada()]);
        assert_eq!(directory.groups_changed_since(1).await.unwrap().len(), 2);
        assert_eq!(database.store.requests().counts(alan().id, noon()).await.unwrap().change, 2);
        let king = PersonRef { name: "Augusta Ada King".to_owned(), ..ada() };
        let renamed = directory.set_owned(&king, &[compilers(), gardeners()], noon()).await.unwrap();
        assert!(renamed);
        assert_eq!(directory.group(compilers()).await.unwrap().unwrap().owners[0].name, "Augusta Ada King");
    })
    .await;
}

#[tokio::test]
async fn a_live_read_updates_one_group() {
    each_database(async |database| {
        let directory = database.store.directory();
        let team = group(compilers(), "Compiler Team");

        let new = directory.record_group(&team, &[ada(), grace()], noon()).await.unwrap();
        let same = directory.record_group(&team, &[grace(), ada()], noon()).await.unwrap();
        let fewer = directory.record_group(&team, &[grace()], noon()).await.unwrap();
        let gone = directory.record_gone(compilers(), noon()).await.unwrap();
        let gone_again = directory.record_gone(compilers(), noon()).await.unwrap();

        assert_eq!((new, same, fewer, gone, gone_again), (true, false, true, true, false));
        assert!(directory.group(compilers()).await.unwrap().unwrap().gone);
        assert_eq!(directory.standing().await.unwrap().copied_at, None);
    })
    .await;
}

#[tokio::test]
async fn a_large_directory_is_copied_in_seconds() {
    each_database(async |database: Database| {
        let groups: Vec<_> = (0..20_000)
            .map(|n| (group(GroupId(Uuid::from_u128(10_000 + n)), &format!("Team {n}")), vec![grace(), ada()]))
            .collect();
        let begun = std::time::Instant::now();

        let first = replace(&database.store, &groups).await;
        let same = replace(&database.store, &groups).await;

        assert_eq!((first.changed, same.changed), (20_000, 0));
        eprintln!("twice 20,000 groups: {:?}", begun.elapsed());
        assert!(begun.elapsed() < std::time::Duration::from_mins(1));
    })
    .await;
}
