//! How Roster works, in a few answers.

use askama::Template;
use axum::response::{IntoResponse, Response};

use crate::{
    sign_in::Signed,
    web::{
        filters,
        frame::{Frame, Here},
        page,
        trouble::Trouble,
    },
};

#[derive(Template)]
#[template(path = "home/help.html")]
pub(super) struct Help {
    pub frame: Frame,
}

/// Shows the answers.
///
/// # Errors
/// None of its own.
pub async fn help(_: Signed, frame: Frame) -> Result<Response, Trouble> {
    Ok(page::ok(Help { frame: frame.at(Here::Help) }).into_response())
}
