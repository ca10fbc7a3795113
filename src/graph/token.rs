//! The access token of a signed-in person, as the token endpoint gave it.

use jiff::Timestamp;
use secrecy::SecretString;

/// What lets Roster call Graph as a person. There is no default and no way to call without one.
#[derive(Debug, Clone)]
pub struct AccessToken {
    /// The bearer token; printed as redacted.
    pub secret: SecretString,
    /// When it ends.
    pub expires_at: Timestamp,
    /// The scopes the token reply granted, which may be fewer than were asked for.
    pub scopes: Vec<String>,
}

impl AccessToken {
    /// Returns whether a scope was granted. Entra writes a scope short (`User.Read`) or with its resource in front
    /// (`https://graph.microsoft.com/User.Read`), and compares without regard to case.
    #[must_use]
    pub fn allows(&self, scope: &str) -> bool {
        self.scopes.iter().any(|granted| {
            let name = granted.rsplit('/').next().unwrap_or(granted);
            name.eq_ignore_ascii_case(scope)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(scopes: &[&str]) -> AccessToken {
        AccessToken {
            secret: SecretString::from("very-secret"),
            expires_at: Timestamp::UNIX_EPOCH,
            scopes: scopes.iter().map(ToString::to_string).collect(),
        }
    }

    #[test]
    fn a_scope_counts_with_and_without_its_resource() {
        let token = token(&["openid", "https://graph.microsoft.com/GroupMember.ReadWrite.All"]);

        assert!(token.allows("GroupMember.ReadWrite.All"));
        assert!(token.allows("groupmember.readwrite.all"));
        assert!(!token.allows("GroupMember.Read.All"));
    }

    #[test]
    fn a_token_is_never_printed() {
        assert!(!format!("{:?}", token(&[])).contains("very-secret"));
    }
}
