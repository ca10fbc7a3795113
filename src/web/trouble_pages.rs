//! The one place where a trouble becomes a page, or a way to sign in.

use std::time::Duration;

use askama::Template;
use axum::{
    body::{Body, Bytes, HttpBody as _, to_bytes},
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use tower_http::csrf::ProtectionError;

use crate::{
    sign_in::{self, Why, held::Held},
    store::Counts,
};

use super::{
    app::App,
    filters,
    form::Fields,
    frame::{Frame, Here},
    page::Page,
    refusals,
    trouble::Trouble,
    words::Phrase,
};

/// The most bytes in a form. A reason is at most 1,000 characters; a long one that somebody pasted still comes back to
/// them with what they typed.
pub const FORM_LIMIT: usize = 512 * 1024;
/// The most bytes of an upload: a file of two megabytes with what goes around it, and a little more, so that the page can
/// say what is wrong with one that is just too large.
pub const UPLOAD_LIMIT: usize = 3 * 1024 * 1024;
/// The longest a request may take, its body included; longer than a decision waits for the directory.
pub const REQUEST_TIME: Duration = Duration::from_secs(20);

#[derive(Template)]
#[template(path = "error.html")]
pub(super) struct ErrorPage {
    frame: Frame,
    icon: &'static str,
    title: Phrase,
    text: Phrase,
    saved: Option<Phrase>,
    typed: String,
    links: Vec<(String, Phrase)>,
    /// A form that can be sent again as it is.
    again: Option<Held>,
}

impl ErrorPage {
    /// Keeps what was typed into a form, and the form itself where it may be sent again.
    pub(super) fn keeping(self, form: Held, may_send_again: bool) -> Self {
        Self { typed: form.worth_copying().to_owned(), again: may_send_again.then_some(form), ..self }
    }
}

/// Runs the request and makes a page of what went wrong. A form that needs a sign-in first is kept for its sender.
pub async fn show_trouble(State(app): State<App>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let is_form = !matches!(parts.method, Method::GET | Method::HEAD | Method::OPTIONS);
    let running = async {
        let body = if is_form { read_form(body, body_limit(parts.uri.path())).await? } else { Bytes::new() };
        let request = Request::from_parts(parts.clone(), Body::from(body.clone()));
        Ok::<_, Trouble>((next.run(request).await, body))
    };

    let (response, body) = match tokio::time::timeout(REQUEST_TIME, running).await {
        Ok(Ok((response, body))) => (response, body),
        Ok(Err(trouble)) => (IntoResponse::into_response(trouble), Bytes::new()),
        Err(_) => (Trouble::TooLate.into_response(), Bytes::new()),
    };

    match trouble_of(&response) {
        None => response,
        Some(Trouble::SignInFirst) => sign_in_first(&app, &parts, &body, Why::First).await,
        Some(Trouble::SignInDue) => sign_in_first(&app, &parts, &body, Why::Due).await,
        Some(Trouble::SignInAgain { .. }) if is_refused_again(&app, &parts).await => {
            let typed = Fields::parse(&body).longest().to_owned();
            error_page(&app, &parts, &body, &Trouble::NotAccepted { typed }).await
        }
        Some(Trouble::SignInAgain { claims }) => {
            sign_in_first(&app, &parts, &body, Why::Refused(claims.as_deref())).await
        }
        Some(trouble) => {
            let mut page = error_page(&app, &parts, &body, &trouble).await;
            if let Some(allowed) = response.headers().get(header::ALLOW) {
                page.headers_mut().insert(header::ALLOW, allowed.clone());
            }
            page
        }
    }
}

/// Reads a form. One that says in its head that it is too large is refused before it is read.
async fn read_form(body: Body, limit: usize) -> Result<Bytes, Trouble> {
    if body.size_hint().lower() > limit as u64 {
        return Err(Trouble::TooLarge);
    }
    to_bytes(body, limit).await.map_err(|error| {
        let too_large = std::error::Error::source(&error)
            .is_some_and(<dyn std::error::Error>::is::<http_body_util::LengthLimitError>);
        if too_large { Trouble::TooLarge } else { Trouble::BadRequest }
    })
}

/// Returns the most bytes that a body sent to an address may have: one of them takes files.
#[must_use]
pub fn body_limit(path: &str) -> usize {
    let takes_files = path.starts_with("/owned/") && path.ends_with("/import/file");
    if takes_files { UPLOAD_LIMIT } else { FORM_LIMIT }
}

fn trouble_of(response: &Response) -> Option<Trouble> {
    if let Some(trouble) = response.extensions().get::<Trouble>() {
        return Some(trouble.clone());
    }
    if response.extensions().get::<ProtectionError>().is_some() {
        return Some(Trouble::CrossSite);
    }
    match response.status() {
        StatusCode::METHOD_NOT_ALLOWED => Some(Trouble::MethodNotAllowed),
        StatusCode::BAD_REQUEST if response.headers().get(header::CONTENT_TYPE).is_none_or(is_plain) => {
            Some(Trouble::BadRequest)
        }
        _ => None,
    }
}

fn is_plain(content_type: &HeaderValue) -> bool {
    content_type.as_bytes().starts_with(b"text/plain")
}

/// Sends a page view to the sign-in and back; keeps a form and does the same; tells a script plainly.
async fn sign_in_first(app: &App, parts: &Parts, body: &[u8], why: Why<'_>) -> Response {
    if parts.headers.get("sec-fetch-dest").is_some_and(|dest| dest == "empty") {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let target = parts.uri.path_and_query().map_or("/", axum::http::uri::PathAndQuery::as_str);
    if parts.method == Method::GET || parts.method == Method::HEAD {
        return Redirect::to(&sign_in::address(target, why)).into_response();
    }
    match Held::keep(app, parts, body).await {
        Ok(page) => Redirect::to(&sign_in::address(&page, why)).into_response(),
        Err(trouble) => error_page(app, parts, body, &trouble).await,
    }
}

async fn is_refused_again(app: &App, parts: &Parts) -> bool {
    let signed = sign_in::session::of_parts(parts).await;
    signed.is_some_and(|signed| signed.is_refused_again(app.clock.now()))
}

/// Draws the page of a trouble. A form that a trouble of ours or of the directory's stopped is not lost with it: what was
/// typed is shown, and where nothing was done the form can be sent again as it is.
async fn error_page(app: &App, parts: &Parts, body: &[u8], trouble: &Trouble) -> Response {
    let signed = sign_in::session::of_parts(parts).await;
    let counts = match &signed {
        Some(signed) => app.store.requests().counts(signed.viewer.id, app.clock.now()).await.unwrap_or_default(),
        None => Counts::default(),
    };
    let frame = Frame::of(app, parts, signed.as_ref(), counts).at(Here::Elsewhere);
    let mut page = describe(frame, trouble);
    let sender = signed.filter(|_| trouble.status().is_server_error());
    if let Some(form) = sender.and_then(|signed| Held::to_send_again(app, parts, body, signed.viewer.id)) {
        page = page.keeping(form, matches!(trouble, Trouble::DirectoryAway));
    }
    let mut response = Page(trouble.status(), page).into_response();
    if trouble.status() == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    }
    response
}

/// Returns the page that says a trouble.
pub(super) fn describe(frame: Frame, trouble: &Trouble) -> ErrorPage {
    let home = vec![("/".to_owned(), Phrase::new("error-go-home"))];
    let status = trouble.status();
    let is_fault = status.is_server_error();
    let icon = if is_fault { "error" } else { "info" };
    let mut page = ErrorPage {
        icon,
        title: Phrase::new(format!("{}-title", key(trouble))),
        text: Phrase::new(format!("{}-text", key(trouble))),
        saved: is_fault.then(|| Phrase::new("error-saved")),
        typed: String::new(),
        links: home,
        again: None,
        frame,
    };
    match trouble {
        Trouble::Refused(refused) => {
            page.icon = "lock";
            page.title = Phrase::new("refused-title");
            page.text = refusals::sentence(&refused.refusal, &page.frame);
            page.typed.clone_from(&refused.typed);
            page.links = refusals::links(refused);
        }
        Trouble::NotAccepted { typed } => {
            page.typed.clone_from(typed);
            page.links = vec![("/sign-in".to_owned(), Phrase::new("error-sign-in-again"))];
        }
        Trouble::SignInFailed { why } => {
            page.text = why.clone();
            page.links = vec![("/sign-in".to_owned(), Phrase::new("error-sign-in-again"))];
        }
        Trouble::ProviderAway => page.links = vec![("/sign-in".to_owned(), Phrase::new("error-sign-in-again"))],
        _ => {}
    }
    page
}

/// Returns the first part of the keys that say a trouble.
fn key(trouble: &Trouble) -> &'static str {
    match trouble {
        Trouble::SignInFirst | Trouble::SignInDue | Trouble::SignInAgain { .. } => "error-sign-in",
        Trouble::NotAccepted { .. } => "error-not-accepted",
        Trouble::Refused(_) => "refused",
        Trouble::NotFound => "error-not-found",
        Trouble::MethodNotAllowed => "error-method",
        Trouble::CrossSite => "error-cross-site",
        Trouble::TooLarge => "error-too-large",
        Trouble::NotAForm => "error-not-a-form",
        Trouble::BadRequest => "error-bad-request",
        Trouble::DirectoryAway => "error-directory-away",
        Trouble::DirectoryRefuses => "error-directory-refuses",
        Trouble::DirectoryGivesUp => "error-directory-gives-up",
        Trouble::ProviderAway => "error-provider-away",
        Trouble::SignInFailed { .. } => "error-sign-in-failed",
        Trouble::StoreAway => "error-store-away",
        Trouble::TooLate => "error-too-late",
        Trouble::Fault => "error-fault",
    }
}
