//! Signing in and out: the authorization code flow with PKCE, the checks that decide whom to believe, and the session.
//!
//! How to read it:
//! - [`Provider`] is the handle to the sign-in provider; `discovery` finds its addresses and keys and keeps them fresh,
//!   `keys` checks a signature with them, `claims` says who an identity token speaks of, `assertion` proves who Roster is,
//!   `own_token` gets a token for what Roster does by itself.
//! - [`start`] sends a person to the provider, [`callback`] takes them in, [`sign_out`] lets them go.
//! - [`session`] holds who is signed in; [`require`] guards every page; [`held`] keeps a form whose sender has to sign in
//!   first; [`return_to`] is where they go afterwards.

mod assertion;
pub mod callback;
mod capabilities;
mod claims;
mod departure;
mod discovery;
mod error;
pub mod held;
mod http;
mod keys;
mod own_token;
mod provider;
mod redeem;
pub mod require;
pub mod return_to;
#[cfg(feature = "demo")]
pub mod samples;
pub mod session;
mod settings;
pub mod sign_out;
pub mod start;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

pub use assertion::{Certificate, CertificateError};
pub use departure::{Begun, Departure, How, Prompt, SCOPES, asked_scopes};
pub use error::{Needed, Reason, SignInError, from_callback_error};
pub use own_token::OwnToken;
pub use provider::{BuildError, Provider};
pub use redeem::Arrival;
pub use session::Signed;
pub use settings::{ClaimNames, Credential, OwnIdentity, ProviderSettings};

use crate::web::{trouble::Trouble, words::Phrase};

/// Why somebody is sent to the sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why<'a> {
    /// Nobody is signed in, or the provider wants to see the person.
    First,
    /// The sign-in is due; the provider is asked without asking the person.
    Due,
    /// The directory no longer accepts the token. With what it wants proved, when it said so; the provider decides then
    /// whether it has to see the person. Else as if it were due.
    Refused(Option<&'a str>),
}

/// Returns the address of the sign-in that comes back to a page of ours.
#[must_use]
pub fn address(return_to: &str, why: Why<'_>) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("return_to", return_to);
    match why {
        Why::First => {}
        Why::Due => {
            query.append_pair("how", "renew");
        }
        Why::Refused(claims) => {
            query.append_pair("how", "refused");
            if let Some(claims) = claims {
                query.append_pair("claims", &URL_SAFE_NO_PAD.encode(claims));
            }
        }
    }
    format!("/sign-in?{}", query.finish())
}

/// Returns the trouble that a failed sign-in is to the person; the reason in full goes to the log.
fn trouble(error: &SignInError) -> Trouble {
    tracing::warn!(%error, "a sign-in did not work out");
    let why = match error {
        SignInError::ProviderUnavailable(_) => return Trouble::ProviderAway,
        SignInError::Interaction { why: Needed::NewCode, .. } => "sign-in-too-late",
        SignInError::Interaction { .. } => "sign-in-refused",
        SignInError::Refused(Reason::WrongTenant) => "sign-in-wrong-tenant",
        SignInError::Refused(Reason::NotAssigned) => "sign-in-not-assigned",
        SignInError::Refused(Reason::Cancelled) => "sign-in-cancelled",
        SignInError::NotTrusted(_) => "sign-in-not-trusted",
        SignInError::Misconfigured(_) => "sign-in-misconfigured",
    };
    Trouble::SignInFailed { why: Phrase::new(why) }
}
