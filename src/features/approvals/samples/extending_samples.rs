//! Samples of requests to belong for longer, as owners see them.

use crate::{
    domain::{
        lasting::End,
        request::{JoinRequest, Kind, State},
        samples,
    },
    web::{
        flash::{Flash, Mood},
        samples::{Sample, owner},
    },
};

use super::{
    super::{gather::Facts, list::List},
    asked, facts, list, show, with_an_end,
};

fn extension() -> JoinRequest {
    JoinRequest { kind: Kind::Extend, days: Some(30), ..samples::open() }
}

fn extends(hours: i64) -> Facts {
    let (at, by) = (Some(samples::hours_ago(-hours)), samples::person("Grace Hopper"));
    let end = Some(End { at, by, why: String::new(), version: 1 });
    let mut facts = Facts { end, request: extension(), ..with_an_end(30) };
    facts.live.is_member = Some(true);
    facts
}

/// Draws the samples.
pub(super) fn samples() -> Vec<Sample> {
    let page = |name: &str, facts| Sample::of(format!("approvals/show-{name}"), &show(owner(), facts));
    let after = |name: &str, title, text| {
        let flash = Flash::new(Mood::Success, title, text).name("person", "Alan Turing").name("group", "Compiler Team");
        let page = List { inbox: asked(vec![extension()]), ..list(owner().saying(flash)) };
        Sample::of(format!("approvals/after-{name}"), &page)
    };
    let mut for_ever = extends(24 * 5);
    for_ever.request.days = None;
    for_ever.designation = for_ever.live.group.as_ref().map(samples::designation);
    vec![
        page("extension", extends(24 * 5)),
        page("extension-no-later", extends(24 * 60)),
        page("extension-for-ever", for_ever),
        page("extension-without-end", Facts { end: None, ..extends(1) }),
        page("extended", facts(samples::answered(extension(), State::Approved, "Until spring, then."))),
        after("extended", "extended-done", ""),
        after("denied-extension", "denied-extension-done", "denied-done-text"),
    ]
}
