//! Samples of what a page says when something went wrong: each trouble, and each rule's no.

use crate::domain::{
    designation::SuspendReason,
    directory::Unfit,
    refusal::{Hindrance, Refusal},
    request::{EndReason, State},
    samples,
};
use crate::sign_in::held::Held;

use super::{
    refusals,
    samples::{Sample, employee, nobody, owner},
    trouble::Trouble,
    trouble_pages::describe,
};

/// The sentences for a sign-in that did not work out.
const SIGN_IN_FAILED: [&str; 7] = [
    "sign-in-too-late",
    "sign-in-cancelled",
    "sign-in-wrong-tenant",
    "sign-in-not-assigned",
    "sign-in-refused",
    "sign-in-not-trusted",
    "sign-in-misconfigured",
];

/// Draws the samples.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let mut all = troubles();
    all.extend(SIGN_IN_FAILED.map(|key| {
        let trouble = Trouble::SignInFailed { why: key.into() };
        Sample::of(format!("errors/{key}"), &describe(nobody(), &trouble))
    }));
    all.extend(all_refusals().into_iter().map(|(name, refusal)| {
        let trouble = Trouble::refused(refusal).about_approval(samples::open().id);
        Sample::of(format!("refusals/{name}"), &describe(owner(), &trouble))
    }));
    all.extend(with_typed_words());
    all.extend(with_forms());
    all
}

/// Forms that the directory, or Roster, did not take.
fn with_forms() -> Vec<Sample> {
    let marks = [("for", "nobody"), ("version", "0")];
    let form = |action: &str, fields: &[(&str, &str)]| Held {
        action: action.to_owned(),
        fields: marks.iter().chain(fields).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
    };
    let typed = form("/admin/commissions/new", &[("resource", "The compile farm"), ("purpose", "Building by night.")]);
    let chosen = form("/owned/details", &[("review", "00000000-0000-0000-0000-000000000007"), ("keep", "yes")]);
    let page = |name: &str, trouble: &Trouble, form: Held, again| {
        Sample::of(format!("errors/{name}"), &describe(owner(), trouble).keeping(form, again))
    };
    vec![
        page("form-directory-away", &Trouble::DirectoryAway, typed.clone(), true),
        page("form-directory-away-nothing-typed", &Trouble::DirectoryAway, chosen, true),
        page("form-too-late", &Trouble::TooLate, typed, false),
    ]
}

fn troubles() -> Vec<Sample> {
    let named = [
        ("not-found", Trouble::NotFound),
        ("method", Trouble::MethodNotAllowed),
        ("cross-site", Trouble::CrossSite),
        ("too-large", Trouble::TooLarge),
        ("not-a-form", Trouble::NotAForm),
        ("bad-request", Trouble::BadRequest),
        ("directory-away", Trouble::DirectoryAway),
        ("directory-refuses", Trouble::DirectoryRefuses),
        ("directory-gives-up", Trouble::DirectoryGivesUp),
        ("provider-away", Trouble::ProviderAway),
        ("not-accepted", Trouble::NotAccepted { typed: String::new() }),
        ("store-away", Trouble::StoreAway),
        ("too-late", Trouble::TooLate),
        ("fault", Trouble::Fault),
        ("sign-in-first", Trouble::SignInFirst),
    ];
    let mut all = Vec::new();
    for (name, trouble) in named {
        all.push(Sample::of(format!("errors/{name}"), &describe(employee(), &trouble)));
        all.push(Sample::of(format!("errors/{name}-signed-out"), &describe(nobody(), &trouble)));
    }
    all
}

