//! Designate a group, or change the terms of one that takes part.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;

use crate::{
    domain::{
        designation,
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
        trouble::Trouble,
    },
};

use super::{history, show::Show};

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
    let current = entry.designation.as_ref().map(|designation| designation.terms.clone()).unwrap_or_default();
    let choice = Choice { groups: &groups, viewer: &signed.viewer, own: Some(id) };
    let terms = match terms_form::read(&fields, &terms_form::every(), &current, &choice) {
        Ok(mut terms) => {
            terms_form::read_locks(&fields, &mut terms);
            terms
        }
        Err(slips) => {
            let history = history::of(&app, id, &frame).await?;
            let page = Show::new(frame, &signed, &entry, Typed::again(&fields, terms_form::every()), slips);
            // A slip does not hide what somebody else changed meanwhile.
            return Ok(page::slip(Show { history, version: fields.version(), ..page }).into_response());
        }
    };

    let by = signed.person();
    app.store.directory().record_group(&live, &owners, now).await?;
    let expected = Some(fields.version()).filter(|version| *version > 0);
    if !record(&app.store, &live, &terms, &by, expected, now).await? {
        // The same form twice is no conflict: the terms are as it wished.
        let current = app.store.designations().find(id).await?;
        if current.is_none_or(|current| current.terms != terms) {
            return Err(Trouble::refused(Refusal::Stale).typed(&terms.gives));
        }
    }

    let title = if expected.is_none() { "designated-done" } else { "terms-changed" };
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
