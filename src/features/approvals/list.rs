//! The inbox: everything that waits for an owner, over all groups they own.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};

use crate::{
    domain::ids::GroupId,
    sign_in::Signed,
    web::{
        app::App,
        filters,
        frame::{Frame, Groups, Here},
        inbox::Inbox,
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
    pub inbox: Inbox,
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
    let owned = match app.known(&signed, &frame.counts.own_writes).await {
        Ok(known) => known.owned.clone(),
        Err(trouble @ Trouble::SignInAgain { .. }) => return Err(trouble),
        Err(_) => groups.owned_by(signed.viewer.id),
    };
    let owned: Vec<GroupId> = owned.into_iter().filter(|group| groups.designation(*group).is_some()).collect();

    let inbox = Inbox::read(&app, &groups, &owned, &signed.viewer, app.clock.now(), MOST).await?;
    Ok(page::ok(List { frame: frame.at(Here::Approvals), inbox, owns: owned.len() }).into_response())
}
