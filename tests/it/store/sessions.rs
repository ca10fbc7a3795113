//! Sessions end when they have to, stay ended, and tell nobody anything without their cookie.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use jiff::{SignedDuration, Timestamp};
use roster::store::{ABSOLUTE_LIMIT, IDLE_LIMIT, SealKeys, SessionStore, Store};
use serde_json::json;
use tower_sessions::{
    SessionStore as _,
    session::{Id, Record},
};

use super::each_database;
use super::{HOUR, ada, alan, noon};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

/// A session store with a clock that stands still until it is turned.
struct Wound {
    sessions: SessionStore,
    clock: Arc<AtomicI64>,
}

impl Wound {
    fn new(store: &Store, keys: &[u8]) -> Self {
        let clock = Arc::new(AtomicI64::new(noon().as_millisecond()));
        let hand = clock.clone();
        let keys = SealKeys::new(keys.iter().map(|byte| [*byte; 32]).collect()).unwrap();
        let now = Arc::new(move || Timestamp::from_millisecond(hand.load(Ordering::SeqCst)).unwrap());
        Self { sessions: SessionStore::new(store.clone(), keys, now), clock }
    }

    fn turn(&self, to: Timestamp) {
        self.clock.store(to.as_millisecond(), Ordering::SeqCst);
    }

    async fn sign_in(&self, id: i128) -> Record {
        let mut record = record(id);
        self.sessions.create(&mut record).await.unwrap();
        record
    }

    async fn is_alive(&self, record: &Record) -> bool {
        self.sessions.load(&record.id).await.unwrap().is_some()
    }
}

fn record(id: i128) -> Record {
    let data = [
        ("person_id".to_owned(), json!(alan().id)),
        ("sid".to_owned(), json!("sign-in-1")),
        ("token".to_owned(), json!("a-very-secret-token")),
    ];
    Record { id: Id(id), data: data.into_iter().collect(), expiry_date: time::OffsetDateTime::UNIX_EPOCH }
}

