//! Removals, and what they mean for adds of the same person that are not over.

use super::{
    Error,
    codec::{id, json, ms},
    db::{Tx, fetch, listed},
    designations, events, membership_ends,
    operation_endings::{free_places, landed_event},
    operation_row::{OperationRow, operation_columns, operations},
    operations::{self, Operations},
    stale_removals,
};
use crate::domain::{event::Event, operation::Operation};

impl Operations<'_> {
    /// Keeps the removal of somebody who is a member, at their own wish or an owner's, unless one of them in this group is
    /// not over or an add is being carried out for them. Returns whether it was kept.
    ///
    /// What is owed because the end has come gives way to the person's own wish. An add whose answer was lost has landed, then, and is closed as applied: nobody may finish it later and bring
    /// back somebody who is gone.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn owe_removal(&self, operation: &Operation, event: &Event) -> Result<bool, Error> {
        let mut tx = self.db.begin().await?;
        designations::hold(&mut tx, operation.group).await?;
        let landed = close_landed(&mut tx, operation).await?;
        if operation.is_wish_to_leave() {
            let pair = (operation.group, operation.person.id.0);
            stale_removals::give_up(&mut tx, &[pair], operation.created_at).await?;
        }
        if is_being_added(&mut tx, operation).await? || !operations::insert(&mut tx, operation).await? {
            return Ok(false);
        }
        free_places(&mut tx, &landed).await?;
        for add in &landed {
            membership_ends::landed(&mut tx, add, operation.created_at).await?;
        }
        for add in &landed {
            events::append(&mut tx, &landed_event(add, operation.created_at)).await?;
        }
        events::append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(true)
    }
}

/// Closes the adds for the person of a removal whose answers were lost, and returns them.
async fn close_landed(tx: &mut Tx, removal: &Operation) -> Result<Vec<Operation>, Error> {
    let ids = fetch!(
        &mut *tx,
        fetch_all,
        sqlx::query_scalar::<_, String>(
            "UPDATE operation SET state = 'applied', version = version + 1, finished_at = $1
             WHERE kind = 'add' AND group_id = $2 AND person_id = $3
               AND (state = 'unknown' OR (state = 'in_flight' AND lease_until <= $1))
             RETURNING id"
        )
        .bind(ms(removal.created_at))
        .bind(id(removal.group))
        .bind(id(removal.person.id))
    )?;
    let text = listed!(tx, ["SELECT ", operation_columns!(), "FROM operation o WHERE o.id "], [""]);
    operations(fetch!(&mut *tx, fetch_all, sqlx::query_as::<_, OperationRow>(text).bind(json(&ids)?))?)
}

/// Returns whether somebody is adding the person of a removal at this moment.
async fn is_being_added(tx: &mut Tx, removal: &Operation) -> Result<bool, Error> {
    let held = fetch!(
        &mut *tx,
        fetch_one,
        sqlx::query_scalar::<_, i64>(
            "SELECT COUNT(*) FROM operation
             WHERE kind = 'add' AND group_id = $1 AND person_id = $2 AND state = 'in_flight'"
        )
        .bind(id(removal.group))
        .bind(id(removal.person.id))
    )?;
    Ok(held > 0)
}
