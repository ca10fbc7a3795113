//! One request of mine, with its timeline.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};

use crate::{
    domain::{
        directory::PersonRef,
        ids::RequestId,
        request::{JoinRequest, State as RequestState, Step},
    },
    sign_in::Signed,
    web::{
        app::App,
        filters,
        form::Id,
        frame::{Frame, Groups, Here},
        lasting, page, standing,
        trouble::Trouble,
        words::Phrase,
    },
};

#[derive(Template)]
#[template(path = "requests/show.html")]
pub(super) struct Show {
    pub frame: Frame,
    pub request: JoinRequest,
    pub owners: Vec<PersonRef>,
    pub timeline: Vec<standing::Moment>,
    /// How long they asked to belong, or until when they do.
    pub lasts: Option<Phrase>,
    pub is_open: bool,
    pub group_is_listed: bool,
}

/// Shows a request to the person who asked.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody else.
pub async fn show(
    State(app): State<App>,
    signed: Signed,
    Id(id): Id<RequestId>,
    Groups(groups): Groups,
    frame: Frame,
) -> Result<Response, Trouble> {
    let request = own(&app, &signed, id).await?;
    let consents = match request.consented.as_slice() {
        [] => Vec::new(),
        _ => app.store.decisions().consents(id).await?,
    };
    let entry = groups.designated(request.group);
    let page = Show {
        timeline: standing::timeline(&request, &consents, &frame),
        lasts: lasting::asked(&request, &frame),
        owners: entry.as_ref().map(|entry| entry.owners.clone()).unwrap_or_default(),
        group_is_listed: entry.is_some(),
        is_open: request.state.after(Step::End).is_some() && request.state == RequestState::Open,
        request,
        frame: frame.at(Here::Requests),
    };
    Ok(page::ok(page).into_response())
}

/// Returns a request of this person's own.
pub(super) async fn own(app: &App, signed: &Signed, id: RequestId) -> Result<JoinRequest, Trouble> {
    let request = app.store.requests().find(id).await?;
    request.filter(|request| request.requester.id == signed.viewer.id).ok_or(Trouble::NotFound)
}
