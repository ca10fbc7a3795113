//! Accounts with which nobody has signed in for long, and the right to ask the directory about them: one process at a time.
//! Nothing is kept but who, and when that was read.

use std::collections::HashSet;

use jiff::Timestamp;
use serde_json::json as value;

use super::{
    Error,
    codec::{id_list, instant, json, ms, read_id},
    db::{Db, execute, from_items, listed, read},
    unexplained,
};
use crate::domain::{
    ids::PersonId,
    inactive::{BELIEVED, Standing},
    outside::asking::{Asked, LEASE, TOLERANCE},
};

/// How many accounts go into one statement.
const CHUNK: usize = 2000;

/// Keeps who has not signed in for long.
#[derive(Debug, Clone, Copy)]
pub struct InactiveAccounts<'a> {
    pub(super) db: &'a Db,
}

/// The right to read, until it is given back or runs out.
#[derive(Debug)]
pub struct SignInsLease {
    until: i64,
}

impl InactiveAccounts<'_> {
    /// Returns how reading stands.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn standing(&self) -> Result<Standing, Error> {
        let text = "SELECT number, text, (SELECT text FROM head WHERE name = 'inactive_accounts')
                    FROM head WHERE name = 'sign_ins'";
        let (until, asked, days) = read!(self.db, fetch_one, sqlx::query_as::<_, (i64, String, String)>(text))?;
        Ok(Standing {
            held_until: (until > 0).then(|| instant(until)).transpose()?,
            last: unexplained::read_asked(&asked),
            days: days.parse().ok(),
        })
    }

    /// Takes the right to read for ten minutes, when it is time and nobody holds it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin(&self, days: u16, now: Timestamp) -> Result<Option<SignInsLease>, Error> {
        let standing = self.standing().await?;
        if !standing.may_begin(days, now) {
            return Ok(None);
        }
        let (held, until) = (standing.held_until.map_or(0, ms), ms(now + LEASE));
        let mut tx = self.db.begin().await?;
        // Of two who found it free, one changes it first.
        let text = "UPDATE head SET number = $1 WHERE name = 'sign_ins' AND number = $2";
        let rows = execute!(&mut tx, sqlx::query(text).bind(until).bind(held))?;
        tx.commit().await?;
        Ok((rows == 1).then_some(SignInsLease { until }))
    }

    /// Holds the right for longer; `false` when it is lost.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep(&self, lease: &mut SignInsLease, now: Timestamp) -> Result<bool, Error> {
        let until = ms(now + LEASE);
        let mut tx = self.db.begin().await?;
        let text = "UPDATE head SET number = $1 WHERE name = 'sign_ins' AND number = $2";
        let rows = execute!(&mut tx, sqlx::query(text).bind(until).bind(lease.until))?;
        tx.commit().await?;
        lease.until = until;
        Ok(rows == 1)
    }

    /// Gives the right back, notes what became of asking, and makes known who was found, in place of those known before;
    /// nothing happens when the right is lost. What could not be read leaves what is known as it is.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end(
        &self,
        lease: SignInsLease,
        asked: Option<Asked>,
        found: Option<(&[PersonId], u16)>,
    ) -> Result<(), Error> {
        let mut tx = self.db.begin().await?;
        let text = "UPDATE head SET number = 0, text = COALESCE($1, text) WHERE name = 'sign_ins' AND number = $2";
        let noted = asked.map(|asked| json(&asked)).transpose()?;
        if execute!(&mut tx, sqlx::query(text).bind(noted).bind(lease.until))? == 0 {
            return Ok(());
        }
        if let (Some(asked), Some((people, days))) = (asked, found) {
            execute!(&mut tx, sqlx::query("DELETE FROM inactive_account"))?;
            for some in people.chunks(CHUNK) {
                let items: Vec<_> = some.iter().map(|person| value!({ "id": person })).collect();
                let text =
                    from_items!(tx, ["INSERT INTO inactive_account (person_id) SELECT item.value ->> 'id' "], [""]);
                execute!(&mut tx, sqlx::query(text).bind(json(&items)?))?;
            }
            let text = "UPDATE head SET number = $1, text = $2 WHERE name = 'inactive_accounts'";
            execute!(&mut tx, sqlx::query(text).bind(ms(asked.at)).bind(days.to_string()))?;
        }
        tx.commit().await
    }

    /// Returns who of these people has not signed in for so many days, as far as that is known and lately enough.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn among(&self, people: &[PersonId], days: u16, now: Timestamp) -> Result<HashSet<PersonId>, Error> {
        let mut all = HashSet::new();
        for some in people.chunks(CHUNK) {
            let text = listed!(
                self.db,
                ["SELECT person_id FROM inactive_account
                  WHERE EXISTS (SELECT 1 FROM head WHERE name = 'inactive_accounts' AND number > $2 AND number <= $4 AND text = $3)
                    AND person_id "],
                [""]
            );
            let (since, until, days) = (ms(now - BELIEVED), ms(now + TOLERANCE), days.to_string());
            let found = read!(
                self.db,
                fetch_all,
                sqlx::query_scalar::<_, String>(text).bind(id_list(some)).bind(since).bind(&days).bind(until)
            )?;
            for person in found {
                all.insert(read_id(&person)?);
            }
        }
        Ok(all)
    }

    /// Forgets everything that is known of sign-ins, unless it was read lately: by a process that is set to read it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget(&self, now: Timestamp) -> Result<(), Error> {
        if !self.standing().await?.may_forget(now) {
            return Ok(());
        }
        let mut tx = self.db.begin().await?;
        execute!(&mut tx, sqlx::query("DELETE FROM inactive_account"))?;
        let text = "UPDATE head SET number = 0, text = '' WHERE name IN ('sign_ins', 'inactive_accounts')";
        execute!(&mut tx, sqlx::query(text))?;
        tx.commit().await
    }
}
