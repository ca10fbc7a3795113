//! The owners confirm who still belongs: the members as they were when the review began, kept or to be removed, page by page.

use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use crate::{
    domain::{
        event::{Event, EventKind},
        ids::{GroupId, PersonId, ReviewId},
        powers::Power,
        refusal::Refusal,
        reviewing::{MOST_MEMBERS, Review, Row, Tally},
    },
    graph::{Error, Reach},
    sign_in::Signed,
    store::ReviewRows,
    web::{
        app::App,
        filters,
        flash::{Flash, Mood},
        form::{Fields, Id, Slips},
        frame::{Frame, Groups, Here, Jar},
        page::{self, Page},
        review_words,
        trouble::Trouble,
        words::Phrase,
    },
};

use super::{
    inactive::{said, silent_among},
    workspace::{Tab, Workspace},
};
use answers::{PAGE, ShownRow, Typed};

mod answers;
pub mod report;

/// How many earlier reviews are listed.
const EARLIER: usize = 12;

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    after: i64,
}

/// A review in a list.
#[derive(Debug)]
pub(super) struct Listed {
    pub link: String,
    pub what: Phrase,
}

/// No review is under way: begin one, or look at earlier ones.
#[derive(Template)]
#[template(path = "owned/review_start.html")]
pub(super) struct Start {
    pub frame: Frame,
    pub it: Workspace,
    pub tab: Tab,
    pub too_many: Option<Phrase>,
    /// By when the terms ask for it.
    pub due: Option<(&'static str, Phrase)>,
    pub earlier: Vec<Listed>,
}

/// A page of the review that is under way.
#[derive(Template)]
#[template(path = "owned/review.html")]
pub(super) struct Answering {
    pub frame: Frame,
    pub it: Workspace,
    pub tab: Tab,
    pub review: Review,
    pub tally: Tally,
    /// By when the terms ask for it.
    pub due: Option<(&'static str, Phrase)>,
    pub rows: Vec<ShownRow>,
    /// After which place the page begins.
    pub after: i64,
    pub has_more: bool,
    pub slips: Slips,
}

/// Shows the review that is under way, or how to begin one.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody but owners; a refusal when a rule says no.
pub async fn show(
    State(app): State<App>,
    signed: Signed,
    Id(id): Id<GroupId>,
    Groups(groups): Groups,
    frame: Frame,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let it = Workspace::open(&app, &signed, &groups, &frame, id, Power::Review).await?;
    let reviews = app.store.reviews().of_group(id, EARLIER).await?;
    let Some(open) = reviews.iter().find(|review| review.ended.is_none()) else {
        return Ok(page::ok(Start::new(frame, it, &reviews)).into_response());
    };
    let page = Answering::read(&app, frame, it, open.clone(), asked.after.max(0)).await?;
    Ok(page::ok(page).into_response())
}

/// Begins a review with the members that the directory names now; a second click finds it begun.
///
/// # Errors
/// As [`show`]; a trouble when the directory or the store cannot be asked. Nothing is kept then.
pub async fn start(
    State(app): State<App>,
    signed: Signed,
    Jar(cookies): Jar,
    Id(id): Id<GroupId>,
    Groups(groups): Groups,
    frame: Frame,
    _: Fields,
) -> Result<Response, Trouble> {
    let it = Workspace::open(&app, &signed, &groups, &frame, id, Power::Review).await?;
    let members = match app.graph.person(&signed.token).everybody_in(id, Reach::Direct).await {
        Ok(members) => members,
        Err(Error::Gone) => return Err(Trouble::refused(Refusal::GroupGone).about_owned(id)),
        Err(error) => return Err(error.into()),
    };
    if members.len() > MOST_MEMBERS {
        let too_many = Phrase::new("review-too-many").count("n", members.len()).count("limit", MOST_MEMBERS);
        let start = Start { too_many: Some(too_many), ..Start::new(frame, it, &[]) };
        return Ok(Page(StatusCode::CONFLICT, start).into_response());
    }

    let now = app.clock.now();
    let review = Review { id: ReviewId::new(), group: id, started_by: signed.person(), started_at: now, ended: None };
    let event = Event::new(EventKind::ReviewStarted, Some(signed.person()), now)
        .group(id)
        .detail(serde_json::json!({ "review": review.id, "members": members.len() }));
    if app.store.reviews().start(&review, &members, &event).await?.is_yes() {
        Flash::new(Mood::Success, "review-started", "review-started-text").leave(&app, &cookies);
    }
    Ok(Redirect::to(&format!("/owned/{id}/review")).into_response())
}

/// Keeps the answers of a page: those that were given or changed there, so that of two owners neither undoes what the other
/// answered elsewhere.
///
/// # Errors
/// As [`show`]; [`Refusal::Stale`] when no review is under way any more.
pub async fn answer(
    State(app): State<App>,
    signed: Signed,
    Jar(cookies): Jar,
    Id(id): Id<GroupId>,
    Groups(groups): Groups,
    frame: Frame,
    fields: Fields,
) -> Result<Response, Trouble> {
    let it = Workspace::open(&app, &signed, &groups, &frame, id, Power::Review).await?;
    let stale = || Trouble::refused(Refusal::Stale).about_owned(id).typed(answers::longest(&fields));
    let open = open_review(&app, id, &fields).await?.ok_or_else(stale)?;
    let after = fields.get("after").parse().unwrap_or(0);
    let mut page = Answering::read(&app, frame, it, open, after).await?;

    let typed = Typed::read(&fields, &page.rows);
    let (answers, slips) = typed.checked();
    let kept = app.store.reviews().answer(page.review.id, &answers, &signed.person(), app.clock.now()).await?;
    if !kept.is_yes() {
        return Err(stale());
    }
    if !slips.is_empty() {
        // What was right is kept; what was not stays in the form.
        page.tally = app.store.reviews().tally(page.review.id).await?;
        typed.put(&mut page.rows);
        return Ok(page::slip(Answering { slips, ..page }).into_response());
    }

    Flash::new(Mood::Success, "review-saved", "").leave(&app, &cookies);
    let goes_on = fields.get("go") == "on" && page.has_more;
    let after = if goes_on { page.rows.last().map_or(0, |row| row.place) } else { after };
    Ok(Redirect::to(&format!("/owned/{id}/review?after={after}")).into_response())
}

/// Returns the review of a group that is under way, when it is the one that a form was drawn for.
async fn open_review(app: &App, group: GroupId, fields: &Fields) -> Result<Option<Review>, Trouble> {
    let Ok(drawn) = fields.get("review").parse::<ReviewId>() else { return Ok(None) };
    let found = app.store.reviews().find(drawn).await?;
    Ok(found.filter(|review| review.group == group && review.ended.is_none()))
}

impl Start {
    pub(super) fn new(frame: Frame, it: Workspace, reviews: &[Review]) -> Self {
        let listed = |review: &Review| {
            let (by, at) = review.ended.as_ref()?;
            let what = Phrase::new("review-ended-by").name("person", &by.name).word("when", frame.when(at).words());
            Some(Listed { link: format!("/owned/{}/review/{}", review.group, review.id), what })
        };
        Self {
            earlier: reviews.iter().filter_map(listed).collect(),
            too_many: None,
            due: review_words::next(&it.entry, &frame),
            tab: Tab::Review,
            frame: frame.at(Here::Owned),
            it,
        }
    }
}

impl Answering {
    async fn read(app: &App, frame: Frame, it: Workspace, review: Review, after: i64) -> Result<Self, Trouble> {
        let rows = app.store.reviews().rows(review.id, ReviewRows::All, after, PAGE + 1).await?;
        let tally = app.store.reviews().tally(review.id).await?;
        let people: Vec<PersonId> = rows.iter().map(|row| row.person.id).collect();
        let silent = silent_among(app, &people, frame.now).await?;
        let mut page = Self::new(frame, it, review, tally, &rows, after);
        for row in page.rows.iter_mut().filter(|row| silent.contains(&row.person.id)) {
            row.inactive = app.settings.inactive_after.map(said);
        }
        Ok(page)
    }

    pub(super) fn new(frame: Frame, it: Workspace, review: Review, tally: Tally, rows: &[Row], after: i64) -> Self {
        Self {
            has_more: rows.len() > PAGE,
            due: review_words::next(&it.entry, &frame),
            rows: rows.iter().take(PAGE).enumerate().map(|(at, row)| answers::shown(at, row, &frame)).collect(),
            frame: frame.at(Here::Owned),
            tab: Tab::Review,
            it,
            review,
            tally,
            after,
            slips: Slips::default(),
        }
    }

    /// Returns when the members were read.
    fn since(&self) -> Phrase {
        Phrase::new("review-since")
            .name("person", &self.review.started_by.name)
            .word("when", self.frame.when(&self.review.started_at).words())
    }

    /// Returns the page before this one.
    fn before(&self) -> i64 {
        (self.after - i64::try_from(PAGE).unwrap_or(0)).max(0)
    }

    /// Returns the page after this one.
    fn next(&self) -> i64 {
        self.rows.last().map_or(0, |row| row.place)
    }

    /// Returns what the form was drawn from.
    fn drawn(&self) -> String {
        self.rows.iter().map(|row| row.drawn.as_str()).collect::<Vec<_>>().join(" ")
    }
}
