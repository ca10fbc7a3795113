//! Sends a person to the sign-in provider: the address to go to, and what must be remembered until they come back.

use std::fmt;

use openidconnect::{CsrfToken, Nonce, PkceCodeChallenge};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::domain::powers::GROUP_SCOPE;

use super::{capabilities::claims_parameter, error::SignInError, provider::Provider};

/// What Roster asks to be allowed, with the feature that needs it. Never `offline_access`: a refresh token would live
/// 90 days and survive a change of password.
pub const SCOPES: &[&str] = &[
    // Says who signed in; `profile` brings the name and the object id.
    "openid",
    "profile",
    // The person's own title, department and account state, read when they ask to join.
    "User.Read",
    // The names of owners, members and requesters.
    "User.ReadBasic.All",
    // The groups, their owners and their members.
    "GroupMember.Read.All",
    // Adding and removing members as an owner.
    "GroupMember.ReadWrite.All",
];

/// Returns what Roster asks to be allowed: with `groups`, also to change groups themselves.
#[must_use]
pub fn asked_scopes(groups: bool) -> Vec<&'static str> {
    let more = groups.then_some(GROUP_SCOPE);
    SCOPES.iter().copied().chain(more).collect()
}

/// Says how a person is sent to the provider.
#[derive(Debug, Clone, Default)]
pub struct How {
    /// What the provider may ask the person.
    pub prompt: Prompt,
    /// Who is expected, as the provider named them in `login_hint` at an earlier sign-in.
    pub login_hint: Option<String>,
    /// What the tokens must be able to show: the decoded text of a claims challenge, or from
    /// [`SignInError::Interaction`].
    pub claims: Option<String>,
}

/// Says what the provider may ask a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Prompt {
    /// Nothing: they come back at once, signed in or not. For renewal.
    Silent,
    /// What it finds necessary.
    #[default]
    Normal,
    /// Which account they want, even when only one is signed in.
    SelectAccount,
}

/// A person on their way to the provider. All but the address stays with Roster, tied to the browser.
pub struct Departure {
    /// Where to send the browser.
    pub url: Url,
    /// Comes back with the code; finds this departure again.
    pub state: String,
    /// What is needed to redeem the code.
    pub begun: Begun,
}

/// What a departure leaves behind, to redeem the code with that comes back.
#[derive(Clone, Serialize, Deserialize)]
pub struct Begun {
    /// Comes back inside the identity token.
    pub nonce: String,
    /// Proves at the token endpoint that whoever redeems the code is who asked for it (RFC 7636).
    pub pkce_verifier: String,
    /// What the tokens must be able to show; said again at the token endpoint.
    pub claims: String,
}

impl Provider {
    /// Prepares a departure, with a fresh state, nonce and PKCE verifier of 128 bits or more each.
    ///
    /// # Errors
    /// [`SignInError::ProviderUnavailable`] while the provider has not been found.
    pub fn depart(&self, how: &How) -> Result<Departure, SignInError> {
        let known = self.known()?;
        let settings = &self.inner.settings;
        let (state, nonce) = (CsrfToken::new_random_len(32), Nonce::new_random_len(32));
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();

        let mut url = known.authorization.clone();
        url.query_pairs_mut()
            .append_pair("client_id", &settings.client_id)
            .append_pair("response_type", "code")
            .append_pair("redirect_uri", settings.redirect_uri.as_str())
            // A posted answer would come from another site, without our cookie.
            .append_pair("response_mode", "query")
            .append_pair("scope", &asked_scopes(settings.changes_groups).join(" "))
            .append_pair("state", state.secret())
            .append_pair("nonce", nonce.secret())
            .append_pair("code_challenge", challenge.as_str())
            .append_pair("code_challenge_method", "S256");
        let claims = claims_parameter(how.claims.as_deref());
        url.query_pairs_mut().append_pair("claims", &claims);
        how.add_to(&mut url);
        Ok(Departure {
            url,
            state: state.into_secret(),
            begun: Begun { nonce: nonce.secret().clone(), pkce_verifier: verifier.into_secret(), claims },
        })
    }
}

impl How {
    fn add_to(&self, url: &mut Url) {
        let prompt = match self.prompt {
            Prompt::Silent => Some("none"),
            Prompt::Normal => None,
            Prompt::SelectAccount => Some("select_account"),
        };
        for (name, value) in [("prompt", prompt), ("login_hint", self.login_hint.as_deref())] {
            if let Some(value) = value {
                url.query_pairs_mut().append_pair(name, value);
            }
        }
    }
}

impl fmt::Debug for Departure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The query of the address holds the state and the nonce.
        out.debug_struct("Departure")
            .field("host", &self.url.host_str())
            .field("path", &self.url.path())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Begun {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Begun").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_permission_is_asked_for_that_is_not_in_the_reviewed_list() {
        assert_eq!(
            SCOPES.join(" "),
            "openid profile User.Read User.ReadBasic.All GroupMember.Read.All GroupMember.ReadWrite.All"
        );
        assert_eq!(asked_scopes(false), SCOPES);
        assert_eq!(asked_scopes(true), [SCOPES, &["Group.ReadWrite.All"]].concat());
    }

    #[test]
    fn a_departure_shows_nothing_that_must_stay_with_roster() {
        let departure = Departure {
            url: Url::parse("https://login.contoso.example/authorize?state=canary1&nonce=canary2").expect("an address"),
            state: "canary1".to_owned(),
            begun: Begun {
                nonce: "canary2".to_owned(),
                pkce_verifier: "canary3".to_owned(),
                claims: "canary4".to_owned(),
            },
        };

        let shown = format!("{departure:?} {:?}", departure.begun);

        assert!(!shown.contains("canary") && shown.contains("login.contoso.example"), "{shown}");
    }
}
