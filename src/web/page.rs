//! A page as an answer.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};

use super::trouble::Trouble;

/// A rendered template with its status.
#[derive(Debug)]
pub struct Page<T>(pub StatusCode, pub T);

/// Returns a page with status 200.
pub fn ok<T: Template>(template: T) -> Page<T> {
    Page(StatusCode::OK, template)
}

/// Returns a page that shows a form again with what is wrong in it.
pub fn slip<T: Template>(template: T) -> Page<T> {
    Page(StatusCode::UNPROCESSABLE_ENTITY, template)
}

impl<T: Template> IntoResponse for Page<T> {
    fn into_response(self) -> Response {
        match self.1.render() {
            Ok(html) => (self.0, Html(html)).into_response(),
            Err(error) => Trouble::fault("a page could not be drawn", &error).into_response(),
        }
    }
}
