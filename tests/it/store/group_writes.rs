//! What owners do with whole groups.

use jiff::{SignedDuration, Timestamp};
use roster::{
    domain::{
        directory::PersonRef,
        event::{Event, EventKind},
        group_life::{Course, Deed, GroupWrite},
        ids::EventId,
        request::{EndReason, State},
    },
    store::{Moved, Store},
};

use super::{alan, ask, compilers, each_database, event_count, gardeners, grace, group, noon};

fn write(deed: Deed) -> GroupWrite {
    GroupWrite {
        id: EventId::new(),
        deed,
        group: compilers(),
        group_name: "Compiler Team".to_owned(),
        by: grace(),
        at: noon(),
        course: Course::Sent,
    }
}

fn decided(write: &GroupWrite) -> Event {
    Event { id: write.id, ..Event::new(EventKind::DeletionDecided, Some(write.by.clone()), noon()).group(write.group) }
}

fn said(kind: EventKind) -> Event {
    Event::new(kind, Some(grace()), noon()).group(compilers())
}

async fn copy(store: &Store, owners: &[PersonRef]) {
    for id in [compilers(), gardeners()] {
        store.directory().record_group(&group(id, "Compiler Team"), owners, noon()).await.unwrap();
    }
}

#[tokio::test]
async fn a_form_that_comes_twice_is_kept_once() {
    each_database(async |database| {
        let (store, write) = (&database.store, write(Deed::Delete));

        let first = store.group_writes().begin(&write, &decided(&write)).await.unwrap();
        let second = store.group_writes().begin(&write, &decided(&write)).await.unwrap();

        assert_eq!((first, second), (Moved::Yes, Moved::No));
        assert_eq!(event_count(store).await, 1);
        assert_eq!(store.group_writes().find(write.id).await.unwrap(), Some(write.clone()));
        assert_eq!(store.group_writes().open(compilers(), Deed::Delete).await.unwrap(), Some(write));
        assert_eq!(store.group_writes().open(gardeners(), Deed::Delete).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_deletion_ends_everything_in_one_step() {
    each_database(async |database| {
        let (store, earlier, write) = (&database.store, write(Deed::Delete), write(Deed::Delete));
        copy(store, &[grace(), alan()]).await;
        let (ours, theirs) = (ask(store, compilers(), alan()).await, ask(store, gardeners(), alan()).await);
        for write in [&earlier, &write] {
            assert!(store.group_writes().begin(write, &decided(write)).await.unwrap().is_yes());
        }
        let unclear = said(EventKind::GroupWriteUnclear);
        assert!(store.group_writes().settle(&earlier, Course::Unclear, noon(), &unclear).await.unwrap().is_yes());

        let done = store.group_writes().settle_deleted(&write, noon(), &said(EventKind::GroupDeletedHere)).await;
        let again = store.group_writes().settle_deleted(&earlier, noon(), &said(EventKind::GroupDeletedHere)).await;

        assert_eq!((done.unwrap(), again.unwrap()), (Moved::Yes, Moved::No));
        let copied = store.directory().group(compilers()).await.unwrap().unwrap();
        assert!(copied.gone && copied.owners.is_empty());
        let why = "SELECT suspended_why FROM designation WHERE suspended_at IS NOT NULL";
        assert_eq!(database.text(why).await, r#"{"why":"gone"}"#);
        let of = async |id| store.requests().find(id).await.unwrap().unwrap();
        assert_eq!(of(ours.id).await.end_reason, Some(EndReason::GroupDeleted));
        assert_eq!(of(theirs.id).await.state, State::Open);
        let past = "SELECT CAST(COUNT(*) AS TEXT) FROM past_owner";
        assert_eq!(database.text(past).await, "2", "who owned it is remembered");
        assert!(store.events().verify().await.unwrap().is_ok());
    })
    .await;
}

#[tokio::test]
async fn what_the_directory_shows_of_our_deletion_is_no_news() {
    each_database(async |database| {
        let (store, write) = (&database.store, write(Deed::Delete));
        copy(store, &[grace()]).await;
        assert!(store.group_writes().begin(&write, &decided(&write)).await.unwrap().is_yes());
        let before = event_count(store).await;

        store.directory().set_owned(&grace(), &[gardeners()], noon()).await.unwrap();
        let still = store.directory().group(compilers()).await.unwrap().unwrap().owners;
        store.directory().record_gone(compilers(), noon()).await.unwrap();
        let shown = store.group_writes().settleable(Timestamp::UNIX_EPOCH).await.unwrap();

        assert_eq!(still, [grace()], "they own it until it is known to be gone");
        assert_eq!(event_count(store).await, before);
        assert_eq!(shown, [write]);
    })
    .await;
}

#[tokio::test]
async fn what_was_sent_long_before_the_copy_was_read_is_settled_whatever_it_shows() {
    each_database(async |database| {
        let (store, deletion) = (&database.store, write(Deed::Delete));
        copy(store, &[grace()]).await;
        assert!(store.group_writes().begin(&deletion, &decided(&deletion)).await.unwrap().is_yes());
        let at_once = store.group_writes().settleable(noon() - SignedDuration::from_secs(1)).await.unwrap();

        let later = store.group_writes().settleable(noon()).await.unwrap();

        assert_eq!((at_once, later), (vec![], vec![deletion]), "the group is there still");
    })
    .await;
}

#[tokio::test]
async fn a_group_whose_end_nobody_had_noticed_is_suspended_with_its_event_when_it_comes_back() {
    each_database(async |database| {
        let (store, restoration) = (&database.store, write(Deed::Restore));
        copy(store, &[grace()]).await;
        ask(store, compilers(), alan()).await;
        assert!(store.group_writes().begin(&restoration, &decided(&restoration)).await.unwrap().is_yes());

        let (team, restored) = (group(compilers(), "Compiler Team"), said(EventKind::GroupRestoredHere));
        let settled = store.group_writes().settle_restored(&restoration, &team, noon(), &restored).await.unwrap();

        assert_eq!(settled, Moved::Yes);
        let why = "SELECT suspended_why FROM designation WHERE suspended_at IS NOT NULL";
        assert_eq!(database.text(why).await, r#"{"why":"restored"}"#);
        let latest = store.events().latest(1).await.unwrap().remove(0);
        assert_eq!((latest.kind, latest.group), (EventKind::DesignationSuspended, Some(compilers())));
        assert!(store.events().verify().await.unwrap().is_ok());
    })
    .await;
}
