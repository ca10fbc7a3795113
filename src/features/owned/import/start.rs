//! Start a list as it was shown, or go on with one that has stopped.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use serde_json::json;
use uuid::Uuid;

use crate::{
    domain::{
        approval::WRITE_SCOPE,
        event::{Event, EventKind},
        ids::{GroupId, ImportId},
        import_job::{Job, State as Stage},
        refusal::Refusal,
    },
    sign_in::Signed,
    web::{
        app::App,
        flash::{Flash, Mood},
        form::{Fields, Ids},
        frame::{Frame, Groups, Jar},
        trouble::Trouble,
    },
};

use super::{super::workspace::Workspace, address, find, look_up, power, run};

/// Starts carrying a list out with the owner's own token. Sent twice it starts once.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody but owners; a refusal when a rule says no; a trouble when the store cannot be asked.
pub async fn start(
    State(app): State<App>,
    signed: Signed,
    Jar(cookies): Jar,
    Ids(id, job): Ids<GroupId, ImportId>,
    Groups(groups): Groups,
    frame: Frame,
    fields: Fields,
) -> Result<Response, Trouble> {
    let mut job = find(&app, id, job).await?;
    Workspace::open(&app, &signed, &groups, &frame, id, power(job.kind)).await?;
    demand_scope(&signed, id)?;
    let (now, page) = (app.clock.now(), address(&job));
    if job.state == Stage::Preview && !job.can_start(now) {
        Flash::new(Mood::Warning, "import-too-old", "import-too-old-text").leave(&app, &cookies);
        return Ok(Redirect::to(&page).into_response());
    }
    // Only what was shown is started.
    job.version = fields.version();
    let (by, holder) = (signed.person(), Uuid::new_v4().to_string());
    let tally = app.store.imports().tally(job.id).await?;
    let detail = json!({ "import": job.id, "kind": job.kind, "rows": tally.rows, "ready": tally.ready() });
    let event = event(&job, &signed, now, detail);
    if tally.ready() > 0 && app.store.imports().start(&job, &by, &holder, now, &event).await?.is_yes() {
        run::begin(&app, &signed, &job, holder);
    } else if find(&app, id, job.id).await?.state == Stage::Preview {
        Flash::new(Mood::Warning, "import-not-started", "import-not-started-text").leave(&app, &cookies);
    }
    Ok(Redirect::to(&page).into_response())
}

/// Goes on with a list that has stopped, with the token of whoever continues it.
///
/// # Errors
/// As [`start`].
pub async fn go_on(
    State(app): State<App>,
    signed: Signed,
    Ids(id, job): Ids<GroupId, ImportId>,
    Groups(groups): Groups,
    frame: Frame,
    fields: Fields,
) -> Result<Response, Trouble> {
    let mut job = find(&app, id, job).await?;
    Workspace::open(&app, &signed, &groups, &frame, id, power(job.kind)).await?;
    demand_scope(&signed, id)?;
    job.version = fields.version();
    let (by, now, holder) = (signed.person(), app.clock.now(), Uuid::new_v4().to_string());
    let event = event(&job, &signed, now, json!({ "import": job.id, "continued": true }));
    if app.store.imports().take_up(&job, &by, &holder, now, &event).await?.is_yes() {
        match job.state {
            Stage::Reading => drop(look_up::begin(&app, &signed, &job, holder)),
            _ => run::begin(&app, &signed, &job, holder),
        }
    }
    // Somebody else was first: the page shows how it goes.
    Ok(Redirect::to(&address(&job)).into_response())
}

fn demand_scope(signed: &Signed, group: GroupId) -> Result<(), Trouble> {
    if signed.token.allows(WRITE_SCOPE) {
        return Ok(());
    }
    Err(Trouble::refused(Refusal::MissingScope(WRITE_SCOPE)).about_owned(group))
}

fn event(job: &Job, signed: &Signed, now: jiff::Timestamp, detail: serde_json::Value) -> Event {
    Event::new(EventKind::ImportStarted, Some(signed.person()), now).group(job.group).detail(detail)
}
