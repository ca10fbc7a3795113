//! Everything that happened to a group, in words, newest first.

pub mod file;
pub(super) mod filter;
pub(super) mod lines;
mod sentences;

use askama::Template;
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Response},
};

use crate::{
    domain::{
        event::{Event, EventKind},
        history::{Part, VIEW_COVERS},
        ids::GroupId,
        powers::Power,
    },
    sign_in::Signed,
    store::{Recorded, Side, Sought},
    web::{
        app::App,
        filters,
        form::{Id, Slips},
        frame::{Frame, Groups, Here},
        page,
        trouble::Trouble,
        words::Phrase,
    },
};

use super::workspace::{Tab, Workspace};
pub use filter::Asked;
use filter::Filter;
use lines::{Known, Line};

/// How many events a page shows.
const PAGE: usize = 50;

#[derive(Template)]
#[template(path = "owned/history.html")]
pub(super) struct History {
    pub frame: Frame,
    pub it: Workspace,
    pub tab: Tab,
    pub filter: Filter,
    pub slips: Slips,
    pub lines: Vec<Line>,
    /// Where the list goes on, to either side.
    pub older: Option<String>,
    pub newer: Option<String>,
    /// The group hides its members from this person.
    pub hides_people: bool,
}

/// A part that the page can be narrowed to.
pub(super) struct Chip {
    pub href: String,
    pub words: Phrase,
    pub current: bool,
}

/// Shows what happened to a group. That somebody who does not own it reads what other people wrote is an event, once for
/// a while.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody who may not know of the page, and for a place in the list that no page links to.
pub async fn history(
    State(app): State<App>,
    signed: Signed,
    Id(id): Id<GroupId>,
    Groups(groups): Groups,
    frame: Frame,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let it = Workspace::open(&app, &signed, &groups, &frame, id, Power::SeeHistory).await?;
    let hides_people = hides_people(&it);
    let filter = readable(Filter::read(&asked)?, hides_people);

    let sought = match sought(&app, id, &filter, &frame).await? {
        Ok(sought) => sought,
        Err(slips) => return Ok(page::slip(History { slips, ..History::empty(frame, it, filter) }).into_response()),
    };
    let (events, older, newer) = leaf(&app, id, &sought, filter.side).await?;
    let known = Known::read(&app.store, &events, hides_people).await?;

    let mut page = History::empty(frame, it, filter);
    page.older = older.map(|side| page.filter.address(id, "history", side));
    page.newer = newer.map(|side| page.filter.address(id, "history", side));
    page.lines = known.lines(events, &page.frame);
    if !page.it.is_owner && page.lines.iter().any(|line| !line.why.is_empty()) {
        note_view(&app, &signed, id).await?;
    }
    Ok(page::ok(page).into_response())
}

/// Returns whether somebody may not see who belongs to the group: whoever does not own one that hides its members.
fn hides_people(it: &Workspace) -> bool {
    !it.is_owner && it.entry.group.facts.hides_members()
}

/// Takes from a filter what this person may not look for: a name that finds lines would tell who belongs.
fn readable(filter: Filter, hides_people: bool) -> Filter {
    if hides_people { Filter { who: String::new(), ..filter } } else { filter }
}

/// Returns what the store is asked for, or what is wrong with what was typed.
async fn sought(app: &App, group: GroupId, filter: &Filter, frame: &Frame) -> Result<Result<Sought, Slips>, Trouble> {
    let sought = match filter.sought(&frame.zone) {
        Ok(sought) => sought,
        Err(slips) => return Ok(Err(slips)),
    };
    if filter.who.is_empty() {
        return Ok(Ok(sought));
    }
    let all = app.store.histories().people(group).await?;
    Ok(filter.people(&all).map(|people| Sought { people: Some(people), ..sought }))
}

/// Returns the events of a page, and where the list goes on to either side.
async fn leaf(
    app: &App,
    group: GroupId,
    sought: &Sought,
    side: Side,
) -> Result<(Vec<Recorded>, Option<Side>, Option<Side>), Trouble> {
    if sought.people.as_ref().is_some_and(Vec::is_empty) {
        return Ok((Vec::new(), None, None));
    }
    let mut side = side;
    let mut events = app.store.histories().page(group, sought, side, PAGE + 1).await?;
    if matches!(side, Side::After(_)) && events.len() <= PAGE {
        // Back at the newest: a whole page of them.
        side = Side::Before(i64::MAX);
        events = app.store.histories().page(group, sought, side, PAGE + 1).await?;
    }
    let goes_on = events.len() > PAGE;
    let (is_older, is_newer) = match side {
        Side::Before(seq) => {
            events.truncate(PAGE);
            (goes_on, seq != i64::MAX)
        }
        Side::After(_) => {
            events.remove(0);
            (true, true)
        }
    };
    let older = events.last().filter(|_| is_older).map(|last| Side::Before(last.seq));
    let newer = events.first().filter(|_| is_newer).map(|first| Side::After(first.seq));
    Ok((events, older, newer))
}

/// Records that somebody who does not own the group reads what other people wrote, unless it was recorded of late.
pub(super) async fn note_view(app: &App, signed: &Signed, group: GroupId) -> Result<(), Trouble> {
    let now = app.clock.now();
    let event = Event::new(EventKind::ReasonsViewed, Some(signed.person()), now).group(group);
    Ok(app.store.histories().note_view(&event, now - VIEW_COVERS).await?)
}

impl History {
    pub(super) fn empty(frame: Frame, it: Workspace, filter: Filter) -> Self {
        Self {
            hides_people: hides_people(&it),
            frame: frame.at(Here::Owned),
            it,
            tab: Tab::History,
            filter,
            slips: Slips::default(),
            lines: Vec::new(),
            older: None,
            newer: None,
        }
    }

    /// Returns the parts of the history, each with its address.
    fn chips(&self) -> Vec<Chip> {
        let chip = |part: Option<Part>| {
            let filter = Filter { part, ..self.filter.clone() };
            let words = part.map_or("history-all", |part| match part {
                Part::Requests => "history-part-requests",
                Part::Members => "history-part-members",
                Part::Group => "history-part-group",
                Part::Terms => "history-part-terms",
                Part::Outside => "history-part-outside",
                Part::Looks => "history-part-looks",
            });
            Chip {
                href: filter.address(self.it.id, "history", Side::Before(i64::MAX)),
                words: words.into(),
                current: part == self.filter.part,
            }
        };
        std::iter::once(None).chain(Part::ALL.map(Some)).map(chip).collect()
    }

    /// Returns the address of the file with these lines.
    fn file(&self) -> String {
        self.filter.address(self.it.id, "history.csv", Side::Before(i64::MAX))
    }
}
