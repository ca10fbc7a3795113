//! Who belongs to a group, page by page, as the directory tells the person who looks; and how they came, as Roster knows.

use std::collections::HashMap;

use askama::Template;
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Response},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use serde::Deserialize;

use crate::{
    domain::{
        directory::{Person, PersonRef},
        ids::{GroupId, PersonId},
        operation::{Kind, Operation},
        own_writes::LATE_READS,
        powers::Power,
    },
    graph::{Error, MemberPage, NextPage, Reach},
    sign_in::Signed,
    store::Arrival,
    web::{
        app::App,
        filters,
        form::Id,
        frame::{Frame, Groups, Here},
        lasting, page,
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

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    view: String,
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
    let next = link_of(&asked.after);
    let graph = app.graph.person(&signed.token);
    let read = graph.people_in(id, reach, &q, next.as_ref()).await;
    let lately = app.store.workspaces().lately(id, frame.now - LATE_READS).await?;

    let mut page = Members::empty(frame, it, &signed, q, reach, next.is_none());
    page.underway = underway(&lately, &signed);
    page.lists = import::open_lists(&app, &signed, &page.frame, &page.it).await?;
    match read {
        Ok(read) => page.fill(&app, read, &lately, signed.viewer.id).await?,
        // An outsider of a group that hides its members is refused or sees nobody.
        Err(Error::NotAllowed) => page.listing = Listing::Hidden,
        Err(Error::Gone) => return Err(Trouble::refused(crate::domain::refusal::Refusal::GroupGone)),
        // A link that somebody made up, or one that has grown too old.
        Err(Error::Garbled | Error::Refused { .. }) if next.is_some() => return Err(Trouble::NotFound),
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
            listing: Listing::People(Vec::new()),
            total: None,
            is_first,
            next: None,
            underway: Vec::new(),
            lists: Vec::new(),
        }
    }

    async fn fill(
        &mut self,
        app: &App,
        read: MemberPage,
        lately: &[Operation],
        viewer: PersonId,
    ) -> Result<(), Trouble> {
        // Who came of late may not be read yet, and how long they belong may have changed since.
        let came = lately.iter().map(|done| done.person.id);
        let ids: Vec<PersonId> = read.people.iter().map(|person| person.id).chain(came).collect();
        let mut arrivals = app.store.workspaces().arrivals(self.it.id, &ids).await?;
        let outside = app.store.workspaces().seen_outside(self.it.id, &ids).await?;
        if read.people.is_empty() && self.it.entry.group.facts.hides_members() && !self.it.is_owner {
            self.listing = Listing::Hidden;
            return Ok(());
        }
        let mut rows: Vec<Row> = read
            .people
            .into_iter()
            .map(|person| self.row(person.clone(), arrivals.remove(&person.id), outside.get(&person.id), viewer))
            .collect();
        let came_and_went =
            if self.through_groups { (0, 0) } else { self.lay_over(&mut rows, lately, &mut arrivals, viewer) };
        self.total = read.total.map(|total| (total + came_and_went.0).saturating_sub(came_and_went.1));
        self.next = read.next.map(|next| self.address(Some(&next)));
        self.listing = Listing::People(rows);
        Ok(())
    }

    /// Lays what Roster did of late over what the directory told, and returns how many came and went by that.
    fn lay_over(
        &self,
        rows: &mut Vec<Row>,
        lately: &[Operation],
        arrivals: &mut HashMap<PersonId, Arrival>,
        viewer: PersonId,
    ) -> (u64, u64) {
        let mut last: HashMap<PersonId, &Operation> = HashMap::new();
        last.extend(lately.iter().filter(|done| !done.is_unfinished()).map(|done| (done.person.id, done)));
        let before = rows.len();
        rows.retain(|row| last.get(&row.person.id).is_none_or(|done| done.kind != Kind::Remove));
        let gone = before - rows.len();
        let mut came = 0;
        for done in last.values().filter(|done| done.kind == Kind::Add && self.is_first && self.q.is_empty()) {
            if rows.iter().all(|row| row.person.id != done.person.id) {
                let arrival = arrivals.remove(&done.person.id);
                rows.insert(0, self.row(known_by_name(&done.person), arrival, None, viewer));
                came += 1;
            }
        }
        (came, gone as u64)
    }

    pub(super) fn row(
        &self,
        person: Person,
        arrival: Option<Arrival>,
        outside: Option<&Timestamp>,
        viewer: PersonId,
    ) -> Row {
        let is_viewer = person.id == viewer;
        let seen = || {
            let at = outside?;
            Some(Phrase::new("came-outside").word("when", self.frame.day(at).words()))
        };
        match arrival {
            Some(arrival) => {
                let came = Phrase::new(if arrival.by.id == person.id { "came-by-themself" } else { "came-by" })
                    .name("person", &arrival.by.name)
                    .word("when", self.frame.day(&arrival.at).words());
                let until = arrival.until.map(|end| (self.frame.day(&end), lasting::tag(end, self.frame.now)));
                Row { person, came: Some(came), why: arrival.why, until, is_given: true, is_viewer }
            }
            None => Row { person, came: seen(), why: String::new(), until: None, is_given: false, is_viewer },
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

    /// Returns the address of a page of this list.
    pub(super) fn address(&self, next: Option<&NextPage>) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        if !self.q.is_empty() {
            query.append_pair("q", &self.q);
        }
        if self.through_groups {
            query.append_pair("view", "all");
        }
        if let Some(NextPage(link)) = next {
            query.append_pair("after", &URL_SAFE_NO_PAD.encode(link));
        }
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
