//! Who owns a group.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};

use crate::{
    config::OwnersChange,
    domain::{
        directory::PersonRef,
        ids::GroupId,
        powers::{GROUP_SCOPE, Power},
        refusal::Refusal,
    },
    sign_in::Signed,
    web::{
        app::App,
        filters,
        form::Id,
        frame::{Frame, Groups, Here},
        page, refusals,
        trouble::Trouble,
        words::Phrase,
    },
};

use super::workspace::{Tab, Workspace};

/// An owner in the list.
pub(super) struct Row {
    pub owner: PersonRef,
    pub is_viewer: bool,
    pub is_unable: bool,
}

#[derive(Template)]
#[template(path = "owned/owners.html")]
pub(super) struct Owners {
    pub frame: Frame,
    pub it: Workspace,
    pub tab: Tab,
    pub rows: Vec<Row>,
    pub can_change: bool,
    /// Why this owner cannot change the owners; not said to those who only look.
    pub why_not: Option<Phrase>,
}

/// Shows the owners, as the copy has them; what Roster changed is in it at once.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody who may not know of the page.
pub async fn owners(
    State(app): State<App>,
    signed: Signed,
    Id(id): Id<GroupId>,
    Groups(groups): Groups,
    frame: Frame,
) -> Result<Response, Trouble> {
    let it = Workspace::open(&app, &signed, &groups, &frame, id, Power::See).await?;
    let is_offered = app.settings.owners_change == OwnersChange::Groups;
    Ok(page::ok(Owners::new(frame, it, &signed, is_offered)).into_response())
}

impl Owners {
    pub(super) fn new(frame: Frame, it: Workspace, signed: &Signed, is_offered: bool) -> Self {
        let may = it.may(Power::ChangeOwners, signed).and_then(|()| {
            if signed.token.allows(GROUP_SCOPE) { Ok(()) } else { Err(Refusal::MissingScope(GROUP_SCOPE)) }
        });
        let unable = it.entry.unable.clone().unwrap_or_default();
        let row = |owner: &PersonRef| Row {
            owner: owner.clone(),
            is_viewer: owner.id == signed.viewer.id,
            is_unable: unable.contains(&owner.id),
        };
        Self {
            rows: it.entry.owners.iter().map(row).collect(),
            can_change: is_offered && may.is_ok(),
            why_not: match may {
                _ if !it.is_owner || it.state.is_some() => None,
                _ if !is_offered => Some("owners-not-here".into()),
                may => may.err().map(|refusal| refusals::sentence(&refusal, &frame)),
            },
            frame: frame.at(Here::Owned),
            it,
            tab: Tab::Owners,
        }
    }
}
