//! What an owner decides directly, without a request: adding somebody, and changing who owns the group.

use super::{
    Error,
    codec::id,
    db::{Tx, fetch},
    designations, events,
    operations::{self, Operations},
};
use crate::domain::{event::Event, operation::Operation};

impl Operations<'_> {
    /// Keeps the add of somebody by an owner, unless the group is paused, takes no part or is on other terms than those of the
    /// version that was read, or another write for this person in this group is not over. Returns whether it was kept.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn owe_add(&self, operation: &Operation, terms: i64, event: &Event) -> Result<bool, Error> {
        let mut tx = self.db.begin().await?;
        if !is_free(&mut tx, operation, terms).await? || !operations::insert(&mut tx, operation).await? {
            return Ok(false);
        }
        events::append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Keeps a change of an owner, unless the group takes no part, or a change that takes it from an owner is not over: two
    /// who take it from each other would leave nobody. Returns whether it was kept.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn owe_ownership(&self, operation: &Operation, event: &Event) -> Result<bool, Error> {
        let mut tx = self.db.begin().await?;
        if designations::hold(&mut tx, operation.group).await?.is_none() {
            return Ok(false);
        }
        let owed = fetch!(
            &mut tx,
            fetch_one,
            sqlx::query_scalar::<_, i64>(
                "SELECT COUNT(*) FROM operation
                 WHERE group_id = $1 AND kind = 'remove_owner' AND state IN ('in_flight', 'unknown')"
            )
            .bind(id(operation.group))
        )?;
        let waits = owed > 0 && !operation.kind.gives();
        if waits || !operations::insert(&mut tx, operation).await? {
            return Ok(false);
        }
        events::append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(true)
    }
}

/// Returns whether the group takes people and nothing is owed for this person in it.
async fn is_free(tx: &mut Tx, add: &Operation, terms: i64) -> Result<bool, Error> {
    if !designations::hold_on_terms(tx, add.group, terms).await? {
        return Ok(false);
    }
    let owed = fetch!(
        &mut *tx,
        fetch_one,
        sqlx::query_scalar::<_, i64>(
            "SELECT COUNT(*) FROM operation
             WHERE group_id = $1 AND person_id = $2 AND kind IN ('add', 'remove') AND state IN ('in_flight', 'unknown')"
        )
        .bind(id(add.group))
        .bind(id(add.person.id))
    )?;
    Ok(owed == 0)
}
