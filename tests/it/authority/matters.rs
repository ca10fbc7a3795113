//! What waits in the groups of the table, kept through the store as the portal keeps it.

use jiff::Timestamp;
use roster::{
    domain::{
        directory::PersonRef,
        event::{Event, EventKind},
        ids::{GroupId, ImportId, RequestId},
        import_job::{Job, KeptRow, LEASE, State},
        importing::Verdict,
        operation::{Kind, Operation},
        request::Asker,
    },
    features::requests::ask::{self, Wish},
    store::Deciding,
};
use uuid::Uuid;

use crate::support::portal::Portal;

/// Something that waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matter {
    /// A request for an answer.
    Open,
    /// An approved request for the directory.
    Approved,
    /// An add without a request for the directory.
    Owed,
}

/// Makes them, all at one time.
pub struct Matters<'a> {
    pub portal: &'a Portal,
    pub at: Timestamp,
}

impl Matters<'_> {
    /// Makes one for somebody, decided by an owner where somebody has to decide. Returns the id it is addressed by.
    pub async fn make(&self, matter: Matter, group: GroupId, person: &PersonRef, why: &str, by: &PersonRef) -> Uuid {
        match matter {
            Matter::Open => self.asked(group, person, why).await.0,
            Matter::Approved => {
                let request = self.asked(group, person, why).await;
                self.approved(request, by).await;
                request.0
            }
            Matter::Owed => self.owed(group, person, by).await,
        }
    }

    /// Makes a list of one person to be added, which nobody has started.
    pub async fn list(&self, group: GroupId, person: &PersonRef, by: &PersonRef) -> Uuid {
        let id = ImportId::new();
        let job = Job {
            id,
            kind: Kind::Add,
            group,
            group_name: "A group".to_owned(),
            reason: String::new(),
            state: State::Reading,
            halt: None,
            version: 1,
            made_by: by.clone(),
            made_at: self.at,
            held_by: by.clone(),
            lease_until: self.at + LEASE,
            cancel_wished: false,
            started_at: None,
            ended_at: None,
        };
        let row = KeptRow {
            place: 1,
            line: 1,
            typed: person.name.clone(),
            key: Some(person.id.to_string()),
            person: None,
            verdict: None,
            operation: None,
            outcome: None,
            write: None,
        };
        let (store, holder) = (&self.portal.app.store, "a process");
        store.imports().keep(&job, holder, &[row]).await.unwrap();
        let judged = [(1, Some(person.clone()), Verdict::Ready)];
        assert!(store.imports().judged(id, holder, &judged, false).await.unwrap().is_yes());
        id.0
    }

    async fn asked(&self, group: GroupId, person: &PersonRef, why: &str) -> RequestId {
        let wish = Wish {
            group_name: "A group",
            requester: person.clone(),
            asker: Asker::default(),
            said: ask::Said { reason: why.to_owned(), ..ask::Said::default() },
        };
        let store = &self.portal.app.store;
        let designation = store.designations().find(group).await.unwrap().unwrap();
        ask::record(store, wish, &designation, self.at).await.unwrap().unwrap()
    }

    async fn approved(&self, request: RequestId, by: &PersonRef) {
        let store = &self.portal.app.store;
        let asked = store.requests().find(request).await.unwrap().unwrap();
        let event = Event::new(EventKind::DecisionApproved, Some(by.clone()), self.at)
            .group(asked.group)
            .person(asked.requester.id)
            .request(request);
        let group = (asked.group, asked.group_name.as_str());
        let owed = Operation::owed(Kind::Add, group, &asked.requester, by, self.at);
        let owed = Operation { request: Some(request), ..owed };
        let evidence = serde_json::Value::Null;
        let deciding =
            Deciding { request: &asked, by, message: "", evidence: &evidence, terms: 1, now: self.at, event: &event };
        assert!(store.decisions().approve(&deciding, &owed).await.unwrap().is_yes());
    }

    async fn owed(&self, group: GroupId, person: &PersonRef, by: &PersonRef) -> Uuid {
        let owed = Operation::owed(Kind::Add, (group, "A group"), person, by, self.at);
        let event = Event::new(EventKind::AddDecided, Some(by.clone()), self.at).group(group).person(person.id);
        assert!(self.portal.app.store.operations().owe_add(&owed, 1, &event).await.unwrap());
        owed.id.0
    }
}