#[tokio::test]
async fn a_session_is_found_by_its_cookie_and_says_when_it_ends() {
    each_database(async |database| {
        let wound = Wound::new(&database.store, &[1]);
        let record = wound.sign_in(42).await;

        let found = wound.sessions.load(&record.id).await.unwrap().unwrap();

        assert_eq!((found.id, found.data), (record.id, record.data));
        assert_eq!(found.expiry_date.unix_timestamp(), (noon() + IDLE_LIMIT).as_second());
        assert!(wound.sessions.load(&Id(43)).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn the_table_holds_neither_the_cookie_nor_the_token_nor_the_person() {
    each_database(async |database| {
        let record = Wound::new(&database.store, &[1]).sign_in(42).await;

        let row = database.text("SELECT key || ' ' || sealed || ' ' || person_hash || sign_in_hash FROM session").await;

        for secret in [&record.id.to_string(), "a-very-secret-token", "sign-in-1", &alan().id.to_string()] {
            assert!(!row.contains(secret), "{secret} in {row}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_sealed_record_moved_to_another_row_does_not_open() {
    each_database(async |database| {
        let wound = Wound::new(&database.store, &[1]);
        let (mine, other) = (wound.sign_in(42).await, wound.sign_in(43).await);

        database.tamper("UPDATE session SET sealed = (SELECT MAX(sealed) FROM session)").await.unwrap();

        assert!(wound.is_alive(&mine).await != wound.is_alive(&other).await);
    })
    .await;
}

#[tokio::test]
async fn a_previous_server_key_still_opens_and_ends_sessions() {
    each_database(async |database| {
        let record = Wound::new(&database.store, &[1]).sign_in(42).await;
        let rotated = Wound::new(&database.store, &[2, 1]);

        assert!(rotated.is_alive(&record).await);
        assert!(!Wound::new(&database.store, &[2]).is_alive(&record).await);
        assert_eq!(rotated.sessions.end_all_of(alan().id).await.unwrap(), 1);
        assert!(!rotated.is_alive(&record).await);
    })
    .await;
}

#[tokio::test]
async fn a_taken_key_gives_way_to_a_new_one() {
    each_database(async |database| {
        let wound = Wound::new(&database.store, &[1]);
        let first = wound.sign_in(42).await;

        let second = wound.sign_in(42).await;

        assert_ne!(first.id, second.id);
        assert!(wound.is_alive(&first).await && wound.is_alive(&second).await);
    })
    .await;
}

#[tokio::test]
async fn saving_after_signing_out_does_not_bring_a_session_back() {
    each_database(async |database| {
        let wound = Wound::new(&database.store, &[1]);
        let mut record = wound.sign_in(42).await;
        record.data.insert("seen".into(), json!(true));
        wound.sessions.save(&record).await.unwrap();
        assert_eq!(wound.sessions.load(&record.id).await.unwrap().unwrap().data, record.data);

        wound.sessions.delete(&record.id).await.unwrap();
        wound.sessions.save(&record).await.unwrap();

        assert!(!wound.is_alive(&record).await);
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_when_idle_and_visits_keep_it() {
    each_database(async |database| {
        let wound = Wound::new(&database.store, &[1]);
        let (visited, idle) = (wound.sign_in(42).await, wound.sign_in(43).await);
        wound.turn(noon() + 50 * MINUTE);
        assert!(wound.is_alive(&visited).await);

        wound.turn(noon() + IDLE_LIMIT);

        assert!(wound.is_alive(&visited).await);
        assert!(!wound.is_alive(&idle).await);
        wound.sessions.save(&idle).await.unwrap();
        assert!(!wound.is_alive(&idle).await);
        assert_eq!(wound.sessions.sweep(noon() + IDLE_LIMIT).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_visit_within_five_minutes_writes_nothing() {
    each_database(async |database| {
        let wound = Wound::new(&database.store, &[1]);
        let record = wound.sign_in(42).await;
        let touched = async || database.text("SELECT CAST(touched_at AS TEXT) FROM session").await;

        wound.turn(noon() + 4 * MINUTE);
        assert!(wound.is_alive(&record).await);
        let early = touched().await;
        wound.turn(noon() + 5 * MINUTE);
        assert!(wound.is_alive(&record).await);
        let late = touched().await;

        assert_eq!(early, noon().as_millisecond().to_string());
        assert_eq!(late, (noon() + 5 * MINUTE).as_millisecond().to_string());
    })
    .await;
}

#[tokio::test]
async fn twelve_hours_after_signing_in_a_session_ends_whatever_its_person_does() {
    each_database(async |database| {
        let wound = Wound::new(&database.store, &[1]);
        let plain = wound.sign_in(42).await;
        let mut renewed = record(43);
        renewed.data.insert("signed_in_at".into(), json!((noon() - HOUR).as_millisecond()));
        wound.sessions.create(&mut renewed).await.unwrap();
        for half_hours in 1..22 {
            wound.turn(noon() + 30 * half_hours * MINUTE);
            assert!(wound.is_alive(&plain).await && wound.is_alive(&renewed).await, "{half_hours}");
            wound.sessions.save(&renewed).await.unwrap();
        }

        wound.turn(noon() + ABSOLUTE_LIMIT - HOUR);
        let after_eleven = (wound.is_alive(&plain).await, wound.is_alive(&renewed).await);
        wound.turn(noon() + ABSOLUTE_LIMIT - MINUTE);
        assert!(wound.is_alive(&plain).await);
        wound.turn(noon() + ABSOLUTE_LIMIT);

        assert_eq!(after_eleven, (true, false));
        assert!(!wound.is_alive(&plain).await);
    })
    .await;
}

#[tokio::test]
async fn the_sessions_of_a_person_or_a_sign_in_end_together() {
    each_database(async |database| {
        let wound = Wound::new(&database.store, &[1]);
        let mut other = record(50);
        other.data.insert("person_id".into(), json!(ada().id));
        other.data.insert("sid".into(), json!("sign-in-2"));
        wound.sessions.create(&mut other).await.unwrap();
        wound.sign_in(42).await;
        wound.sign_in(43).await;

        let of_alan = wound.sessions.end_all_of(alan().id).await.unwrap();
        let still = wound.is_alive(&other).await;
        let of_sign_in = wound.sessions.end_sign_in("sign-in-2").await.unwrap();

        assert_eq!((of_alan, still, of_sign_in), (2, true, 1));
        assert!(!wound.is_alive(&other).await);
    })
    .await;
}

#[tokio::test]
async fn a_session_that_cannot_be_touched_is_read_all_the_same() {
    each_database(async |database| {
        let wound = Wound::new(&database.store, &[1]);
        let session = wound.sign_in(1).await;
        let refuse = if database.is_sqlite() {
            "CREATE TRIGGER still BEFORE UPDATE ON session BEGIN SELECT RAISE(ABORT, 'held'); END"
        } else {
            "CREATE FUNCTION still() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'held'; END $$;
             CREATE TRIGGER still BEFORE UPDATE ON session FOR EACH ROW EXECUTE FUNCTION still()"
        };
        database.tamper(refuse).await.unwrap();
        wound.turn(noon() + 10 * MINUTE);

        let read = wound.sessions.load(&session.id).await.unwrap().unwrap();

        let ends = i128::from((noon() + IDLE_LIMIT).as_millisecond()) * 1_000_000;
        assert_eq!((read.data, read.expiry_date.unix_timestamp_nanos()), (session.data, ends));
    })
    .await;
}
