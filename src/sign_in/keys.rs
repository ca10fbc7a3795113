//! Checks an identity token against the provider's keys, and asks for new keys when a token names an unknown one.

use std::{str::FromStr as _, sync::Arc};

use chrono::{DateTime, Utc};
use jiff::{SignedDuration, Timestamp};
use openidconnect::{
    ClaimsVerificationError, ClientId, Nonce, SignatureVerificationError,
    core::{CoreIdToken, CoreIdTokenVerifier, CoreJwsSigningAlgorithm},
};

use super::{claims::Claims, discovery::Known, error::SignInError, provider::Provider};

/// How far the provider's clock and ours may be apart.
pub(super) const LEEWAY: SignedDuration = SignedDuration::from_mins(2);

/// How often an unknown key is worth asking the provider for its keys.
const ASK_EVERY: SignedDuration = SignedDuration::from_secs(30);

/// A time the keys were asked for, and how that went.
pub(super) struct Asked {
    at: Timestamp,
    outcome: Result<(), SignInError>,
}

impl Provider {
    /// Checks an identity token and returns its claims.
    ///
    /// # Errors
    /// [`SignInError::NotTrusted`] says which check failed; [`SignInError::ProviderUnavailable`] when its keys are
    /// needed and cannot be had.
    pub(super) async fn trusted_claims(&self, token: &str, nonce: String) -> Result<Claims, SignInError> {
        use ClaimsVerificationError::SignatureVerification;
        let known = self.known()?;
        let nonce = Nonce::new(nonce);
        // The reason of the parser could quote the token, so it is left out.
        let parsed = CoreIdToken::from_str(token)
            .map_err(|_| SignInError::NotTrusted("the identity token cannot be read".to_owned()))?;

        let outcome = match self.verify(&known, &parsed, &nonce) {
            Err(SignatureVerification(SignatureVerificationError::NoMatchingKey)) => {
                let renewed = self.renewed_keys(&known).await?;
                self.verify(&renewed, &parsed, &nonce)
            }
            outcome => outcome,
        };
        outcome.map_err(|error| SignInError::NotTrusted(detail(&error)))?;
        Claims::of(token).ok_or_else(|| SignInError::NotTrusted("the identity token holds no claims".to_owned()))
    }

    /// Checks signature, algorithm, type, issuer, audience, end and nonce.
    fn verify(&self, known: &Known, token: &CoreIdToken, nonce: &Nonce) -> Result<(), ClaimsVerificationError> {
        let client_id = ClientId::new(self.inner.settings.client_id.clone());
        let time = utc(self.inner.clock.now() - LEEWAY);
        // A verifier without the client secret: nothing signed with a shared secret can pass.
        let verifier = CoreIdTokenVerifier::new_public_client(client_id, known.issuer.clone(), known.keys.clone())
            .set_allowed_algs([CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256])
            // Further audiences are accepted when the token says it was made for Roster; see `Claims::check`.
            .set_other_audience_verifier_fn(|_| true)
            .set_time_fn(move || time);
        token.claims(&verifier, nonce).map(|_| ())
    }

    /// Asks for the keys again: one call for everybody who waits, and none within 30 seconds of the last.
    async fn renewed_keys(&self, seen: &Arc<Known>) -> Result<Arc<Known>, SignInError> {
        let mut asked = self.inner.asked.lock().await;
        let known = self.known()?;
        if !Arc::ptr_eq(&known, seen) {
            return Ok(known);
        }
        let now = self.inner.clock.now();
        if let Some(last) = asked.as_ref().filter(|last| now.duration_since(last.at).abs() < ASK_EVERY) {
            return last.outcome.clone().map(|()| known);
        }
        let outcome = self.discover().await;
        *asked = Some(Asked { at: now, outcome: outcome.clone() });
        outcome?;
        self.known()
    }
}

fn utc(at: Timestamp) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(at.as_millisecond()).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

fn detail(error: &ClaimsVerificationError) -> String {
    match error {
        ClaimsVerificationError::SignatureVerification(cause) => cause.to_string(),
        other => other.to_string(),
    }
}
