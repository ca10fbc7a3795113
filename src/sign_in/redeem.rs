//! Turns the code a person came back with into who they are and what Roster may do as them.

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use openidconnect::url::form_urlencoded::byte_serialize;
use reqwest::StatusCode;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;

use crate::{domain::viewer::Viewer, graph::AccessToken};

use super::{
    assertion::ASSERTION_TYPE,
    departure::{Begun, asked_scopes},
    discovery::Known,
    error::{SignInError, from_error, printable},
    http::Reply,
    provider::Provider,
    settings::Credential,
};

/// The longest life of an access token that is believed, in seconds: 28 hours, the most Entra gives under continuous
/// access evaluation.
const LONGEST_LIFE: u64 = 28 * 60 * 60;

/// The life that is assumed when the reply has none, in seconds. RFC 6749 section 5.1 leaves `expires_in` out at will.
const ASSUMED_LIFE: u64 = 60 * 60;

/// A person who has signed in.
pub struct Arrival {
    /// Who they are.
    pub viewer: Viewer,
    /// Whether a claim told if they are a guest; else the directory has to be asked.
    pub guest_is_known: bool,
    /// The access token for Graph. Roster never looks inside.
    pub secret: SecretString,
    /// When the access token ends.
    pub expires_at: Timestamp,
    /// What the token allows, as short names; decides what is offered.
    pub scopes: Vec<String>,
    /// The provider's session, for its front-channel sign-out.
    pub sid: Option<String>,
    /// How to name this person to the provider at the next departure or when they sign out.
    pub login_hint: Option<String>,
}

impl Arrival {
    /// Returns the token as Graph takes it.
    pub(super) fn token(&self) -> AccessToken {
        AccessToken { secret: self.secret.clone(), expires_at: self.expires_at, scopes: self.scopes.clone() }
    }
}

/// The token endpoint's answer (RFC 6749 section 5.1). A refresh token is never asked for; one that comes is not read.
#[derive(Deserialize)]
pub(super) struct TokenReply {
    pub(super) access_token: String,
    token_type: String,
    expires_in: Option<u64>,
    scope: Option<String>,
    id_token: Option<String>,
}

impl TokenReply {
    /// Returns when the access token ends, if it is one that Graph takes.
    pub(super) fn expires_at(&self, arrived: Timestamp) -> Result<Timestamp, SignInError> {
        if !self.token_type.eq_ignore_ascii_case("bearer") {
            return Err(SignInError::NotTrusted("the access token is not a bearer token".to_owned()));
        }
        let life = self.expires_in.unwrap_or(ASSUMED_LIFE).min(LONGEST_LIFE);
        Ok(arrived + SignedDuration::from_secs(life.cast_signed()))
    }
}

/// The token endpoint's refusal (RFC 6749 section 5.2, with what Entra adds). The description is not read: it may
/// name people.
#[derive(Deserialize)]
struct TokenRefusal {
    error: String,
    #[serde(default)]
    error_codes: Vec<u64>,
    suberror: Option<String>,
    trace_id: Option<String>,
    correlation_id: Option<String>,
    claims: Option<String>,
}

impl Provider {
    /// Redeems a code for the person's identity and access token, and checks both.
    ///
    /// # Errors
    /// Any [`SignInError`]. A code that was used before, is too old or came from another browser is an
    /// [`SignInError::Interaction`].
    pub async fn redeem(&self, code: String, begun: Begun) -> Result<Arrival, SignInError> {
        let known = self.known()?;
        let reply = self.ask_for_tokens(&known, &code, &begun).await?;
        let arrived = self.inner.clock.now();
        let expires_at = reply.expires_at(arrived)?;
        let id_token =
            reply.id_token.ok_or_else(|| SignInError::NotTrusted("there is no identity token".to_owned()))?;

        let claims = self.trusted_claims(&id_token, begun.nonce).await?;
        claims.check(&self.inner.settings.client_id, arrived)?;
        let viewer = claims.viewer(&self.inner.settings)?;

        Ok(Arrival {
            viewer,
            secret: reply.access_token.into(),
            expires_at,
            scopes: scopes(reply.scope.as_deref(), self.inner.settings.changes_groups),
            sid: claims.text("sid").map(str::to_owned),
            login_hint: claims.text("login_hint").map(str::to_owned),
            guest_is_known: claims.guest().is_some(),
        })
    }

    async fn ask_for_tokens(&self, known: &Known, code: &str, begun: &Begun) -> Result<TokenReply, SignInError> {
        let settings = &self.inner.settings;
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", settings.redirect_uri.as_str()),
            ("code_verifier", begun.pkce_verifier.as_str()),
            ("claims", begun.claims.as_str()),
        ];
        self.prove_and_ask(known, &settings.client_id, &settings.credential, &form).await
    }

    /// Asks the token endpoint as a registration of Roster that proves itself.
    pub(super) async fn prove_and_ask(
        &self,
        known: &Known,
        client_id: &str,
        credential: &Credential,
        form: &[(&str, &str)],
    ) -> Result<TokenReply, SignInError> {
        let mut form = [form, &[("client_id", client_id)]].concat();
        let mut basic = None;
        let assertion;
        match credential {
            Credential::Secret(secret) if known.secret_in_form => form.push(("client_secret", secret.expose_secret())),
            Credential::Secret(secret) => basic = Some((encoded(client_id), encoded(secret.expose_secret()))),
            Credential::Certificate(certificate) => {
                assertion = certificate
                    .assertion(client_id, &known.token, self.inner.clock.now())
                    .map_err(|error| SignInError::Misconfigured(error.to_string()))?;
                form.push(("client_assertion_type", ASSERTION_TYPE));
                form.push(("client_assertion", assertion.expose_secret()));
            }
        }
        read(&self.inner.http.post(&known.token, &form, basic).await?)
    }
}

