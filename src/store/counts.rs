//! Numbers about requests that a page or a rule needs in one go, each by one statement.

use jiff::Timestamp;
use sqlx::FromRow;

use super::{
    Error,
    codec::{count, id, instant, ms, optional_instant, read_code, read_id, read_optional_id},
    db::read,
    requests::Requests,
};
use crate::domain::{
    commission::{News, TOLD_FOR},
    ids::{GroupId, PersonId, RequestId},
    own_writes::{LOOK_BACK, OwnWrite},
    responsibilities::Asked,
};

/// What waits for a person, for the navigation of every page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Requests they may answer: open, of groups they own, not their own.
    pub to_answer: i64,
    /// Adds and removals they may finish now, in groups they own, not for themselves.
    pub to_finish: i64,
    /// Their own requests that wait for an answer.
    pub my_open: i64,
    /// How many groups of the directory copy they own.
    pub owns: i64,
    /// The change number of the catalogue; a process that has seen a smaller one has something to load.
    pub change: i64,
    /// When the directory copy was filled or refreshed.
    pub copied_at: Option<Timestamp>,
    /// What Roster did for them in the directory of late, see [`own_writes`](crate::domain::own_writes).
    pub own_writes: Vec<OwnWrite>,
    /// Which responsibilities of owners they are asked to accept.
    pub responsibilities: Asked,
    /// Commissions that were given to them: those that wait, and those that were taken back lately.
    pub commissions: Vec<News>,
    /// How many commissions have reported back that their group is there; for administrators.
    pub commissions_ready: i64,
    /// How many were declined and not seen yet; for administrators.
    pub commissions_declined: i64,
}

/// The row of [`Counts`], without what it says of responsibilities.
#[derive(FromRow)]
struct CountsRow {
    to_answer: i64,
    to_finish: i64,
    my_open: i64,
    owns: i64,
    change: i64,
    copied_at: i64,
    /// Lists operations, see [`read_own_writes`].
    done: Option<String>,
    latest: Option<i64>,
    latest_from: Option<i64>,
    counting: Option<i64>,
    accepted: Option<i64>,
    /// Lists commissions, see [`read_commissions`].
    commissions: Option<String>,
    ready: i64,
    declined: i64,
}

/// What the store knows about a person who wants to ask.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AskingFacts {
    /// The request that holds their place in the group's queue: open, or approved and still being carried out.
    pub open_request: Option<RequestId>,
    /// When their last denial in this group was.
    pub denied_at: Option<Timestamp>,
    /// How many requests they have open in all groups.
    pub open_in_all: usize,
}

