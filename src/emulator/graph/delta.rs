//! Delta queries: everything once, then what changed since (`/groups/delta`, `/users/delta`).
//!
//! A link carries all that the next call needs, so nothing is kept between calls; the journal of the directory says what
//! changed. The source for each rule: group-delta (2024-10) and delta-query-overview (2022-08).

use serde_json::{Value, json};
use uuid::Uuid;

use super::delta_rows::Teller;
use super::delta_token::{Mark, Place, Round, Step, Token, Wish};
use super::errors::GraphError;
use super::filter::{Filter, Operator};
use super::scene::{READS_GROUPS, READS_PEOPLE, Scene, object_id};
use crate::directory::Kind;
use crate::exchange::Reply;

/// A filter names at most this many objects.
const MOST_IDS: usize = 50;

/// Rows of a page, and links of a row, when nothing else is set.
const PAGE: usize = 200;
const SLICE: usize = 1000;

/// Properties that Exchange and SharePoint keep: the directory cannot say when they change.
pub(crate) const KEPT_ELSEWHERE: [&str; 8] = [
    "allowExternalSenders",
    "autoSubscribeNewMembers",
    "hasMembersWithLicenseErrors",
    "hideFromAddressLists",
    "hideFromOutlookClients",
    "isArchived",
    "isSubscribedByMail",
    "unseenCount",
];

/// Answers `GET /groups/delta`, or `GET /users/delta` when `people`.
pub(crate) fn answer(scene: &Scene<'_>, people: bool) -> Result<Reply, GraphError> {
    scene.demand_no_guest()?;
    let known = ["$select", "$filter", "$deltatoken", "$skiptoken", "$format"];
    if let Some((other, _)) = scene.ask.query.iter().find(|(name, _)| !known.contains(&name.as_str())) {
        return Err(GraphError::unsupported(format!("The query option '{other}' is not supported by delta queries.")));
    }
    let text = |name| scene.ask.parameter(name).filter(|text| !text.is_empty());
    let now = Mark::now(&scene.directory);
    match (text("$skiptoken"), text("$deltatoken")) {
        (None, None) => begin(scene, &wish(scene, people)?, Round { from: None, until: now }),
        (None, Some("latest")) => {
            let wish = wish(scene, people)?;
            page(scene, &wish, Vec::new(), Step::Changes(now))
        }
        (Some(text), None) => {
            let token = accepted(scene, people, text)?;
            let Step::Page(round, place) = token.step else {
                return Err(badly_formed());
            };
            tell(scene, &token.wish, round, place)
        }
        (None, Some(text)) => {
            let token = accepted(scene, people, text)?;
            let Step::Changes(from) = token.step else {
                return Err(badly_formed());
            };
            begin(scene, &token.wish, Round { from: Some(from), until: now })
        }
        (Some(_), Some(_)) => Err(badly_formed()),
    }
}

/// Reads the options of a first call, and checks what they need.
fn wish(scene: &Scene<'_>, people: bool) -> Result<Wish, GraphError> {
    let only = scene.query.filter.as_ref().map(ids_of).transpose()?;
    let (mut select, mut members, mut owners) = (scene.query.select.clone(), !people, false);
    if let Some(names) = &mut select {
        members = !people && names.iter().any(|name| name == "members");
        owners = !people && names.iter().any(|name| name == "owners");
        names.retain(|name| name != "id" && (people || (name != "members" && name != "owners")));
    }
    let kind = if people { Kind::Person } else { Kind::Group };
    scene.check_select(&[kind], select.as_deref())?;
    if select.iter().flatten().any(|name| !people && KEPT_ELSEWHERE.contains(&name.as_str())) {
        return Err(GraphError::not_modelled());
    }
    let wish = Wish { people, select, members, owners, only };
    demand(scene, &wish)?;
    Ok(wish)
}

fn demand(scene: &Scene<'_>, wish: &Wish) -> Result<(), GraphError> {
    if wish.people {
        return scene.demand(&READS_PEOPLE);
    }
    // The basic permission shows groups, not who is in them.
    let links: Vec<&str> = READS_GROUPS.into_iter().filter(|name| *name != "Group.ReadBasic.All").collect();
    if wish.members || wish.owners { scene.demand(&links) } else { scene.demand(&READS_GROUPS) }
}

/// Reads `id eq '…' or id eq '…'`.
fn ids_of(filter: &Filter) -> Result<Vec<Uuid>, GraphError> {
    let mut ids = Vec::new();
    let mut rest = vec![filter];
    while let Some(filter) = rest.pop() {
        match filter {
            Filter::Or(left, right) => rest.extend([right.as_ref(), left.as_ref()]),
            Filter::Compare(name, Operator::Eq, Value::String(id)) if name == "id" => ids.push(object_id(id)?),
            _ => return Err(GraphError::unsupported("A delta query filters by 'id eq' joined by 'or' only.")),
        }
    }
    if ids.len() > MOST_IDS {
        let message = format!("A delta query filters by at most {MOST_IDS} objects.");
        return Err(GraphError::unsupported(message));
    }
    Ok(ids)
}

