//! Samples of the page on which an owner changes when a membership ends.

use std::sync::Arc;

use crate::{
    domain::{
        lasting::{End, EndProblem},
        refusal::{Hindrance, Refusal},
        samples,
    },
    web::{
        flash::{Flash, Mood},
        form::Slips,
        frame::Frame,
        samples::{Sample, owned_by, owner, right_to_left},
        words::Phrase,
    },
};

use super::super::{change_end::ChangeEnd, workspace::Workspace};

fn workspace(name: &str, ends: bool) -> Workspace {
    let mut entry = owned_by(name, &["Grace Hopper", "Barbara Liskov"]);
    if ends {
        entry.designation = Some(samples::designation_with_ends(&entry.group));
    }
    Workspace::new(Arc::new(entry), true)
}

fn end(hours: i64) -> End {
    let at = Some(samples::hours_ago(-hours));
    End { at, by: samples::person("Barbara Liskov"), why: String::new(), version: 2 }
}

fn page(frame: Frame, it: Workspace, person: &str, end: Option<End>, no: Option<Hindrance>) -> ChangeEnd {
    let may = no.map_or(Ok(()), |hindrance| Err(Refusal::Hindered(hindrance)));
    ChangeEnd::new(frame, it, samples::person(person), end, may)
}

/// Draws the samples.
pub(super) fn samples() -> Vec<Sample> {
    let team = |ends| workspace("Compiler Team", ends);
    let alan = |ends, end, no| page(owner(), team(ends), "Alan Turing", end, no);
    let slipped = |name: &str, problem, reason: Phrase| {
        let page = alan(true, Some(end(900)), None);
        let mut slips = Slips::default();
        slips.note("until", page.slip(problem));
        slips.note("reason", reason);
        let page = ChangeEnd { typed: ("2026-11-01".to_owned(), String::new()), slips, ..page };
        Sample::of(format!("owned/end-slip-{name}"), &page)
    };
    let long = || Phrase::new("text-too-long").count("limit", 500_u64).count("length", 612_u64);
    let sample = |name: &str, page: &ChangeEnd| Sample::of(format!("owned/end-{name}"), page);
    let mut all = vec![
        sample("change", &alan(true, Some(end(900)), None)),
        sample("set", &alan(false, None, None)),
        sample("taken-away", &alan(false, Some(End { at: None, ..end(0) }), None)),
        sample("not-given", &alan(true, None, Some(Hindrance::NotGiven))),
        sample("own", &page(owner(), team(true), "Grace Hopper", Some(end(90)), Some(Hindrance::OwnEnd))),
        sample("long", &page(owner(), team(true), &samples::long_name(), Some(end(900)), None)),
        sample(
            "right-to-left",
            &page(right_to_left(), workspace(&samples::long_arabic_name(), true), "فاطمة الفهري", Some(end(900)), None),
        ),
        slipped("past", EndProblem::Past, "end-needs-reason".into()),
        slipped("not-a-day", EndProblem::NotADay, "end-needs-reason".into()),
        slipped("too-late", EndProblem::TooLate, long()),
    ];
    for title in ["end-changed", "end-taken-away"] {
        let flash = Flash::new(Mood::Success, title, "").name("person", "Alan Turing").name("group", "Compiler Team");
        let frame = owner().saying(flash);
        all.push(Sample::of(format!("owned/after-{title}"), &page(frame, team(true), "Alan Turing", None, None)));
    }
    all
}
