//! Samples of the administrators' page about new groups.

use super::show::{Change, Show};
use crate::{
    domain::{
        directory::{Person, PersonRef},
        new_groups::{MOST_NAMED, Rule, Whose},
        other_terms::other_terms,
        samples,
        terms::Terms,
    },
    web::{
        flash::{Flash, Mood},
        frame::Frame,
        samples::{Sample, administrator, auditor, long_named},
        words::Phrase,
    },
};

/// Draws the samples.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let sample = |name: &str, page: &Show| Sample::of(format!("new-groups/{name}"), page);
    let one = || vec![rule(1, Whose::Named, &["Grace Hopper", "Barbara Liskov"])];
    let many = samples::names();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let flash = Flash::new(Mood::Success, "new-groups-saved", "new-groups-saved-text");
    vec![
        sample("never-set", &page(administrator(), Vec::new())),
        sample("never-set-auditor", &page(auditor(), Vec::new())),
        sample("one", &page(administrator(), one())),
        sample("auditor", &page(auditor(), versions())),
        sample("many-versions", &page(administrator(), versions())),
        sample("many-and-long-names", &page(long_named(), vec![rule(1, Whose::Named, &many)])),
        sample("found", &found(&["Katherine Johnson", "Grace Hopper", &samples::long_arabic_name()])),
        sample("found-nobody", &found(&[])),
        sample("slips", &slips()),
        sample("nobody-named", &slipped("named", "new-groups-needs-named".into())),
        sample("too-many", &slipped("named", Phrase::new("new-groups-too-many").count("limit", MOST_NAMED))),
        sample("no-words", &slipped("q", "new-groups-needs-words".into())),
        sample("meanwhile", &Show { meanwhile: meanwhile(), ..page(administrator(), versions()) }),
        sample("after", &page(administrator().saying(flash), one())),
    ]
}

fn rule(version: i64, whose: Whose, named: &[&str]) -> Rule {
    Rule {
        version,
        whose,
        named: samples::people(named),
        terms: Terms::default(),
        by: samples::person("Ada Lovelace"),
        at: samples::hours_ago(24 * (30 - version)),
    }
}

fn versions() -> Vec<Rule> {
    let terms = other_terms(&Terms::default());
    vec![
        Rule { terms, ..rule(4, Whose::Named, &["Grace Hopper", "فاطمة الفهري"]) },
        rule(3, Whose::Named, &["Barbara Liskov", "Grace Hopper"]),
        rule(2, Whose::Everybody, &[]),
        rule(1, Whose::Nobody, &[]),
    ]
}

fn page(frame: Frame, all: Vec<Rule>) -> Show {
    let can_set = frame.viewer.as_ref().is_some_and(crate::domain::viewer::Viewer::is_administrator);
    Show::new(frame, can_set, all)
}

fn found(names: &[&str]) -> Show {
    let person = |name: &str| {
        let PersonRef { id, name } = samples::person(name);
        let mail = "somebody@contoso.example".to_owned();
        let none = String::new;
        let (guest, enabled) = (Some(false), Some(true));
        Person { id, name, username: none(), mail, job_title: none(), department: none(), guest, enabled }
    };
    let mut found: Vec<Person> = names.iter().copied().map(person).collect();
    if !found.is_empty() {
        found.push(Person { guest: Some(true), ..person("Tim Berners") });
        found.push(Person { enabled: Some(false), ..person("Frances Allen") });
    }
    let mut page = page(administrator(), vec![rule(1, Whose::Named, &["Grace Hopper"])]);
    "jo".clone_into(&mut page.typed.q);
    "jo".clone_into(&mut page.typed.searched);
    Show { found: Some(found), ..page }
}

fn slips() -> Show {
    let mut page = slipped("whose", "new-groups-needs-whose".into());
    page.typed.whose = None;
    "soon".clone_into(&mut page.typed.terms.open_days);
    let slip = Phrase::new("terms-open-days-slip").count("least", 1_u16).count("most", 90_u16);
    page.slips.note("open_days", slip);
    page
}

fn slipped(field: &'static str, slip: Phrase) -> Show {
    let mut page = page(administrator(), Vec::new());
    page.slips.note(field, slip);
    page
}

fn meanwhile() -> Vec<Change> {
    page(administrator(), versions()).since(2)
}
