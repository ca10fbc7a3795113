//! Samples of the terms as owners see and change them.

use std::sync::Arc;

use crate::{
    domain::{
        other_terms,
        request::{Asker, JoinRequest},
        samples,
        terms::{Term, Terms},
    },
    store::catalogue::Entry,
    web::{
        flash::{Flash, Mood},
        form::Fields,
        frame::Frame,
        questions as web_questions,
        samples::{Sample, auditor, owned_by, owner, signed},
        terms_form::Typed,
        terms_words,
        words::Phrase,
    },
};

use super::{
    super::{
        terms::{
            OwnTerms,
            meanwhile::Change,
            preview::{Affected, Preview},
        },
        workspace::Workspace,
    },
    not_taking_part,
};

/// Draws the samples.
pub(super) fn samples() -> Vec<Sample> {
    let mut all = forms();
    all.extend(previews());
    all
}

/// The Compiler Team, of whose terms some are open to owners.
fn team(open: &[Term]) -> Entry {
    named("Compiler Team", open)
}

fn named(name: &str, open: &[Term]) -> Entry {
    let mut entry = owned_by(name, &["Grace Hopper", "Barbara Liskov"]);
    let terms = &mut entry.designation.as_mut().expect("it takes part").terms;
    for term in Term::ALL {
        terms.set_open(term, open.contains(&term));
    }
    entry
}

fn page(frame: Frame, entry: Entry, is_owner: bool) -> OwnTerms {
    let signed = signed(&frame);
    OwnTerms::new(frame, Workspace::new(Arc::new(entry), is_owner), &signed)
}

fn forms() -> Vec<Sample> {
    let some = [Term::Reason, Term::OpenDays, Term::CoolDown];
    let sample = |name: &str, page: &OwnTerms| Sample::of(format!("owned/terms-{name}"), page);
    let mut slipped = page(owner(), team(&Term::ALL), true);
    let fields = Fields::parse(b"open_days=soon&cool_down_days=-1&gives=Everything");
    slipped.typed = Typed::again(&fields, slipped.typed.drawn);
    slipped.slips.note("open_days", Phrase::new("terms-open-days-slip").count("least", 1_u16).count("most", 90_u16));
    let mut questions = page(owner(), team(&[Term::Questions]), true);
    let fields =
        Fields::parse(b"question_1=Which+team%3F&question_1_required=yes&question_3=which+team%3F&question_6=Why%3F");
    questions.typed = Typed::again(&fields, questions.typed.drawn);
    let _ = web_questions::read(&fields, &mut questions.slips);
    let long = named(&samples::long_arabic_name(), &some);
    let mut asks = team(&[]);
    asks.designation.as_mut().expect("it takes part").terms.questions = samples::questions();
    let saved = owner().saying(Flash::new(Mood::Success, "terms-changed", "").name("group", "Compiler Team"));
    vec![
        sample("form", &page(owner(), team(&some), true)),
        sample("all-open", &page(owner(), team(&Term::ALL), true)),
        sample("locked", &page(owner(), team(&[]), true)),
        sample("slip", &slipped),
        sample("slip-questions", &questions),
        sample("questions-locked", &page(owner(), asks, true)),
        sample("meanwhile", &meanwhile()),
        sample("long-name", &page(owner(), long, true)),
        sample("auditor", &page(auditor(), team(&some), false)),
        sample("not-taking-part", &page(owner(), not_taking_part("COBOL Committee"), true)),
        sample("unfit", &page(owner(), unfit(), true)),
        sample("after-saving", &page(saved, team(&some), true)),
    ]
}

fn unfit() -> Entry {
    let mut entry = team(&Term::ALL);
    entry.group.facts.on_premises_sync = Some(true);
    entry
}

fn meanwhile() -> OwnTerms {
    let mut page = page(owner(), team(&[Term::Reason, Term::OpenDays, Term::CoolDown]), true);
    let before = Terms::default();
    let change = |person: &str, hours, what: Terms| Change {
        by: Phrase::new("terms-meanwhile-by")
            .name("person", person)
            .word("when", page.frame.when(&samples::hours_ago(hours)).words()),
        what: terms_words::changes(&before, &what),
    };
    let mut locked = before.clone();
    locked.set_open(Term::Details, false);
    page.meanwhile = vec![
        change("Barbara Liskov", 1, Terms { open_days: 30, cool_down_days: 0, ..before.clone() }),
        change(&samples::long_arabic_name(), 2, locked),
    ];
    page
}

/// An open request by a guest.
fn guest_asks(name: &str) -> JoinRequest {
    let request = samples::request(name, "Compiler Team", "I review the parser.");
    JoinRequest { asker: Asker { guest: true, ..request.asker.clone() }, ..request }
}

fn previews() -> Vec<Sample> {
    let preview = |name: &str, entry: Entry, before: &Terms, after: &Terms, affected: &Affected| {
        let page = page(owner(), entry, true);
        let page = OwnTerms { typed: Typed::from(after).only(page.typed.drawn), ..page };
        Sample::of(format!("owned/terms-preview-{name}"), &Preview::new(page, before, after, affected))
    };
    let guests_in = Terms { guests_may_ask: true, ..Terms::default() };
    let nobody = Affected::default();
    let guests =
        |n: usize| Affected { open: (0..n).map(|at| guest_asks(&format!("Guest {at:02}"))).collect(), denied: n };
    let long = Affected { open: vec![guest_asks(&samples::long_arabic_name())], denied: 0 };
    let out = Terms::default();
    let all = other_terms::other_terms(&guests_in);
    let reviewed = Terms { review_days: Some(90), ..out.clone() };
    vec![
        preview("nobody", team(&Term::ALL), &guests_in, &all, &nobody),
        preview("one", team(&Term::ALL), &guests_in, &all, &guests(1)),
        preview("one-more", team(&Term::ALL), &guests_in, &all, &guests(21)),
        preview("many", team(&Term::ALL), &guests_in, &all, &guests(412)),
        preview("no-review", team(&Term::ALL), &reviewed, &out, &nobody),
        preview("guests-in", team(&Term::ALL), &out, &guests_in, &nobody),
        preview("long-names", named(&samples::long_name(), &Term::ALL), &guests_in, &out, &long),
    ]
}
