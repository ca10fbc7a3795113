//! The rule for new groups: what holds, what held before, and the form for the next version.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};

use crate::{
    domain::{
        directory::{Person, PersonRef},
        new_groups::{self, MOST_NAMED, Rule, Whose},
        refusal::Hindrance,
        terms::Terms,
    },
    sign_in::Signed,
    web::{
        app::App,
        filters,
        form::Slips,
        frame::{Frame, Here},
        page, terms_form, terms_words,
        trouble::Trouble,
        words::Phrase,
    },
};

/// The most versions that are shown; one more is read, which the last of them is compared with.
const MOST: usize = 20;

/// What stands in the form.
#[derive(Debug, Clone)]
pub(super) struct Typed {
    pub whose: Option<Whose>,
    pub named: Vec<PersonRef>,
    /// The words that people are looked for by, and those by which they were looked for last.
    pub q: String,
    pub searched: String,
    pub terms: terms_form::Typed,
}

/// One change by somebody else.
#[derive(Debug, Clone)]
pub(super) struct Change {
    /// Who, and when.
    pub by: Phrase,
    pub what: Vec<Phrase>,
}

#[derive(Template)]
#[template(path = "new_groups/show.html")]
pub(super) struct Show {
    pub frame: Frame,
    /// Versions, the one that holds first.
    pub all: Vec<Rule>,
    pub can_set: bool,
    /// The version that the form is drawn from; 0 before the first.
    pub version: i64,
    pub typed: Typed,
    /// Who was found; nobody was looked for when `None`.
    pub found: Option<Vec<Person>>,
    /// What others changed since the form was drawn.
    pub meanwhile: Vec<Change>,
    pub slips: Slips,
}

/// Shows the page to administrators and auditors.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody else.
pub async fn show(State(app): State<App>, signed: Signed, frame: Frame) -> Result<Response, Trouble> {
    if !signed.viewer.sees_everything() {
        return Err(Trouble::NotFound);
    }
    Ok(page::ok(Show::read(&app, &signed, frame).await?).into_response())
}

impl Show {
    /// Reads what the page shows: one statement.
    pub(super) async fn read(app: &App, signed: &Signed, frame: Frame) -> Result<Self, Trouble> {
        let all = app.store.new_group_rules().versions(MOST + 1).await?;
        Ok(Self::new(frame, new_groups::may_set(&signed.viewer).is_ok(), all))
    }

    pub(super) fn new(frame: Frame, can_set: bool, all: Vec<Rule>) -> Self {
        let now = all.first();
        let typed = Typed {
            whose: Some(now.map_or(Whose::Nobody, |rule| rule.whose)),
            named: now.map(|rule| rule.named.clone()).unwrap_or_default(),
            q: String::new(),
            searched: String::new(),
            terms: terms_form::Typed::from(&now.map(|rule| rule.terms.clone()).unwrap_or_default()),
        };
        Self {
            version: now.map_or(0, |latest| latest.version),
            frame: frame.at(Here::Admin),
            all,
            can_set,
            typed,
            found: None,
            meanwhile: Vec::new(),
            slips: Slips::default(),
        }
    }

    /// Returns what others changed since a version, the latest first.
    pub(super) fn since(&self, version: i64) -> Vec<Change> {
        let later = self.all.iter().enumerate().filter(|(_, rule)| rule.version > version);
        later.map(|(at, rule)| self.change(rule, self.all.get(at + 1))).collect()
    }

    /// Returns the latest changes, the last first.
    fn history(&self) -> Vec<Change> {
        self.since(0).into_iter().take(MOST).collect()
    }

    fn change(&self, after: &Rule, before: Option<&Rule>) -> Change {
        let when = self.frame.when(&after.at);
        let by = Phrase::new("new-groups-changed-by").name("person", &after.by.name).word("when", when.words());
        Change { by, what: differences(before, after) }
    }

    fn is_whose(&self, whose: Whose) -> bool {
        self.typed.whose == Some(whose)
    }

    /// Returns what a version says.
    fn said(rule: &Rule) -> &'static str {
        said(rule.whose)
    }

    /// Returns why somebody who was found cannot be named.
    fn hindrance(person: &Person) -> Option<Phrase> {
        new_groups::hindrance(person).map(|hindrance| match hindrance {
            Hindrance::Disabled => "found-disabled".into(),
            _ => "found-guest-owner".into(),
        })
    }

    fn is_named(&self, person: &Person) -> bool {
        self.typed.named.iter().any(|named| named.id == person.id)
    }
}

/// Returns an answer in words.
pub(super) fn said(whose: Whose) -> &'static str {
    match whose {
        Whose::Nobody => "new-groups-nobody",
        Whose::Everybody => "new-groups-everybody",
        Whose::Named => "new-groups-named",
    }
}

/// Says how a version differs from the one before.
fn differences(before: Option<&Rule>, after: &Rule) -> Vec<Phrase> {
    let (whose, named) = before.map_or((Whose::Nobody, &[][..]), |rule| (rule.whose, &rule.named));
    let mut all = Vec::new();
    if whose != after.whose {
        let words = |whose| Phrase::new(said(whose)).text();
        let (whose, now) = (words(whose), words(after.whose));
        all.push(Phrase::new("new-groups-change-whose").word("before", whose).word("after", now));
    }
    let missing_in = |people: &[PersonRef], one: &PersonRef| people.iter().all(|other| other.id != one.id);
    let come = after.named.iter().filter(|one| missing_in(named, one));
    all.extend(come.map(|one| Phrase::new("new-groups-change-come").name("person", &one.name)));
    let gone = named.iter().filter(|one| missing_in(&after.named, one));
    all.extend(gone.map(|one| Phrase::new("new-groups-change-gone").name("person", &one.name)));
    let terms = before.map_or_else(Terms::default, |rule| rule.terms.clone());
    all.extend(terms_words::changes(&terms, &after.terms));
    all
}
