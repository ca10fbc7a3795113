//! The token endpoint: codes, refresh tokens and an application's own token.

use std::collections::BTreeSet;
use std::sync::atomic::Ordering;

use serde_json::{Value, json};
use uuid::Uuid;

use crate::authorize_request::{SIGN_IN_SCOPES, scopes};
use crate::claims::Claims;
use crate::client_auth::authenticate;
use crate::consent;
use crate::exchange::{Ask, Content, Reply, first};
use crate::grants::{Grant, Unredeemable};
use crate::id_token;
use crate::keys::sha256;
use crate::options::ClientRegistration;
use crate::tokens::{Caller, Session};
use crate::world::World;

/// Why no token is given out.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    status: u16,
    error: &'static str,
    number: u32,
    text: String,
    suberror: Option<&'static str>,
}

impl Refusal {
    pub(crate) fn new(status: u16, error: &'static str, number: u32, text: &str) -> Self {
        let text = text.to_owned();
        Self { status, error, number, text, suberror: None }
    }

    /// Refuses a token for what nobody agreed to.
    fn consent(text: &str) -> Self {
        Self { suberror: Some("consent_required"), ..Self::grant(65_001, text) }
    }

    fn grant(number: u32, text: &str) -> Self {
        Self::new(400, "invalid_grant", number, text)
    }

    /// Returns the refusal in the shape Entra gives it.
    fn into_reply(self, world: &World) -> Reply {
        let timestamp = world.clock.text("%Y-%m-%d %H:%M:%SZ");
        let (number, trace, correlation) = (self.number, Uuid::new_v4(), Uuid::new_v4());
        let mut body = json!({
            "error": self.error,
            "error_description": format!(
                "AADSTS{number}: {} Trace ID: {trace} Correlation ID: {correlation} Timestamp: {timestamp}",
                self.text
            ),
            "error_codes": [number],
            "timestamp": timestamp,
            "trace_id": trace,
            "correlation_id": correlation,
        });
        if let Some(suberror) = self.suberror {
            body["suberror"] = json!(suberror);
        }
        // Recorded answers carry no address for an unknown application or grant type.
        if !matches!(number, 700_038 | 70_003) {
            body["error_uri"] = json!(format!("{}/error?code={number}", world.url));
        }
        Reply::new(self.status, Content::Json(body))
    }
}

/// Answers the token endpoint.
pub(crate) fn serve(world: &World, ask: &Ask) -> Reply {
    answer(world, ask).unwrap_or_else(|refusal| refusal.into_reply(world))
}

fn answer(world: &World, ask: &Ask) -> Result<Reply, Refusal> {
    let form = ask.form();
    let grant_type = first(&form, "grant_type").unwrap_or_default();
    if !matches!(grant_type, "authorization_code" | "refresh_token" | "client_credentials") {
        let text = format!("The app requested an unsupported grant type '{grant_type}'.");
        return Err(Refusal::new(400, "unsupported_grant_type", 70_003, &text));
    }
    let client = authenticate(world, ask, &form)?;
    match grant_type {
        "authorization_code" => redeem_code(world, client, &form),
        "refresh_token" => refresh(world, client, &form),
        _ => own_token(world, client, &form),
    }
}

fn redeem_code(world: &World, client: &ClientRegistration, form: &[(String, String)]) -> Result<Reply, Refusal> {
    let code = first(form, "code").unwrap_or_default();
    let grant = world.grants().redeem(code, world.clock.seconds()).map_err(|reason| match reason {
        Unredeemable::Unknown => Refusal::grant(9_002_313, "Invalid request. Request is malformed or invalid."),
        Unredeemable::Used => Refusal::grant(
            54_005,
            "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.",
        ),
        Unredeemable::Expired => {
            Refusal::grant(70_008, "The provided authorization code or refresh token has expired due to inactivity.")
        }
    })?;
    if grant.client_id != client.client_id {
        return Err(Refusal::grant(70_000, "Provided grant was issued to another application."));
    }
    if first(form, "redirect_uri") != Some(grant.redirect_uri.as_str()) {
        let text = "The reply address does not match the reply address provided when requesting Authorization code.";
        return Err(Refusal::grant(500_112, text));
    }
    check_verifier(&grant, first(form, "code_verifier"))?;
    let claims = grant.claims.and(claims(form)?);
    give_tokens(world, client, grant.scopes, grant.session, grant.nonce, claims)
}

fn check_verifier(grant: &Grant, verifier: Option<&str>) -> Result<(), Refusal> {
    let fits = match (&grant.challenge, verifier) {
        (None, None) => true,
        (Some(challenge), Some(verifier)) => *challenge == sha256(verifier),
        _ => false,
    };
    if fits {
        Ok(())
    } else {
        let text = "The Code_Verifier does not match the code_challenge supplied in the authorization request.";
        Err(Refusal::grant(50_148, text))
    }
}

