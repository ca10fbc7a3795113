//! Ask to join a group.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};

use jiff::Timestamp;

use crate::{
    domain::{
        directory::PersonRef,
        event::{Event, EventKind},
        ids::{GroupId, RequestId},
        refusal::Refusal,
        request::{self, Asker, JoinRequest, MESSAGE_LIMIT, State as RequestState},
        terms::Terms,
        text::{self, TextProblem},
    },
    graph,
    sign_in::Signed,
    store::{self, Asked, catalogue::Entry},
    web::{
        app::App,
        asking, filters,
        flash::{Flash, Mood},
        form::{Fields, Id, Slips},
        frame::{Frame, Groups, Here, Jar},
        lasting::{self, Days},
        page,
        trouble::Trouble,
        words::Phrase,
    },
};

#[derive(Template)]
#[template(path = "requests/ask.html")]
pub(super) struct Ask {
    pub frame: Frame,
    pub group: GroupId,
    pub group_name: String,
    pub gives: String,
    pub owners: Vec<PersonRef>,
    pub reason_required: bool,
    pub open_days: u16,
    /// How long they wish to belong, where the terms set an end.
    pub days: Option<Days>,
    pub typed: String,
    pub slips: Slips,
}

impl Ask {
    pub(super) fn new(frame: Frame, entry: &Entry, viewer: &PersonRef) -> Result<Self, Trouble> {
        let designation = entry.designation.as_ref().ok_or(Trouble::NotFound)?;
        Ok(Self {
            group: entry.group.id,
            group_name: entry.group.name.clone(),
            gives: designation.terms.gives.clone(),
            owners: entry.owners.iter().filter(|owner| owner.id != viewer.id).cloned().collect(),
            reason_required: designation.terms.reason_required,
            open_days: designation.terms.open_days,
            days: Days::offered(designation.terms.lasting),
            typed: String::new(),
            slips: Slips::default(),
            frame: frame.at(Here::Groups),
        })
    }

    /// Notes what is wrong, and keeps what was typed.
    pub(super) fn slipped(&mut self, reason: Option<Phrase>, days: Option<Phrase>, fields: &Fields, terms: &Terms) {
        for (field, slip) in [("reason", reason), ("days", days)] {
            if let Some(slip) = slip {
                self.slips.note(field, slip);
            }
        }
        fields.get("reason").clone_into(&mut self.typed);
        self.days = Days::again(terms.lasting, fields);
    }
}

/// Shows the form, or why this person cannot ask.
///
/// # Errors
/// [`Trouble::NotFound`] for a group that does not take part; a refusal when a rule says no.
pub async fn form(
    State(app): State<App>,
    signed: Signed,
    Id(group): Id<GroupId>,
    Groups(groups): Groups,
    frame: Frame,
) -> Result<Response, Trouble> {
    let entry = groups.designated(group).ok_or(Trouble::NotFound)?;
    let may = asking::may_ask(&app, &signed, &frame.counts.own_writes, &entry, frame.now).await?;
    may.answer.map_err(|refusal| refused(refusal, &entry))?;
    Ok(page::ok(Ask::new(frame, &entry, &signed.person())?).into_response())
}

/// Keeps a request.
///
/// # Errors
/// [`Trouble::NotFound`] for a group that does not take part; a refusal when a rule says no. What was typed is shown again.
pub async fn ask(
    State(app): State<App>,
    signed: Signed,
    Jar(cookies): Jar,
    Id(group): Id<GroupId>,
    Groups(groups): Groups,
    frame: Frame,
    fields: Fields,
) -> Result<Response, Trouble> {
    let typed = fields.get("reason");
    let entry = groups.designated(group).ok_or(Trouble::NotFound)?;
    let terms = entry.designation.as_ref().map(|designation| designation.terms.clone()).unwrap_or_default();
    let now = app.clock.now();
    let may = asking::may_ask(&app, &signed, &frame.counts.own_writes, &entry, now);
    let (may, asker) = tokio::join!(may, about(&app, &signed));

    match may?.answer {
        Ok(()) => {}
        // A double click, or a second tab: the request that is there is the answer to both.
        Err(Refusal::AlreadyAsked(id)) => return Ok(Redirect::to(&format!("/requests/{id}")).into_response()),
        Err(refusal) => return Err(refused(refusal, &entry).typed(typed)),
    }
    let reason =
        if terms.reason_required { text::required(typed, MESSAGE_LIMIT) } else { text::optional(typed, MESSAGE_LIMIT) };
    let (reason, days) = match (reason, lasting::read(&fields, terms.lasting)) {
        (Ok(reason), Ok(days)) => (reason, days),
        (reason, days) => {
            let mut page = Ask::new(frame, &entry, &signed.person())?;
            page.slipped(reason.err().map(slip), days.err(), &fields, &terms);
            return Ok(page::slip(page).into_response());
        }
    };

    let wish = Wish { group, group_name: &entry.group.name, requester: signed.person(), asker: asker?, reason, days };
    let Some(id) = record(&app.store, wish, &terms, now).await? else {
        return Err(Trouble::refused(Refusal::Suspended).about_group(group, &entry.group.name).typed(typed));
    };

    Flash::new(Mood::Success, "ask-sent", "ask-sent-text").name("group", &entry.group.name).leave(&app, &cookies);
    Ok(Redirect::to(&format!("/requests/{id}")).into_response())
}

