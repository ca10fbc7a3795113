//! My memberships in the groups that take part.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};

use crate::{
    domain::{
        ids::GroupId,
        operation::{Kind, Operation},
    },
    graph::Mine,
    sign_in::Signed,
    store::catalogue::Snapshot,
    web::{
        app::App,
        filters,
        frame::{Frame, Groups, Here},
        page,
        trouble::Trouble,
    },
};

/// A group in the table.
pub(super) struct Row {
    pub id: GroupId,
    pub name: String,
    pub is_direct: bool,
    pub leaving: Option<Operation>,
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
    let mine = match app.memberships_of(&signed).await {
        Ok(mine) => Some(mine),
        Err(trouble @ Trouble::SignInAgain { .. }) => return Err(trouble),
        Err(_) => None,
    };
    let unfinished = app.store.operations().unfinished_of_person(signed.viewer.id).await?;
    let page = List {
        directory_away: mine.is_none(),
        rows: mine.map(|mine| rows(&groups, &mine, &unfinished)).unwrap_or_default(),
        frame: frame.at(Here::Memberships),
    };
    Ok(page::ok(page).into_response())
}

fn rows(groups: &Snapshot, mine: &Mine, unfinished: &[Operation]) -> Vec<Row> {
    let mut ids: Vec<GroupId> = mine.direct.iter().chain(&mine.all).copied().collect();
    ids.sort_unstable();
    ids.dedup();
    let mut rows: Vec<(String, Row)> = ids
        .into_iter()
        .filter_map(|id| {
            let entry = groups.designated(id)?;
            let leaving = unfinished.iter().find(|operation| operation.group == id && operation.kind == Kind::Remove);
            let row = Row {
                id,
                name: entry.group.name.clone(),
                is_direct: mine.direct.contains(&id),
                leaving: leaving.cloned(),
            };
            Some((entry.fold.clone(), row))
        })
        .collect();
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    rows.into_iter().map(|(_, row)| row).collect()
}
