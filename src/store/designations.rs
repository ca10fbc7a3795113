//! Designations: which groups take part, on what terms, and whether they take requests at the moment.

use jiff::Timestamp;

use super::{
    Error, Moved,
    codec::{id, json, ms, read_json},
    db::{Db, Tx, execute, fetch, read},
    designation_row::{Row, designation_select},
    events,
};
use crate::domain::{
    designation::{Designation, SuspendReason},
    directory::PersonRef,
    event::Event,
    ids::GroupId,
    terms::Terms,
};

/// Keeps and finds designations.
#[derive(Debug, Clone, Copy)]
pub struct Designations<'a> {
    pub(super) db: &'a Db,
}

impl Designations<'_> {
    /// Returns a group's designation.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find(&self, group: GroupId) -> Result<Option<Designation>, Error> {
        let text = concat!(designation_select!(), "WHERE group_id = $1");
        read!(self.db, fetch_optional, sqlx::query_as::<_, Row>(text).bind(id(group)))?
            .map(Row::designation)
            .transpose()
    }

    /// Returns all designations.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn all(&self) -> Result<Vec<Designation>, Error> {
        let text = concat!(designation_select!(), "ORDER BY group_id");
        read!(self.db, fetch_all, sqlx::query_as::<_, Row>(text))?.into_iter().map(Row::designation).collect()
    }

    /// Returns the designations that changed after a change number of the catalogue; all of them after 0.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn changed_since(&self, change: i64) -> Result<Vec<Designation>, Error> {
        let text = concat!(designation_select!(), "WHERE change > $1 ORDER BY group_id");
        read!(self.db, fetch_all, sqlx::query_as::<_, Row>(text).bind(change))?
            .into_iter()
            .map(Row::designation)
            .collect()
    }

    /// Designates a group, or changes its terms. `expected` is the version the form was drawn from, `None` when the group
    /// did not take part then.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn designate(
        &self,
        group: GroupId,
        terms: &Terms,
        by: &PersonRef,
        expected: Option<i64>,
        now: Timestamp,
        event: &Event,
    ) -> Result<Moved, Error> {
        let mut tx = self.db.begin().await?;
        let since = review_since(&mut tx, group, terms, now).await?;
        let rows = match expected {
            None => insert(&mut tx, group, terms, by, now).await?,
            Some(version) => execute!(
                &mut tx,
                sqlx::query(
                    "UPDATE designation SET terms = $1, changed_at = $2, terms_at = $2, terms_by = $5, terms_by_name = $6,
                                            opened_at = NULL, opened_by = NULL, opened_by_name = NULL,
                                            review_since = $7, version = version + 1
                     WHERE group_id = $3 AND version = $4"
                )
                .bind(json(terms)?)
                .bind(ms(now))
                .bind(id(group))
                .bind(version)
                .bind(id(by.id))
                .bind(&by.name)
                .bind(since)
            )?,
        };
        finish(tx, group, rows, event).await
    }

    /// Changes what the terms leave to owners: the terms stay those of the administrator who set them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn change_open_terms(
        &self,
        group: GroupId,
        terms: &Terms,
        by: &PersonRef,
        expected: i64,
        now: Timestamp,
        event: &Event,
    ) -> Result<Moved, Error> {
        let mut tx = self.db.begin().await?;
        let since = review_since(&mut tx, group, terms, now).await?;
        let rows = execute!(
            &mut tx,
            sqlx::query(
                "UPDATE designation SET terms = $1, changed_at = $2, opened_at = $2, opened_by = $5,
                                        opened_by_name = $6, review_since = $7, version = version + 1
                 WHERE group_id = $3 AND version = $4"
            )
            .bind(json(terms)?)
            .bind(ms(now))
            .bind(id(group))
            .bind(expected)
            .bind(id(by.id))
            .bind(&by.name)
            .bind(since)
        )?;
        finish(tx, group, rows, event).await
    }

    /// Suspends a group that takes requests.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn suspend(
        &self,
        group: GroupId,
        reason: SuspendReason,
        now: Timestamp,
        event: &Event,
    ) -> Result<Moved, Error> {
        let mut tx = self.db.begin().await?;
        let rows = execute!(
            &mut tx,
            sqlx::query(
                "UPDATE designation SET suspended_at = $1, suspended_why = $2, changed_at = $1, version = version + 1
                 WHERE group_id = $3 AND suspended_at IS NULL"
            )
            .bind(ms(now))
            .bind(json(&reason)?)
            .bind(id(group))
        )?;
        finish(tx, group, rows, event).await
    }

    /// Lets a suspended group take requests again.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn resume(&self, group: GroupId, expected: i64, now: Timestamp, event: &Event) -> Result<Moved, Error> {
        let mut tx = self.db.begin().await?;
        let rows = execute!(
            &mut tx,
            sqlx::query(
                "UPDATE designation SET suspended_at = NULL, suspended_why = NULL, changed_at = $1,
                                        version = version + 1
                 WHERE group_id = $2 AND version = $3 AND suspended_at IS NOT NULL"
            )
            .bind(ms(now))
            .bind(id(group))
            .bind(expected)
        )?;
        finish(tx, group, rows, event).await
    }
}

