//! What went wrong with a call of Graph, told by what the caller can do about it.

use std::time::Duration;

use super::{call::Call, objection::Objection};
use crate::domain::operation::{Answer, DirectoryRefusal};

/// Why Graph did not do what was asked. Carries nothing secret and no name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The token is no longer accepted; signing in again helps.
    #[error("Graph asks for a new sign-in")]
    SignInAgain {
        /// What the sign-in must ask for, as JSON text for the `claims` parameter of the authorization request.
        claims: Option<String>,
    },
    /// The person may not do this, or the tenant has not granted the permission: Graph answers both alike.
    #[error("Graph says that the person may not do this")]
    NotAllowed,
    /// The group, the person or the membership is not there; Graph does not say which.
    #[error("Graph does not know what was asked for")]
    Gone,
    /// The person to be added is there already.
    #[error("the relationship exists already")]
    AlreadyThere,
    /// The person to be removed is not there any more.
    #[error("the relationship does not exist")]
    NotThere,
    /// The directory does not let anybody make this change from here.
    #[error("Graph does not let anybody change this")]
    NotChangeable,
    /// Nobody else among the people owns the group, and a group must have an owner.
    #[error("the last owner of a group cannot be removed")]
    LastOwner,
    /// A name does not pass the directory's checks, which say what is wrong with it.
    #[error("Graph does not take a name: {0:?}")]
    NotThisName(Objection),
    /// A new object has not reached every replica of the directory yet; later the same call may pass.
    #[error("Graph does not know a new object everywhere yet")]
    NotYet,
    /// The changes since a kept link can no longer be told; everything has to be read anew.
    #[error("Graph no longer knows what changed since the last reading")]
    StartOver,
    /// Another refusal, which says something about our call rather than about the directory.
    #[error("Graph refused the call with status {status} ({code})")]
    Refused {
        /// The HTTP status; 0 when the call was held back here.
        status: u16,
        /// Graph's error code.
        code: String,
    },
    /// Too many calls.
    #[error("Graph is throttling")]
    Throttled {
        /// How long Graph asked to wait.
        retry_after: Option<Duration>,
    },
    /// Graph is away, too slow or broken at the moment.
    #[error("Graph cannot be reached")]
    Unavailable,
    /// The answer is not what Graph answers.
    #[error("the answer could not be understood")]
    Garbled,
}

/// What the caller of Graph can do about an [`Error`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// Nothing: what was asked for is so already.
    AlreadyDone,
    /// A new sign-in.
    SignInAgain,
    /// The same call, later.
    RetryLater,
    /// An administrator can grant what is missing.
    AskAdministrator,
    /// Nothing: the same call will never pass.
    GiveUp,
}

