//! Audit records: what happened, to what, by whom. One is written in the same transaction as what it records.

mod kind;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    directory::PersonRef,
    ids::{EventId, GroupId, PersonId, RequestId},
};

pub use super::event::kind::EventKind;

/// An audit record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Identifier.
    pub id: EventId,
    /// When.
    pub at: Timestamp,
    /// What happened.
    pub kind: EventKind,
    /// Who did it; `None` when Roster did, by its own rules.
    pub actor: Option<PersonRef>,
    /// In which group.
    pub group: Option<GroupId>,
    /// To whom.
    pub person: Option<PersonId>,
    /// On which request.
    pub request: Option<RequestId>,
    /// What else a reader in two years needs: evidence, before and after, reasons in the rules' words.
    pub detail: Value,
}

impl Event {
    /// Makes a record of something that happened now, with nothing attached yet.
    #[must_use]
    pub fn new(kind: EventKind, actor: Option<PersonRef>, at: Timestamp) -> Self {
        Self { id: EventId::new(), at, kind, actor, group: None, person: None, request: None, detail: Value::Null }
    }

    /// Names the group.
    #[must_use]
    pub fn group(mut self, group: GroupId) -> Self {
        self.group = Some(group);
        self
    }

    /// Names the person it happened to.
    #[must_use]
    pub fn person(mut self, person: PersonId) -> Self {
        self.person = Some(person);
        self
    }

    /// Names the request.
    #[must_use]
    pub fn request(mut self, request: RequestId) -> Self {
        self.request = Some(request);
        self
    }

    /// Attaches what else a reader needs.
    #[must_use]
    pub fn detail(mut self, detail: Value) -> Self {
        self.detail = detail;
        self
    }
}
