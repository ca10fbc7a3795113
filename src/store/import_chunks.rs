//! What is sent to the directory of a list: twenty rows are recorded as owed before they are sent, and settled after, so that
//! a process that is lost at any moment leaves behind what has to be read back.

use jiff::Timestamp;
use serde_json::json;

use super::{
    Error,
    codec::{code, id, json, limit, ms},
    db::{Tx, execute, fetch, from_items},
    designations, directory_members, events, import_owing,
    imports::Imports,
    membership_ends,
    operation_row::{OperationRow, operation_columns, operations},
};
use crate::domain::{
    directory::PersonRef,
    event::Event,
    ids::{ImportId, OperationId},
    import_job::{CHUNK, Halt, Job, LEASE, Outcome, outcome_of},
    operation::{self, DirectoryRefusal, Kind, Operation, State, Step},
};

/// What is to be done next for a list.
#[derive(Debug, Clone, PartialEq)]
pub enum Taken {
    /// These are to be sent; `again` when they were sent before and their answers were lost.
    Rows {
        /// The writes as held.
        held: Vec<Operation>,
        /// Whether they have to be read back first.
        again: bool,
    },
    /// Everything was sent, and somebody else is finishing some of it.
    Wait,
    /// Everything is over.
    Nothing,
    /// Somebody wishes the list to end.
    CancelWished,
    /// The list is not held any more.
    Lost,
    /// The group does not take the change.
    Closed(Halt),
}

/// What became of one write of a chunk.
#[derive(Debug, Clone)]
pub struct Settled {
    /// The write as held.
    pub held: Operation,
    /// What follows from the directory's answer.
    pub step: Step,
    /// Why the directory refused, when it did.
    pub refusal: Option<DirectoryRefusal>,
    /// What the row ends in; `None` when nothing is known.
    pub outcome: Option<Outcome>,
    /// Whether the row is to be tried anew with a write of its own: the refusal was about who carries it out.
    pub anew: bool,
    /// The record of it.
    pub event: Event,
}

impl Imports<'_> {
    /// Takes the next rows of a list that is held, and records them as owed to the directory in the same transaction. Those
    /// whose answers were lost come first. Rows that something stands in the way of by now end here.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take(&self, job: &Job, holder: &str, by: &PersonRef, now: Timestamp) -> Result<Taken, Error> {
        let mut tx = self.db.begin().await?;
        let takes_people = designations::hold(&mut tx, job.group).await?.map(|held| held.takes_requests);
        let Some((cancel_wished, guests)) = hold(&mut tx, job.id, holder, now).await? else { return Ok(Taken::Lost) };
        if cancel_wished {
            return Ok(Taken::CancelWished);
        }
        if let Some(halt) = closed(takes_people, job) {
            return Ok(Taken::Closed(halt));
        }
        if job.kind.gives() && !import_owing::terms(&mut tx, job.group).await?.still_let_in(guests) {
            return Ok(Taken::Closed(Halt::TermsChanged));
        }
        let mut taken = lost(&mut tx, job, by, now).await?;
        while taken == Taken::Nothing {
            let rows = import_owing::waiting(&mut tx, job.id).await?;
            if rows.is_empty() {
                break;
            }
            let held = import_owing::owe(&mut tx, job, by, now, rows).await?;
            if !held.is_empty() {
                taken = Taken::Rows { held, again: false };
            }
        }
        tx.commit().await?;
        Ok(taken)
    }

    /// Settles the writes of a chunk, each with its event, and ends their rows. A write that somebody else holds by now is
    /// theirs to settle.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn settle(&self, job: ImportId, settled: &[Settled], now: Timestamp) -> Result<(), Error> {
        let mut tx = self.db.begin().await?;
        let mut told = Vec::new();
        for one in settled {
            if settle_one(&mut tx, one, now).await? {
                told.push(one);
            }
        }
        let items: Vec<_> = told
            .iter()
            .map(|one| json!({ "operation": one.held.id, "outcome": one.outcome, "anew": i64::from(one.anew) }))
            .collect();
        let text = from_items!(
            tx,
            ["WITH news AS MATERIALIZED (
                SELECT item.value ->> 'operation' AS operation, item.value ->> 'outcome' AS outcome,
                       CAST(item.value ->> 'anew' AS BIGINT) AS anew "],
            [") UPDATE import_row SET outcome = news.outcome,
                       operation_id = CASE WHEN news.anew = 1 THEN NULL ELSE import_row.operation_id END
                FROM news WHERE import_row.job_id = $2 AND import_row.operation_id = news.operation"]
        );
        execute!(&mut tx, sqlx::query(text).bind(json(&items)?).bind(id(job)))?;
        for one in told {
            events::append(&mut tx, &one.event).await?;
        }
        tx.commit().await
    }
}

