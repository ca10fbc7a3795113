//! Terms in words: what each is called, what it says, and how terms differ from those before.

use crate::domain::terms::{Term, Terms};

use super::{questions, words::Phrase};

/// A term in a list of facts.
#[derive(Debug, Clone)]
pub struct Fact {
    /// Which.
    pub term: Term,
    /// What it is called there.
    pub label: &'static str,
    /// What it says.
    pub value: Phrase,
    /// Whether owners may change it.
    pub is_open: bool,
}

/// Returns what a term is called among what owners may change.
#[must_use]
pub fn name(term: Term) -> &'static str {
    match term {
        Term::Gives => "what-it-gives",
        Term::Who => "term-who",
        Term::Reason => "term-reason",
        Term::Questions => "term-questions",
        Term::OpenDays => "terms-open-days",
        Term::CoolDown => "term-cool-down",
        Term::Lasting => "term-lasting",
        Term::Approvals => "terms-approvals",
        Term::Review => "term-review",
        Term::Owners => "terms-owners-owners",
        Term::Details => "terms-owners-details",
        Term::Delete => "terms-owners-delete",
    }
}

/// Returns what terms say, one fact a term; nothing of one that says nothing.
#[must_use]
pub fn facts(terms: &Terms) -> Vec<Fact> {
    let fact = |term, (label, value)| Fact { term, label, value, is_open: terms.is_open(term) };
    Term::ALL.into_iter().filter_map(|term| said(terms, term).map(|said| fact(term, said))).collect()
}

fn said(terms: &Terms, term: Term) -> Option<(&'static str, Phrase)> {
    let days = |days: u16| Phrase::new("in-days").count("days", days);
    Some(match term {
        Term::Gives if terms.gives.is_empty() => return None,
        Term::Gives => ("fact-gives", Phrase::new("terms-gives-said").name("gives", &terms.gives)),
        Term::Who => ("term-who", who_of(terms)),
        Term::Reason => (
            "fact-reason",
            if terms.reason_required { "terms-reason-needed" } else { "terms-reason-not-needed" }.into(),
        ),
        Term::Questions if terms.questions.is_empty() => return None,
        Term::Questions => {
            ("fact-questions", Phrase::new("terms-questions-said").word("questions", questions::said(&terms.questions)))
        }
        Term::OpenDays => ("fact-open-days", days(terms.open_days)),
        Term::CoolDown => ("fact-cool-down", days(terms.cool_down_days)),
        Term::Lasting => ("fact-lasts", lasting(terms)),
        Term::Approvals => ("fact-approvals", Phrase::new("terms-approvals-said").count("n", terms.approvals)),
        Term::Review => ("fact-review", review(terms.review_days)),
        Term::Owners | Term::Details | Term::Delete => return None,
    })
}

/// Says who may ask: everybody, or the members of a group, named where it may be.
#[must_use]
pub fn who(guests: bool, members_of: Option<Option<&str>>) -> Phrase {
    match (members_of, guests) {
        (None, true) => "how-everyone".into(),
        (None, false) => "how-not-guests".into(),
        (Some(Some(group)), true) => Phrase::new("how-members").name("group", group),
        (Some(Some(group)), false) => Phrase::new("how-members-not-guests").name("group", group),
        (Some(None), true) => "how-some-members".into(),
        (Some(None), false) => "how-some-members-not-guests".into(),
    }
}

fn who_of(terms: &Terms) -> Phrase {
    who(terms.guests_may_ask, terms.members_of.as_ref().map(|audience| Some(audience.name.as_str())))
}

fn lasting(terms: &Terms) -> Phrase {
    match terms.lasting.offered() {
        None => "lasts-for-ever".into(),
        Some((usual, most)) => Phrase::new("lasts-usually").count("usual", usual).count("most", most),
    }
}

fn review(days: Option<u16>) -> Phrase {
    days.map_or_else(|| "terms-review-never".into(), |days| Phrase::new("terms-review-said").count("n", days))
}

/// Says how terms differ from those before: what each says, and then what owners may change.
#[must_use]
pub fn changes(before: &Terms, after: &Terms) -> Vec<Phrase> {
    let differing = Term::ALL.into_iter().filter(|term| before.differs(after, *term));
    let moved = Term::ALL.into_iter().filter(|term| before.is_open(*term) != after.is_open(*term));
    let locks = moved.map(|term| {
        let key = if after.is_open(term) { "terms-change-opened" } else { "terms-change-locked" };
        Phrase::new(key).word("term", Phrase::new(name(term)).text())
    });
    differing.map(|term| change(before, after, term)).chain(locks).collect()
}

/// Says how one term differs from the one before.
#[must_use]
pub fn change(before: &Terms, after: &Terms, term: Term) -> Phrase {
    let days = |key: &'static str, days: fn(&Terms) -> u16| {
        Phrase::new(key).count("before", days(before)).count("after", days(after))
    };
    match term {
        Term::Gives => gives(before, after),
        Term::Who if before.members_of != after.members_of => {
            Phrase::new("terms-change-who").word("before", who_of(before).text()).word("after", who_of(after).text())
        }
        Term::Who => if after.guests_may_ask { "terms-change-guests" } else { "terms-change-no-guests" }.into(),
        Term::Reason => if after.reason_required { "terms-change-reason" } else { "terms-change-no-reason" }.into(),
        Term::Questions => Phrase::new("terms-change-questions")
            .word("before", questions::said(&before.questions))
            .word("after", questions::said(&after.questions)),
        Term::OpenDays => days("terms-change-open-days", |terms| terms.open_days),
        Term::CoolDown => days("terms-change-cool-down", |terms| terms.cool_down_days),
        Term::Lasting => Phrase::new("terms-change-lasting")
            .word("before", lasting(before).text())
            .word("after", lasting(after).text()),
        Term::Approvals => {
            Phrase::new("terms-change-approvals").count("before", before.approvals).count("after", after.approvals)
        }
        Term::Review => Phrase::new("terms-change-review")
            .word("before", review(before.review_days).text())
            .word("after", review(after.review_days).text()),
        Term::Owners | Term::Details | Term::Delete => name(term).into(),
    }
}

fn gives(before: &Terms, after: &Terms) -> Phrase {
    let sides = [("before", &before.gives), ("after", &after.gives)];
    let key = "terms-change-gives";
    sides.into_iter().fold(Phrase::new(key), |said, (place, gives)| {
        let nothing = || Phrase::new("terms-change-gives-none").text();
        if gives.is_empty() { said.word(place, nothing()) } else { said.name(place, gives) }
    })
}
