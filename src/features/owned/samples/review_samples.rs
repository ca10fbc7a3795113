//! Samples of reviews: before one begins, under way, and its report.

use std::sync::Arc;

use crate::{
    domain::{
        directory::PersonRef,
        ids::ReviewId,
        reviewing::{Answer, Review, Row, Tally},
        samples,
    },
    store::catalogue::Entry,
    web::{
        flash::{Flash, Mood},
        frame::Frame,
        samples::{Sample, owned_by, owner, reviewed_every_90_days, signed},
        words::Phrase,
    },
};

use super::super::{
    inactive,
    review::{Answering, Start, report::Report},
    workspace::Workspace,
};

/// Draws the samples.
pub(super) fn samples() -> Vec<Sample> {
    let mut all = starts();
    all.extend(answering());
    all.extend(reports());
    all
}

fn entry(name: &str) -> Entry {
    owned_by(name, &["Grace Hopper", "Barbara Liskov"])
}

fn team(name: &str) -> Workspace {
    Workspace::new(Arc::new(entry(name)), true)
}

/// A group whose members are to be reviewed every 90 days, so many days after the last review.
fn reviewed(name: &str, ended: i64) -> Workspace {
    Workspace::new(Arc::new(reviewed_every_90_days(name, ended)), true)
}

/// The same, with a review under way.
fn under_review(ended: i64) -> Workspace {
    let mut entry = reviewed_every_90_days("Compiler Team", ended);
    if let Some(designation) = &mut entry.designation {
        designation.reviews.is_under_way = true;
    }
    Workspace::new(Arc::new(entry), true)
}

fn review(ended: Option<i64>) -> Review {
    Review {
        id: ReviewId(uuid::Uuid::from_u128(7)),
        group: entry("Compiler Team").group.id,
        started_by: samples::person("Barbara Liskov"),
        started_at: samples::hours_ago(50),
        ended: ended.map(|hours| (samples::person("Grace Hopper"), samples::hours_ago(hours))),
    }
}

fn row(place: i64, name: &str, answer: Option<Answer>, reason: &str) -> Row {
    let person: PersonRef = samples::person(name);
    Row {
        place,
        username: format!("{}@contoso.example", name.to_lowercase().replace(' ', ".")),
        person,
        answer,
        reason: reason.to_owned(),
        answered: answer.map(|_| (samples::person("Barbara Liskov"), samples::hours_ago(3))),
    }
}

fn some() -> Vec<Row> {
    vec![
        row(1, "Alan Turing", Some(Answer::Keep), ""),
        row(2, "Annie Easley", Some(Answer::Remove), "Moved to the engines."),
        row(3, &samples::long_arabic_name(), None, ""),
        row(4, &samples::long_name(), Some(Answer::Remove), &"Left. ".repeat(40)),
    ]
}

fn starts() -> Vec<Sample> {
    let sample = |name: &str, page: &Start| Sample::of(format!("owned/review-start{name}"), page);
    let many = Phrase::new("review-too-many").count("n", 45_678_usize).count("limit", 20_000_usize);
    vec![
        sample("", &Start::new(owner(), team("Compiler Team"), &[])),
        sample("-earlier", &Start::new(owner(), team("Compiler Team"), &[review(Some(5)), review(Some(2000))])),
        sample("-long-name", &Start::new(owner(), team(&samples::long_arabic_name()), &[])),
        sample("-asked", &Start::new(owner(), reviewed("Compiler Team", 30), &[review(Some(720))])),
        sample("-due-soon", &Start::new(owner(), reviewed("Compiler Team", 80), &[review(Some(1920))])),
        sample("-overdue", &Start::new(owner(), reviewed(&samples::long_arabic_name(), 91), &[review(Some(2184))])),
        sample("-too-many", &Start { too_many: Some(many), ..Start::new(owner(), team("All Staff"), &[]) }),
    ]
}

fn answering() -> Vec<Sample> {
    let page = |frame: Frame, rows: &[Row], after: i64, members| {
        let tally = Tally { members, kept: 1, to_remove: 2.min(members) };
        Answering::new(frame, team("Compiler Team"), review(None), tally, rows, after)
    };
    let due = |ended| {
        let tally = Tally { members: 4, kept: 1, to_remove: 2 };
        Answering::new(owner(), under_review(ended), review(None), tally, &some(), 0)
    };
    let many: Vec<Row> = (41..=61).map(|at| row(at, &format!("Member {at:02}"), None, "")).collect();
    let mut slipped = page(owner(), &some(), 0, 4);
    slipped.slips.note("reason1", "review-needs-reason".into());
    slipped.slips.note("reason3", Phrase::new("text-too-long").count("limit", 300_u64).count("length", 412_u64));
    let said = |title, text| owner().saying(Flash::new(Mood::Success, title, text));
    let sample = |name: &str, page: &Answering| Sample::of(format!("owned/review-{name}"), page);
    let nobody = Answering { tally: Tally::default(), ..page(owner(), &[], 0, 0) };
    let one = Tally { members: 3, kept: 1, to_remove: 1 };
    let mut silent = page(owner(), &some(), 0, 4);
    for row in &mut silent.rows {
        row.inactive = Some(inactive::said(90));
    }
    let begun = Answering {
        tally: Tally { members: 4, ..Tally::default() },
        ..page(said("review-started", "review-started-text"), &some()[2..3], 0, 4)
    };
    vec![
        sample("few", &page(owner(), &some(), 0, 4)),
        sample("inactive", &silent),
        sample("one-each", &Answering { tally: one, ..page(owner(), &some()[..1], 0, 3) }),
        sample("nobody", &nobody),
        sample("due", &due(80)),
        sample("overdue", &due(120)),
        sample("middle-of-many", &page(owner(), &many, 40, 12_345)),
        sample("slips", &slipped),
        sample("begun", &begun),
        sample("saved", &page(said("review-saved", ""), &some(), 0, 4)),
    ]
}

fn reports() -> Vec<Sample> {
    let page = |tally, rows: Vec<Row>, only| {
        let frame = owner();
        let signed = signed(&frame);
        Report::new(frame, team("Compiler Team"), &signed, review(Some(1)), tally, rows, only)
    };
    let sample = |name: &str, page: &Report| Sample::of(format!("owned/review-report-{name}"), page);
    let tally = |kept, to_remove, members| Tally { members, kept, to_remove };
    let removed: Vec<Row> = some().into_iter().filter(|row| row.answer == Some(Answer::Remove)).collect();
    let many: Vec<Row> =
        (1..=100).map(|at| row(at, &format!("Member {at:03}"), Some(Answer::Remove), "Left.")).collect();
    let mut long = page(tally(12_000, 412, 12_500), many, Some(Answer::Remove));
    long.next = Some(format!("/owned/{}/review/{}?only=removed&after=100", long.it.id, long.review.id));
    vec![
        sample("removed", &page(tally(1, 2, 4), removed, Some(Answer::Remove))),
        sample("one", &page(tally(1, 1, 3), some()[1..2].to_vec(), Some(Answer::Remove))),
        sample("unanswered", &page(tally(1, 2, 4), some()[2..3].to_vec(), None)),
        sample("nothing-said", &page(tally(0, 0, 4), some()[2..3].to_vec(), None)),
        sample("kept", &page(tally(1, 2, 4), some()[..1].to_vec(), Some(Answer::Keep))),
        sample("empty", &page(tally(4, 0, 4), Vec::new(), Some(Answer::Remove))),
        sample("many", &long),
    ]
}
