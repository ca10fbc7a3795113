//! An administrator's decision that a group takes part, and on what terms.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    directory::{Group, Kind, PersonRef, Unfit},
    ids::GroupId,
    refusal::Refusal,
    review_due::Reviews,
    terms::Terms,
    viewer::Viewer,
};

/// Why a designated group is not taking requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "why", content = "what")]
pub enum SuspendReason {
    /// An administrator paused it.
    Administrator,
    /// The directory says the group can no longer be managed.
    Unfit(Unfit),
    /// The directory no longer knows the group.
    Gone,
    /// It was deleted and an owner has restored it; an administrator lets it take part again.
    Restored,
}

/// A group that takes part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Designation {
    /// The group.
    pub group: GroupId,
    /// On what terms.
    pub terms: Terms,
    /// Grows with every change; a form that was drawn from an older version is stale.
    pub version: i64,
    /// Who designated it.
    pub designated_by: PersonRef,
    /// When.
    pub designated_at: Timestamp,
    /// The administrator who last set the terms, and so what owners may change of them.
    pub terms_by: PersonRef,
    /// When.
    pub terms_at: Timestamp,
    /// The owner who has changed since what the terms leave open, and when.
    pub opened_by: Option<(PersonRef, Timestamp)>,
    /// Since when and why it takes no requests.
    pub suspended: Option<(Timestamp, SuspendReason)>,
    /// How its reviews stand.
    pub reviews: Reviews,
}

/// Says whether a person may designate a group or change its terms.
///
/// # Errors
/// [`Refusal::NotAdministrator`] or [`Refusal::GroupUnfit`].
pub fn may_designate(viewer: &Viewer, group: &Group) -> Result<Kind, Refusal> {
    if !viewer.is_administrator() {
        return Err(Refusal::NotAdministrator);
    }
    group.facts.eligibility().map_err(Refusal::GroupUnfit)
}

/// Returns the reason to suspend a group, given what the directory says of it now; `None` when it is fit.
#[must_use]
pub fn must_suspend(live: Option<&Group>) -> Option<SuspendReason> {
    match live {
        None => Some(SuspendReason::Gone),
        Some(group) => group.facts.eligibility().err().map(SuspendReason::Unfit),
    }
}
