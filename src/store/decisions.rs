//! An owner's answer, made to last in one transaction before the directory is asked for anything.

use jiff::Timestamp;
use serde_json::Value;

use super::{
    Error, Moved,
    codec::{code, id, json, ms},
    db::{Db, Tx, execute},
    end_changes, events,
    membership_ends::taken_back,
    operations,
};
use crate::domain::{
    directory::PersonRef,
    event::Event,
    operation::Operation,
    request::{JoinRequest, Kind, State, Step},
};

/// Records decisions.
#[derive(Debug, Clone, Copy)]
pub struct Decisions<'a> {
    pub(super) db: &'a Db,
}

/// A later end about to be recorded with an answer.
#[derive(Debug, Clone, Copy)]
pub struct Longer<'a> {
    /// The end from now on; `None` without one.
    pub until: Option<Timestamp>,
    /// The version of the end that was read.
    pub version: i64,
    /// The event that goes with it.
    pub event: &'a Event,
}

/// An answer about to be recorded.
#[derive(Debug, Clone, Copy)]
pub struct Deciding<'a> {
    /// The request as it was drawn; its version has to be the current one.
    pub request: &'a JoinRequest,
    /// Who answers.
    pub by: &'a PersonRef,
    /// What they write to the person; empty when nothing.
    pub message: &'a str,
    /// What was read live and made the answer right, for the record.
    pub evidence: &'a Value,
    /// The version of the designation under whose terms the answer is right.
    pub terms: i64,
    /// When.
    pub now: Timestamp,
    /// The event that goes with it.
    pub event: &'a Event,
}

impl Decisions<'_> {
    /// Approves a request: the move, the decision, the operation that is owed now, and the event, all or nothing. The
    /// place in the queue stays taken until the operation is over. A group that was paused meanwhile, no longer takes
    /// part, or is on other terms, stands in the way like somebody who was first.
    ///
    /// # Errors
    /// [`Error::Constraint`] when the decider is the person who asked; otherwise when the database fails.
    pub async fn approve(&self, deciding: &Deciding<'_>, operation: &Operation) -> Result<Moved, Error> {
        let mut tx = self.db.begin().await?;
        if !answer(&mut tx, deciding, Step::Approve).await? {
            return Ok(Moved::No);
        }
        operations::insert(&mut tx, operation).await?;
        events::append(&mut tx, deciding.event).await?;
        tx.commit().await?;
        Ok(Moved::Yes)
    }

    /// Approves that somebody belongs for longer: the move, the decision, the later end and the events, all or nothing. The end
    /// has to be the one that was read; a removal that was owed for it and that nobody has begun is given up.
    ///
    /// # Errors
    /// As [`Decisions::approve`].
    pub async fn prolong(&self, deciding: &Deciding<'_>, longer: &Longer<'_>) -> Result<Moved, Error> {
        let mut tx = self.db.begin().await?;
        if !answer(&mut tx, deciding, Step::Approve).await? {
            return Ok(Moved::No);
        }
        let Some(given_up) = end_changes::prolong(&mut tx, deciding, longer).await? else { return Ok(Moved::No) };
        events::append(&mut tx, deciding.event).await?;
        events::append(&mut tx, longer.event).await?;
        for removal in &given_up {
            events::append(&mut tx, &taken_back(removal, Some(deciding.by), deciding.now)).await?;
        }
        tx.commit().await?;
        Ok(Moved::Yes)
    }

    /// Denies a request and frees its place: the move, the decision and the event, all or nothing.
    ///
    /// # Errors
    /// [`Error::Constraint`] when the decider is the person who asked; otherwise when the database fails.
    pub async fn deny(&self, deciding: &Deciding<'_>) -> Result<Moved, Error> {
        let mut tx = self.db.begin().await?;
        let has_moved = answer(&mut tx, deciding, Step::Deny).await?;
        events::finish(tx, has_moved, deciding.event).await
    }
}

/// Moves the request and inserts the decision; `false` when somebody was first or its time has passed.
async fn answer(tx: &mut Tx, deciding: &Deciding<'_>, step: Step) -> Result<bool, Error> {
    let Some(to) = deciding.request.state.after(step) else { return Ok(false) };
    let rows = execute!(
        &mut *tx,
        sqlx::query(
            "UPDATE request SET state = $1, occupies = $2, version = version + 1
             WHERE id = $3 AND version = $4 AND state = $5 AND lapses_at > $6
               AND ($1 <> 'approved' OR EXISTS (SELECT 1 FROM designation d
                                                WHERE d.group_id = request.group_id AND d.suspended_at IS NULL
                                                  AND d.version = $7))"
        )
        .bind(code(to)?)
        .bind(to == State::Approved && deciding.request.kind == Kind::Join)
        .bind(id(deciding.request.id))
        .bind(deciding.request.version)
        .bind(code(deciding.request.state)?)
        .bind(ms(deciding.now))
        .bind(deciding.terms)
    )?;
    if rows == 0 {
        return Ok(false);
    }
    // The row itself says who asked, so the rule that nobody answers their own request does not hang on the caller.
    let rows = execute!(
        &mut *tx,
        sqlx::query(
            "INSERT INTO decision (request_id, requester_id, decider_id, decider_name, verdict, message, evidence,
                                   decided_at)
             SELECT id, requester_id, $2, $3, $4, $5, $6, $7 FROM request WHERE id = $1"
        )
        .bind(id(deciding.request.id))
        .bind(id(deciding.by.id))
        .bind(&deciding.by.name)
        .bind(code(to)?)
        .bind(deciding.message)
        .bind(json(deciding.evidence)?)
        .bind(ms(deciding.now))
    )?;
    Ok(rows == 1)
}
