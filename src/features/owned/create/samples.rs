//! Samples of the pages on which a group is created.

use crate::{
    domain::{
        commission::{Commission, State, Wish},
        creating::{Creation, Problem},
        directory::{Kind, Person, Unfit},
        group_life::Course,
        ids::{CommissionId, EventId},
        powers::GROUP_SCOPE,
        refusal::{Hindrance, Refusal},
        samples,
    },
    graph::{Flaw, NamePart, Objection},
    web::{
        refusals,
        samples::{Sample, owner},
        words::Phrase,
    },
};

use super::{
    super::samples::person,
    ahead::Ahead,
    check::{self, Finding, Verdict},
    draft::Draft,
    form::{Check, Form},
    show::{Became, Show},
};

/// Draws the samples.
pub(in crate::features::owned) fn samples() -> Vec<Sample> {
    let mut all = forms();
    all.extend(checks());
    all.extend(made());
    all
}

fn filled() -> Draft {
    Draft {
        kind: Some(Kind::Microsoft365),
        name: "Analytical Engines".to_owned(),
        purpose: "Whoever builds and programs the engines.".to_owned(),
        owners: samples::people(&["Barbara Liskov"]),
        members: samples::people(&["Alan Turing", &samples::long_arabic_name()]),
        ..Draft::default()
    }
}

fn forms() -> Vec<Sample> {
    let page = |draft: Draft| Form::new(owner(), Ahead::default(), draft);
    let sample = |name: &str, page: &Form| Sample::of(format!("owned/new-{name}"), page);
    let found = vec![
        person("Katherine Johnson"),
        person("Alan Turing"),
        person("Grace Hopper"),
        Person { guest: Some(true), ..person("Tim Berners") },
        Person { enabled: Some(false), ..person("Frances Allen") },
        person(&samples::long_arabic_name()),
    ];
    let looking = Draft { q: "al".to_owned(), searched: "al".to_owned(), ..filled() };
    let slipped = |draft: Draft, field, slip: Phrase| {
        let mut page = page(draft);
        page.slips.note(field, slip);
        page
    };
    let mut missing = page(Draft::default());
    missing.slips = missing.draft.check();
    let long = Phrase::new("text-too-long").count("limit", 256_u64).count("length", 300_u64);
    let why = refusals::hindered(Hindrance::GuestOwner).text();
    let guest = Phrase::new("new-hindered").name("person", "Tim Berners").word("why", why);
    let why_not = Some(refusals::sentence(&Refusal::MissingScope(GROUP_SCOPE), &owner()));
    vec![
        sample("empty", &page(Draft::default())),
        sample("filled", &page(filled())),
        sample("at-once", &Form { ahead: Ahead { takes_part: true, commission: None }, ..page(filled()) }),
        sample("commissioned", &commissioned(State::Open)),
        sample("commission-over", &commissioned(State::Withdrawn)),
        sample("found", &Form { found: Some(found), ..page(looking.clone()) }),
        sample("found-nobody", &Form { found: Some(Vec::new()), ..page(looking) }),
        sample("missing", &missing),
        sample("too-long", &slipped(filled(), "name", long)),
        sample("too-many", &slipped(filled(), "q", Phrase::new("new-too-many").count("limit", 19_u64))),
        sample("hindered", &slipped(filled(), "q", guest)),
        sample("scope-missing", &Form { why_not, ..page(Draft::default()) }),
    ]
}

/// The form of somebody who was asked for the group.
fn commissioned(state: State) -> Form {
    let commission = Commission {
        id: CommissionId(uuid::Uuid::from_u128(8)),
        to: samples::person("Grace Hopper"),
        wish: Wish { resource: "The drawings of the engine".to_owned(), ..Wish::default() },
        by: samples::person("Ada Lovelace"),
        at: samples::hours_ago(50),
        state,
        creation: None,
        group: None,
        answered_at: None,
        why: String::new(),
        ended: None,
    };
    let draft = Draft { commission: Some(commission.id), ..filled() };
    Form::new(owner(), Ahead { takes_part: false, commission: Some(commission) }, draft)
}

