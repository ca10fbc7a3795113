//! Writes down what was asked and what was answered, one JSON line for each exchange, so that a check which shares
//! nothing with the emulator or its client can hold both against Graph's published contract.
//!
//! A line has no secret in it: no token, no code, no client secret. Several emulators, of several processes, may write
//! to the same file.

use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use serde_json::{Map, Value, json};

use crate::exchange::{Ask, Content, Dropped, Reply};
use crate::faults::Action;
use crate::tokens::Caller;

/// What of a request's headers a contract speaks about.
const ASKED_WITH: [&str; 6] =
    ["accept", "client-request-id", "consistencylevel", "content-type", "prefer", "x-ms-throttle-priority"];

/// What no line may hold, of forms and of what the token endpoint answers.
const SECRET: [&str; 8] = [
    "access_token",
    "client_assertion",
    "client_secret",
    "code",
    "code_verifier",
    "id_token",
    "id_token_hint",
    "refresh_token",
];

/// The file that exchanges are written to, if they are to be kept.
#[derive(Debug)]
pub(crate) struct Record(Option<Mutex<File>>);

/// Which exchange this is, besides its request and its answer.
#[derive(Debug)]
pub(crate) struct Circumstances {
    /// `graph` or `sign-in`.
    pub(crate) side: &'static str,
    /// Who called, when the token was accepted.
    pub(crate) caller: Option<Caller>,
    /// The fault that the request met.
    pub(crate) fault: Option<Action>,
}

impl Record {
    /// Opens the file, behind what is in it already.
    ///
    /// # Errors
    /// Returns why it cannot be opened.
    pub(crate) fn open(path: Option<&Path>) -> std::io::Result<Self> {
        let open = |path| OpenOptions::new().create(true).append(true).open(path);
        Ok(Self(path.map(open).transpose()?.map(Mutex::new)))
    }

    /// Writes an exchange down; a connection that was dropped is an answer with status 0.
    pub(crate) fn keep(&self, ask: &Ask, answer: &Result<Reply, Dropped>, circumstances: &Circumstances) {
        let Some(file) = &self.0 else { return };
        let mut line = line(ask, answer, circumstances).to_string();
        line.push('\n');
        // One write for each line: lines of other processes come before or after it, not into it.
        let written = file.lock().unwrap_or_else(PoisonError::into_inner).write_all(line.as_bytes());
        // An exchange that is not written down would be taken for one that never was.
        written.expect("the record of exchanges can be written");
    }
}

fn line(ask: &Ask, answer: &Result<Reply, Dropped>, circumstances: &Circumstances) -> Value {
    let headers = ASKED_WITH.iter().filter_map(|name| Some(((*name).to_owned(), json!(ask.header(name)?))));
    let who = circumstances.caller.as_ref().map(|caller| {
        let kind = if caller.is_app() { "application" } else { "delegated" };
        json!({ "kind": kind, "scopes": caller.scopes })
    });
    let fault = circumstances.fault.as_ref().map(|action| {
        let shown = format!("{action:?}");
        shown.split(['(', ' ']).next().unwrap_or_default().to_owned()
    });
    json!({
        "side": circumstances.side,
        "part_of": ask.part_of,
        "method": ask.method,
        "target": without_secrets_in_query(&ask.target),
        "segments": ask.segments,
        "query": without_secrets(&ask.query),
        "headers": headers.collect::<Map<String, Value>>(),
        "who": who,
        "body": asked(ask),
        "fault": fault,
        "status": answer.as_ref().map_or(0, |reply| reply.status),
        "answer": answer.as_ref().ok().map(answered),
    })
}

/// Returns the body of a request: JSON, the fields of a form, or text; null when there is none.
fn asked(ask: &Ask) -> Value {
    let kind = ask.header("content-type").unwrap_or_default();
    if ask.body.is_empty() {
        Value::Null
    } else if kind.starts_with("application/x-www-form-urlencoded") {
        json!({ "form": without_secrets(&ask.form()) })
    } else if let Ok(value) = serde_json::from_slice::<Value>(&ask.body) {
        json!({ "json": value })
    } else {
        json!({ "text": String::from_utf8_lossy(&ask.body) })
    }
}

fn answered(reply: &Reply) -> Value {
    let headers: Map<String, Value> =
        reply.headers.iter().filter(|(name, _)| *name != "set-cookie").map(shown_header).collect();
    let (kind, body) = match &reply.content {
        Content::Empty => ("empty", Value::Null),
        Content::Json(value) => ("json", masked(value)),
        Content::BrokenJson(text) => ("broken", json!(text)),
        Content::Text(text) => ("text", json!(text)),
        Content::Html(_) => ("html", Value::Null),
        Content::Bytes(kind, bytes) => ("binary", json!({ "type": kind, "length": bytes.len() })),
    };
    json!({ "headers": headers, "kind": kind, "body": body })
}

fn shown_header((name, value): &(&'static str, String)) -> (String, Value) {
    let value = if *name == "location" { without_secrets_in_query(value) } else { value.clone() };
    ((*name).to_owned(), json!(value))
}

/// Returns a JSON object with its secrets masked; Graph's own answers have none.
fn masked(value: &Value) -> Value {
    let mut value = value.clone();
    for name in SECRET {
        if let Some(secret) = value.get_mut(name).filter(|secret| secret.is_string()) {
            *secret = json!("…");
        }
    }
    value
}

fn without_secrets(pairs: &[(String, String)]) -> Vec<(&str, &str)> {
    let shown = |(name, value): &'_ (String, String)| SECRET.contains(&name.as_str()) && !value.is_empty();
    pairs.iter().map(|pair| (pair.0.as_str(), if shown(pair) { "…" } else { pair.1.as_str() })).collect()
}

/// Returns an address whose query has no secret.
fn without_secrets_in_query(target: &str) -> String {
    let Some((path, query)) = target.split_once('?') else { return target.to_owned() };
    let shown = query.split('&').map(|pair| match pair.split_once('=') {
        Some((name, _)) if SECRET.contains(&name) => format!("{name}=…"),
        _ => pair.to_owned(),
    });
    format!("{path}?{}", shown.collect::<Vec<_>>().join("&"))
}