/// Who wants to join which group, and why.
#[derive(Debug)]
pub struct Wish<'a> {
    /// The group.
    pub group: GroupId,
    /// Its name now.
    pub group_name: &'a str,
    /// Who asks.
    pub requester: PersonRef,
    /// What is known about them.
    pub asker: Asker,
    /// Why, in their words.
    pub reason: String,
    /// For how many days they wish to belong, where the terms set an end.
    pub days: Option<u16>,
}

/// Keeps a request with its event and returns its id. A double click or a second tab gets the one that is there; a group
/// that was paused meanwhile takes none. The requests of the sample company are kept through here.
///
/// # Errors
/// When the store cannot be asked.
pub async fn record(
    store: &store::Store,
    wish: Wish<'_>,
    terms: &Terms,
    now: Timestamp,
) -> Result<Option<RequestId>, store::Error> {
    let request = JoinRequest {
        id: RequestId::new(),
        kind: request::Kind::Join,
        group: wish.group,
        group_name: wish.group_name.to_owned(),
        requester: wish.requester,
        asker: wish.asker,
        reason: wish.reason,
        days: wish.days,
        state: RequestState::Open,
        end_reason: None,
        version: 1,
        asked_at: now,
        lapses_at: request::lapses_at(terms, now),
        ended_at: None,
        consented: vec![],
        decision: None,
        operation: None,
    };
    let event = Event::new(EventKind::RequestCreated, Some(request.requester.clone()), now)
        .group(request.group)
        .person(request.requester.id)
        .request(request.id)
        .detail(serde_json::json!({ "reason_sha256": store::fingerprint(&request.reason), "days": request.days }));
    match store.requests().ask(&request, &event).await? {
        Asked::Created => Ok(Some(request.id)),
        Asked::Exists(id) => Ok(Some(id)),
        Asked::Closed => Ok(None),
    }
}

fn refused(refusal: Refusal, entry: &Entry) -> Trouble {
    match refusal {
        Refusal::NotDesignated => Trouble::NotFound,
        refusal => Trouble::refused(refusal).about_group(entry.group.id, &entry.group.name),
    }
}

/// Returns what is wrong with the reason.
pub(super) fn slip(problem: TextProblem) -> Phrase {
    match problem {
        TextProblem::Missing => Phrase::new("ask-needs-reason"),
        TextProblem::TooLong { limit, length } => {
            Phrase::new("text-too-long").count("limit", limit).count("length", length)
        }
    }
}

/// Reads what the owners will want to know about the person, with the person's own token; a directory that is away does
/// not keep them from asking.
async fn about(app: &App, signed: &Signed) -> Result<Asker, Trouble> {
    let viewer = &signed.viewer;
    match app.graph.person(&signed.token).me().await {
        Ok(me) => Ok(Asker {
            username: viewer.username.clone(),
            job_title: me.job_title,
            department: me.department,
            guest: viewer.guest || me.guest == Some(true),
        }),
        Err(error @ graph::Error::SignInAgain { .. }) => Err(error.into()),
        Err(error) => {
            tracing::warn!(%error, "asking goes on without the person's profile");
            Ok(Asker { username: viewer.username.clone(), guest: viewer.guest, ..Asker::default() })
        }
    }
}
