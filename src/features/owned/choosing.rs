//! Finding a person by name and choosing them, to become a member or an owner.

use askama::Template;

use crate::{
    domain::{directory::Person, ids::OperationId},
    sign_in::Signed,
    web::{
        app::App,
        filters,
        form::Slips,
        frame::{Frame, Here},
        lasting::Days,
        trouble::Trouble,
        words::Phrase,
    },
};

use super::workspace::Workspace;

/// What somebody is to become, or to cease to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Member,
    Owner,
}

impl Part {
    /// Returns the last part of the address of the page that lists them.
    pub fn list(self) -> &'static str {
        match self {
            Self::Member => "members",
            Self::Owner => "owners",
        }
    }
}

/// The page with the search and whom it found.
#[derive(Template)]
#[template(path = "owned/choose.html")]
pub(super) struct Choosing {
    pub frame: Frame,
    pub it: Workspace,
    pub part: Part,
    pub q: String,
    /// Who was found; nobody has been looked for yet when `None`.
    pub found: Option<Vec<Person>>,
    pub chosen: String,
    pub typed: String,
    /// How long a membership is to last, where the terms set an end.
    pub days: Option<Days>,
    /// What the form will be recorded as, so that sent twice it counts once.
    pub operation: OperationId,
    pub slips: Slips,
    guests_may_join: bool,
}

impl Choosing {
    /// Finds people by the words of their name or the beginning of their address.
    pub async fn find(
        app: &App,
        signed: &Signed,
        frame: Frame,
        it: Workspace,
        part: Part,
        words: &str,
    ) -> Result<Self, Trouble> {
        let q: String = words.trim().chars().take(200).collect();
        let found = if q.is_empty() { None } else { Some(app.graph.person(&signed.token).search_people(&q).await?) };
        Ok(Self::new(frame, it, part, q, found))
    }

    pub fn new(frame: Frame, it: Workspace, part: Part, q: String, found: Option<Vec<Person>>) -> Self {
        let lasting = it.designation().map(|designation| designation.terms.lasting).unwrap_or_default();
        Self {
            days: Days::offered(lasting).filter(|_| part == Part::Member),
            guests_may_join: it.designation().is_some_and(|designation| designation.terms.guests_may_ask),
            frame: frame.at(Here::Owned),
            it,
            part,
            q,
            found,
            chosen: String::new(),
            typed: String::new(),
            operation: OperationId::new(),
            slips: Slips::default(),
        }
    }

    /// Returns the page with what is wrong in the form, and what was typed.
    pub fn slipped(mut self, field: &'static str, slip: Phrase, chosen: &str, typed: &str) -> Self {
        self.slips.note(field, slip);
        chosen.clone_into(&mut self.chosen);
        typed.clone_into(&mut self.typed);
        self
    }

    /// Returns the page with what was typed for how long the membership is to last.
    pub fn lasting(mut self, typed: &str) -> Self {
        if let Some(days) = &mut self.days {
            typed.clone_into(&mut days.typed);
        }
        self
    }

    /// Returns why somebody who was found cannot be chosen.
    fn hindrance(&self, person: &Person) -> Option<Phrase> {
        if person.enabled == Some(false) {
            return Some("found-disabled".into());
        }
        match self.part {
            Part::Owner if person.is_guest() => Some("found-guest-owner".into()),
            Part::Member if person.is_guest() && !self.guests_may_join => Some("found-guest".into()),
            _ => None,
        }
    }

    fn title(&self) -> Phrase {
        let key = match self.part {
            Part::Member => "add-title",
            Part::Owner => "add-owner-title",
        };
        Phrase::new(key).name("group", &self.it.name)
    }

    fn intro(&self) -> Phrase {
        match self.part {
            Part::Member => "add-intro".into(),
            Part::Owner => "add-owner-intro".into(),
        }
    }

    fn act(&self) -> Phrase {
        match self.part {
            Part::Member => "add-to-group".into(),
            Part::Owner => "make-owner".into(),
        }
    }
}
