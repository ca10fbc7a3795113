//! The way back from the provider.

use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use tower_sessions::Session;

use crate::web::{app::App, cookies::Purpose, frame::Jar, trouble::Trouble, words::Phrase};

use super::{Arrival, SignInError, Why, from_callback_error, return_to::ReturnTo, session, start::Login};

/// What the provider says.
#[derive(Debug, Deserialize)]
pub struct Said {
    state: Option<String>,
    code: Option<String>,
    error: Option<String>,
    error_description: Option<String>,
}

/// Takes up the sign-in that the `state` names, checks what the provider says and opens the session.
///
/// # Errors
/// A trouble that says what to do; the reason in full is in the log only.
pub async fn callback(
    State(app): State<App>,
    session: Session,
    Jar(cookies): Jar,
    Query(said): Query<Said>,
) -> Result<Response, Trouble> {
    let now = app.clock.now();
    let browser = cookies.get(&Purpose::Browser.name(app.settings.is_https()));
    let login: Option<Login> = match (said.state.as_deref(), &browser) {
        (Some(state), Some(browser)) => app.logins.take(state, browser.value(), now).await?,
        _ => None,
    };
    // Opened twice, too late, or in another browser than it began in.
    let Some(login) = login else {
        if session::read(&session).await?.is_some() {
            return Ok(Redirect::to("/").into_response());
        }
        return Err(Trouble::SignInFailed { why: Phrase::new("sign-in-too-late") });
    };

    let arrival = match (said.code, said.error) {
        (Some(code), None) => app.provider.redeem(code, login.begun).await,
        (_, Some(error)) => Err(from_callback_error(&error, said.error_description.as_deref())),
        (None, None) => Err(SignInError::NotTrusted("the answer holds neither a code nor an error".into())),
    };
    match arrival {
        Ok(mut arrival) => {
            if !arrival.guest_is_known {
                arrival.viewer.guest = is_guest(&app, &arrival).await;
            }
            let (viewer, token) = (arrival.viewer.clone(), arrival.token());
            let how = session::Coming { silent: login.silent, refused: login.refused };
            if !session::arrive(&session, arrival, how, now).await? {
                return Ok(Redirect::to(&super::address(&login.return_to, Why::First)).into_response());
            }
            tracing::info!(person.id = %viewer.id, silent = login.silent, "signed in");
            app.read_ahead(viewer, token).await;
            Ok(Redirect::to(ReturnTo::new(&login.return_to).as_str()).into_response())
        }
        // The provider wants to see the person; so a normal sign-in, once.
        Err(SignInError::Interaction { claims, .. }) if login.silent => {
            let why = claims.as_deref().map_or(Why::First, |claims| Why::Refused(Some(claims)));
            Ok(Redirect::to(&super::address(&login.return_to, why)).into_response())
        }
        Err(error) => Err(super::trouble(&error)),
    }
}

/// Asks the directory whether somebody is a guest. Whoever it does not tell of is taken for one.
async fn is_guest(app: &App, arrival: &Arrival) -> bool {
    let token = arrival.token();
    match app.graph.person(&token).me().await {
        Ok(me) => me.guest.unwrap_or(true),
        Err(error) => {
            tracing::warn!(%error, "the directory does not tell whether a person is a guest, so they are taken for one");
            true
        }
    }
}
