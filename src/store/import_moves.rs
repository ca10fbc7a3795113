//! How lists move: started, taken up, held, paused, ended. Each move is for whoever comes first, and carries its event.

use jiff::Timestamp;

use super::{
    Error, Moved,
    codec::{code, id, ms, read_code},
    db::{execute, fetch},
    designations, events,
    imports::Imports,
};
use crate::domain::{
    directory::PersonRef,
    event::Event,
    ids::ImportId,
    import_job::{Halt, Job, LEASE, State},
};

impl Imports<'_> {
    /// Starts a list as it was shown: its version has to be the current one, the group must take part, and no other list of
    /// the group may be under way.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn start(
        &self,
        job: &Job,
        by: &PersonRef,
        holder: &str,
        now: Timestamp,
        event: &Event,
    ) -> Result<Moved, Error> {
        let mut tx = self.db.begin().await?;
        designations::hold(&mut tx, job.group).await?;
        let rows = execute!(
            &mut tx,
            sqlx::query(
                "UPDATE import_job SET state = 'running', version = version + 1, holder = $1, held_by = $2,
                                       held_by_name = $3, lease_until = $4, started_at = $5
                 WHERE id = $6 AND version = $7 AND state = 'preview'
                   AND NOT EXISTS (SELECT 1 FROM import_job o
                                   WHERE o.group_id = import_job.group_id AND o.state IN ('running', 'paused'))"
            )
            .bind(holder)
            .bind(id(by.id))
            .bind(&by.name)
            .bind(ms(now + LEASE))
            .bind(ms(now))
            .bind(id(job.id))
            .bind(job.version)
        )?;
        events::finish(tx, rows > 0, event).await
    }

    /// Takes up a list that has stopped, or whose process is gone: its version has to be the current one. One that was
    /// being looked up goes on with that, and has no event.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_up(
        &self,
        job: &Job,
        by: &PersonRef,
        holder: &str,
        now: Timestamp,
        event: &Event,
    ) -> Result<Moved, Error> {
        let mut tx = self.db.begin().await?;
        let rows = execute!(
            &mut tx,
            sqlx::query(
                "UPDATE import_job SET state = CASE WHEN state = 'reading' THEN 'reading' ELSE 'running' END, halt = NULL,
                                       version = version + 1, holder = $1, held_by = $2, held_by_name = $3,
                                       lease_until = $4
                 WHERE id = $5 AND version = $6
                   AND (state = 'paused' OR (state IN ('reading', 'running') AND lease_until <= $7))"
            )
            .bind(holder)
            .bind(id(by.id))
            .bind(&by.name)
            .bind(ms(now + LEASE))
            .bind(id(job.id))
            .bind(job.version)
            .bind(ms(now))
        )?;
        if rows == 0 {
            return Ok(Moved::No);
        }
        if job.was_started() {
            events::append(&mut tx, event).await?;
        }
        tx.commit().await?;
        Ok(Moved::Yes)
    }

    /// Gives a sign of life, and says whether the list is still held.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn still_held(&self, job: ImportId, holder: &str, now: Timestamp) -> Result<bool, Error> {
        let mut tx = self.db.begin().await?;
        let rows = execute!(
            &mut tx,
            sqlx::query(
                "UPDATE import_job SET lease_until = $1
                 WHERE id = $2 AND holder = $3 AND state IN ('reading', 'running')"
            )
            .bind(ms(now + LEASE))
            .bind(id(job))
            .bind(holder)
        )?;
        tx.commit().await?;
        Ok(rows == 1)
    }

    /// Lets a list that is held rest.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn pause(&self, job: &Job, holder: &str, halt: Halt, event: &Event) -> Result<Moved, Error> {
        let mut tx = self.db.begin().await?;
        let rows = execute!(
            &mut tx,
            sqlx::query(
                "UPDATE import_job SET state = 'paused', halt = $1, version = version + 1, lease_until = 0
                 WHERE id = $2 AND holder = $3 AND state = 'running'"
            )
            .bind(code(halt)?)
            .bind(id(job.id))
            .bind(holder)
        )?;
        events::finish(tx, rows > 0, event).await
    }

    /// Ends a list that is held: all of it was carried out, or somebody wished it to end early.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end(&self, job: &Job, holder: &str, now: Timestamp, event: &Event) -> Result<Moved, Error> {
        let mut tx = self.db.begin().await?;
        let rows = execute!(
            &mut tx,
            sqlx::query(
                "UPDATE import_job SET state = CASE WHEN cancel_wished THEN 'cancelled' ELSE 'ended' END,
                                       version = version + 1, ended_at = $1
                 WHERE id = $2 AND holder = $3 AND state = 'running'"
            )
            .bind(ms(now))
            .bind(id(job.id))
            .bind(holder)
        )?;
        events::finish(tx, rows > 0, event).await
    }

    /// Ends a list early: at once when nobody carries it out, else after what is under way. What was never started leaves
    /// no event.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn cancel(&self, job: &Job, now: Timestamp, event: &Event, end: &Event) -> Result<Moved, Error> {
        let mut tx = self.db.begin().await?;
        let state = fetch!(
            &mut tx,
            fetch_optional,
            sqlx::query_scalar::<_, String>(
                "UPDATE import_job SET cancel_wished = TRUE, version = version + 1,
                     ended_at = CASE WHEN state = 'running' AND lease_until > $1 THEN ended_at ELSE $1 END,
                     state = CASE WHEN state = 'running' AND lease_until > $1 THEN 'running' ELSE 'cancelled' END
                 WHERE id = $2 AND state IN ('reading', 'preview', 'running', 'paused')
                   AND (NOT cancel_wished OR lease_until <= $1)
                 RETURNING state"
            )
            .bind(ms(now))
            .bind(id(job.id))
        )?;
        let Some(state) = state else { return Ok(Moved::No) };
        if job.was_started() {
            events::append(&mut tx, event).await?;
            if read_code::<State>(&state)? == State::Cancelled {
                events::append(&mut tx, end).await?;
            }
        }
        tx.commit().await?;
        Ok(Moved::Yes)
    }

    /// Lets go of a list that could not be looked up, so that it can be tried again.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn let_go(&self, job: ImportId, holder: &str, halt: Halt) -> Result<(), Error> {
        let mut tx = self.db.begin().await?;
        execute!(
            &mut tx,
            sqlx::query(
                "UPDATE import_job SET halt = $1, lease_until = 0 WHERE id = $2 AND holder = $3 AND state = 'reading'"
            )
            .bind(code(halt)?)
            .bind(id(job))
            .bind(holder)
        )?;
        tx.commit().await
    }
}
