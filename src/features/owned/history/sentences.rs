//! What an event of a group says, in words.

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{
    domain::{
        designation::SuspendReason,
        directory::PersonRef,
        event::{Event, EventKind},
        group_life::Deed,
        operation::DirectoryRefusal,
        outside::author::Learnt,
        request::EndReason,
        terms::Terms,
    },
    store::Recorded,
    web::{frame::Frame, outside, refusals, terms_words, words::Phrase},
};

/// What a person is called on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Called {
    Name(String),
    /// Nobody knows.
    Unknown,
    /// The group hides its members from who looks.
    Hidden,
}

impl Called {
    pub fn name(&self) -> Option<&str> {
        if let Self::Name(name) = self { Some(name) } else { None }
    }

    /// Puts the person in a sentence, at its beginning or later.
    fn put(&self, said: Phrase, place: &'static str, is_first: bool) -> Phrase {
        let key = match (self, is_first) {
            (Self::Name(name), _) => return said.name(place, name),
            (Self::Unknown, true) => "outside-somebody",
            (Self::Unknown, false) => "history-somebody",
            (Self::Hidden, true) => "history-hidden-somebody-first",
            (Self::Hidden, false) => "history-hidden-somebody",
        };
        said.word(place, Phrase::new(key).text())
    }
}

/// The people of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cast {
    /// Who did it.
    pub owner: Called,
    /// To whom it happened.
    pub person: Called,
}

impl Cast {
    fn person(&self, key: &'static str) -> Phrase {
        self.person.put(Phrase::new(key), "person", true)
    }

    fn about(&self, key: &'static str) -> Phrase {
        self.person.put(Phrase::new(key), "person", false)
    }

    fn owner(&self, key: &'static str) -> Phrase {
        self.owner.put(Phrase::new(key), "owner", true)
    }

    fn by(&self, key: &'static str) -> Phrase {
        self.owner.put(Phrase::new(key), "owner", false)
    }

    fn both(&self, key: &'static str) -> Phrase {
        self.person.put(self.owner(key), "person", false)
    }
}

/// Returns the sentence of an event; nothing for one that has no line.
pub(super) fn what(event: &Event, cast: &Cast, learnt: Option<&Learnt>) -> Option<Phrase> {
    use EventKind as Kind;
    Some(match event.kind {
        Kind::RequestCreated if event.detail.get("kind").is_some_and(|kind| kind == "extend") => {
            cast.person("history-asked-to-stay")
        }
        Kind::RequestCreated => cast.person("history-asked"),
        Kind::RequestWithdrawn => cast.person("history-withdrawn"),
        Kind::RequestLapsed => cast.about("history-lapsed"),
        Kind::RequestClosed => cast.about("history-closed"),
        Kind::DecisionApproved => cast.both("history-approved"),
        Kind::ConsentGiven => cast.both("history-consented"),
        Kind::DecisionDenied => cast.both("history-denied"),
        Kind::OperationBegun if event.actor.is_none() => cast.about("history-taken-up-by-roster"),
        Kind::OperationBegun => cast.both("history-taken-up"),
        Kind::OperationUnknown if refusal(event).is_some() => cast.about("history-refused-so-far"),
        Kind::OperationUnknown => cast.about("history-unclear"),
        Kind::OperationRefused => cast.about("history-refused"),
        Kind::OperationAbandoned if event.detail.get("taken_back").is_some() => cast.person("history-stayed"),
        Kind::OperationAbandoned if event.detail.get("goes_on").is_some() => cast.about("history-goes-on"),
        Kind::OperationAbandoned if event.detail.get("pointless").is_some() => cast.about("history-not-needed"),
        Kind::OperationAbandoned => cast.about("history-given-up"),
        Kind::MembershipAdded => cast.person("history-became-member"),
        Kind::MembershipRemoved => cast.person("history-left"),
        Kind::LeaveWished => cast.person("history-wished-to-leave"),
        Kind::AddDecided => cast.both("history-add-decided"),
        Kind::RemovalDecided => cast.both("history-removal-decided"),
        Kind::EndChanged => cast.both("history-end-changed"),
        Kind::MembershipEnded => cast.about("history-ended"),
        Kind::ImportStarted => cast.owner("history-import-started"),
        Kind::ImportPaused => "history-import-paused".into(),
        Kind::ImportCancelled => cast.owner("history-import-cancelled"),
        Kind::ImportEnded => "history-import-ended".into(),
        Kind::ReviewStarted => cast.owner("history-review-started"),
        Kind::ReviewEnded => cast.owner("history-review-ended"),
        Kind::OwnerAddDecided => cast.both("history-owner-add-decided"),
        Kind::OwnerRemovalDecided if is_own(event) => cast.owner("history-stepped-down"),
        Kind::OwnerRemovalDecided => cast.both("history-owner-removal-decided"),
        Kind::OwnerAdded => cast.person("history-became-owner"),
        Kind::OwnerRemoved => cast.person("history-owner-left"),
        Kind::DetailsDecided => cast.owner("history-details-decided"),
        Kind::DetailsChanged => "history-details-changed".into(),
        Kind::DetailsUnclear => "history-details-unclear".into(),
        Kind::GroupCreated => cast.owner("history-created"),
        Kind::CommissionReady => commissioned(event),
        Kind::CommissionClosed => cast.owner("history-commission-closed"),
        Kind::DeletionDecided => cast.owner("history-deletion-decided"),
        Kind::GroupDeletedHere => "history-deleted".into(),
        Kind::RestoreDecided => cast.owner("history-restore-decided"),
        Kind::GroupRestoredHere => "history-restored".into(),
        Kind::RenewalDecided => cast.owner("history-renewal-decided"),
        Kind::GroupRenewed => "history-renewed".into(),
        Kind::GroupWriteRefused => not_done(event, true).into(),
        Kind::GroupWriteUnclear => not_done(event, false).into(),
        Kind::DesignationCreated if event.actor.is_none() => at_once(event),
        Kind::DesignationCreated => cast.owner("history-designated"),
        Kind::DesignationChanged => cast.owner("history-terms-changed"),
        Kind::DesignationSuspended if event.actor.is_some() => cast.owner("history-paused"),
        Kind::DesignationSuspended => "history-paused-by-itself".into(),
        Kind::DesignationResumed => cast.owner("history-resumed"),
        Kind::ResponsibilitiesAccepted => cast.owner("history-responsibilities-accepted"),
        Kind::ReasonsViewed => cast.owner("history-reasons-viewed"),
        Kind::MembersExported => cast.owner("history-members-exported"),
        Kind::HistoryExported => cast.owner("history-history-exported"),
        _ if cast.person == Called::Hidden => {
            outside::said_of(event, &"history-hidden-somebody-first".into(), learnt.map(|learnt| &learnt.by))?
        }
        _ => outside::said(event, cast.person.name(), learnt.map(|learnt| &learnt.by))?,
    })
}

