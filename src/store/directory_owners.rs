//! Owners of the copied groups, from the side of the person.

use std::collections::{BTreeSet, HashMap};

use jiff::Timestamp;
use serde_json::json as value;

use super::{
    Error,
    codec::{id, id_list, json, read_id},
    db::{Tx, execute, fetch, listed, read},
    designations::next_change,
    directory::Directory,
    outside, past_owners,
};
use crate::domain::{
    directory::PersonRef,
    event::{Event, EventKind},
    ids::{GroupId, PersonId},
    operation::Operation,
};

impl Directory<'_> {
    /// Returns what people are called who own groups of the copy.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn owner_names(&self, people: &[PersonId]) -> Result<HashMap<PersonId, String>, Error> {
        let text = listed!(self.db, ["SELECT DISTINCT person_id, name FROM directory_owner WHERE person_id "], [""]);
        let rows = read!(self.db, fetch_all, sqlx::query_as::<_, (String, String)>(text).bind(id_list(people)))?;
        rows.into_iter().map(|(id, name)| Ok((read_id(&id)?, name))).collect()
    }

    /// Records which groups a person owns, as read live with their own token: among the groups the copy knows, they own
    /// these and no others. Returns whether that changed the copy.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_owned(&self, person: &PersonRef, owned: &[GroupId], now: Timestamp) -> Result<bool, Error> {
        let mut tx = self.db.begin().await?;
        // The number is taken first, for its row is what changes of the copy wait on; a change of nothing gives it back.
        let change = next_change(&mut tx).await?;
        let (mut ended, mut begun) = difference(&mut tx, person.id, &person.name, owned).await?;
        // A read that is late says what was before a write of ours.
        let ours = outside::owned_by_our_doing(&mut tx, now).await?;
        let is_ours = |group: &String| ours.iter().any(|(known, who)| known == group && *who == person.id);
        ended.retain(|group| !is_ours(group));
        begun.retain(|group| !is_ours(group));
        if ended.is_empty() && begun.is_empty() {
            return Ok(false);
        }
        let events = ownership_events(&mut tx, person, &ended, &begun, now).await?;
        past_owners::remember(&mut tx, &json(&ended)?, Some(person.id), now).await?;
        let touched = json(&[ended, begun.clone()].concat())?;
        let text = listed!(tx, ["DELETE FROM directory_owner WHERE group_id "], ["AND person_id = $2"]);
        execute!(&mut tx, sqlx::query(text).bind(&touched).bind(id(person.id)))?;
        let text = listed!(
            tx,
            [
                "INSERT INTO directory_owner (group_id, person_id, name) SELECT id, $2, $3 FROM directory_group WHERE id "
            ],
            [""]
        );
        execute!(&mut tx, sqlx::query(text).bind(json(&begun)?).bind(id(person.id)).bind(&person.name))?;
        let text = listed!(tx, ["UPDATE directory_group SET change = $2 WHERE id "], [""]);
        execute!(&mut tx, sqlx::query(text).bind(&touched).bind(change))?;
        outside::append(&mut tx, &events).await?;
        tx.commit().await?;
        Ok(true)
    }
}

/// Notes that Roster made somebody an owner, or took a group from them, in the transaction that records it.
pub(super) async fn note(tx: &mut Tx, done: &Operation) -> Result<(), Error> {
    let change = next_change(tx).await?;
    let (group, person) = (id(done.group), id(done.person.id));
    if done.kind.gives() {
        let text = "INSERT INTO directory_owner (group_id, person_id, name) VALUES ($1, $2, $3)
                    ON CONFLICT (group_id, person_id) DO NOTHING";
        execute!(&mut *tx, sqlx::query(text).bind(&group).bind(person).bind(&done.person.name))?;
    } else {
        let text = "DELETE FROM directory_owner WHERE group_id = $1 AND person_id = $2";
        execute!(&mut *tx, sqlx::query(text).bind(&group).bind(person))?;
    }
    let text = "UPDATE directory_group SET change = $2 WHERE id = $1";
    execute!(&mut *tx, sqlx::query(text).bind(&group).bind(change))?;
    Ok(())
}

/// Returns the events of a person who became or ceased to be an owner of groups that take part.
async fn ownership_events(
    tx: &mut Tx,
    owner: &PersonRef,
    ended: &[String],
    begun: &[String],
    now: Timestamp,
) -> Result<Vec<Event>, Error> {
    let text = listed!(
        tx,
        ["SELECT d.group_id, w.person_id FROM designation d
          LEFT JOIN directory_owner w ON w.group_id = d.group_id AND w.person_id = $2 WHERE d.group_id "],
        ["ORDER BY d.group_id"]
    );
    let touched = json(&[ended, begun].concat())?;
    let rows =
        fetch!(tx, fetch_all, sqlx::query_as::<_, (String, Option<String>)>(text).bind(&touched).bind(id(owner.id)))?;
    let mut events = Vec::new();
    for (group, is_owner) in rows {
        let kind = match (is_owner.is_some(), ended.contains(&group)) {
            (true, true) => EventKind::OwnerRemovedOutside,
            (false, _) => EventKind::OwnerAddedOutside,
            // Another name.
            (true, false) => continue,
        };
        let event = Event::new(kind, None, now).group(read_id(&group)?).person(owner.id);
        events.push(event.detail(value!({ "name": owner.name })));
    }
    Ok(events)
}

/// Returns the groups a person no longer owns, and the known ones they own now or under another name.
async fn difference(
    tx: &mut Tx,
    person: PersonId,
    name: &str,
    owned: &[GroupId],
) -> Result<(Vec<String>, Vec<String>), Error> {
    let owned: BTreeSet<String> = owned.iter().map(ToString::to_string).collect();
    let text = listed!(tx, ["SELECT id FROM directory_group WHERE NOT gone AND id "], ["ORDER BY id"]);
    let known = fetch!(&mut *tx, fetch_all, sqlx::query_scalar::<_, String>(text).bind(json(&owned)?))?;
    let text = "SELECT group_id, name FROM directory_owner WHERE person_id = $1 ORDER BY group_id";
    let held = fetch!(&mut *tx, fetch_all, sqlx::query_as::<_, (String, String)>(text).bind(id(person)))?;
    let stays = |group: &String| held.iter().any(|(id, called)| id == group && called == name);
    let begun = known.into_iter().filter(|group| !stays(group)).collect();
    let ended = held.iter().filter(|(group, _)| !owned.contains(group)).map(|(group, _)| group.clone()).collect();
    Ok((ended, begun))
}