/// Reads a token that is still good.
fn accepted(scene: &Scene<'_>, people: bool, text: &str) -> Result<Token, GraphError> {
    if scene.query.select.is_some() || scene.query.filter.is_some() {
        let message = "The options of a delta query are given with the first call; its links carry them.";
        return Err(GraphError::bad(message));
    }
    let token = Token::read(text).filter(|token| token.wish.people == people).ok_or_else(badly_formed)?;
    demand(scene, &token.wish)?;
    if token.resets != scene.world.delta_resets() {
        return Err(resync(scene, &token.wish));
    }
    let first = match &token.step {
        Step::Page(round, _) => round.from.unwrap_or(round.until).first_unknown,
        Step::Changes(mark) => mark.first_unknown,
    };
    if token.is_expired(scene.world.clock.millis()) || first < scene.directory.journal.first() {
        let message = "The sync state generation is not found; the token has expired. Start again without a token.";
        return Err(GraphError::new(400, "syncStateNotFound", message));
    }
    Ok(token)
}

fn badly_formed() -> GraphError {
    GraphError::bad("Badly formed token.")
}

/// The service has forgotten what clients know: they start again where `Location` says.
fn resync(scene: &Scene<'_>, wish: &Wish) -> GraphError {
    let message = "Resync required. The state of earlier delta queries is lost; start again without a token.";
    let mut error = GraphError::new(410, "resyncRequired", message);
    let select = wish.select.as_ref().map_or_else(String::new, |select| {
        let mut names = vec!["id"];
        names.extend(select.iter().map(String::as_str));
        names.extend(wish.members.then_some("members"));
        names.extend(wish.owners.then_some("owners"));
        format!("$select={}&", names.join(","))
    });
    error.headers.push(("location", format!("{}?{select}$deltatoken=", address(scene))));
    error
}

/// Starts a round: with a page, or with an empty one when the emulator is told to.
fn begin(scene: &Scene<'_>, wish: &Wish, round: Round) -> Result<Reply, GraphError> {
    if scene.behaviour.delta_starts_empty {
        return page(scene, wish, Vec::new(), Step::Page(round, Place::default()));
    }
    tell(scene, wish, round, Place::default())
}

/// Answers with the rows of a round from a place on.
fn tell(scene: &Scene<'_>, wish: &Wish, round: Round, place: Place) -> Result<Reply, GraphError> {
    let size = scene.behaviour.delta_page.unwrap_or(PAGE).max(1);
    let slice_size = scene.behaviour.delta_slice.unwrap_or(SLICE).max(1);
    let teller = Teller::new(scene, wish, round, wants_minimal(scene));
    let mut rows = Vec::new();
    if let (true, Some(id)) = (scene.behaviour.delta_repeats, place.after) {
        let before = place.slice.saturating_sub(1);
        rows.extend(teller.row(id).map(|row| row.slice(before, slice_size).0));
    }
    let mut left = size;
    let mut at = place;
    for id in teller.candidates(place.after.unwrap_or(Uuid::nil())) {
        let goes_on = place.after == Some(id);
        if goes_on && place.slice == 0 {
            continue;
        }
        if left == 0 {
            return page(scene, wish, rows, Step::Page(round, at));
        }
        let slice = if goes_on { place.slice } else { 0 };
        if let Some(row) = teller.row(id) {
            let (shown, is_last) = row.slice(slice, slice_size);
            rows.push(shown);
            left -= 1;
            if !is_last {
                let place = Place { after: Some(id), slice: slice + 1 };
                return page(scene, wish, rows, Step::Page(round, place));
            }
        }
        at = Place { after: Some(id), slice: 0 };
    }
    page(scene, wish, rows, Step::Changes(round.until))
}

fn wants_minimal(scene: &Scene<'_>) -> bool {
    scene.ask.header("prefer").is_some_and(|wish| wish.split(',').any(|one| one.trim() == "return=minimal"))
}

fn page(scene: &Scene<'_>, wish: &Wish, rows: Vec<Value>, step: Step) -> Result<Reply, GraphError> {
    let (annotation, option) = match step {
        Step::Page(..) => ("@odata.nextLink", "$skiptoken"),
        Step::Changes(_) => ("@odata.deltaLink", "$deltatoken"),
    };
    let (given, resets) = (scene.world.clock.millis(), scene.world.delta_resets());
    let token = Token { wish: wish.clone(), step, given, resets };
    let noun = if wish.people { "users" } else { "groups" };
    let mut body = json!({ "@odata.context": format!("{}/$metadata#{noun}", scene.world.graph_url()) });
    body[annotation] = json!(format!("{}?{option}={}", address(scene), token.text()));
    body["value"] = Value::Array(rows);
    let reply = Reply::json(body);
    let minimal = wants_minimal(scene);
    Ok(if minimal { reply.with("preference-applied", "return=minimal".to_owned()) } else { reply })
}

fn address(scene: &Scene<'_>) -> String {
    format!("{}/{}", scene.world.url, scene.ask.segments.join("/"))
}
