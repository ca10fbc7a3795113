//! Forms that arrived when their sender's sign-in had ended. Nothing somebody typed is lost: the form is kept, sealed, and
//! shown to the same person in the same browser to confirm.

use jiff::Timestamp;
use serde::{Serialize, de::DeserializeOwned};

use super::{
    Error, SealKeys, Store,
    codec::{json, limit, ms},
    db::{execute, read},
    logins::{both, opened},
    seal::row_key,
};
use crate::domain::ids::PersonId;

const PURPOSE: &str = "held form";
/// The most forms that are kept for one person; a new one takes the place of the oldest.
pub const FORMS_OF_ONE: usize = 20;

/// Keeps forms for their senders.
#[derive(Clone)]
pub struct HeldForms {
    store: Store,
    keys: SealKeys,
}

impl HeldForms {
    /// Makes the keeper of forms over the database.
    #[must_use]
    pub fn new(store: Store, keys: SealKeys) -> Self {
        Self { store, keys }
    }

    /// Keeps a form of a person until an instant, and forgets their oldest ones beyond [`FORMS_OF_ONE`].
    ///
    /// # Errors
    /// [`Error::Constraint`] when the key token was used before; otherwise when the database fails.
    pub async fn put<T: Serialize + Sync>(
        &self,
        key_token: &str,
        browser_token: &str,
        person: PersonId,
        payload: &T,
        expires_at: Timestamp,
    ) -> Result<(), Error> {
        let key = row_key(PURPOSE, key_token);
        let token = both(key_token, browser_token);
        let sealed = self.keys.seal(PURPOSE, &token, &key, json(payload)?.as_bytes())?;
        let sender = self.keys.person_hash(person);
        let mut tx = self.store.db.begin().await?;
        execute!(
            &mut tx,
            sqlx::query(
                "DELETE FROM held_form WHERE person_hash = $1 AND key NOT IN
                 (SELECT key FROM held_form WHERE person_hash = $1 ORDER BY expires_at DESC, key LIMIT $2)"
            )
            .bind(&sender)
            .bind(limit(FORMS_OF_ONE - 1))
        )?;
        execute!(
            &mut tx,
            sqlx::query(
                "INSERT INTO held_form (key, browser_hash, person_hash, sealed, expires_at)
                 VALUES ($1, $2, $3, $4, $5)"
            )
            .bind(&key)
            .bind(row_key("browser", browser_token))
            .bind(sender)
            .bind(sealed)
            .bind(ms(expires_at))
        )?;
        tx.commit().await
    }

    /// Shows a form to its sender without giving it out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn peek<T: DeserializeOwned>(
        &self,
        key_token: &str,
        browser_token: &str,
        person: PersonId,
        now: Timestamp,
    ) -> Result<Option<T>, Error> {
        let key = row_key(PURPOSE, key_token);
        let found = read!(
            &self.store.db,
            fetch_optional,
            sqlx::query_as::<_, (String, String)>(
                "SELECT sealed, person_hash FROM held_form WHERE key = $1 AND browser_hash = $2 AND expires_at > $3"
            )
            .bind(&key)
            .bind(row_key("browser", browser_token))
            .bind(ms(now))
        )?;
        let theirs = self.keys.person_hashes(person);
        let sealed = found.filter(|(_, sender)| theirs.contains(sender)).map(|(sealed, _)| sealed);
        opened(&self.keys, PURPOSE, &both(key_token, browser_token), &key, sealed)
    }

    /// Deletes the forms whose time has passed, and returns how many there were.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sweep(&self, now: Timestamp) -> Result<u64, Error> {
        let mut tx = self.store.db.begin().await?;
        let rows = execute!(&mut tx, sqlx::query("DELETE FROM held_form WHERE expires_at <= $1").bind(ms(now)))?;
        tx.commit().await?;
        Ok(rows)
    }
}
