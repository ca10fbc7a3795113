//! A group's name and description, changed by an owner where the terms let them.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use serde_json::json;
use tracing::Instrument as _;

use crate::{
    domain::{
        directory::Group,
        event::{Event, EventKind},
        ids::{EventId, GroupId},
        powers::{GROUP_SCOPE, Power},
        refusal::Refusal,
        text::{self, TextProblem},
    },
    graph::{Error, GroupChange},
    sign_in::Signed,
    store::{self, catalogue::Snapshot},
    web::{
        app::App,
        filters,
        flash::{Flash, Mood},
        form::{Fields, Id, Slips, text_slip},
        frame::{Frame, Groups, Here, Jar},
        page, refusals,
        trouble::Trouble,
        words::Phrase,
    },
};

use super::{
    deeds::are_offered as is_offered,
    delete,
    gather::Facts,
    workspace::{Tab, Workspace},
};

/// The most characters of a name (Graph, "group resource type").
const NAME_LIMIT: usize = 256;
/// The most characters of a description (Graph, "group resource type").
const DESCRIPTION_LIMIT: usize = 1024;

#[derive(Template)]
#[template(path = "owned/details.html")]
pub(super) struct Details {
    pub frame: Frame,
    pub it: Workspace,
    pub tab: Tab,
    /// What the form is drawn from: a later one of two people is told what changed.
    pub drawn: (String, String),
    pub typed: (String, String),
    /// Somebody changed it since the form was drawn.
    pub changed_meanwhile: bool,
    pub why_not: Option<Phrase>,
    /// Why the group cannot be deleted here; nothing when it can.
    pub why_not_deleted: Option<Phrase>,
    pub slips: Slips,
}

/// Shows the name and description to somebody who may see the group, as a form to those who may change them.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody who may not know of the page.
pub async fn form(
    State(app): State<App>,
    signed: Signed,
    Id(id): Id<GroupId>,
    Groups(groups): Groups,
    frame: Frame,
) -> Result<Response, Trouble> {
    let it = Workspace::open(&app, &signed, &groups, &frame, id, Power::See).await?;
    Ok(page::ok(Details::new(frame, it, &signed, is_offered(&app))).into_response())
}

/// Changes the name and description with the owner's own token.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody but owners; a refusal when a rule says no; a trouble when the directory or the
/// store cannot be asked.
pub async fn change(
    State(app): State<App>,
    signed: Signed,
    Jar(cookies): Jar,
    Id(id): Id<GroupId>,
    Groups(groups): Groups,
    frame: Frame,
    fields: Fields,
) -> Result<Response, Trouble> {
    let it = open(&app, &signed, &groups, &frame, id).await?;
    let typed = (fields.get("name").to_owned(), fields.get("description").to_owned());
    let facts = Facts::read(&app, &signed, &groups, id, signed.viewer.id).await?;
    facts
        .may_change_group(&signed, Power::ChangeDetails)
        .map_err(|refusal| Trouble::refused(refusal).about_owned(id).typed(fields.longest()))?;
    let Some(live) = facts.live.group.clone() else { return Err(Trouble::refused(Refusal::GroupGone)) };

    let mut page = Details::new(frame, it, &signed, true);
    page.typed.clone_from(&typed);
    page.drawn = (live.name.clone(), live.description.clone());
    let wished = match checked(&typed) {
        Ok(wished) => wished,
        Err(slips) => return Ok(page::slip(Details { slips, ..page }).into_response()),
    };
    let was_drawn = (fields.get("drawn_name"), fields.get("drawn_description"));
    if was_drawn != (live.name.as_str(), live.description.as_str()) && wished != page.drawn {
        return Ok(page::slip(Details { changed_meanwhile: true, ..page }).into_response());
    }
    let there = format!("/owned/{id}/details");
    if wished == page.drawn {
        // A double click, or nothing was changed.
        return Ok(Redirect::to(&there).into_response());
    }
    let flash = match carry_out(&app, &signed, &live, &wished).await? {
        Written::Done => Flash::new(Mood::Success, "details-done", ""),
        Written::NotThisName => {
            page.slips.note("name", "details-not-this-name".into());
            return Ok(page::slip(page).into_response());
        }
        Written::Refused => Flash::new(Mood::Warning, "details-refused", "details-refused-text"),
        Written::Unclear => Flash::new(Mood::Warning, "details-unclear", "details-unclear-text"),
    };
    flash.name("group", &wished.0).leave(&app, &cookies);
    Ok(Redirect::to(&there).into_response())
}

