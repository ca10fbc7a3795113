//! The first page: what needs this person.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};

use crate::{
    domain::{
        ids::GroupId,
        request::{JoinRequest, Standing},
    },
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

/// The most requests of each kind on the page.
const MOST: usize = 5;

#[derive(Template)]
#[template(path = "home/home.html")]
pub(super) struct Home {
    pub frame: Frame,
    pub first_name: String,
    pub inbox: Inbox,
    pub mine: Vec<JoinRequest>,
}

/// Shows what needs this person. The directory is not asked.
///
/// # Errors
/// A trouble when the store cannot be asked.
pub async fn home(
    State(app): State<App>,
    signed: Signed,
    Groups(groups): Groups,
    frame: Frame,
) -> Result<Response, Trouble> {
    let viewer = &signed.viewer;
    let owned: Vec<GroupId> = groups.owned_by(viewer.id);
    let inbox = Inbox::read(&app, &owned, viewer, frame.now, MOST).await?;
    let mut mine = app.store.requests().of_person(viewer.id, MOST * 4).await?;
    mine.retain(is_on_its_way);
    mine.truncate(MOST);

    let first_name = viewer.name.split_whitespace().next().unwrap_or(&viewer.name).to_owned();
    let page = Home { first_name, inbox, mine, frame: frame.at(Here::Home) };
    Ok(page::ok(page).into_response())
}

fn is_on_its_way(request: &JoinRequest) -> bool {
    matches!(request.standing(), Standing::Waiting | Standing::BeingAdded | Standing::Delayed(_))
}
