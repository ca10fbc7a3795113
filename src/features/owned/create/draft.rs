//! What stands in the form of a new group, with names for the people who were chosen.

use crate::{
    domain::{
        commission::Commission,
        creating::{self, Creation, MOST_PEOPLE, NAME_LIMIT, PURPOSE_LIMIT},
        directory::{Kind, Person, PersonRef},
        ids::{CommissionId, EventId, PersonId},
        refusal::Hindrance,
        text::{self, TextProblem},
    },
    sign_in::Signed,
    web::{
        app::App,
        form::{Fields, Slips},
        refusals,
        trouble::Trouble,
        words::Phrase,
    },
};

/// What the form holds.
#[derive(Debug, Clone, Default)]
pub(in crate::features::owned) struct Draft {
    /// What the group will be recorded as, so that sent twice it is created once.
    pub operation: EventId,
    pub kind: Option<Kind>,
    pub name: String,
    pub purpose: String,
    pub owners: Vec<PersonRef>,
    pub members: Vec<PersonRef>,
    /// The commission that the group is for.
    pub commission: Option<CommissionId>,
    /// The words that people are looked for by, and those by which they were looked for last.
    pub q: String,
    pub searched: String,
}

/// What the person wishes to do with the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    /// Look for people.
    Find,
    /// Choose somebody as an owner, or as a member.
    Choose(PersonId, bool),
    /// Leave somebody out again.
    Drop(PersonId),
    /// Change what was checked.
    Change,
    /// Go on to what is checked.
    Check,
    /// Create it.
    Create,
}

impl Act {
    /// Reads the button. Whoever presses Enter presses some button: words that were not looked for yet are looked for.
    pub fn read(fields: &Fields) -> Self {
        let (act, id) = fields.get("act").split_once(':').unwrap_or((fields.get("act"), ""));
        let (q, searched) = (fields.get("q").trim(), fields.get("searched").trim());
        match (act, id.parse().ok()) {
            ("owner", Some(person)) => Self::Choose(person, true),
            ("member", Some(person)) => Self::Choose(person, false),
            ("drop", Some(person)) => Self::Drop(person),
            ("create", _) => Self::Create,
            ("change", _) => Self::Change,
            _ if !q.is_empty() && q != searched => Self::Find,
            _ => Self::Check,
        }
    }
}

impl Draft {
    /// Reads the form. People are named as the directory names them now, and whom it does not know is left out.
    pub(super) async fn read(app: &App, signed: &Signed, fields: &Fields, act: Act) -> Result<(Self, Slips), Trouble> {
        let of = |field: &str| -> Vec<PersonId> {
            let all = fields.all().iter().filter(|(name, _)| name == field);
            all.filter_map(|(_, id)| id.parse().ok()).take(MOST_PEOPLE * 2).collect()
        };
        let (mut owners, mut members) = (of("owner"), of("member"));
        match act {
            Act::Choose(person, true) if !owners.contains(&person) => owners.push(person),
            Act::Choose(person, false) if !members.contains(&person) => members.push(person),
            Act::Drop(person) => {
                owners.retain(|known| *known != person);
                members.retain(|known| *known != person);
            }
            _ => {}
        }
        let mut ids = [owners.clone(), members.clone()].concat();
        ids.sort_unstable();
        ids.dedup();
        let people = if ids.is_empty() { Vec::new() } else { app.graph.person(&signed.token).people(&ids).await? };
        let mut slips = Slips::default();
        let mut chosen = |ids: &[PersonId], as_owner| -> Vec<PersonRef> {
            let found = ids.iter().filter_map(|id| people.iter().find(|person| person.id == *id));
            let mut all: Vec<PersonRef> = Vec::new();
            for person in found {
                match creating::hindrance(person, as_owner, signed.viewer.id) {
                    Some(hindrance) => slips.note("q", hindered(person, hindrance)),
                    None if all.iter().any(|known| known.id == person.id) => {}
                    None => all.push(PersonRef { id: person.id, name: person.name.clone() }),
                }
            }
            all
        };
        let draft = Self {
            operation: fields.get("operation").parse().unwrap_or_else(|_| EventId::new()),
            kind: kind_of(fields.get("kind")),
            name: fields.get("name").to_owned(),
            purpose: fields.get("purpose").to_owned(),
            owners: chosen(&owners, true),
            members: chosen(&members, false),
            commission: fields.get("commission").parse().ok(),
            q: fields.get("q").trim().chars().take(200).collect(),
            searched: fields.get("searched").to_owned(),
        };
        Ok((draft, slips))
    }

    /// Makes what is typed fit to keep, and says all that is wrong with it.
    pub fn check(&mut self) -> Slips {
        let mut slips = Slips::default();
        if self.kind.is_none() {
            slips.note("kind", "new-needs-kind".into());
        }
        let mut take = |field: &'static str, missing: &'static str, checked: Result<String, TextProblem>| match checked
        {
            Ok(text) => Some(text),
            Err(TextProblem::Missing) => {
                slips.note(field, missing.into());
                None
            }
            Err(TextProblem::TooLong { limit, length }) => {
                slips.note(field, Phrase::new("text-too-long").count("limit", limit).count("length", length));
                None
            }
        };
        if let Some(name) = take("name", "details-needs-name", text::required(&self.name, NAME_LIMIT)) {
            self.name = name.replace(['\n', '\t'], " ");
        }
        if let Some(purpose) = take("purpose", "new-needs-purpose", text::required(&self.purpose, PURPOSE_LIMIT)) {
            self.purpose = purpose;
        }
        if self.owners.len() + self.members.len() >= MOST_PEOPLE {
            slips.note("q", Phrase::new("new-too-many").count("limit", MOST_PEOPLE - 1));
        }
        slips
    }

    pub fn is_kind(&self, code: &str) -> bool {
        self.kind.is_some_and(|kind| code_of(kind) == code)
    }

    /// Returns the kind as forms name it.
    pub fn kind_code(&self) -> &'static str {
        self.kind.map(code_of).unwrap_or_default()
    }
}

impl From<Creation> for Draft {
    /// Begins anew with what was asked for before.
    fn from(before: Creation) -> Self {
        Self {
            kind: Some(before.kind),
            name: before.name,
            purpose: before.purpose,
            owners: before.owners,
            members: before.members,
            commission: before.commission,
            ..Self::default()
        }
    }
}

impl From<&Commission> for Draft {
    /// Begins with what an administrator asked for.
    fn from(commission: &Commission) -> Self {
        let wish = &commission.wish;
        let (name, purpose) = (wish.name.clone(), wish.purpose.clone());
        Self { name, purpose, commission: Some(commission.id), ..Self::default() }
    }
}

/// Says why somebody who was found cannot be chosen.
fn hindered(person: &Person, hindrance: Hindrance) -> Phrase {
    let why = refusals::hindered(hindrance).text();
    Phrase::new("new-hindered").name("person", &person.name).word("why", why)
}

fn kind_of(code: &str) -> Option<Kind> {
    [Kind::Security, Kind::Microsoft365].into_iter().find(|kind| code_of(*kind) == code)
}

fn code_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Security => "security",
        Kind::Microsoft365 => "microsoft365",
    }
}
