//! What happened to a group in the directory, without Roster, in words.

use std::collections::HashMap;

use serde_json::Value;

use crate::{
    domain::{
        event::{Event, EventKind},
        ids::{EventId, GroupId},
        outside::author::{Author, Learnt},
    },
    store,
    web::{app::App, frame::Frame, words::Phrase},
};

/// How many events are looked through for those made outside, and how many of them are shown.
const LOOKED_THROUGH: usize = 500;
const SHOWN: usize = 20;

/// A line of the history.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub what: Phrase,
    /// When Roster saw it.
    pub seen: Phrase,
}

/// Returns the last changes of a group that were made outside Roster, newest first.
pub(super) async fn of(app: &App, group: GroupId, frame: &Frame) -> Result<Vec<Line>, store::Error> {
    let events = app.store.events().of_group(group, LOOKED_THROUGH).await?;
    Ok(lines(&events, frame))
}

/// Returns what events say of changes outside Roster, those newer than a change telling who made it, as far as is known.
pub(super) fn lines(events: &[Event], frame: &Frame) -> Vec<Line> {
    let learnt: HashMap<EventId, Learnt> =
        events.iter().filter_map(Learnt::read).map(|learnt| (learnt.explains, learnt)).collect();
    events.iter().filter_map(|event| line(event, learnt.get(&event.id), frame)).take(SHOWN).collect()
}

fn line(event: &Event, learnt: Option<&Learnt>, frame: &Frame) -> Option<Line> {
    let when = frame.when(&event.at);
    let seen = match learnt {
        None => Phrase::new("outside-seen").word("when", when.words()),
        Some(learnt) => {
            let made = frame.when(&learnt.at);
            Phrase::new("outside-made-and-seen").word("made", made.words()).word("when", when.words())
        }
    };
    Some(Line { what: what(event, learnt.map(|learnt| &learnt.by))?, seen })
}

fn what(event: &Event, author: Option<&Author>) -> Option<Phrase> {
    let text = |key: &str| event.detail.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    let named = |plain, with_author| {
        let said = by(author, plain, with_author);
        match text("name") {
            Some(name) => said.name("person", name),
            None => said.word("person", Phrase::new("outside-somebody").text()),
        }
    };
    // Very many at once are one event; and not only people belong to groups.
    let count = event.detail.get("count").and_then(Value::as_i64);
    let added = |plain, with_author| match (count, event.person) {
        (Some(count), _) => Phrase::new("outside-members-added").count("n", count),
        (None, Some(_)) => named(plain, with_author),
        (None, None) => by(author, "outside-object-added", "outside-object-added-by"),
    };
    Some(match event.kind {
        EventKind::MembershipAddedOutside => added("outside-member-added", "outside-member-added-by"),
        EventKind::MembershipUnexpected => added("outside-unexpected", "outside-unexpected-by"),
        EventKind::MembershipRemovedOutside => match (count, event.person) {
            (Some(count), _) => Phrase::new("outside-members-removed").count("n", count),
            (None, Some(_)) => named("outside-member-removed", "outside-member-removed-by"),
            (None, None) => by(author, "outside-object-removed", "outside-object-removed-by"),
        },
        EventKind::OwnerAddedOutside => named("outside-owner-added", "outside-owner-added-by"),
        EventKind::OwnerRemovedOutside => named("outside-owner-removed", "outside-owner-removed-by"),
        EventKind::GroupRenamed => by(author, "outside-renamed", "outside-renamed-by")
            .name("before", text("before").unwrap_or_default())
            .name("after", text("after").unwrap_or_default()),
        EventKind::GroupDescribed => by(author, "outside-described", "outside-described-by"),
        EventKind::GroupDeleted => by(author, "outside-deleted", "outside-deleted-by"),
        EventKind::GroupRestored => by(author, "outside-restored", "outside-restored-by"),
        EventKind::GroupUnfit => "outside-unfit".into(),
        EventKind::GroupFit => "outside-fit".into(),
        _ => return None,
    })
}

/// Says what was done, and who did it where that is known; whoever has no name is told by their id.
fn by(author: Option<&Author>, plain: &'static str, with_author: &'static str) -> Phrase {
    let (kind, name, id) = match author {
        None => return plain.into(),
        Some(Author::Person { id, name }) => ("person", name, id.to_string()),
        Some(Author::Application { id, name }) => {
            ("application", name, id.map(|id| id.to_string()).unwrap_or_default())
        }
    };
    let shown = if name.is_empty() { id } else { name.clone() };
    Phrase::new(with_author).word("kind", kind).name("author", shown)
}
