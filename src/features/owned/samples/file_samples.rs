//! Samples of the files that owners take away.

use super::{history_samples::every_line, person};
use crate::{
    domain::{directory::Person, samples},
    features::owned::{history, inactive, members::known_by_name, members_file},
    store::Arrival,
    web::{
        csv::Sheet,
        samples::{Sample, owner},
        trouble::Trouble,
    },
};

/// Writes the samples.
pub(super) fn samples() -> Vec<Sample> {
    let file = |name: &str, sheet: Result<Sheet, Trouble>| {
        let bytes = sheet.and_then(Sheet::bytes).unwrap_or_default();
        Sample { name: format!("owned/{name}.csv"), html: String::from_utf8_lossy(&bytes).into_owned() }
    };
    vec![
        file("history", history::file::sheet(&every_line(&owner()), true)),
        file("members", members_file::sheet(&members())),
    ]
}

fn members() -> Vec<members_file::Row> {
    let row = |person: Person| members_file::Row { person, arrival: None, outside: None, inactive: None };
    let arrival = Arrival {
        by: samples::person("Grace Hopper"),
        at: samples::hours_ago(40),
        why: "=HYPERLINK(\"https://example.org\")".to_owned(),
        until: None,
    };
    vec![
        members_file::Row { arrival: Some(arrival), ..row(person("Alan Turing")) },
        members_file::Row { outside: Some(samples::hours_ago(100)), ..row(person("Annie Easley")) },
        row(Person { guest: Some(true), ..person("Tim Berners") }),
        row(Person { enabled: Some(false), ..person("فاطمة الفهري") }),
        members_file::Row { inactive: Some(inactive::said(90)), ..row(person("Ken Thompson")) },
        row(known_by_name(&samples::person("Joan Clarke"))),
    ]
}
