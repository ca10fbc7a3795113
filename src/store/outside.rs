//! The record of what changed about groups that take part, without Roster.

use std::collections::HashSet;

use jiff::Timestamp;
use serde_json::json;

use super::{
    Error,
    codec::{id, ms, read_id},
    db::{Tx, fetch},
    directory::CopiedGroup,
    events, unexplained,
};
use crate::domain::{
    directory::{Group, PersonRef},
    event::{Event, EventKind},
    ids::{GroupId, PersonId},
    outside::{Copied, GroupChange, LAG, group_changes},
};

/// Returns the groups that take part.
pub(super) async fn taking_part(tx: &mut Tx) -> Result<HashSet<GroupId>, Error> {
    let rows = fetch!(tx, fetch_all, sqlx::query_scalar::<_, String>("SELECT group_id FROM designation"))?;
    rows.iter().map(|row| read_id(row)).collect()
}

/// Returns whether a group takes part.
pub(super) async fn takes_part(tx: &mut Tx, group: GroupId) -> Result<bool, Error> {
    let text = "SELECT COUNT(*) FROM designation WHERE group_id = $1";
    Ok(fetch!(tx, fetch_one, sqlx::query_scalar::<_, i64>(text).bind(id(group)))? > 0)
}

/// Returns the groups, by id, and the people whose ownership Roster changed of late or is about to change: what the directory
/// says of them may be what was before, or is Roster's doing.
pub(super) async fn owned_by_our_doing(tx: &mut Tx, now: Timestamp) -> Result<HashSet<(String, PersonId)>, Error> {
    let text = "SELECT group_id, person_id FROM operation
                WHERE kind IN ('add_owner', 'remove_owner')
                  AND (state IN ('in_flight', 'unknown') OR (state = 'applied' AND finished_at > $1))
                UNION SELECT g.group_id, w.person_id FROM group_write g JOIN directory_owner w ON w.group_id = g.group_id
                WHERE g.deed IN ('delete', 'restore')
                  AND (g.course IN ('sent', 'unclear') OR (g.course = 'done' AND g.ended_at > $1))
                UNION SELECT c.group_id, w.person_id FROM group_creation c
                JOIN directory_owner w ON w.group_id = c.group_id WHERE c.course = 'done' AND c.ended_at > $1";
    let rows = fetch!(tx, fetch_all, sqlx::query_as::<_, (String, String)>(text).bind(ms(now - LAG)))?;
    rows.into_iter().map(|(group, person)| Ok((group, read_id(&person)?))).collect()
}

/// Returns the groups, by id, whose name or description Roster changed of late, or tried to.
async fn renamed_by_our_doing(tx: &mut Tx, now: Timestamp) -> Result<HashSet<String>, Error> {
    let text = "SELECT DISTINCT group_id FROM event WHERE kind = 'group.details_decided' AND at > $1";
    let rows = fetch!(tx, fetch_all, sqlx::query_scalar::<_, Option<String>>(text).bind(ms(now - LAG)))?;
    Ok(rows.into_iter().flatten().collect())
}

/// Returns the groups, by id, that Roster deleted or restored of late, or tried to.
async fn ended_by_our_doing(tx: &mut Tx, now: Timestamp) -> Result<HashSet<String>, Error> {
    let text = "SELECT DISTINCT group_id FROM group_write
                WHERE deed IN ('delete', 'restore')
                  AND (course IN ('sent', 'unclear') OR (course = 'done' AND ended_at > $1))";
    let rows = fetch!(tx, fetch_all, sqlx::query_scalar::<_, String>(text).bind(ms(now - LAG)))?;
    Ok(rows.into_iter().collect())
}

/// Leaves out of events what tells of owners, names, descriptions and ends and is Roster's doing, or a late view of it.
pub(super) async fn without_ours(tx: &mut Tx, events: &mut Vec<Event>, now: Timestamp) -> Result<(), Error> {
    let of_owners = |event: &Event| matches!(event.kind, EventKind::OwnerAddedOutside | EventKind::OwnerRemovedOutside);
    let of_details = |event: &Event| matches!(event.kind, EventKind::GroupRenamed | EventKind::GroupDescribed);
    let of_ends = |event: &Event| matches!(event.kind, EventKind::GroupDeleted | EventKind::GroupRestored);
    if events.iter().any(of_ends) {
        let ours = ended_by_our_doing(tx, now).await?;
        let is_ours = |event: &Event| event.group.is_some_and(|group| ours.contains(&id(group)));
        events.retain(|event| !of_ends(event) || !is_ours(event));
    }
    if events.iter().any(of_owners) {
        let ours = owned_by_our_doing(tx, now).await?;
        let is_ours = |event: &Event| event.group.map(id).zip(event.person).is_some_and(|pair| ours.contains(&pair));
        events.retain(|event| !of_owners(event) || !is_ours(event));
    }
    if events.iter().any(of_details) {
        let ours = renamed_by_our_doing(tx, now).await?;
        let is_ours = |event: &Event| event.group.is_some_and(|group| ours.contains(&id(group)));
        events.retain(|event| !of_details(event) || !is_ours(event));
    }
    Ok(())
}

/// Returns the events of a group that was so before and is so now.
pub(super) fn events_of(before: &CopiedGroup, group: &Group, owners: &[PersonRef], now: Timestamp) -> Vec<Event> {
    events_between(before, Copied { group, owners, gone: false }, now)
}

/// Returns the event of a group that the directory no longer knows.
pub(super) fn events_of_gone(before: &CopiedGroup, now: Timestamp) -> Vec<Event> {
    events_between(before, Copied { group: &before.group, owners: &[], gone: true }, now)
}

fn events_between(before: &CopiedGroup, after: Copied<'_>, now: Timestamp) -> Vec<Event> {
    let before = Copied { group: &before.group, owners: &before.owners, gone: before.gone };
    let changes = group_changes(before, after).into_iter();
    let event = |change: GroupChange| {
        let event = Event::new(change.kind, None, now).group(after.group.id);
        match change.person {
            Some(person) => event.person(person.id).detail(json!({ "name": person.name })),
            None => event.detail(change.detail),
        }
    };
    changes.map(event).collect()
}

/// Notes of which events the author is to be found, and appends them all, last in their transaction.
pub(super) async fn append(tx: &mut Tx, all: &[Event]) -> Result<(), Error> {
    unexplained::note(tx, all).await?;
    append_noted(tx, all).await
}

/// Appends events that were noted, last in their transaction.
pub(super) async fn append_noted(tx: &mut Tx, all: &[Event]) -> Result<(), Error> {
    for event in all {
        events::append(tx, event).await?;
    }
    Ok(())
}
