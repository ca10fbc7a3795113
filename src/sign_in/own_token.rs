//! The token of the portal's own identity (OAuth 2.0 client credentials), kept until shortly before its end.

use jiff::{SignedDuration, Timestamp};
use tokio::sync::Mutex;
use url::Url;

use crate::graph::ServiceToken;

use super::{error::SignInError, provider::Provider, settings::OwnIdentity};

/// How long before its end a token is replaced: longer than a page of a listing may take.
const BEFORE_THE_END: SignedDuration = SignedDuration::from_mins(5);

/// The portal's own identity with the token it has at the moment.
#[derive(Debug)]
pub struct OwnToken {
    identity: OwnIdentity,
    /// Graph's own address, whose permissions are asked for.
    resource: String,
    /// Locked while a new one is asked for, so that one call asks for all who wait.
    kept: Mutex<Option<ServiceToken>>,
}

impl OwnToken {
    /// Prepares an identity for the Graph at an address, without using the network.
    #[must_use]
    pub fn new(identity: OwnIdentity, graph: &Url) -> Self {
        let resource = graph.origin().ascii_serialization();
        Self { identity, resource, kept: Mutex::new(None) }
    }

    /// Returns a token that lasts for another while, a new one when the one at hand is about to end.
    ///
    /// # Errors
    /// [`SignInError::Misconfigured`] when the provider does not accept the identity;
    /// [`SignInError::ProviderUnavailable`] when it does not answer.
    pub async fn get(&self, provider: &Provider) -> Result<ServiceToken, SignInError> {
        let mut kept = self.kept.lock().await;
        let now = provider.inner.clock.now();
        if let Some(token) = kept.as_ref().filter(|token| is_fresh(token, now)) {
            return Ok(token.clone());
        }
        // Graph's `.default` stands for every application permission that was granted; no other can be asked for.
        let scope = format!("{}/.default", self.resource);
        let form = [("grant_type", "client_credentials"), ("scope", scope.as_str())];
        let known = provider.known()?;
        let reply = provider.prove_and_ask(&known, &self.identity.client_id, &self.identity.credential, &form).await?;
        let expires_at = reply.expires_at(provider.inner.clock.now())?;
        let token = ServiceToken::new(reply.access_token.into(), expires_at);
        *kept = Some(token.clone());
        Ok(token)
    }

    /// Forgets the token at hand, because Graph did not take it.
    pub async fn forget(&self) {
        *self.kept.lock().await = None;
    }
}

/// A clock that was set back must not keep a token for ever: no token lasts longer than a day and a bit.
fn is_fresh(token: &ServiceToken, now: Timestamp) -> bool {
    let left = token.expires_at().duration_since(now);
    left > BEFORE_THE_END && left <= SignedDuration::from_hours(29)
}
