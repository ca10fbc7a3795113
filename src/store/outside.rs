//! The record of what changed about groups that take part, without Roster.

use std::collections::HashSet;

use jiff::Timestamp;
use serde_json::json;

use super::{
    Error,
    codec::{id, read_id},
    db::{Tx, fetch},
    directory::CopiedGroup,
    events, unexplained,
};
use crate::domain::{
    directory::{Group, PersonRef},
    event::Event,
    ids::GroupId,
    outside::{Copied, GroupChange, group_changes},
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
