//! What a request is called in the log, and on the page when something went wrong.

use std::fmt;

use axum::{extract::Request, http::HeaderValue, middleware::Next, response::Response};
use tracing::Instrument as _;
use uuid::Uuid;

/// The name of a request. Always made here: a name that a client sends is not trusted in the log.
#[derive(Debug, Clone, Copy, Default)]
pub struct RequestId(pub Uuid);

impl fmt::Display for RequestId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.simple().fmt(out)
    }
}

/// Names the request, puts the name into every log line and into the `x-request-id` header, and logs the answer.
pub async fn name_request(mut request: Request, next: Next) -> Response {
    let id = RequestId(Uuid::now_v7());
    let span =
        tracing::info_span!("request", request.id = %id, method = %request.method(), path = request.uri().path());
    request.extensions_mut().insert(id);
    async move {
        let started = std::time::Instant::now();
        let mut response = next.run(request).await;
        let ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        tracing::info!(status = response.status().as_u16(), ms, "answered");
        if let Ok(value) = HeaderValue::from_str(&id.to_string()) {
            response.headers_mut().insert("x-request-id", value);
        }
        response
    }
    .instrument(span)
    .await
}