pub(super) async fn insert(
    tx: &mut Tx,
    group: GroupId,
    terms: &Terms,
    by: &PersonRef,
    now: Timestamp,
) -> Result<u64, Error> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO designation (group_id, terms, version, designated_by, designated_by_name, designated_at,
                                      changed_at, review_since)
             VALUES ($1, $2, 1, $3, $4, $5, $5, $5) ON CONFLICT (group_id) DO NOTHING"
        )
        .bind(id(group))
        .bind(json(terms)?)
        .bind(id(by.id))
        .bind(&by.name)
        .bind(ms(now))
    )
}

/// Returns since when the terms say as they do how often members are reviewed: from now on when they said something else. The
/// row is held, so that what is read is what is replaced.
async fn review_since(tx: &mut Tx, group: GroupId, terms: &Terms, now: Timestamp) -> Result<Option<i64>, Error> {
    let text = "UPDATE designation SET version = version WHERE group_id = $1 RETURNING terms, review_since";
    let held = fetch!(tx, fetch_optional, sqlx::query_as::<_, (String, Option<i64>)>(text).bind(id(group)))?;
    let Some((before, since)) = held else { return Ok(None) };
    let before: Terms = read_json(&before)?;
    Ok(if before.review_days == terms.review_days { since } else { Some(ms(now)) })
}

/// The designation of a group that is held until the transaction ends.
pub(super) struct Held {
    /// Which version of it counts.
    pub version: i64,
    /// Whether the group takes requests.
    pub takes_requests: bool,
}

/// Holds the designation of a group until the transaction ends, so that on `PostgreSQL` writes for the group and its pausing
/// come one after the other; nothing when the group does not take part.
pub(super) async fn hold(tx: &mut Tx, group: GroupId) -> Result<Option<Held>, Error> {
    let held = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as::<_, (i64, Option<i64>)>(
            "UPDATE designation SET version = version WHERE group_id = $1 RETURNING version, suspended_at"
        )
        .bind(id(group))
    )?;
    Ok(held.map(|(version, suspended_at)| Held { version, takes_requests: suspended_at.is_none() }))
}

/// The same, and returns whether the group takes requests on the terms of a version.
pub(super) async fn hold_on_terms(tx: &mut Tx, group: GroupId, version: i64) -> Result<bool, Error> {
    Ok(hold(tx, group).await?.is_some_and(|held| held.takes_requests && held.version == version))
}

/// Ends a change of one designation: nothing when no row moved, else the catalogue's change number and the event.
async fn finish(mut tx: Tx, group: GroupId, rows: u64, event: &Event) -> Result<Moved, Error> {
    if rows > 0 {
        has_changed(&mut tx, group).await?;
    }
    events::finish(tx, rows > 0, event).await
}

/// Takes the catalogue's next change number for a designation that has changed. Each change ends with it: without the number
/// no process would load it.
pub(super) async fn has_changed(tx: &mut Tx, group: GroupId) -> Result<(), Error> {
    let change = next_change(&mut *tx).await?;
    let text = "UPDATE designation SET change = $1 WHERE group_id = $2";
    execute!(&mut *tx, sqlx::query(text).bind(change).bind(id(group)))?;
    Ok(())
}

/// Takes the catalogue's next change number. On `PostgreSQL` whoever has taken it goes first until the commit, so changes
/// become visible in the order of their numbers.
pub(super) async fn next_change(tx: &mut Tx) -> Result<i64, Error> {
    let text = "UPDATE head SET number = number + 1 WHERE name = 'change' RETURNING number";
    fetch!(tx, fetch_one, sqlx::query_scalar::<_, i64>(text))
}
