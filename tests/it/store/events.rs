//! The audit record cannot be changed, and when it is all the same, it shows.

use roster::{domain::event::EventKind, store::fingerprint};

use super::each_database;
use super::{alan, ask, compilers, gardeners};
use crate::support::database::Database;

#[tokio::test]
async fn the_chain_holds_and_events_are_read_back_whole() {
    each_database(async |database| {
        let store = &database.store;
        let empty = store.events().verify().await.unwrap().unwrap();
        let asked = ask(store, compilers(), alan()).await;
        ask(store, gardeners(), alan()).await;

        let verified = store.events().verify().await.unwrap().unwrap();
        let latest = store.events().latest(1).await.unwrap();
        let of_request = store.events().of_request(asked.id).await.unwrap();

        assert_eq!((empty.count, empty.head.as_str()), (0, ""));
        assert_eq!((verified.count, verified.head.len()), (2, 64));
        assert_eq!(of_request.len(), 1);
        assert_eq!(of_request[0].request, Some(asked.id));
        assert_eq!(latest[0].kind, EventKind::RequestCreated);
        assert_ne!(latest[0].id, of_request[0].id);
        assert_eq!(store.events().of_group(compilers(), 10).await.unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn the_database_refuses_to_change_or_delete_events() {
    each_database(async |database| {
        ask(&database.store, compilers(), alan()).await;

        let changed = database.tamper("UPDATE event SET body = '{}'").await;
        let deleted = database.tamper("DELETE FROM event").await;

        assert!(changed.is_err() && deleted.is_err());
        if !database.is_sqlite() {
            assert!(database.tamper("TRUNCATE event").await.is_err());
        }
        assert!(database.store.events().verify().await.unwrap().is_ok());
    })
    .await;
}

#[tokio::test]
async fn every_kind_of_forgery_shows() {
    let forgeries: [(&'static str, i64); 6] = [
        ("UPDATE event SET body = replace(body, 'request.created', 'request.closed') WHERE seq = 2", 2),
        ("UPDATE event SET actor_id = '00000000-0000-0000-0000-000000000009' WHERE seq = 2", 2),
        ("UPDATE event SET hash = previous WHERE seq = 1", 1),
        ("DELETE FROM event WHERE seq = 2", 2),
        ("DELETE FROM event WHERE seq = 3", 3),
        ("UPDATE head SET number = 2 WHERE name = 'event'", 2),
    ];
    for (forgery, seq) in forgeries {
        each_database(async |database| {
            for n in 0..3 {
                ask(&database.store, compilers(), super::person(600 + n, "Mary Jackson")).await;
            }
            drop_guards(&database).await;

            database.tamper(forgery).await.unwrap();

            let broken = database.store.events().verify().await.unwrap().unwrap_err();
            assert_eq!(broken.seq, seq, "{forgery}: {}", broken.why);
        })
        .await;
    }
}

async fn drop_guards(database: &Database) {
    let statements = if database.is_sqlite() {
        "DROP TRIGGER event_never_changes; DROP TRIGGER event_never_goes;"
    } else {
        "DROP TRIGGER event_never_changes ON event;"
    };
    database.tamper(statements).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn events_written_at_the_same_time_form_one_chain() {
    each_database(async |database| {
        let tasks: Vec<_> = (0..40)
            .map(|n| {
                let store = database.store.clone();
                tokio::spawn(async move { ask(&store, compilers(), super::person(500 + n, "Mary Jackson")).await })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }

        assert_eq!(database.store.events().verify().await.unwrap().unwrap().count, 40);
    })
    .await;
}

#[test]
fn a_fingerprint_is_the_sha_256_of_the_text() {
    // FIPS 180-2, appendix B.1.
    assert_eq!(fingerprint("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
