//! Signing out: here first, then at the provider.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use tower_sessions::Session;

use crate::web::{
    app::App,
    cookies::Purpose,
    filters,
    frame::{Frame, Jar},
    page,
    trouble::Trouble,
};

use super::session;

#[derive(Template)]
#[template(path = "sign_in/signed_out.html")]
pub(super) struct SignedOut {
    pub frame: Frame,
}

/// Ends the session and sends the browser to the provider to end the sign-in there too.
///
/// # Errors
/// A trouble when the store is away; then nobody was signed out.
pub async fn sign_out(State(app): State<App>, session: Session, Jar(cookies): Jar) -> Result<Response, Trouble> {
    let hint = session::read(&session).await?.and_then(|signed| signed.login_hint);
    session.flush().await.map_err(|error| Trouble::fault("the session could not be ended", &error))?;
    cookies.add(Purpose::Browser.removal(app.settings.is_https()));
    let away = app.provider.sign_out_url(hint.as_deref());
    Ok(Redirect::to(away.as_ref().map_or("/signed-out", url::Url::as_str)).into_response())
}

/// Says that they are signed out.
pub async fn signed_out(frame: Frame) -> Response {
    page::ok(SignedOut { frame }).into_response()
}
