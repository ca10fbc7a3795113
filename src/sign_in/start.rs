//! The way to the provider.

use axum::{
    extract::{Query, State},
    http::{HeaderMap, Uri, header},
    response::{IntoResponse, Redirect, Response},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use tower_cookies::Cookies;
use tower_sessions::Session;
use url::Url;

use crate::{
    config, graph,
    web::{app::App, cookies::Purpose, frame::Jar, trouble::Trouble},
};

use super::{Begun, How, Prompt, return_to::ReturnTo, session};

/// How long a sign-in may take.
const LOGIN_TIME: SignedDuration = SignedDuration::from_mins(20);

/// What the address of the sign-in says.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    /// Where to go afterwards.
    #[serde(default)]
    return_to: String,
    /// `renew` to renew without asking the person; `refused` when the directory did not accept the token; `choose` to ask
    /// who they are.
    #[serde(default)]
    how: String,
    /// What Graph wants the sign-in to prove, as it said it (base64url).
    claims: Option<String>,
}

/// A sign-in on its way, sealed in the store under its `state`.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Login {
    pub(super) begun: Begun,
    pub(super) return_to: String,
    pub(super) silent: bool,
    /// The directory refused the token before this one.
    pub(super) refused: bool,
}

/// Sends the browser to the provider, and remembers under a `state` of its own what it was sent for.
///
/// # Errors
/// [`Trouble::ProviderAway`] when the provider has not answered since the start.
pub async fn start(
    State(app): State<App>,
    session: Session,
    Jar(cookies): Jar,
    headers: HeaderMap,
    uri: Uri,
    wanted: Query<Wanted>,
) -> Result<Response, Trouble> {
    if let Some(address) = own_name(&app, &headers, &uri) {
        return Ok(Redirect::to(&address).into_response());
    }
    let signed = session::read(&session).await?;
    let claims = wanted.claims.as_deref().and_then(graph::read_claims);
    let refused = wanted.how == "refused" && signed.is_some();
    let silent = claims.is_none() && signed.is_some() && (refused || wanted.how == "renew");
    let how = How {
        prompt: match wanted.how.as_str() {
            _ if silent => Prompt::Silent,
            "choose" => Prompt::SelectAccount,
            _ => Prompt::Normal,
        },
        login_hint: signed.and_then(|signed| signed.login_hint),
        claims,
    };

    let departure = app.provider.depart(&how).map_err(|error| super::trouble(&error))?;

    let login = Login {
        begun: departure.begun,
        return_to: ReturnTo::new(&wanted.return_to).as_str().to_owned(),
        silent,
        refused,
    };
    let browser = browser_token(&app, &cookies);
    let until = app.clock.now() + LOGIN_TIME;
    app.logins.put(&departure.state, &browser, &login, until).await?;

    Ok(Redirect::to(departure.url.as_str()).into_response())
}

/// On this machine one portal has two names, `localhost` and `127.0.0.1`, and cookies keep to one. Returns the address
/// under the name that the provider sends people back to.
fn own_name(app: &App, headers: &HeaderMap, uri: &Uri) -> Option<String> {
    let base = &app.settings.base_url;
    let asked = Url::parse(&format!("http://{}", headers.get(header::HOST)?.to_str().ok()?)).ok()?;
    let is_other = config::is_loopback(base) && config::is_loopback(&asked) && asked.host() != base.host();
    is_other.then(|| format!("{}{uri}", base.as_str().trim_end_matches('/')))
}

/// Returns the random value that binds sign-ins and kept forms to this browser, made when there is none.
pub(super) fn browser_token(app: &App, cookies: &Cookies) -> String {
    let https = app.settings.is_https();
    let known = cookies.get(&Purpose::Browser.name(https)).map(|cookie| cookie.value().to_owned());
    let token = known.filter(|token| token.len() == 43).unwrap_or_else(random_token);
    cookies.add(Purpose::Browser.cookie(token.clone(), https));
    token
}

/// Returns 256 random bits as text.
pub(super) fn random_token() -> String {
    let mut bytes = [0_u8; 32];
    // The system's generator does not fail once the process has started.
    aws_lc_rs::rand::fill(&mut bytes).expect("the system gives random bytes");
    URL_SAFE_NO_PAD.encode(bytes)
}
