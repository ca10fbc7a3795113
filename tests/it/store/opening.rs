//! Opening a database, and what makes it keep what it confirmed.

use roster::store::{Error, Store};

use super::each_database;
use crate::support::database::Database;

#[tokio::test]
async fn every_pooled_connection_keeps_what_it_confirms() {
    each_database(async |database| {
        let found = database.store.durability().await.unwrap();

        if database.is_sqlite() {
            assert_eq!(found.len(), 5);
            let wanted = "journal_mode=wal synchronous=2 foreign_keys=1 busy_timeout=5000";
            assert!(found.iter().all(|settings| settings == wanted), "{found:?}");
        } else {
            assert_eq!(found, vec!["synchronous_commit=on"; 10]);
        }
    })
    .await;
}

#[tokio::test]
async fn a_database_that_may_lose_commits_is_not_opened() {
    let Some(database) = Database::postgres().await else {
        return crate::support::left_out("PostgreSQL is not on PATH");
    };
    database
        .tamper(
            "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database()); END $$",
        )
        .await
        .unwrap();

    let error = Store::open(&database.url).await.unwrap_err();

    assert!(matches!(&error, Error::Unfit(why) if why.contains("synchronous_commit=off")), "{error:?}");
}

#[tokio::test]
async fn opening_again_and_several_at_once_changes_nothing() {
    each_database(async |database| {
        let (a, b, c) =
            tokio::join!(Store::open(&database.url), Store::open(&database.url), Store::open(&database.url));

        for store in [a.unwrap(), b.unwrap(), c.unwrap()] {
            store.ping().await.unwrap();
            store.close().await;
        }
        database.store.ping().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_address_of_no_known_kind_is_said_to_be_one() {
    for address in ["mysql://localhost/roster", "sqlite::memory:", "sqlite://:memory:", "roster.db", ""] {
        assert!(matches!(Store::open(address).await, Err(Error::Unfit(_))), "{address}");
    }
}

#[tokio::test]
async fn a_database_that_is_away_is_unavailable() {
    let away = Store::open("postgres://roster@127.0.0.1:1/roster").await.unwrap_err();
    let nowhere = Store::open("sqlite:///nowhere/at/all/roster.db").await.unwrap_err();

    assert!(away.is_unavailable(), "{away:?}");
    assert!(nowhere.is_unavailable(), "{nowhere:?}");
}

#[tokio::test]
async fn a_database_that_does_not_exist_is_a_matter_of_setting_up() {
    let Some(database) = Database::postgres().await else {
        return crate::support::left_out("PostgreSQL is not on PATH");
    };
    let missing = database.url.replace("/roster_", "/missing_");

    let error = Store::open(&missing).await.unwrap_err();

    assert!(matches!(&error, Error::Unfit(why) if why.contains("does not exist")), "{error:?}");
}

#[tokio::test]
async fn a_closed_store_is_unavailable() {
    each_database(async |database| {
        database.store.close().await;

        assert!(database.store.ping().await.unwrap_err().is_unavailable());
    })
    .await;
}
