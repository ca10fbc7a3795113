//! The commissions: those that wait, those that reported back, and those that are over.

use std::collections::HashMap;

use askama::Template;
use axum::{
    extract::{Query, State as Shared},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use crate::{
    domain::{
        commission::{self, Commission, State, Unable},
        directory::Person,
        ids::{CommissionId, PersonId},
    },
    graph::Error,
    sign_in::Signed,
    web::{
        app::App,
        filters,
        frame::{Frame, Here},
        page,
        trouble::Trouble,
        words::Phrase,
    },
};

use super::words;

/// Commissions on a page.
const PAGE: usize = 50;

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    show: String,
    #[serde(default)]
    before: String,
}

/// Which commissions are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Which {
    /// Those that wait.
    #[default]
    Open,
    /// Those that reported back.
    Back,
    /// Those that are over.
    Over,
}

impl Which {
    const ALL: [Self; 3] = [Self::Open, Self::Back, Self::Over];

    fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Back => "back",
            Self::Over => "over",
        }
    }

    fn states(self) -> [State; 2] {
        match self {
            Self::Open => [State::Open, State::Taken],
            Self::Back => [State::Ready, State::Declined],
            Self::Over => [State::Withdrawn, State::Done],
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Open => "commissions-open",
            Self::Back => "commissions-back",
            Self::Over => "commissions-over",
        }
    }
}

#[derive(Template)]
#[template(path = "commissions/list.html")]
pub(super) struct List {
    pub frame: Frame,
    pub which: Which,
    pub all: Vec<Commission>,
    /// Those who could not create what they were asked for any more.
    pub unable: HashMap<PersonId, Unable>,
    /// Where older ones are.
    pub older: Option<String>,
    pub can_commission: bool,
}

/// Shows commissions to administrators and auditors.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody else; a trouble when the store cannot be asked.
pub async fn list(
    Shared(app): Shared<App>,
    signed: Signed,
    frame: Frame,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    if !signed.viewer.sees_everything() {
        return Err(Trouble::NotFound);
    }
    let which = Which::ALL.into_iter().find(|which| which.code() == asked.show).unwrap_or_default();
    let before = asked.before.parse::<CommissionId>().ok();
    let all = app.store.commissions().page(which.states(), before, PAGE + 1).await?;
    let unable = unable(&app, &signed, &all).await?;
    let page = List { unable, ..List::new(frame, which, all) };
    Ok(page::ok(page).into_response())
}

/// Returns who of those that are waited for could not create a group any more: one question to the directory, and one to the
/// copy, which may know of disabled accounts that a person's token does not show. Where nobody answers, nothing is claimed.
pub(super) async fn unable(
    app: &App,
    signed: &Signed,
    all: &[Commission],
) -> Result<HashMap<PersonId, Unable>, Trouble> {
    let mut waited_for: Vec<&Commission> =
        all.iter().filter(|it| matches!(it.state, State::Open | State::Taken)).collect();
    waited_for.sort_unstable_by_key(|it| it.to.id);
    waited_for.dedup_by_key(|it| it.to.id);
    let ids: Vec<PersonId> = waited_for.iter().map(|it| it.to.id).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let people = match app.graph.person(&signed.token).people(&ids).await {
        Ok(people) => people,
        Err(error @ Error::SignInAgain { .. }) => return Err(error.into()),
        Err(_) => return Ok(HashMap::new()),
    };
    let disabled = app.store.directory().unable_among(ids.into_iter().collect()).await?;
    let find = |id: PersonId| -> Option<&Person> { people.iter().find(|person| person.id == id) };
    let why = |it: &Commission| {
        let known = commission::unable(find(it.to.id), it.by.id);
        known.or_else(|| disabled.contains(&it.to.id).then_some(Unable::Disabled))
    };
    Ok(waited_for.into_iter().filter_map(|it| Some((it.to.id, why(it)?))).collect())
}

impl List {
    /// Makes the page of one more than it shows, where there are more.
    pub(super) fn new(frame: Frame, which: Which, mut all: Vec<Commission>) -> Self {
        let is_more = all.len() > PAGE;
        all.truncate(PAGE);
        let older = all.last().filter(|_| is_more).map(|last| {
            let mut query = url::form_urlencoded::Serializer::new(String::new());
            query.append_pair("show", which.code()).append_pair("before", &last.id.to_string());
            format!("/admin/commissions?{}", query.finish())
        });
        let can_commission = frame.viewer.as_ref().is_some_and(|viewer| commission::may_commission(viewer).is_ok());
        Self { frame: frame.at(Here::Admin), which, all, unable: HashMap::new(), older, can_commission }
    }

    fn tag(it: &Commission) -> (&'static str, Phrase) {
        words::tag(it.state)
    }

    fn unable(&self, it: &Commission) -> Option<Phrase> {
        self.unable.get(&it.to.id).map(|unable| words::unable(*unable).into())
    }

    fn is_which(&self, which: Which) -> bool {
        self.which == which
    }

    fn empty_title(&self) -> &'static str {
        match self.which {
            Which::Open => "commissions-none-open",
            Which::Back => "commissions-none-back",
            Which::Over => "commissions-none-over",
        }
    }
}
