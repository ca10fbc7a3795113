//! Take back the wish to leave, as long as nobody has carried it out.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};

use crate::{
    domain::{
        event::{Event, EventKind},
        ids::GroupId,
        operation::Operation,
        refusal::Refusal,
    },
    sign_in::Signed,
    web::{
        app::App,
        flash::{Flash, Mood},
        form::{Fields, Id},
        frame::Jar,
        trouble::Trouble,
    },
};

/// Takes the wish back.
///
/// # Errors
/// A refusal when somebody is carrying it out at this moment.
pub async fn stay(
    State(app): State<App>,
    signed: Signed,
    Jar(cookies): Jar,
    Id(id): Id<GroupId>,
    _: Fields,
) -> Result<Response, Trouble> {
    let unfinished = app.store.operations().unfinished_for(id, signed.viewer.id).await?;
    let now = app.clock.now();
    let back = || Redirect::to("/memberships").into_response();
    let Some(wish) = unfinished.into_iter().find(Operation::is_wish_to_leave) else {
        return Ok(back());
    };

    let event = Event::new(EventKind::OperationAbandoned, Some(signed.person()), now)
        .group(id)
        .person(signed.viewer.id)
        .detail(serde_json::json!({ "operation": wish.id, "taken_back": true }));
    if !app.store.operations().abandon(&wish, now, &event).await?.is_yes() {
        return Err(Refusal::BeingCarriedOut.into());
    }

    Flash::new(Mood::Success, "stay-done", "").name("group", &wish.group_name).leave(&app, &cookies);
    Ok(back())
}
