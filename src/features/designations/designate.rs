//! Designate a group, or change the terms of one that takes part.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use tower_cookies::Cookies;

use crate::{
    domain::{
        changing_terms::{self, Step},
        designation::{self, Designation},
        directory::{Group, PersonRef},
        event::{Event, EventKind},
        ids::GroupId,
        refusal::Refusal,
        terms::Terms,
    },
    sign_in::Signed,
    store::{self, catalogue::Entry},
    web::{
        app::App,
        audience::Choice,
        flash::{Flash, Mood},
        form::{Fields, Id, Slips},
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
    let live = live.ok_or_else(|| Trouble::refused(Refusal::GroupGone))?;
    designation::may_designate(&signed.viewer, &live)?;
    let choice = Choice { groups: &groups, viewer: &signed.viewer, own: Some(id) };
    // Of two who save at once, the later looks once more at what the first did.
    for _ in 0..2 {
        let found = Found::read(&app, id, &fields, &frame).await?;
        let (typed, version, slips) = match found.step(&fields, &choice) {
            Ok(Step::Hold) => return Ok(done(&app, &cookies, &live, &fields)),
            Ok(Step::Save(terms)) => {
                let now = app.clock.now();
                app.store.directory().record_group(&live, &owners, now).await?;
                if record(&app.store, &live, &terms, &signed.person(), found.version(), now).await? {
                    return Ok(done(&app, &cookies, &live, &fields));
                }
                continue;
            }
            Ok(Step::Look(wished)) => (Typed::from(&wished), found.version().unwrap_or_default(), Slips::default()),
            // A slip does not hide what somebody else changed: what was typed is laid over it once it can be read.
            Err(slips) => (Typed::again(&fields, terms_form::every()), fields.version(), slips),
        };
        let entry = Entry { designation: found.current, ..Entry::clone(&entry) };
        let page = Show::again(&app, frame, &signed, &entry, typed, version).await?;
        return Ok(page::slip(Show { slips, meanwhile: found.meanwhile.changes, ..page }).into_response());
    }
    Err(Trouble::refused(Refusal::Stale).typed(fields.longest()))
}

fn done(app: &App, cookies: &Cookies, group: &Group, fields: &Fields) -> Response {
    let title = if fields.version() == 0 { "designated-done" } else { "terms-changed" };
    Flash::new(Mood::Success, title, "").name("group", &group.name).leave(app, cookies);
    Redirect::to(&format!("/admin/groups/{}", group.id)).into_response()
}

/// What holds when a form comes.
struct Found {
    current: Option<Designation>,
    meanwhile: Meanwhile,
}

impl Found {
    async fn read(app: &App, id: GroupId, fields: &Fields, frame: &Frame) -> Result<Self, Trouble> {
        let current = app.store.designations().find(id).await?;
        let meanwhile = match &current {
            Some(current) => terms_meanwhile::since(app, current, fields.version(), frame).await?,
            None => Meanwhile::default(),
        };
        Ok(Self { current, meanwhile })
    }

    fn version(&self) -> Option<i64> {
        self.current.as_ref().map(|current| current.version)
    }

    /// Says what the form comes to, or what is wrong with it.
    fn step(&self, fields: &Fields, choice: &Choice<'_>) -> Result<Step, Slips> {
        let holds = self.current.as_ref().map(|current| &current.terms);
        let usual = Terms::default();
        let drawn = self.meanwhile.drawn.as_ref().or(holds).unwrap_or(&usual);
        let mut typed = terms_form::read(fields, &terms_form::every(), drawn, choice)?;
        terms_form::read_locks(fields, &mut typed);
        Ok(changing_terms::step(holds, drawn, &typed, !self.meanwhile.changes.is_empty()))
    }
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
