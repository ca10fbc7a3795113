//! Ask to join a group.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};

use jiff::Timestamp;

use crate::{
    domain::{
        designation::Designation,
        directory::PersonRef,
        event::{Event, EventKind},
        ids::{GroupId, RequestId},
        questions::Answer,
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
        questions::Sheet,
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
    /// The questions of the group.
    pub sheet: Sheet,
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
            sheet: Sheet::blank(&designation.terms.questions),
            slips: Slips::default(),
            frame: frame.at(Here::Groups),
        })
    }

    /// Keeps what was typed, and says what is wrong with it.
    pub(super) fn again(self, fields: &Fields, terms: &Terms, slips: Slips) -> Self {
        Self {
            typed: fields.get("reason").to_owned(),
            sheet: Sheet::typed(&terms.questions, fields),
            days: Days::again(terms.lasting, fields),
            slips,
            ..self
        }
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
    let may = asking::may_ask(&app, &signed, &groups, &frame.counts.own_writes, &entry, frame.now).await?;
    may.answer.map_err(|refusal| refused(refusal, &entry))?;
    Ok(page::ok(Ask::new(frame, &entry, &signed.person())?).into_response())
}

/// Keeps a request. When other questions are asked by now than the form showed, they are shown first, and nothing is kept.
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
    let entry = groups.designated(group).ok_or(Trouble::NotFound)?;
    let designation = entry.designation.as_ref().ok_or(Trouble::NotFound)?;
    let (terms, now) = (designation.terms.clone(), app.clock.now());
    let may = asking::may_ask(&app, &signed, &groups, &frame.counts.own_writes, &entry, now);
    let (may, asker) = tokio::join!(may, about(&app, &signed));

    match may?.answer {
        Ok(()) => {}
        // A double click, or a second tab: the request that is there is the answer to both.
        Err(Refusal::AlreadyAsked(id)) => return Ok(Redirect::to(&format!("/requests/{id}")).into_response()),
        Err(refusal) => return Err(refused(refusal, &entry).typed(&written(&fields, &terms))),
    }
    let said = match read(&fields, &terms) {
        Ok(said) => said,
        Err(slips) => {
            let page = Ask::new(frame, &entry, &signed.person())?.again(&fields, &terms, slips);
            return Ok(page::slip(page).into_response());
        }
    };

    let wish = Wish { group_name: &entry.group.name, requester: signed.person(), asker: asker?, said };
    let id = match record(&app.store, wish, designation, now).await? {
        Ok(id) => id,
        Err(refusal) => return Err(refused(refusal, &entry).typed(&written(&fields, &terms))),
    };

    Flash::new(Mood::Success, "ask-sent", "ask-sent-text").name("group", &entry.group.name).leave(&app, &cookies);
    Ok(Redirect::to(&format!("/requests/{id}")).into_response())
}

/// Who wants to join which group, and why.
#[derive(Debug)]
pub struct Wish<'a> {
    /// What the group is called now.
    pub group_name: &'a str,
    /// Who asks.
    pub requester: PersonRef,
    /// What is known about them.
    pub asker: Asker,
    /// What they wrote.
    pub said: Said,
}

/// What somebody wrote who asks to join, checked.
#[derive(Debug, Default)]
pub struct Said {
    /// Why, in their words.
    pub reason: String,
    /// Their answers to the questions of the group.
    pub answers: Vec<Answer>,
    /// For how many days they wish to belong, where the terms set an end.
    pub days: Option<u16>,
}

/// Reads what somebody wrote, or says what is wrong with it: nothing, when it is only that other questions are asked by now.
fn read(fields: &Fields, terms: &Terms) -> Result<Said, Slips> {
    let mut slips = Slips::default();
    let read = if terms.reason_required { text::required } else { text::optional };
    let reason = read(fields.get("reason"), MESSAGE_LIMIT).map_err(|problem| slips.note("reason", slip(problem)));
    let answers = Sheet::typed(&terms.questions, fields).read(&mut slips);
    let days = lasting::read(fields, terms.lasting).map_err(|slip| slips.note("days", slip));
    match (reason, answers, days) {
        (Ok(reason), Some(answers), Ok(days)) => Ok(Said { reason, answers, days }),
        _ => Err(slips),
    }
}

/// Returns everything that somebody wrote, to be shown when it cannot be sent.
fn written(fields: &Fields, terms: &Terms) -> String {
    let answers = Sheet::typed(&terms.questions, fields).text();
    [fields.get("reason"), &answers].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// Keeps a request with its event and returns its id. A double click or a second tab gets the one that is there; a group
/// that was paused meanwhile takes none, and neither does one whose terms are others by now. The requests of the sample
/// company are kept through here.
///
/// # Errors
/// When the store cannot be asked.
pub async fn record(
    store: &store::Store,
    wish: Wish<'_>,
    designation: &Designation,
    now: Timestamp,
) -> Result<Result<RequestId, Refusal>, store::Error> {
    let request = JoinRequest {
        id: RequestId::new(),
        kind: request::Kind::Join,
        group: designation.group,
        group_name: wish.group_name.to_owned(),
        requester: wish.requester,
        asker: wish.asker,
        reason: wish.said.reason,
        answers: wish.said.answers,
        days: wish.said.days,
        state: RequestState::Open,
        end_reason: None,
        version: 1,
        asked_at: now,
        lapses_at: request::lapses_at(&designation.terms, now),
        ended_at: None,
        consented: vec![],
        decision: None,
        operation: None,
    };
    let event = Event::new(EventKind::RequestCreated, Some(request.requester.clone()), now)
        .group(request.group)
        .person(request.requester.id)
        .request(request.id)
        .detail(serde_json::json!({
            "reason_sha256": store::fingerprint(&request.reason),
            "answers_sha256": fingerprint(&request.answers),
            "days": request.days,
        }));
    Ok(match store.requests().ask(&request, designation.version, &event).await? {
        Asked::Created => Ok(request.id),
        Asked::Exists(id) => Ok(id),
        Asked::Closed => Err(Refusal::Suspended),
        Asked::TermsChanged => Err(Refusal::Stale),
    })
}

/// Returns what proves later which questions were answered with what; nothing where none were asked.
fn fingerprint(answers: &[Answer]) -> Option<String> {
    let all = answers.iter().flat_map(|answer| [answer.question.as_str(), &answer.answer]).collect::<Vec<_>>();
    (!all.is_empty()).then(|| store::fingerprint(&serde_json::json!(all).to_string()))
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
