//! The ways in which a call goes wrong.

use std::time::Duration;

use roster_emulator::Action;

/// A way in which a call goes wrong.
#[derive(Debug, Clone)]
pub(super) struct Way {
    pub name: &'static str,
    pub action: Action,
    /// Another try may go well, so that it is also tried once only.
    pub may_pass: bool,
    /// Only a write is changed by it in a way of its own.
    pub of_writes: bool,
    /// People are sent to the provider for it.
    pub ends_sign_in: bool,
}

/// Longer than any call of the sweep lives.
const LONG: Duration = Duration::from_secs(3);

/// Returns every way.
pub(super) fn all() -> Vec<Way> {
    let way = |name, action| Way { name, action, may_pass: false, of_writes: false, ends_sign_in: false };
    let passing = |name, action| Way { may_pass: true, ..way(name, action) };
    let applying = |name, action| Way { of_writes: true, ..passing(name, action) };
    let ending = |name, action| Way { ends_sign_in: true, ..passing(name, action) };
    vec![
        passing("throttled for a moment", Action::Status(429, Some("0.02"))),
        way("throttled for an hour", Action::Status(429, Some("3600"))),
        way("500", Action::Status(500, None)),
        way("502", Action::Status(502, None)),
        passing("503", Action::Status(503, None)),
        way("504", Action::Status(504, None)),
        applying("504 after applying", Action::StatusAfterApplying(504)),
        way("reset", Action::DropBefore),
        applying("reset after applying", Action::DropAfterApplying),
        way("stall", Action::Stall(LONG)),
        way("truncated", Action::TruncatedJson),
        way("a page", Action::HtmlPage),
        way("an error with 200", Action::ErrorBody),
        ending("challenge", Action::ClaimsChallenge),
        ending("expired", Action::ExpiredToken),
        way("consent missing", Action::ConsentMissing),
    ]
}