impl Requests<'_> {
    /// Returns what waits for a person. Ownership is read from the directory copy, for this is shown and decides nothing.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn counts(&self, person: PersonId, now: Timestamp) -> Result<Counts, Error> {
        let row = read!(
            self.db,
            fetch_one,
            sqlx::query_as::<_, CountsRow>(
                "SELECT
                     (SELECT COUNT(*) FROM directory_owner w JOIN request r ON r.group_id = w.group_id
                      WHERE w.person_id = $1 AND r.state = 'open' AND r.lapses_at > $2 AND r.requester_id <> $1
                        AND NOT EXISTS (SELECT 1 FROM consent c WHERE c.request_id = r.id AND c.owner_id = $1)) AS to_answer,
                     (SELECT COUNT(*) FROM directory_owner w JOIN operation o ON o.group_id = w.group_id
                      WHERE w.person_id = $1 AND o.person_id <> $1
                        AND (o.state = 'unknown' OR (o.state = 'in_flight' AND o.lease_until <= $2))) AS to_finish,
                     (SELECT COUNT(*) FROM request r
                      WHERE r.requester_id = $1 AND r.state = 'open' AND r.lapses_at > $2) AS my_open,
                     (SELECT COUNT(*) FROM directory_owner w WHERE w.person_id = $1) AS owns,
                     (SELECT number FROM head WHERE name = 'change') AS change,
                     (SELECT number FROM head WHERE name = 'directory_copy') AS copied_at,
                     (SELECT string_agg(
                          o.id || ' ' || o.kind || ' ' || o.group_id || ' ' || CAST(o.finished_at AS TEXT), ',')
                      FROM operation o
                      WHERE o.person_id = $1 AND o.kind IN ('add', 'remove') AND o.state = 'applied'
                        AND o.finished_at > $3) AS done,
                     (SELECT MAX(version) FROM responsibilities WHERE counts_from IS NOT NULL) AS latest,
                     (SELECT counts_from FROM responsibilities WHERE counts_from IS NOT NULL
                      ORDER BY version DESC LIMIT 1) AS latest_from,
                     (SELECT MAX(version) FROM responsibilities WHERE counts_from <= $2) AS counting,
                     (SELECT MAX(version) FROM responsibilities_accepted WHERE person_id = $1) AS accepted,
                     (SELECT string_agg(
                          c.id || '\t' || c.state || '\t' || c.resource || '\t' || c.by_name, '\n')
                      FROM (SELECT id, state, resource, by_name FROM commission
                            WHERE to_id = $1 AND (state IN ('open', 'taken') OR (state = 'withdrawn' AND ended_at > $4))
                            ORDER BY CASE state WHEN 'open' THEN 0 WHEN 'taken' THEN 1 ELSE 2 END, id DESC
                            LIMIT 50) c) AS commissions,
                     (SELECT COUNT(*) FROM commission WHERE state = 'ready') AS ready,
                     (SELECT COUNT(*) FROM commission WHERE state = 'declined') AS declined"
            )
            .bind(id(person))
            .bind(ms(now))
            .bind(ms(now - LOOK_BACK))
            .bind(ms(now - TOLD_FOR))
        )?;
        row.counts()
    }

    /// Returns what the store knows about a person who wants to ask for a group.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn asking_facts(&self, group: GroupId, person: PersonId) -> Result<AskingFacts, Error> {
        let (open_request, denied_at, open) = read!(
            self.db,
            fetch_one,
            sqlx::query_as::<_, (Option<String>, Option<i64>, i64)>(
                "SELECT
                     (SELECT id FROM request WHERE group_id = $1 AND requester_id = $2 AND occupies),
                     (SELECT MAX(d.decided_at) FROM request r JOIN decision d ON d.request_id = r.id
                      WHERE r.group_id = $1 AND r.requester_id = $2 AND d.verdict = 'denied'),
                     (SELECT COUNT(*) FROM request WHERE requester_id = $2 AND state = 'open')"
            )
            .bind(id(group))
            .bind(id(person))
        )?;
        Ok(AskingFacts {
            open_request: read_optional_id(open_request.as_deref())?,
            denied_at: optional_instant(denied_at)?,
            open_in_all: count(open),
        })
    }
}

impl CountsRow {
    fn counts(self) -> Result<Counts, Error> {
        let latest = self.latest.zip(optional_instant(self.latest_from)?);
        let (counting, accepted) = (self.counting.unwrap_or_default(), self.accepted.unwrap_or_default());
        Ok(Counts {
            to_answer: self.to_answer,
            to_finish: self.to_finish,
            my_open: self.my_open,
            owns: self.owns,
            change: self.change,
            copied_at: (self.copied_at > 0).then(|| instant(self.copied_at)).transpose()?,
            own_writes: read_own_writes(&self.done.unwrap_or_default())?,
            responsibilities: Asked { latest, counting, accepted },
            commissions: read_commissions(&self.commissions.unwrap_or_default()),
            commissions_ready: self.ready,
            commissions_declined: self.declined,
        })
    }
}

/// Reads commissions that are listed in one column, a line each: id, state, resource, and who asked. What stands in a name
/// of the directory keeps nobody from their pages.
fn read_commissions(listed: &str) -> Vec<News> {
    let read = |line: &str| {
        let mut parts = line.splitn(4, '\t');
        let (commission, state) = (read_id(parts.next()?).ok()?, read_code(parts.next()?).ok()?);
        Some(News { id: commission, state, resource: parts.next()?.to_owned(), by: parts.next()?.to_owned() })
    };
    listed.split('\n').filter_map(read).collect()
}

/// Reads operations that are listed in one column, each by id, kind, group and end.
fn read_own_writes(listed: &str) -> Result<Vec<OwnWrite>, Error> {
    let broken = || Error::codec("a list of operations is broken");
    let read = |operation: &str| {
        let mut parts = operation.split(' ');
        let mut part = || parts.next().ok_or_else(broken);
        Ok(OwnWrite {
            operation: read_id(part()?)?,
            kind: read_code(part()?)?,
            group: read_id(part()?)?,
            at: instant(part()?.parse().map_err(Error::codec)?)?,
        })
    };
    listed.split(',').filter(|operation| !operation.is_empty()).map(read).collect()
}
