//! One group of mine: what it is, what waits, what is amiss, and the way to everything else.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};

use crate::{
    domain::{ids::GroupId, powers::Power},
    sign_in::Signed,
    store::GroupSizes,
    web::{
        app::App,
        filters,
        form::Id,
        frame::{Frame, Groups, Here},
        page,
        trouble::Trouble,
        words::Phrase,
    },
};

use super::{
    deeds, list,
    renew::Expiring,
    warnings,
    workspace::{Tab, Workspace},
};

#[derive(Template)]
#[template(path = "owned/show.html")]
pub(super) struct Show {
    pub frame: Frame,
    pub it: Workspace,
    pub tab: Tab,
    pub sizes: Option<GroupSizes>,
    pub members: Phrase,
    pub kind: Option<Phrase>,
    pub warnings: Vec<Phrase>,
    pub can_add: bool,
    /// When the group expires, and whether this owner can renew it.
    pub expiring: Option<Expiring>,
}

/// Shows a group to its owners, and to administrators and auditors when it takes part.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody else.
pub async fn show(
    State(app): State<App>,
    signed: Signed,
    Id(id): Id<GroupId>,
    Groups(groups): Groups,
    frame: Frame,
) -> Result<Response, Trouble> {
    let it = Workspace::open(&app, &signed, &groups, &frame, id, Power::See).await?;
    let sizes = app.store.workspaces().sizes(&[id], frame.now).await?.remove(&id);
    Ok(page::ok(Show::new(frame, it, &signed, sizes, deeds::are_offered(&app))).into_response())
}

impl Show {
    pub(super) fn new(
        frame: Frame,
        it: Workspace,
        signed: &Signed,
        sizes: Option<GroupSizes>,
        is_offered: bool,
    ) -> Self {
        use crate::domain::directory::Kind;
        Self {
            kind: it.entry.kind().map(|kind| match kind {
                Kind::Microsoft365 => "kind-microsoft365".into(),
                Kind::Security => "kind-security".into(),
            }),
            warnings: if it.state.is_some() { Vec::new() } else { warnings::of(&it.entry, signed.viewer.id, &frame) },
            members: list::members(&it.entry, sizes.as_ref()),
            expiring: Expiring::of(&it, signed, &frame, is_offered),
            can_add: it.may(Power::AddMember, signed).is_ok(),
            frame: frame.at(Here::Owned),
            it,
            tab: Tab::Overview,
            sizes,
        }
    }
}
