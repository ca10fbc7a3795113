//! The sentence for each refusal, and where to go from it.

use crate::domain::{
    designation::SuspendReason,
    directory::Unfit,
    operation::DirectoryRefusal,
    refusal::{Hindrance, Refusal},
    request::{EndReason, State},
};

use super::{frame::Frame, trouble::Refused, words::Phrase};

/// Returns the sentence that says why a rule says no, and what the person can do.
#[must_use]
pub fn sentence(refusal: &Refusal, frame: &Frame) -> Phrase {
    match refusal {
        Refusal::NotAdministrator => "refusal-not-administrator".into(),
        Refusal::NotDesignated => "refusal-not-designated".into(),
        Refusal::Suspended => "refusal-suspended".into(),
        Refusal::GroupUnfit(unfit) => unfit_reason(*unfit),
        Refusal::GroupGone => "refusal-group-gone".into(),
        Refusal::GuestsMayNotAsk => "refusal-guests-may-not-ask".into(),
        Refusal::OutsideAudience { group: Some(group) } => Phrase::new("refusal-outside-audience").name("group", group),
        Refusal::OutsideAudience { group: None } => "refusal-outside-an-audience".into(),
        Refusal::AudienceUnknown => "refusal-audience-unknown".into(),
        Refusal::AudienceGone => "refusal-audience-gone".into(),
        Refusal::AlreadyMember => "refusal-already-member".into(),
        Refusal::AlreadyAsked(_) => "refusal-already-asked".into(),
        Refusal::CoolingDown { until } => Phrase::new("refusal-cooling-down").word("until", frame.when(until).words()),
        Refusal::NoOwner => "refusal-no-owner".into(),
        Refusal::TooManyOpen { limit } => Phrase::new("refusal-too-many-open").count("limit", *limit),
        Refusal::NotOwner => "refusal-not-owner".into(),
        Refusal::OwnRequest => "refusal-own-request".into(),
        Refusal::GuestsNeverCreate => "refusal-guests-never-create".into(),
        Refusal::GuestsNeverDecide => "refusal-guests-never-decide".into(),
        Refusal::AlreadyAnswered { state, by, at } => {
            let key = match (state, by) {
                (State::Approved, Some(_)) => "refusal-approved-by",
                (State::Denied, Some(_)) => "refusal-denied-by",
                _ => "refusal-answered",
            };
            let name = by.as_ref().map(|person| person.name.clone()).unwrap_or_default();
            let when = at.as_ref().map(|at| frame.when(at).words().to_owned()).unwrap_or_default();
            Phrase::new(key).name("person", name).word("when", when)
        }
        Refusal::RequestEnded(reason) => end_reason(*reason),
        Refusal::Stale => "refusal-stale".into(),
        Refusal::RequesterGone => "refusal-requester-gone".into(),
        Refusal::RequesterDisabled => "refusal-requester-disabled".into(),
        Refusal::MissingScope(scope) => Phrase::new("refusal-missing-scope").word("scope", *scope),
        Refusal::NotMember => "refusal-not-member".into(),
        Refusal::OnlyNested => "refusal-only-nested".into(),
        Refusal::AddInFlight => "refusal-add-in-flight".into(),
        Refusal::NothingToExtend => "refusal-nothing-to-extend".into(),
        Refusal::AlreadyLeaving => "refusal-already-leaving".into(),
        Refusal::Locked { by } => Phrase::new("refusal-locked").name("person", &by.name),
        Refusal::LastOwner => "refusal-last-owner".into(),
        Refusal::TooManyOwners { limit } => Phrase::new("refusal-too-many-owners").count("limit", *limit),
        Refusal::WaitsForOthers { more } => Phrase::new("refusal-waits-for-others").count("more", *more),
        Refusal::SeveralApprove { needed } => Phrase::new("refusal-several-approve").count("needed", *needed),
        Refusal::TooFewOwners { needed } => Phrase::new("refusal-too-few-owners").count("needed", *needed),
        Refusal::MustAccept(_) => "refusal-must-accept".into(),
        Refusal::NeverExpires => "refusal-never-expires".into(),
        Refusal::Hindered(hindrance) => hindered(*hindrance),
        Refusal::NothingToFinish => "refusal-nothing-to-finish".into(),
        Refusal::TooLateToAdd => "refusal-too-late-to-add".into(),
        Refusal::BeingCarriedOut => "refusal-being-carried-out".into(),
    }
}

