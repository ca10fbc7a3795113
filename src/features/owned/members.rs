//! Who belongs to a group, page by page, as the directory tells the person who looks; and how they came, as Roster knows.

use std::collections::HashSet;

use askama::Template;
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Response},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Deserialize;

use crate::{
    domain::{
        directory::{Person, PersonRef},
        ids::GroupId,
        own_writes::LATE_READS,
        powers::Power,
    },
    graph::{Error, NextPage, Reach},
    sign_in::Signed,
    store::Given,
    web::{
        app::App,
        filters,
        form::Id,
        frame::{Frame, Groups, Here},
        page,
        time_words::When,
        trouble::Trouble,
        words::Phrase,
    },
};

use super::{
    history::note_view,
    import::{self, Told},
    underway::{Underway, underway},
    workspace::{Tab, Workspace},
};
use ordered::Ordered;

mod ordered;
mod rows;

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    view: String,
    #[serde(default)]
    sort: String,
    #[serde(default)]
    after: String,
}

/// Somebody in the list.
#[derive(Debug)]
pub(super) struct Row {
    pub person: Person,
    /// How and when they came, as far as Roster knows.
    pub came: Option<Phrase>,
    pub why: String,
    /// When the membership ends, and whether that is soon or was.
    pub until: Option<(When, Option<Phrase>)>,
    /// Whether Roster gave the membership.
    pub is_given: bool,
    /// That nobody has signed in with the account for long.
    pub inactive: Option<Phrase>,
    pub is_viewer: bool,
}

/// What the directory told of the members.
#[derive(Debug)]
pub(super) enum Listing {
    People(Vec<Row>),
    /// It does not show them to this person.
    Hidden,
    /// It does not answer.
    Away,
}

#[derive(Template)]
#[template(path = "owned/members.html")]
pub(super) struct Members {
    pub frame: Frame,
    pub it: Workspace,
    pub tab: Tab,
    pub q: String,
    pub through_groups: bool,
    /// How the list is sorted; `None` for by name.
    pub order: Option<Given>,
    pub listing: Listing,
    pub total: Option<u64>,
    pub is_first: bool,
    pub next: Option<String>,
    pub underway: Vec<Underway>,
    /// Lists of people that are not over.
    pub lists: Vec<Told>,
    pub can_add: bool,
    pub can_remove: bool,
    pub can_change_end: bool,
}

/// Shows a page of the members. A change of ours that a late read does not show yet is laid over it.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody who may not know of the page.
pub async fn members(
    State(app): State<App>,
    signed: Signed,
    Id(id): Id<GroupId>,
    Groups(groups): Groups,
    frame: Frame,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let it = Workspace::open(&app, &signed, &groups, &frame, id, Power::SeeMembers).await?;
    let q: String = asked.q.trim().chars().take(200).collect();
    let reach = if asked.view == "all" { Reach::ThroughGroups } else { Reach::Direct };
    let graph = app.graph.person(&signed.token);
    let mut page = Members::empty(frame, it, &signed, q, reach, asked.after.is_empty());
    page.order =
        ordered::order_of(&asked.sort).filter(|_| page.may_order() && !page.through_groups && page.q.is_empty());
    let read = if let Some(order) = page.order {
        let ordered = Ordered::read(&app, id, order, &asked.after).await?;
        page.next = ordered.next.as_deref().map(|next| page.ordered_by(page.order, Some(next)));
        ordered.live(graph, id).await
    } else {
        let read = graph.people_in(id, reach, &page.q, link_of(&asked.after).as_ref()).await;
        read.map(|read| (read, HashSet::new()))
    };
    let lately = app.store.workspaces().lately(id, page.frame.now - LATE_READS).await?;

    page.underway = underway(&lately, &signed);
    page.lists = import::open_lists(&app, &signed, &page.frame, &page.it).await?;
    match read {
        Ok((read, absent)) => page.fill(&app, read, &absent, &lately, signed.viewer.id).await?,
        // An outsider of a group that hides its members is refused or sees nobody.
        Err(Error::NotAllowed) => page.listing = Listing::Hidden,
        Err(Error::Gone) => return Err(Trouble::refused(crate::domain::refusal::Refusal::GroupGone)),
        // A link that somebody made up, or one that has grown too old.
        Err(Error::Garbled | Error::Refused { .. }) if !page.is_first => return Err(Trouble::NotFound),
        Err(error) => match Trouble::from(error) {
            trouble @ Trouble::SignInAgain { .. } => return Err(trouble),
            _ => page.listing = Listing::Away,
        },
    }
    if !page.it.is_owner && page.tells_reasons() {
        note_view(&app, &signed, id).await?;
    }
    Ok(page::ok(page).into_response())
}

impl Members {
    fn tells_reasons(&self) -> bool {
        matches!(&self.listing, Listing::People(rows) if rows.iter().any(|row| !row.why.is_empty()))
    }

    pub(super) fn empty(frame: Frame, it: Workspace, signed: &Signed, q: String, reach: Reach, is_first: bool) -> Self {
        Self {
            can_add: it.may(Power::AddMember, signed).is_ok(),
            can_change_end: reach == Reach::Direct && it.may(Power::ChangeEnd, signed).is_ok(),
            can_remove: reach == Reach::Direct && it.may(Power::RemoveMember, signed).is_ok(),
            through_groups: reach == Reach::ThroughGroups,
            frame: frame.at(Here::Owned),
            it,
            tab: Tab::Members,
            q,
            order: None,
            listing: Listing::People(Vec::new()),
            total: None,
            is_first,
            next: None,
            underway: Vec::new(),
            lists: Vec::new(),
        }
    }

    /// Returns whether there is something to say about ends: the terms set one, or somebody has one or may get one.
    fn shows_ends(&self, rows: &[Row]) -> bool {
        let sets_end = self.it.designation().is_some_and(|designation| designation.terms.lasting.offered().is_some());
        sets_end || rows.iter().any(|row| row.until.is_some() || self.may_change_end(row))
    }

    fn may_change_end(&self, row: &Row) -> bool {
        self.can_change_end && row.is_given && !row.is_viewer
    }

    /// Returns whether everybody is shown, in the order of names.
    fn is_by_name(&self) -> bool {
        self.q.is_empty() && self.order.is_none()
    }

    /// Returns the address of a page of this list.
    pub(super) fn address(&self, next: Option<&NextPage>) -> String {
        self.ordered_by(self.order, next.map(|NextPage(link)| URL_SAFE_NO_PAD.encode(link)).as_deref())
    }

    /// Returns the address of a page of this list in an order.
    pub(super) fn ordered_by(&self, order: Option<Given>, after: Option<&str>) -> String {
        let view = if self.through_groups { "all" } else { "" };
        let all = [("q", self.q.as_str()), ("view", view), ("sort", ordered::offered(order).code)];
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(all.into_iter().chain(after.map(|after| ("after", after))).filter(|(_, it)| !it.is_empty()));
        let query = query.finish();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("/owned/{}/members{mark}{query}", self.it.id)
    }
}

/// Returns where a list goes on, as the address says it.
fn link_of(after: &str) -> Option<NextPage> {
    let link = URL_SAFE_NO_PAD.decode(after).ok().filter(|link| !link.is_empty())?;
    String::from_utf8(link).ok().map(NextPage)
}

/// Returns a person of whom only the name is at hand.
pub(super) fn known_by_name(person: &PersonRef) -> Person {
    Person {
        id: person.id,
        name: person.name.clone(),
        username: String::new(),
        mail: String::new(),
        job_title: String::new(),
        department: String::new(),
        guest: None,
        enabled: None,
    }
}
