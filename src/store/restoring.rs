//! Groups that come back, and groups that live on.

use jiff::Timestamp;

use super::{
    Error, Moved,
    codec::{id, json, ms},
    db::{Tx, execute},
    designations::{has_changed, next_change},
    directory::{copied, put},
    events,
    group_writes::{GroupWrites, end_earlier, move_on},
    past_owners,
    suspending::{self, suspend},
};
use crate::domain::{
    designation::SuspendReason,
    directory::{Group, GroupFacts},
    event::Event,
    group_life::{Course, GroupWrite},
    ids::GroupId,
};

impl GroupWrites<'_> {
    /// Notes that a group is back, all in one transaction: the copy has it with those who owned it until it went, and it
    /// waits for an administrator. What ended with it stays ended.
    ///
    /// # Errors
    /// When the database fails; then nothing has changed.
    pub async fn settle_restored(
        &self,
        write: &GroupWrite,
        group: &Group,
        now: Timestamp,
        event: &Event,
    ) -> Result<Moved, Error> {
        let mut tx = self.db.begin().await?;
        if !move_on(&mut tx, write, Course::Done, now).await? {
            return Ok(Moved::No);
        }
        end_earlier(&mut tx, write, now).await?;
        let is_new = await_administrator(&mut tx, write.group, now).await?;
        let change = next_change(&mut tx).await?;
        if copied(&mut tx, write.group).await?.is_none_or(|copied| copied.gone) {
            let owners = past_owners::last(&mut tx, write.group).await?;
            let facts = GroupFacts { deleted: false, ..group.facts.clone() };
            put(&mut tx, &[(&Group { facts, ..group.clone() }, owners)], change).await?;
        }
        events::append(&mut tx, event).await?;
        if is_new {
            let event = suspending::event(write.group, SuspendReason::Restored, now, Some(&write.by));
            events::append(&mut tx, &event).await?;
        }
        tx.commit().await?;
        Ok(Moved::Yes)
    }

    /// Notes that a group is renewed, and until when it lives now as far as that was read.
    ///
    /// # Errors
    /// When the database fails; then nothing has changed.
    pub async fn settle_renewed(
        &self,
        write: &GroupWrite,
        expires_at: Option<Timestamp>,
        now: Timestamp,
        event: &Event,
    ) -> Result<Moved, Error> {
        let mut tx = self.db.begin().await?;
        if !move_on(&mut tx, write, Course::Done, now).await? {
            return Ok(Moved::No);
        }
        end_earlier(&mut tx, write, now).await?;
        let change = next_change(&mut tx).await?;
        if let Some(known) = copied(&mut tx, write.group).await?.filter(|known| !known.gone)
            && expires_at.is_some()
        {
            let facts = GroupFacts { expires_at, ..known.group.facts.clone() };
            put(&mut tx, &[(&Group { facts, ..known.group }, known.owners)], change).await?;
        }
        events::append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(Moved::Yes)
    }
}

/// Keeps a group that is back from taking requests, and returns whether it took some until now: its end was not known yet.
/// One that an administrator paused stays paused by them.
async fn await_administrator(tx: &mut Tx, group: GroupId, now: Timestamp) -> Result<bool, Error> {
    if suspend(tx, group, SuspendReason::Restored, None, now).await?.is_new {
        return Ok(true);
    }
    let text = "UPDATE designation SET suspended_why = $1, changed_at = $2, version = version + 1
                WHERE group_id = $3 AND suspended_why = $4";
    let (back, gone) = (json(&SuspendReason::Restored)?, json(&SuspendReason::Gone)?);
    let rows = execute!(&mut *tx, sqlx::query(text).bind(back).bind(ms(now)).bind(id(group)).bind(gone))?;
    if rows > 0 {
        has_changed(tx, group).await?;
    }
    Ok(false)
}
