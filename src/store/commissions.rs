//! Commissions: kept, answered and ended, each step once.

use jiff::Timestamp;
use serde_json::json;
use sqlx::FromRow;

use super::{
    Error, Moved,
    codec::{code, id, instant, limit, ms, optional_instant, read_code, read_id, read_optional_id},
    db::{Db, Tx, execute, fetch, read},
    events,
};
use crate::domain::{
    commission::{Commission, State, Wish},
    creating::Creation,
    directory::{Group, PersonRef},
    event::{Event, EventKind},
    ids::CommissionId,
};

/// Keeps commissions.
#[derive(Debug, Clone, Copy)]
pub struct Commissions<'a> {
    pub(super) db: &'a Db,
}

#[derive(FromRow)]
struct Row {
    id: String,
    to_id: String,
    to_name: String,
    resource: String,
    purpose: String,
    name: String,
    note: String,
    by_id: String,
    by_name: String,
    at: i64,
    state: String,
    creation_id: Option<String>,
    group_id: Option<String>,
    group_name: Option<String>,
    answered_at: Option<i64>,
    why: String,
    ended_by: Option<String>,
    ended_by_name: Option<String>,
    ended_at: Option<i64>,
}

macro_rules! commission_select {
    () => {
        "SELECT id, to_id, to_name, resource, purpose, name, note, by_id, by_name, at, state, creation_id, group_id,
                group_name, answered_at, why, ended_by, ended_by_name, ended_at FROM commission "
    };
}

impl Commissions<'_> {
    /// Keeps a new one. [`Moved::No`] when it is kept already: the same form came twice.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin(&self, new: &Commission, event: &Event) -> Result<Moved, Error> {
        let mut tx = self.db.begin().await?;
        let rows = execute!(
            &mut tx,
            sqlx::query(
                "INSERT INTO commission (id, to_id, to_name, resource, purpose, name, note, by_id, by_name, at, state)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (id) DO NOTHING"
            )
            .bind(id(new.id))
            .bind(id(new.to.id))
            .bind(&new.to.name)
            .bind(&new.wish.resource)
            .bind(&new.wish.purpose)
            .bind(&new.wish.name)
            .bind(&new.wish.note)
            .bind(id(new.by.id))
            .bind(&new.by.name)
            .bind(ms(new.at))
            .bind(code(State::Open)?)
        )?;
        events::finish(tx, rows > 0, event).await
    }

    /// Returns one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find(&self, commission: CommissionId) -> Result<Option<Commission>, Error> {
        let text = concat!(commission_select!(), "WHERE id = $1");
        let row = read!(self.db, fetch_optional, sqlx::query_as::<_, Row>(text).bind(id(commission)))?;
        row.map(Row::commission).transpose()
    }

    /// Returns those in one of two states, the latest first, from before one of them on.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn page(
        &self,
        states: [State; 2],
        before: Option<CommissionId>,
        most: usize,
    ) -> Result<Vec<Commission>, Error> {
        let text =
            concat!(commission_select!(), "WHERE state IN ($1, $2) AND ($3 = '' OR id < $3) ORDER BY id DESC LIMIT $4");
        let rows = read!(
            self.db,
            fetch_all,
            sqlx::query_as::<_, Row>(text)
                .bind(code(states[0])?)
                .bind(code(states[1])?)
                .bind(before.map(id).unwrap_or_default())
                .bind(limit(most))
        )?;
        rows.into_iter().map(Row::commission).collect()
    }

    /// Notes that whom it was given to does not create the group.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn decline(&self, it: &Commission, why: &str, now: Timestamp, event: &Event) -> Result<Moved, Error> {
        let mut tx = self.db.begin().await?;
        let text = "UPDATE commission SET state = 'declined', why = $1, answered_at = $2
                    WHERE id = $3 AND state = 'open' AND to_id = $4";
        let rows = execute!(&mut tx, sqlx::query(text).bind(why).bind(ms(now)).bind(id(it.id)).bind(id(it.to.id)))?;
        events::finish(tx, rows > 0, event).await
    }

    /// Takes it back, while it is as far as it was found.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn withdraw(
        &self,
        it: &Commission,
        why: &str,
        by: &PersonRef,
        now: Timestamp,
        event: &Event,
    ) -> Result<Moved, Error> {
        let mut tx = self.db.begin().await?;
        let rows = execute!(
            &mut tx,
            sqlx::query(
                "UPDATE commission SET state = 'withdrawn', why = $1, ended_by = $2, ended_by_name = $3, ended_at = $4
                 WHERE id = $5 AND state = $6"
            )
            .bind(why)
            .bind(id(by.id))
            .bind(&by.name)
            .bind(ms(now))
            .bind(id(it.id))
            .bind(code(it.state)?)
        )?;
        events::finish(tx, rows > 0, event).await
    }

    /// Notes that an administrator has seen what became of it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn close(
        &self,
        commission: CommissionId,
        by: &PersonRef,
        now: Timestamp,
        event: &Event,
    ) -> Result<Moved, Error> {
        let mut tx = self.db.begin().await?;
        let rows = execute!(
            &mut tx,
            sqlx::query(
                "UPDATE commission SET state = 'done', ended_by = $1, ended_by_name = $2, ended_at = $3
                 WHERE id = $4 AND state IN ('ready', 'declined')"
            )
            .bind(id(by.id))
            .bind(&by.name)
            .bind(ms(now))
            .bind(id(commission))
        )?;
        events::finish(tx, rows > 0, event).await
    }
}

