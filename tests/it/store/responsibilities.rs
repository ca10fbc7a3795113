//! The responsibilities of owners: versions of the text, and who accepted which.

use roster::{
    domain::{
        event::EventKind,
        responsibilities::{Asked, Responsibilities},
    },
    store::Moved,
};

use super::{DAY, HOUR, ada, alan, event, event_count, grace, noon};
use crate::support::database::each_database;

fn version(version: i64, counts: Option<i32>) -> Responsibilities {
    let counts_from = counts.map(|days| noon() + DAY * days);
    Responsibilities { version, text: format!("Version {version}"), counts_from, by: ada(), at: noon() }
}

#[tokio::test]
async fn of_two_who_write_the_next_version_one_is_told() {
    each_database(async |database| {
        let (texts, told) = (database.store.responsibilities(), event(EventKind::ResponsibilitiesWritten));

        assert_eq!(texts.latest().await.unwrap(), None);
        let first = texts.write(&version(1, Some(0)), &told).await.unwrap();
        let again = texts.write(&version(1, Some(9)), &told).await.unwrap();
        let next = texts.write(&version(2, None), &told).await.unwrap();

        assert_eq!((first, again, next), (Moved::Yes, Moved::No, Moved::Yes));
        assert_eq!(texts.latest().await.unwrap(), Some(version(2, None)));
        assert_eq!(texts.all().await.unwrap(), [version(2, None), version(1, Some(0))]);
        assert_eq!(event_count(&database.store).await, 2);
    })
    .await;
}

#[tokio::test]
async fn only_the_latest_version_is_accepted_and_once() {
    each_database(async |database| {
        let (texts, told) = (database.store.responsibilities(), event(EventKind::ResponsibilitiesAccepted));
        assert!(texts.write(&version(1, Some(0)), &told).await.unwrap().is_yes());
        assert!(texts.write(&version(2, Some(9)), &told).await.unwrap().is_yes());

        let old = texts.accept(grace().id, 1, noon(), &told).await.unwrap();
        let made_up = texts.accept(grace().id, 7, noon(), &told).await.unwrap();
        let newest = texts.accept(grace().id, 2, noon(), &told).await.unwrap();
        let twice = texts.accept(grace().id, 2, noon() + HOUR, &told).await.unwrap();

        assert_eq!((old, made_up, newest, twice), (Moved::No, Moved::No, Moved::Yes, Moved::No));
        let accepted = texts.accepted().await.unwrap();
        assert_eq!(accepted.into_iter().collect::<Vec<_>>(), [(grace().id, (2, noon()))]);
        assert_eq!(event_count(&database.store).await, 3);
    })
    .await;
}

#[tokio::test]
async fn the_counts_of_a_person_say_what_counts_and_what_they_have_accepted() {
    each_database(async |database| {
        let (texts, told) = (database.store.responsibilities(), event(EventKind::ResponsibilitiesAccepted));
        let asked = async |person, at| database.store.requests().counts(person, at).await.unwrap().responsibilities;
        assert_eq!(asked(grace().id, noon()).await, Asked::default());
        assert!(texts.write(&version(1, Some(0)), &told).await.unwrap().is_yes());
        assert!(texts.accept(grace().id, 1, noon(), &told).await.unwrap().is_yes());
        assert!(texts.write(&version(2, Some(9)), &told).await.unwrap().is_yes());
        assert!(texts.write(&version(3, None), &told).await.unwrap().is_yes());

        let latest = Some((2, noon() + DAY * 9));
        assert_eq!(asked(grace().id, noon() + DAY).await, Asked { latest, counting: 1, accepted: 1 });
        assert_eq!(asked(alan().id, noon() + DAY).await, Asked { latest, counting: 1, accepted: 0 });
        assert_eq!(asked(grace().id, noon() + DAY * 9).await, Asked { latest, counting: 2, accepted: 1 });
    })
    .await;
}
