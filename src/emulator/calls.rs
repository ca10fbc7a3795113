//! What Graph was asked, so that tests can look at it afterwards.

use std::sync::{Mutex, MutexGuard, PoisonError};

use uuid::Uuid;

/// One call of Graph. The parts of a `$batch` are calls of their own, after the batch itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The HTTP method in capitals.
    pub method: String,
    /// The path below `/v1.0` with its query, percent-decoded; for example `/groups/{id}/members/$ref`.
    pub path: String,
    /// The person whose token was used.
    pub oid: Option<Uuid>,
    /// Whether an application's own token was used.
    pub app: bool,
    /// The status answered; 0 while the call is not answered and when its connection was dropped.
    pub status: u16,
    /// What the call cost, in resource units.
    pub resource_units: u32,
    /// The `client-request-id` header.
    pub client_request_id: Option<String>,
    /// The body, when there was one.
    pub body: Option<String>,
}

/// The record of calls, and of what no client should ever do.
#[derive(Debug, Default)]
pub(crate) struct Calls {
    inner: Mutex<Record>,
}

#[derive(Debug, Default)]
struct Record {
    next: u64,
    calls: Vec<(u64, Call)>,
    violations: Vec<String>,
}

impl Calls {
    /// Records a call that has just arrived and returns its ticket.
    pub(crate) fn begin(&self, call: Call) -> u64 {
        let mut record = self.lock();
        record.next += 1;
        let ticket = record.next;
        record.calls.push((ticket, call));
        ticket
    }

    /// Records how a call was answered.
    pub(crate) fn finish(&self, ticket: u64, status: u16) {
        if let Some((_, call)) = self.lock().calls.iter_mut().rev().find(|(id, _)| *id == ticket) {
            call.status = status;
        }
    }

    /// Records something no client should do.
    pub(crate) fn violation(&self, what: String) {
        self.lock().violations.push(what);
    }

    /// Returns every call, oldest first.
    pub(crate) fn all(&self) -> Vec<Call> {
        self.lock().calls.iter().map(|(_, call)| call.clone()).collect()
    }

    /// Returns every violation, oldest first.
    pub(crate) fn violations(&self) -> Vec<String> {
        self.lock().violations.clone()
    }

    /// Forgets the calls; violations stay.
    pub(crate) fn forget(&self) {
        self.lock().calls.clear();
    }

    fn lock(&self) -> MutexGuard<'_, Record> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
