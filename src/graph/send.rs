//! One call of Graph: token, ids, tries, deadline, and a line in the log for each try.

use std::time::Instant;

use reqwest::{
    Client, Response, StatusCode, Url,
    header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue},
};
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;

use super::{Deadline, Graph, budget::Ticket, call::Call, classify, cost::Cost, error::Error, retry::Failure};

/// The most bytes of an answer that are read: 999 groups with twenty owners each stay well below.
const LONGEST_ANSWER: usize = 16 * 1024 * 1024;

/// Whom an answer is for. Graph is told, and throttles background work first (Graph, "Throttling").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Priority {
    /// A person waits for the answer.
    Interactive,
    /// Nobody waits.
    Background,
}

impl Priority {
    /// Returns the priority as the header names it.
    fn header(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Interactive => "High",
            Self::Background => "Low",
        })
    }
}

/// What sends calls with one bearer token at one priority, whoever the token stands for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sender<'a> {
    pub graph: &'a Graph,
    pub bearer: &'a SecretString,
    pub priority: Priority,
}

/// A successful answer.
pub(super) struct Reply {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
    /// What the budget knows the call by.
    pub ticket: Ticket,
}

impl Reply {
    /// Returns the body.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// Returns what kind of content the body is said to be, without parameters; empty when nothing is said.
    pub fn content_type(&self) -> &str {
        let said = self.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        said.split(';').next().unwrap_or_default().trim()
    }

    /// Reads the body as JSON.
    pub fn json<T: DeserializeOwned>(&self, call: &Call) -> Result<T, Error> {
        serde_json::from_slice(&self.body).map_err(|problem| {
            // The text of the problem could quote a person's data; its kind and place tell enough.
            let (kind, line, column) = (problem.classify(), problem.line(), problem.column());
            tracing::warn!(graph.path = call.template(), ?kind, line, column, "could not read an answer of Graph");
            Error::Garbled
        })
    }
}

/// Which try this is, and over which connection.
#[derive(Debug, Clone, Copy)]
struct Try {
    number: u32,
    fresh: bool,
}

