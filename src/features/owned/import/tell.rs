//! The words for a list and its rows.

use crate::{
    domain::{
        import_job::{Fate, Halt, Job, Outcome, State},
        importing::Verdict,
        operation::Kind,
    },
    web::{frame::Frame, words::Phrase},
};

/// A list as a line of other pages.
#[derive(Debug, Clone)]
pub(in super::super) struct Told {
    pub link: String,
    pub what: Phrase,
    pub when: Phrase,
    pub tag: (&'static str, Phrase),
}

/// Returns a list as a line of other pages.
pub(in super::super) fn list(job: &Job, frame: &Frame) -> Told {
    let what = if job.kind.gives() { "import-line-add" } else { "import-line-remove" };
    Told {
        link: super::address(job),
        what: Phrase::new(what).name("person", &job.made_by.name),
        when: Phrase::new("import-line-when").word("when", frame.when(&job.made_at).words()),
        tag: tag(job, frame),
    }
}

/// Returns the tag of a list.
pub(super) fn tag(job: &Job, frame: &Frame) -> (&'static str, Phrase) {
    let (class, words) = match job.standing(frame.now).0 {
        State::Reading => ("brand", "import-tag-reading"),
        State::Preview => ("waiting", "import-tag-preview"),
        State::Running if job.cancel_wished => ("brand", "import-tag-cancelling"),
        State::Running => ("brand", "import-tag-running"),
        State::Paused => ("waiting", "import-tag-paused"),
        State::Ended => ("success", "import-tag-ended"),
        State::Cancelled => ("plain", "import-tag-cancelled"),
    };
    (class, words.into())
}

/// Returns the keys of the words why a list stopped: a sentence, and what to do.
pub(super) fn halt(halt: Halt) -> (&'static str, &'static str) {
    match halt {
        Halt::SignIn => ("import-halt-sign-in", "import-halt-sign-in-text"),
        Halt::Interrupted => ("import-halt-interrupted", "import-halt-interrupted-text"),
        Halt::DirectoryAway => ("import-halt-away", "import-halt-away-text"),
        Halt::NotOwner => ("import-halt-not-owner", "import-halt-not-owner-text"),
        Halt::NotDesignated => ("import-halt-not-designated", "import-halt-not-designated-text"),
        Halt::Suspended => ("import-halt-suspended", "import-halt-suspended-text"),
        Halt::TermsChanged => ("import-halt-terms", "import-halt-terms-text"),
        Halt::GroupGone => ("import-halt-gone", "import-halt-gone-text"),
        Halt::GroupUnfit => ("import-halt-unfit", "import-halt-unfit-text"),
        Halt::NotAllowed => ("import-halt-not-allowed", "import-halt-not-allowed-text"),
    }
}

/// Returns the key of the words for what is to be said of a row, and how its tag looks.
pub(super) fn fate(fate: Fate, kind: Kind) -> (&'static str, &'static str) {
    match fate {
        Fate::Judged(verdict) => judged(verdict, kind),
        Fate::Over(outcome) => over(outcome, kind),
        Fate::Unconfirmed => ("import-row-unconfirmed", "waiting"),
        Fate::Waiting => ("import-row-waiting", "plain"),
        Fate::NotTried => ("import-row-not-tried", "plain"),
    }
}

/// Returns the key of the words for a verdict, and how its tag looks.
pub(super) fn judged(verdict: Verdict, kind: Kind) -> (&'static str, &'static str) {
    use crate::domain::importing::Flaw;
    match verdict {
        Verdict::Ready if kind == Kind::Add => ("import-row-new", "success"),
        Verdict::Ready => ("import-row-leaves", "success"),
        Verdict::Member => ("import-row-member", "plain"),
        Verdict::NotMember => ("import-row-no-member", "plain"),
        Verdict::Duplicate => ("import-row-duplicate", "plain"),
        Verdict::HasAsked => ("import-row-has-asked", "waiting"),
        Verdict::BeingAdded => ("import-row-being-added", "waiting"),
        Verdict::BeingRemoved => ("import-row-being-removed", "waiting"),
        Verdict::Guest => ("import-row-guest", "danger"),
        Verdict::Disabled => ("import-row-disabled", "danger"),
        Verdict::Themself => ("import-row-themself", "danger"),
        Verdict::Ambiguous => ("import-row-ambiguous", "danger"),
        Verdict::Unknown => ("import-row-unknown", "danger"),
        Verdict::Unreadable(Flaw::Empty) => ("import-row-empty", "danger"),
        Verdict::Unreadable(Flaw::NoKey) => ("import-row-no-key", "danger"),
        Verdict::Unreadable(Flaw::TooLong) => ("import-row-too-long", "danger"),
        Verdict::Unreadable(Flaw::Unseen) => ("import-row-unseen", "danger"),
    }
}

/// Returns the key of the words for what became of a row, and how its tag looks.
pub(super) fn over(outcome: Outcome, kind: Kind) -> (&'static str, &'static str) {
    match (outcome, kind.gives()) {
        (Outcome::Done, true) => ("import-row-added", "success"),
        (Outcome::Done, false) => ("import-row-removed", "success"),
        (Outcome::Already, true) => ("import-row-was-member", "plain"),
        (Outcome::Already, false) => ("import-row-was-no-member", "plain"),
        (Outcome::Gone, _) => ("import-row-gone", "danger"),
        (Outcome::NotAllowed, _) => ("import-row-not-allowed", "danger"),
        (Outcome::NotChangeable, _) => ("import-row-not-changeable", "danger"),
        (Outcome::BeingChanged, _) => ("import-row-being-changed", "waiting"),
        (Outcome::HasAsked, _) => ("import-row-has-asked", "waiting"),
        (Outcome::GivenUp, _) => ("import-row-given-up", "danger"),
    }
}
