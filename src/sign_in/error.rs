//! What can go wrong while somebody signs in, told apart by what happens next.

/// Says why a sign-in did not succeed. The texts are for the log; the words people read are chosen by the page.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignInError {
    /// The provider cannot be reached or does not answer sensibly. Trying again later helps.
    #[error("the sign-in provider is not available: {0}")]
    ProviderUnavailable(String),
    /// The person has to sign in with the provider's own pages.
    #[error("the person has to sign in again ({why:?})")]
    Interaction {
        /// What is needed.
        why: Needed,
        /// What the provider wants to see in the next departure's `claims`, when it said so.
        claims: Option<String>,
    },
    /// The person may not come in, and signing in again as they are will not change that.
    #[error("the sign-in was refused ({0:?})")]
    Refused(Reason),
    /// What came back is not from the provider, or not for this sign-in.
    #[error("the sign-in cannot be trusted: {0}")]
    NotTrusted(String),
    /// The provider does not accept Roster itself. The people who run Roster have to act.
    #[error("the sign-in provider does not accept Roster's registration: {0}")]
    Misconfigured(String),
}

/// Says what a person is needed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needed {
    /// Nobody is signed in at the provider, or it has a question that a silent sign-in cannot ask.
    SignIn,
    /// Somebody has to consent to what Roster may do.
    Consent,
    /// The code was used before, is too old, or belongs to another browser. A new departure gets a new code; going
    /// without asking the person may run in circles.
    NewCode,
}

/// Says why a person may not come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// They belong to another tenant.
    WrongTenant,
    /// They are not assigned to Roster, and the tenant asks for that.
    NotAssigned,
    /// They chose not to sign in, or not to consent.
    Cancelled,
}

/// Returns what an `error` means that the provider sent to the callback page.
///
/// The codes are those of RFC 6749 section 4.1.2.1, OIDC Core section 3.1.2.6, and Microsoft's "Error codes
/// for authorization endpoint errors". The number in the description only refines the words, as Microsoft asks.
#[must_use]
pub fn from_callback_error(error: &str, description: Option<&str>) -> SignInError {
    // AADSTS50105: "the signed in user is not assigned to a role for the application".
    let not_assigned = description.is_some_and(|text| text.contains("AADSTS50105"));
    match error {
        _ if not_assigned => SignInError::Refused(Reason::NotAssigned),
        "access_denied" => SignInError::Refused(Reason::Cancelled),
        _ => from_error(error, None),
    }
}

/// Returns what an `error` means that any endpoint of the provider may send.
pub(super) fn from_error(error: &str, claims: Option<&str>) -> SignInError {
    let interaction = |why| SignInError::Interaction { why, claims: claims.map(str::to_owned) };
    match error {
        "login_required" | "interaction_required" | "account_selection_required" => interaction(Needed::SignIn),
        "consent_required" => interaction(Needed::Consent),
        "invalid_grant" => interaction(Needed::NewCode),
        "server_error" | "temporarily_unavailable" => SignInError::ProviderUnavailable(printable(error)),
        "invalid_client"
        | "unauthorized_client"
        | "invalid_request"
        | "invalid_scope"
        | "invalid_resource"
        | "unsupported_response_type"
        | "unsupported_grant_type" => SignInError::Misconfigured(printable(error)),
        _ => SignInError::NotTrusted(format!("unknown error '{}'", printable(error))),
    }
}

/// Returns the start of a text from outside, fit for one line of the log.
pub(super) fn printable(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_graphic() || *c == ' ').take(120).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_silent_sign_in_that_fails_asks_for_the_person() {
        for error in ["login_required", "interaction_required", "account_selection_required"] {
            let told = from_callback_error(error, Some("AADSTS50058: nobody is signed in."));

            assert_eq!(told, SignInError::Interaction { why: Needed::SignIn, claims: None }, "{error}");
        }
    }

    #[test]
    fn missing_consent_is_told_from_a_missing_session() {
        let told = from_callback_error("consent_required", None);

        assert_eq!(told, SignInError::Interaction { why: Needed::Consent, claims: None });
    }

    #[test]
    fn a_person_who_turns_back_is_told_from_one_who_is_not_assigned() {
        let cancelled = from_callback_error("access_denied", Some("AADSTS65004: User declined to consent."));
        let unassigned = from_callback_error("access_denied", Some("AADSTS50105: The user is not assigned."));

        assert_eq!(cancelled, SignInError::Refused(Reason::Cancelled));
        assert_eq!(unassigned, SignInError::Refused(Reason::NotAssigned));
    }

    #[test]
    fn trouble_of_the_provider_is_told_from_trouble_with_the_registration() {
        let theirs = from_callback_error("temporarily_unavailable", None);
        let ours = from_callback_error("invalid_scope", None);

        assert!(matches!(theirs, SignInError::ProviderUnavailable(_)));
        assert!(matches!(ours, SignInError::Misconfigured(_)));
    }

    #[test]
    fn an_unknown_error_reaches_the_log_as_one_short_line() {
        let told = from_callback_error(&format!("new\r\nline{}", "x".repeat(900)), None).to_string();

        assert!(told.len() < 220 && !told.contains('\n'), "{told}");
    }
}
