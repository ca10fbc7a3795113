//! Looks that are events: views of what other people wrote, and lists taken away as files.

use jiff::Timestamp;

use super::{
    Error,
    codec::{id, ms},
    db::read,
    events,
    histories::Histories,
};
use crate::domain::event::Event;

impl Histories<'_> {
    /// Records that somebody looked, unless the same was recorded since.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_view(&self, event: &Event, since: Timestamp) -> Result<(), Error> {
        let (Some(group), Some(actor)) = (event.group, event.actor.as_ref()) else { return Ok(()) };
        let text = "SELECT COUNT(*) FROM event
                    WHERE group_id = $1 AND actor_id = $2 AND at > $3 AND kind = 'reasons.viewed'";
        let (group, actor, since) = (id(group), id(actor.id), ms(since));
        let noted =
            read!(self.db, fetch_one, sqlx::query_scalar::<_, i64>(text).bind(&group).bind(&actor).bind(since))?;
        // Two pages at once may both be noted, which is true as well.
        if noted > 0 { Ok(()) } else { self.note(event).await }
    }

    /// Records something that changes nothing else, such as taking a list away as a file.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note(&self, event: &Event) -> Result<(), Error> {
        let mut tx = self.db.begin().await?;
        events::append(&mut tx, event).await?;
        tx.commit().await
    }
}
