//! The review of the members that the terms ask for, in words: a notice that grows in urgency.

use crate::{domain::lasting::Near, store::catalogue::Entry};

use super::{frame::Frame, words::Phrase};

/// Says that a review of a group presses, and how much; nothing while none does.
#[must_use]
pub fn pressing(entry: &Entry, frame: &Frame) -> Option<(Near, Phrase)> {
    let due = entry.review_due(frame.now)?;
    let near = due.presses()?;
    let late = |key: &'static str| Phrase::new(key).word("day", frame.day(&due.at).words());
    Some(match near {
        Near::Soon => (near, Phrase::new("review-due-soon").count("days", frame.days_until(&due.at))),
        Near::Come if due.is_under_way => (near, late("review-overdue-under-way")),
        Near::Come => (near, late("review-overdue")),
    })
}

/// Says by when the next review is due, how much it presses or not; nothing where the terms ask for none.
#[must_use]
pub fn next(entry: &Entry, frame: &Frame) -> Option<(&'static str, Phrase)> {
    if let Some((_, words)) = pressing(entry, frame) {
        return Some(("warning", words));
    }
    let due = entry.review_due(frame.now)?;
    let key = if due.is_under_way { "review-due-under-way" } else { "review-due" };
    Some(("info", Phrase::new(key).word("day", frame.day(&due.at).words())))
}

/// Returns the tag of a review that presses.
#[must_use]
pub fn tag(near: Near) -> (&'static str, Phrase) {
    match near {
        Near::Soon => ("waiting", "tag-review-soon".into()),
        Near::Come => ("danger", "tag-review-overdue".into()),
    }
}
