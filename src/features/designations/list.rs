//! The groups that take part, and a search over all groups of the tenant to add one.

use askama::Template;
use axum::{
    extract::Query,
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use crate::{
    domain::{directory::Kind, directory_copy::Standing, ids::GroupId},
    sign_in::Signed,
    store::catalogue::{Entry, Search, Snapshot},
    web::{
        filters,
        frame::{Frame, Groups, Here},
        page, refusals,
        trouble::Trouble,
        words::Phrase,
    },
};

/// Groups on a page.
const PAGE: usize = 50;

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    page: String,
}

/// A group in the table.
pub(super) struct Row {
    pub id: GroupId,
    pub name: String,
    pub kind: Phrase,
    pub owners: usize,
    pub tag: (&'static str, Phrase),
    pub note: Option<Phrase>,
}

#[derive(Template)]
#[template(path = "designations/list.html")]
pub(super) struct List {
    pub frame: Frame,
    pub q: String,
    pub rows: Vec<Row>,
    pub total: usize,
    pub taking_part: usize,
    pub previous: String,
    pub next: String,
    /// When the list of groups was last read, and whether that is long ago.
    pub age: (Phrase, bool),
}

/// Shows the groups that take part, or, with words, all groups of the tenant that match.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody but administrators and auditors.
pub async fn list(
    signed: Signed,
    Groups(groups): Groups,
    frame: Frame,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    if !signed.viewer.sees_everything() {
        return Err(Trouble::NotFound);
    }
    let q: String = asked.q.chars().take(200).collect();
    let page = asked.page.parse::<usize>().unwrap_or(1).max(1);
    Ok(page::ok(List::new(frame, &groups, q, page)).into_response())
}

impl List {
    fn empty_title(&self) -> &'static str {
        if self.q.is_empty() { "admin-empty-title" } else { "browse-no-match-title" }
    }

    fn empty_text(&self) -> &'static str {
        if self.q.is_empty() { "admin-empty-text" } else { "browse-no-match-text" }
    }

    pub(super) fn new(frame: Frame, groups: &Snapshot, q: String, number: usize) -> Self {
        let search = Search { words: &q, ..Search::default() };
        let skip = (number - 1).saturating_mul(PAGE);
        let found = if q.trim().is_empty() {
            groups.search(&search, skip, PAGE)
        } else {
            groups.search_all(&search, skip, PAGE)
        };
        let address = |page: usize| {
            let mut query = url::form_urlencoded::Serializer::new(String::new());
            query.append_pair("q", &q).append_pair("page", &page.to_string());
            format!("/admin/groups?{}", query.finish())
        };
        Self {
            rows: found.entries.iter().map(|entry| row(entry)).collect(),
            total: found.total,
            taking_part: groups.designated_count(),
            previous: if number > 1 { address(number - 1) } else { String::new() },
            next: if skip.saturating_add(PAGE) < found.total { address(number + 1) } else { String::new() },
            age: age(&frame),
            q,
            frame: frame.at(Here::Admin),
        }
    }
}

/// Says when the list of groups was last read; the page about it says the rest.
fn age(frame: &Frame) -> (Phrase, bool) {
    let copied_at = frame.counts.copied_at;
    let is_old = Standing { copied_at, ..Standing::default() }.is_old(frame.now);
    match copied_at {
        Some(at) => (Phrase::new("copy-age").word("when", frame.when(&at).words()), is_old),
        None => ("copy-never".into(), is_old),
    }
}

fn row(entry: &Entry) -> Row {
    let (tag, note) = match (&entry.designation, entry.group.facts.eligibility()) {
        (Some(designation), _) => match designation.suspended {
            Some((_, reason)) => (("danger", "tag-suspended".into()), Some(refusals::suspend_reason(reason))),
            None => (("success", "tag-takes-part".into()), None),
        },
        (None, Ok(_)) => (("plain", "tag-could-take-part".into()), None),
        (None, Err(unfit)) => (("plain", "tag-cannot-take-part".into()), Some(refusals::unfit_reason(unfit))),
    };
    Row {
        id: entry.group.id,
        name: entry.group.name.clone(),
        kind: match entry.kind() {
            Some(Kind::Microsoft365) => "kind-microsoft365".into(),
            Some(Kind::Security) => "kind-security".into(),
            None => "kind-other".into(),
        },
        owners: entry.owners.len(),
        tag,
        note,
    }
}
