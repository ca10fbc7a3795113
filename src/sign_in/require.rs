//! The guard of every page for signed-in people.

use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::Method,
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use jiff::SignedDuration;
use tower_sessions::Session;

use crate::{
    domain::refusal::Refusal,
    web::{app::App, form::Fields, trouble::Trouble, trouble_pages::body_limit},
};

use super::{Signed, Why, session};

/// A form is taken up to this long after the sign-in was renewed. Page views renew it after an hour; whoever only sends
/// forms would otherwise keep roles that were taken from them for as long as a token lasts.
const FORMS_UNTIL: SignedDuration = SignedDuration::from_mins(70);

/// Lets a request through with the one [`super::Signed`] of it. A page view whose sign-in is due for renewal goes by way of
/// the provider; when the provider is away and the token still lasts, it goes straight through.
pub async fn require(State(app): State<App>, session: Session, request: Request, next: Next) -> Response {
    let signed = match session::read(&session).await {
        Ok(Some(signed)) => signed,
        Ok(None) => return Trouble::SignInFirst.into_response(),
        Err(trouble) => return trouble.into_response(),
    };
    let mut request = match own_form(&app, &signed, request).await {
        Ok(request) => request,
        Err(trouble) => return trouble.into_response(),
    };
    let now = app.clock.now();
    let is_old = !request.method().is_safe() && now.duration_since(signed.renewed_at) > FORMS_UNTIL;
    if signed.has_expired(now) || is_old {
        return Trouble::SignInDue.into_response();
    }
    let is_page_view = request.method() == Method::GET && !is_script(&request);
    if is_page_view && signed.needs_renewal(now) && app.provider.is_reachable().await {
        let target = request.uri().path_and_query().map_or("/", |target| target.as_str());
        return Redirect::to(&super::address(target, Why::Due)).into_response();
    }
    request.extensions_mut().insert(signed);
    next.run(request).await
}

/// Refuses a form that was drawn for somebody else, who has been signed in on this browser meanwhile; what was typed comes
/// back. A form without a mark comes from no page of ours, and the check of its origin lets it in.
async fn own_form(app: &App, signed: &Signed, request: Request) -> Result<Request, Trouble> {
    if request.method().is_safe() {
        return Ok(request);
    }
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, body_limit(parts.uri.path())).await.map_err(|_| Trouble::TooLarge)?;
    let fields = Fields::parse(&body);
    let mark = fields.get("for");
    if !mark.is_empty() && app.keys.marked_person(mark) != Some(signed.viewer.id) {
        return Err(Trouble::refused(Refusal::Stale).typed(fields.longest()));
    }
    Ok(Request::from_parts(parts, Body::from(body)))
}

fn is_script(request: &Request) -> bool {
    request.headers().get("sec-fetch-dest").is_some_and(|dest| dest == "empty")
}
