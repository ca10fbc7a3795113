//! Who owned a group until the directory no longer named them: it names nobody once the group is deleted.

use jiff::Timestamp;

use super::{
    Directory, Error,
    codec::{id, instant, ms, read_id},
    db::{Tx, execute, fetch, listed, read},
};
use crate::domain::{
    directory::PersonRef,
    group_life::RESTORABLE,
    ids::{GroupId, PersonId},
    outside::LAG,
};

/// The most groups that are listed for one person.
const MOST: i64 = 200;

impl Directory<'_> {
    /// Returns the groups that are gone and of which somebody was known as an owner until an instant or later, with until
    /// when they were, the latest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn owned_before(&self, person: PersonId, since: Timestamp) -> Result<Vec<(GroupId, Timestamp)>, Error> {
        let text = "SELECT p.group_id, p.ended_at FROM past_owner p JOIN directory_group g ON g.id = p.group_id
                    WHERE p.person_id = $1 AND p.ended_at >= $2 AND g.gone ORDER BY p.ended_at DESC, p.group_id LIMIT $3";
        let rows = read!(
            self.db,
            fetch_all,
            sqlx::query_as::<_, (String, i64)>(text).bind(id(person)).bind(ms(since)).bind(MOST)
        )?;
        rows.into_iter().map(|(group, at)| Ok((read_id(&group)?, instant(at)?))).collect()
    }

    /// Forgets who owned groups that cannot be restored any more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_past_owners(&self, now: Timestamp) -> Result<(), Error> {
        let mut tx = self.db.begin().await?;
        let text = "DELETE FROM past_owner WHERE ended_at < $1";
        execute!(&mut tx, sqlx::query(text).bind(ms(now - RESTORABLE - LAG)))?;
        tx.commit().await
    }
}

/// Returns who owned a group until it went.
pub(super) async fn last(tx: &mut Tx, group: GroupId) -> Result<Vec<PersonRef>, Error> {
    let text = "SELECT person_id, name FROM past_owner
                WHERE group_id = $1 AND ended_at >= $2 + (SELECT MAX(ended_at) FROM past_owner WHERE group_id = $1)
                ORDER BY person_id";
    let slack = -i64::try_from(LAG.as_millis()).unwrap_or_default();
    let rows = fetch!(tx, fetch_all, sqlx::query_as::<_, (String, String)>(text).bind(id(group)).bind(slack))?;
    rows.into_iter().map(|(person, name)| Ok(PersonRef { id: read_id(&person)?, name })).collect()
}

/// Remembers the owners of groups, or one of them, as the copy has them and is about to forget. `groups` is the list of ids
/// as JSON.
pub(super) async fn remember(tx: &mut Tx, groups: &str, owner: Option<PersonId>, now: Timestamp) -> Result<(), Error> {
    let text = listed!(
        tx,
        [
            "INSERT INTO past_owner (group_id, person_id, name, ended_at)
             SELECT group_id, person_id, name, $2 FROM directory_owner WHERE ($3 = '' OR person_id = $3) AND group_id "
        ],
        ["ON CONFLICT (group_id, person_id) DO UPDATE SET name = excluded.name, ended_at = excluded.ended_at"]
    );
    let owner = owner.map(id).unwrap_or_default();
    execute!(&mut *tx, sqlx::query(text).bind(groups).bind(ms(now)).bind(owner))?;
    Ok(())
}
