//! The choice of light, dark, or as the system has it.

use axum::{
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Redirect, Response},
};

use crate::sign_in::return_to::ReturnTo;

use super::{app::App, cookies::Purpose, form::Fields, frame::Jar};

/// Remembers the choice in a cookie and returns to the page it was made on.
pub async fn choose(State(app): State<App>, Jar(cookies): Jar, headers: HeaderMap, fields: Fields) -> Response {
    let https = app.settings.is_https();
    match fields.get("theme") {
        theme @ ("light" | "dark") => cookies.add(Purpose::Theme.cookie(theme.to_owned(), https)),
        _ => cookies.add(Purpose::Theme.removal(https)),
    }
    let page = headers.get(header::REFERER).and_then(|value| value.to_str().ok()).unwrap_or_default();
    Redirect::to(ReturnTo::from_own_address(page, &app.settings.base_url).as_str()).into_response()
}
