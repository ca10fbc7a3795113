//! Sessions for `tower-sessions`. The row's key is a hash of the cookie and the record is sealed by the cookie, so the
//! table tells nothing and opens nothing.
//!
//! `save` only updates: a request that was under way while the person signed out cannot bring the session back.

use std::{fmt, sync::Arc};

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use sqlx::FromRow;
use tower_sessions::{
    SessionStore as Sessions,
    session::{Id, Record},
    session_store,
};

use super::{
    Error, SealKeys, Store,
    codec::{json, ms, read_json},
    db::{execute, listed, read},
    seal::row_key,
};
use crate::domain::ids::PersonId;

/// A session ends after this long without a request.
pub const IDLE_LIMIT: SignedDuration = SignedDuration::from_mins(60);
/// A session ends this long after its person signed in, whatever they do.
pub const ABSOLUTE_LIMIT: SignedDuration = SignedDuration::from_hours(12);
/// A session that is only read is touched this often at most, so that a page view is not a write.
pub const TOUCH_EVERY: SignedDuration = SignedDuration::from_mins(5);

const PURPOSE: &str = "session";

/// Tells the time; a test brings its own.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Keeps sessions in the database.
#[derive(Clone)]
pub struct SessionStore {
    store: Store,
    keys: SealKeys,
    clock: Clock,
}

impl fmt::Debug for SessionStore {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("SessionStore").finish_non_exhaustive()
    }
}

#[derive(FromRow)]
struct Row {
    sealed: String,
    touched_at: i64,
    idle_until: i64,
    absolute_until: i64,
}

impl SessionStore {
    /// Makes a session store over the database.
    #[must_use]
    pub fn new(store: Store, keys: SealKeys, clock: Clock) -> Self {
        Self { store, keys, clock }
    }

