//! Finds the provider's addresses and keys, and keeps them fresh.

use std::{
    sync::{Arc, PoisonError},
    time::Duration,
};

use openidconnect::{
    IssuerUrl, ProviderMetadataWithLogout,
    core::{CoreClientAuthMethod, CoreJsonWebKeySet},
};
use url::Url;

use super::{error::SignInError, http::Http, provider::Provider};

/// How long to wait after the first failure; doubled with each further one.
const FIRST_WAIT: Duration = Duration::from_millis(200);

/// The longest wait between two tries.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// How long addresses and keys are good for.
const REFRESH_AFTER: Duration = Duration::from_hours(1);

/// What is known of the provider, replaced as a whole.
pub(super) struct Known {
    pub(super) issuer: IssuerUrl,
    pub(super) authorization: Url,
    pub(super) token: Url,
    pub(super) end_session: Option<Url>,
    /// Whether a client secret goes into the form; else into the header, as the standard has it by default.
    pub(super) secret_in_form: bool,
    pub(super) keys: CoreJsonWebKeySet,
}

impl Provider {
    /// Finds the provider and keeps its addresses and keys fresh, hour by hour. Runs until it is dropped, for the
    /// background: a provider that is away delays signing in, never the start of Roster.
    pub async fn discover_until_found(&self) {
        let authority = self.inner.settings.authority.as_str();
        let mut wait = FIRST_WAIT;
        let mut away = false;
        loop {
            match self.discover().await {
                Ok(()) => {
                    if std::mem::take(&mut away) {
                        tracing::info!(authority, "the sign-in provider answers again");
                    }
                    wait = FIRST_WAIT;
                    tokio::time::sleep(REFRESH_AFTER).await;
                }
                Err(error) => {
                    if !std::mem::replace(&mut away, true) {
                        tracing::warn!(authority, %error, "the sign-in provider cannot be found; trying on");
                    }
                    tokio::time::sleep(wait).await;
                    wait = (wait * 2).min(LONGEST_WAIT);
                }
            }
        }
    }

    /// Reads the provider's addresses and keys once. What was known stays when that fails.
    ///
    /// # Errors
    /// [`SignInError::ProviderUnavailable`] when it does not answer; [`SignInError::Misconfigured`] when it answers for
    /// another issuer or names an address that is not protected.
    pub async fn discover(&self) -> Result<(), SignInError> {
        let http = &self.inner.http;
        let metadata: ProviderMetadataWithLogout = http.get_json(&self.discovery_address()).await?;
        // Entra's issuer for one tenant is exactly its authority (Microsoft identity platform, access tokens).
        if *metadata.issuer().url() != self.inner.settings.authority {
            let text = format!("the issuer is {}, not the authority in the settings", metadata.issuer().as_str());
            return Err(SignInError::Misconfigured(text));
        }
        let keys = http.get_json(metadata.jwks_uri().url()).await?;
        let known = Arc::new(Known::read(&metadata, keys, http)?);
        *self.inner.known.write().unwrap_or_else(PoisonError::into_inner) = Some(known);
        Ok(())
    }

    /// Returns the address of the discovery document (OIDC Discovery 1.0, section 4).
    pub(super) fn discovery_address(&self) -> Url {
        let mut url = self.inner.settings.authority.clone();
        let path = format!("{}/.well-known/openid-configuration", url.path().trim_end_matches('/'));
        url.set_path(&path);
        url
    }
}

impl Known {
    fn read(metadata: &ProviderMetadataWithLogout, keys: CoreJsonWebKeySet, http: &Http) -> Result<Self, SignInError> {
        let protected = |url: &Url| {
            let text = || format!("{} is not a protected address", url.origin().ascii_serialization());
            if http.allows(url) { Ok(url.clone()) } else { Err(SignInError::Misconfigured(text())) }
        };
        let token = metadata
            .token_endpoint()
            .ok_or_else(|| SignInError::Misconfigured("the provider has no token endpoint".to_owned()))?;
        let end_session = metadata.additional_metadata().end_session_endpoint.as_ref();
        let methods = metadata.token_endpoint_auth_methods_supported();
        Ok(Self {
            issuer: metadata.issuer().clone(),
            authorization: protected(metadata.authorization_endpoint().url())?,
            token: protected(token.url())?,
            end_session: end_session.map(|url| protected(url.url())).transpose()?,
            secret_in_form: methods.is_some_and(|all| all.contains(&CoreClientAuthMethod::ClientSecretPost)),
            keys,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn read(change: impl FnOnce(&mut Value)) -> Result<Known, SignInError> {
        let mut document = json!({
            "issuer": "https://login.contoso.example/v2.0",
            "authorization_endpoint": "https://login.contoso.example/authorize?policy=strict",
            "token_endpoint": "https://login.contoso.example/token",
            "end_session_endpoint": "https://login.contoso.example/logout",
            "jwks_uri": "https://login.contoso.example/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt"],
        });
        change(&mut document);
        let authority = Url::parse("https://login.contoso.example/v2.0").expect("the test wrote an address");
        let http = Http::new(&authority, Duration::from_secs(1)).expect("TLS can be prepared");
        let metadata = serde_json::from_value(document).expect("the test wrote a document");
        Known::read(&metadata, CoreJsonWebKeySet::default(), &http)
    }

    #[test]
    fn an_endpoint_that_is_not_protected_is_not_used() {
        for name in ["authorization_endpoint", "token_endpoint", "end_session_endpoint"] {
            let outcome = read(|document| document[name] = json!("http://login.contoso.example/"));

            assert!(matches!(outcome, Err(SignInError::Misconfigured(_))), "{name}");
        }
    }

    #[test]
    fn a_provider_without_a_page_for_signing_out_is_good_enough() {
        let known = read(|document| {
            document.as_object_mut().map(|fields| fields.remove("end_session_endpoint"));
        });

        assert!(known.is_ok_and(|known| known.end_session.is_none()));
    }

    #[test]
    fn a_secret_goes_into_the_form_only_where_the_provider_takes_it() {
        let entra = read(|_| {}).map(|known| known.secret_in_form);
        let silent = read(|document| document["token_endpoint_auth_methods_supported"] = Value::Null);

        assert_eq!(entra, Ok(true));
        assert_eq!(silent.map(|known| known.secret_in_form), Ok(false));
    }
}