/// Returns what else is to be said: why it ended, what the terms were before, who carried it out.
pub(super) fn notes(recorded: &Recorded, cast: &Cast, frame: &Frame) -> Vec<Phrase> {
    let event = &recorded.event;
    match event.kind {
        EventKind::RequestClosed => {
            detail::<EndReason>(event, "reason").map(refusals::end_reason).into_iter().collect()
        }
        EventKind::OperationUnknown | EventKind::OperationRefused => {
            refusal(event).map(refusals::directory_refusal).into_iter().collect()
        }
        EventKind::EndChanged => vec![until(event, frame).unwrap_or_else(|| "lasts-for-ever".into())],
        EventKind::DetailsDecided => renamed(event).into_iter().collect(),
        EventKind::MembershipAdded | EventKind::MembershipRemoved | EventKind::OwnerAdded | EventKind::OwnerRemoved => {
            let how = match (&event.actor, is_own(event)) {
                (None, _) if event.detail.get("by_itself").is_some() => Some("history-by-roster".into()),
                (None, _) => Some("history-seen-in-directory".into()),
                (Some(_), false) => Some(cast.by("history-carried-out")),
                (Some(_), true) => None,
            };
            how.into_iter().chain(until(event, frame)).collect()
        }
        EventKind::DesignationSuspended => {
            let why = detail::<SuspendReason>(event, "reason").filter(|why| *why != SuspendReason::Administrator);
            why.map(refusals::suspend_reason).into_iter().collect()
        }
        EventKind::DesignationChanged => match (&recorded.terms_before, detail::<Terms>(event, "terms")) {
            (Some(before), Some(after)) => terms_words::changes(before, &after),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// Says until when a membership lasts.
fn until(event: &Event, frame: &Frame) -> Option<Phrase> {
    let is_told = matches!(event.kind, EventKind::MembershipAdded | EventKind::EndChanged);
    let until = detail::<Timestamp>(event, "until").filter(|_| is_told)?;
    Some(Phrase::new("lasts-until").word("day", frame.day(&until).words()))
}

/// Returns the sentence about what the directory did not do with a whole group, or did not confirm.
fn not_done(event: &Event, is_refused: bool) -> &'static str {
    match (detail::<Deed>(event, "deed"), is_refused) {
        (None | Some(Deed::Delete), true) => "history-deletion-refused",
        (None | Some(Deed::Delete), false) => "history-deletion-unclear",
        (Some(Deed::Restore), true) => "history-restore-refused",
        (Some(Deed::Restore), false) => "history-restore-unclear",
        (Some(Deed::Renew), true) => "history-renewal-refused",
        (Some(Deed::Renew), false) => "history-renewal-unclear",
    }
}

/// Says that a group took part as soon as it was created, and who had said that it does.
fn at_once(event: &Event) -> Phrase {
    let by = detail::<PersonRef>(event, "set_by").map(|by| by.name).unwrap_or_default();
    Phrase::new("history-at-once").name("person", by)
}

/// Says that somebody had asked for the group, and is told that it is there.
fn commissioned(event: &Event) -> Phrase {
    let by = detail::<PersonRef>(event, "asked_by").map(|by| by.name).unwrap_or_default();
    Phrase::new("history-commissioned").name("person", by)
}

/// Returns whether somebody did it to themself.
fn is_own(event: &Event) -> bool {
    event.actor.as_ref().is_some_and(|actor| Some(actor.id) == event.person)
}

/// Says what a group was called before and after; nothing when only its description was changed.
fn renamed(event: &Event) -> Option<Phrase> {
    let name = |side: &str| event.detail.get(side)?.get("name")?.as_str();
    let (before, after) = (name("before")?, name("after")?);
    (before != after).then(|| Phrase::new("history-renamed").name("before", before).name("after", after))
}

fn detail<T: DeserializeOwned>(event: &Event, key: &str) -> Option<T> {
    serde_json::from_value(event.detail.get(key)?.clone()).ok()
}

/// Returns what the directory refused, from the answer as `web::carrying_out` writes it down.
fn refusal(event: &Event) -> Option<DirectoryRefusal> {
    let answer = event.detail.get("answer").and_then(Value::as_str)?;
    let all = [DirectoryRefusal::NotAllowed, DirectoryRefusal::Gone, DirectoryRefusal::NotChangeable];
    all.into_iter().find(|refusal| answer == format!("No({refusal:?})"))
}
