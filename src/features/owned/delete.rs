//! Deleting a group: what hangs on it, its name typed to confirm, and the deletion itself.

use std::collections::BTreeSet;

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};

use crate::{
    domain::{
        directory::Kind,
        group_life::{self, Course, Deed, Found, GroupWrite},
        ids::{EventId, GroupId},
        powers::{GROUP_SCOPE, Power},
        refusal::Refusal,
    },
    graph::Dependents,
    sign_in::Signed,
    store::{GroupSizes, catalogue::Snapshot},
    web::{
        app::App,
        filters,
        flash::{Flash, Mood},
        form::{Fields, Id, Slips},
        frame::{Frame, Groups, Here, Jar},
        page, refusals,
        time_words::When,
        trouble::Trouble,
        words::Phrase,
    },
};

use super::{
    deeds::{self, Outcome},
    gather::Facts,
    workspace::Workspace,
};

/// Where somebody goes once a group is deleted: it can be restored there.
const AFTER: &str = "/owned/deleted";

#[derive(Template)]
#[template(path = "owned/delete.html")]
pub(super) struct Delete {
    pub frame: Frame,
    pub it: Workspace,
    /// The name as the directory has it now.
    pub name: String,
    pub is_microsoft365: bool,
    pub members: Phrase,
    pub requests: Phrase,
    pub licences: Phrase,
    pub roles: Phrase,
    /// The applications in which members hold roles by it.
    pub apps: Vec<String>,
    /// When it was tried before, and the directory has not confirmed it.
    pub tried: Option<When>,
    pub why_not: Option<Phrase>,
    pub typed: String,
    /// What the form will be recorded as, so that sent twice it counts once.
    pub operation: EventId,
    pub slips: Slips,
}

/// Shows what hangs on a group, before it is deleted. Looks whether an earlier try came through.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody but owners; a refusal when a rule says no; a trouble when the directory is away.
pub async fn form(
    State(app): State<App>,
    signed: Signed,
    Jar(cookies): Jar,
    Id(id): Id<GroupId>,
    Groups(groups): Groups,
    frame: Frame,
) -> Result<Response, Trouble> {
    let it = open(&app, &signed, &groups, &frame, id).await?;
    let earlier = app.store.group_writes().open(id, Deed::Delete).await?;
    let found = app.graph.person(&signed.token).dependents(id).await?;
    if let Some(earlier) = &earlier
        && deeds::look(&app, earlier, &it.entry.group, found.is_some()).await? == Found::Done
    {
        app.forget(signed.viewer.id).await;
        flash(&Outcome::Done).name("group", &earlier.group_name).leave(&app, &cookies);
        return Ok(Redirect::to(AFTER).into_response());
    }
    let Some(found) = found else { return Err(deeds::is_gone(&app, &signed, id).await?) };
    let sizes = app.store.workspaces().sizes(&[id], frame.now).await?.remove(&id);
    let tried = earlier.map(|earlier| frame.when(&earlier.at));
    let page = Delete::new(frame, it, &found, sizes, &signed);
    Ok(page::ok(Delete { tried, ..page }).into_response())
}

/// Deletes the group with the owner's own token, once its name was typed.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody but owners; a refusal when a rule says no; a trouble when the directory or the store
/// cannot be asked. Nothing is recorded then.
pub async fn delete(
    State(app): State<App>,
    signed: Signed,
    Jar(cookies): Jar,
    Id(id): Id<GroupId>,
    Groups(groups): Groups,
    frame: Frame,
    fields: Fields,
) -> Result<Response, Trouble> {
    let (operation, typed) = (deeds::named_by(&fields), fields.get("name"));
    if let Some(before) = deeds::sent_before(&app, &signed, id, operation).await? {
        return Ok(Redirect::to(&page_after(&before)).into_response());
    }
    let it = open(&app, &signed, &groups, &frame, id).await?;
    let facts = Facts::read(&app, &signed, &groups, id, signed.viewer.id).await?;
    let Some(live) = facts.live.group.clone() else { return Err(deeds::is_gone(&app, &signed, id).await?) };
    facts
        .may_change_group(&signed, Power::Delete)
        .map_err(|refusal| Trouble::refused(refusal).about_owned(id).typed(typed))?;
    if !group_life::names(typed, &live.name) {
        let found =
            app.graph.person(&signed.token).dependents(id).await?.ok_or(Trouble::refused(Refusal::GroupGone))?;
        let sizes = app.store.workspaces().sizes(&[id], frame.now).await?.remove(&id);
        return Ok(page::slip(Delete::new(frame, it, &found, sizes, &signed).slipped(typed)).into_response());
    }
    let write = deeds::decided(&app, &signed, Deed::Delete, &live, operation);
    let evidence = serde_json::json!({ "owners": facts.owner_ids(), "group": live.facts });
    let Some(outcome) = deeds::carry_out(&app, &signed, write, live.clone(), evidence).await? else {
        return Ok(Redirect::to(&page_of(id)).into_response());
    };
    app.forget(signed.viewer.id).await;
    flash(&outcome).name("group", &live.name).leave(&app, &cookies);
    let page = if outcome == Outcome::Done { AFTER.to_owned() } else { page_of(id) };
    Ok(Redirect::to(&outcome.way_to(&page, &signed, app.clock.now())).into_response())
}

