//! What an application asks of the authorize page, checked.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::claims::Claims;
use crate::exchange::Ask;
use crate::world::World;

/// The prefix of Graph's scopes in their long form.
const GRAPH_SCOPE: &str = "https://graph.microsoft.com/";

/// Scopes that belong to the sign-in itself and need no consent of an administrator.
pub(crate) const SIGN_IN_SCOPES: [&str; 4] = ["openid", "profile", "email", "offline_access"];

/// A request to sign somebody in, with an application and a return address that are registered.
#[derive(Clone, Debug)]
pub(crate) struct AuthorizeRequest {
    pub(crate) client_id: Uuid,
    pub(crate) redirect_uri: String,
    pub(crate) state: Option<String>,
    pub(crate) nonce: Option<String>,
    pub(crate) challenge: Option<String>,
    pub(crate) scopes: BTreeSet<String>,
    pub(crate) prompt: Option<String>,
    pub(crate) login_hint: Option<String>,
    pub(crate) claims: Claims,
}

/// Why a request goes no further.
#[derive(Clone, Debug)]
pub(crate) enum Fault {
    /// Shown as a page, because the return address cannot be trusted.
    Page(&'static str, String),
    /// Sent back to the application.
    SentBack { redirect_uri: String, state: Option<String>, error: &'static str, description: &'static str },
}

impl AuthorizeRequest {
    /// Checks a request.
    ///
    /// # Errors
    /// Returns a fault that is shown until the return address is known to be registered, and sent back after that.
    pub(crate) fn read(world: &World, ask: &Ask) -> Result<Self, Fault> {
        let (client_id, redirect_uri) = return_address(world, ask)?;
        let state = ask.parameter("state").map(str::to_owned);
        if let Some((error, description)) = refusal(ask) {
            return Err(Fault::SentBack { redirect_uri, state, error, description });
        }
        let text = |name| ask.parameter(name).map(str::to_owned);
        Ok(Self {
            client_id,
            redirect_uri,
            state,
            nonce: text("nonce"),
            challenge: text("code_challenge"),
            scopes: scopes(ask.parameter("scope").unwrap_or_default()).unwrap_or_default(),
            prompt: text("prompt"),
            login_hint: text("login_hint"),
            claims: Claims::read(ask.parameter("claims")).unwrap_or_default(),
        })
    }
}

fn return_address(world: &World, ask: &Ask) -> Result<(Uuid, String), Fault> {
    let named = ask.parameter("client_id").unwrap_or_default();
    let client = Uuid::parse_str(named).ok().and_then(|id| world.registration(id)).ok_or_else(|| {
        let message = format!(
            "Application with identifier '{named}' was not found in the directory. \
             It may not be installed here, or the request went to another tenant than it was meant for."
        );
        Fault::Page("AADSTS700016", message)
    })?;
    let wanted = ask.parameter("redirect_uri").unwrap_or_default();
    if !client.redirect_uris.iter().any(|registered| registered == wanted) {
        let message = format!(
            "The redirect URI '{wanted}' specified in the request does not match the redirect URIs configured \
             for the application '{named}'."
        );
        return Err(Fault::Page("AADSTS50011", message));
    }
    Ok((client.client_id, wanted.to_owned()))
}

fn refusal(ask: &Ask) -> Option<(&'static str, &'static str)> {
    if ask.parameter("response_type") != Some("code") {
        return Some(("unsupported_response_type", "AADSTS70005: The response type is not supported; only 'code' is."));
    }
    if !matches!(ask.parameter("response_mode"), None | Some("query")) {
        return Some(("invalid_request", "AADSTS70007: The response mode is not supported; only 'query' is."));
    }
    if ask.parameter("code_challenge").is_some() && ask.parameter("code_challenge_method") != Some("S256") {
        return Some(("invalid_request", "AADSTS9002325: The code challenge method is not S256."));
    }
    if Claims::read(ask.parameter("claims")).is_err() {
        return Some(("invalid_request", "AADSTS9002313: Invalid request. Request is malformed or invalid."));
    }
    match scopes(ask.parameter("scope").unwrap_or_default()) {
        Ok(scopes) if scopes.is_empty() => {
            Some(("invalid_request", "AADSTS900144: The request must contain the following parameter: 'scope'."))
        }
        Ok(_) => None,
        Err(_) => Some(("invalid_resource", "AADSTS500011: The resource of a scope was not found in the tenant.")),
    }
}

/// Returns scopes in their short form; `Err` carries one that belongs to another resource than Graph.
pub(crate) fn scopes(text: &str) -> Result<BTreeSet<String>, String> {
    text.split_whitespace()
        .map(|scope| match scope.strip_prefix(GRAPH_SCOPE) {
            Some(short) => Ok(short.to_owned()),
            None if scope.contains("://") => Err(scope.to_owned()),
            None => Ok(scope.to_owned()),
        })
        .collect()
}
