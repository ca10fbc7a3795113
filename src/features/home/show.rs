//! The first page: what needs this person.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};

use crate::{
    domain::{
        ids::GroupId,
        operation::Operation,
        request::{JoinRequest, Standing},
    },
    sign_in::Signed,
    web::{
        app::App,
        filters,
        frame::{Frame, Groups, Here},
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
    pub to_answer: Vec<JoinRequest>,
    pub unfinished: Vec<JoinRequest>,
    pub leaves: Vec<Operation>,
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
    let now = frame.now;

    let (mut to_answer, mut unfinished, mut leaves) = (Vec::new(), Vec::new(), Vec::new());
    if !owned.is_empty() {
        to_answer = app.store.requests().open_for_groups(&owned, MOST * 2).await?;
        to_answer.retain(|request| request.requester.id != viewer.id && !request.has_lapsed(now));
        to_answer.truncate(MOST);
        unfinished = app.store.requests().unfinished_for_groups(&owned).await?;
        unfinished.retain(|request| request.requester.id != viewer.id);
        unfinished.truncate(MOST);
        leaves = app.store.requests().unfinished_leaves_for_groups(&owned).await?;
        leaves.retain(|operation| operation.person.id != viewer.id);
        leaves.truncate(MOST);
    }
    let mut mine = app.store.requests().of_person(viewer.id, MOST * 4).await?;
    mine.retain(is_on_its_way);
    mine.truncate(MOST);

    let first_name = viewer.name.split_whitespace().next().unwrap_or(&viewer.name).to_owned();
    let page = Home { first_name, to_answer, unfinished, leaves, mine, frame: frame.at(Here::Home) };
    Ok(page::ok(page).into_response())
}

fn is_on_its_way(request: &JoinRequest) -> bool {
    matches!(request.standing(), Standing::Waiting | Standing::BeingAdded | Standing::Delayed(_))
}
