//! My memberships in the groups that take part.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};

use crate::{
    domain::{ids::GroupId, joining::Membership, operation::Operation},
    sign_in::Signed,
    store::{Ending, catalogue::Snapshot},
    web::{
        app::App,
        filters,
        frame::{Frame, Groups, Here},
        known::Known,
        lasting, page,
        time_words::When,
        trouble::Trouble,
        words::Phrase,
    },
};

/// A group in the table.
pub(super) struct Row {
    pub id: GroupId,
    pub name: String,
    pub is_direct: bool,
    pub leaving: Option<Operation>,
    /// When the membership ends, and that this is soon or over.
    pub until: Option<(When, Option<Phrase>)>,
}

#[derive(Template)]
#[template(path = "memberships/list.html")]
pub(super) struct List {
    pub frame: Frame,
    pub rows: Vec<Row>,
    pub directory_away: bool,
}

/// Shows the memberships, asked of the directory at most once a minute.
///
/// # Errors
/// A trouble when the store cannot be asked. A directory that is away is said on the page.
pub async fn list(
    State(app): State<App>,
    signed: Signed,
    Groups(groups): Groups,
    frame: Frame,
) -> Result<Response, Trouble> {
    let writes = &frame.counts.own_writes;
    let known = match app.known(&signed, writes).await {
        Ok(known) => Some(known),
        Err(trouble @ Trouble::SignInAgain { .. }) => return Err(trouble),
        Err(_) => None,
    };
    let unfinished = app.store.operations().unfinished_of_person(signed.viewer.id).await?;
    let ends = app.store.membership_ends().of_person(signed.viewer.id).await?;
    let page = List {
        directory_away: known.is_none(),
        rows: match &known {
            Some(known) => rows(&app, &groups, known, &frame, (&unfinished, &ends)).await,
            None => Vec::new(),
        },
        frame: frame.at(Here::Memberships),
    };
    Ok(page::ok(page).into_response())
}

async fn rows(
    app: &App,
    groups: &Snapshot,
    known: &Known,
    frame: &Frame,
    (unfinished, ends): (&[Operation], &[Ending]),
) -> Vec<Row> {
    let writes = &frame.counts.own_writes;
    let mut rows: Vec<(String, Row)> = Vec::new();
    for id in Known::candidates(Some(known), writes) {
        let Some(entry) = groups.designated(id) else { continue };
        let membership = app.memory.membership(Some(known), writes, id).await;
        if membership == Membership::None {
            continue;
        }
        let leaving = unfinished.iter().find(|operation| operation.group == id && operation.is_wish_to_leave());
        let is_direct = membership == Membership::Direct;
        let end = ends.iter().find(|end| end.group == id && is_direct);
        let until = end.map(|end| (frame.day(&end.at), lasting::tag(end.at, frame.now)));
        let row = Row { id, name: entry.group.name.clone(), is_direct, leaving: leaving.cloned(), until };
        rows.push((entry.fold.clone(), row));
    }
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    rows.into_iter().map(|(_, row)| row).collect()
}