/// Returns the sentence for a person whom an owner cannot add or remove.
#[must_use]
pub fn hindered(hindrance: Hindrance) -> Phrase {
    match hindrance {
        Hindrance::Gone => "hindered-gone",
        Hindrance::Disabled => "hindered-disabled",
        Hindrance::Guest => "hindered-guest",
        Hindrance::OutsideAudience => "hindered-outside-audience",
        Hindrance::AudienceUnknown => "hindered-audience-unknown",
        Hindrance::AudienceGone => "hindered-audience-gone",
        Hindrance::Member => "hindered-member",
        Hindrance::NotMember => "hindered-not-member",
        Hindrance::BeingAdded => "hindered-being-added",
        Hindrance::BeingRemoved => "hindered-being-removed",
        Hindrance::HasAsked(_) => "hindered-has-asked",
        Hindrance::Owner => "hindered-owner",
        Hindrance::NotOwner => "hindered-not-owner",
        Hindrance::GuestOwner => "hindered-guest-owner",
        Hindrance::Themself => "hindered-themself",
        Hindrance::OwnEnd => "hindered-own-end",
        Hindrance::NotGiven => "hindered-not-given",
    }
    .into()
}

/// Returns the sentence for a group that cannot take part.
#[must_use]
pub fn unfit_reason(unfit: Unfit) -> Phrase {
    match unfit {
        Unfit::Deleted => "unfit-deleted",
        Unfit::Synchronised => "unfit-synchronised",
        Unfit::Dynamic => "unfit-dynamic",
        Unfit::MailEnabledSecurity => "unfit-mail-enabled-security",
        Unfit::DistributionList => "unfit-distribution-list",
        Unfit::RoleAssignable => "unfit-role-assignable",
        Unfit::Restricted => "unfit-restricted",
        Unfit::Unsupported => "unfit-unsupported",
    }
    .into()
}

/// Returns the sentence for a group that takes no requests.
#[must_use]
pub fn suspend_reason(reason: SuspendReason) -> Phrase {
    match reason {
        SuspendReason::Administrator => "suspended-by-administrator".into(),
        SuspendReason::Gone => "suspended-gone".into(),
        SuspendReason::Restored => "suspended-restored".into(),
        SuspendReason::Unfit(unfit) => unfit_reason(unfit),
    }
}

/// Returns the sentence for a request that ended without an answer.
#[must_use]
pub fn end_reason(reason: EndReason) -> Phrase {
    match reason {
        EndReason::Withdrawn => "ended-withdrawn",
        EndReason::Lapsed => "ended-lapsed",
        EndReason::AlreadyMember => "ended-already-member",
        EndReason::GroupGone => "ended-group-gone",
        EndReason::GroupDeleted => "ended-group-deleted",
        EndReason::GroupUnfit => "ended-group-unfit",
        EndReason::NotDesignated => "ended-not-designated",
        EndReason::RequesterGone => "ended-requester-gone",
        EndReason::NoEnd => "ended-no-end",
    }
    .into()
}

/// Returns the sentence for what the directory refused.
#[must_use]
pub fn directory_refusal(refusal: DirectoryRefusal) -> Phrase {
    match refusal {
        DirectoryRefusal::NotAllowed => "directory-not-allowed",
        DirectoryRefusal::Gone => "directory-gone",
        DirectoryRefusal::NotChangeable => "directory-not-changeable",
    }
    .into()
}

/// Returns where a person can go from a refusal.
#[must_use]
pub fn links(refused: &Refused) -> Vec<(String, Phrase)> {
    let mut links = Vec::new();
    if let Refusal::AlreadyAsked(request) = &refused.refusal {
        links.push((format!("/requests/{request}"), Phrase::new("error-go-request")));
    }
    if let Refusal::Hindered(Hindrance::HasAsked(request)) = &refused.refusal {
        links.push((format!("/approvals/{request}"), Phrase::new("error-go-approval")));
    }
    if let Refusal::MustAccept(group) = &refused.refusal {
        let back = refused.approval.map(|request| format!("?request={request}")).unwrap_or_default();
        links.push((format!("/owned/{group}/responsibilities{back}"), Phrase::new("error-go-responsibilities")));
    }
    if let Some(group) = refused.owned {
        links.push((format!("/owned/{group}/members"), Phrase::new("error-go-members")));
    }
    if let Some(request) = refused.approval {
        links.push((format!("/approvals/{request}"), Phrase::new("error-go-approval")));
        links.push(("/approvals".to_owned(), Phrase::new("error-go-approvals")));
    }
    if let Some((group, name)) = &refused.group {
        links.push((format!("/groups/{group}"), Phrase::new("error-go-group").name("group", name)));
    }
    links.push(("/".to_owned(), Phrase::new("error-go-home")));
    links
}
