//! Samples of the pages on which an owner adds and removes members and owners.

use std::sync::Arc;

use crate::{
    domain::{
        directory::Person,
        operation::Kind,
        refusal::{Hindrance, Refusal},
        samples,
    },
    web::{
        carrying_out::Outcome,
        flash::{Flash, Mood},
        frame::Frame,
        samples::{Sample, auditor, owned_by, owner, signed},
        words::Phrase,
    },
};

use super::{
    super::{
        change_owner,
        choosing::{Choosing, Part},
        confirming::Confirming,
        details::Details,
        owners::Owners,
        workspace::Workspace,
    },
    person, unable,
};

/// Draws the samples.
pub(super) fn samples() -> Vec<Sample> {
    let mut all = adds();
    all.extend(removals());
    all.extend(owners());
    all.extend(details());
    all
}

fn team() -> Workspace {
    Workspace::new(Arc::new(owned_by("Compiler Team", &["Grace Hopper", "Barbara Liskov"])), true)
}

fn too_long() -> Phrase {
    Phrase::new("text-too-long").count("limit", 500_u64).count("length", 612_u64)
}

fn adds() -> Vec<Sample> {
    let page = |part, found: Option<Vec<Person>>| {
        Choosing::new(owner(), team(), part, if found.is_some() { "al".to_owned() } else { String::new() }, found)
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
        let chosen = samples::person("Alan Turing").id.to_string();
        page(Part::Member, Some(every())).slipped(field, phrase, &chosen, "She joins the review of the parser.")
    };
    let sample = |name: &str, page: &Choosing| Sample::of(format!("owned/add-{name}"), page);
    vec![
        sample("start", &page(Part::Member, None)),
        sample("nobody", &page(Part::Member, Some(Vec::new()))),
        sample("one", &page(Part::Member, Some(vec![person("Alan Turing")]))),
        sample("every-kind", &page(Part::Member, Some(every()))),
        sample("nobody-chosen", &slipped("person", "add-choose-person".into())),
        sample("already-member", &slipped("person", "hindered-member".into())),
        sample("reason-too-long", &slipped("reason", too_long())),
        sample("with-an-end", &ending(None)),
        sample("days-slip", &ending(Some("days-slip"))),
        sample("owner-start", &page(Part::Owner, None)),
        sample("owner-every-kind", &page(Part::Owner, Some(every()))),
    ]
}

/// Adding to a group whose memberships end.
fn ending(slip: Option<&'static str>) -> Choosing {
    let mut entry = owned_by("Compiler Team", &["Grace Hopper", "Barbara Liskov"]);
    entry.designation = Some(samples::designation_with_ends(&entry.group));
    let it = Workspace::new(Arc::new(entry), true);
    let page = Choosing::new(owner(), it, Part::Member, "al".to_owned(), Some(vec![person("Alan Turing")]));
    match slip {
        Some(slip) => page.slipped("days", Phrase::new(slip).count("most", 180_u64), "", "").lasting("200"),
        None => page,
    }
}

fn removals() -> Vec<Sample> {
    let page = |part, name: &str, may| {
        let owners = samples::people(&["Grace Hopper", "Barbara Liskov"]);
        Confirming::new(owner(), team(), part, samples::person(name), may).of(&owners)
    };
    let no = |hindrance| Err(Refusal::Hindered(hindrance));
    let sample = |name: &str, page: &Confirming| Sample::of(format!("owned/remove-{name}"), page);
    vec![
        sample("member", &page(Part::Member, "Alan Turing", Ok(()))),
        sample("member-who-owns", &page(Part::Member, "Barbara Liskov", Ok(()))),
        sample("themself", &page(Part::Member, "Grace Hopper", no(Hindrance::Themself))),
        sample("not-member", &page(Part::Member, "Alan Turing", no(Hindrance::NotMember))),
        sample("long-name", &page(Part::Member, &samples::long_name(), Ok(()))),
        sample("reason-too-long", &page(Part::Member, "Alan Turing", Ok(())).slipped(too_long(), "Moved.")),
        sample("owner", &page(Part::Owner, "Barbara Liskov", Ok(()))),
        sample("owner-themself", &page(Part::Owner, "Grace Hopper", Ok(()))),
        sample("last-owner", &page(Part::Owner, "Grace Hopper", Err(Refusal::LastOwner))),
    ]
}

