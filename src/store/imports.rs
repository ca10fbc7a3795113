//! Lists of people who are added or removed at once: making, finding, and how far each is. How they move is in
//! [`super::import_moves`], their rows are in [`super::import_rows`], and what is sent to the directory is in
//! [`super::import_chunks`].

use sqlx::FromRow;

use super::{
    Error,
    codec::{code, id, instant, limit, ms, optional_instant, read_code, read_id},
    db::{Db, execute, read},
    import_rows,
};
use crate::domain::{
    directory::PersonRef,
    ids::{GroupId, ImportId},
    import_job::{Job, KeptRow},
};

/// How long a list that nobody started is kept, in milliseconds.
const UNSTARTED_MS: i64 = 24 * 60 * 60 * 1000;

/// Keeps and moves lists.
#[derive(Debug, Clone, Copy)]
pub struct Imports<'a> {
    pub(super) db: &'a Db,
}

#[derive(FromRow)]
struct Row {
    id: String,
    kind: String,
    group_id: String,
    group_name: String,
    reason: String,
    state: String,
    halt: Option<String>,
    version: i64,
    made_by: String,
    made_by_name: String,
    made_at: i64,
    held_by: String,
    held_by_name: String,
    lease_until: i64,
    cancel_wished: bool,
    started_at: Option<i64>,
    ended_at: Option<i64>,
}

macro_rules! job_select {
    () => {
        "SELECT id, kind, group_id, group_name, reason, state, halt, version, made_by, made_by_name, made_at, held_by, \
         held_by_name, lease_until, cancel_wished, started_at, ended_at FROM import_job "
    };
}

impl Imports<'_> {
    /// Keeps a list that is being looked up, with its rows; lists of the same group that nobody started within a day go.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep(&self, job: &Job, holder: &str, rows: &[KeptRow]) -> Result<(), Error> {
        let mut tx = self.db.begin().await?;
        let before = ms(job.made_at) - UNSTARTED_MS;
        execute!(&mut tx, sqlx::query(import_rows::FORGET).bind(id(job.group)).bind(before))?;
        execute!(
            &mut tx,
            sqlx::query("DELETE FROM import_job WHERE group_id = $1 AND started_at IS NULL AND made_at < $2")
                .bind(id(job.group))
                .bind(before)
        )?;
        execute!(
            &mut tx,
            sqlx::query(
                "INSERT INTO import_job (id, kind, group_id, group_name, reason, state, version, made_by, made_by_name,
                                         made_at, holder, held_by, held_by_name, lease_until, cancel_wished)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, FALSE)"
            )
            .bind(id(job.id))
            .bind(code(job.kind)?)
            .bind(id(job.group))
            .bind(&job.group_name)
            .bind(&job.reason)
            .bind(code(job.state)?)
            .bind(job.version)
            .bind(id(job.made_by.id))
            .bind(&job.made_by.name)
            .bind(ms(job.made_at))
            .bind(holder)
            .bind(id(job.held_by.id))
            .bind(&job.held_by.name)
            .bind(ms(job.lease_until))
        )?;
        import_rows::insert(&mut tx, job.id, rows).await?;
        tx.commit().await
    }

    /// Returns a list.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find(&self, job: ImportId) -> Result<Option<Job>, Error> {
        let text = concat!(job_select!(), "WHERE id = $1");
        read!(self.db, fetch_optional, sqlx::query_as::<_, Row>(text).bind(id(job)))?.map(Row::job).transpose()
    }

    /// Returns the latest lists of a group that were started, or that one person made and has not started.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn of_group(&self, group: GroupId, by: &PersonRef, most: usize) -> Result<Vec<Job>, Error> {
        let text = concat!(
            job_select!(),
            "WHERE group_id = $1 AND (started_at IS NOT NULL OR (made_by = $2 AND state IN ('reading', 'preview')))
             ORDER BY made_at DESC, id DESC LIMIT $3"
        );
        let rows = read!(
            self.db,
            fetch_all,
            sqlx::query_as::<_, Row>(text).bind(id(group)).bind(id(by.id)).bind(limit(most))
        )?;
        rows.into_iter().map(Row::job).collect()
    }
}

impl Row {
    fn job(self) -> Result<Job, Error> {
        let person = |id: &str, name: String| Ok::<_, Error>(PersonRef { id: read_id(id)?, name });
        Ok(Job {
            id: read_id(&self.id)?,
            kind: read_code(&self.kind)?,
            group: read_id(&self.group_id)?,
            group_name: self.group_name,
            reason: self.reason,
            state: read_code(&self.state)?,
            halt: self.halt.as_deref().map(read_code).transpose()?,
            version: self.version,
            made_by: person(&self.made_by, self.made_by_name)?,
            made_at: instant(self.made_at)?,
            held_by: person(&self.held_by, self.held_by_name)?,
            lease_until: instant(self.lease_until)?,
            cancel_wished: self.cancel_wished,
            started_at: optional_instant(self.started_at)?,
            ended_at: optional_instant(self.ended_at)?,
        })
    }
}
