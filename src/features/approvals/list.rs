//! The inbox: everything that waits for an owner, over all groups they own.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};

use crate::{
    domain::{ids::GroupId, operation::Operation, request::JoinRequest},
    sign_in::Signed,
    web::{
        app::App,
        filters,
        frame::{Frame, Groups, Here},
        page,
        trouble::Trouble,
    },
};

/// The most requests on the page; the oldest come first, so nothing is lost from sight for ever.
const MOST: usize = 100;

#[derive(Template)]
#[template(path = "approvals/list.html")]
pub(super) struct List {
    pub frame: Frame,
    pub open: Vec<JoinRequest>,
    pub unfinished: Vec<JoinRequest>,
    pub leaves: Vec<Operation>,
    pub owns: usize,
}

impl List {
    /// Returns why the list is empty.
    pub(super) fn empty_text(&self) -> &'static str {
        if self.owns > 0 { "approvals-empty-text" } else { "approvals-not-owner-text" }
    }
}

/// Shows the inbox. Which groups a person owns is asked of the directory once a minute; when it is away, the directory
/// copy stands in, for this page decides nothing.
///
/// # Errors
/// A trouble when the store cannot be asked.
pub async fn list(
    State(app): State<App>,
    signed: Signed,
    Groups(groups): Groups,
    frame: Frame,
) -> Result<Response, Trouble> {
    let owned = match app.owned_by(&signed).await {
        Ok(owned) => owned,
        Err(trouble @ Trouble::SignInAgain { .. }) => return Err(trouble),
        Err(_) => Arc::new(groups.owned_by(signed.viewer.id)),
    };
    let owned: Vec<GroupId> = owned.iter().copied().filter(|group| groups.designation(*group).is_some()).collect();

    let mine = |request: &JoinRequest| request.requester.id == signed.viewer.id;
    let now = app.clock.now();
    let mut open = app.store.requests().open_for_groups(&owned, MOST).await?;
    open.retain(|request| !mine(request) && !request.has_lapsed(now));
    let mut unfinished = app.store.requests().unfinished_for_groups(&owned).await?;
    unfinished.retain(|request| !mine(request));
    let mut leaves = app.store.requests().unfinished_leaves_for_groups(&owned).await?;
    leaves.retain(|operation| operation.person.id != signed.viewer.id);

    Ok(page::ok(List { frame: frame.at(Here::Approvals), open, unfinished, leaves, owns: owned.len() }).into_response())
}
