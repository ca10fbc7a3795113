//! How the reading of the accounts that cannot sign in stands, for the page about the copy.

use crate::{
    domain::directory_copy::{Outcome, Reading},
    web::{frame::Frame, words::Phrase},
};

use super::show::Facts;

/// What is known, and a line about it.
pub(super) struct Accounts {
    pub known: Phrase,
    pub line: Option<Phrase>,
}

impl Accounts {
    /// Says how many accounts cannot sign in, if that is known, and what became of asking last.
    pub(super) fn new(frame: &Frame, facts: &Facts) -> Self {
        let said = |key: &'static str, at| Phrase::new(key).word("when", frame.when(at).words());
        let known = match facts.accounts_read_at {
            Some(_) => Phrase::new("copy-number").count("n", facts.sizes.accounts),
            None => "copy-accounts-unknown".into(),
        };
        let asked = facts.standing.accounts.filter(|_| facts.has_service);
        let line = match (asked, facts.accounts_read_at.as_ref()) {
            (None | Some(Reading { outcome: Outcome::Done, .. }), Some(at)) => Some(said("copy-accounts-read", at)),
            (Some(Reading { outcome: Outcome::NotPermitted, at, .. }), _) => {
                Some(said("copy-accounts-not-permitted", &at))
            }
            (Some(Reading { outcome: Outcome::Failed, at, .. }), Some(_)) => Some(said("copy-accounts-failed", &at)),
            (Some(Reading { outcome: Outcome::Failed, at, .. }), None) => Some(said("copy-accounts-not-read", &at)),
            (_, None) if !facts.has_service => Some("copy-accounts-own".into()),
            _ => None,
        };
        Self { known, line }
    }
}
