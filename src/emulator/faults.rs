//! Faults on demand: what goes wrong, on which call, how often.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;

/// Makes one or several requests go wrong. Requests are matched in the order faults were added.
#[derive(Clone, Debug)]
pub struct Fault {
    /// The HTTP method, or any when `None`.
    pub method: Option<String>,
    /// What the decoded path and query must contain.
    pub path_contains: String,
    /// Which matching request is the first to go wrong; 1 is the next one.
    pub nth: usize,
    /// How many requests go wrong.
    pub times: usize,
    /// What happens.
    pub action: Action,
}

/// What happens to a request that a [`Fault`] met.
#[derive(Clone, Debug)]
pub enum Action {
    /// Answers this status and does nothing; the text goes into `Retry-After`.
    Status(u16, Option<&'static str>),
    /// Answers this status and does nothing; `Retry-After` is the date so much later.
    StatusUntil(u16, Duration),
    /// Does nothing and answers 200 with an error in the body, as some gateways do.
    ErrorBody,
    /// Does what was asked, then answers this status.
    StatusAfterApplying(u16),
    /// Closes the connection without an answer and does nothing.
    DropBefore,
    /// Does what was asked, then closes the connection without an answer.
    DropAfterApplying,
    /// Waits, then does what was asked and answers, even when the client has given up by then.
    Stall(Duration),
    /// Does what was asked, then waits before it answers.
    StallAfterApplying(Duration),
    /// Does what was asked and answers with half of the JSON.
    TruncatedJson,
    /// Does what was asked and leaves out half of a list, as if what is left were all.
    HalfList,
    /// Does nothing and answers 200 with a web page, as a proxy in between might.
    HtmlPage,
    /// Answers 401 as for an expired token.
    ExpiredToken,
    /// Answers 401 with a claims challenge.
    ClaimsChallenge,
    /// Answers 403 as when the permission is not granted.
    ConsentMissing,
    /// Waits until it is notified, before or after doing what was asked.
    Hold(Arc<Notify>, HoldWhen),
}

/// Says on which side of the change a held request waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoldWhen {
    /// Nothing has changed yet.
    Before,
    /// The change is made, the answer is not sent.
    After,
}

impl Fault {
    /// Starts a fault for requests of this method (`*` is any) whose path contains this text: the next one, once, 503.
    pub fn on(method: &str, path_contains: &str) -> Self {
        Self {
            method: (method != "*").then(|| method.to_owned()),
            path_contains: path_contains.to_owned(),
            nth: 1,
            times: 1,
            action: Action::Status(503, None),
        }
    }

    /// Lets the matching requests before the nth pass.
    pub fn nth(mut self, nth: usize) -> Self {
        self.nth = nth.max(1);
        self
    }

    /// Meets this many requests.
    pub fn times(mut self, times: usize) -> Self {
        self.times = times;
        self
    }

    /// Says what happens.
    pub fn answer(mut self, action: Action) -> Self {
        self.action = action;
        self
    }

    fn matches(&self, method: &str, path: &str) -> bool {
        self.method.as_deref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(method))
            && path.contains(&self.path_contains)
    }
}

/// The faults that still wait for a request.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    waiting: Mutex<Vec<Fault>>,
}

impl Faults {
    /// Adds a fault behind those that wait.
    pub(crate) fn add(&self, fault: Fault) {
        self.lock().push(fault);
    }

    /// Takes away every fault.
    pub(crate) fn clear(&self) {
        self.lock().clear();
    }

    /// Returns what happens to this request, and uses the fault up by one.
    pub(crate) fn take(&self, method: &str, path: &str) -> Option<Action> {
        let mut waiting = self.lock();
        let mut met = None;
        for fault in waiting.iter_mut().filter(|fault| fault.matches(method, path)) {
            if fault.nth > 1 {
                fault.nth -= 1;
            } else if fault.times > 0 {
                fault.times -= 1;
                met = Some(fault.action.clone());
                break;
            }
        }
        waiting.retain(|fault| fault.times > 0);
        met
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Fault>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
