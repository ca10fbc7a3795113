//! What Roster is told about the sign-in provider, and about itself as the provider knows it.

use std::time::Duration;

use secrecy::SecretString;
use url::Url;
use uuid::Uuid;

use super::assertion::Certificate;

/// Says where people sign in and how Roster is registered there.
#[derive(Debug)]
pub struct ProviderSettings {
    /// The issuer; the discovery document is below it. For Entra `https://login.microsoftonline.com/{tenant}/v2.0`.
    pub authority: Url,
    /// The one tenant whose people may sign in.
    pub tenant: Uuid,
    /// Roster's own id at the provider.
    pub client_id: String,
    /// How Roster proves that it is Roster.
    pub credential: Credential,
    /// Where the provider sends people back to after signing in; registered there, character for character.
    pub redirect_uri: Url,
    /// Where the provider sends people back to after signing out; registered there as well.
    pub post_logout_redirect_uri: Url,
    /// Whether owners change groups themselves and not only their members, which takes a scope more.
    pub changes_groups: bool,
    /// Which claims say who somebody is.
    pub claims: ClaimNames,
    /// The longest a call of the provider may take, from connecting to the last byte.
    pub timeout: Duration,
}

/// How Roster proves itself at the token endpoint.
#[derive(Debug, Clone)]
pub enum Credential {
    /// A shared secret; for trying things out.
    Secret(SecretString),
    /// A certificate whose key signs a short-lived assertion; what Microsoft recommends in production.
    Certificate(Certificate),
}

/// Another registration of Roster at the provider, with which it acts by itself and never as a person.
#[derive(Debug, Clone)]
pub struct OwnIdentity {
    /// Its id at the provider.
    pub client_id: String,
    /// How it proves itself.
    pub credential: Credential,
}

/// Names the claims that say who a person is. The defaults are Entra's; another provider may use others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimNames {
    /// The person's object id in the directory, a UUID.
    pub oid: String,
    /// The tenant's id, a UUID.
    pub tid: String,
    /// The roles the person holds in Roster.
    pub roles: String,
}

impl Default for ClaimNames {
    fn default() -> Self {
        Self { oid: "oid".to_owned(), tid: "tid".to_owned(), roles: "roles".to_owned() }
    }
}
