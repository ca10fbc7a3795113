//! What an owner should know about a group without opening it.

use jiff::SignedDuration;

use crate::{
    domain::{designation::Designation, directory::Kind, ids::PersonId},
    store::catalogue::Entry,
    web::{frame::Frame, refusals, review_words, words::Phrase},
};

use super::renew;

/// How long a change of the terms by somebody else is told.
const LATELY: SignedDuration = SignedDuration::from_hours(24 * 14);

/// Returns what is amiss with a group, the most pressing first.
pub(super) fn of(entry: &Entry, viewer: PersonId, frame: &Frame) -> Vec<Phrase> {
    let mut all = Vec::new();
    if let Some((_, reason)) = entry.designation.as_ref().and_then(|designation| designation.suspended) {
        all.push(refusals::suspend_reason(reason));
    } else if let Err(unfit) = entry.group.facts.eligibility() {
        all.push(refusals::unfit_reason(unfit));
    }
    all.extend(renew::warning(entry, frame));
    all.extend(review_words::pressing(entry, frame).map(|(_, words)| words));
    let unable = entry.unable.as_deref().unwrap_or_default().len();
    let is_owner = entry.is_owned_by(viewer);
    match entry.owners.len() - unable.min(entry.owners.len()) {
        1 if is_owner && unable > 0 => all.push(Phrase::new("owned-only-able-owner").count("n", unable)),
        1 if is_owner => all.push("owned-only-owner".into()),
        _ if unable > 0 => all.push(Phrase::new("owned-unable-owners").count("n", unable)),
        _ => {}
    }
    let needed = entry.designation.as_ref().map_or(1, |designation| designation.terms.approvals);
    if entry.owners.len() - unable.min(entry.owners.len()) < usize::from(needed) && needed > 1 {
        all.push(Phrase::new("owned-too-few-owners").count("n", needed));
    }
    all.extend(entry.designation.as_ref().and_then(|designation| changed_terms(designation, viewer, frame)));
    // Whoever likes joins a public Microsoft 365 group past Roster.
    let asks = entry.designation.is_some() && entry.kind() == Some(Kind::Microsoft365);
    if asks && entry.group.facts.is_public() {
        all.push("owned-public".into());
    }
    all
}

/// Tells of the last change of the terms, unless it is old or the viewer's own.
fn changed_terms(designation: &Designation, viewer: PersonId, frame: &Frame) -> Option<Phrase> {
    let set = (&designation.terms_by, designation.terms_at);
    let set = Some(set).filter(|(_, at)| *at > designation.designated_at);
    let (by, at) = designation.opened_by.as_ref().map(|(by, at)| (by, *at)).or(set)?;
    let is_late = frame.now.duration_since(at) < LATELY;
    (is_late && by.id != viewer)
        .then(|| Phrase::new("owned-terms-changed").name("person", &by.name).word("day", frame.day(&at).words()))
}
