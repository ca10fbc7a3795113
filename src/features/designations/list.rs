//! The groups that take part, and a search over all groups of the tenant to add one.

use askama::Template;
use axum::{
    extract::Query,
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use crate::{
    domain::{directory::Kind, directory_copy::Standing, ids::GroupId, lasting::Near},
    sign_in::Signed,
    store::catalogue::{Entry, Place, Search, Snapshot},
    web::{
        filters,
        frame::{Frame, Groups, Here},
        page, refusals, review_words,
        trouble::Trouble,
        words::Phrase,
    },
};

use super::answering;

/// Groups on a page.
const PAGE: usize = 50;

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    after: String,
    #[serde(default)]
    before: String,
}

/// A group in the table.
pub(super) struct Row {
    pub id: GroupId,
    pub name: String,
    pub kind: Phrase,
    pub owners: usize,
    pub tag: (&'static str, Phrase),
    pub is_similar: bool,
    pub note: Option<Phrase>,
    /// How many of the owners cannot sign in, where the group could do with them; and that a review is overdue.
    pub warnings: Vec<Phrase>,
}

#[derive(Template)]
#[template(path = "designations/list.html")]
pub(super) struct List {
    pub frame: Frame,
    pub q: String,
    pub rows: Vec<Row>,
    /// How many groups match as typed, and how many are only similar.
    pub total: usize,
    pub similar: usize,
    pub taking_part: usize,
    /// The numbers of the first and last group of the page.
    pub shown: (usize, usize),
    pub previous: Option<String>,
    pub next: Option<String>,
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
    let place = Place::read(&asked.after, &asked.before);
    Ok(page::ok(List::new(frame, &groups, q, &place)).into_response())
}

impl List {
    fn empty_title(&self) -> &'static str {
        if self.q.is_empty() { "admin-empty-title" } else { "browse-no-match-title" }
    }

    fn empty_text(&self) -> &'static str {
        if self.q.is_empty() { "admin-empty-text" } else { "browse-no-match-text" }
    }

    pub(super) fn new(frame: Frame, groups: &Snapshot, q: String, place: &Place) -> Self {
        let search = Search { words: &q, ..Search::default() };
        let found = if q.trim().is_empty() {
            groups.search(&search, place, PAGE)
        } else {
            groups.search_all(&search, place, PAGE)
        };
        let address = |place: &Place| {
            let mut query = url::form_urlencoded::Serializer::new(String::new());
            query.append_pair("q", &q).extend_pairs(place.written());
            format!("/admin/groups?{}", query.finish())
        };
        Self {
            rows: found
                .entries
                .iter()
                .enumerate()
                .map(|(at, entry)| row(entry, at >= found.as_typed, &frame))
                .collect(),
            total: found.total - found.similar,
            similar: found.similar,
            taking_part: groups.designated_count(),
            shown: (found.before + 1, found.before + found.entries.len()),
            previous: found.previous.as_ref().map(address),
            next: found.next.as_ref().map(address),
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

fn row(entry: &Entry, is_similar: bool, frame: &Frame) -> Row {
    let (tag, note) = match (&entry.designation, entry.group.facts.eligibility()) {
        (Some(designation), _) => match designation.suspended {
            Some((_, reason)) => (("danger", "tag-suspended".into()), Some(refusals::suspend_reason(reason))),
            None => (("success", "tag-takes-part".into()), None),
        },
        (None, Ok(_)) => (("plain", "tag-could-take-part".into()), None),
        (None, Err(unfit)) => (("plain", "tag-cannot-take-part".into()), Some(refusals::unfit_reason(unfit))),
    };
    let matter = answering::matter(entry).filter(|_| entry.kind().is_some()).map(|matter| matter.title);
    let overdue = review_words::pressing(entry, frame).filter(|(near, _)| *near == Near::Come).map(|(_, words)| words);
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
        is_similar,
        note,
        warnings: matter.into_iter().chain(overdue).collect(),
    }
}
