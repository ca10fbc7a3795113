//! The page before somebody ceases to be a member or an owner: what follows, and why not.

use askama::Template;

use crate::{
    domain::{directory::PersonRef, ids::OperationId, refusal::Refusal},
    web::{
        filters,
        form::Slips,
        frame::{Frame, Here},
        refusals,
        words::Phrase,
    },
};

use super::{choosing::Part, workspace::Workspace};

#[derive(Template)]
#[template(path = "owned/confirm.html")]
pub(super) struct Confirming {
    pub frame: Frame,
    pub it: Workspace,
    pub part: Part,
    pub person: PersonRef,
    /// They own the group: ceasing to be a member does not end that.
    is_owner: bool,
    pub why_not: Option<Phrase>,
    pub typed: String,
    /// What the form will be recorded as, so that sent twice it counts once.
    pub operation: OperationId,
    pub slips: Slips,
}

impl Confirming {
    pub fn new(frame: Frame, it: Workspace, part: Part, person: PersonRef, may: Result<(), Refusal>) -> Self {
        Self {
            is_owner: false,
            why_not: may.err().map(|refusal| refusals::sentence(&refusal, &frame)),
            frame: frame.at(Here::Owned),
            it,
            part,
            person,
            typed: String::new(),
            operation: OperationId::new(),
            slips: Slips::default(),
        }
    }

    /// Says who owns the group.
    pub fn of(mut self, owners: &[PersonRef]) -> Self {
        self.is_owner = owners.iter().any(|owner| owner.id == self.person.id);
        self
    }

    /// Returns the page with what is wrong with the reason, and what was typed.
    pub fn slipped(mut self, slip: Phrase, typed: &str) -> Self {
        self.slips.note("reason", slip);
        typed.clone_into(&mut self.typed);
        self
    }

    fn is_viewer(&self) -> bool {
        self.frame.viewer.as_ref().is_some_and(|viewer| viewer.id == self.person.id)
    }

    fn title(&self) -> Phrase {
        let key = match self.part {
            Part::Member => "remove-title",
            Part::Owner if self.is_viewer() => "step-down-title",
            Part::Owner => "remove-owner-title",
        };
        Phrase::new(key).name("person", &self.person.name).name("group", &self.it.name)
    }

    fn follows(&self) -> Vec<Phrase> {
        let named = |key: &'static str| Phrase::new(key).name("person", &self.person.name);
        match self.part {
            Part::Member if self.is_owner => vec!["remove-follows".into(), named("remove-owner-stays")],
            Part::Member => vec!["remove-follows".into()],
            Part::Owner if self.is_viewer() => vec!["step-down-follows".into()],
            Part::Owner => vec![named("remove-owner-follows")],
        }
    }

    fn act(&self) -> Phrase {
        match self.part {
            Part::Member => "remove-from-group".into(),
            Part::Owner if self.is_viewer() => "step-down".into(),
            Part::Owner => "remove-owner".into(),
        }
    }

    fn cannot(&self) -> Phrase {
        match self.part {
            Part::Member => "cannot-remove".into(),
            Part::Owner => "cannot-remove-owner".into(),
        }
    }

    fn back(&self) -> Phrase {
        match self.part {
            Part::Member => "error-go-members".into(),
            Part::Owner => "error-go-owners".into(),
        }
    }
}
