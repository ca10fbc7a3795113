//! What happened to a group in the directory, without Roster, in words.

use std::collections::HashMap;

use serde_json::Value;

use crate::{
    domain::{
        event::Event,
        ids::{EventId, GroupId},
        outside::author::Learnt,
    },
    store,
    web::{app::App, frame::Frame, outside, words::Phrase},
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
    let name = event.detail.get("name").and_then(Value::as_str);
    Some(Line { what: outside::said(event, name, learnt.map(|learnt| &learnt.by))?, seen })
}
