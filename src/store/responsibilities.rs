//! The responsibilities of owners: versions of the text, and who accepted which.

use std::collections::HashMap;

use jiff::Timestamp;
use sqlx::FromRow;

use super::{
    Error, Moved,
    codec::{id, instant, ms, optional_instant, read_id},
    db::{Db, execute, read},
    events,
};
use crate::domain::{directory::PersonRef, event::Event, ids::PersonId, responsibilities::Responsibilities};

/// Keeps the text and its acceptances.
#[derive(Debug, Clone, Copy)]
pub struct ResponsibilityTexts<'a> {
    pub(super) db: &'a Db,
}

#[derive(FromRow)]
struct Row {
    version: i64,
    text: String,
    counts_from: Option<i64>,
    written_by: String,
    written_by_name: String,
    written_at: i64,
}

macro_rules! responsibilities_select {
    () => {
        "SELECT version, text, counts_from, written_by, written_by_name, written_at FROM responsibilities "
    };
}

impl ResponsibilityTexts<'_> {
    /// Returns the latest version of the text.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn latest(&self) -> Result<Option<Responsibilities>, Error> {
        let text = concat!(responsibilities_select!(), "ORDER BY version DESC LIMIT 1");
        read!(self.db, fetch_optional, sqlx::query_as::<_, Row>(text))?.map(Row::responsibilities).transpose()
    }

    /// Returns all versions, the latest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn all(&self) -> Result<Vec<Responsibilities>, Error> {
        let text = concat!(responsibilities_select!(), "ORDER BY version DESC");
        read!(self.db, fetch_all, sqlx::query_as::<_, Row>(text))?.into_iter().map(Row::responsibilities).collect()
    }

    /// Returns the latest version that each person has accepted, and when.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn accepted(&self) -> Result<HashMap<PersonId, (i64, Timestamp)>, Error> {
        let text = "SELECT person_id, version, at FROM responsibilities_accepted ORDER BY version";
        let rows = read!(self.db, fetch_all, sqlx::query_as::<_, (String, i64, i64)>(text))?;
        rows.iter().map(|(person, version, at)| Ok((read_id(person)?, (*version, instant(*at)?)))).collect()
    }

    /// Keeps a new version, unless somebody has written that version already.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write(&self, new: &Responsibilities, event: &Event) -> Result<Moved, Error> {
        let mut tx = self.db.begin().await?;
        let rows = execute!(
            &mut tx,
            sqlx::query(
                "INSERT INTO responsibilities (version, text, counts_from, written_by, written_by_name, written_at)
                 VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (version) DO NOTHING"
            )
            .bind(new.version)
            .bind(&new.text)
            .bind(new.counts_from.map(ms))
            .bind(id(new.by.id))
            .bind(&new.by.name)
            .bind(ms(new.at))
        )?;
        events::finish(tx, rows > 0, event).await
    }

    /// Keeps that a person accepted a version; nothing when they had, or when a later version is there to be read first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn accept(&self, person: PersonId, version: i64, now: Timestamp, event: &Event) -> Result<Moved, Error> {
        let mut tx = self.db.begin().await?;
        let rows = execute!(
            &mut tx,
            sqlx::query(
                "INSERT INTO responsibilities_accepted (person_id, version, at)
                 SELECT $1, version, $3 FROM responsibilities
                 WHERE version = $2 AND version = (SELECT MAX(version) FROM responsibilities)
                 ON CONFLICT (person_id, version) DO NOTHING"
            )
            .bind(id(person))
            .bind(version)
            .bind(ms(now))
        )?;
        events::finish(tx, rows > 0, event).await
    }
}

impl Row {
    fn responsibilities(self) -> Result<Responsibilities, Error> {
        Ok(Responsibilities {
            version: self.version,
            text: self.text,
            counts_from: optional_instant(self.counts_from)?,
            by: PersonRef { id: read_id(&self.written_by)?, name: self.written_by_name },
            at: instant(self.written_at)?,
        })
    }
}
