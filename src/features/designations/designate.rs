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
        text::{self, TextProblem},
    },
    sign_in::Signed,
    store,
    web::{
        app::App,
        flash::{Flash, Mood},
        form::{Fields, Id, Slips},
        frame::{Frame, Groups, Jar},
        page,
        trouble::Trouble,
        words::Phrase,
    },
};

use super::{
    history,
    show::{Show, Typed},
};

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
    let terms = match parse(&fields) {
        Ok(terms) => terms,
        Err(slips) => {
            let history = history::of(&app, id, &frame).await?;
            let page = Show::new(frame, &signed, &entry, Typed::from(&fields), slips);
            return Ok(page::slip(Show { history, ..page }).into_response());
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

/// Reads the terms from the form, or says all that is wrong with it.
fn parse(fields: &Fields) -> Result<Terms, Slips> {
    let mut slips = Slips::default();
    let gives = text::optional(fields.get("gives"), Terms::GIVES_LIMIT).unwrap_or_else(|problem| {
        if let TextProblem::TooLong { limit, length } = problem {
            slips.note("gives", Phrase::new("text-too-long").count("limit", limit).count("length", length));
        }
        String::new()
    });
    let mut days = |field: &'static str, slip: &'static str, range: std::ops::RangeInclusive<u16>| {
        fields.get(field).trim().parse().ok().filter(|days| range.contains(days)).unwrap_or_else(|| {
            slips.note(field, Phrase::new(slip).count("least", *range.start()).count("most", *range.end()));
            0
        })
    };
    let terms = Terms {
        open_days: days("open_days", "terms-open-days-slip", Terms::OPEN_DAYS),
        cool_down_days: days("cool_down_days", "terms-cool-down-slip", Terms::COOL_DOWN_DAYS),
        guests_may_ask: fields.ticked("guests_may_ask"),
        owners_change_owners: fields.ticked("owners_change_owners"),
        owners_change_details: fields.ticked("owners_change_details"),
        reason_required: fields.ticked("reason_required"),
        gives,
    };
    if slips.is_empty() { Ok(terms) } else { Err(slips) }
}
