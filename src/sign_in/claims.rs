//! Says who an identity token speaks of. The token's signature, issuer, audience, end and nonce are checked before.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::domain::{
    ids::PersonId,
    text::clean,
    viewer::{Role, Viewer},
};

use super::{
    error::{Reason, SignInError},
    keys::LEEWAY,
    settings::{ClaimNames, ProviderSettings},
};

/// The longest name that is kept, in characters; Entra's own limit for display names is 256.
const LONGEST_NAME: usize = 256;

/// The claims of an identity token.
pub(super) struct Claims(Map<String, Value>);

impl Claims {
    /// Returns the claims in a token's middle part.
    pub(super) fn of(token: &str) -> Option<Self> {
        let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
        serde_json::from_slice(&payload).ok().map(Self)
    }

    /// Checks what the signature's verifier leaves open: the start, and for whom the token was made.
    ///
    /// # Errors
    /// [`SignInError::NotTrusted`] says which check failed.
    pub(super) fn check(&self, client_id: &str, now: Timestamp) -> Result<(), SignInError> {
        let refuse = |text: &str| Err(SignInError::NotTrusted(text.to_owned()));
        let latest = (now + LEEWAY).as_second();
        match self.0.get("nbf") {
            None => {}
            Some(start) if start.as_f64().is_some_and(|start| start <= seconds(latest)) => {}
            Some(_) => return refuse("the identity token is not good yet"),
        }
        let several = matches!(self.0.get("aud"), Some(Value::Array(all)) if all.len() > 1);
        match self.0.get("azp") {
            Some(party) if party.as_str() != Some(client_id) => {
                refuse("the identity token was made for another application")
            }
            None if several => refuse("the identity token has several audiences and does not say for whom it was made"),
            _ => Ok(()),
        }
    }

    /// Returns the person the token speaks of.
    ///
    /// # Errors
    /// [`SignInError::NotTrusted`] when the tenant or the object id is missing or no UUID; [`SignInError::Refused`]
    /// when the tenant is another one.
    pub(super) fn viewer(&self, settings: &ProviderSettings) -> Result<Viewer, SignInError> {
        let names = &settings.claims;
        let tenant = self.uuid(&names.tid)?;
        if tenant != settings.tenant {
            return Err(SignInError::Refused(Reason::WrongTenant));
        }
        let id = self.uuid(&names.oid)?;
        let username = self.shown("preferred_username").unwrap_or_default();
        Ok(Viewer {
            id: PersonId(id),
            tenant,
            name: self.name(&username, id),
            username,
            guest: self.guest().unwrap_or(true),
            roles: self.roles(names),
        })
    }

    /// Returns a claim that is a text and not empty.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str().filter(|text| !text.is_empty())
    }

    fn uuid(&self, name: &str) -> Result<Uuid, SignInError> {
        let refuse = || SignInError::NotTrusted(format!("the claim '{name}' is missing or not an identifier"));
        let id: PersonId = self.text(name).and_then(|text| text.parse().ok()).ok_or_else(refuse)?;
        if id.0.is_nil() { Err(refuse()) } else { Ok(id.0) }
    }

    /// Returns what to call the person: their name, else their sign-in name, else their object id. Two people without a
    /// name must not look like one, as they would under a word such as "unknown".
    fn name(&self, username: &str, id: Uuid) -> String {
        let username = Some(username).filter(|name| !name.is_empty()).map(str::to_owned);
        self.shown("name").or(username).unwrap_or_else(|| id.to_string())
    }

    fn shown(&self, name: &str) -> Option<String> {
        let text: String = clean(self.text(name)?).chars().take(LONGEST_NAME).collect();
        Some(text).filter(|text| !text.is_empty())
    }

    /// Returns whether the person is a guest, `None` when no claim says it: then they are taken for one until the directory
    /// says otherwise. `acct` is 1 for a guest and 0 for a member (Entra, optional claims reference); other providers may
    /// copy the directory's `userType`.
    pub(super) fn guest(&self) -> Option<bool> {
        let acct = self.0.get("acct").and_then(|acct| acct.as_i64().or_else(|| acct.as_str()?.parse().ok()));
        let kinds: Vec<&str> = ["userType", "user_type"].iter().filter_map(|name| self.text(name)).collect();
        if acct == Some(1) || kinds.iter().any(|kind| kind.eq_ignore_ascii_case("guest")) {
            return Some(true);
        }
        let is_member = acct == Some(0) || kinds.iter().any(|kind| kind.eq_ignore_ascii_case("member"));
        is_member.then_some(false)
    }

    fn roles(&self, names: &ClaimNames) -> Vec<Role> {
        let values = match self.0.get(&names.roles) {
            Some(Value::Array(values)) => values.as_slice(),
            Some(value) => std::slice::from_ref(value),
            None => &[],
        };
        let mut roles = Vec::new();
        for role in values.iter().filter_map(Value::as_str).filter_map(Role::from_claim) {
            if !roles.contains(&role) {
                roles.push(role);
            }
        }
        roles
    }
}

/// Instants of the present fit an `f64` without loss.
#[allow(clippy::cast_precision_loss)]
fn seconds(at: i64) -> f64 {
    at as f64
}

#[cfg(test)]
mod tests;
