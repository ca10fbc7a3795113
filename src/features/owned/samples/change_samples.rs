//! Samples of the pages on which an owner adds and removes somebody.

use std::sync::Arc;

use crate::{
    domain::{
        directory::Person,
        refusal::{Hindrance, Refusal},
        samples,
    },
    web::{
        form::Slips,
        frame::Frame,
        samples::{Sample, owned_by, owner},
        words::Phrase,
    },
};

use super::{
    super::{add_member::AddMember, remove_member::RemoveMember, workspace::Workspace},
    person,
};

/// Draws the samples.
pub(super) fn samples() -> Vec<Sample> {
    let mut all = adds();
    all.extend(removals());
    all
}

fn adds() -> Vec<Sample> {
    let page = |found: Option<Vec<Person>>| {
        let it = Workspace::new(Arc::new(owned_by("Compiler Team", &["Grace Hopper"])), true);
        AddMember::new(owner(), it, if found.is_some() { "al".to_owned() } else { String::new() }, found)
    };
    let every = || {
        vec![
            person("Alan Turing"),
            Person { guest: Some(true), ..person("Tim Berners") },
            Person { enabled: Some(false), ..person("Frances Allen") },
            person(&samples::long_arabic_name()),
        ]
    };
    let slipped = |field, phrase: Phrase| {
        let mut page = page(Some(every()));
        page.slips.note(field, phrase);
        "She joins the review of the parser.".clone_into(&mut page.typed);
        page
    };
    let sample = |name: &str, page: &AddMember| Sample::of(format!("owned/add-{name}"), page);
    vec![
        sample("start", &page(None)),
        sample("nobody", &page(Some(Vec::new()))),
        sample("one", &page(Some(vec![person("Alan Turing")]))),
        sample("every-kind", &page(Some(every()))),
        sample("nobody-chosen", &slipped("person", "add-choose-person".into())),
        sample("already-member", &slipped("person", "hindered-member".into())),
        sample(
            "reason-too-long",
            &slipped("reason", Phrase::new("text-too-long").count("limit", 500_u64).count("length", 612_u64)),
        ),
    ]
}

fn removals() -> Vec<Sample> {
    let page = |frame: Frame, name: &str, may| {
        let it = Workspace::new(Arc::new(owned_by("Compiler Team", &["Grace Hopper"])), true);
        RemoveMember::new(frame, it, &samples::people(&["Grace Hopper", "Barbara Liskov"]), samples::person(name), may)
    };
    let no = |hindrance| Err(Refusal::Hindered(hindrance));
    let mut long = page(owner(), "Alan Turing", Ok(()));
    long.slips = Slips::default();
    long.slips.note("reason", Phrase::new("text-too-long").count("limit", 500_u64).count("length", 612_u64));
    let sample = |name: &str, page: &RemoveMember| Sample::of(format!("owned/remove-{name}"), page);
    vec![
        sample("member", &page(owner(), "Alan Turing", Ok(()))),
        sample("owner", &page(owner(), "Barbara Liskov", Ok(()))),
        sample("themself", &page(owner(), "Grace Hopper", no(Hindrance::Themself))),
        sample("not-member", &page(owner(), "Alan Turing", no(Hindrance::NotMember))),
        sample("long-name", &page(owner(), &samples::long_name(), Ok(()))),
        sample("reason-too-long", &long),
    ]
}
