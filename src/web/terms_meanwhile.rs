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

/// Returns what changed since a version; asks the record only when the version is an old one. Of a form that was drawn before
/// the group took part, everything that differs from the usual terms is new.
///
/// # Errors
/// When the database fails.
pub async fn since(app: &App, current: &Designation, version: i64, frame: &Frame) -> Result<Meanwhile, store::Error> {
    if version == current.version {
        return Ok(Meanwhile::default());
    }
    if version == 0 {
        let usual = Terms::default();
        let change = Change::new(frame, &current.terms_by.name, &current.terms_at, &usual, &current.terms);
        return Ok(Meanwhile { changes: vec![change], drawn: Some(usual) });
    }
    let sought = Sought {
        kinds: vec![EventKind::DesignationChanged],
        people: None,
        from: Timestamp::UNIX_EPOCH,
        until: Timestamp::MAX,
    };
    let found = app.store.histories().page(current.group, &sought, Side::Before(i64::MAX), LOOKED_THROUGH).await?;
    let is_later = |recorded: &Recorded| {
        recorded.event.detail.get("from_version").and_then(Value::as_i64).is_some_and(|from| from >= version)
    };
    let later: Vec<Recorded> = found.into_iter().filter(is_later).collect();
    let drawn = later.last().and_then(|oldest| oldest.terms_before.clone());
    Ok(Meanwhile { changes: later.iter().filter_map(|recorded| told(recorded, frame)).collect(), drawn })
}

fn told(recorded: &Recorded, frame: &Frame) -> Option<Change> {
    let after: Terms = serde_json::from_value(recorded.event.detail.get("terms")?.clone()).ok()?;
    let by = recorded.event.actor.as_ref().map_or("", |actor| actor.name.as_str());
    Some(Change::new(frame, by, &recorded.event.at, recorded.terms_before.as_ref()?, &after))
}

impl Change {
    /// Says who changed terms into others, and when.
    #[must_use]
    pub fn new(frame: &Frame, person: &str, at: &Timestamp, before: &Terms, after: &Terms) -> Self {
        let by = Phrase::new("terms-meanwhile-by").name("person", person).word("when", frame.when(at).words());
        Self { by, what: terms_words::changes(before, after) }
    }
}
