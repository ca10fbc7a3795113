//! Ask to belong to a group for longer: an owner answers, as they answer who wants to join.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;

use crate::{
    domain::{
        event::{Event, EventKind},
        ids::{GroupId, RequestId},
        refusal::Refusal,
        request::{self, Asker, JoinRequest, Kind, MESSAGE_LIMIT, State as RequestState},
        terms::Terms,
        text::{self, TextProblem},
    },
    sign_in::Signed,
    store::{self, Asked, catalogue::Entry},
    web::{
        app::App,
        asking, filters,
        flash::{Flash, Mood},
        form::{Fields, Id, Slips, text_slip},
        frame::{Frame, Groups, Here, Jar},
        lasting::{self, Days},
        page,
        time_words::When,
        trouble::Trouble,
        words::Phrase,
    },
};

#[derive(Template)]
#[template(path = "memberships/extend.html")]
pub(super) struct Extend {
    pub frame: Frame,
    pub id: GroupId,
    pub name: String,
    /// When the membership ends as things are.
    pub until: When,
    /// For how long they wish to stay, where the terms set an end.
    pub days: Option<Days>,
    pub reason_required: bool,
    pub typed: String,
    pub slips: Slips,
}

/// Shows the form, or why this person cannot ask.
///
/// # Errors
/// [`Trouble::NotFound`] for a group that does not take part; a refusal when a rule says no.
pub async fn form(
    State(app): State<App>,
    signed: Signed,
    Id(id): Id<GroupId>,
    Groups(groups): Groups,
    frame: Frame,
) -> Result<Response, Trouble> {
    let entry = groups.designated(id).ok_or(Trouble::NotFound)?;
    let may = asking::may_extend(&app, &signed, &groups, &frame.counts.own_writes, &entry, frame.now).await?;
    let end = may.map_err(|refusal| refused(refusal, &entry))?;
    Ok(page::ok(Extend::new(frame, &entry, end)).into_response())
}

/// Keeps the request.
///
/// # Errors
/// [`Trouble::NotFound`] for a group that does not take part; a refusal when a rule says no. What was typed is shown again.
pub async fn ask(
    State(app): State<App>,
    signed: Signed,
    Jar(cookies): Jar,
    Id(id): Id<GroupId>,
    Groups(groups): Groups,
    frame: Frame,
    fields: Fields,
) -> Result<Response, Trouble> {
    let entry = groups.designated(id).ok_or(Trouble::NotFound)?;
    let designation = entry.designation.as_ref().ok_or(Trouble::NotFound)?;
    let terms = designation.terms.clone();
    let (typed, now) = (fields.get("reason"), app.clock.now());
    let end = match asking::may_extend(&app, &signed, &groups, &frame.counts.own_writes, &entry, now).await? {
        Ok(end) => end,
        // A double click, or a second tab: the request that is there is the answer to both.
        Err(Refusal::AlreadyAsked(request)) => return Ok(Redirect::to(&format!("/requests/{request}")).into_response()),
        Err(refusal) => return Err(refused(refusal, &entry).typed(typed)),
    };
    let read = if terms.reason_required { text::required } else { text::optional };
    let (reason, days) = match (read(typed, MESSAGE_LIMIT), lasting::read(&fields, terms.lasting)) {
        (Ok(reason), Ok(days)) => (reason, days),
        (reason, days) => {
            let page = Extend::new(frame, &entry, end);
            return Ok(page::slip(page.slipped(reason.err(), days.err(), &fields, &terms)).into_response());
        }
    };

    let wished = wish(&signed, &entry, (reason, days), &terms, now);
    let request = match record(&app.store, &wished, designation.version).await? {
        Ok(request) => request,
        Err(refusal) => return Err(refused(refusal, &entry).typed(typed)),
    };

    Flash::new(Mood::Success, "extend-sent", "ask-sent-text").name("group", &entry.group.name).leave(&app, &cookies);
    Ok(Redirect::to(&format!("/requests/{request}")).into_response())
}

fn wish(
    signed: &Signed,
    entry: &Entry,
    (reason, days): (String, Option<u16>),
    terms: &Terms,
    now: Timestamp,
) -> JoinRequest {
    JoinRequest {
        id: RequestId::new(),
        kind: Kind::Extend,
        group: entry.group.id,
        group_name: entry.group.name.clone(),
        requester: signed.person(),
        asker: Asker { username: signed.viewer.username.clone(), guest: signed.viewer.guest, ..Asker::default() },
        reason,
        answers: vec![],
        days,
        state: RequestState::Open,
        end_reason: None,
        version: 1,
        asked_at: now,
        lapses_at: request::lapses_at(terms, now),
        ended_at: None,
        decision: None,
        consented: Vec::new(),
        operation: None,
    }
}

/// Keeps the request with its event, and returns its id, unless the group was paused meanwhile or its terms are others.
async fn record(
    store: &store::Store,
    wished: &JoinRequest,
    version: i64,
) -> Result<Result<RequestId, Refusal>, store::Error> {
    let event = Event::new(EventKind::RequestCreated, Some(wished.requester.clone()), wished.asked_at)
        .group(wished.group)
        .person(wished.requester.id)
        .request(wished.id)
        .detail(serde_json::json!({
            "kind": wished.kind, "days": wished.days, "reason_sha256": store::fingerprint(&wished.reason),
        }));
    Ok(match store.requests().ask(wished, version, &event).await? {
        Asked::Created => Ok(wished.id),
        Asked::Exists(id) => Ok(id),
        Asked::Closed => Err(Refusal::Suspended),
        Asked::TermsChanged => Err(Refusal::Stale),
    })
}

impl Extend {
    pub(super) fn new(frame: Frame, entry: &Entry, end: Timestamp) -> Self {
        let terms = entry.designation.as_ref().map(|designation| designation.terms.clone()).unwrap_or_default();
        Self {
            id: entry.group.id,
            name: entry.group.name.clone(),
            until: frame.day(&end),
            days: Days::offered(terms.lasting),
            reason_required: terms.reason_required,
            typed: String::new(),
            slips: Slips::default(),
            frame: frame.at(Here::Memberships),
        }
    }

    /// Notes what is wrong, and keeps what was typed.
    pub(super) fn slipped(
        mut self,
        reason: Option<TextProblem>,
        days: Option<Phrase>,
        fields: &Fields,
        terms: &Terms,
    ) -> Self {
        if let Some(problem) = reason {
            self.slips.note("reason", text_slip(problem, "extend-needs-reason"));
        }
        if let Some(slip) = days {
            self.slips.note("days", slip);
        }
        fields.get("reason").clone_into(&mut self.typed);
        self.days = Days::again(terms.lasting, fields);
        self
    }
}

fn refused(refusal: Refusal, entry: &Entry) -> Trouble {
    match refusal {
        Refusal::NotDesignated => Trouble::NotFound,
        refusal => Trouble::refused(refusal).about_group(entry.group.id, &entry.group.name),
    }
}
