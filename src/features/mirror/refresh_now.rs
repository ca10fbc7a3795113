//! An administrator wishes that the directory is read again at once.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};

use crate::{
    domain::{directory_copy::Wanted, refusal::Refusal},
    sign_in::Signed,
    web::{
        app::{App, Wish},
        flash::{Flash, Mood},
        form::Fields,
        frame::Jar,
        trouble::Trouble,
    },
};

/// Has the directory read with the administrator's token, after the answer: a large tenant takes minutes. It is taken over
/// also when much would be lost, if the administrator has seen the numbers and ticked the box.
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
    let flash = if signed.viewer.guest {
        Flash::new(Mood::Warning, "copy-not-by-guests", "copy-not-by-guests-text")
    } else {
        let even_if_it_loses = fields.ticked("even_if_it_loses");
        let wanted = Wanted::ByAnAdministrator { at: app.clock.now(), even_if_it_loses };
        let (by, token) = (signed.person(), signed.token.clone());
        // A full queue means that readings wait already; the page tells what becomes of them.
        let _ = app.wishes.try_send(Wish::RefreshDirectory { by, token, wanted });
        Flash::new(Mood::Info, "copy-being-read", "copy-being-read-text")
    };
    flash.leave(&app, &cookies);
    Ok(Redirect::to("/admin/directory").into_response())
}
