//! `$batch`: up to 20 calls in one, each answered and counted on its own.

use std::collections::{HashMap, HashSet};

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Map, Value, json};

use super::errors::GraphError;
use super::single;
use crate::exchange::{Ask, Content, Reply};
use crate::world::World;

/// Graph takes at most this many calls in one batch.
const MOST: usize = 20;

/// One call of a batch.
struct Part {
    id: String,
    depends_on: Vec<String>,
    ask: Ask,
}

/// Answers a batch.
///
/// # Errors
/// Returns Graph's 400 for a malformed batch; what goes wrong inside is answered inside.
pub(crate) async fn answer(world: &World, outer: &Ask) -> Result<Reply, GraphError> {
    let parts = parts(outer)?;
    let mut failed = HashSet::new();
    let mut responses = Vec::new();
    for part in parts {
        let reply = if part.depends_on.iter().any(|id| failed.contains(id)) {
            let error = GraphError::new(424, "FailedDependency", "A call this one depends on failed.");
            error.into_reply(world, &part.ask)
        } else {
            let unanswered = || GraphError::of_status(504, None).into_reply(world, &part.ask);
            single(world, &part.ask).await.unwrap_or_else(|_| unanswered())
        };
        if reply.status >= 400 {
            failed.insert(part.id.to_lowercase());
        }
        responses.push(response(&part.id, reply));
    }
    Ok(Reply::json(json!({ "responses": out_of_order(responses) })))
}

/// Puts answers in an order that is always the same for the same ids, and never the one they were asked in: Graph
/// answers in any order.
fn out_of_order(responses: Vec<Value>) -> Vec<Value> {
    let asked: Vec<String> = responses.iter().map(|response| response["id"].to_string()).collect();
    let mut shuffled = responses;
    // FNV-1a of the id.
    let fold = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    shuffled.sort_by_key(|response| response["id"].to_string().bytes().fold(0xcbf2_9ce4_8422_2325, fold));
    let is_as_asked = shuffled.iter().map(|response| response["id"].to_string()).eq(asked);
    if is_as_asked && shuffled.len() > 1 {
        shuffled.rotate_left(1);
    }
    shuffled
}

fn parts(outer: &Ask) -> Result<Vec<Part>, GraphError> {
    let malformed = |message: &str| GraphError::new(400, "BadRequest", message);
    let body: Value =
        serde_json::from_slice(&outer.body).map_err(|_| malformed("Unable to read JSON request payload."))?;
    let requests = body["requests"].as_array().filter(|list| !list.is_empty());
    let requests = requests.ok_or_else(|| malformed("The batch has no 'requests'."))?;
    if requests.len() > MOST {
        let message = format!("Number of batch request steps exceeds the maximum value of {MOST}.");
        return Err(malformed(&message));
    }
    let mut seen: HashMap<String, ()> = HashMap::new();
    let mut parts = Vec::new();
    for request in requests {
        let part = part(outer, request).ok_or_else(|| malformed("A request of the batch cannot be read."))?;
        let writes = ["POST", "PATCH", "PUT"].contains(&part.ask.method.as_str());
        if writes && (part.ask.body.is_empty() || part.ask.header("content-type").is_none()) {
            let message = format!("Write request id : {} does not contain Content-Type header or body.", part.id);
            return Err(malformed(&message));
        }
        if part.depends_on.iter().any(|id| !seen.contains_key(id)) {
            return Err(malformed("A request of the batch depends on one that does not come before it."));
        }
        if seen.insert(part.id.to_lowercase(), ()).is_some() {
            return Err(malformed("Request ids of a batch must be unique."));
        }
        parts.push(part);
    }
    Ok(parts)
}

fn part(outer: &Ask, request: &Value) -> Option<Part> {
    let id = request["id"].as_str().filter(|id| !id.is_empty())?.to_owned();
    let method = request["method"].as_str()?;
    let url = request["url"].as_str()?.trim_start_matches('/');
    if url.starts_with("$batch") || url.contains("://") {
        return None;
    }
    let mut headers = HeaderMap::new();
    for (name, value) in request["headers"].as_object().into_iter().flatten() {
        headers.insert(HeaderName::try_from(name).ok()?, HeaderValue::try_from(value.as_str()?).ok()?);
    }
    if let Some(token) = outer.headers.get("authorization") {
        headers.insert("authorization", token.clone());
    }
    let body = match &request["body"] {
        Value::Null => Vec::new(),
        body => body.to_string().into_bytes(),
    };
    let depends_on = request["dependsOn"].as_array().into_iter().flatten();
    let depends_on = depends_on.filter_map(|id| id.as_str().map(str::to_lowercase)).collect();
    let mut ask = Ask::new(method, &format!("/v1.0/{url}"), headers, body);
    ask.part_of = Some(outer.header("client-request-id").unwrap_or_default().to_owned());
    Some(Part { id, depends_on, ask })
}

fn response(id: &str, reply: Reply) -> Value {
    let mut headers = Map::new();
    for (name, value) in reply.headers {
        headers.insert(name.to_owned(), json!(value));
    }
    let body = match reply.content {
        Content::Empty => None,
        Content::Json(value) => Some(value),
        Content::Bytes(content_type, bytes) => {
            headers.insert("Content-Type".to_owned(), json!(content_type));
            Some(json!(base64::Engine::encode(&base64::engine::general_purpose::STANDARD, bytes)))
        }
        Content::BrokenJson(text) | Content::Text(text) | Content::Html(text) => Some(json!(text)),
    };
    let mut response = json!({ "id": id, "status": reply.status });
    if let Some(body) = body {
        headers.entry("Content-Type").or_insert_with(|| json!("application/json"));
        response["body"] = body;
    }
    response["headers"] = Value::Object(headers);
    response
}
