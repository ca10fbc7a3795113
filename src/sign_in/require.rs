//! The guard of every page for signed-in people.

use axum::{
    extract::{Request, State},
    http::Method,
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use tower_sessions::Session;

use crate::web::{app::App, trouble::Trouble};

use super::session;

/// Lets a request through with the one [`super::Signed`] of it. A page view whose sign-in is due for renewal goes by way of
/// the provider; when the provider is away and the token still lasts, it goes straight through.
pub async fn require(State(app): State<App>, session: Session, mut request: Request, next: Next) -> Response {
    let signed = match session::read(&session).await {
        Ok(Some(signed)) => signed,
        Ok(None) => return Trouble::SignInFirst.into_response(),
        Err(trouble) => return trouble.into_response(),
    };
    let now = app.clock.now();
    if signed.has_expired(now) {
        return Trouble::SignInAgain { claims: None }.into_response();
    }
    let is_page_view = request.method() == Method::GET && !is_script(&request);
    if is_page_view && signed.needs_renewal(now) && app.provider.is_reachable().await {
        let target = request.uri().path_and_query().map_or("/", |target| target.as_str());
        return Redirect::to(&super::address(target, true, None)).into_response();
    }
    request.extensions_mut().insert(signed);
    next.run(request).await
}

fn is_script(request: &Request) -> bool {
    request.headers().get("sec-fetch-dest").is_some_and(|dest| dest == "empty")
}
