//! The text that owners accept, who has accepted it, and the form for the next version.

use std::collections::HashMap;

use askama::{Template, filters::Safe};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use jiff::Timestamp;

use crate::{
    domain::{
        ids::PersonId,
        responsibilities::{DAYS, Responsibilities, TEXT_LIMIT, USUAL_DAYS},
    },
    sign_in::Signed,
    store::catalogue::Snapshot,
    web::{
        app::App,
        filters,
        form::Slips,
        frame::{Frame, Groups, Here},
        markdown, page,
        trouble::Trouble,
        words::Phrase,
    },
};

/// The most owners named who have not accepted.
const MOST: usize = 25;
/// The most earlier versions on the page.
const EARLIER: usize = 10;

/// What was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Typed {
    pub text: String,
    pub asks: bool,
    pub days: String,
}

/// How far the owners are with the latest version that asks them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Progress {
    pub owners: usize,
    pub accepted: usize,
    /// Who has not, by name, with the number of their groups; the first of them.
    pub missing: Vec<(String, usize)>,
}

#[derive(Template)]
#[template(path = "responsibilities/show.html")]
pub(super) struct Show {
    pub frame: Frame,
    /// Versions, the latest first.
    pub all: Vec<Responsibilities>,
    pub progress: Progress,
    pub can_write: bool,
    pub typed: Typed,
    /// The typed text as owners would see it.
    pub is_preview: bool,
    /// Somebody wrote another version since the form was drawn.
    pub changed_meanwhile: bool,
    pub slips: Slips,
}

/// Shows the page to administrators and auditors.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody else.
pub async fn show(
    State(app): State<App>,
    signed: Signed,
    Groups(groups): Groups,
    frame: Frame,
) -> Result<Response, Trouble> {
    if !signed.viewer.sees_everything() {
        return Err(Trouble::NotFound);
    }
    Ok(page::ok(Show::read(&app, &signed, &groups, frame).await?).into_response())
}

impl Show {
    /// Reads what the page shows: two statements.
    pub(super) async fn read(app: &App, signed: &Signed, groups: &Snapshot, frame: Frame) -> Result<Self, Trouble> {
        let all = app.store.responsibilities().all().await?;
        let accepted = app.store.responsibilities().accepted().await?;
        let owners = groups.owners();
        Ok(Self::new(frame, signed.viewer.is_administrator(), all, &owners, &accepted))
    }

    pub(super) fn new(
        frame: Frame,
        can_write: bool,
        all: Vec<Responsibilities>,
        owners: &[(crate::domain::directory::PersonRef, usize)],
        accepted: &HashMap<PersonId, (i64, Timestamp)>,
    ) -> Self {
        let asking = all.iter().find(|one| one.counts_from.is_some()).map_or(0, |one| one.version);
        let has = |person: PersonId| accepted.get(&person).is_some_and(|(version, _)| *version >= asking);
        let missing: Vec<_> = owners.iter().filter(|(owner, _)| !has(owner.id)).collect();
        let progress = Progress {
            owners: owners.len(),
            accepted: owners.len() - missing.len(),
            missing: missing.iter().take(MOST).map(|(owner, n)| (owner.name.clone(), *n)).collect(),
        };
        let text = all.first().map(|latest| latest.text.clone()).unwrap_or_default();
        Self {
            frame: frame.at(Here::Admin),
            all,
            progress,
            can_write,
            typed: Typed { text, asks: true, days: USUAL_DAYS.to_string() },
            is_preview: false,
            changed_meanwhile: false,
            slips: Slips::default(),
        }
    }

    /// Returns the version that the form is drawn from; 0 before the first.
    pub(super) fn version(&self) -> i64 {
        self.all.first().map_or(0, |latest| latest.version)
    }

    fn preview(&self) -> Safe<String> {
        markdown::shown(&self.typed.text)
    }

    fn earlier(&self) -> &[Responsibilities] {
        let earlier = self.all.get(1..).unwrap_or_default();
        &earlier[..earlier.len().min(EARLIER)]
    }

    /// Returns how many who have not accepted are not named.
    fn unnamed(&self) -> usize {
        self.progress.owners - self.progress.accepted - self.progress.missing.len()
    }

    fn counts(&self, one: &Responsibilities) -> Phrase {
        match one.counts_from {
            None => "responsibilities-not-asked".into(),
            Some(from) => {
                let key =
                    if from <= self.frame.now { "responsibilities-count-since" } else { "responsibilities-count-from" };
                Phrase::new(key).word("day", self.frame.day(&from).words())
            }
        }
    }
}
