//! Adds whose answers were lost and that the directory turns out to have carried out.

use jiff::Timestamp;

use super::{
    Error, Moved,
    codec::{id, ms},
    db::{execute, read},
    events, membership_ends,
    operation_endings::free_places,
    operation_row::{OperationRow, operation_columns, operations},
    operations::Operations,
};
use crate::domain::{event::Event, operation::Operation};

/// How many are looked at in one go.
const BATCH: i64 = 50;

impl Operations<'_> {
    /// Returns adds that nobody holds and whose person the directory has shown as a member.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn shown_as_landed(&self, now: Timestamp) -> Result<Vec<Operation>, Error> {
        let text = concat!(
            "SELECT ",
            operation_columns!(),
            "FROM operation o JOIN directory_member m ON m.group_id = o.group_id AND m.member_id = o.person_id
             WHERE o.kind = 'add' AND (o.state = 'unknown' OR (o.state = 'in_flight' AND o.lease_until <= $1))
               AND m.present AND m.expected_at IS NULL
             ORDER BY o.created_at, o.id LIMIT $2"
        );
        operations(read!(self.db, fetch_all, sqlx::query_as::<_, OperationRow>(text).bind(ms(now)).bind(BATCH))?)
    }

    /// Closes an add as applied, as it was found: its version has to be the current one, and nobody may hold it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn settle_landed(&self, add: &Operation, now: Timestamp, event: &Event) -> Result<Moved, Error> {
        let mut tx = self.db.begin().await?;
        let rows = execute!(
            &mut tx,
            sqlx::query(
                "UPDATE operation SET state = 'applied', version = version + 1, refusal = NULL, finished_at = $1
                 WHERE id = $2 AND version = $3 AND kind = 'add'
                   AND (state = 'unknown' OR (state = 'in_flight' AND lease_until <= $1))"
            )
            .bind(ms(now))
            .bind(id(add.id))
            .bind(add.version)
        )?;
        if rows == 0 {
            return Ok(Moved::No);
        }
        free_places(&mut tx, std::slice::from_ref(add)).await?;
        membership_ends::landed(&mut tx, add, now).await?;
        events::append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(Moved::Yes)
    }
}
