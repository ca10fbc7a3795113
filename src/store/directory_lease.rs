//! Who is reading the directory: a lease with a token that nobody can guess, in the row that also holds the copy's age.
//!
//! Whoever lost the lease, because it ran out and another began, changes nothing any more: every write compares the token
//! in its own transaction.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Error,
    codec::{instant, json, ms},
    db::{Tx, execute, fetch, read},
    directory::Directory,
    unexplained::read_asked,
};
use crate::domain::{
    directory_copy::{LEASE, Reading, Standing, Wanted},
    outside::asking::Asked,
};

const SELECT: &str = "SELECT number, text FROM head WHERE name = 'directory_copy'";

/// The right to exchange the copy.
#[derive(Debug)]
pub struct Lease {
    token: Uuid,
    begun_at: Timestamp,
}

/// What the row holds beside the copy's age.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Kept {
    lease: Option<Held>,
    last: Option<Reading>,
    #[serde(default)]
    accounts: Option<Reading>,
    #[serde(default)]
    changed_at: Option<i64>,
    #[serde(default)]
    begun_at: Option<i64>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Held {
    token: Uuid,
    until: i64,
}

/// The row as it was read, to be written only if it is still so.
struct Row {
    text: String,
    kept: Kept,
}

impl Directory<'_> {
    /// Returns how the copy stands.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn standing(&self) -> Result<Standing, Error> {
        let (number, text) = read!(self.db, fetch_one, sqlx::query_as::<_, (i64, String)>(SELECT))?;
        standing(number, &Row::new(text).kept)
    }

    /// Returns how the copy stands, and what became of asking the directory's own record the last time.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn standing_with_record(&self) -> Result<(Standing, Option<Asked>), Error> {
        let text = "SELECT copy.number, copy.text, log.text FROM head copy, head log
                    WHERE copy.name = 'directory_copy' AND log.name = 'audit_log'";
        let (number, text, asked) = read!(self.db, fetch_one, sqlx::query_as::<_, (i64, String, String)>(text))?;
        Ok((standing(number, &Row::new(text).kept)?, read_asked(&asked)))
    }

    /// Takes the lease when the rules let a reading begin, and `None` otherwise. It lasts until it is given back, or for
    /// five minutes after the last sign of life.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin_refresh(&self, wanted: Wanted, now: Timestamp) -> Result<Option<Lease>, Error> {
        // Most wishes end here, without waiting for anybody who writes.
        if !self.standing().await?.may_begin(wanted, now) {
            return Ok(None);
        }
        let mut tx = self.db.begin().await?;
        let (number, text) = fetch!(&mut tx, fetch_one, sqlx::query_as::<_, (i64, String)>(SELECT))?;
        let mut row = Row::new(text);
        if !standing(number, &row.kept)?.may_begin(wanted, now) {
            return Ok(None);
        }
        let token = Uuid::new_v4();
        row.kept.lease = Some(Held { token, until: ms(now + LEASE) });
        if !row.write(&mut tx).await? {
            return Ok(None);
        }
        tx.commit().await?;
        Ok(Some(Lease { token, begun_at: now }))
    }

    /// Holds the lease for another five minutes, and returns whether it is still held.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_refresh(&self, lease: &Lease, now: Timestamp) -> Result<bool, Error> {
        let mut tx = self.db.begin().await?;
        let Some(mut row) = held(&mut tx, lease).await? else { return Ok(false) };
        row.kept.lease = Some(Held { token: lease.token, until: ms(now + LEASE) });
        let is_kept = row.write(&mut tx).await?;
        tx.commit().await?;
        Ok(is_kept)
    }

    /// Gives the lease back without an exchange, and notes what became of the reading; nothing happens when it is lost.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_refresh(&self, lease: &Lease, reading: Option<Reading>) -> Result<(), Error> {
        let mut tx = self.db.begin().await?;
        let Some(row) = held(&mut tx, lease).await? else { return Ok(()) };
        give_back(&mut tx, row, reading).await?;
        tx.commit().await
    }
}

/// Returns whether the lease is held, and locks its row until the transaction ends.
pub(super) async fn hold(tx: &mut Tx, lease: &Lease) -> Result<bool, Error> {
    match held(tx, lease).await? {
        Some(row) => row.write(tx).await,
        None => Ok(false),
    }
}

/// Gives the lease back within the transaction of an exchange that holds it, and notes the reading and that of the accounts,
/// if they were asked for; `is_news` when it changed something.
pub(super) async fn finish(
    tx: &mut Tx,
    lease: &Lease,
    (reading, accounts): (Reading, Option<Reading>),
    is_news: bool,
) -> Result<(), Error> {
    if let Some(mut row) = held(tx, lease).await? {
        row.kept.accounts = accounts.or(row.kept.accounts);
        row.kept.begun_at = Some(ms(lease.begun_at));
        if is_news {
            row.kept.changed_at = Some(ms(reading.at));
        }
        give_back(tx, row, Some(reading)).await?;
    }
    Ok(())
}

async fn give_back(tx: &mut Tx, mut row: Row, reading: Option<Reading>) -> Result<bool, Error> {
    row.kept = Kept { lease: None, last: reading.or(row.kept.last), ..row.kept };
    row.write(tx).await
}

/// Returns the row while it holds this lease.
async fn held(tx: &mut Tx, lease: &Lease) -> Result<Option<Row>, Error> {
    let (_, text) = fetch!(tx, fetch_one, sqlx::query_as::<_, (i64, String)>(SELECT))?;
    let row = Row::new(text);
    let is_held = row.kept.lease.as_ref().is_some_and(|held| held.token == lease.token);
    Ok(is_held.then_some(row))
}

fn standing(number: i64, kept: &Kept) -> Result<Standing, Error> {
    Ok(Standing {
        copied_at: (number > 0).then(|| instant(number)).transpose()?,
        held_until: kept.lease.as_ref().map(|held| instant(held.until)).transpose()?,
        last: kept.last,
        accounts: kept.accounts,
        changed_at: kept.changed_at.map(instant).transpose()?,
        begun_at: kept.begun_at.map(instant).transpose()?,
    })
}

impl Row {
    /// Reads the row's text; one that says nothing, as in a new database, holds no lease.
    fn new(text: String) -> Self {
        let kept = serde_json::from_str(&text).unwrap_or_default();
        Self { text, kept }
    }

    /// Writes the row if nobody did since it was read.
    async fn write(&self, tx: &mut Tx) -> Result<bool, Error> {
        let rows = execute!(
            tx,
            sqlx::query("UPDATE head SET text = $1 WHERE name = 'directory_copy' AND text = $2")
                .bind(json(&self.kept)?)
                .bind(&self.text)
        )?;
        Ok(rows == 1)
    }
}