impl Sender<'_> {
    /// Sends a read and returns what came back.
    pub async fn read<T: DeserializeOwned>(self, call: &Call, deadline: Deadline) -> Result<T, Error> {
        self.read_at(call, &self.graph.base.address(call), deadline).await
    }

    /// Sends a read to an address that [`super::base::Base`] made.
    pub async fn read_at<T: DeserializeOwned>(self, call: &Call, url: &Url, deadline: Deadline) -> Result<T, Error> {
        let reply = self.exchange(call, url, deadline).await?;
        if reply.status == StatusCode::OK { reply.json(call) } else { Err(Error::Garbled) }
    }

    /// Sends a write. Graph confirms one with 204 and no body; a page that somebody in between sends with 200 is no
    /// confirmation.
    pub async fn write(self, call: &Call, deadline: Deadline) -> Result<(), Error> {
        self.reply(call, deadline, StatusCode::NO_CONTENT).await.map(|_| ())
    }

    /// Sends a call that Graph answers with this status when it did what was asked.
    pub async fn reply(self, call: &Call, deadline: Deadline, status: StatusCode) -> Result<Reply, Error> {
        let reply = self.exchange(call, &self.graph.base.address(call), deadline).await?;
        if reply.status == status { Ok(reply) } else { Err(Error::Garbled) }
    }

    /// Tries until there is an answer that another try would not change, or the time is up.
    pub async fn exchange(self, call: &Call, url: &Url, deadline: Deadline) -> Result<Reply, Error> {
        if !call.is_safe() {
            return Err(Error::Refused { status: 0, code: "DELETE without $ref".into() });
        }
        let mut deadline = self.deadline(deadline);
        let mut this = Try { number: 1, fresh: false };
        let mut was_lost = false;
        loop {
            let ticket = self.enter(call, &mut deadline).await;
            let failure = match self.attempt(call, url, deadline, this, ticket).await {
                Ok(reply) => return Ok(reply),
                Err(failure) => failure,
            };
            let again = failure.untouched || call.may_be_repeated();
            let wait = failure.wait(this.number, &self.graph.limits, deadline.left()).filter(|_| again);
            let Some(wait) = wait else {
                return Err(if was_lost { failure.error.after_a_lost_try(call) } else { failure.error });
            };
            was_lost |= !failure.untouched;
            tokio::time::sleep(wait).await;
            this = Try { number: this.number + 1, fresh: this.fresh || failure.fresh };
        }
    }

    /// Returns when a call has to be over: for a person at the given time, for other work after a time of its own.
    pub fn deadline(self, given: Deadline) -> Deadline {
        if self.priority == Priority::Interactive { given } else { self.graph.listing_deadline() }
    }

    /// Waits for room in the budget. Work that nobody waits for must not fail because it waited, so its deadline moves.
    async fn enter(self, call: &Call, deadline: &mut Deadline) -> Ticket {
        let asked = tokio::time::Instant::now();
        let ticket = self.graph.budget.enter(Cost::of(call), self.priority, deadline.left()).await;
        if self.priority == Priority::Background {
            deadline.at += asked.elapsed();
        }
        ticket
    }

    async fn attempt(
        self,
        call: &Call,
        url: &Url,
        deadline: Deadline,
        this: Try,
        ticket: Ticket,
    ) -> Result<Reply, Failure> {
        let started = Instant::now();
        let headers = self.headers(call)?;
        let client: &Client = if this.fresh { &self.graph.fresh } else { &self.graph.pooled };
        let timeout = deadline.attempt.min(deadline.left());
        let mut request = client.request(call.method.clone(), url.clone()).headers(headers).timeout(timeout);
        if let Some(body) = &call.body {
            request = request.json(body);
        }
        let response = request.send().await.map_err(|problem| lost(call, this, &problem))?;
        self.note(call, this, &response, started, ticket);
        let (status, headers) = (response.status(), response.headers().clone());
        let body = read_body(response).await.map_err(|problem| match problem {
            Some(problem) => lost(call, this, &problem),
            None => Failure::last(Error::Garbled),
        })?;
        // Older texts say that a batch with failed parts is answered with 424, newer ones with 200; the parts tell.
        let is_answered = status.is_success() || (call.is_batch() && status == StatusCode::FAILED_DEPENDENCY);
        if is_answered {
            Ok(Reply { status, headers, body, ticket })
        } else {
            Err(classify::failure(status, &headers, &body))
        }
    }

    fn headers(self, call: &Call) -> Result<HeaderMap, Failure> {
        let bearer = format!("Bearer {}", self.bearer.expose_secret());
        // A token that cannot be a header is no token that Entra gave.
        let mut bearer =
            HeaderValue::try_from(bearer).map_err(|_| Failure::last(Error::SignInAgain { claims: None }))?;
        bearer.set_sensitive(true);
        let id = HeaderValue::try_from(call.id.to_string()).map_err(|_| Failure::last(Error::Garbled))?;
        let mut headers = HeaderMap::new();
        headers.insert(AUTHORIZATION, bearer);
        headers.insert("client-request-id", id);
        headers.insert("x-ms-throttle-priority", self.priority.header());
        if call.indexed {
            headers.insert("consistencylevel", HeaderValue::from_static("eventual"));
        }
        Ok(headers)
    }

    /// Counts what the answer cost and logs it. No id of a person or a group is in the line.
    fn note(self, call: &Call, this: Try, response: &Response, started: Instant, ticket: Ticket) {
        let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or("");
        // The parts of a batch tell what they cost, each by itself.
        let told: Option<u32> = header("x-ms-resource-unit").parse().ok().filter(|_| !call.is_batch());
        if let Some(units) = told {
            self.graph.count_units(u64::from(units));
            self.graph.budget.correct(ticket, units);
        }
        self.graph.heed(response.status().as_u16(), response.headers());
        tracing::debug!(
            graph.method = %call.method,
            graph.path = call.template(),
            graph.status = response.status().as_u16(),
            graph.request_id = header("request-id"),
            graph.client_request_id = %call.id,
            graph.resource_units = told,
            graph.throttled_percent = header("x-ms-throttle-limit-percentage"),
            graph.attempt = this.number,
            elapsed_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
            "Graph answered"
        );
    }
}

/// Reads a whole body; `Err(None)` when it is longer than any answer to us can be.
async fn read_body(mut response: Response) -> Result<Vec<u8>, Option<reqwest::Error>> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if body.len() + chunk.len() > LONGEST_ANSWER {
            return Err(None);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// Makes the failure of a call whose answer never came, or not whole.
fn lost(call: &Call, this: Try, problem: &reqwest::Error) -> Failure {
    tracing::info!(
        graph.method = %call.method,
        graph.path = call.template(),
        graph.client_request_id = %call.id,
        graph.attempt = this.number,
        timed_out = problem.is_timeout(),
        connecting = problem.is_connect(),
        "lost an answer of Graph"
    );
    Failure { untouched: problem.is_connect(), ..Failure::again(Error::Unavailable, None) }
}
