//! What happened to a group in the directory, without Roster, in words.

use serde_json::Value;

use crate::{
    domain::{
        event::{Event, EventKind},
        ids::GroupId,
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

/// Returns what events say of changes outside Roster.
pub(super) fn lines(events: &[Event], frame: &Frame) -> Vec<Line> {
    events.iter().filter_map(|event| line(event, frame)).take(SHOWN).collect()
}

fn line(event: &Event, frame: &Frame) -> Option<Line> {
    let when = frame.when(&event.at);
    Some(Line { what: what(event)?, seen: Phrase::new("outside-seen").word("when", when.words()) })
}

fn what(event: &Event) -> Option<Phrase> {
    let text = |key: &str| event.detail.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    let named = |key: &'static str| match text("name") {
        Some(name) => Phrase::new(key).name("person", name),
        None => Phrase::new(key).word("person", Phrase::new("outside-somebody").text()),
    };
    // Very many at once are one event; and not only people belong to groups.
    let members = |one: &'static str, many: &'static str, object: &'static str| match (
        event.detail.get("count").and_then(Value::as_i64),
        event.person,
    ) {
        (Some(count), _) => Phrase::new(many).count("n", count),
        (None, Some(_)) => named(one),
        (None, None) => object.into(),
    };
    Some(match event.kind {
        EventKind::MembershipAddedOutside => {
            members("outside-member-added", "outside-members-added", "outside-object-added")
        }
        EventKind::MembershipRemovedOutside => {
            members("outside-member-removed", "outside-members-removed", "outside-object-removed")
        }
        EventKind::MembershipUnexpected => {
            members("outside-unexpected", "outside-members-added", "outside-object-added")
        }
        EventKind::OwnerAddedOutside => named("outside-owner-added"),
        EventKind::OwnerRemovedOutside => named("outside-owner-removed"),
        EventKind::GroupRenamed => Phrase::new("outside-renamed")
            .name("before", text("before").unwrap_or_default())
            .name("after", text("after").unwrap_or_default()),
        EventKind::GroupDescribed => "outside-described".into(),
        EventKind::GroupDeleted => "outside-deleted".into(),
        EventKind::GroupRestored => "outside-restored".into(),
        EventKind::GroupUnfit => "outside-unfit".into(),
        EventKind::GroupFit => "outside-fit".into(),
        _ => return None,
    })
}
