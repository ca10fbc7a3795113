//! Requests to join: asking, and finding what was asked. How they end without an answer is in [`super::endings`].

use super::{
    Error,
    codec::{code, id, id_list, json, limit, ms, read_id},
    db::{Db, Tx, execute, fetch, listed, read},
    designations, events,
    operation_row::{OperationRow, operation_columns, operations},
    request_row::{RequestRow, request_select, requests},
};
use crate::domain::{
    event::Event,
    ids::{GroupId, PersonId, RequestId},
    operation::Operation,
    request::JoinRequest,
};

/// Keeps and finds requests.
#[derive(Debug, Clone, Copy)]
pub struct Requests<'a> {
    pub(super) db: &'a Db,
}

/// What came of asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// The request is kept.
    Created,
    /// The person has a place in the group's queue already, with this request.
    Exists(RequestId),
    /// The group was paused meanwhile, or no longer takes part.
    Closed,
    /// The terms on which they asked are not those that hold.
    TermsChanged,
}

impl Requests<'_> {
    /// Keeps a new request and its event, unless the person's place in the group's queue is taken. The group is held, on the
    /// version of its designation by which it was found that they may ask.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn ask(&self, request: &JoinRequest, version: i64, event: &Event) -> Result<Asked, Error> {
        let mut tx = self.db.begin().await?;
        match designations::hold(&mut tx, request.group).await? {
            Some(held) if !held.takes_requests => return Ok(Asked::Closed),
            Some(held) if held.version != version => return Ok(Asked::TermsChanged),
            Some(_) => {}
            None => return Ok(Asked::Closed),
        }
        // The one who holds the place may give it up between the two statements; then it is free for this request.
        for _ in 0..3 {
            if insert(&mut tx, request).await? {
                events::append(&mut tx, event).await?;
                tx.commit().await?;
                return Ok(Asked::Created);
            }
            if let Some(holder) = holder(&mut tx, request).await? {
                return Ok(Asked::Exists(holder));
            }
        }
        Err(Error::Unavailable("the place in the queue changes hands too fast".into()))
    }

    /// Returns a request with its decision and its operation.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find(&self, request: RequestId) -> Result<Option<JoinRequest>, Error> {
        let row = read!(
            self.db,
            fetch_optional,
            sqlx::query_as::<_, RequestRow>(concat!(request_select!(), "WHERE r.id = $1")).bind(id(request))
        )?;
        row.map(RequestRow::request).transpose()
    }

    /// Returns a person's latest requests, newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn of_person(&self, person: PersonId, most: usize) -> Result<Vec<JoinRequest>, Error> {
        let text = concat!(request_select!(), "WHERE r.requester_id = $1 ORDER BY r.asked_at DESC, r.id DESC LIMIT $2");
        requests(read!(self.db, fetch_all, sqlx::query_as::<_, RequestRow>(text).bind(id(person)).bind(limit(most)))?)
    }

    /// Returns the open requests of groups, oldest first; those whose time has passed are among them until they lapse.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn open_for_groups(&self, groups: &[GroupId], most: usize) -> Result<Vec<JoinRequest>, Error> {
        let text = listed!(
            self.db,
            [request_select!(), "WHERE r.state = 'open' AND r.group_id "],
            ["ORDER BY r.asked_at, r.id LIMIT $2"]
        );
        let rows =
            read!(self.db, fetch_all, sqlx::query_as::<_, RequestRow>(text).bind(id_list(groups)).bind(limit(most)))?;
        requests(rows)
    }

    /// Returns the approved requests of groups whose add the directory has not confirmed, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn unfinished_for_groups(&self, groups: &[GroupId]) -> Result<Vec<JoinRequest>, Error> {
        let text = listed!(
            self.db,
            [request_select!(), "WHERE o.kind = 'add' AND o.state IN ('in_flight', 'unknown') AND o.group_id "],
            ["ORDER BY o.created_at, r.id"]
        );
        requests(read!(self.db, fetch_all, sqlx::query_as::<_, RequestRow>(text).bind(id_list(groups)))?)
    }

    /// Returns what groups are owed without a request and the directory has not confirmed, oldest first: wishes to leave, and
    /// what owners decided directly.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn owed_directly_for_groups(&self, groups: &[GroupId]) -> Result<Vec<Operation>, Error> {
        let text = listed!(
            self.db,
            [
                "SELECT ",
                operation_columns!(),
                "FROM operation o WHERE o.request_id IS NULL AND o.state IN ('in_flight', 'unknown') AND o.group_id "
            ],
            ["ORDER BY o.created_at, o.id"]
        );
        operations(read!(self.db, fetch_all, sqlx::query_as::<_, OperationRow>(text).bind(id_list(groups)))?)
    }
}

async fn insert(tx: &mut Tx, request: &JoinRequest) -> Result<bool, Error> {
    let rows = execute!(
        tx,
        sqlx::query(
            "INSERT INTO request (id, group_id, group_name, requester_id, requester_name, asker, reason, state,
                                  occupies, version, asked_at, lapses_at, days, kind, answers)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, TRUE, $9, $10, $11, $12, $13, $14)
             ON CONFLICT (group_id, requester_id) WHERE occupies DO NOTHING"
        )
        .bind(id(request.id))
        .bind(id(request.group))
        .bind(&request.group_name)
        .bind(id(request.requester.id))
        .bind(&request.requester.name)
        .bind(json(&request.asker)?)
        .bind(&request.reason)
        .bind(code(request.state)?)
        .bind(request.version)
        .bind(ms(request.asked_at))
        .bind(ms(request.lapses_at))
        .bind(request.days.map(i64::from))
        .bind(code(request.kind)?)
        .bind(json(&request.answers)?)
    )?;
    Ok(rows == 1)
}

async fn holder(tx: &mut Tx, request: &JoinRequest) -> Result<Option<RequestId>, Error> {
    let text = "SELECT id FROM request WHERE group_id = $1 AND requester_id = $2 AND occupies";
    let found = fetch!(
        tx,
        fetch_optional,
        sqlx::query_scalar::<_, String>(text).bind(id(request.group)).bind(id(request.requester.id))
    )?;
    found.as_deref().map(read_id).transpose()
}
