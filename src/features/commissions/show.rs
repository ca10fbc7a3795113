//! One commission, as administrators and auditors see it: what was asked for, what became of it, and what can be done.

use askama::Template;
use axum::{
    extract::State as Shared,
    response::{IntoResponse, Response},
};

use crate::{
    domain::{
        commission::{self, Commission, NOTE_LIMIT, State, Step, Unable},
        ids::CommissionId,
    },
    sign_in::Signed,
    web::{
        app::App,
        filters,
        form::{Id, Slips},
        frame::{Frame, Here},
        page,
        time_words::When,
        trouble::Trouble,
        words::Phrase,
    },
};

use super::{list, words};

#[derive(Template)]
#[template(path = "commissions/show.html")]
pub(super) struct Show {
    pub frame: Frame,
    pub it: Commission,
    /// Why whom it waits for could not do it any more.
    pub unable: Option<Unable>,
    pub can_withdraw: bool,
    pub can_close: bool,
    /// What was typed as the reason to take it back.
    pub typed: String,
    pub slips: Slips,
}

/// Shows a commission to administrators and auditors.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody else, and where there is none; a trouble when the store cannot be asked.
pub async fn show(
    Shared(app): Shared<App>,
    signed: Signed,
    Id(id): Id<CommissionId>,
    frame: Frame,
) -> Result<Response, Trouble> {
    let it = open(&app, &signed, id).await?;
    Ok(page::ok(Show::read(&app, &signed, frame, it).await?).into_response())
}

/// Returns a commission for administrators and auditors.
pub(super) async fn open(app: &App, signed: &Signed, id: CommissionId) -> Result<Commission, Trouble> {
    if !signed.viewer.sees_everything() {
        return Err(Trouble::NotFound);
    }
    app.store.commissions().find(id).await?.ok_or(Trouble::NotFound)
}

impl Show {
    pub(super) async fn read(app: &App, signed: &Signed, frame: Frame, it: Commission) -> Result<Self, Trouble> {
        let unable = list::unable(app, signed, std::slice::from_ref(&it)).await?;
        let unable = unable.get(&it.to.id).copied();
        Ok(Self::new(frame, it, unable))
    }

    pub(super) fn new(frame: Frame, it: Commission, unable: Option<Unable>) -> Self {
        let may = |step| {
            let viewer = frame.viewer.as_ref();
            viewer.is_some_and(|viewer| commission::may_end(viewer, &it, step).is_ok())
        };
        Self {
            unable,
            can_withdraw: may(commission::taking_back(&it, unable)),
            can_close: may(Step::Close),
            typed: String::new(),
            slips: Slips::default(),
            frame: frame.at(Here::Admin),
            it,
        }
    }

    fn tag(&self) -> (&'static str, Phrase) {
        words::tag(self.it.state)
    }

    fn cannot(&self) -> Option<Phrase> {
        self.unable.map(|unable| words::unable(unable).into())
    }

    /// Returns what happened, the first first.
    fn steps(&self) -> Vec<(Phrase, When)> {
        let it = &self.it;
        let said = |key: &'static str, person: &str| Phrase::new(key).name("person", person);
        let mut all = vec![(said("commission-step-asked", &it.by.name), self.frame.when(&it.at))];
        if let Some(at) = &it.answered_at {
            let key = if it.group.is_some() { "commission-step-created" } else { "commission-step-declined" };
            all.push((said(key, &it.to.name), self.frame.when(at)));
        }
        if let Some((by, at)) = &it.ended {
            let key = if it.state == State::Withdrawn { "commission-step-withdrawn" } else { "commission-step-closed" };
            all.push((said(key, &by.name), self.frame.when(at)));
        }
        all
    }

    fn close(&self) -> &'static str {
        if self.it.group.is_some() { "commission-granted" } else { "commission-seen" }
    }
}
