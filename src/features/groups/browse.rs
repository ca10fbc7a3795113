//! The groups that take part, by name, or those that match some words.

use std::{collections::HashSet, sync::Arc};

use askama::Template;
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Response},
};

use super::filter::{Asked, Chip, Filter};
use crate::{
    config::OwnersChange,
    domain::{directory::Kind, ids::GroupId},
    sign_in::Signed,
    store::catalogue::{Entry, Found, Snapshot},
    web::{
        app::App,
        filters,
        frame::{Frame, Groups, Here},
        page,
        trouble::Trouble,
        words::Phrase,
    },
};

/// Groups on a page.
pub(super) const PAGE: usize = 20;

/// A group in the list.
pub(super) struct Row {
    pub id: GroupId,
    pub name: String,
    pub description: String,
    pub kind: Phrase,
    pub owners: Phrase,
    pub tag: Option<(&'static str, Phrase)>,
}

#[derive(Template)]
#[template(path = "groups/browse.html")]
pub(super) struct Browse {
    pub frame: Frame,
    pub filter: Filter,
    pub chips: Vec<Chip>,
    /// Groups that match as typed, and groups that are only similar.
    pub rows: Vec<Row>,
    pub similar_rows: Vec<Row>,
    /// How many there are of each on all pages.
    pub total: usize,
    pub similar: usize,
    /// How many groups take part.
    pub all: usize,
    /// People create groups here.
    pub creates: bool,
    /// The numbers of the first and last group of the page.
    pub shown: (usize, usize),
    pub previous: Option<String>,
    pub next: Option<String>,
}

/// Shows a page of groups. Those that the person belongs to are marked from what is remembered; only whoever wants to see
/// them alone has the directory asked, at most once a minute.
///
/// # Errors
/// A trouble when the store cannot be asked, or the directory wants a new sign-in.
pub async fn browse(
    State(app): State<App>,
    signed: Signed,
    Groups(groups): Groups,
    frame: Frame,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let filter = asked.filter();
    let member_of = app.member_of(&signed, &frame.counts.own_writes, filter.only_mine).await?;
    let found = groups.search(&filter.search(&member_of), &asked.place(), PAGE);

    let creates = app.settings.owners_change == OwnersChange::Groups && !signed.viewer.guest;
    Ok(page::ok(Browse { creates, ..Browse::new(frame, &groups, filter, &found, &member_of) }).into_response())
}

impl Browse {
    fn heading(&self) -> Phrase {
        if !self.filter.words.trim().is_empty() {
            Phrase::new("browse-found").count("n", self.total).name("words", &self.filter.words)
        } else if self.filter.is_narrow() {
            Phrase::new("browse-narrowed").count("n", self.total)
        } else {
            "browse-title".into()
        }
    }

    fn empty_title(&self) -> &'static str {
        if self.all == 0 { "browse-none-title" } else { "browse-no-match-title" }
    }

    fn empty_text(&self) -> &'static str {
        if self.all == 0 {
            "browse-none-text"
        } else if self.filter.is_narrow() {
            "browse-no-match-narrow-text"
        } else {
            "browse-no-match-text"
        }
    }

    pub(super) fn new(
        mut frame: Frame,
        groups: &Snapshot,
        filter: Filter,
        found: &Found,
        member_of: &HashSet<GroupId>,
    ) -> Self {
        let rows = |entries: &[Arc<Entry>]| entries.iter().map(|entry| row(entry, member_of)).collect();
        let (as_typed, similar) = found.entries.split_at(found.as_typed);
        frame.searched.clone_from(&filter.words);
        Self {
            chips: filter.chips(groups),
            rows: rows(as_typed),
            similar_rows: rows(similar),
            total: found.total - found.similar,
            similar: found.similar,
            all: groups.designated_count(),
            creates: false,
            shown: (found.before + 1, found.before + found.entries.len()),
            previous: found.previous.as_ref().map(|place| filter.address(place)),
            next: found.next.as_ref().map(|place| filter.address(place)),
            filter,
            frame: frame.at(Here::Groups),
        }
    }
}

fn row(entry: &Entry, member_of: &HashSet<GroupId>) -> Row {
    let suspended = entry.designation.as_ref().is_some_and(|designation| designation.suspended.is_some());
    let tag = if member_of.contains(&entry.group.id) {
        Some(("success", Phrase::new("tag-member")))
    } else if suspended {
        Some(("plain", Phrase::new("tag-suspended")))
    } else {
        None
    };
    Row {
        id: entry.group.id,
        name: entry.group.name.clone(),
        description: entry.group.description.clone(),
        kind: kind_words(entry),
        owners: owners_words(entry),
        tag,
    }
}

/// Returns the words for the kind of a group.
pub(super) fn kind_words(entry: &Entry) -> Phrase {
    match entry.kind() {
        Some(Kind::Microsoft365) => "kind-microsoft365".into(),
        _ => "kind-security".into(),
    }
}

fn owners_words(entry: &Entry) -> Phrase {
    match entry.owners.as_slice() {
        [] => "owned-by-nobody".into(),
        [one] => Phrase::new("owned-by-one").name("person", &one.name),
        [first, rest @ ..] => Phrase::new("owned-by-several").name("person", &first.name).count("others", rest.len()),
    }
}
