//! Errors in the words and the shape of Graph.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::exchange::{Ask, Content, Reply};
use crate::world::World;

/// A refusal of Graph: a status, a code to branch on, and a message.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct GraphError {
    pub(crate) status: u16,
    pub(crate) code: &'static str,
    pub(crate) message: String,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) details: Vec<Detail>,
}

/// One thing that is wrong, within a refusal.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Detail {
    pub(crate) code: &'static str,
    /// The property.
    pub(crate) target: &'static str,
    pub(crate) message: String,
}

impl GraphError {
    pub(crate) fn new(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        let (message, headers, details) = (message.into(), Vec::new(), Vec::new());
        Self { status, code, message, headers, details }
    }

    /// Says what exactly is wrong.
    pub(crate) fn with_detail(mut self, detail: Detail) -> Self {
        self.details.push(detail);
        self
    }

    pub(crate) fn bad(message: impl Into<String>) -> Self {
        Self::new(400, "Request_BadRequest", message)
    }

    pub(crate) fn unsupported(message: impl Into<String>) -> Self {
        Self::new(400, "Request_UnsupportedQuery", message)
    }

    /// A query that needs `ConsistencyLevel: eventual` and `$count=true`.
    pub(crate) fn needs_advanced() -> Self {
        Self::unsupported("Unsupported Query.")
    }

    pub(crate) fn token(message: &str) -> Self {
        Self::new(401, "InvalidAuthenticationToken", message)
    }

    pub(crate) fn expired_token() -> Self {
        Self::token("Lifetime validation failed, the token is expired.")
    }

    /// A token that was taken back: the next one must not be older than this, in seconds since 1970.
    pub(crate) fn claims_challenge(world: &World, not_before: i64) -> Self {
        let claims = json!({ "access_token": { "nbf": { "essential": true, "value": not_before.to_string() } } });
        let claims = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, claims.to_string());
        let header = format!(
            "Bearer realm=\"\", authorization_uri=\"{}\", error=\"insufficient_claims\", claims=\"{claims}\"",
            world.endpoint("authorize"),
        );
        let mut error = Self::token(
            "Continuous access evaluation resulted in challenge with result: InteractionRequired and code: TokenIssuedBeforeRevocationTimestamp",
        );
        error.headers.push(("www-authenticate", header));
        error
    }

    pub(crate) fn denied() -> Self {
        let message = "Insufficient privileges to complete the operation.";
        Self::new(403, "Authorization_RequestDenied", message)
    }

    pub(crate) fn missing(id: impl std::fmt::Display) -> Self {
        let message =
            format!("Resource '{id}' does not exist or one of its queried reference-property objects are not present.");
        Self::new(404, "Request_ResourceNotFound", message)
    }

    pub(crate) fn method() -> Self {
        Self::new(405, "Request_BadRequest", "Specified HTTP method is not allowed for the request target.")
    }

    pub(crate) fn expired_page() -> Self {
        let message = "The specified page token value has expired and can no longer be included in your request.";
        Self::new(400, "Directory_ExpiredPageToken", message)
    }

    pub(crate) fn not_modelled() -> Self {
        Self::new(501, "NotImplemented", "This operation target is not yet supported.")
    }

    /// Returns what Graph says with a status it was told to answer.
    pub(crate) fn of_status(status: u16, retry_after: Option<&str>) -> Self {
        let mut error = match status {
            401 => Self::token("Access token validation failure."),
            403 => Self::denied(),
            404 => Self::missing(Uuid::nil()),
            405 => Self::method(),
            429 => Self::new(429, "TooManyRequests", "Please retry again later."),
            501 => Self::not_modelled(),
            503 => Self::new(503, "serviceNotAvailable", "The service is unavailable."),
            504 => Self::new(504, "UnknownError", "The gateway did not get an answer in time."),
            400..=499 => Self::new(status, "Request_BadRequest", "The request was refused."),
            _ => Self::new(status, "InternalServerError", "An internal server error occurred."),
        };
        if let Some(seconds) = retry_after {
            error.headers.push(("retry-after", seconds.to_owned()));
        }
        error
    }

    /// Returns the reply that carries the error.
    pub(crate) fn into_reply(self, world: &World, ask: &Ask) -> Reply {
        let request_id = Uuid::new_v4();
        let client_request_id = ask.header("client-request-id").map_or_else(|| request_id.to_string(), str::to_owned);
        let mut body: Value = json!({ "error": {
            "code": self.code,
            "message": self.message,
            "innerError": {
                "date": world.clock.text("%Y-%m-%dT%H:%M:%S"),
                "request-id": request_id,
                "client-request-id": client_request_id,
            },
        }});
        if self.status == 429 {
            let inner = &mut body["error"]["innerError"];
            inner["code"] = json!("429");
            inner["message"] = json!("Please retry after");
            inner["status"] = json!("429");
        }
        if !self.details.is_empty() {
            let shown = |d: &Detail| json!({ "code": d.code, "target": d.target, "message": d.message });
            body["error"]["details"] = self.details.iter().map(shown).collect();
        }
        let mut reply = Reply::new(self.status, Content::Json(body)).with("request-id", request_id.to_string());
        if let Some(id) = ask.header("client-request-id") {
            reply = reply.with("client-request-id", id.to_owned());
        }
        reply.headers.extend(self.headers);
        reply
    }
}