    /// Ends all sessions of a person, and returns how many there were.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_all_of(&self, person: PersonId) -> Result<u64, Error> {
        let mut tx = self.store.db.begin().await?;
        let text = listed!(tx, ["DELETE FROM session WHERE person_hash "], [""]);
        let rows = execute!(&mut tx, sqlx::query(text).bind(json(&self.keys.person_hashes(person))?))?;
        tx.commit().await?;
        Ok(rows)
    }

    /// Returns whether a person is signed in anywhere: work that goes on after its page was left ends with their sign-in.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_signed_in(&self, person: PersonId) -> Result<bool, Error> {
        let db = &self.store.db;
        let text = listed!(
            db,
            ["SELECT COUNT(*) FROM session WHERE person_hash "],
            ["AND idle_until > $2 AND absolute_until > $2"]
        );
        let hashes = json(&self.keys.person_hashes(person))?;
        let now = ms((self.clock)());
        Ok(read!(db, fetch_one, sqlx::query_scalar::<_, i64>(text).bind(&hashes).bind(now))? > 0)
    }

    /// Ends the sessions of one sign-in, which the provider names by its `sid` when a person signs out elsewhere.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_sign_in(&self, sid: &str) -> Result<u64, Error> {
        let mut tx = self.store.db.begin().await?;
        let text = listed!(tx, ["DELETE FROM session WHERE sign_in_hash "], [""]);
        let rows = execute!(&mut tx, sqlx::query(text).bind(json(&self.keys.sign_in_hashes(sid))?))?;
        tx.commit().await?;
        Ok(rows)
    }

    /// Deletes the sessions that are over, and returns how many there were.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sweep(&self, now: Timestamp) -> Result<u64, Error> {
        let mut tx = self.store.db.begin().await?;
        let text = "DELETE FROM session WHERE idle_until <= $1 OR absolute_until <= $1";
        let rows = execute!(&mut tx, sqlx::query(text).bind(ms(now)))?;
        tx.commit().await?;
        Ok(rows)
    }

    /// Inserts a new row; `false` when the key is taken.
    async fn insert(&self, record: &Record) -> Result<bool, Error> {
        let now = (self.clock)();
        let key = row_key(PURPOSE, &record.id.to_string());
        let mut tx = self.store.db.begin().await?;
        let rows = execute!(
            &mut tx,
            sqlx::query(
                "INSERT INTO session (key, sealed, person_hash, sign_in_hash, touched_at, idle_until, absolute_until)
                 VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (key) DO NOTHING"
            )
            .bind(&key)
            .bind(self.sealed(&key, record)?)
            .bind(self.person_hash(record))
            .bind(self.sign_in_hash(record))
            .bind(ms(now))
            .bind(ms(now + IDLE_LIMIT))
            .bind(signed_in_limit(record).unwrap_or(ms(now + ABSOLUTE_LIMIT)))
        )?;
        tx.commit().await?;
        Ok(rows == 1)
    }

    async fn update(&self, record: &Record) -> Result<(), Error> {
        let now = (self.clock)();
        let key = row_key(PURPOSE, &record.id.to_string());
        let mut tx = self.store.db.begin().await?;
        execute!(
            &mut tx,
            sqlx::query(
                "UPDATE session SET sealed = $1, person_hash = $2, sign_in_hash = $3, touched_at = $4,
                                    idle_until = $5, absolute_until = COALESCE($6, absolute_until)
                 WHERE key = $7 AND idle_until > $4 AND absolute_until > $4"
            )
            .bind(self.sealed(&key, record)?)
            .bind(self.person_hash(record))
            .bind(self.sign_in_hash(record))
            .bind(ms(now))
            .bind(ms(now + IDLE_LIMIT))
            .bind(signed_in_limit(record))
            .bind(&key)
        )?;
        tx.commit().await
    }

    async fn find(&self, session: &Id) -> Result<Option<Record>, Error> {
        let (now, token) = ((self.clock)(), session.to_string());
        let key = row_key(PURPOSE, &token);
        let text = "SELECT sealed, touched_at, idle_until, absolute_until FROM session WHERE key = $1";
        let Some(mut row) = read!(&self.store.db, fetch_optional, sqlx::query_as::<_, Row>(text).bind(&key))? else {
            return Ok(None);
        };
        if row.idle_until <= ms(now) || row.absolute_until <= ms(now) {
            return Ok(None);
        }
        let Some(plain) = self.keys.open(PURPOSE, &token, &key, &row.sealed) else { return Ok(None) };
        let data = read_json(&String::from_utf8(plain).map_err(Error::codec)?)?;
        if ms(now - TOUCH_EVERY) >= row.touched_at {
            match self.touch(&key, row.touched_at, now).await {
                Ok(()) => row.idle_until = ms(now + IDLE_LIMIT),
                // The session is there and holds; a database that cannot write for a moment signs nobody out.
                Err(error) => tracing::warn!(%error, "a session was not touched"),
            }
        }
        let ends_at = row.idle_until.min(row.absolute_until);
        let expiry_date = time::OffsetDateTime::from_unix_timestamp_nanos(i128::from(ends_at) * 1_000_000);
        Ok(Some(Record { id: *session, data, expiry_date: expiry_date.map_err(Error::codec)? }))
    }

    async fn touch(&self, key: &str, touched_at: i64, now: Timestamp) -> Result<(), Error> {
        let mut tx = self.store.db.begin().await?;
        execute!(
            &mut tx,
            sqlx::query("UPDATE session SET touched_at = $1, idle_until = $2 WHERE key = $3 AND touched_at = $4")
                .bind(ms(now))
                .bind(ms(now + IDLE_LIMIT))
                .bind(key)
                .bind(touched_at)
        )?;
        tx.commit().await
    }

    async fn remove(&self, session: &Id) -> Result<(), Error> {
        let mut tx = self.store.db.begin().await?;
        let key = row_key(PURPOSE, &session.to_string());
        execute!(&mut tx, sqlx::query("DELETE FROM session WHERE key = $1").bind(key))?;
        tx.commit().await
    }

    fn sealed(&self, key: &str, record: &Record) -> Result<String, Error> {
        self.keys.seal(PURPOSE, &record.id.to_string(), key, json(&record.data)?.as_bytes())
    }

    fn person_hash(&self, record: &Record) -> String {
        let person = record.data.get("person_id").and_then(Value::as_str).and_then(|text| text.parse().ok());
        person.map_or_else(String::new, |person| self.keys.person_hash(person))
    }

    fn sign_in_hash(&self, record: &Record) -> String {
        let sid = record.data.get("sid").and_then(Value::as_str).filter(|sid| !sid.is_empty());
        sid.map_or_else(String::new, |sid| self.keys.sign_in_hash(sid))
    }
}

/// Returns when a session that says when its person signed in has to end.
fn signed_in_limit(record: &Record) -> Option<i64> {
    let signed_in_at = record.data.get("signed_in_at").and_then(Value::as_i64)?;
    signed_in_at.checked_add(i64::try_from(ABSOLUTE_LIMIT.as_millis()).ok()?)
}

#[async_trait]
impl Sessions for SessionStore {
    async fn create(&self, record: &mut Record) -> session_store::Result<()> {
        while !self.insert(record).await.map_err(backend)? {
            record.id = Id::default();
        }
        Ok(())
    }

    async fn save(&self, record: &Record) -> session_store::Result<()> {
        self.update(record).await.map_err(backend)
    }

    async fn load(&self, session: &Id) -> session_store::Result<Option<Record>> {
        self.find(session).await.map_err(backend)
    }

    async fn delete(&self, session: &Id) -> session_store::Result<()> {
        self.remove(session).await.map_err(backend)
    }
}

fn backend(error: Error) -> session_store::Error {
    match error {
        Error::Codec(_) => session_store::Error::Decode(error.with_causes()),
        other => session_store::Error::Backend(other.with_causes()),
    }
}
