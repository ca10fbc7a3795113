//! End a list early: before it starts, while it rests, or after the chunk that is under way.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use serde_json::json;

use crate::{
    domain::{
        event::{Event, EventKind},
        ids::{GroupId, ImportId},
        powers::Power,
    },
    sign_in::Signed,
    web::{
        app::App,
        form::Ids,
        frame::{Frame, Groups},
        trouble::Trouble,
    },
};

use super::{super::workspace::Workspace, address, find, run};

/// Ends a list early. What was carried out stays so.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody but owners; a trouble when the store cannot be asked.
pub async fn cancel(
    State(app): State<App>,
    signed: Signed,
    Ids(id, job): Ids<GroupId, ImportId>,
    Groups(groups): Groups,
    frame: Frame,
) -> Result<Response, Trouble> {
    let job = find(&app, id, job).await?;
    // Ending changes no membership, so it works while the group is paused.
    Workspace::open(&app, &signed, &groups, &frame, id, Power::RemoveMember).await?;
    let now = app.clock.now();
    let event = Event::new(EventKind::ImportCancelled, Some(signed.person()), now)
        .group(id)
        .detail(json!({ "import": job.id }));
    let end = run::ended(&app, &job, now).await?;
    let _ = app.store.imports().cancel(&job, now, &event, &end).await?;
    let next = if job.was_started() { address(&job) } else { format!("/owned/{id}/import") };
    Ok(Redirect::to(&next).into_response())
}
