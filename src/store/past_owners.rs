//! Who owned a group until the directory no longer named them: it names nobody once the group is deleted.

use jiff::Timestamp;

use super::{
    Error,
    codec::{id, ms},
    db::{Tx, execute, listed},
};
use crate::domain::ids::PersonId;

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