/// What became of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    Done,
    /// The tenant's naming policy, or another group, does not let it have this name.
    NotThisName,
    Refused,
    Unclear,
}

/// Records what was decided, writes it, and records what became of it; goes on when the browser goes away.
async fn carry_out(app: &App, signed: &Signed, live: &Group, wished: &(String, String)) -> Result<Written, Trouble> {
    let (task, token, by, live, wished) =
        (app.clone(), signed.token.clone(), signed.person(), live.clone(), wished.clone());
    let work = async move {
        let change = GroupChange {
            name: (wished.0 != live.name).then(|| wished.0.clone()),
            description: (wished.1 != live.description).then(|| wished.1.clone()),
            visibility: None,
        };
        let detail = json!({
            "before": { "name": live.name, "description_sha256": store::fingerprint(&live.description) },
            "after": { "name": wished.0, "description_sha256": store::fingerprint(&wished.1) },
        });
        let now = task.clock.now();
        let event = |kind| Event::new(kind, Some(by.clone()), now).group(live.id).detail(detail.clone());
        let decided = event(EventKind::DetailsDecided);
        let EventId(operation) = decided.id;
        task.store.events().record(&decided).await?;
        let written = match task.graph.person(&token).change_group(live.id, &change, operation).await {
            Ok(()) => Written::Done,
            Err(Error::NotThisName(_)) => Written::NotThisName,
            Err(Error::NotAllowed | Error::NotChangeable | Error::Gone) => Written::Refused,
            Err(_) => Written::Unclear,
        };
        let kind = if written == Written::Done { EventKind::DetailsChanged } else { EventKind::DetailsUnclear };
        if written == Written::Done {
            let changed = Group { name: wished.0.clone(), description: wished.1.clone(), ..live.clone() };
            task.store.directory().record_details(&changed).await?;
        }
        task.store.events().record(&event(kind)).await?;
        Ok::<_, store::Error>(written)
    };
    match app.tasks.spawn(work.in_current_span()).await {
        Ok(written) => Ok(written?),
        Err(error) => Err(Trouble::fault("changing a group's details broke off", &error)),
    }
}

/// Opens a group for somebody who may change its details, where that is offered at all.
async fn open(app: &App, signed: &Signed, groups: &Snapshot, frame: &Frame, id: GroupId) -> Result<Workspace, Trouble> {
    if !is_offered(app) {
        return Err(Trouble::NotFound);
    }
    Workspace::open(app, signed, groups, frame, id, Power::ChangeDetails).await
}

/// Returns why somebody who sees the page cannot change what is on it; nothing when they can.
fn why_not(it: &Workspace, signed: &Signed, frame: &Frame, is_offered: bool) -> Option<Phrase> {
    match it.may(Power::ChangeDetails, signed) {
        Err(refusal) => Some(refusals::sentence(&refusal, frame)),
        Ok(()) if !is_offered => Some("details-not-here".into()),
        Ok(()) if !signed.token.allows(GROUP_SCOPE) => {
            Some(refusals::sentence(&Refusal::MissingScope(GROUP_SCOPE), frame))
        }
        Ok(()) => None,
    }
}

/// Checks what was typed.
fn checked((name, description): &(String, String)) -> Result<(String, String), Slips> {
    let mut slips = Slips::default();
    let mut take = |field: &'static str, checked: Result<String, TextProblem>| match checked {
        Ok(text) => text,
        Err(problem) => {
            slips.note(field, text_slip(problem, "details-needs-name"));
            String::new()
        }
    };
    let name = take("name", text::required(name, NAME_LIMIT)).replace(['\n', '\t'], " ");
    let description = take("description", text::optional(description, DESCRIPTION_LIMIT));
    if slips.is_empty() { Ok((name, description)) } else { Err(slips) }
}

impl Details {
    pub(super) fn new(frame: Frame, it: Workspace, signed: &Signed, is_offered: bool) -> Self {
        let drawn = (it.name.clone(), it.description.clone());
        Self {
            why_not: why_not(&it, signed, &frame, is_offered),
            why_not_deleted: delete::why_not(&it, signed, &frame, is_offered),
            frame: frame.at(Here::Owned),
            it,
            tab: Tab::Details,
            typed: drawn.clone(),
            drawn,
            changed_meanwhile: false,
            slips: Slips::default(),
        }
    }
}
