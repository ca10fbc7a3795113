//! What others changed of the terms while somebody had the form open.

use jiff::Timestamp;
use serde_json::Value;

use crate::{
    domain::{designation::Designation, event::EventKind, terms::Terms},
    store::{self, Recorded, Side, Sought},
    web::{app::App, frame::Frame, terms_words, words::Phrase},
};

/// How many changes are looked through.
const LOOKED_THROUGH: usize = 20;

/// One change by somebody else.
#[derive(Debug, Clone)]
pub(in super::super) struct Change {
    /// Who, and when.
    pub by: Phrase,
    /// What: each term before and after.
    pub what: Vec<Phrase>,
}

/// What happened to the terms since a form was drawn.
#[derive(Debug, Default)]
pub(super) struct Meanwhile {
    /// The changes, the latest first.
    pub changes: Vec<Change>,
    /// The terms as the form showed them, where they are others now.
    pub drawn: Option<Terms>,
}

/// Returns what changed since a version; asks the record only when the version is an old one.
pub(super) async fn since(
    app: &App,
    current: &Designation,
    version: i64,
    frame: &Frame,
) -> Result<Meanwhile, store::Error> {
    if version == current.version {
        return Ok(Meanwhile::default());
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
    let when = frame.when(&recorded.event.at);
    Some(Change {
        by: Phrase::new("terms-meanwhile-by").name("person", by).word("when", when.words()),
        what: terms_words::changes(recorded.terms_before.as_ref()?, &after),
    })
}
