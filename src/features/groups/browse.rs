//! The groups that take part, by name, or those that match some words.

use std::collections::HashSet;

use askama::Template;
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use crate::{
    domain::{directory::Kind, ids::GroupId},
    sign_in::Signed,
    store::catalogue::{Entry, Found, Search},
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
const PAGE: usize = 20;
/// The most characters of a search that are looked at.
const WORDS_LIMIT: usize = 200;

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    show: String,
    #[serde(default)]
    page: String,
}

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
    pub q: String,
    pub show: &'static str,
    pub chips: Vec<(String, bool, Phrase)>,
    pub rows: Vec<Row>,
    pub total: usize,
    pub all: usize,
    pub page: usize,
    pub pages: usize,
    pub previous: String,
    pub next: String,
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
    let q: String = asked.q.chars().take(WORDS_LIMIT).collect();
    let show = ["mine", "security", "microsoft365"].into_iter().find(|known| *known == asked.show).unwrap_or("");
    let member_of = app.member_of(&signed, &frame.counts.own_writes, show == "mine").await?;
    let number = asked.page.parse::<usize>().unwrap_or(1).max(1);

    let search = Search {
        words: &q,
        kind: match show {
            "security" => Some(Kind::Security),
            "microsoft365" => Some(Kind::Microsoft365),
            _ => None,
        },
        only: (show == "mine").then_some(&member_of),
    };
    let found = groups.search(&search, number.saturating_sub(1).saturating_mul(PAGE), PAGE);

    Ok(page::ok(Browse::new(frame, q, show, &found, &member_of, number, groups.designated_count())).into_response())
}

impl Browse {
    fn empty_title(&self) -> &'static str {
        if self.all == 0 { "browse-none-title" } else { "browse-no-match-title" }
    }

    fn empty_text(&self) -> &'static str {
        if self.all == 0 { "browse-none-text" } else { "browse-no-match-text" }
    }

    pub(super) fn new(
        mut frame: Frame,
        q: String,
        show: &'static str,
        found: &Found,
        member_of: &HashSet<GroupId>,
        number: usize,
        all: usize,
    ) -> Self {
        let address = |show: &str, page: usize| {
            let mut query = url::form_urlencoded::Serializer::new(String::new());
            for (name, value) in [("q", q.as_str()), ("show", show)] {
                if !value.is_empty() {
                    query.append_pair(name, value);
                }
            }
            if page > 1 {
                query.append_pair("page", &page.to_string());
            }
            format!("/groups?{}", query.finish())
        };
        let chip = |key: &'static str, value: &str| (address(value, 1), show == value, Phrase::new(key));
        let pages = found.total.div_ceil(PAGE).max(1);
        frame.searched.clone_from(&q);
        Self {
            chips: vec![
                chip("chip-all", ""),
                chip("chip-mine", "mine"),
                chip("chip-security", "security"),
                chip("chip-microsoft365", "microsoft365"),
            ],
            rows: found.entries.iter().map(|entry| row(entry, member_of)).collect(),
            total: found.total,
            all,
            page: number,
            pages,
            previous: if number > 1 { address(show, (number - 1).min(pages)) } else { String::new() },
            next: if number < pages { address(show, number + 1) } else { String::new() },
            show,
            q,
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
