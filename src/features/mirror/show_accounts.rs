//! How the reading of the accounts that cannot sign in stands, for the page about the copy.

use jiff::Timestamp;

use crate::{
    domain::directory_copy::{Outcome, Reading},
    web::{frame::Frame, words::Phrase},
};

use super::show::Facts;

/// What is known of the accounts.
pub(super) struct Accounts {
    /// How many cannot sign in, if that is known.
    pub known: Phrase,
    /// When that was read.
    pub read: Option<Phrase>,
    /// Why it could not be read last.
    pub trouble: Option<Phrase>,
}

impl Accounts {
    /// Says what is known of the accounts, and what became of asking last.
    pub(super) fn new(frame: &Frame, facts: &Facts) -> Self {
        let said = |key: &'static str, at: Timestamp| Phrase::new(key).word("when", frame.when(&at).words());
        let known = match facts.accounts_read_at {
            Some(_) => Phrase::new("copy-accounts").count("n", facts.sizes.accounts),
            None => "copy-accounts-unknown".into(),
        };
        let asked = facts.standing.accounts.filter(|_| facts.has_service);
        let trouble = asked.and_then(|Reading { outcome, at, .. }| match (outcome, facts.accounts_read_at) {
            (Outcome::NotPermitted, _) => Some(said("copy-accounts-not-permitted", at)),
            (Outcome::Failed, Some(_)) => Some(said("copy-accounts-failed", at)),
            (Outcome::Failed, None) => Some(said("copy-accounts-not-read", at)),
            _ => None,
        });
        Self { known, read: facts.accounts_read_at.map(|at| said("copy-accounts-read", at)), trouble }
    }
}
