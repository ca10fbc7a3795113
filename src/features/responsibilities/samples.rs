//! Samples of the administrators' page about the responsibilities of owners.

use std::collections::HashMap;

use jiff::SignedDuration;

use super::show::{Show, Typed};
use crate::{
    domain::{responsibilities::Responsibilities, samples},
    web::{
        flash::{Flash, Mood},
        form::Slips,
        frame::Frame,
        samples::{Sample, administrator, auditor, long_named},
        words::Phrase,
    },
};

const TEXT: &str = "You decide who belongs to the group, so you give access to what it opens.\n\n\
    - Answer within **five days**.\n- Let in only whom you know to need it.";

/// Draws the samples.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let one = || vec![version(1, TEXT, Some(-20))];
    let many = || vec![version(3, TEXT, None), version(2, TEXT, Some(9)), version(1, "Answer.", Some(-20))];
    let mut slips = Slips::default();
    slips.note("text", "responsibilities-empty-slip".into());
    slips.note("days", Phrase::new("responsibilities-days-slip").count("least", 0_u16).count("most", 90_u16));
    let typed = Typed { text: String::new(), asks: true, days: "soon".into() };
    let long =
        vec![version(1, &format!("# {}\n\n{}", samples::long_arabic_name(), "Answer soon. ".repeat(200)), Some(9))];
    let after =
        administrator().saying(Flash::new(Mood::Success, "responsibilities-saved", "responsibilities-saved-text"));
    vec![
        Sample::of("responsibilities/none", &page(administrator(), vec![], 0)),
        Sample::of("responsibilities/none-auditor", &page(auditor(), vec![], 1)),
        Sample::of("responsibilities/one", &page(administrator(), one(), 1)),
        Sample::of("responsibilities/many", &page(administrator(), many(), 240)),
        Sample::of("responsibilities/auditor", &page(auditor(), one(), 3)),
        Sample::of("responsibilities/slips", &Show { typed, slips, ..page(administrator(), one(), 3) }),
        Sample::of("responsibilities/preview", &Show { is_preview: true, ..page(administrator(), one(), 3) }),
        Sample::of("responsibilities/meanwhile", &Show { changed_meanwhile: true, ..page(administrator(), one(), 3) }),
        Sample::of("responsibilities/after", &page(after, one(), 3)),
        Sample::of("responsibilities/long", &page(long_named(), long, 3)),
    ]
}

/// A version that counts, or will, so many days from now.
fn version(version: i64, text: &str, days: Option<i64>) -> Responsibilities {
    let counts_from = days.map(|days| samples::now() + SignedDuration::from_hours(24 * days));
    let (by, at) = (samples::person("Ada Lovelace"), samples::hours_ago(24 * (30 - version)));
    Responsibilities { version, text: text.to_owned(), counts_from, by, at }
}

/// A page with so many owners, of whom every other has accepted the latest version.
fn page(frame: Frame, all: Vec<Responsibilities>, owners: usize) -> Show {
    let can_write = frame.viewer.as_ref().is_some_and(crate::domain::viewer::Viewer::is_administrator);
    let names = samples::names();
    let owners: Vec<_> = (0..owners)
        .map(|n| (samples::person(&format!("{} {}", names[n % names.len()], n / names.len() + 1)), n % 3 + 1))
        .collect();
    let latest = all.first().map_or(0, |latest| latest.version);
    let accepted = owners.iter().step_by(3).map(|(owner, _)| (owner.id, (latest, samples::now()))).collect();
    Show::new(frame, can_write, all, &owners, &if latest == 0 { HashMap::new() } else { accepted })
}
