//! Samples of the pages about commissions.

use std::collections::HashMap;

use uuid::Uuid;

use super::{
    answer::Answer,
    ask::{Ask, Sent},
    list::{List, Which},
    show::Show,
};
use crate::{
    domain::{
        commission::{Commission, State, Unable, Wish},
        directory::{Person, PersonRef},
        ids::{CommissionId, EventId},
        refusal::Refusal,
        samples,
    },
    web::{
        flash::{Flash, Mood},
        form::Slips,
        frame::Frame,
        refusals,
        samples::{Sample, administrator, auditor, long_named, owner},
        words::Phrase,
    },
};

const STATES: [(&str, State); 6] = [
    ("open", State::Open),
    ("taken", State::Taken),
    ("ready", State::Ready),
    ("declined", State::Declined),
    ("withdrawn", State::Withdrawn),
    ("done", State::Done),
];

/// Draws the samples.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let mut all = lists();
    all.extend(shows());
    all.extend(answers());
    all.extend(asks());
    all
}

/// Returns a commission in a state, with everything that led there.
pub(super) fn commission(state: State) -> Commission {
    let group = samples::group("Engine Builders");
    let is_there = matches!(state, State::Ready | State::Done);
    let is_over = matches!(state, State::Withdrawn | State::Done);
    Commission {
        id: CommissionId(Uuid::from_u128(0xc0)),
        to: samples::person("Grace Hopper"),
        wish: Wish {
            resource: "The drawings of the engine".to_owned(),
            purpose: "Reading and changing the drawings.".to_owned(),
            name: "Engine Builders".to_owned(),
            note: "Twelve people work on them now.\nMary knows who.".to_owned(),
        },
        by: samples::person("Ada Lovelace"),
        at: samples::hours_ago(50),
        state,
        creation: (is_there || state == State::Taken).then(|| EventId(Uuid::from_u128(0xc1))),
        group: is_there.then_some((group.id, group.name)),
        answered_at: (is_there || state == State::Declined).then(|| samples::hours_ago(9)),
        why: match state {
            State::Declined => "The drawings are Barbara’s; she knows who needs them.".to_owned(),
            State::Withdrawn => "The drawings stay where they are.".to_owned(),
            _ => String::new(),
        },
        ended: is_over.then(|| (samples::person("Ada Lovelace"), samples::hours_ago(2))),
    }
}

fn long(state: State) -> Commission {
    let mut it = commission(state);
    it.wish = Wish {
        resource: samples::long_name(),
        purpose: samples::long_arabic_name(),
        name: samples::long_arabic_name(),
        note: samples::long_name(),
    };
    it.to = samples::person(&samples::long_arabic_name());
    it.by = samples::person(&samples::long_name());
    it
}

fn lists() -> Vec<Sample> {
    let sample = |name: &str, page: &List| Sample::of(format!("commissions/list-{name}"), page);
    let page = |which, all| List::new(administrator(), which, all);
    let many = |state| {
        let numbered = |n: usize| {
            let to = samples::person(samples::PEOPLE[n % samples::PEOPLE.len()]);
            Commission { to, ..commission(state) }
        };
        (0..60).map(numbered).collect::<Vec<_>>()
    };
    let unable = [Unable::Gone, Unable::Disabled, Unable::Guest];
    let lost: HashMap<_, _> =
        samples::PEOPLE.into_iter().zip(unable).map(|(name, why)| (samples::person(name).id, why)).collect();
    let back = vec![commission(State::Ready), commission(State::Declined), long(State::Ready)];
    let over = vec![commission(State::Done), commission(State::Withdrawn)];
    let closed = administrator().saying(Flash::new(Mood::Success, "commission-closed-done", ""));
    vec![
        sample("none", &page(Which::Open, Vec::new())),
        sample("none-back", &page(Which::Back, Vec::new())),
        sample("none-over", &List::new(closed, Which::Over, Vec::new())),
        sample("one", &page(Which::Open, vec![commission(State::Open)])),
        sample("many", &List { unable: lost, ..page(Which::Open, many(State::Open)) }),
        sample("taken-and-long", &page(Which::Open, vec![commission(State::Taken), long(State::Open)])),
        sample("back", &page(Which::Back, back)),
        sample("over", &page(Which::Over, over)),
        sample("auditor", &List::new(auditor(), Which::Open, vec![commission(State::Open)])),
    ]
}

