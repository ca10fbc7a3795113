//! What the owners of a group see of it: how much there is, and how each member came.

use std::collections::HashMap;

use jiff::Timestamp;
use sqlx::FromRow;

use super::{
    Error,
    codec::{count, id, id_list, instant, ms, optional_instant, read_id},
    db::{Db, listed, read},
    operation_row::{OperationRow, operation_columns, operations},
};
use crate::domain::{
    directory::PersonRef,
    ids::{GroupId, PersonId},
    lasting::SOON,
    operation::Operation,
};

/// Reads what owners see.
#[derive(Debug, Clone, Copy)]
pub struct Workspaces<'a> {
    pub(super) db: &'a Db,
}

/// How much there is in a group.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sizes {
    /// Members of any kind in the directory copy; `None` when they have not been read yet.
    pub members: Option<usize>,
    /// Requests that wait for an answer.
    pub open: usize,
    /// Adds and removals that the directory has not confirmed.
    pub unfinished: usize,
    /// Memberships that end soon, or whose end has come.
    pub ending: usize,
    /// Memberships that have ended and whose people are still there.
    pub ended: usize,
}

/// How a member came into a group through Roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// Who let them in: the owner who approved or added.
    pub by: PersonRef,
    /// When the directory confirmed it.
    pub at: Timestamp,
    /// Why, in the words of the person who asked, or of the owner who added; empty when nobody said.
    pub why: String,
    /// When the membership ends; `None` without an end.
    pub until: Option<Timestamp>,
}

#[derive(FromRow)]
struct SizesRow {
    group_id: String,
    members: i64,
    is_read: bool,
    open: i64,
    unfinished: i64,
    ending: i64,
    ended: i64,
}

#[derive(FromRow)]
struct ArrivalRow {
    person_id: String,
    by_id: String,
    by_name: String,
    at: i64,
    why: String,
    until: Option<i64>,
}