fn refresh(world: &World, client: &ClientRegistration, form: &[(String, String)]) -> Result<Reply, Refusal> {
    let token = first(form, "refresh_token").unwrap_or_default();
    let found = world.tokens().refresh(token, world.clock.seconds());
    let found = found.filter(|found| found.client_id == client.client_id).ok_or_else(|| {
        let text = "The provided grant has expired due to it being revoked, a fresh auth token is needed.";
        Refusal::grant(50_173, text)
    })?;
    let mut wanted = found.scopes;
    if let Some(text) = first(form, "scope") {
        let narrower = scopes(text).map_err(|scope| foreign_resource(world, &scope))?;
        wanted.retain(|scope| scope == "offline_access" || narrower.contains(scope));
    }
    give_tokens(world, client, wanted, found.session, None, claims(form)?)
}

/// Reads what the application says of its tokens.
fn claims(form: &[(String, String)]) -> Result<Claims, Refusal> {
    let malformed =
        || Refusal::new(400, "invalid_request", 9_002_313, "Invalid request. Request is malformed or invalid.");
    Claims::read(first(form, "claims")).map_err(|()| malformed())
}

/// Gives a person's tokens: what was asked for, as far as it is granted.
fn give_tokens(
    world: &World,
    client: &ClientRegistration,
    wanted: BTreeSet<String>,
    session: Session,
    nonce: Option<String>,
    claims: Claims,
) -> Result<Reply, Refusal> {
    let now = world.clock.seconds();
    let person = world.directory().person(session.person).cloned();
    let person = person
        .filter(|person| person.account_enabled)
        .ok_or_else(|| Refusal::grant(50_057, "The user account is disabled."))?;
    if consent::missing(world, person.id, &wanted).is_some() {
        return Err(Refusal::consent(&consent::description(world, client.client_id)));
    }
    let granted = granted(world, &wanted);
    let long = world.behaviour().challenged_token_seconds.filter(|_| claims.capable);
    let seconds = long.unwrap_or_else(|| world.token_seconds.load(Ordering::SeqCst));
    let expires = now.saturating_add_unsigned(seconds);
    let caller = Caller { app: client.client_id, person: Some(person.id), scopes: granted.clone() };
    let access_token = world.tokens().give_access(caller, expires, claims);
    let mut body = json!({
        "token_type": "Bearer",
        "scope": shown(&granted),
        "expires_in": seconds,
        "ext_expires_in": seconds,
        "access_token": access_token,
    });
    if wanted.contains("openid") {
        body["id_token"] = Value::String(id_token::issue(world, client, &person, &session, nonce.as_deref()));
    }
    if wanted.contains("offline_access") {
        let token = world.tokens().give_refresh(client.client_id, wanted, session, now);
        body["refresh_token"] = Value::String(token);
    }
    Ok(Reply::json(body))
}

/// Returns what is both asked for and granted; `.default` asks for everything.
fn granted(world: &World, wanted: &BTreeSet<String>) -> BTreeSet<String> {
    let consented = world.granted();
    let of_graph: BTreeSet<String> = if wanted.contains(".default") {
        consented.clone()
    } else {
        wanted.intersection(&consented).cloned().collect()
    };
    let of_sign_in = wanted.iter().filter(|scope| SIGN_IN_SCOPES.contains(&scope.as_str()));
    of_graph.into_iter().chain(of_sign_in.cloned()).collect()
}

/// Returns scopes as the reply lists them; Entra leaves `offline_access` out.
fn shown(granted: &BTreeSet<String>) -> String {
    let listed: Vec<&str> = granted.iter().map(String::as_str).filter(|scope| *scope != "offline_access").collect();
    listed.join(" ")
}

fn own_token(world: &World, client: &ClientRegistration, form: &[(String, String)]) -> Result<Reply, Refusal> {
    let scope = first(form, "scope").unwrap_or_default();
    let Some(resource) = scope.strip_suffix("/.default") else {
        let text = format!(
            "The provided value for scope {scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI)."
        );
        return Err(Refusal::new(400, "invalid_scope", 1_002_012, &text));
    };
    if resource != "https://graph.microsoft.com" && resource != world.url {
        return Err(foreign_resource(world, resource));
    }
    let seconds = world.token_seconds.load(Ordering::SeqCst);
    let expires = world.clock.seconds().saturating_add_unsigned(seconds);
    let is_service = world.options.service.as_ref().is_some_and(|service| service.client_id == client.client_id);
    let granted = if is_service { world.app_permissions().clone() } else { client.app_permissions.clone() };
    let scopes = granted.into_iter().collect();
    let access_token =
        world.tokens().give_access(Caller { app: client.client_id, person: None, scopes }, expires, Claims::default());
    Ok(Reply::json(json!({
        "token_type": "Bearer",
        "expires_in": seconds,
        "ext_expires_in": seconds,
        "access_token": access_token,
    })))
}

fn foreign_resource(world: &World, resource: &str) -> Refusal {
    let tenant = world.options.tenant_id;
    let text = format!(
        "The resource principal named {resource} was not found in the tenant named {tenant}. This can happen if the \
         application has not been installed by the administrator of the tenant or consented to by any user in the \
         tenant. You might have sent your authentication request to the wrong tenant."
    );
    Refusal::new(400, "invalid_resource", 500_011, &text)
}
