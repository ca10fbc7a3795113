//! Designate a group, or change the terms of one that takes part.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;

use crate::{
    domain::{
        changing_terms, designation,
        directory::{Group, PersonRef},
        event::{Event, EventKind},
        ids::GroupId,
        refusal::Refusal,
        terms::Terms,
    },
    sign_in::Signed,
    store,
    web::{
        app::App,
        audience::Choice,
        flash::{Flash, Mood},
        form::{Fields, Id},
        frame::{Frame, Groups, Jar},
        page,
        terms_form::{self, Typed},
        terms_meanwhile::{self, Meanwhile},
        trouble::Trouble,
    },
};

use super::show::Show;

/// Records that a group takes part on the given terms. Eligibility is read live.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody but administrators and auditors; a refusal when a rule says no or somebody changed
/// the terms meanwhile.
pub async fn designate(
    State(app): State<App>,
    signed: Signed,
    Jar(cookies): Jar,
    Id(id): Id<GroupId>,
    Groups(groups): Groups,
    frame: Frame,
    fields: Fields,
) -> Result<Response, Trouble> {
    if !signed.viewer.sees_everything() {
        return Err(Trouble::NotFound);
    }
    if !signed.viewer.is_administrator() {
        return Err(Refusal::NotAdministrator.into());
    }
    let entry = groups.any(id).ok_or(Trouble::NotFound)?;
    let (live, owners) = read_live(&app, &signed, id).await?;
    let now = app.clock.now();

    let live = live.ok_or_else(|| Trouble::refused(Refusal::GroupGone))?;
    designation::may_designate(&signed.viewer, &live)?;
    let current = app.store.designations().find(id).await?;
    let meanwhile = match &current {
        Some(current) => terms_meanwhile::since(&app, current, fields.version(), &frame).await?,
        None => Meanwhile::default(),
    };
    let holds = current.as_ref().map(|current| current.terms.clone()).unwrap_or_default();
    let drawn = meanwhile.drawn.as_ref().unwrap_or(&holds);
    let choice = Choice { groups: &groups, viewer: &signed.viewer, own: Some(id) };
    let wished = match terms_form::read(&fields, &terms_form::every(), drawn, &choice) {
        Ok(mut wished) => {
            terms_form::read_locks(&fields, &mut wished);
            changing_terms::laid_over(&holds, drawn, &wished)
        }
        Err(slips) => {
            let typed = Typed::again(&fields, terms_form::every());
            // A slip does not hide what somebody else changed meanwhile: what was typed is laid over it once it can be read.
            let page = Show::again(&app, frame, &signed, &entry, typed, fields.version()).await?;
            return Ok(page::slip(Show { slips, meanwhile: meanwhile.changes, ..page }).into_response());
        }
    };
    let version = current.as_ref().map_or(0, |current| current.version);
    // The same form twice, or nothing was changed: the terms are as it wished.
    if current.is_none() || wished != holds {
        if !meanwhile.changes.is_empty() {
            let page = Show::again(&app, frame, &signed, &entry, Typed::from(&wished), version).await?;
            return Ok(page::slip(Show { meanwhile: meanwhile.changes, ..page }).into_response());
        }
        app.store.directory().record_group(&live, &owners, now).await?;
        let expected = Some(version).filter(|version| *version > 0);
        if !record(&app.store, &live, &wished, &signed.person(), expected, now).await? {
            return Err(Trouble::refused(Refusal::Stale).typed(fields.longest()));
        }
    }

    let title = if fields.version() == 0 { "designated-done" } else { "terms-changed" };
    Flash::new(Mood::Success, title, "").name("group", &live.name).leave(&app, &cookies);
    Ok(Redirect::to(&format!("/admin/groups/{id}")).into_response())
}

/// Records a designation with its event; `false` when somebody was first. The sample company takes part through here.
///
/// # Errors
/// When the store cannot be asked.
pub async fn record(
    store: &store::Store,
    group: &Group,
    terms: &Terms,
    by: &PersonRef,
    expected: Option<i64>,
    now: Timestamp,
) -> Result<bool, store::Error> {
    let kind = if expected.is_none() { EventKind::DesignationCreated } else { EventKind::DesignationChanged };
    let event = Event::new(kind, Some(by.clone()), now)
        .group(group.id)
        .detail(serde_json::json!({ "terms": terms, "from_version": expected }));
    Ok(store.designations().designate(group.id, terms, by, expected, now, &event).await?.is_yes())
}

async fn read_live(app: &App, signed: &Signed, id: GroupId) -> Result<(Option<Group>, Vec<PersonRef>), Trouble> {
    let graph = app.graph.person(&signed.token);
    let (group, owners) = tokio::join!(graph.group(id), graph.owners(id));
    let group = group?;
    let owners = if group.is_some() { owners? } else { Vec::new() };
    Ok((group, owners))
}
