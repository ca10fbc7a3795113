//! Groups that are being created.

use jiff::SignedDuration;
use roster::{
    domain::{
        creating::{Creation, Problem},
        directory::Kind,
        event::{Event, EventKind},
        group_life::Course,
        ids::EventId,
    },
    store::Moved,
};

use super::{alan, compilers, each_database, event_count, grace, group, noon};

fn creation() -> Creation {
    let id = EventId::new();
    Creation {
        id,
        kind: Kind::Microsoft365,
        name: "Compiler Team".to_owned(),
        purpose: "Writes the compiler.".to_owned(),
        nickname: format!("compiler-team-{id}"),
        owners: vec![alan()],
        members: vec![grace(), alan()],
        by: grace(),
        at: noon(),
        course: Course::Sent,
        group: None,
        problem: None,
        commission: None,
    }
}

fn said(kind: EventKind) -> Event {
    Event::new(kind, Some(grace()), noon())
}

#[tokio::test]
async fn what_was_asked_for_is_kept_once_and_whole() {
    each_database(async |database| {
        let (store, creation) = (&database.store, creation());

        let first = store.creations().begin(&creation, &said(EventKind::CreationDecided)).await.unwrap();
        let second = store.creations().begin(&creation, &said(EventKind::CreationDecided)).await.unwrap();

        assert_eq!((first, second), (Moved::Yes, Moved::No));
        assert_eq!(store.creations().find(creation.id).await.unwrap(), Some(creation));
        assert_eq!(event_count(store).await, 1);
        assert_eq!(store.creations().find(EventId::new()).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_group_that_is_there_is_in_the_copy_with_its_owners_whatever_a_late_read_says() {
    each_database(async |database| {
        let (store, creation) = (&database.store, creation());
        assert!(store.creations().begin(&creation, &said(EventKind::CreationDecided)).await.unwrap().is_yes());
        let unclear = said(EventKind::CreationUnclear);
        assert!(store.creations().settle(&creation, None, noon(), &unclear).await.unwrap().is_yes());
        let (made, owners) = (group(compilers(), "Compiler Team"), [grace(), alan()]);
        let event = || said(EventKind::GroupCreated).group(compilers());

        let done = store.creations().settle_created(&creation, &made, &owners, noon(), &event()).await.unwrap();
        let again = store.creations().settle_created(&creation, &made, &owners, noon(), &event()).await.unwrap();
        let minute = SignedDuration::from_mins(1);
        store.directory().set_owned(&grace(), &[], noon() + minute).await.unwrap();

        assert_eq!((done, again), (Moved::Yes, Moved::No));
        let kept = store.creations().find(creation.id).await.unwrap().unwrap();
        assert_eq!((kept.course, kept.group, kept.problem), (Course::Done, Some(compilers()), None));
        let copied = store.directory().group(compilers()).await.unwrap().unwrap();
        assert_eq!(copied.owners, [alan(), grace()]);
    })
    .await;
}

#[tokio::test]
async fn a_refusal_says_why_and_is_final() {
    each_database(async |database| {
        let (store, creation) = (&database.store, creation());
        assert!(store.creations().begin(&creation, &said(EventKind::CreationDecided)).await.unwrap().is_yes());
        let refused = said(EventKind::CreationRefused);

        let first = store.creations().settle(&creation, Some(Problem::Quota), noon(), &refused).await.unwrap();
        let late = store.creations().settle(&creation, None, noon(), &said(EventKind::CreationUnclear)).await.unwrap();

        assert_eq!((first, late), (Moved::Yes, Moved::No));
        let kept = store.creations().find(creation.id).await.unwrap().unwrap();
        assert_eq!((kept.course, kept.problem), (Course::Refused, Some(Problem::Quota)));
    })
    .await;
}