impl Workspaces<'_> {
    /// Returns how many people were denied a group since an instant.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn denied_since(&self, group: GroupId, since: Timestamp) -> Result<usize, Error> {
        let text = "SELECT COUNT(DISTINCT r.requester_id) FROM request r JOIN decision d ON d.request_id = r.id
                    WHERE r.group_id = $1 AND r.state = 'denied' AND d.decided_at >= $2";
        let found = read!(self.db, fetch_one, sqlx::query_scalar::<_, i64>(text).bind(id(group)).bind(ms(since)))?;
        Ok(count(found))
    }

    /// Returns how much there is in groups, by one statement whatever their number. Groups that do not take part have no
    /// sizes.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sizes(&self, groups: &[GroupId], now: Timestamp) -> Result<HashMap<GroupId, Sizes>, Error> {
        let text = listed!(
            self.db,
            ["SELECT g.group_id,
                     (SELECT COUNT(*) FROM directory_member m WHERE m.group_id = g.group_id AND m.present) AS members,
                     EXISTS (SELECT 1 FROM directory_link l WHERE l.covers LIKE '%' || g.group_id || '%') AS is_read,
                     (SELECT COUNT(*) FROM request r
                      WHERE r.group_id = g.group_id AND r.state = 'open' AND r.lapses_at > $2) AS open,
                     (SELECT COUNT(*) FROM operation o
                      WHERE o.group_id = g.group_id AND o.state IN ('in_flight', 'unknown')) AS unfinished,
                     (SELECT COUNT(*) FROM membership_end e
                      WHERE e.group_id = g.group_id AND e.ends_at > $2 AND e.ends_at <= $3) AS ending,
                     (SELECT COUNT(*) FROM membership_end e WHERE e.group_id = g.group_id AND e.ends_at <= $2) AS ended
              FROM designation g WHERE g.group_id "],
            [""]
        );
        let rows = read!(
            self.db,
            fetch_all,
            sqlx::query_as::<_, SizesRow>(text).bind(id_list(groups)).bind(ms(now)).bind(ms(now + SOON))
        )?;
        rows.iter().map(|row| Ok((read_id(&row.group_id)?, row.sizes()))).collect()
    }

    /// Returns how people came into a group, those whom Roster last added.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn arrivals(&self, group: GroupId, people: &[PersonId]) -> Result<HashMap<PersonId, Arrival>, Error> {
        let text = listed!(
            self.db,
            ["SELECT o.person_id, o.decided_by AS by_id, o.decided_by_name AS by_name, o.finished_at AS at,
                     COALESCE(r.reason, o.reason) AS why, e.ends_at AS until
              FROM operation o LEFT JOIN request r ON r.id = o.request_id
                               LEFT JOIN membership_end e ON e.group_id = o.group_id AND e.person_id = o.person_id
              WHERE o.group_id = $2 AND o.kind = 'add' AND o.state = 'applied' AND o.person_id "],
            ["ORDER BY o.finished_at, o.id"]
        );
        let rows =
            read!(self.db, fetch_all, sqlx::query_as::<_, ArrivalRow>(text).bind(id_list(people)).bind(id(group)))?;
        // The latest of each comes last.
        rows.into_iter().map(ArrivalRow::arrival).collect()
    }

    /// Returns when people were first seen to have come into a group without Roster.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn seen_outside(
        &self,
        group: GroupId,
        people: &[PersonId],
    ) -> Result<HashMap<PersonId, Timestamp>, Error> {
        let text = listed!(
            self.db,
            ["SELECT person_id, MAX(at) FROM event
              WHERE group_id = $2 AND kind IN ('membership.added_outside', 'membership.unexpected') AND person_id "],
            ["GROUP BY person_id"]
        );
        let rows =
            read!(self.db, fetch_all, sqlx::query_as::<_, (String, i64)>(text).bind(id_list(people)).bind(id(group)))?;
        rows.iter().map(|(person, at)| Ok((read_id(person)?, instant(*at)?))).collect()
    }

    /// Returns the groups that somebody else made a person an owner of since an instant, the latest first, each with who
    /// decided it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn made_owner(&self, person: PersonId, since: Timestamp) -> Result<Vec<(GroupId, PersonRef)>, Error> {
        let text = "SELECT group_id, decided_by, decided_by_name FROM operation
                    WHERE person_id = $1 AND kind = 'add_owner' AND state = 'applied' AND finished_at > $2
                      AND decided_by <> $1
                    ORDER BY finished_at DESC, id";
        let rows = read!(
            self.db,
            fetch_all,
            sqlx::query_as::<_, (String, String, String)>(text).bind(id(person)).bind(ms(since))
        )?;
        rows.into_iter()
            .map(|(group, by, name)| Ok((read_id(&group)?, PersonRef { id: read_id(&by)?, name })))
            .collect()
    }

    /// Returns the adds and removals in a group that are not over, and those that ended since an instant, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn lately(&self, group: GroupId, since: Timestamp) -> Result<Vec<Operation>, Error> {
        let text = concat!(
            "SELECT ",
            operation_columns!(),
            "FROM operation o
             WHERE o.group_id = $1 AND o.kind IN ('add', 'remove')
               AND (o.state IN ('in_flight', 'unknown') OR (o.state = 'applied' AND o.finished_at > $2))
             ORDER BY o.created_at, o.id"
        );
        operations(read!(self.db, fetch_all, sqlx::query_as::<_, OperationRow>(text).bind(id(group)).bind(ms(since)))?)
    }
}

impl SizesRow {
    fn sizes(&self) -> Sizes {
        Sizes {
            members: self.is_read.then(|| count(self.members)),
            open: count(self.open),
            unfinished: count(self.unfinished),
            ending: count(self.ending),
            ended: count(self.ended),
        }
    }
}

impl ArrivalRow {
    fn arrival(self) -> Result<(PersonId, Arrival), Error> {
        let by = PersonRef { id: read_id(&self.by_id)?, name: self.by_name };
        let until = optional_instant(self.until)?;
        Ok((read_id(&self.person_id)?, Arrival { by, at: instant(self.at)?, why: self.why, until }))
    }
}
