//! Which removals at the end of memberships the portal's own identity may take up: those that nobody holds, and no more of
//! them than may happen without a person.

use std::collections::HashMap;

use jiff::Timestamp;

use super::{
    Error,
    codec::{count, id, limit, ms, read_id},
    db::{execute, fetch, read},
    events,
    membership_ends::MembershipEnds,
    operation_row::{OperationRow, operation_columns, operations},
};
use crate::domain::{
    event::Event,
    ids::GroupId,
    lasting::{BRAKE_FOR, OF_A_GROUP, OF_ALL},
    operation::{LEASE, Operation},
};

/// How many are looked at.
const CANDIDATES: usize = 500;

impl MembershipEnds<'_> {
    /// Returns the removals that the portal's own identity may take up now, the longest due first. One that it could not carry
    /// out rests for longer each time.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn for_service(&self, now: Timestamp, most: usize) -> Result<Vec<Operation>, Error> {
        let text = concat!(
            "SELECT ",
            operation_columns!(),
            "FROM operation o JOIN membership_end e ON e.group_id = o.group_id AND e.person_id = o.person_id
             WHERE o.kind = 'remove' AND o.until <= $1 AND e.ends_at = o.until
               AND (o.state = 'unknown' OR (o.state = 'in_flight' AND o.lease_until <= $1))
               AND (o.attempt = 0 OR o.lease_until + 300000 * o.attempt * o.attempt <= $1)
             ORDER BY o.until, o.id LIMIT $2"
        );
        let rows =
            read!(self.db, fetch_all, sqlx::query_as::<_, OperationRow>(text).bind(ms(now)).bind(limit(CANDIDATES)))?;
        let mut due = operations(rows)?;
        if due.is_empty() {
            return Ok(due);
        }
        let since = now - BRAKE_FOR;
        let counts = self.counts(since).await?;
        let all = counts.values().fold((0, 0), |(given, removed), one| (given + one.0, removed + one.1));
        let mut left = OF_ALL.allows(all.0, all.1);
        let allowed = |(given, removed): &(usize, usize)| OF_A_GROUP.allows(*given, *removed);
        let mut left_of: HashMap<GroupId, usize> =
            counts.iter().map(|(group, counts)| (*group, allowed(counts))).collect();
        due.retain(|removal| {
            // What was tried lately counts already.
            if removal.attempt > 0 && removal.carried_out_by.is_none() && removal.lease_until > since {
                return true;
            }
            let of_group = left_of.entry(removal.group).or_default();
            let may = left > 0 && *of_group > 0;
            if may {
                left -= 1;
                *of_group -= 1;
            }
            may
        });
        due.truncate(most);
        Ok(due)
    }

    /// Returns by group how many memberships have an end, and how many the portal's own identity has tried to remove since.
    async fn counts(&self, since: Timestamp) -> Result<HashMap<GroupId, (usize, usize)>, Error> {
        let text = "SELECT group_id, CAST(SUM(given) AS BIGINT), CAST(SUM(removed) AS BIGINT) FROM (
                        SELECT group_id, 1 AS given, 0 AS removed FROM membership_end WHERE ends_at IS NOT NULL
                        UNION ALL
                        SELECT group_id, 0, 1 FROM operation
                        WHERE kind = 'remove' AND until IS NOT NULL AND attempt > 0 AND carried_out_by IS NULL
                          AND lease_until > $1) AS one
                    GROUP BY group_id";
        let rows = read!(self.db, fetch_all, sqlx::query_as::<_, (String, i64, i64)>(text).bind(ms(since)))?;
        rows.into_iter().map(|(group, given, removed)| Ok((read_id(&group)?, (count(given), count(removed))))).collect()
    }

    /// Takes a removal up for the portal's own identity, as it was found, and returns it as held; nothing when somebody was
    /// first, or the end is another by now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin(&self, removal: &Operation, now: Timestamp, event: &Event) -> Result<Option<Operation>, Error> {
        let mut tx = self.db.begin().await?;
        // The end is locked first, as by a change of it.
        let holds = execute!(
            &mut tx,
            sqlx::query(
                "UPDATE membership_end SET version = version WHERE group_id = $1 AND person_id = $2 AND ends_at = $3"
            )
            .bind(id(removal.group))
            .bind(id(removal.person.id))
            .bind(removal.until.map(ms))
        )?;
        let rows = execute!(
            &mut tx,
            sqlx::query(
                "UPDATE operation SET state = 'in_flight', lease_until = $1, attempt = attempt + 1,
                                      version = version + 1, carried_out_by = NULL, carried_out_by_name = NULL
                 WHERE id = $2 AND version = $3 AND kind = 'remove' AND until <= $4
                   AND (state = 'unknown' OR (state = 'in_flight' AND lease_until <= $4))"
            )
            .bind(ms(now + LEASE))
            .bind(id(removal.id))
            .bind(removal.version)
            .bind(ms(now))
        )?;
        if holds == 0 || rows == 0 {
            return Ok(None);
        }
        let text = concat!("SELECT ", operation_columns!(), "FROM operation o WHERE o.id = $1");
        let held =
            fetch!(&mut tx, fetch_one, sqlx::query_as::<_, OperationRow>(text).bind(id(removal.id)))?.operation()?;
        events::append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(held)
    }
}
