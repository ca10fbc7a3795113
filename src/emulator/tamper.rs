//! Ways to forge the next identity token, for tests of a client's checks.

use serde_json::Value;

/// How the next identity token is forged.
pub enum Tamper {
    /// The claims are changed, then signed properly.
    Claims(Box<dyn FnOnce(&mut Value) + Send>),
    /// The token is not signed and says `alg: none`.
    AlgNone,
    /// The token is signed with HMAC, and the published key is the secret.
    HmacWithPublicKey,
    /// The token is signed with a key that is not published.
    UnknownKey,
    /// One bit of the signature is turned over.
    BadSignature,
}

impl Tamper {
    /// Changes claims before signing.
    pub fn claims(change: impl FnOnce(&mut Value) + Send + 'static) -> Self {
        Self::Claims(Box::new(change))
    }
}

impl std::fmt::Debug for Tamper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Claims(_) => "Claims",
            Self::AlgNone => "AlgNone",
            Self::HmacWithPublicKey => "HmacWithPublicKey",
            Self::UnknownKey => "UnknownKey",
            Self::BadSignature => "BadSignature",
        })
    }
}
