//! Everybody who belongs to a group as a file for spreadsheets: the whole list, or none.

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

use axum::{
    extract::{Query, State},
    response::Response,
};
use jiff::Timestamp;
use serde::Deserialize;

use crate::{
    domain::{
        directory::Person,
        event::{Event, EventKind},
        ids::{GroupId, PersonId},
        inactive,
        operation::{Kind, Operation},
        own_writes::LATE_READS,
        powers::Power,
        refusal::Refusal,
    },
    graph::{Error, Reach},
    sign_in::Signed,
    store::Arrival,
    web::{
        app::App,
        csv::{self, Sheet},
        form::Id,
        frame::{Frame, Groups},
        trouble::Trouble,
        words::Phrase,
    },
};

use super::{
    inactive::{said, silent_among},
    members::known_by_name,
    workspace::Workspace,
};

/// How long the list may take, so that the page which says that it took too long still comes in the time of a request
/// (`web::trouble_pages::REQUEST_TIME`).
const PATIENCE: Duration = Duration::from_secs(18);
/// How many people the store is asked about at a time.
const AT_ONCE: usize = 999;

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    view: String,
}

/// Somebody, and how they came.
pub(super) struct Row {
    pub person: Person,
    pub arrival: Option<Arrival>,
    pub outside: Option<Timestamp>,
    /// That nobody has signed in with the account for long.
    pub inactive: Option<Phrase>,
}

/// Answers with everybody in the group whom the directory shows to who asks. That the list was taken away is an event.
///
/// # Errors
/// [`Trouble::NotFound`] for everybody who may not know of the page; what the directory says when it does not give the
/// whole list; [`Trouble::TooLate`] when that takes too long.
pub async fn save(
    State(app): State<App>,
    signed: Signed,
    Id(id): Id<GroupId>,
    Groups(groups): Groups,
    frame: Frame,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let it = Workspace::open(&app, &signed, &groups, &frame, id, Power::SeeMembers).await?;
    let reach = if asked.view == "all" { Reach::ThroughGroups } else { Reach::Direct };
    let read = tokio::time::timeout(PATIENCE, app.graph.person(&signed.token).everybody_in(id, reach)).await;
    let people = match read.map_err(|_| Trouble::TooLate)? {
        Ok(people) => people,
        Err(Error::Gone) => return Err(Trouble::refused(Refusal::GroupGone).about_owned(id)),
        Err(error) => return Err(error.into()),
    };
    if people.is_empty() && it.entry.group.facts.hides_members() && !it.is_owner {
        return Err(Trouble::DirectoryRefuses);
    }

    let people = match reach {
        Reach::Direct => lay_over(people, &app.store.workspaces().lately(id, frame.now - LATE_READS).await?),
        Reach::ThroughGroups => people,
    };
    let rows = with_arrivals(&app, id, people).await?;
    let sheet = sheet(&rows)?;

    let detail = serde_json::json!({ "people": rows.len(), "through_groups": reach == Reach::ThroughGroups });
    let event = Event::new(EventKind::MembersExported, Some(signed.person()), frame.now).group(id).detail(detail);
    app.store.histories().note(&event).await?;
    let day = frame.now.to_zoned_datetime(frame.zone.clone()).date();
    sheet.answer(&csv::file_name("members", &it.name, day))
}

/// Lays what Roster did of late over what the directory told, whose reads may be late.
fn lay_over(mut people: Vec<Person>, lately: &[Operation]) -> Vec<Person> {
    let mut last: HashMap<PersonId, &Operation> = HashMap::new();
    last.extend(lately.iter().filter(|done| !done.is_unfinished()).map(|done| (done.person.id, done)));
    people.retain(|person| last.get(&person.id).is_none_or(|done| done.kind != Kind::Remove));
    let there: HashSet<PersonId> = people.iter().map(|person| person.id).collect();
    let came = last.values().filter(|done| done.kind == Kind::Add && !there.contains(&done.person.id));
    people.extend(came.map(|done| known_by_name(&done.person)));
    people
}

/// Adds how they came: two statements for every 999 people, and one more where it is shown who has not signed in for long.
async fn with_arrivals(app: &App, group: GroupId, people: Vec<Person>) -> Result<Vec<Row>, Trouble> {
    let ids: Vec<PersonId> = people.iter().map(|person| person.id).collect();
    let (mut arrivals, mut outside) = (HashMap::new(), HashMap::new());
    let silent = silent_among(app, &ids, app.clock.now()).await?;
    for some in ids.chunks(AT_ONCE) {
        arrivals.extend(app.store.workspaces().arrivals(group, some).await?);
        outside.extend(app.store.workspaces().seen_outside(group, some).await?);
    }
    let row = |person: Person| {
        let is_marked = inactive::is_marked(silent.contains(&person.id), person.enabled);
        Row {
            arrival: arrivals.remove(&person.id),
            outside: outside.remove(&person.id),
            inactive: app.settings.inactive_after.filter(|_| is_marked).map(said),
            person,
        }
    };
    Ok(people.into_iter().map(row).collect())
}

/// Writes people down.
pub(super) fn sheet(rows: &[Row]) -> Result<Sheet, Trouble> {
    let mut sheet = Sheet::new(&heads())?;
    for row in rows {
        sheet.row(cells(row))?;
    }
    Ok(sheet)
}

fn heads() -> Vec<Phrase> {
    let columns = [
        "file-name",
        "file-mail",
        "file-username",
        "file-guest",
        "file-account",
        "file-since",
        "file-let-in-by",
        "file-why",
        "file-more",
        "file-until",
    ];
    columns.map(Phrase::from).into()
}

fn cells(row: &Row) -> [String; 10] {
    let say = |key: &'static str| csv::plain(&key.into());
    let Person { name, mail, username, guest, enabled, .. } = &row.person;
    // Somebody whom the directory does not show yet is known by name only.
    let is_told = guest.is_some() || !username.is_empty();
    let guest = match (is_told, row.person.is_guest()) {
        (false, _) => "file-not-told",
        (true, true) => "file-yes",
        (true, false) => "file-no",
    };
    let account = match (enabled, &row.inactive) {
        (_, Some(inactive)) => csv::plain(inactive),
        (Some(true), _) => say("file-account-enabled"),
        (Some(false), _) => say("file-account-disabled"),
        (None, _) => say("file-not-told"),
    };
    let (since, by, why, more) = match (&row.arrival, row.outside) {
        (Some(arrival), _) => (csv::instant(arrival.at), arrival.by.name.clone(), arrival.why.clone(), String::new()),
        (None, Some(seen)) => (csv::instant(seen), String::new(), String::new(), say("file-seen-outside")),
        (None, None) => <(String, String, String, String)>::default(),
    };
    let until = row.arrival.as_ref().and_then(|arrival| arrival.until).map(csv::instant).unwrap_or_default();
    [name.clone(), mail.clone(), username.clone(), say(guest), account, since, by, why, more, until]
}