fn all_refusals() -> Vec<(String, Refusal)> {
    let by = |state| Refusal::AlreadyAnswered {
        state,
        by: Some(samples::person("Barbara Liskov")),
        at: Some(samples::hours_ago(24)),
    };
    let simple = [
        ("not-administrator", Refusal::NotAdministrator),
        ("not-designated", Refusal::NotDesignated),
        ("suspended", Refusal::Suspended),
        ("group-gone", Refusal::GroupGone),
        ("guests-may-not-ask", Refusal::GuestsMayNotAsk),
        ("outside-audience", Refusal::OutsideAudience { group: Some(samples::long_name()) }),
        ("outside-an-audience", Refusal::OutsideAudience { group: None }),
        ("audience-unknown", Refusal::AudienceUnknown),
        ("audience-gone", Refusal::AudienceGone),
        ("already-member", Refusal::AlreadyMember),
        ("already-asked", Refusal::AlreadyAsked(samples::open().id)),
        ("cooling-down", Refusal::CoolingDown { until: samples::hours_ago(-30) }),
        ("cooling-down-longer", Refusal::CoolingDown { until: samples::hours_ago(-24 * 60) }),
        ("no-owner", Refusal::NoOwner),
        ("never-expires", Refusal::NeverExpires),
        ("guests-never-create", Refusal::GuestsNeverCreate),
        ("too-many-open", Refusal::TooManyOpen { limit: 20 }),
        ("not-owner", Refusal::NotOwner),
        ("own-request", Refusal::OwnRequest),
        ("guests-never-decide", Refusal::GuestsNeverDecide),
        ("approved-by", by(State::Approved)),
        ("denied-by", by(State::Denied)),
        ("answered", Refusal::AlreadyAnswered { state: State::Ended, by: None, at: None }),
        ("stale", Refusal::Stale),
        ("requester-gone", Refusal::RequesterGone),
        ("requester-disabled", Refusal::RequesterDisabled),
        ("missing-scope", Refusal::MissingScope(crate::domain::approval::WRITE_SCOPE)),
        ("not-member", Refusal::NotMember),
        ("only-nested", Refusal::OnlyNested),
        ("add-in-flight", Refusal::AddInFlight),
        ("already-leaving", Refusal::AlreadyLeaving),
        ("nothing-to-extend", Refusal::NothingToExtend),
        ("locked", Refusal::Locked { by: samples::person("Ada Lovelace") }),
        ("waits-for-others", Refusal::WaitsForOthers { more: 2 }),
        ("waits-for-one-other", Refusal::WaitsForOthers { more: 1 }),
        ("several-approve", Refusal::SeveralApprove { needed: 2 }),
        ("too-few-owners", Refusal::TooFewOwners { needed: 2 }),
        ("must-accept", Refusal::MustAccept(samples::group("Compiler Team").id)),
        ("last-owner", Refusal::LastOwner),
        ("too-many-owners", Refusal::TooManyOwners { limit: 100 }),
        ("nothing-to-finish", Refusal::NothingToFinish),
        ("too-late-to-add", Refusal::TooLateToAdd),
        ("being-carried-out", Refusal::BeingCarriedOut),
    ];
    let mut all: Vec<_> = simple.map(|(name, refusal)| (name.to_owned(), refusal)).into();
    all.extend(unfits().map(|unfit| (key(refusals::unfit_reason(unfit).key()), Refusal::GroupUnfit(unfit))));
    all.extend(hindrances().map(|hindrance| (key(refusals::hindered(hindrance).key()), Refusal::Hindered(hindrance))));
    all.extend(ends().map(|end| (key(refusals::end_reason(end).key()), Refusal::RequestEnded(end))));
    all
}

fn key(key: &str) -> String {
    key.to_owned()
}

/// Returns every reason for which an owner cannot add or remove a person.
#[must_use]
pub fn hindrances() -> [Hindrance; 17] {
    [
        Hindrance::Gone,
        Hindrance::Disabled,
        Hindrance::Guest,
        Hindrance::OutsideAudience,
        Hindrance::AudienceUnknown,
        Hindrance::AudienceGone,
        Hindrance::Member,
        Hindrance::NotMember,
        Hindrance::BeingAdded,
        Hindrance::BeingRemoved,
        Hindrance::HasAsked(samples::open().id),
        Hindrance::Owner,
        Hindrance::NotOwner,
        Hindrance::GuestOwner,
        Hindrance::Themself,
        Hindrance::OwnEnd,
        Hindrance::NotGiven,
    ]
}

/// Returns every reason for which a group cannot take part.
#[must_use]
pub fn unfits() -> [Unfit; 8] {
    [
        Unfit::Deleted,
        Unfit::Synchronised,
        Unfit::Dynamic,
        Unfit::MailEnabledSecurity,
        Unfit::DistributionList,
        Unfit::RoleAssignable,
        Unfit::Restricted,
        Unfit::Unsupported,
    ]
}

/// Returns every kind of reason for which a group takes no requests.
#[must_use]
pub fn suspensions() -> [(&'static str, SuspendReason); 3] {
    [
        ("by-administrator", SuspendReason::Administrator),
        ("gone", SuspendReason::Gone),
        ("unfit", SuspendReason::Unfit(Unfit::Synchronised)),
    ]
}

fn ends() -> [EndReason; 8] {
    [
        EndReason::Withdrawn,
        EndReason::Lapsed,
        EndReason::AlreadyMember,
        EndReason::GroupGone,
        EndReason::GroupUnfit,
        EndReason::NotDesignated,
        EndReason::RequesterGone,
        EndReason::NoEnd,
    ]
}

/// A refusal shows what was typed, so that it can be copied: short, long, and from right to left.
fn with_typed_words() -> Vec<Sample> {
    let group = samples::group("Compiler Team");
    let long =
        format!("{} & <{}>\n\n{}", samples::REASON, samples::long_name(), "A sentence of some length. ".repeat(40));
    let typed = [("short", "Thank you"), ("long", long.as_str()), ("right-to-left", "أعمل على أرشيف المخطوطات.")];
    let page = |(name, words): (&str, &str)| {
        let trouble = Trouble::refused(Refusal::Stale).about_group(group.id, &group.name).typed(words);
        Sample::of(format!("refusals/typed-{name}"), &describe(employee(), &trouble))
    };
    let long_group = samples::group(&samples::long_name());
    let trouble = Trouble::refused(Refusal::NoOwner).about_group(long_group.id, &long_group.name);
    let mut all: Vec<_> = typed.map(page).into();
    all.push(Sample::of("refusals/long-name", &describe(employee(), &trouble)));
    all
}