fn shows() -> Vec<Sample> {
    let sample = |name: &str, page: &Show| Sample::of(format!("commissions/show-{name}"), page);
    let page = |state| Show::new(administrator(), commission(state), None);
    let mut all: Vec<Sample> = STATES.into_iter().map(|(name, state)| sample(name, &page(state))).collect();
    let mut slips = Slips::default();
    slips.note("why", "commission-needs-why".into());
    let after =
        |title, text| administrator().saying(Flash::new(Mood::Success, title, text).name("person", "Grace Hopper"));
    let asked = after("commission-asked-done", "commission-asked-text");
    let withdrawn = after("commission-withdrawn-done", "commission-withdrawn-text");
    all.extend([
        sample("slips", &Show { slips, ..page(State::Open) }),
        sample("unable", &Show { unable: Some(Unable::Disabled), ..page(State::Open) }),
        sample("taken-unable", &Show::new(administrator(), commission(State::Taken), Some(Unable::Gone))),
        sample("auditor", &Show::new(auditor(), commission(State::Open), None)),
        sample("long", &Show::new(long_named(), long(State::Ready), None)),
        sample("after-asking", &Show::new(asked, commission(State::Open), None)),
        sample("after-withdrawing", &Show::new(withdrawn, commission(State::Withdrawn), None)),
    ]);
    all
}

fn answers() -> Vec<Sample> {
    let sample = |name: &str, page: &Answer| Sample::of(format!("commissions/answer-{name}"), page);
    let page = |state| Answer::new(owner(), commission(state));
    let mut all: Vec<Sample> = STATES.into_iter().map(|(name, state)| sample(name, &page(state))).collect();
    let mut slips = Slips::default();
    slips.note("why", Phrase::new("text-too-long").count("limit", 500_u16).count("length", 700_u16));
    let flash = Flash::new(Mood::Success, "commission-declined-done", "").name("person", "Ada Lovelace");
    let scope = refusals::sentence(&Refusal::MissingScope(crate::domain::powers::GROUP_SCOPE), &owner());
    all.extend([
        sample("slips", &Answer { slips, typed: samples::long_name(), ..page(State::Open) }),
        sample("scope-missing", &Answer { why_not: Some(scope), ..page(State::Open) }),
        sample("not-here", &Answer { why_not: Some("commission-not-here".into()), ..page(State::Open) }),
        sample("after-declining", &Answer::new(owner().saying(flash), commission(State::Declined))),
        sample("long", &Answer::new(owner(), long(State::Open))),
    ]);
    all
}

fn asks() -> Vec<Sample> {
    let sample = |name: &str, page: &Ask| Sample::of(format!("commissions/ask-{name}"), page);
    let page = |frame: Frame| Ask { id: CommissionId(Uuid::from_u128(0xc0)), ..Ask::new(frame) };
    let filled = || {
        let (wish, to) = (commission(State::Open).wish, Some(samples::person("Grace Hopper")));
        Ask { wish, to, q: "al".to_owned(), searched: "al".to_owned(), ..page(administrator()) }
    };
    let person = |name: &str| {
        let PersonRef { id, name } = samples::person(name);
        let (mail, job_title) = ("somebody@contoso.example".to_owned(), "Engineer".to_owned());
        let (username, department) = (String::new(), String::new());
        Person { id, name, username, mail, job_title, department, guest: Some(false), enabled: Some(true) }
    };
    let found = vec![
        person("Alan Turing"),
        person(&samples::long_arabic_name()),
        person("Ada Lovelace"),
        Person { guest: Some(true), ..person("Tim Berners") },
        Person { enabled: Some(false), ..person("Frances Allen") },
    ];
    let mut empty = page(administrator());
    empty.slips = empty.check(None);
    let sent = |is_over| Sent { id: CommissionId(Uuid::from_u128(0xc3)), to: samples::long_name(), is_over };
    let mut gone = filled();
    gone.slips = gone.check(Some("commission-unable-gone".into()));
    vec![
        sample("empty", &page(administrator())),
        sample("found", &Ask { found: Some(found), ..filled() }),
        sample("found-nobody", &Ask { found: Some(Vec::new()), ..filled() }),
        sample("slips", &empty),
        sample("unable", &gone),
        sample("sent-before", &Ask { sent: Some(sent(false)), ..filled() }),
        sample("sent-over", &Ask { sent: Some(sent(true)), ..filled() }),
        sample("long", &Ask { wish: long(State::Open).wish, ..page(long_named()) }),
    ]
}
