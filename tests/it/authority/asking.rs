//! Asks the portal for a cell of the table, and reads its answer.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use reqwest::Method;
use uuid::Uuid;

use super::{
    table::{Cell, Row},
    world::{DEPUTY, MEMBER, Use, World},
};
use crate::support::page::Page;

/// How many cells are asked at a time.
const AT_A_TIME: usize = 6;

/// A form with a file that has nothing in it.
const EMPTY_FILE: &str =
    "--end\r\ncontent-disposition: form-data; name=\"file\"; filename=\"list.csv\"\r\n\r\n\r\n--end--\r\n";

/// A cell and what the portal answered.
pub struct Answer {
    pub cell: Cell,
    pub page: Page,
}

impl Answer {
    /// Returns the class of the answer, in the words of the table.
    pub fn class(&self) -> String {
        let page = &self.page;
        let location = page.header("location");
        let class = match page.status.as_u16() {
            200 => "page",
            422 => "slip",
            409 if page.text().contains("This changed since you opened the page.") => "stale",
            409 => "state",
            410 => "gone",
            403 => "no",
            404 => "none",
            303 if location.starts_with("/sign-in") => "sign",
            303 if location.starts_with('/') && !location.starts_with("//") => "done",
            303 => "away",
            other => return other.to_string(),
        };
        class.to_owned()
    }
}

/// Asks for cells, a few at a time, and returns the answers in the order of the cells.
pub async fn ask(world: &Arc<World>, cells: &[Cell]) -> Vec<Answer> {
    let (next, cells): (_, Arc<[Cell]>) = (Arc::new(AtomicUsize::new(0)), cells.into());
    let mut asking = tokio::task::JoinSet::new();
    for _ in 0..AT_A_TIME {
        let (world, next, cells) = (Arc::clone(world), Arc::clone(&next), Arc::clone(&cells));
        asking.spawn(async move {
            let mut answers = Vec::new();
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(cell) = cells.get(at) else { return answers };
                answers.push((at, Answer { cell: *cell, page: send(&world, cell).await }));
            }
        });
    }
    let mut answers: Vec<(usize, Answer)> = asking.join_all().await.into_iter().flatten().collect();
    answers.sort_by_key(|(at, _)| *at);
    answers.into_iter().map(|(_, answer)| answer).collect()
}

async fn send(world: &World, cell: &Cell) -> Page {
    let (person, path) = (world.person(cell.who), path(world, cell));
    if cell.row.method == "GET" {
        let view = [("sec-fetch-site", "none"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")];
        return person.raw(Method::GET, &path, &view, None).await;
    }
    let (kind, body) = match cell.row.route {
        "/owned/{id}/import/file" => ("multipart/form-data; boundary=end", EMPTY_FILE.to_owned()),
        route => ("application/x-www-form-urlencoded", body(world, route)),
    };
    let form = [("origin", world.portal.address.as_str()), ("content-type", kind)];
    person.raw(Method::POST, &path, &form, Some(&body)).await
}

/// Returns the form that changes nothing: no reason where one is needed, an old version. Somebody who is added is a member
/// already, which is said once every rule about the owner has been asked; a reason for a removal is left out by many,
/// so it is too long here.
fn body(world: &World, route: &str) -> String {
    match route {
        "/owned/{id}/owners/add" => format!("person={}", world.portal.emulator.person_named(DEPUTY)),
        "/owned/{id}/members/add" => format!("person={}", world.portal.emulator.person_named(MEMBER)),
        "/owned/{id}/members/{person}/remove" | "/owned/{id}/owners/{person}/remove" => {
            format!("reason={}", "x".repeat(501))
        }
        // What cannot be read is a slip where the term is open, and touches what is locked.
        "/owned/{id}/terms" => "terms=open_days&open_days=soon".to_owned(),
        _ => String::new(),
    }
}

/// Returns the address of a cell.
///
/// # Panics
/// When a row names something that is not known here: each new kind of address needs a line.
fn path(world: &World, cell: &Cell) -> String {
    let Row { route, about, .. } = cell.row;
    let id = match (route, about) {
        (_, "") if route.starts_with("/groups/") || route.starts_with("/owned/") || route.starts_with("/admin/") => {
            world.group(cell.state, Use::Plain)
        }
        (_, "a member") => world.group(cell.state, Use::Joined),
        (_, "no member" | "") => world.group(cell.state, Use::Plain),
        (_, whose @ ("another's" | "their own")) => {
            let is_own = whose == "their own";
            let of = match (route, is_own) {
                ("/approvals/{id}/finish", false) => Use::Approved,
                ("/approvals/{id}/finish", true) => Use::ApprovedThemself,
                ("/approvals/owed/{id}" | "/approvals/owed/{id}/finish", false) => Use::Owed,
                ("/approvals/owed/{id}" | "/approvals/owed/{id}/finish", true) => Use::OwedThemself,
                (_, false) => Use::Asked,
                (_, true) => Use::AskedThemself,
            };
            world.matter(cell.state, of, cell.who)
        }
        (route, about) => panic!("{route} names {about:?}, and nobody knows what that is"),
    };
    let person = if route.contains("/owners/") { DEPUTY } else { MEMBER };
    let path = route
        .replace("{id}", &id.to_string())
        .replace("{person}", &world.portal.emulator.person_named(person).to_string())
        .replace("{name}", world.portal.app.assets.css.trim_start_matches("/static/"))
        .replace("{review}", &Uuid::now_v7().to_string())
        .replace("{job}", &world.list(cell.state).to_string())
        .replace("{key}", "a-key-that-nobody-was-given");
    assert!(!path.contains('{'), "{path} has a part that nothing is put into");
    path
}
