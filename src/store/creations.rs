//! Groups that are being created: kept before they are sent, and settled by the answer or by a later look.

use jiff::Timestamp;
use sqlx::FromRow;

use super::{
    Error, Moved,
    codec::{code, id, instant, json, ms, read_code, read_id, read_json, read_optional_id},
    commissions,
    db::{Db, execute, read},
    designations::next_change,
    directory::put,
    directory::sorted,
    events, new_groups,
};
use crate::domain::{
    creating::{Creation, Problem},
    directory::{Group, PersonRef},
    event::Event,
    group_life::Course,
    ids::EventId,
};

/// Keeps, finds and settles groups that are being created.
#[derive(Debug, Clone, Copy)]
pub struct Creations<'a> {
    pub(super) db: &'a Db,
}

#[derive(FromRow)]
struct Row {
    id: String,
    kind: String,
    name: String,
    purpose: String,
    nickname: String,
    owners: String,
    members: String,
    by_id: String,
    by_name: String,
    at: i64,
    course: String,
    group_id: Option<String>,
    problem: Option<String>,
    commission_id: Option<String>,
}

impl Creations<'_> {
    /// Keeps what was decided, with its event, before it is sent, and takes the commission that it is for. [`Moved::No`]
    /// when it is kept already, as the same form came twice, or when the commission does not wait for it any more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin(&self, creation: &Creation, event: &Event) -> Result<Moved, Error> {
        let mut tx = self.db.begin().await?;
        let rows = execute!(
            &mut tx,
            sqlx::query(
                "INSERT INTO group_creation (id, kind, name, purpose, nickname, owners, members, by_id, by_name, at,
                                             course, commission_id)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (id) DO NOTHING"
            )
            .bind(id(creation.id))
            .bind(code(creation.kind)?)
            .bind(&creation.name)
            .bind(&creation.purpose)
            .bind(&creation.nickname)
            .bind(json(&creation.owners)?)
            .bind(json(&creation.members)?)
            .bind(id(creation.by.id))
            .bind(&creation.by.name)
            .bind(ms(creation.at))
            .bind(code(Course::Sent)?)
            .bind(creation.commission.map(id))
        )?;
        if rows == 0 || !commissions::take(&mut tx, creation).await? {
            return Ok(Moved::No);
        }
        events::append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(Moved::Yes)
    }

    /// Returns one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find(&self, creation: EventId) -> Result<Option<Creation>, Error> {
        let text = "SELECT id, kind, name, purpose, nickname, owners, members, by_id, by_name, at, course, group_id,
                           problem, commission_id FROM group_creation WHERE id = $1";
        let row = read!(self.db, fetch_optional, sqlx::query_as::<_, Row>(text).bind(id(creation)))?;
        row.map(Row::creation).transpose()
    }

    /// Notes that the answer was lost, or why the directory refused.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn settle(
        &self,
        creation: &Creation,
        problem: Option<Problem>,
        now: Timestamp,
        event: &Event,
    ) -> Result<Moved, Error> {
        let course = if problem.is_some() { Course::Refused } else { Course::Unclear };
        let mut tx = self.db.begin().await?;
        let text = "UPDATE group_creation SET course = $1, problem = $2, ended_at = $3
                    WHERE id = $4 AND course IN ('sent', 'unclear')";
        let rows = execute!(
            &mut tx,
            sqlx::query(text)
                .bind(code(course)?)
                .bind(problem.map(code).transpose()?)
                .bind(ms(now))
                .bind(id(creation.id))
        )?;
        if rows == 0 {
            return Ok(Moved::No);
        }
        if problem.is_some() {
            commissions::reopen(&mut tx, creation).await?;
        }
        events::append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(Moved::Yes)
    }

    /// Notes that the group is there: the copy has it with its owners, and it takes part at once where the rule for new
    /// groups that holds now says so. Its commission reports back.
    ///
    /// # Errors
    /// When the database fails; then nothing has changed.
    pub async fn settle_created(
        &self,
        creation: &Creation,
        group: &Group,
        owners: &[PersonRef],
        now: Timestamp,
        event: &Event,
    ) -> Result<Moved, Error> {
        let mut tx = self.db.begin().await?;
        let text = "UPDATE group_creation SET course = 'done', problem = NULL, group_id = $1, ended_at = $2
                    WHERE id = $3 AND course <> 'done'";
        let rows = execute!(&mut tx, sqlx::query(text).bind(id(group.id)).bind(ms(now)).bind(id(creation.id)))?;
        if rows == 0 {
            return Ok(Moved::No);
        }
        let reported = commissions::report(&mut tx, creation, group, now).await?;
        let takes_part = new_groups::let_take_part(&mut tx, creation, group, now).await?;
        let change = next_change(&mut tx).await?;
        put(&mut tx, &[(group, sorted(owners))], change).await?;
        events::append(&mut tx, event).await?;
        for follows in [takes_part, reported].into_iter().flatten() {
            events::append(&mut tx, &follows).await?;
        }
        tx.commit().await?;
        Ok(Moved::Yes)
    }
}

impl Row {
    fn creation(self) -> Result<Creation, Error> {
        Ok(Creation {
            id: read_id(&self.id)?,
            kind: read_code(&self.kind)?,
            name: self.name,
            purpose: self.purpose,
            nickname: self.nickname,
            owners: read_json(&self.owners)?,
            members: read_json(&self.members)?,
            by: PersonRef { id: read_id(&self.by_id)?, name: self.by_name },
            at: instant(self.at)?,
            course: read_code(&self.course)?,
            group: read_optional_id(self.group_id.as_deref())?,
            problem: self.problem.as_deref().map(read_code).transpose()?,
            commission: read_optional_id(self.commission_id.as_deref())?,
        })
    }
}
