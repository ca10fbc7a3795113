//! The groups somebody owned until they were deleted, with the day they go for good.

use std::{collections::HashMap, sync::Arc};

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use jiff::Timestamp;

use crate::{
    domain::{
        group_life::{self, Deed, RESTORABLE},
        ids::{EventId, GroupId},
        outside::LAG,
    },
    graph::{DeletedGroup, Error},
    sign_in::Signed,
    store::catalogue::{Entry, Snapshot},
    web::{
        app::App,
        filters,
        frame::{Frame, Groups, Here},
        page, refusals,
        time_words::When,
        trouble::Trouble,
        words::Phrase,
    },
};

use super::{deeds, restore};

/// A deleted group.
pub(super) struct Row {
    pub id: GroupId,
    pub name: String,
    pub deleted: When,
    /// When it goes for good.
    pub until: When,
    pub why_not: Option<Phrase>,
    /// What the form will be recorded as, so that sent twice it counts once.
    pub operation: EventId,
}

#[derive(Template)]
#[template(path = "owned/deleted.html")]
pub(super) struct Deleted {
    pub frame: Frame,
    pub rows: Vec<Row>,
    /// The directory told what is in its recycle bin. Otherwise the days are those on which Roster saw the groups go.
    pub is_read: bool,
}

/// Lists them. Looks whether restorations came through whose answers were lost.
///
/// # Errors
/// [`Trouble::NotFound`] where owners change members only; a trouble when the store cannot be asked, or the directory wants
/// a new sign-in.
pub async fn list(
    State(app): State<App>,
    signed: Signed,
    Groups(groups): Groups,
    frame: Frame,
) -> Result<Response, Trouble> {
    if !deeds::are_offered(&app) {
        return Err(Trouble::NotFound);
    }
    let owned = if signed.viewer.guest {
        Vec::new()
    } else {
        app.store.directory().owned_before(signed.viewer.id, restore::since(frame.now)).await?
    };
    if owned.is_empty() {
        return Ok(page::ok(Deleted { frame: frame.at(Here::Owned), rows: Vec::new(), is_read: true }).into_response());
    }
    let back = came_back(&app, &signed, &groups, &owned).await?;
    let owned: Vec<_> = owned.into_iter().filter(|(id, _)| !back.contains(id)).collect();
    let bin = match app.graph.person(&signed.token).deleted_groups().await {
        Ok(bin) => Some(bin.into_iter().map(|deleted| (deleted.group.id, deleted)).collect::<HashMap<_, _>>()),
        Err(error @ Error::SignInAgain { .. }) => return Err(error.into()),
        Err(_) => None,
    };
    let rows = rows(&groups, &owned, bin.as_ref(), &signed, &frame);
    Ok(page::ok(Deleted { frame: frame.at(Here::Owned), rows, is_read: bin.is_some() }).into_response())
}

/// Settles restorations whose answers were lost, and returns the groups that are back.
async fn came_back(
    app: &App,
    signed: &Signed,
    groups: &Snapshot,
    owned: &[(GroupId, Timestamp)],
) -> Result<Vec<GroupId>, Trouble> {
    let ids: Vec<GroupId> = owned.iter().map(|(id, _)| *id).collect();
    let mut back = Vec::new();
    for write in app.store.group_writes().open_of(&ids, Deed::Restore).await? {
        let Some(entry) = groups.any(write.group).filter(|_| !back.contains(&write.group)) else { continue };
        let Ok(live) = app.graph.person(&signed.token).group(write.group).await else { continue };
        let group = live.as_ref().unwrap_or(&entry.group);
        deeds::look(app, &write, group, live.is_some()).await?;
        if live.is_some() {
            back.push(write.group);
            app.forget(signed.viewer.id).await;
        }
    }
    Ok(back)
}

/// Returns the groups that can be restored. What the bin does not show yet may have gone just now; what it does not show any
/// more is gone for good.
fn rows(
    groups: &Snapshot,
    owned: &[(GroupId, Timestamp)],
    bin: Option<&HashMap<GroupId, DeletedGroup>>,
    signed: &Signed,
    frame: &Frame,
) -> Vec<Row> {
    let row = |(id, until): &(GroupId, Timestamp)| {
        let entry: Arc<Entry> = groups.any(*id)?;
        let in_bin = bin.and_then(|bin| bin.get(id));
        let is_new = frame.now.duration_since(*until) < LAG;
        if bin.is_some() && in_bin.is_none() && !is_new {
            return None;
        }
        let deleted_at = in_bin.and_then(|deleted| deleted.deleted_at).unwrap_or(*until);
        group_life::owned_to_the_end(*until, deleted_at).then(|| Row::new(&entry, deleted_at, signed, frame))
    };
    owned.iter().filter_map(row).collect()
}

impl Row {
    pub(super) fn new(entry: &Entry, deleted_at: Timestamp, signed: &Signed, frame: &Frame) -> Self {
        let may = restore::may(signed, &entry.group, entry);
        Self {
            id: entry.group.id,
            name: entry.group.name.clone(),
            deleted: frame.when(&deleted_at),
            until: frame.day(&(deleted_at + RESTORABLE)),
            why_not: may.err().map(|refusal| refusals::sentence(&refusal, frame)),
            operation: EventId::new(),
        }
    }
}
