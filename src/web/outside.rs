//! Changes outside Roster, in words. Shared by everybody who sees them.

use serde_json::Value;

use crate::domain::{
    event::{Event, EventKind},
    outside::author::Author,
};

use super::words::Phrase;

/// Says what was changed, given what the person is called whom it happened to, as far as that may be told, and who changed
/// it, as far as that is known; nothing for an event of another kind.
#[must_use]
pub fn said(event: &Event, name: Option<&str>, author: Option<&Author>) -> Option<Phrase> {
    match name.filter(|name| !name.is_empty()) {
        Some(name) => told(event, |said| said.name("person", name), author),
        None => said_of(event, &"outside-somebody".into(), author),
    }
}

/// Says the same of a person who has no name here, but words of ours.
#[must_use]
pub fn said_of(event: &Event, somebody: &Phrase, author: Option<&Author>) -> Option<Phrase> {
    told(event, |said| said.word("person", somebody.text()), author)
}

fn told(event: &Event, person: impl Fn(Phrase) -> Phrase, author: Option<&Author>) -> Option<Phrase> {
    let text = |key: &str| event.detail.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    let named = |plain, with_author| person(by(author, plain, with_author));
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
