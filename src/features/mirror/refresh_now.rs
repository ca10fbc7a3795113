//! An administrator has the directory read again at once.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};

use crate::{
    domain::refusal::Refusal,
    sign_in::Signed,
    web::{
        app::App,
        flash::{Flash, Mood},
        form::Fields,
        frame::Jar,
        trouble::Trouble,
    },
};

use super::refresh::{Refreshing, refresh};

/// Reads the directory with the administrator's token, also when much would be lost: then the administrator has seen the
/// warning and ticked the box.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody but administrators and auditors.
pub async fn refresh_now(
    State(app): State<App>,
    signed: Signed,
    Jar(cookies): Jar,
    fields: Fields,
) -> Result<Response, Trouble> {
    if !signed.viewer.sees_everything() {
        return Err(Trouble::NotFound);
    }
    if !signed.viewer.is_administrator() {
        return Err(Refusal::NotAdministrator.into());
    }
    let by = signed.person();
    let flash = match refresh(&app, &signed.token, &by, fields.ticked("even_if_it_loses")).await? {
        Refreshing::Done(_) => Flash::new(Mood::Success, "copy-read", ""),
        Refreshing::SomebodyElse => Flash::new(Mood::Info, "copy-being-read", "copy-being-read-text"),
        Refreshing::Braked(_) => Flash::new(Mood::Warning, "copy-braked", "copy-braked-text"),
    };
    flash.leave(&app, &cookies);
    Ok(Redirect::to("/admin/groups").into_response())
}
