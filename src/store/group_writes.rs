//! What owners do with whole groups: kept before it is sent, and settled by the answer or by what the directory shows.

use jiff::Timestamp;
use sqlx::FromRow;

use super::{
    Error, Moved,
    codec::{code, id, id_list, instant, ms, read_code, read_id},
    db::{Db, Tx, execute, listed, read},
    designations::next_change,
    directory::mark_gone,
    endings::record,
    events,
    suspending::{self, suspend},
};
use crate::domain::{
    designation::SuspendReason,
    directory::PersonRef,
    event::Event,
    group_life::{Course, Deed, GroupWrite},
    ids::{EventId, GroupId},
    request::EndReason,
};

/// Keeps, finds and settles what owners do with whole groups.
#[derive(Debug, Clone, Copy)]
pub struct GroupWrites<'a> {
    pub(super) db: &'a Db,
}

#[derive(FromRow)]
struct Row {
    id: String,
    deed: String,
    group_id: String,
    group_name: String,
    by_id: String,
    by_name: String,
    at: i64,
    course: String,
}

macro_rules! group_write_select {
    () => {
        "SELECT g.id, g.deed, g.group_id, g.group_name, g.by_id, g.by_name, g.at, g.course FROM group_write g "
    };
}

impl GroupWrites<'_> {
    /// Keeps what was decided, with its event, before it is sent. [`Moved::No`] when it is kept already: the same form came
    /// twice.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin(&self, write: &GroupWrite, event: &Event) -> Result<Moved, Error> {
        let mut tx = self.db.begin().await?;
        let rows = execute!(
            &mut tx,
            sqlx::query(
                "INSERT INTO group_write (id, deed, group_id, group_name, by_id, by_name, at, course)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING"
            )
            .bind(id(write.id))
            .bind(code(write.deed)?)
            .bind(id(write.group))
            .bind(&write.group_name)
            .bind(id(write.by.id))
            .bind(&write.by.name)
            .bind(ms(write.at))
            .bind(code(Course::Sent)?)
        )?;
        events::finish(tx, rows > 0, event).await
    }

    /// Returns one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find(&self, write: EventId) -> Result<Option<GroupWrite>, Error> {
        let text = concat!(group_write_select!(), "WHERE g.id = $1");
        let row = read!(self.db, fetch_optional, sqlx::query_as::<_, Row>(text).bind(id(write)))?;
        row.map(Row::write).transpose()
    }

    /// Returns the latest of a kind for each of some groups of which nobody knows yet what became of it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn open_of(&self, groups: &[GroupId], deed: Deed) -> Result<Vec<GroupWrite>, Error> {
        let text = listed!(
            self.db,
            [group_write_select!(), "WHERE g.deed = $2 AND g.course IN ('sent', 'unclear') AND g.group_id "],
            ["ORDER BY g.at DESC"]
        );
        let (groups, deed) = (id_list(groups), code(deed)?);
        let rows = read!(self.db, fetch_all, sqlx::query_as::<_, Row>(text).bind(&groups).bind(&deed))?;
        rows.into_iter().map(Row::write).collect()
    }

    /// Returns the latest of a kind for a group of which nobody knows yet what became of it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn open(&self, group: GroupId, deed: Deed) -> Result<Option<GroupWrite>, Error> {
        let text = concat!(
            group_write_select!(),
            "WHERE g.group_id = $1 AND g.deed = $2 AND g.course IN ('sent', 'unclear') ORDER BY g.at DESC LIMIT 1"
        );
        let deed = code(deed)?;
        let row = read!(self.db, fetch_optional, sqlx::query_as::<_, Row>(text).bind(id(group)).bind(&deed))?;
        row.map(Row::write).transpose()
    }

    /// Returns deletions and restorations of which nobody knew what became of them, and which the copy shows as done; and those
    /// that were sent before an instant, whatever it shows of them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn settleable(&self, sent_before: Timestamp) -> Result<Vec<GroupWrite>, Error> {
        let text = concat!(
            group_write_select!(),
            "JOIN directory_group c ON c.id = g.group_id
             WHERE g.course IN ('sent', 'unclear')
               AND ((g.deed = 'delete' AND (c.gone OR g.at <= $1)) OR (g.deed = 'restore' AND (NOT c.gone OR g.at <= $1)))
             ORDER BY g.at LIMIT 50"
        );
        read!(self.db, fetch_all, sqlx::query_as::<_, Row>(text).bind(ms(sent_before)))?
            .into_iter()
            .map(Row::write)
            .collect()
    }

    /// Notes that the answer was lost, or that the directory refused.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn settle(
        &self,
        write: &GroupWrite,
        course: Course,
        now: Timestamp,
        event: &Event,
    ) -> Result<Moved, Error> {
        let mut tx = self.db.begin().await?;
        let has_moved = move_on(&mut tx, write, course, now).await?;
        events::finish(tx, has_moved, event).await
    }

    /// Notes that a group is deleted: the copy no longer has it, it takes no requests, and those that waited end; all of it
    /// in one transaction. Earlier tries to delete it are over with that.
    ///
    /// # Errors
    /// When the database fails; then nothing has changed.
    pub async fn settle_deleted(&self, write: &GroupWrite, now: Timestamp, event: &Event) -> Result<Moved, Error> {
        let mut tx = self.db.begin().await?;
        if !move_on(&mut tx, write, Course::Done, now).await? {
            return Ok(Moved::No);
        }
        end_earlier(&mut tx, write, now).await?;
        let over = EndReason::GroupDeleted;
        let suspended = suspend(&mut tx, write.group, SuspendReason::Gone, Some(over), now).await?;
        let change = next_change(&mut tx).await?;
        mark_gone(&mut tx, &[write.group], change, now).await?;
        events::append(&mut tx, event).await?;
        if suspended.is_new {
            let event = suspending::event(write.group, SuspendReason::Gone, now, Some(&write.by));
            events::append(&mut tx, &event).await?;
        }
        record(&mut tx, &suspended.ended, over, now, Some(&write.by)).await?;
        tx.commit().await?;
        Ok(Moved::Yes)
    }
}

/// Ends earlier tries to do the same with a group.
pub(super) async fn end_earlier(tx: &mut Tx, write: &GroupWrite, now: Timestamp) -> Result<(), Error> {
    let text = "UPDATE group_write SET course = 'done', ended_at = $1
                WHERE group_id = $2 AND deed = $3 AND course IN ('sent', 'unclear')";
    execute!(tx, sqlx::query(text).bind(ms(now)).bind(id(write.group)).bind(code(write.deed)?))?;
    Ok(())
}

/// Moves one of which nobody knew what became of it; `false` when somebody was first.
pub(super) async fn move_on(tx: &mut Tx, write: &GroupWrite, course: Course, now: Timestamp) -> Result<bool, Error> {
    let text = "UPDATE group_write SET course = $1, ended_at = $2 WHERE id = $3 AND course IN ('sent', 'unclear')";
    Ok(execute!(tx, sqlx::query(text).bind(code(course)?).bind(ms(now)).bind(id(write.id)))? > 0)
}

impl Row {
    fn write(self) -> Result<GroupWrite, Error> {
        Ok(GroupWrite {
            id: read_id(&self.id)?,
            deed: read_code(&self.deed)?,
            group: read_id(&self.group_id)?,
            group_name: self.group_name,
            by: PersonRef { id: read_id(&self.by_id)?, name: self.by_name },
            at: instant(self.at)?,
            course: read_code(&self.course)?,
        })
    }
}
