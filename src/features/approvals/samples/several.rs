//! Samples of requests that more than one owner has to approve.

use super::{super::gather::Facts, facts, show};
use crate::{
    domain::{request::Decision, samples},
    web::{
        flash::{Flash, Mood},
        samples::{Sample, owner},
    },
};

/// A request that three owners have to approve, and these have.
pub(super) fn consented(by: &[&str]) -> Facts {
    let mut facts = facts(samples::request("Annie Easley", "Compiler Team", samples::REASON));
    if let Some(designation) = &mut facts.designation {
        designation.terms.approvals = 3;
    }
    facts.request.consented = by.iter().map(|name| samples::person(name).id).collect();
    let consent = |name: &&str| Decision {
        by: samples::person(name),
        at: samples::hours_ago(3),
        message: if *name == "Grace Hopper" { String::new() } else { samples::REASON.to_owned() },
    };
    facts.consents = by.iter().map(consent).collect();
    facts
}

/// Draws the samples.
pub(super) fn samples() -> Vec<Sample> {
    let kept = owner().saying(
        Flash::new(Mood::Success, "consent-kept", "consent-kept-text")
            .name("person", "Annie Easley")
            .name("group", "Compiler Team"),
    );
    vec![
        Sample::of("approvals/show-first-of-three", &show(owner(), consented(&[]))),
        Sample::of("approvals/show-second-of-three", &show(owner(), consented(&["Barbara Liskov"]))),
        Sample::of("approvals/show-decides", &show(owner(), consented(&["Barbara Liskov", "فاطمة الفهري"]))),
        Sample::of("approvals/show-waits-for-others", &show(owner(), consented(&["Grace Hopper", "Barbara Liskov"]))),
        Sample::of("approvals/after-consent", &show(kept, consented(&["Grace Hopper"]))),
    ]
}
