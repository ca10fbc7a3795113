//! Reviews: who belonged to a group when one began, and what its owners answered.

use jiff::Timestamp;
use serde_json::json as value;
use sqlx::FromRow;

use super::{
    Error, Moved,
    codec::{count, id, instant, json, limit, ms, optional_instant, read_id},
    db::{Db, execute, from_items, read},
    designations::{has_changed, hold},
    events,
};
use crate::domain::{
    directory::{Person, PersonRef},
    event::Event,
    ids::{GroupId, ReviewId},
    reviewing::{Answer, Review, Row, Tally},
};

/// How many rows go into one statement.
const AT_ONCE: usize = 1000;

/// Keeps reviews.
#[derive(Debug, Clone, Copy)]
pub struct Reviews<'a> {
    pub(super) db: &'a Db,
}

/// Which rows of a review are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewRows {
    /// All of them.
    All,
    /// Those with this answer, or with none.
    Answered(Option<Answer>),
}

/// An answer for the row in a place: who, and why where they are to be removed.
pub type Answered = (i64, Option<Answer>, String);

#[derive(FromRow)]
struct ReviewRow {
    id: String,
    group_id: String,
    started_by: String,
    started_by_name: String,
    started_at: i64,
    ended_by: Option<String>,
    ended_by_name: Option<String>,
    ended_at: Option<i64>,
}

#[derive(FromRow)]
struct RowRow {
    place: i64,
    person_id: String,
    person_name: String,
    username: String,
    answer: String,
    reason: String,
    answered_by: Option<String>,
    answered_by_name: Option<String>,
    answered_at: Option<i64>,
}

macro_rules! review_select {
    () => {
        "SELECT id, group_id, started_by, started_by_name, started_at, ended_by, ended_by_name, ended_at FROM review "
    };
}