/// RFC 6749 section 2.3.1 has both halves form-encoded before they go into the header.
fn encoded(text: &str) -> String {
    byte_serialize(text.as_bytes()).collect()
}

/// Reads the token endpoint's answer. What a parser says of it could quote a token, so it is left out.
fn read(reply: &Reply) -> Result<TokenReply, SignInError> {
    let status = reply.status;
    if status == StatusCode::OK {
        return serde_json::from_slice(&reply.body)
            .map_err(|_| SignInError::ProviderUnavailable("the token endpoint's answer cannot be read".to_owned()));
    }
    let unavailable = || SignInError::ProviderUnavailable(format!("the token endpoint answered {}", status.as_u16()));
    if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS {
        return Err(unavailable());
    }
    let refusal: TokenRefusal = serde_json::from_slice(&reply.body).map_err(|_| unavailable())?;
    let shown = |text: &Option<String>| text.as_deref().map(printable);
    tracing::warn!(
        error = printable(&refusal.error),
        error_codes = ?refusal.error_codes,
        suberror = shown(&refusal.suberror),
        trace_id = shown(&refusal.trace_id),
        correlation_id = shown(&refusal.correlation_id),
        "the token endpoint refused"
    );
    Err(from_error(&refusal.error, refusal.claims.as_deref()))
}

/// Returns what was granted, as short names: Entra may write them in full, as `https://graph.microsoft.com/User.Read`.
/// A reply without `scope` grants what was asked for (RFC 6749 section 5.1).
fn scopes(granted: Option<&str>, groups: bool) -> Vec<String> {
    let short = |name: &str| name.rsplit('/').next().unwrap_or(name).to_owned();
    match granted {
        Some(granted) => granted.split_ascii_whitespace().map(short).collect(),
        None => asked_scopes(groups).into_iter().map(str::to_owned).collect(),
    }
}

impl fmt::Debug for Arrival {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Whoever knows `sid` can end the session through the front channel, so it is not shown either.
        out.debug_struct("Arrival")
            .field("viewer", &self.viewer.id)
            .field("expires_at", &self.expires_at)
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use serde_json::{Value, json};
    use uuid::Uuid;

    use super::*;
    use crate::{
        domain::ids::PersonId,
        sign_in::{Needed, SignInError},
    };

    fn answer(status: u16, body: &Value) -> Result<TokenReply, SignInError> {
        let status = StatusCode::from_u16(status).expect("the test wrote a status");
        read(&Reply { status, body: body.to_string().into_bytes() })
    }

    #[test]
    fn a_wrong_secret_is_for_the_people_who_run_roster() {
        let body = json!({ "error": "invalid_client", "error_codes": [7_000_215], "trace_id": "t" });

        let outcome = answer(401, &body);

        assert!(matches!(outcome, Err(SignInError::Misconfigured(_))));
    }

    #[test]
    fn a_refusal_that_brings_a_challenge_hands_it_on() {
        let body =
            json!({ "error": "interaction_required", "suberror": "basic_action", "claims": "{\"access_token\":{}}" });

        let outcome = answer(400, &body).err();

        let claims = Some("{\"access_token\":{}}".to_owned());
        assert_eq!(outcome, Some(SignInError::Interaction { why: Needed::SignIn, claims }));
    }

    #[test]
    fn too_many_requests_and_server_faults_pass_by_themselves() {
        for status in [429, 500, 503] {
            let outcome = answer(status, &json!({ "error": "invalid_client" }));

            assert!(matches!(outcome, Err(SignInError::ProviderUnavailable(_))), "{status}");
        }
    }

    #[test]
    fn an_answer_that_cannot_be_read_is_not_quoted() {
        let outcome = answer(200, &json!({ "access_token": 7, "token_type": "canary" })).err();

        assert!(outcome.is_some_and(|error| !format!("{error} {error:?}").contains("canary")));
    }

    #[test]
    fn scopes_are_short_names_and_default_to_what_was_asked_for() {
        let full = scopes(Some("openid https://graph.microsoft.com/User.Read  GroupMember.Read.All"), false);

        assert_eq!(full, ["openid", "User.Read", "GroupMember.Read.All"]);
        assert_eq!(scopes(None, true), asked_scopes(true));
        assert_eq!(scopes(Some(""), true), [""; 0]);
    }

    #[test]
    fn an_arrival_shows_no_token_and_no_session_of_the_provider() {
        let arrival = Arrival {
            guest_is_known: true,
            viewer: Viewer {
                id: PersonId(Uuid::from_u128(0xada)),
                tenant: Uuid::from_u128(0xc047),
                name: "Ada Lovelace".to_owned(),
                username: "ada@contoso.example".to_owned(),
                guest: false,
                roles: Vec::new(),
            },
            secret: "canary1".into(),
            expires_at: Timestamp::UNIX_EPOCH,
            scopes: vec!["User.Read".to_owned()],
            sid: Some("canary2".to_owned()),
            login_hint: Some("canary3".to_owned()),
        };

        let shown = format!("{arrival:?}");

        assert!(!shown.contains("canary") && shown.contains("User.Read"), "{shown}");
    }
}
