//! The end of a review: its report, as a page and as a file, and the way to the removals. Nobody is removed for want of an
//! answer.

use askama::Template;
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use crate::{
    domain::{
        event::{Event, EventKind},
        ids::{GroupId, PersonId, ReviewId},
        importing::MOST_ROWS,
        powers::Power,
        refusal::Refusal,
        reviewing::{Answer, MOST_MEMBERS, Review, Row, Tally},
    },
    sign_in::Signed,
    store::ReviewRows,
    web::{
        app::App,
        csv::{self, Sheet},
        filters,
        form::{Fields, Id, Ids},
        frame::{Frame, Groups, Here},
        page,
        trouble::Trouble,
        words::Phrase,
    },
};

use super::super::{
    import::form::of_removals,
    workspace::{Tab, Workspace},
};

/// How many people a page of the report has.
const PAGE: usize = 100;
/// The columns of the file.
const HEADS: [&str; 7] =
    ["file-person", "file-username", "review-csv-answer", "file-why", "file-by", "file-when", "review-csv-id"];

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    only: String,
    #[serde(default)]
    after: i64,
}

#[derive(Template)]
#[template(path = "owned/review_report.html")]
pub(in super::super) struct Report {
    pub frame: Frame,
    pub it: Workspace,
    pub tab: Tab,
    pub review: Review,
    pub tally: Tally,
    pub rows: Vec<Row>,
    pub only: Option<Answer>,
    pub next: Option<String>,
    pub can_remove: bool,
}

/// Ends the review that is under way and leads to its report.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody but owners; [`Refusal::Stale`] when no review is under way.
pub async fn end(
    State(app): State<App>,
    signed: Signed,
    Id(id): Id<GroupId>,
    Groups(groups): Groups,
    frame: Frame,
    fields: Fields,
) -> Result<Response, Trouble> {
    Workspace::open(&app, &signed, &groups, &frame, id, Power::Review).await?;
    let stale = || Trouble::refused(Refusal::Stale).about_owned(id);
    let review: ReviewId = fields.get("review").parse().map_err(|_| stale())?;
    let review = find(&app, id, review).await.map_err(|_| stale())?;
    let now = app.clock.now();

    let tally = app.store.reviews().tally(review.id).await?;
    let event = Event::new(EventKind::ReviewEnded, Some(signed.person()), now).group(id).detail(serde_json::json!({
        "review": review.id, "members": tally.members, "kept": tally.kept, "to_remove": tally.to_remove,
    }));
    // A second click finds it ended, which is what it wished.
    let _ = app.store.reviews().end(&review, &signed.person(), now, &event).await?;
    Ok(Redirect::to(&address(&review)).into_response())
}

/// Shows the report of a review.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody but owners, and for a review that is not over.
pub async fn show(
    State(app): State<App>,
    signed: Signed,
    Ids(id, review): Ids<GroupId, ReviewId>,
    Groups(groups): Groups,
    frame: Frame,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let review = ended(&app, id, review).await?;
    let it = Workspace::open(&app, &signed, &groups, &frame, id, Power::Review).await?;
    let only = match asked.only.as_str() {
        "kept" => Some(Answer::Keep),
        "unanswered" => None,
        _ => Some(Answer::Remove),
    };
    let shown = ReviewRows::Answered(only);
    let mut rows = app.store.reviews().rows(review.id, shown, asked.after.max(0), PAGE + 1).await?;
    let has_more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let tally = app.store.reviews().tally(review.id).await?;

    let mut page = Report::new(frame, it, &signed, review, tally, rows, only);
    page.next = page.rows.last().filter(|_| has_more).map(|row| format!("{}&after={}", page.link(only), row.place));
    Ok(page::ok(page).into_response())
}

