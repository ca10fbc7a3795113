//! What others changed of the terms while somebody had the form open.

use jiff::Timestamp;
use serde_json::Value;

use crate::{
    domain::{designation::Designation, event::EventKind, terms::Terms},
    store::{self, Recorded, Side, Sought},
};

use super::{app::App, frame::Frame, terms_words, words::Phrase};

/// How many changes are looked through.
const LOOKED_THROUGH: usize = 20;

/// One change by somebody else.
#[derive(Debug, Clone)]
pub struct Change {
    /// Who, and when.
    pub by: Phrase,
    /// What: each term before and after.
    pub what: Vec<Phrase>,
}

/// What happened to the terms since a form was drawn.
#[derive(Debug, Default)]
pub struct Meanwhile {
    /// The changes, the latest first.
    pub changes: Vec<Change>,
    /// The terms as the form showed them, where they are others now.
    pub drawn: Option<Terms>,
}

/// Returns what changed since a version; asks the record only when the version is an old one. To a form that was drawn before
/// the group took part, everything that differs from the usual terms is new.
///
/// # Errors
/// When the database fails.
pub async fn since(app: &App, current: &Designation, version: i64, frame: &Frame) -> Result<Meanwhile, store::Error> {
    if version == current.version {
        return Ok(Meanwhile::default());
    }
    let sought = Sought {
        kinds: vec![EventKind::DesignationChanged, EventKind::DesignationCreated],
        people: None,
        from: Timestamp::UNIX_EPOCH,
        until: Timestamp::MAX,
    };
    let found = app.store.histories().page(current.group, &sought, Side::Before(i64::MAX), LOOKED_THROUGH).await?;
    let is_later = |recorded: &Recorded| match recorded.event.kind {
        EventKind::DesignationCreated => version == 0,
        _ => recorded.event.detail.get("from_version").and_then(Value::as_i64).is_some_and(|from| from >= version),
    };
    let later: Vec<Recorded> = found.into_iter().filter(is_later).collect();
    let drawn = if version == 0 { Some(Terms::default()) } else { later.last().and_then(before) };
    let told = |recorded: &Recorded| told(recorded, &current.terms_by.name, frame);
    Ok(Meanwhile { changes: later.iter().filter_map(told).filter(|change| !change.what.is_empty()).collect(), drawn })
}

/// Returns the terms before a change; before a group took part, the form showed the usual ones.
fn before(recorded: &Recorded) -> Option<Terms> {
    let is_first = recorded.event.kind == EventKind::DesignationCreated;
    recorded.terms_before.clone().or_else(|| is_first.then(Terms::default))
}

/// `by_rule` is whom the terms are said to be by where a rule for new groups set them.
fn told(recorded: &Recorded, by_rule: &str, frame: &Frame) -> Option<Change> {
    let after: Terms = serde_json::from_value(recorded.event.detail.get("terms")?.clone()).ok()?;
    let by = recorded.event.actor.as_ref().map_or(by_rule, |actor| actor.name.as_str());
    Some(Change::new(frame, by, &recorded.event.at, &before(recorded)?, &after))
}

impl Change {
    /// Says who changed terms into others, and when.
    #[must_use]
    pub fn new(frame: &Frame, person: &str, at: &Timestamp, before: &Terms, after: &Terms) -> Self {
        let by = Phrase::new("terms-meanwhile-by").name("person", person).word("when", frame.when(at).words());
        Self { by, what: terms_words::changes(before, after) }
    }
}