/// Holds a list for longer, and returns whether somebody wishes it to end, and whether guests could be let in when it was
/// looked up; `None` when it is not held any more.
async fn hold(tx: &mut Tx, job: ImportId, holder: &str, now: Timestamp) -> Result<Option<(bool, bool)>, Error> {
    fetch!(
        tx,
        fetch_optional,
        sqlx::query_as::<_, (bool, bool)>(
            "UPDATE import_job SET lease_until = $1 WHERE id = $2 AND holder = $3 AND state = 'running'
             RETURNING cancel_wished, guests"
        )
        .bind(ms(now + LEASE))
        .bind(id(job))
        .bind(holder)
    )
}

/// Returns why a group does not take this change: removing works while it is paused.
fn closed(takes_people: Option<bool>, job: &Job) -> Option<Halt> {
    match takes_people {
        None => Some(Halt::NotDesignated),
        Some(false) if job.kind.gives() => Some(Halt::Suspended),
        Some(_) => None,
    }
}

/// Takes up what was sent and is not known to have ended; what ended meanwhile ends its row.
async fn lost(tx: &mut Tx, job: &Job, by: &PersonRef, now: Timestamp) -> Result<Taken, Error> {
    let text = concat!(
        "SELECT ",
        operation_columns!(),
        "FROM import_row r JOIN operation o ON o.id = r.operation_id
         WHERE r.job_id = $1 AND r.verdict = 'ready' AND r.outcome IS NULL ORDER BY r.place LIMIT $2"
    );
    let rows =
        fetch!(&mut *tx, fetch_all, sqlx::query_as::<_, OperationRow>(text).bind(id(job.id)).bind(limit(CHUNK)))?;
    let sent = operations(rows)?;
    if sent.is_empty() {
        return Ok(Taken::Nothing);
    }
    let mut held = Vec::new();
    for operation in &sent {
        if let Some(outcome) = outcome_of((operation.state, operation.refusal)) {
            end(tx, job.id, operation.id, outcome).await?;
        } else if operation.can_begin(now) {
            held.push(begin(tx, operation, by, now).await?);
        }
    }
    Ok(if held.is_empty() { Taken::Wait } else { Taken::Rows { held, again: true } })
}

async fn end(tx: &mut Tx, job: ImportId, operation: OperationId, outcome: Outcome) -> Result<(), Error> {
    let text = "UPDATE import_row SET outcome = $1 WHERE job_id = $2 AND operation_id = $3";
    execute!(tx, sqlx::query(text).bind(code(outcome)?).bind(id(job)).bind(id(operation)))?;
    Ok(())
}

/// Takes a write up that nobody holds.
async fn begin(tx: &mut Tx, operation: &Operation, by: &PersonRef, now: Timestamp) -> Result<Operation, Error> {
    execute!(
        tx,
        sqlx::query(
            "UPDATE operation SET state = 'in_flight', lease_until = $1, attempt = attempt + 1, version = version + 1,
                                  carried_out_by = $2, carried_out_by_name = $3, negative_at = NULL
             WHERE id = $4 AND version = $5"
        )
        .bind(ms(now + operation::LEASE))
        .bind(id(by.id))
        .bind(&by.name)
        .bind(id(operation.id))
        .bind(operation.version)
    )?;
    Ok(Operation {
        state: State::InFlight,
        lease_until: now + operation::LEASE,
        attempt: operation.attempt + 1,
        version: operation.version + 1,
        carried_out_by: Some(by.clone()),
        negative_at: None,
        ..operation.clone()
    })
}

async fn settle_one(tx: &mut Tx, one: &Settled, now: Timestamp) -> Result<bool, Error> {
    let Some(to) = one.held.state.after(one.step) else { return Ok(false) };
    let rows = execute!(
        &mut *tx,
        sqlx::query(
            "UPDATE operation SET state = $1, version = version + 1, refusal = $2, negative_at = NULL, finished_at = $3
             WHERE id = $4 AND version = $5 AND state = 'in_flight'"
        )
        .bind(code(to)?)
        .bind(one.refusal.map(code).transpose()?)
        .bind((to != State::Unknown).then(|| ms(now)))
        .bind(id(one.held.id))
        .bind(one.held.version)
    )?;
    if rows == 1 && to == State::Applied {
        // A membership that was there before keeps the end that it has, or has none.
        match (one.held.kind, one.outcome) {
            (Kind::Add, Some(Outcome::Already)) => directory_members::expect(tx, &one.held, now).await?,
            _ => membership_ends::landed(tx, &one.held, now).await?,
        }
    }
    Ok(rows == 1)
}
