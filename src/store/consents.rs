//! Approvals that do not decide yet, because more owners have to approve.

use sqlx::FromRow;

use super::{
    Deciding, Decisions, Error, Moved,
    codec::{id, instant, json, ms, read_id},
    db::{execute, read},
    events,
};
use crate::domain::{directory::PersonRef, ids::RequestId, request::Decision};

#[derive(FromRow)]
struct Row {
    owner_id: String,
    owner_name: String,
    message: String,
    at: i64,
}

impl Decisions<'_> {
    /// Keeps an approval of an open request that is not enough yet, with its event. Its version moves, so that of two who
    /// approve at once the later sees the other first, and may be the one who decides.
    ///
    /// # Errors
    /// [`Error::Constraint`] when it is by the person who asked; otherwise when the database fails.
    pub async fn consent(&self, deciding: &Deciding<'_>) -> Result<Moved, Error> {
        let mut tx = self.db.begin().await?;
        let rows = execute!(
            &mut tx,
            sqlx::query(
                "UPDATE request SET version = version + 1
                 WHERE id = $1 AND version = $2 AND state = 'open' AND lapses_at > $3
                   AND EXISTS (SELECT 1 FROM designation d
                               WHERE d.group_id = request.group_id AND d.suspended_at IS NULL
                                 AND d.version = $4)"
            )
            .bind(id(deciding.request.id))
            .bind(deciding.request.version)
            .bind(ms(deciding.now))
            .bind(deciding.terms)
        )?;
        if rows == 0 {
            return Ok(Moved::No);
        }
        // The row itself says who asked, so the rule that nobody answers their own request does not hang on the caller.
        let rows = execute!(
            &mut tx,
            sqlx::query(
                "INSERT INTO consent (request_id, requester_id, owner_id, owner_name, message, evidence, at)
                 SELECT id, requester_id, $2, $3, $4, $5, $6 FROM request WHERE id = $1
                 ON CONFLICT (request_id, owner_id) DO NOTHING"
            )
            .bind(id(deciding.request.id))
            .bind(id(deciding.by.id))
            .bind(&deciding.by.name)
            .bind(deciding.message)
            .bind(json(deciding.evidence)?)
            .bind(ms(deciding.now))
        )?;
        events::finish(tx, rows > 0, deciding.event).await
    }

    /// Returns the approvals of a request that did not decide, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn consents(&self, request: RequestId) -> Result<Vec<Decision>, Error> {
        let text = "SELECT owner_id, owner_name, message, at FROM consent WHERE request_id = $1 ORDER BY at, owner_id";
        let rows = read!(self.db, fetch_all, sqlx::query_as::<_, Row>(text).bind(id(request)))?;
        let consent = |row: Row| {
            let by = PersonRef { id: read_id(&row.owner_id)?, name: row.owner_name };
            Ok(Decision { by, at: instant(row.at)?, message: row.message })
        };
        rows.into_iter().map(consent).collect()
    }
}
