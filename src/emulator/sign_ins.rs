//! When somebody signed in last (Graph, "signInActivity resource type").

use serde_json::{Value, json};

/// The last sign-ins of an account, as instants such as `2026-01-31T08:00:00Z`. Of an account that never signed in nothing is
/// known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignIns {
    /// The last one by hand, whether or not it succeeded.
    pub interactive: Option<String>,
    /// The last one of an application for the person, whether or not it succeeded.
    pub non_interactive: Option<String>,
    /// The last one that succeeded, of either kind; known since December 2023 only.
    pub successful: Option<String>,
}

impl SignIns {
    /// Returns the property; null when nothing is known.
    pub(crate) fn shown(&self) -> Value {
        if *self == Self::default() {
            return Value::Null;
        }
        json!({
            "lastSignInDateTime": self.interactive,
            "lastNonInteractiveSignInDateTime": self.non_interactive,
            "lastSuccessfulSignInDateTime": self.successful,
        })
    }
}