fn owners() -> Vec<Sample> {
    let page = |name: &str, frame: Frame, it: Workspace, may_change: bool| {
        let mut signed = signed(&frame);
        if may_change {
            signed.token.scopes.push(Kind::AddOwner.scope().to_owned());
        }
        Sample::of(format!("owned/owners-{name}"), &Owners::new(frame, it, &signed, name != "not-offered"))
    };
    let of = |entry, is_owner| Workspace::new(Arc::new(entry), is_owner);
    let many: Vec<String> = (0..100).map(|number| format!("Owner {number}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let mut all = vec![
        page("two", owner(), team(), true),
        page("scope-missing", owner(), team(), false),
        page("not-offered", owner(), team(), true),
        page("one-cannot", owner(), of(unable("Flight Dynamics", 1), true), true),
        page("none", auditor(), of(owned_by("Standards Board", &[]), false), true),
        page("many", owner(), of(owned_by("Compiler Team", &many), true), true),
        page("auditor", auditor(), of(owned_by("Compiler Team", &["Grace Hopper"]), false), true),
        page(
            "long-names",
            owner(),
            of(owned_by("Team", &[&samples::long_name(), &samples::long_arabic_name()]), true),
            true,
        ),
    ];
    let delayed = Outcome::Delayed(crate::domain::operation::DirectoryRefusal::NotAllowed);
    for kind in [Kind::AddOwner, Kind::RemoveOwner] {
        for (name, outcome) in [("done", &Outcome::Done), ("underway", &Outcome::Underway), ("delayed", &delayed)] {
            let flash = change_owner::flash(outcome, kind).name("person", "Alan Turing").name("group", "Compiler Team");
            all.push(page(&format!("after-{kind:?}-{name}").to_lowercase(), owner().saying(flash), team(), true));
        }
    }
    all
}

fn details() -> Vec<Sample> {
    let page = |frame: Frame, it: Workspace, is_offered| {
        let mut signed = signed(&frame);
        signed.token.scopes.push(Kind::AddOwner.scope().to_owned());
        Details::new(frame, it, &signed, is_offered)
    };
    let mut locked = owned_by("Compiler Team", &["Grace Hopper", "Barbara Liskov"]);
    locked.designation.as_mut().expect("it takes part").terms.owners_change_details = false;
    locked.designation.as_mut().expect("it takes part").terms.owners_delete = false;
    let mut slipped = page(owner(), team(), true);
    slipped.slips.note("name", "details-not-this-name".into());
    let mut empty = page(owner(), team(), true);
    empty.slips.note("name", "details-needs-name".into());
    let mut meanwhile = page(owner(), team(), true);
    meanwhile.changed_meanwhile = true;
    "Compilers and tools".clone_into(&mut meanwhile.typed.0);
    let long = owned_by(&samples::long_arabic_name(), &["Grace Hopper", "Barbara Liskov"]);
    let sample = |name: &str, page: &Details| Sample::of(format!("owned/details-{name}"), page);
    let after = |name: &str, mood, title, text| {
        let frame = owner().saying(Flash::new(mood, title, text).name("group", "Compiler Team"));
        sample(name, &page(frame, team(), true))
    };
    vec![
        sample("form", &page(owner(), team(), true)),
        sample("not-offered", &page(owner(), team(), false)),
        sample("locked", &page(owner(), Workspace::new(Arc::new(locked), true), true)),
        sample("auditor", &page(auditor(), Workspace::new(Arc::new(owned_by("Team", &["Grace Hopper"])), false), true)),
        sample("not-this-name", &slipped),
        sample("no-name", &empty),
        sample("meanwhile", &meanwhile),
        sample("long-name", &page(owner(), Workspace::new(Arc::new(long), true), true)),
        after("after-done", Mood::Success, "details-done", ""),
        after("after-refused", Mood::Warning, "details-refused", "details-refused-text"),
        after("after-unclear", Mood::Warning, "details-unclear", "details-unclear-text"),
    ]
}