/// Opens a group for somebody who may delete it, where that is offered at all.
async fn open(app: &App, signed: &Signed, groups: &Snapshot, frame: &Frame, id: GroupId) -> Result<Workspace, Trouble> {
    if !deeds::are_offered(app) {
        return Err(Trouble::NotFound);
    }
    Workspace::open(app, signed, groups, frame, id, Power::Delete).await
}

fn page_of(group: GroupId) -> String {
    format!("/owned/{group}/delete")
}

fn page_after(write: &GroupWrite) -> String {
    if write.course == Course::Done { AFTER.to_owned() } else { page_of(write.group) }
}

/// Returns what the next page says about an outcome.
pub(super) fn flash(outcome: &Outcome) -> Flash {
    match outcome {
        Outcome::Done => Flash::new(Mood::Success, "delete-done", "delete-done-text"),
        Outcome::Refused => Flash::new(Mood::Warning, "delete-refused", "delete-refused-text"),
        Outcome::Unclear | Outcome::NotAccepted(_) => {
            Flash::new(Mood::Warning, "delete-unclear", "delete-unclear-text")
        }
    }
}

/// Returns why an owner who sees the group's details cannot delete it; nothing when they can.
pub(super) fn why_not(it: &Workspace, signed: &Signed, frame: &Frame, is_offered: bool) -> Option<Phrase> {
    match it.may(Power::Delete, signed) {
        Err(refusal) => Some(refusals::sentence(&refusal, frame)),
        Ok(()) if !is_offered => Some("delete-not-here".into()),
        Ok(()) => missing_scope(signed, frame),
    }
}

fn missing_scope(signed: &Signed, frame: &Frame) -> Option<Phrase> {
    let missing = !signed.token.allows(GROUP_SCOPE);
    missing.then(|| refusals::sentence(&Refusal::MissingScope(GROUP_SCOPE), frame))
}

impl Delete {
    pub(super) fn new(
        frame: Frame,
        it: Workspace,
        found: &Dependents,
        sizes: Option<GroupSizes>,
        signed: &Signed,
    ) -> Self {
        let counted = |key: &'static str, n: Option<u64>, unread: &'static str| match n {
            Some(n) => Phrase::new(key).count("n", n),
            None => unread.into(),
        };
        let apps = found.app_roles.iter().flatten().map(|role| role.app_name.clone());
        let apps: BTreeSet<String> = apps.filter(|name| !name.is_empty()).collect();
        let number = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
        Self {
            name: found.group.name.clone(),
            is_microsoft365: found.group.facts.eligibility() == Ok(Kind::Microsoft365),
            members: counted("delete-members", found.members, "delete-not-read"),
            requests: Phrase::new("delete-requests").count("n", sizes.map_or(0, |sizes| sizes.open)),
            licences: counted("delete-licences", found.licences.map(number), "delete-not-read"),
            roles: counted(
                "delete-roles",
                found.app_roles.as_ref().map(|all| number(all.len())),
                "delete-roles-not-read",
            ),
            apps: apps.into_iter().collect(),
            tried: None,
            why_not: missing_scope(signed, &frame),
            frame: frame.at(Here::Owned),
            it,
            typed: String::new(),
            operation: EventId::new(),
            slips: Slips::default(),
        }
    }

    /// Returns the page with what was typed, which is not the name.
    pub(super) fn slipped(mut self, typed: &str) -> Self {
        let slip = if typed.trim().is_empty() { "delete-needs-name" } else { "delete-other-name" };
        self.slips.note("name", Phrase::new(slip).name("group", &self.name));
        typed.clone_into(&mut self.typed);
        self
    }

    fn title(&self) -> Phrase {
        Phrase::new("delete-title").name("group", &self.name)
    }
}
