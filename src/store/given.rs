//! The memberships that Roster gave, in orders that the directory does not have: page by page, each by an index.

use sqlx::FromRow;

use super::{
    Error,
    codec::{count, id, limit, read_id},
    db::read,
    workspaces::Workspaces,
};
use crate::domain::{
    directory::PersonRef,
    ids::{GroupId, PersonId},
};

/// An order of memberships.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// Those with an end, the soonest first.
    EndsSoonest,
    /// Those whom Roster let in, the latest first. Whom it removed since is not among them, nor whom a list found there already.
    CameLately,
}

/// Somebody in an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// Who, as they were called then.
    pub person: PersonRef,
    /// The instant that gives them their place; with the person it says where a page ends.
    pub at: i64,
    /// How many there are on all pages, where that is known.
    pub total: Option<u64>,
}

#[derive(FromRow)]
struct Row {
    person_id: String,
    person_name: String,
    at: i64,
    total: Option<i64>,
}

impl Workspaces<'_> {
    /// Returns memberships of a group in an order, those after a place.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn given(
        &self,
        group: GroupId,
        order: Given,
        after: Option<(i64, PersonId)>,
        most: usize,
    ) -> Result<Vec<Placed>, Error> {
        let (text, first) = match order {
            Given::EndsSoonest => (
                "SELECT e.person_id, e.person_name, e.ends_at AS at,
                        (SELECT COUNT(*) FROM membership_end a
                         WHERE a.group_id = $1 AND a.ends_at IS NOT NULL) AS total
                 FROM membership_end e
                 WHERE e.group_id = $1 AND e.ends_at IS NOT NULL
                   AND (e.ends_at > $2 OR (e.ends_at = $2 AND e.person_id > $3))
                 ORDER BY e.ends_at, e.person_id LIMIT $4",
                i64::MIN,
            ),
            Given::CameLately => (
                "SELECT o.person_id, o.person_name, o.finished_at AS at, CAST(NULL AS BIGINT) AS total
                 FROM operation o
                 WHERE o.group_id = $1 AND o.kind = 'add' AND o.state = 'applied'
                   AND (o.finished_at < $2 OR (o.finished_at = $2 AND o.person_id < $3))
                   AND NOT EXISTS (SELECT 1 FROM import_row i WHERE i.operation_id = o.id AND i.outcome = 'already')
                   AND NOT EXISTS (
                       SELECT 1 FROM operation l
                       WHERE l.person_id = o.person_id AND l.state = 'applied' AND l.group_id = o.group_id
                         AND l.kind IN ('add', 'remove')
                         AND (l.finished_at > o.finished_at OR (l.finished_at = o.finished_at AND l.id > o.id))
                         AND NOT EXISTS (
                             SELECT 1 FROM import_row i WHERE i.operation_id = l.id AND i.outcome = 'already'))
                 ORDER BY o.finished_at DESC, o.person_id DESC LIMIT $4",
                i64::MAX,
            ),
        };
        let (at, person) = after.map_or((first, String::new()), |(at, person)| (at, id(person)));
        let rows = read!(
            self.db,
            fetch_all,
            sqlx::query_as::<_, Row>(text).bind(id(group)).bind(at).bind(&person).bind(limit(most))
        )?;
        rows.into_iter().map(Row::placed).collect()
    }
}

impl Row {
    fn placed(self) -> Result<Placed, Error> {
        let person = PersonRef { id: read_id(&self.person_id)?, name: self.person_name };
        Ok(Placed { person, at: self.at, total: self.total.map(|total| count(total) as u64) })
    }
}
