//! My requests, newest first.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};

use crate::{
    domain::request::JoinRequest,
    sign_in::Signed,
    web::{
        app::App,
        filters,
        frame::{Frame, Here},
        page,
        trouble::Trouble,
    },
};

/// The most requests on the page.
const MOST: usize = 200;

#[derive(Template)]
#[template(path = "requests/list.html")]
pub(super) struct List {
    pub frame: Frame,
    pub requests: Vec<JoinRequest>,
}

/// Shows what this person asked for.
///
/// # Errors
/// A trouble when the store cannot be asked.
pub async fn list(State(app): State<App>, signed: Signed, frame: Frame) -> Result<Response, Trouble> {
    let requests = app.store.requests().of_person(signed.viewer.id, MOST).await?;
    Ok(page::ok(List { frame: frame.at(Here::Requests), requests }).into_response())
}
