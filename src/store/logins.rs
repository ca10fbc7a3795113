//! Sign-ins on their way: one row a `state`, so that two tabs do not spoil each other's.
//!
//! The address holds one token (the key), the browser's cookie the other. The row is found by a hash of the first, given
//! out for a hash of the second, and sealed by both.

use jiff::Timestamp;
use serde::{Serialize, de::DeserializeOwned};

use super::{
    Error, SealKeys, Store,
    codec::{count, json, limit, ms, read_json},
    db::{Tx, execute, fetch},
    seal::row_key,
};

const PURPOSE: &str = "login";
/// The most sign-ins on their way in one browser: as many tabs as anybody has.
pub const SIGN_INS_OF_ONE: usize = 50;
/// The most sign-ins on their way at all. Anybody can begin one, so their number must not fill the database; and no number
/// of them may keep others from signing in, so the oldest give way.
pub const SIGN_INS: usize = 10_000;
/// How many give way at once, so that it is seldom.
const GIVE_WAY: usize = 500;

/// Keeps sign-ins that are on their way.
#[derive(Clone)]
pub struct Logins {
    store: Store,
    keys: SealKeys,
}

impl Logins {
    /// Makes the keeper of sign-ins over the database.
    #[must_use]
    pub fn new(store: Store, keys: SealKeys) -> Self {
        Self { store, keys }
    }

    /// Keeps a sign-in until an instant. The oldest of the browser beyond [`SIGN_INS_OF_ONE`], and the oldest of all beyond
    /// [`SIGN_INS`], are forgotten.
    ///
    /// # Errors
    /// [`Error::Constraint`] when the key token was used before; otherwise when the database fails.
    pub async fn put<T: Serialize + Sync>(
        &self,
        key_token: &str,
        browser_token: &str,
        payload: &T,
        expires_at: Timestamp,
    ) -> Result<(), Error> {
        let key = row_key(PURPOSE, key_token);
        let token = both(key_token, browser_token);
        let sealed = self.keys.seal(PURPOSE, &token, &key, json(payload)?.as_bytes())?;
        let browser = row_key("browser", browser_token);
        let mut tx = self.store.db.begin().await?;
        make_room(&mut tx, &browser).await?;
        execute!(
            &mut tx,
            sqlx::query("INSERT INTO login (key, browser_hash, sealed, expires_at) VALUES ($1, $2, $3, $4)")
                .bind(&key)
                .bind(browser)
                .bind(sealed)
                .bind(ms(expires_at))
        )?;
        tx.commit().await
    }

    /// Gives a sign-in out, once, to the browser that began it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take<T: DeserializeOwned>(
        &self,
        key_token: &str,
        browser_token: &str,
        now: Timestamp,
    ) -> Result<Option<T>, Error> {
        let key = row_key(PURPOSE, key_token);
        let mut tx = self.store.db.begin().await?;
        let sealed = fetch!(
            &mut tx,
            fetch_optional,
            sqlx::query_scalar::<_, String>(
                "DELETE FROM login WHERE key = $1 AND browser_hash = $2 AND expires_at > $3 RETURNING sealed"
            )
            .bind(&key)
            .bind(row_key("browser", browser_token))
            .bind(ms(now))
        )?;
        tx.commit().await?;
        opened(&self.keys, PURPOSE, &both(key_token, browser_token), &key, sealed)
    }

    /// Deletes the sign-ins whose time has passed, and returns how many there were.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sweep(&self, now: Timestamp) -> Result<u64, Error> {
        let mut tx = self.store.db.begin().await?;
        let rows = execute!(&mut tx, sqlx::query("DELETE FROM login WHERE expires_at <= $1").bind(ms(now)))?;
        tx.commit().await?;
        Ok(rows)
    }
}

/// Forgets the oldest sign-ins where there are too many of them.
async fn make_room(tx: &mut Tx, browser: &str) -> Result<(), Error> {
    execute!(
        &mut *tx,
        sqlx::query(
            "DELETE FROM login WHERE browser_hash = $1 AND key NOT IN
             (SELECT key FROM login WHERE browser_hash = $1 ORDER BY expires_at DESC, key LIMIT $2)"
        )
        .bind(browser)
        .bind(limit(SIGN_INS_OF_ONE - 1))
    )?;
    let all = fetch!(&mut *tx, fetch_one, sqlx::query_scalar::<_, i64>("SELECT COUNT(*) FROM login"))?;
    if count(all) >= SIGN_INS {
        execute!(
            &mut *tx,
            sqlx::query("DELETE FROM login WHERE key IN (SELECT key FROM login ORDER BY expires_at, key LIMIT $1)")
                .bind(limit(GIVE_WAY))
        )?;
    }
    Ok(())
}

/// Joins the two tokens; neither alone opens what was sealed.
pub(super) fn both(key_token: &str, browser_token: &str) -> String {
    [key_token, "\0", browser_token].concat()
}

/// Opens a sealed payload; `None` when there is none or no key of ours opens it.
pub(super) fn opened<T: DeserializeOwned>(
    keys: &SealKeys,
    purpose: &str,
    token: &str,
    row_key: &str,
    sealed: Option<String>,
) -> Result<Option<T>, Error> {
    let plain = sealed.and_then(|sealed| keys.open(purpose, token, row_key, &sealed));
    plain.map(|plain| read_json(&String::from_utf8(plain).map_err(Error::codec)?)).transpose()
}
