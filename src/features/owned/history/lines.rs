//! The lines of a history: events with the names of their people, and what people wrote.

use std::collections::HashMap;

use serde_json::Value;

use crate::{
    domain::{
        event::{Event, EventKind},
        ids::{EventId, PersonId},
        outside::author::{Author, Learnt},
    },
    store::{Error, Recorded, Store, Told},
    web::{frame::Frame, time_words::When, words::Phrase},
};

use super::sentences::{self, Called, Cast};

/// A line of a history.
#[derive(Debug, Clone)]
pub(in crate::features::owned) struct Line {
    pub recorded: Recorded,
    pub when: When,
    pub what: Phrase,
    /// For a change outside Roster: when it was seen, and made as far as that is known.
    pub seen: Option<Phrase>,
    /// What somebody wrote.
    pub why: String,
    pub notes: Vec<Phrase>,
    /// Who did it, as far as that may be told.
    pub by: String,
    /// To whom it happened, as far as that may be told.
    pub person: String,
}

impl Line {
    /// Returns the class of the line: what did not work out stands apart.
    pub fn class(&self) -> &'static str {
        match self.recorded.event.kind {
            EventKind::OperationRefused | EventKind::OperationAbandoned | EventKind::GroupWriteRefused => "failed",
            EventKind::OperationUnknown | EventKind::DetailsUnclear | EventKind::GroupWriteUnclear => "current",
            _ => "done",
        }
    }
}

/// What has to be known to say events in words.
#[derive(Debug, Clone, Default)]
pub(in crate::features::owned) struct Known {
    pub told: Told,
    pub authors: HashMap<EventId, Learnt>,
    /// The group hides its members from who looks: nobody to whom something happened is named, nor what they wrote.
    pub hides_people: bool,
}

impl Known {
    /// Reads it: one statement, and another when something was changed outside Roster.
    pub async fn read(store: &Store, all: &[Recorded], hides_people: bool) -> Result<Self, Error> {
        let Some(group) = all.first().and_then(|first| first.event.group) else { return Ok(Self::default()) };
        let outside: Vec<Event> =
            all.iter().filter(|recorded| is_outside(&recorded.event)).map(|recorded| recorded.event.clone()).collect();
        let told = store.histories().told(all).await?;
        let authors = store.histories().authors(group, &outside).await?;
        Ok(Self { told, authors, hides_people })
    }

    /// Returns the lines of events.
    pub fn lines(&self, all: Vec<Recorded>, frame: &Frame) -> Vec<Line> {
        let mut names = self.told.names.clone();
        names
            .extend(all.iter().filter_map(|recorded| recorded.event.actor.clone()).map(|actor| (actor.id, actor.name)));
        all.into_iter().filter_map(|recorded| self.line(recorded, &names, frame)).collect()
    }

    fn line(&self, recorded: Recorded, names: &HashMap<PersonId, String>, frame: &Frame) -> Option<Line> {
        let event = &recorded.event;
        let learnt = self.authors.get(&event.id);
        let cast = self.cast(event, names);
        let said = |called: &Called| called.name().unwrap_or_default().to_owned();
        Some(Line {
            what: sentences::what(event, &cast, learnt)?,
            seen: is_outside(event).then(|| seen(event, learnt, frame)),
            why: if self.hides_people { String::new() } else { self.why(event) },
            notes: sentences::notes(&recorded, &cast, frame),
            by: learnt.map_or_else(|| said(&cast.owner), |learnt| author(&learnt.by)),
            person: said(&cast.person),
            when: frame.when(&event.at),
            recorded,
        })
    }

    fn cast(&self, event: &Event, names: &HashMap<PersonId, String>) -> Cast {
        let name_of = |id: PersonId| names.get(&id).map(String::as_str);
        let in_detail = event.detail.get("name").and_then(Value::as_str);
        let called = |name: Option<&str>| match name.filter(|name| !name.is_empty()) {
            Some(name) => Called::Name(name.to_owned()),
            None => Called::Unknown,
        };
        let is_owner = matches!(
            event.kind,
            EventKind::OwnerAddedOutside
                | EventKind::OwnerRemovedOutside
                | EventKind::OwnerAddDecided
                | EventKind::OwnerRemovalDecided
                | EventKind::OwnerAdded
                | EventKind::OwnerRemoved
        );
        let hides = self.hides_people && !is_owner && event.person.is_some();
        let actor = event.actor.as_ref();
        let is_own = actor.is_some_and(|actor| Some(actor.id) == event.person);
        Cast {
            owner: if hides && is_own { Called::Hidden } else { called(actor.map(|actor| actor.name.as_str())) },
            person: if hides { Called::Hidden } else { called(in_detail.or_else(|| name_of(event.person?))) },
        }
    }

    /// Returns what was written for what the event tells of.
    fn why(&self, event: &Event) -> String {
        let operation = || event.detail.get("operation").and_then(Value::as_str)?.parse().ok();
        let found = match event.kind {
            EventKind::RequestCreated => event.request.and_then(|request| self.told.reasons.get(&request.0)),
            EventKind::DecisionApproved | EventKind::DecisionDenied => {
                event.request.and_then(|request| self.told.messages.get(&request.0))
            }
            EventKind::AddDecided
            | EventKind::RemovalDecided
            | EventKind::OwnerAddDecided
            | EventKind::OwnerRemovalDecided => operation().and_then(|operation| self.told.reasons.get(&operation)),
            EventKind::EndChanged => self.told.reasons.get(&event.id.0),
            _ => None,
        };
        found.cloned().unwrap_or_default()
    }
}

fn is_outside(event: &Event) -> bool {
    crate::domain::history::parts(event.kind).contains(&crate::domain::history::Part::Outside)
}

fn seen(event: &Event, learnt: Option<&Learnt>, frame: &Frame) -> Phrase {
    let when = frame.when(&event.at);
    match learnt {
        None => Phrase::new("history-outside-seen").word("when", when.words()),
        Some(learnt) => {
            let made = frame.when(&learnt.at);
            Phrase::new("history-outside-made").word("made", made.words()).word("when", when.words())
        }
    }
}

fn author(by: &Author) -> String {
    let (Author::Person { name, .. } | Author::Application { name, .. }) = by;
    name.clone()
}
