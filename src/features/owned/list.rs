//! The groups I own, with what waits in each of them and what is amiss.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};

use crate::{
    domain::{
        ids::{GroupId, PersonId},
        lasting::Near,
    },
    sign_in::Signed,
    store::{
        GroupSizes,
        catalogue::{Entry, Snapshot},
    },
    web::{
        app::App,
        filters,
        frame::{Frame, Groups, Here},
        page,
        trouble::Trouble,
        words::Phrase,
    },
};

use super::{deeds, warnings};

/// A group in the list.
pub(super) struct Row {
    pub id: GroupId,
    pub name: String,
    pub meta: Vec<Phrase>,
    pub warnings: Vec<Phrase>,
    pub tag: Option<(&'static str, Phrase)>,
}

#[derive(Template)]
#[template(path = "owned/list.html")]
pub(super) struct List {
    pub frame: Frame,
    pub rows: Vec<Row>,
    /// The directory is away: what it last told is shown.
    pub directory_away: bool,
    /// Guests own groups in the directory, and run none here.
    pub is_guest: bool,
    /// Deleted groups can be restored here.
    pub restores: bool,
}

/// Shows the groups that the signed-in person owns, also those that take no part.
///
/// # Errors
/// A trouble when the store cannot be asked, or the directory wants a new sign-in.
pub async fn list(
    State(app): State<App>,
    signed: Signed,
    Groups(groups): Groups,
    frame: Frame,
) -> Result<Response, Trouble> {
    let viewer = signed.viewer.id;
    let owned = match app.known(&signed, &frame.counts.own_writes).await {
        // Whom Roster has just made an owner may not find the group among theirs yet.
        Ok(known) => Some(known.owned.iter().copied().chain(groups.owned_by(viewer)).collect::<BTreeSet<_>>()),
        Err(trouble @ Trouble::SignInAgain { .. }) => return Err(trouble),
        Err(_) => None,
    };
    let directory_away = owned.is_none();
    let owned: Vec<GroupId> = match owned {
        _ if signed.viewer.guest => Vec::new(),
        Some(owned) => owned.into_iter().collect(),
        None => groups.owned_by(viewer),
    };
    let sizes = app.store.workspaces().sizes(&owned, frame.now).await?;
    let rows = rows(&groups, &owned, &sizes, viewer, &frame);
    let is_guest = signed.viewer.guest;
    let restores = deeds::are_offered(&app) && !is_guest;
    Ok(page::ok(List { frame: frame.at(Here::Owned), rows, directory_away, is_guest, restores }).into_response())
}

impl List {
    /// Returns why the list is empty.
    pub(super) fn empty_text(&self) -> &'static str {
        if self.is_guest { "owned-empty-guest" } else { "owned-empty-text" }
    }
}

/// Groups that need something come first, then by name; those that take no part come last.
fn rows(
    groups: &Snapshot,
    owned: &[GroupId],
    sizes: &HashMap<GroupId, GroupSizes>,
    viewer: PersonId,
    frame: &Frame,
) -> Vec<Row> {
    let mut entries: Vec<Arc<Entry>> = owned.iter().filter_map(|id| groups.any(*id)).filter(|it| !it.gone).collect();
    let is_overdue = |entry: &Entry| entry.review_due(frame.now).is_some_and(|due| due.near == Some(Near::Come));
    let waits = |entry: &Entry| {
        sizes.get(&entry.group.id).is_some_and(|sizes| sizes.open + sizes.unfinished > 0) || is_overdue(entry)
    };
    entries.sort_by(|a, b| {
        let key = |entry: &Entry| (entry.designation.is_none(), !waits(entry));
        (key(a), &a.fold).cmp(&(key(b), &b.fold))
    });
    entries.iter().map(|entry| row(entry, sizes.get(&entry.group.id), viewer, frame)).collect()
}

pub(super) fn row(entry: &Entry, sizes: Option<&GroupSizes>, viewer: PersonId, frame: &Frame) -> Row {
    let counted = |key: &'static str, n: usize| (n > 0).then(|| Phrase::new(key).count("n", n));
    let ended = sizes.and_then(|sizes| counted("owned-ended", sizes.ended));
    let ending = sizes.and_then(|sizes| counted("owned-ending", sizes.ending));
    let owners = Phrase::new("owned-owners").count("n", entry.owners.len());
    let meta = [members(entry, sizes), owners].into_iter().chain(ended).chain(ending).collect();
    let tag = match sizes {
        Some(sizes) if sizes.open > 0 => Some(("waiting", Phrase::new("owned-open").count("n", sizes.open))),
        Some(sizes) if sizes.unfinished > 0 => {
            Some(("brand", Phrase::new("owned-unfinished").count("n", sizes.unfinished)))
        }
        Some(_) => None,
        None => Some(("plain", "tag-not-taking-part".into())),
    };
    Row { id: entry.group.id, name: entry.group.name.clone(), meta, warnings: warnings::of(entry, viewer, frame), tag }
}

/// Says how many members a group has, or why that is not known.
pub(super) fn members(entry: &Entry, sizes: Option<&GroupSizes>) -> Phrase {
    match sizes.map(|sizes| sizes.members) {
        Some(Some(members)) => Phrase::new("owned-members").count("n", members),
        Some(None) if entry.group.facts.hides_members() => "owned-members-hidden".into(),
        Some(None) => "owned-members-not-read".into(),
        None => "owned-read-only".into(),
    }
}