impl Reviews<'_> {
    /// Begins a review with the members of this moment; [`Moved::No`] while another is under way.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn start(&self, review: &Review, members: &[Person], event: &Event) -> Result<Moved, Error> {
        let mut tx = self.db.begin().await?;
        let rows = execute!(
            &mut tx,
            sqlx::query(
                "INSERT INTO review (id, group_id, started_by, started_by_name, started_at)
                 VALUES ($1, $2, $3, $4, $5) ON CONFLICT (group_id) WHERE ended_at IS NULL DO NOTHING"
            )
            .bind(id(review.id))
            .bind(id(review.group))
            .bind(id(review.started_by.id))
            .bind(&review.started_by.name)
            .bind(ms(review.started_at))
        )?;
        if rows == 0 {
            return Ok(Moved::No);
        }
        for (chunk, some) in members.chunks(AT_ONCE).enumerate() {
            let item = |(at, person): (usize, &Person)| {
                value!({ "place": chunk * AT_ONCE + at + 1, "id": person.id, "name": person.name,
                         "username": person.username })
            };
            let items: Vec<_> = some.iter().enumerate().map(item).collect();
            let text = from_items!(
                tx,
                ["INSERT INTO review_row (review_id, place, person_id, person_name, username)
                  SELECT $2, CAST(item.value ->> 'place' AS BIGINT), item.value ->> 'id', item.value ->> 'name',
                         item.value ->> 'username' "],
                [""]
            );
            execute!(&mut tx, sqlx::query(text).bind(json(&items)?).bind(id(review.id)))?;
        }
        // Held last: who asks to join does not wait until all members are listed.
        if hold(&mut tx, review.group).await?.is_some() {
            has_changed(&mut tx, review.group).await?;
        }
        events::append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(Moved::Yes)
    }

    /// Returns a review.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find(&self, review: ReviewId) -> Result<Option<Review>, Error> {
        let text = concat!(review_select!(), "WHERE id = $1");
        let row = read!(self.db, fetch_optional, sqlx::query_as::<_, ReviewRow>(text).bind(id(review)))?;
        row.map(ReviewRow::review).transpose()
    }

    /// Returns the latest reviews of a group, the one under way among them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn of_group(&self, group: GroupId, most: usize) -> Result<Vec<Review>, Error> {
        let text = concat!(review_select!(), "WHERE group_id = $1 ORDER BY started_at DESC, id DESC LIMIT $2");
        let rows = read!(self.db, fetch_all, sqlx::query_as::<_, ReviewRow>(text).bind(id(group)).bind(limit(most)))?;
        rows.into_iter().map(ReviewRow::review).collect()
    }

    /// Returns rows of a review in their order, those after a place.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn rows(&self, review: ReviewId, shown: ReviewRows, after: i64, most: usize) -> Result<Vec<Row>, Error> {
        let answer = match shown {
            ReviewRows::All => "all",
            ReviewRows::Answered(answer) => Answer::code(answer),
        };
        let text = "SELECT place, person_id, person_name, username, answer, reason, answered_by, answered_by_name,
                           answered_at
                    FROM review_row WHERE review_id = $1 AND place > $2 AND ($3 = 'all' OR answer = $3)
                    ORDER BY place LIMIT $4";
        let rows = read!(
            self.db,
            fetch_all,
            sqlx::query_as::<_, RowRow>(text).bind(id(review)).bind(after).bind(answer).bind(limit(most))
        )?;
        rows.into_iter().map(RowRow::row).collect()
    }

    /// Returns how many members were answered for.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tally(&self, review: ReviewId) -> Result<Tally, Error> {
        let text = "SELECT answer, COUNT(*) FROM review_row WHERE review_id = $1 GROUP BY answer";
        let rows = read!(self.db, fetch_all, sqlx::query_as::<_, (String, i64)>(text).bind(id(review)))?;
        let mut tally = Tally::default();
        for (answer, n) in rows {
            let n = count(n);
            tally.members += n;
            match Answer::read(&answer) {
                Some(Answer::Keep) => tally.kept += n,
                Some(Answer::Remove) => tally.to_remove += n,
                None => {}
            }
        }
        Ok(tally)
    }

    /// Keeps answers; [`Moved::No`] when the review is over.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn answer(
        &self,
        review: ReviewId,
        answers: &[Answered],
        by: &PersonRef,
        now: Timestamp,
    ) -> Result<Moved, Error> {
        let mut tx = self.db.begin().await?;
        let held = "UPDATE review SET ended_at = NULL WHERE id = $1 AND ended_at IS NULL";
        if execute!(&mut tx, sqlx::query(held).bind(id(review)))? == 0 {
            return Ok(Moved::No);
        }
        let item = |(place, answer, reason): &Answered| value!({ "place": place, "answer": Answer::code(*answer), "reason": reason });
        let items: Vec<_> = answers.iter().map(item).collect();
        let text = from_items!(
            tx,
            ["WITH news AS MATERIALIZED (
                SELECT CAST(item.value ->> 'place' AS BIGINT) AS place, item.value ->> 'answer' AS answer,
                       item.value ->> 'reason' AS reason "],
            [") UPDATE review_row SET answer = news.answer, reason = news.reason, answered_by = $3,
                                      answered_by_name = $4, answered_at = $5
                FROM news WHERE review_row.review_id = $2 AND review_row.place = news.place"]
        );
        execute!(
            &mut tx,
            sqlx::query(text).bind(json(&items)?).bind(id(review)).bind(id(by.id)).bind(&by.name).bind(ms(now))
        )?;
        tx.commit().await?;
        Ok(Moved::Yes)
    }

    /// Ends a review; [`Moved::No`] when it is over.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end(&self, review: &Review, by: &PersonRef, now: Timestamp, event: &Event) -> Result<Moved, Error> {
        let mut tx = self.db.begin().await?;
        let takes_part = hold(&mut tx, review.group).await?.is_some();
        let text = "UPDATE review SET ended_by = $2, ended_by_name = $3, ended_at = $4
                    WHERE id = $1 AND ended_at IS NULL";
        let rows =
            execute!(&mut tx, sqlx::query(text).bind(id(review.id)).bind(id(by.id)).bind(&by.name).bind(ms(now)))?;
        if takes_part && rows > 0 {
            has_changed(&mut tx, review.group).await?;
        }
        events::finish(tx, rows > 0, event).await
    }
}

impl ReviewRow {
    fn review(self) -> Result<Review, Error> {
        let ended = person_at(self.ended_by, self.ended_by_name, self.ended_at)?;
        Ok(Review {
            id: read_id(&self.id)?,
            group: read_id(&self.group_id)?,
            started_by: PersonRef { id: read_id(&self.started_by)?, name: self.started_by_name },
            started_at: instant(self.started_at)?,
            ended,
        })
    }
}

impl RowRow {
    fn row(self) -> Result<Row, Error> {
        Ok(Row {
            place: self.place,
            person: PersonRef { id: read_id(&self.person_id)?, name: self.person_name },
            username: self.username,
            answer: Answer::read(&self.answer),
            reason: self.reason,
            answered: person_at(self.answered_by, self.answered_by_name, self.answered_at)?,
        })
    }
}

fn person_at(
    by: Option<String>,
    name: Option<String>,
    at: Option<i64>,
) -> Result<Option<(PersonRef, Timestamp)>, Error> {
    Ok(match (by, name, optional_instant(at)?) {
        (Some(by), Some(name), Some(at)) => Some((PersonRef { id: read_id(&by)?, name }, at)),
        _ => None,
    })
}
