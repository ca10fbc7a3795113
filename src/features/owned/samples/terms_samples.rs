//! Samples of the terms as owners see and change them.

use std::sync::Arc;

use crate::{
    domain::{
        audience::Audience,
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
        terms_meanwhile::Change,
        words::Phrase,
    },
};

use super::{
    super::{
        terms::{
            OwnTerms,
            preview::{Affected, Preview},
        },
        workspace::Workspace,
    },
    not_taking_part,
};

/// Draws the samples.
pub(super) fn samples() -> Vec<Sample> {
    let mut all = forms();
    all.extend(audiences());
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
    let mut limited = team(&[]);
    limited.designation.as_mut().expect("it takes part").terms.members_of = Some(research());
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
        sample("audience-locked", &page(owner(), limited, true)),
        sample("questions-locked", &page(owner(), asks, true)),
        sample("meanwhile", &meanwhile()),
        sample("long-name", &page(owner(), long, true)),
        sample("auditor", &page(auditor(), team(&some), false)),
        sample("not-taking-part", &page(owner(), not_taking_part("COBOL Committee"), true)),
        sample("unfit", &page(owner(), unfit(), true)),
        sample("after-saving", &page(saved, team(&some), true)),
    ]
}

/// A group was typed whose members cannot be the ones who ask.
fn audiences() -> Vec<Sample> {
    let long = samples::long_arabic_name();
    let slip = |what: &str, typed: &str, slip: Phrase| {
        let mut page = page(owner(), team(&[Term::Who]), true);
        page.typed = Typed::again(&Fields::parse(format!("audience={typed}").as_bytes()), page.typed.drawn);
        page.slips.note("audience", slip);
        Sample::of(format!("owned/terms-audience-{what}"), &page)
    };
    let nobody = |key, typed| Phrase::new(key).name("typed", typed);
    let found = |key, group| Phrase::new(key).name("group", group);
    vec![
        slip("none", "Gardeners", nobody("terms-audience-none", "Gardeners")),
        slip("similar", "Resaerch", nobody("terms-audience-similar", "Resaerch").name("names", &long)),
        slip("several", "Research", nobody("terms-audience-several", "Research")),
        slip("itself", "Compiler Team", found("terms-audience-itself", "Compiler Team")),
        slip("gone", &long, found("terms-audience-gone", &long)),
        slip("hidden", "Talent Reviews", found("terms-audience-hidden", "Talent Reviews")),
    ]
}

fn research() -> Audience {
    let group = samples::group("Everybody in Research");
    Audience { group: group.id, name: group.name }
}

fn unfit() -> Entry {
    let mut entry = team(&Term::ALL);
    entry.group.facts.on_premises_sync = Some(true);
    entry
}

fn meanwhile() -> OwnTerms {
    let mut page = page(owner(), team(&[Term::Reason, Term::OpenDays, Term::CoolDown]), true);
    let before = Terms::default();
    let change =
        |person: &str, hours, what: Terms| Change::new(&page.frame, person, &samples::hours_ago(hours), &before, &what);
    let mut locked = before.clone();
    locked.set_open(Term::Details, false);
    let changes = vec![
        change("Barbara Liskov", 1, Terms { open_days: 30, cool_down_days: 0, ..before.clone() }),
        change(&samples::long_arabic_name(), 2, locked),
    ];
    page.meanwhile = changes;
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
    let limited = Terms { members_of: Some(research()), ..out.clone() };
    let reviewed = Terms { review_days: Some(90), ..out.clone() };
    vec![
        preview("nobody", team(&Term::ALL), &guests_in, &all, &nobody),
        preview("one", team(&Term::ALL), &guests_in, &all, &guests(1)),
        preview("one-more", team(&Term::ALL), &guests_in, &all, &guests(21)),
        preview("many", team(&Term::ALL), &guests_in, &all, &guests(412)),
        preview("audience", team(&Term::ALL), &out, &limited, &nobody),
        preview("audience-one", team(&Term::ALL), &out, &limited, &guests(1)),
        preview("no-audience", team(&Term::ALL), &limited, &out, &guests(2)),
        preview("no-review", team(&Term::ALL), &reviewed, &out, &nobody),
        preview("guests-in", team(&Term::ALL), &out, &guests_in, &nobody),
        preview("long-names", named(&samples::long_name(), &Term::ALL), &guests_in, &out, &long),
    ]
}
