//! What can go wrong with a request, and what each kind means to the person: a refusal by a rule, something missing or
//! moved on, or a fault. Slips in forms are not here: the page with the form shows them.
//!
//! A handler returns a trouble; [`super::trouble_pages`] makes the page, in one place.

use std::fmt::Display;

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};

use crate::{
    domain::{
        ids::{GroupId, RequestId},
        refusal::Refusal,
    },
    graph::{self, Remedy},
    store,
};

use super::words::Phrase;

/// What went wrong.
#[derive(Debug, Clone)]
pub enum Trouble {
    /// Nobody is signed in; the request is taken up again after sign-in.
    SignInFirst,
    /// The token has ended, or is too old for a form; renewed at once.
    SignInDue,
    /// The directory no longer accepts the token; renewed at once, with its claims challenge if there was one.
    SignInAgain {
        /// What the next sign-in has to prove, as Graph asked.
        claims: Option<String>,
    },
    /// The directory does not accept a token that was renewed just now because of that. What was typed is shown again.
    NotAccepted {
        /// What was typed; empty when nothing was.
        typed: String,
    },
    /// A rule says no. Boxed for its size.
    Refused(Box<Refused>),
    /// There is no such page, or this person may not know of it; both look the same.
    NotFound,
    /// The form was drawn from something that has changed since; what was typed is shown again.
    MethodNotAllowed,
    /// A form that came from another site.
    CrossSite,
    /// A body larger than any form of ours.
    TooLarge,
    /// A body that is no form.
    NotAForm,
    /// A request that no browser of ours sends.
    BadRequest,
    /// The directory is away or slow.
    DirectoryAway,
    /// The directory does not let this person read what the page needs.
    DirectoryRefuses,
    /// The directory says no to what the page asked for, and will say so again.
    DirectoryGivesUp,
    /// The sign-in provider is away.
    ProviderAway,
    /// A sign-in that did not work out; says why.
    SignInFailed {
        /// The sentence that says why.
        why: Phrase,
    },
    /// Our own store is away.
    StoreAway,
    /// The request took too long.
    TooLate,
    /// A mistake of ours; the log says which.
    Fault,
}

/// A rule's no, with what the page about it can link to.
#[derive(Debug, Clone)]
pub struct Refused {
    /// The rule.
    pub refusal: Refusal,
    /// The group it is about.
    pub group: Option<(GroupId, String)>,
    /// The request it is about, for its owners.
    pub approval: Option<RequestId>,
    /// The group it is about, for its owners.
    pub owned: Option<GroupId>,
    /// What was typed, so that it can be copied; empty when nothing was.
    pub typed: String,
}

impl Trouble {
    /// Logs a mistake of ours and returns the trouble that says so.
    pub fn fault(what: &'static str, error: &dyn Display) -> Self {
        tracing::error!(%error, "{what}");
        Self::Fault
    }

    /// Makes the trouble of a refusal.
    #[must_use]
    pub fn refused(refusal: Refusal) -> Self {
        Self::Refused(Box::new(Refused { refusal, group: None, approval: None, owned: None, typed: String::new() }))
    }

    /// Names the group that a refusal is about.
    #[must_use]
    pub fn about_group(mut self, id: GroupId, name: &str) -> Self {
        if let Self::Refused(refused) = &mut self {
            refused.group = Some((id, name.to_owned()));
        }
        self
    }

    /// Names the request that a refusal is about, for the page of its owners.
    #[must_use]
    pub fn about_approval(mut self, id: RequestId) -> Self {
        if let Self::Refused(refused) = &mut self {
            refused.approval = Some(id);
        }
        self
    }

    /// Names the group that a refusal is about, for the page of its owners.
    #[must_use]
    pub fn about_owned(mut self, id: GroupId) -> Self {
        if let Self::Refused(refused) = &mut self {
            refused.owned = Some(id);
        }
        self
    }

    /// Keeps what was typed, so that the page can show it.
    #[must_use]
    pub fn typed(mut self, text: &str) -> Self {
        if let Self::Refused(refused) = &mut self {
            text.clone_into(&mut refused.typed);
        }
        self
    }

    /// Returns the status of the answer.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::SignInFirst | Self::SignInDue | Self::SignInAgain { .. } => StatusCode::UNAUTHORIZED,
            Self::Refused(refused) => refusal_status(&refused.refusal),
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::CrossSite | Self::DirectoryRefuses | Self::SignInFailed { .. } | Self::NotAccepted { .. } => {
                StatusCode::FORBIDDEN
            }
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::NotAForm => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::DirectoryGivesUp => StatusCode::BAD_GATEWAY,
            Self::DirectoryAway | Self::ProviderAway | Self::StoreAway | Self::TooLate => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Self::Fault => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

/// A refusal because of who somebody is answers 403; because of how things stand, 409; because something is gone, 410.
fn refusal_status(refusal: &Refusal) -> StatusCode {
    match refusal {
        Refusal::NotAdministrator
        | Refusal::NotOwner
        | Refusal::OwnRequest
        | Refusal::GuestsNeverDecide
        | Refusal::GuestsNeverCreate
        | Refusal::GuestsMayNotAsk
        | Refusal::Locked { .. }
        | Refusal::MissingScope(_) => StatusCode::FORBIDDEN,
        Refusal::GroupGone | Refusal::RequesterGone => StatusCode::GONE,
        _ => StatusCode::CONFLICT,
    }
}

/// Leaves the trouble in the answer for [`super::trouble_pages`], which knows who asks.
impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<store::Error> for Trouble {
    fn from(error: store::Error) -> Self {
        tracing::error!(error = %error.with_causes(), "the store did not answer");
        if error.is_unavailable() { Self::StoreAway } else { Self::Fault }
    }
}

impl From<graph::Error> for Trouble {
    fn from(error: graph::Error) -> Self {
        match (error.remedy(), error) {
            (_, graph::Error::SignInAgain { claims }) => Self::SignInAgain { claims },
            (Remedy::SignInAgain, _) => Self::SignInAgain { claims: None },
            (Remedy::AskAdministrator, _) => Self::DirectoryRefuses,
            (Remedy::RetryLater, error) => {
                tracing::warn!(%error, "the directory did not answer");
                Self::DirectoryAway
            }
            (Remedy::GiveUp | Remedy::AlreadyDone, error) => {
                tracing::error!(%error, "the directory will not do what a page needs");
                Self::DirectoryGivesUp
            }
        }
    }
}

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Self {
        Self::refused(refusal)
    }
}
