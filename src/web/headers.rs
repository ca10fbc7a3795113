//! Headers that make browsers careful, on every answer.

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::app::App;

/// The most bytes of an address and header fields that are looked at. The server below stops reading somewhat later.
const HEAD_BYTES: usize = 32 * 1024;

fn head_bytes(request: &Request) -> usize {
    let address = request.uri().path_and_query().map_or(0, |target| target.as_str().len());
    request.headers().iter().fold(address, |sum, (name, value)| sum + name.as_str().len() + value.len())
}

/// Adds the headers. An answer that says nothing about caching is not stored: only assets may be.
pub async fn be_careful(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = if head_bytes(&request) > HEAD_BYTES {
        StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE.into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::X_FRAME_OPTIONS, "DENY");
    // `no-referrer` would make browsers send `Origin: null` with forms.
    set(header::REFERRER_POLICY, "same-origin");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    set(HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()");
    if app.settings.is_https() {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=63072000; includeSubDomains");
    }
    if let Ok(policy) = HeaderValue::from_str(&content_policy(&app)) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Browsers apply `form-action` to the redirects after a form too, so the provider's origins belong in it: signing out,
/// and a form that finds its session ended, both end there.
fn content_policy(app: &App) -> String {
    let mut policy = String::from(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
         base-uri 'none'; object-src 'none'; frame-ancestors 'none'; form-action 'self'",
    );
    for origin in app.provider.origins() {
        policy.push(' ');
        policy.push_str(&origin);
    }
    policy
}
