//! The history of a group as a file for spreadsheets.

use axum::{
    extract::{Query, State},
    response::{IntoResponse, Response},
};

use super::{
    History,
    filter::{Asked, Filter},
    hides_people,
    lines::{Known, Line},
    readable, sought,
};
use crate::{
    domain::{
        event::{Event, EventKind},
        history::Part,
        ids::GroupId,
        powers::Power,
    },
    features::owned::workspace::Workspace,
    sign_in::Signed,
    store::{Side, Sought},
    web::{
        app::App,
        csv::{self, Sheet},
        form::Id,
        frame::{Frame, Groups},
        page,
        trouble::Trouble,
        words::Phrase,
    },
};

/// The most lines of a file. A longer history says that it was cut, in its last line.
pub const MOST: usize = 10_000;
/// How many events are read at a time.
const AT_ONCE: usize = 1000;

/// Answers with the lines that the page with this filter shows, of all its pages. That it was taken away is an event.
///
/// # Errors
/// As the page.
pub async fn save(
    State(app): State<App>,
    signed: Signed,
    Id(id): Id<GroupId>,
    Groups(groups): Groups,
    frame: Frame,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let it = Workspace::open(&app, &signed, &groups, &frame, id, Power::SeeHistory).await?;
    let hides_people = hides_people(&it);
    let filter = readable(Filter { side: Side::Before(i64::MAX), ..Filter::read(&asked)? }, hides_people);
    let sought = match sought(&app, id, &filter, &frame).await? {
        Ok(sought) => sought,
        Err(slips) => return Ok(page::slip(History { slips, ..History::empty(frame, it, filter) }).into_response()),
    };

    let (lines, is_cut) = all(&app, id, &sought, hides_people, &frame).await?;
    let sheet = sheet(&lines, is_cut)?;

    let detail = serde_json::json!({
        "lines": lines.len(), "cut": is_cut, "part": filter.part.map(Part::code),
        "from": filter.from, "to": filter.to, "by_name": !filter.who.is_empty(),
    });
    let event = Event::new(EventKind::HistoryExported, Some(signed.person()), frame.now).group(id).detail(detail);
    app.store.histories().note(&event).await?;
    let day = frame.now.to_zoned_datetime(frame.zone.clone()).date();
    sheet.answer(&csv::file_name("history", &it.name, day))
}

/// Returns the lines, newest first, and whether there are more.
async fn all(
    app: &App,
    group: GroupId,
    sought: &Sought,
    hides_people: bool,
    frame: &Frame,
) -> Result<(Vec<Line>, bool), Trouble> {
    let mut lines = Vec::new();
    let mut before = i64::MAX;
    if sought.people.as_ref().is_some_and(Vec::is_empty) {
        return Ok((lines, false));
    }
    loop {
        let events = app.store.histories().page(group, sought, Side::Before(before), AT_ONCE).await?;
        let Some(last) = events.last() else { return Ok((lines, false)) };
        before = last.seq;
        let is_last = events.len() < AT_ONCE;
        let known = Known::read(&app.store, &events, hides_people).await?;
        lines.extend(known.lines(events, frame));
        if lines.len() > MOST {
            lines.truncate(MOST);
            return Ok((lines, true));
        }
        if is_last {
            return Ok((lines, false));
        }
    }
}

/// Writes lines down; a list that was cut says so.
pub(in crate::features::owned) fn sheet(lines: &[Line], is_cut: bool) -> Result<Sheet, Trouble> {
    let mut sheet = Sheet::new(&heads())?;
    for line in lines {
        sheet.row(cells(line))?;
    }
    if is_cut {
        sheet.row([csv::plain(&Phrase::new("file-cut").count("limit", MOST))])?;
    }
    Ok(sheet)
}

fn heads() -> Vec<Phrase> {
    ["file-when", "file-what", "file-by", "file-person", "file-why", "file-more"].map(Phrase::from).into()
}

fn cells(line: &Line) -> [String; 6] {
    let notes = line.notes.iter().chain(&line.seen).map(csv::plain);
    let more = notes.collect::<Vec<_>>().join("; ");
    let when = csv::instant(line.recorded.event.at);
    [when, csv::plain(&line.what), line.by.clone(), line.person.clone(), line.why.clone(), more]
}