fn checks() -> Vec<Sample> {
    let page = |name: &str, draft: Draft, findings| {
        Sample::of(
            format!("owned/new-check-{name}"),
            &Check { frame: owner(), draft, ahead: Ahead::default(), findings },
        )
    };
    let fine = |key: &'static str| Finding::new(Verdict::Fine, key);
    let unread = |key: &'static str| Finding::new(Verdict::Unread, key);
    let similar = |n: usize, names: &str| {
        Finding::new(Verdict::Beware, Phrase::new("new-similar").count("n", n).name("groups", names))
    };
    let owners = |n: usize| Finding::new(Verdict::Fine, Phrase::new("new-owners").count("n", n));
    let all_fine = vec![fine("new-may-create"), fine("new-name-fine"), fine("new-similar-none"), owners(2)];
    let beware = vec![
        Finding::new(Verdict::Beware, "new-may-not-create"),
        fine("new-name-free"),
        similar(1, "Compiler Team"),
        Finding::new(Verdict::Beware, "new-only-owner"),
    ];
    let unknown = vec![
        unread("new-may-create-unread"),
        unread("new-name-unread"),
        similar(3, "Compiler Team · Data Platform · Reading Circle"),
        owners(1),
        unread("new-quota-unread"),
    ];
    let alone = Draft { kind: Some(Kind::Security), owners: Vec::new(), members: Vec::new(), ..filled() };
    let mut pages =
        vec![page("fine", filled(), all_fine), page("beware", alone, beware), page("unknown", filled(), unknown)];
    let flaws = [
        (Flaw::MissingPrefixOrSuffix, NamePart::Name),
        (Flaw::BlockedWord, NamePart::Name),
        (Flaw::Taken, NamePart::Name),
        (Flaw::Unknown, NamePart::Unknown),
    ];
    pages.extend(flaws.into_iter().enumerate().map(|(n, (flaw, part))| {
        let said = check::said(Objection { part, flaw });
        page(&format!("wrong-{n}"), filled(), vec![Finding::new(Verdict::Wrong, said)])
    }));
    let long = Draft { name: samples::long_arabic_name(), purpose: samples::long_name(), ..filled() };
    pages.push(page("long", long, vec![fine("new-may-create")]));
    pages
}

fn creation(course: Course) -> Creation {
    Creation {
        id: EventId(uuid::Uuid::from_u128(7)),
        kind: Kind::Security,
        name: "Analytical Engines".to_owned(),
        purpose: "Whoever builds and programs the engines.".to_owned(),
        nickname: "analytical-engines-7".to_owned(),
        owners: Vec::new(),
        members: Vec::new(),
        by: samples::person("Grace Hopper"),
        at: samples::hours_ago(1),
        course,
        group: (course == Course::Done).then(|| samples::group("Analytical Engines").id),
        problem: None,
        commission: None,
    }
}

fn made() -> Vec<Sample> {
    let page = |name: &str, it| Sample::of(format!("owned/new-made-{name}"), &Show::new(owner(), it));
    let became = |name: &str, became| {
        let page = Show { became, ..Show::new(owner(), creation(Course::Done)) };
        Sample::of(format!("owned/new-made-{name}"), &page)
    };
    let refused = |problem| Creation { problem: Some(problem), ..creation(Course::Refused) };
    vec![
        page("done", creation(Course::Done)),
        became("takes-part", Became::TakesPart),
        became("unfit", Became::Unfit(refusals::unfit_reason(Unfit::Dynamic))),
        page("under-way", Creation { at: samples::now(), ..creation(Course::Sent) }),
        page("unclear", creation(Course::Unclear)),
        page("not-this-name", refused(Problem::NotThisName)),
        page("not-allowed", refused(Problem::NotAllowed)),
        page("quota", refused(Problem::Quota)),
        page("refused", refused(Problem::Refused)),
        page("commissioned", Creation { commission: Some(CommissionId::new()), ..creation(Course::Done) }),
        page("long-name", Creation { name: samples::long_arabic_name(), ..creation(Course::Done) }),
    ]
}
