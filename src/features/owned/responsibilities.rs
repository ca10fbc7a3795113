//! The responsibilities of owners, read and accepted by an owner. One acceptance holds for all groups that they own.

use askama::Template;
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use serde_json::json;

use crate::{
    domain::{
        event::{Event, EventKind},
        ids::{GroupId, RequestId},
        powers::Power,
        refusal::Refusal,
        responsibilities::{Asked, Responsibilities},
    },
    sign_in::Signed,
    web::{
        app::App,
        filters,
        flash::{Flash, Mood},
        form::{Fields, Id},
        frame::{Frame, Groups, Here, Jar},
        markdown, page,
        trouble::Trouble,
    },
};

use super::workspace::{Tab, Workspace};

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct From {
    /// The request that the owner wants to answer next.
    #[serde(default)]
    request: String,
}

#[derive(Template)]
#[template(path = "owned/responsibilities.html")]
pub(super) struct Accepting {
    pub frame: Frame,
    pub it: Workspace,
    pub tab: Tab,
    pub latest: Option<Responsibilities>,
    pub asked: Asked,
    /// Only owners of groups that take part accept.
    pub can_accept: bool,
    /// Where they came from.
    pub request: Option<RequestId>,
}

/// Shows the text to whoever sees the group, with a button to owners who have not accepted it.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody else.
pub async fn form(
    State(app): State<App>,
    signed: Signed,
    Id(id): Id<GroupId>,
    Groups(groups): Groups,
    frame: Frame,
    Query(from): Query<From>,
) -> Result<Response, Trouble> {
    let it = Workspace::open(&app, &signed, &groups, &frame, id, Power::See).await?;
    let latest = app.store.responsibilities().latest().await?;
    let page = Accepting::new(frame, it, &signed, latest);
    Ok(page::ok(Accepting { request: from.request.parse().ok(), ..page }).into_response())
}

/// Keeps that the owner accepted the version that was shown.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody but owners; a refusal when a rule says no, or another version is there to be read.
pub async fn accept(
    State(app): State<App>,
    signed: Signed,
    Jar(cookies): Jar,
    Id(id): Id<GroupId>,
    Groups(groups): Groups,
    frame: Frame,
    fields: Fields,
) -> Result<Response, Trouble> {
    let it = Workspace::open(&app, &signed, &groups, &frame, id, Power::Accept).await?;
    let (person, now, version) = (signed.viewer.id, frame.now, fields.version());

    let event = Event::new(EventKind::ResponsibilitiesAccepted, Some(signed.person()), now)
        .group(id)
        .person(person)
        .detail(json!({ "version": version }));
    let accepted = app.store.responsibilities().accept(person, version, now, &event).await?.is_yes();
    let is_newest = app.store.responsibilities().latest().await?.is_some_and(|latest| latest.version == version);
    if !accepted && !is_newest {
        return Err(Trouble::refused(Refusal::Stale).about_owned(it.id));
    }

    Flash::new(Mood::Success, "responsibilities-accepted", "responsibilities-accepted-text").leave(&app, &cookies);
    let there = match fields.get("request").parse::<RequestId>() {
        Ok(request) => format!("/approvals/{request}"),
        Err(_) => format!("/owned/{id}"),
    };
    Ok(Redirect::to(&there).into_response())
}

impl Accepting {
    pub(super) fn new(frame: Frame, it: Workspace, signed: &Signed, latest: Option<Responsibilities>) -> Self {
        let asked = frame.counts.responsibilities;
        let has_accepted = latest.as_ref().is_some_and(|latest| asked.accepted >= latest.version);
        Self {
            can_accept: latest.is_some() && !has_accepted && it.may(Power::Accept, signed).is_ok(),
            latest,
            asked,
            tab: Tab::Overview,
            request: None,
            frame: frame.at(Here::Owned),
            it,
        }
    }
}
