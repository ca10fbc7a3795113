//! Samples of my memberships, and of leaving a group.

use crate::{
    domain::{lasting::Lasting, operation::Kind, samples, terms::Terms, text::TextProblem},
    web::{
        flash::{Flash, Mood},
        form::Fields,
        frame::{Frame, Here},
        lasting,
        samples::{Sample, employee, guest, long_named, owner, right_to_left, taking_part},
        words::Phrase,
    },
};

use super::{
    extend::Extend,
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
        extend("extend", employee(), "Compiler Team", true),
        extend("extend-for-ever", employee(), "Reading Circle", false),
        extend("extend-long-name", employee(), &samples::long_arabic_name(), true),
        Sample::of("memberships/extend-slips", &extend_slips()),
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

fn extending(frame: Frame, group: &str, ends: bool) -> Extend {
    let mut entry = taking_part(group);
    if ends {
        entry.designation = Some(samples::designation_with_ends(&entry.group));
    } else if let Some(designation) = &mut entry.designation {
        designation.terms.reason_required = false;
    }
    Extend::new(frame, &entry, samples::hours_ago(-24 * 5))
}

fn extend(name: &str, frame: Frame, group: &str, ends: bool) -> Sample {
    Sample::of(format!("memberships/{name}"), &extending(frame, group, ends))
}

fn extend_slips() -> Extend {
    let terms = Terms { lasting: Lasting::Days { usual: 90, most: 180 }, ..Terms::default() };
    let slip = Phrase::new("days-slip").count("most", 180_u64);
    let fields = Fields::parse(b"days=many&reason=");
    let page = extending(employee(), "Compiler Team", true);
    page.slipped(Some(TextProblem::Missing), Some(slip), &fields, &terms)
}

fn leave(name: &str, frame: Frame, group: &str, is_owner: bool) -> Sample {
    let group = samples::group(group);
    let page = Leave { id: group.id, name: group.name, is_owner, frame: frame.at(Here::Memberships) };
    Sample::of(format!("memberships/{name}"), &page)
}

fn direct(name: &str) -> Row {
    Row { id: samples::group(name).id, name: name.to_owned(), is_direct: true, leaving: None, until: None }
}

fn leaving(name: &str) -> Row {
    Row { leaving: Some(samples::write(Kind::Remove, "Alan Turing", name)), ..direct(name) }
}

fn every_state() -> Vec<Row> {
    let nested = Row { is_direct: false, ..direct("Data Platform") };
    let until = |hours: i64| {
        let end = samples::hours_ago(-hours);
        Some((employee().day(&end), lasting::tag(end, samples::now())))
    };
    let far = Row { until: until(24 * 80), ..direct("Flight Dynamics") };
    let soon = Row { until: until(24 * 5), ..direct("Language Design") };
    let ended = Row { until: until(-50), ..direct("Flight Software") };
    vec![leaving("Compiler Team"), direct("Cryptography Research"), nested, far, soon, ended, direct("مكتبة القرويين")]
}
