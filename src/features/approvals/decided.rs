//! A decision that every rule allows, ready to be recorded.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::{
    domain::{
        directory::PersonRef,
        event::{Event, EventKind},
        operation::{Kind, Operation},
    },
    sign_in::Signed,
    store::{self, Deciding},
};

use super::gather::{self, Facts};

/// What is recorded of a decision in one transaction, owned, so that recording it outlives the browser's patience.
pub(super) struct Decided {
    facts: Facts,
    by: PersonRef,
    message: String,
    evidence: Value,
    event: Event,
    now: Timestamp,
}

impl Decided {
    /// Puts together what was read and what the person decided now.
    pub fn new(kind: EventKind, facts: Facts, signed: &Signed, message: String, now: Timestamp) -> Self {
        let (by, evidence) = (signed.person(), gather::evidence(&facts));
        let event = Event::new(kind, Some(by.clone()), now)
            .group(facts.request.group)
            .person(facts.request.requester.id)
            .request(facts.request.id)
            .detail(json!({ "evidence": evidence, "message_sha256": store::fingerprint(&message) }));
        Self { facts, by, message, evidence, event, now }
    }

    /// Returns the directory write that an approval owes.
    pub fn owed(&self) -> Operation {
        let asked = &self.facts.request;
        let group = (asked.group, asked.group_name.as_str());
        Operation {
            request: Some(asked.id),
            until: self.until(),
            ..Operation::owed(Kind::Add, group, &asked.requester, &self.by, self.now)
        }
    }

    /// Returns until when the membership lasts: it begins with the answer.
    fn until(&self) -> Option<Timestamp> {
        let designation = self.facts.designation.as_ref()?;
        designation.terms.lasting.until(self.facts.request.days, self.now)
    }

    /// Returns the names of the person and the group, for the sentence that follows.
    pub fn names(&self) -> (String, String) {
        (self.facts.request.requester.name.clone(), self.facts.request.group_name.clone())
    }

    /// Returns the decision as the store records it.
    pub fn deciding(&self) -> Deciding<'_> {
        Deciding {
            request: &self.facts.request,
            by: &self.by,
            message: &self.message,
            evidence: &self.evidence,
            terms: self.facts.terms_version(),
            now: self.now,
            event: &self.event,
        }
    }
}