/// Gives the whole review as CSV.
///
/// # Errors
/// As [`show`].
pub async fn file(
    State(app): State<App>,
    signed: Signed,
    Ids(id, review): Ids<GroupId, ReviewId>,
    Groups(groups): Groups,
    frame: Frame,
) -> Result<Response, Trouble> {
    let review = ended(&app, id, review).await?;
    let it = Workspace::open(&app, &signed, &groups, &frame, id, Power::Review).await?;
    let mut sheet = Sheet::new(&HEADS.map(Phrase::from))?;
    for row in app.store.reviews().rows(review.id, ReviewRows::All, 0, MOST_MEMBERS).await? {
        let (by, at) = row.answered.map(|(by, at)| (by.name, csv::instant(at))).unwrap_or_default();
        let answer = csv::plain(&word(row.answer).into());
        sheet.row([row.person.name, row.username, answer, row.reason, by, at, row.person.id.to_string()])?;
    }
    let day = review.started_at.to_zoned_datetime(frame.zone.clone()).date();
    sheet.answer(&csv::file_name("review", &it.name, day))
}

/// Has those who are to be removed looked up as a list, which shows them once more before anything is written.
///
/// # Errors
/// As [`show`]; a refusal when nobody may be removed.
pub async fn remove(
    State(app): State<App>,
    signed: Signed,
    Ids(id, review): Ids<GroupId, ReviewId>,
    Groups(groups): Groups,
    frame: Frame,
    _: Fields,
) -> Result<Response, Trouble> {
    let review = ended(&app, id, review).await?;
    let it = Workspace::open(&app, &signed, &groups, &frame, id, Power::RemoveMember).await?;
    let shown = ReviewRows::Answered(Some(Answer::Remove));
    let rows = app.store.reviews().rows(review.id, shown, 0, MOST_ROWS).await?;
    if rows.is_empty() {
        return Ok(Redirect::to(&address(&review)).into_response());
    }
    let people: Vec<PersonId> = rows.iter().map(|row| row.person.id).collect();
    let day = frame.day(&review.started_at);
    let reason = csv::plain(&Phrase::new("review-removal-reason").word("day", day.words()));
    Ok(Redirect::to(&of_removals(&app, &signed, &it, &people, reason).await?).into_response())
}

async fn find(app: &App, group: GroupId, review: ReviewId) -> Result<Review, Trouble> {
    let found = app.store.reviews().find(review).await?;
    found.filter(|review| review.group == group).ok_or(Trouble::NotFound)
}

async fn ended(app: &App, group: GroupId, review: ReviewId) -> Result<Review, Trouble> {
    let found = find(app, group, review).await?;
    if found.ended.is_some() { Ok(found) } else { Err(Trouble::NotFound) }
}

fn address(review: &Review) -> String {
    format!("/owned/{}/review/{}", review.group, review.id)
}

/// Says an answer in a word.
pub(in super::super) fn word(answer: Option<Answer>) -> &'static str {
    match answer {
        None => "review-no-answer",
        Some(Answer::Keep) => "review-keep",
        Some(Answer::Remove) => "review-remove",
    }
}

impl Report {
    pub(in super::super) fn new(
        frame: Frame,
        it: Workspace,
        signed: &Signed,
        review: Review,
        tally: Tally,
        rows: Vec<Row>,
        only: Option<Answer>,
    ) -> Self {
        Self {
            can_remove: it.may(Power::RemoveMember, signed).is_ok() && tally.to_remove > 0,
            frame: frame.at(Here::Owned),
            tab: Tab::Review,
            next: None,
            it,
            review,
            tally,
            rows,
            only,
        }
    }

    /// Returns where those with one answer are shown.
    fn link(&self, only: Option<Answer>) -> String {
        let only = match only {
            None => "unanswered",
            Some(Answer::Keep) => "kept",
            Some(Answer::Remove) => "removed",
        };
        format!("{}?only={only}", address(&self.review))
    }

    /// Returns the parts of the report: where each is, what it is, and whether it is shown.
    fn parts(&self) -> Vec<(String, Phrase, bool)> {
        let parts = [
            (Some(Answer::Remove), Phrase::new("review-count-remove").count("n", self.tally.to_remove)),
            (None, Phrase::new("review-count-unanswered").count("n", self.tally.unanswered())),
            (Some(Answer::Keep), Phrase::new("review-count-kept").count("n", self.tally.kept)),
        ];
        parts.into_iter().map(|(only, what)| (self.link(only), what, only == self.only)).collect()
    }

    /// Returns who ended the review, and when.
    fn ended(&self) -> Option<Phrase> {
        let (by, at) = self.review.ended.as_ref()?;
        Some(Phrase::new("review-ended-by").name("person", &by.name).word("when", self.frame.when(at).words()))
    }
}