impl Error {
    /// Returns what can be done about it. Only a definite answer of Graph is given up on.
    #[must_use]
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::AlreadyThere | Self::NotThere => Remedy::AlreadyDone,
            Self::SignInAgain { .. } => Remedy::SignInAgain,
            Self::NotYet | Self::Throttled { .. } | Self::Unavailable | Self::Garbled => Remedy::RetryLater,
            Self::NotAllowed => Remedy::AskAdministrator,
            Self::Gone
            | Self::NotChangeable
            | Self::StartOver
            | Self::LastOwner
            | Self::NotThisName(_)
            | Self::Refused { .. } => Remedy::GiveUp,
        }
    }

    /// Returns whether a kept link to changes will never be answered again, so that everything has to be read anew. The
    /// documented answers are 410 and `syncStateNotFound`; but a link that is refused in any other way, or not known, does
    /// not get better by being asked again, and nothing would change any more until it is a week old.
    #[must_use]
    pub fn ends_a_link(&self) -> bool {
        matches!(self, Self::StartOver | Self::Gone | Self::Refused { .. })
    }

    /// Returns the error of a call whose earlier try was lost: a write of that try may still land, so a refusal of the
    /// last one settles nothing. That something is there, or is not, is true whichever try did it.
    pub(super) fn after_a_lost_try(self, call: &Call) -> Self {
        match self {
            Self::NotAllowed | Self::NotChangeable if call.is_write() => Self::Unavailable,
            Self::Gone if call.is_add() => Self::Unavailable,
            other => other,
        }
    }

    /// Returns what this answer to an add means. Whatever leaves room for the person having been added, or for the same
    /// call to pass later, is unclear: a person told "refused" who is a member after all would be worse.
    #[must_use]
    pub fn answer_to_add(&self) -> Answer {
        match self {
            Self::AlreadyThere => Answer::Done,
            Self::Gone => Answer::No(DirectoryRefusal::Gone),
            other => other.answer_to_write(),
        }
    }

    /// Returns what this answer to a removal means. Not there may be the wished state or a missing group or person; Graph
    /// answers the same to each, so the caller's own read decides.
    #[must_use]
    pub fn answer_to_remove(&self) -> Answer {
        match self {
            Self::Gone | Self::NotThere => Answer::No(DirectoryRefusal::Gone),
            other => other.answer_to_write(),
        }
    }

    /// Returns what this answer to the deletion of a group means. That it is not there is what was wished, whoever did it.
    #[must_use]
    pub fn answer_to_delete(&self) -> Answer {
        match self {
            Self::Gone => Answer::Done,
            other => other.answer_to_write(),
        }
    }

    /// Returns what this answer to a restoration means. What is not in the recycle bin any more is gone for good.
    #[must_use]
    pub fn answer_to_restore(&self) -> Answer {
        match self {
            Self::Gone => Answer::No(DirectoryRefusal::Gone),
            Self::NotThisName(_) => Answer::No(DirectoryRefusal::NotChangeable),
            other => other.answer_to_write(),
        }
    }

    /// Returns what this answer to a renewal means. Graph refuses one plainly when no policy is about the group.
    #[must_use]
    pub fn answer_to_renewal(&self) -> Answer {
        match self {
            Self::Gone => Answer::No(DirectoryRefusal::Gone),
            Self::Refused { .. } => Answer::No(DirectoryRefusal::NotChangeable),
            other => other.answer_to_write(),
        }
    }

    /// An unknown refusal stays unclear: Graph uses one code for "done already", "too early" and "never", and tells them
    /// apart by texts that change.
    fn answer_to_write(&self) -> Answer {
        match self {
            Self::NotAllowed => Answer::No(DirectoryRefusal::NotAllowed),
            Self::NotChangeable | Self::LastOwner => Answer::No(DirectoryRefusal::NotChangeable),
            _ => Answer::Unclear,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_lost_late_or_odd_is_taken_for_a_refusal() {
        for error in [
            Error::SignInAgain { claims: None },
            Error::NotYet,
            Error::Refused { status: 400, code: "Request_BadRequest".into() },
            Error::Throttled { retry_after: None },
            Error::Unavailable,
            Error::Garbled,
        ] {
            assert_eq!(error.answer_to_add(), Answer::Unclear, "{error:?}");
            assert_eq!(error.answer_to_remove(), Answer::Unclear, "{error:?}");
            assert_eq!(error.answer_to_delete(), Answer::Unclear, "{error:?}");
        }
    }

    #[test]
    fn only_a_definite_answer_is_given_up_on() {
        for error in [Error::NotYet, Error::Throttled { retry_after: None }, Error::Unavailable, Error::Garbled] {
            assert_eq!(error.remedy(), Remedy::RetryLater, "{error:?}");
        }
        for error in [Error::Gone, Error::NotChangeable, Error::Refused { status: 400, code: String::new() }] {
            assert_eq!(error.remedy(), Remedy::GiveUp, "{error:?}");
        }
    }

    #[test]
    fn already_there_is_done_for_an_add_only() {
        assert_eq!(Error::AlreadyThere.answer_to_add(), Answer::Done);
        assert_eq!(Error::AlreadyThere.answer_to_remove(), Answer::Unclear);
        assert_eq!(Error::NotThere.answer_to_add(), Answer::Unclear);
    }

    #[test]
    fn a_removal_that_finds_nobody_leaves_it_to_the_read() {
        for error in [Error::Gone, Error::NotThere] {
            assert_eq!(error.answer_to_remove(), Answer::No(DirectoryRefusal::Gone));
        }
    }
}