/// Ties a creation to its commission, which still has to be open and theirs. Returns whether it was.
pub(super) async fn take(tx: &mut Tx, creation: &Creation) -> Result<bool, Error> {
    let Some(commission) = creation.commission else { return Ok(true) };
    let text = "UPDATE commission SET state = 'taken', creation_id = $1
                WHERE id = $2 AND state = 'open' AND to_id = $3";
    let rows = execute!(tx, sqlx::query(text).bind(id(creation.id)).bind(id(commission)).bind(id(creation.by.id)))?;
    Ok(rows > 0)
}

/// Opens the commission of a creation that was refused: it can be tried again, declined or taken back.
pub(super) async fn reopen(tx: &mut Tx, creation: &Creation) -> Result<(), Error> {
    let text = "UPDATE commission SET state = 'open', creation_id = NULL WHERE creation_id = $1 AND state = 'taken'";
    execute!(tx, sqlx::query(text).bind(id(creation.id)))?;
    Ok(())
}

/// Reports back that the group of a commission is there. Returns what to record of it; nothing when the creation is tied to
/// none.
pub(super) async fn report(
    tx: &mut Tx,
    creation: &Creation,
    group: &Group,
    now: Timestamp,
) -> Result<Option<Event>, Error> {
    let text = "UPDATE commission SET state = 'ready', group_id = $1, group_name = $2, answered_at = $3
                WHERE creation_id = $4 AND state = 'taken' RETURNING id, by_id, by_name";
    // What was taken back while it was created reports nothing, but says what came of it.
    let withdrawn = "UPDATE commission SET group_id = $1, group_name = $2
                     WHERE creation_id = $3 AND state = 'withdrawn'";
    let reported = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as::<_, (String, String, String)>(text)
            .bind(id(group.id))
            .bind(&group.name)
            .bind(ms(now))
            .bind(id(creation.id))
    )?;
    let Some((commission, by, name)) = reported else {
        execute!(tx, sqlx::query(withdrawn).bind(id(group.id)).bind(&group.name).bind(id(creation.id)))?;
        return Ok(None);
    };
    let asked_by = PersonRef { id: read_id(&by)?, name };
    let detail = json!({ "commission": commission, "creation": creation.id, "asked_by": asked_by });
    let actor = Some(creation.by.clone());
    Ok(Some(Event::new(EventKind::CommissionReady, actor, now).group(group.id).detail(detail)))
}

impl Row {
    fn commission(self) -> Result<Commission, Error> {
        let person = |id: &str, name: String| Ok::<_, Error>(PersonRef { id: read_id(id)?, name });
        let (resource, purpose, name, note) = (self.resource, self.purpose, self.name, self.note);
        Ok(Commission {
            id: read_id(&self.id)?,
            to: person(&self.to_id, self.to_name)?,
            wish: Wish { resource, purpose, name, note },
            by: person(&self.by_id, self.by_name)?,
            at: instant(self.at)?,
            state: read_code(&self.state)?,
            creation: read_optional_id(self.creation_id.as_deref())?,
            group: match (self.group_id, self.group_name) {
                (Some(group), Some(name)) => Some((read_id(&group)?, name)),
                _ => None,
            },
            answered_at: optional_instant(self.answered_at)?,
            why: self.why,
            ended: match (self.ended_by, self.ended_by_name, self.ended_at) {
                (Some(by), Some(name), Some(at)) => Some((person(&by, name)?, instant(at)?)),
                _ => None,
            },
        })
    }
}
