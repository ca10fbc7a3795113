//! Samples of my memberships, and of leaving a group.

use crate::{
    domain::{operation::Kind, samples},
    web::{
        flash::{Flash, Mood},
        frame::{Frame, Here},
        samples::{Sample, employee, guest, long_named, owner, right_to_left},
    },
};

use super::{
    leave::Leave,
    list::{List, Row},
};

/// Draws the samples.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let long = [samples::long_name(), samples::long_arabic_name()];
    let many = (1..=300).map(|number| direct(&format!("Team {number:05}"))).collect();
    let mut all = vec![
        list("empty", employee(), vec![]),
        list("one", employee(), vec![direct("Compiler Team")]),
        list("every-state", employee(), every_state()),
        list("many", employee(), many),
        list("long-names", long_named(), long.iter().map(|name| leaving(name)).collect()),
        list("right-to-left", right_to_left(), vec![direct("مكتبة القرويين")]),
        list("guest", guest(), vec![direct("Reading Circle")]),
        Sample::of(
            "memberships/list-directory-away",
            &List { directory_away: true, rows: vec![], frame: employee().at(Here::Memberships) },
        ),
        leave("leave", employee(), "Compiler Team", false),
        leave("leave-owner", owner(), "Compiler Team", true),
        leave("leave-long-name", employee(), &samples::long_name(), false),
        leave("leave-right-to-left", right_to_left(), "مكتبة القرويين", true),
    ];
    all.extend([
        said("left", Mood::Success, "left-done", ""),
        said("wish-kept", Mood::Info, "left-kept", "left-kept-text"),
        said("stays", Mood::Success, "stay-done", ""),
    ]);
    all
}

fn list(name: &str, frame: Frame, rows: Vec<Row>) -> Sample {
    let page = List { frame: frame.at(Here::Memberships), rows, directory_away: false };
    Sample::of(format!("memberships/list-{name}"), &page)
}

fn said(name: &str, mood: Mood, title: &'static str, text: &'static str) -> Sample {
    let flash = Flash::new(mood, title, text).name("group", "Compiler Team");
    list(&format!("after-{name}"), employee().saying(flash), every_state())
}

fn leave(name: &str, frame: Frame, group: &str, is_owner: bool) -> Sample {
    let group = samples::group(group);
    let page = Leave { id: group.id, name: group.name, is_owner, frame: frame.at(Here::Memberships) };
    Sample::of(format!("memberships/{name}"), &page)
}

fn direct(name: &str) -> Row {
    Row { id: samples::group(name).id, name: name.to_owned(), is_direct: true, leaving: None }
}

fn leaving(name: &str) -> Row {
    Row { leaving: Some(samples::write(Kind::Remove, "Alan Turing", name)), ..direct(name) }
}

fn every_state() -> Vec<Row> {
    let nested = Row { is_direct: false, ..direct("Data Platform") };
    vec![leaving("Compiler Team"), direct("Cryptography Research"), nested, direct("مكتبة القرويين")]
}
