//! How a request stands, in words: the tag beside it and the moments of its timeline. Shared by everybody who sees it.

use crate::domain::{
    operation::{Kind, Operation},
    request::{self, Decision, JoinRequest, Standing},
};

use super::{frame::Frame, refusals, time_words::When, words::Phrase};

/// A tag: its colour and its words.
#[derive(Debug, Clone)]
pub struct Tag {
    /// The class that colours it; colour is never alone.
    pub class: &'static str,
    /// Its words.
    pub words: Phrase,
}

/// Returns the tag of a request.
#[must_use]
pub fn standing_tag(request: &JoinRequest) -> Tag {
    let (class, key) = match request.standing() {
        Standing::Waiting => ("waiting", "standing-waiting"),
        Standing::BeingAdded => ("brand", "standing-being-added"),
        Standing::Delayed(_) => ("danger", "standing-delayed"),
        Standing::Added => ("success", "standing-added"),
        Standing::Extended => ("success", "standing-extended"),
        Standing::NotAdded(_) => ("danger", "standing-not-added"),
        Standing::Abandoned => ("plain", "standing-abandoned"),
        Standing::Denied => ("plain", "standing-denied"),
        Standing::Ended(crate::domain::request::EndReason::Withdrawn) => ("plain", "standing-withdrawn"),
        Standing::Ended(crate::domain::request::EndReason::Lapsed) => ("plain", "standing-lapsed"),
        Standing::Ended(_) => ("plain", "standing-closed"),
    };
    Tag { class, words: key.into() }
}

/// Returns what a request is called by its owners: what the person wants while it waits, what they asked afterwards.
#[must_use]
pub fn title(request: &JoinRequest) -> Phrase {
    let is_waiting = request.standing() == Standing::Waiting;
    let key = match (request.kind, is_waiting) {
        (request::Kind::Join, true) => "request-title",
        (request::Kind::Join, false) => "request-title-past",
        (request::Kind::Extend, true) => "extend-title",
        (request::Kind::Extend, false) => "extend-title-past",
    };
    Phrase::new(key).name("person", &request.requester.name).name("group", &request.group_name)
}

/// Returns what a request is called by who made it.
#[must_use]
pub fn my_title(request: &JoinRequest) -> Phrase {
    let key = match request.kind {
        request::Kind::Join => "my-request-title",
        request::Kind::Extend => "my-extension-title",
    };
    Phrase::new(key).name("group", &request.group_name)
}

/// Returns what something that is owed to the directory without a request is called.
#[must_use]
pub fn owed_title(operation: &Operation) -> Phrase {
    let key = match operation.kind {
        Kind::Add => "owed-add-title",
        Kind::Remove if operation.is_wish_to_leave() => "leave-title",
        Kind::Remove if operation.is_at_its_end() => "owed-ended-title",
        Kind::Remove => "owed-remove-title",
        Kind::AddOwner => "owed-add-owner-title",
        Kind::RemoveOwner => "owed-remove-owner-title",
    };
    Phrase::new(key).name("person", &operation.person.name).name("group", &operation.group_name)
}

/// A moment of a timeline.
#[derive(Debug, Clone)]
pub struct Moment {
    /// `done`, `current`, `failed`, or nothing for what is still to come.
    pub class: &'static str,
    /// What happened.
    pub what: Phrase,
    /// When.
    pub when: Option<When>,
    /// What else there is to say.
    pub note: Option<Phrase>,
    /// Somebody's own words.
    pub quote: String,
}

impl Moment {
    fn new(class: &'static str, what: Phrase) -> Self {
        Self { class, what, when: None, note: None, quote: String::new() }
    }

    fn at(mut self, when: When) -> Self {
        self.when = Some(when);
        self
    }

    fn note(mut self, note: Phrase) -> Self {
        self.note = Some(note);
        self
    }

    fn quote(mut self, words: &str) -> Self {
        words.clone_into(&mut self.quote);
        self
    }
}

/// Returns the moments of a request: asked, approved by owners before the one who decided, answered, added.
#[must_use]
pub fn timeline(request: &JoinRequest, consents: &[Decision], frame: &Frame) -> Vec<Moment> {
    let key = if request.kind == request::Kind::Join { "moment-asked" } else { "moment-asked-to-stay" };
    let asked = Phrase::new(key).name("person", &request.requester.name);
    let mut moments = vec![Moment::new("done", asked).at(frame.when(&request.asked_at).alone()).quote(&request.reason)];
    for consent in consents {
        let what = Phrase::new("moment-approved").name("person", &consent.by.name);
        moments.push(Moment::new("done", what).at(frame.when(&consent.at).alone()).quote(&consent.message));
    }
    if let Some(decision) = &request.decision {
        let key = if request.standing() == Standing::Denied { "moment-denied" } else { "moment-approved" };
        let what = Phrase::new(key).name("person", &decision.by.name);
        moments.push(Moment::new("done", what).at(frame.when(&decision.at).alone()).quote(&decision.message));
    }
    moments.extend(last_moment(request, frame));
    moments
}

fn last_moment(request: &JoinRequest, frame: &Frame) -> Option<Moment> {
    let finished = request.operation.as_ref().and_then(|operation| operation.finished_at);
    let moment = match request.standing() {
        Standing::Waiting => {
            let lapses = Phrase::new("moment-lapses").word("day", frame.day(&request.lapses_at).words());
            Moment::new("current", "moment-waiting".into()).note(lapses)
        }
        Standing::BeingAdded => {
            Moment::new("current", "moment-being-added".into()).note("moment-being-added-note".into())
        }
        Standing::Delayed(refusal) => {
            Moment::new("failed", "moment-delayed".into()).note(refusals::directory_refusal(refusal))
        }
        Standing::Added => Moment::new("done", "moment-added".into()),
        Standing::NotAdded(refusal) => {
            Moment::new("failed", "moment-not-added".into()).note(refusals::directory_refusal(refusal))
        }
        Standing::Abandoned => Moment::new("failed", "moment-abandoned".into()),
        Standing::Denied | Standing::Extended => return None,
        Standing::Ended(reason) => {
            let moment = Moment::new("done", refusals::end_reason(reason));
            return Some(match request.ended_at {
                Some(at) => moment.at(frame.when(&at).alone()),
                None => moment,
            });
        }
    };
    Some(match finished {
        Some(at) => moment.at(frame.when(&at).alone()),
        None => moment,
    })
}
