//! Two worlds that differ only in what somebody may not see are the same to them, byte for byte: no answer tells what is
//! hidden, by a word, a count, a header or a missing page.

mod addresses;
mod company;

use std::sync::LazyLock;

use regex::Regex;
use reqwest::Method;

use crate::{
    authority::routes,
    support::{page::Page, person::Person, portal::Portal},
};

use addresses::{Ids, own};
use company::World;

/// Headers that differ between any two answers, or follow from what does: a time is written as short as it can be.
const TOLD_APART_BY: [&str; 3] = ["x-request-id", "date", "content-length"];
/// An instant as files write it.
static FILED_AT: LazyLock<Regex> = LazyLock::new(|| Regex::new("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8}").unwrap());
/// Who may see nothing of what the worlds differ in: an employee, the owner of another group, a guest, somebody who
/// administrates groups in the directory, and nobody at all.
const WHO: [Option<&str>; 5] =
    [Some("Alan Turing"), Some("Radia Perlman"), Some("Tim Berners"), Some("Hedy Lamarr"), None];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn worlds_that_differ_in_hidden_facts_are_the_same_to_those_who_may_not_see_them() {
    let (one, other) = tokio::join!(World::start(company::HIDDEN_ONE), World::start(company::HIDDEN_OTHER));
    let ids = Ids::of(&one, &other);

    let (compared, different) = compare(&one, &other, &ids).await;

    println!("{compared} pairs of answers");
    assert!(different.is_empty(), "{} of {compared}:\n{}", different.len(), different.join("\n\n"));
    assert!(compared > 500, "{compared} were compared");
    // The worlds do differ, for those who may see it.
    let circle = format!("/owned/{}/members", ids.whisper);
    for (name, path) in [
        ("Ada Lovelace", "/admin/groups?q=nightingale"),
        ("Ada Lovelace", &format!("/admin{}", one.portal.group("Compiler Team"))),
        ("Margaret Hamilton", &circle),
        ("Grace Hopper", "/approvals"),
        ("Barbara Liskov", "/owned"),
    ] {
        let (here, there) = tokio::join!(one.portal.sign_in(name), other.portal.sign_in(name));
        let (seen, seen_there) = tokio::join!(look(&here, &one, path), look(&there, &other, path));
        assert_ne!(said(&seen, &one), said(&seen_there, &other), "{name} {path}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_difference_that_may_be_seen_is_seen_by_everybody_who_is_signed_in() {
    let shown = company::Facts { gives: "Keys to the roof.", ..company::HIDDEN_ONE };
    let (one, other) = tokio::join!(World::start(company::HIDDEN_ONE), World::start(shown));
    let ids = Ids::of(&one, &other);

    let (_, different) = compare(&one, &other, &ids).await;

    let page = format!("/groups/{}", ids.whisper);
    for name in WHO.into_iter().flatten() {
        let is_seen = |what: &&String| what.starts_with(&format!("{name} {page}\n"));
        assert_eq!(different.iter().filter(is_seen).count(), 1, "{name}: {different:?}");
    }
    assert!(different.iter().all(|what| what.contains("Keys to the roof.")), "{different:?}");
}

/// Opens every page in both worlds as everybody. Returns how many pairs of answers there were, and which differ.
async fn compare(one: &World, other: &World, ids: &Ids) -> (usize, Vec<String>) {
    let (mut compared, mut different) = (0, Vec::new());
    let pages: Vec<String> = routes::of(include_str!("../../src/router.rs"))
        .into_iter()
        .filter(|(method, _)| *method == "GET")
        .flat_map(|(_, route)| ids.addresses(&route))
        .collect();
    for name in WHO {
        let (here, there) = tokio::join!(visitor(&one.portal, name), visitor(&other.portal, name));
        for path in &pages {
            let (seen, seen_there) = tokio::join!(look(&here, one, path), look(&there, other, path));
            let (seen, seen_there) = (said(&seen, one), said(&seen_there, other));
            compared += 1;
            if seen != seen_there {
                let name = name.unwrap_or("nobody");
                different.push(format!("{name} {path}\n{}", first_difference(&seen, &seen_there)));
            }
        }
    }
    (compared, different)
}

async fn visitor(portal: &Portal, name: Option<&str>) -> Person {
    match name {
        Some(name) => portal.sign_in(name).await,
        None => portal.visitor(),
    }
}

async fn look(person: &Person, world: &World, path: &str) -> Page {
    let path =
        world.own.iter().enumerate().fold(path.to_owned(), |path, (n, id)| path.replace(&own(n), &id.to_string()));
    let view = [("sec-fetch-site", "none"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")];
    person.raw(Method::GET, &path, &view, None).await
}

/// Returns an answer, head and body, without what any two answers differ in: the name of the request, instants, the
/// addresses of the portal and of the directory, and what the visitor's own requests and the form of an owner are called.
fn said(page: &Page, world: &World) -> String {
    let headers = page.headers.iter().filter(|(name, _)| !TOLD_APART_BY.contains(&name.as_str()));
    let headers: Vec<String> = headers.map(|(name, value)| format!("{name}: {value:?}")).collect();
    let text = format!("{}\n{}\n{}", page.status, headers.join("\n"), page.bytes());
    let mut text = text.replace(&world.portal.address, "PORTAL").replace(&world.portal.emulator.url(), "DIRECTORY");
    for (n, id) in world.own.iter().enumerate() {
        text = text.replace(&id.to_string(), &own(n));
    }
    let text = without(&text, "<time ", "</time>");
    let text = FILED_AT.replace_all(&text, "…");
    without(&text, "name=\"operation\" value=\"", "\"")
}

/// Takes out everything from a beginning to the next end.
fn without(text: &str, beginning: &str, end: &str) -> String {
    let mut parts = text.split(beginning);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + "…" + part.split_once(end).map_or("", |(_, rest)| rest))
}

fn first_difference(one: &str, other: &str) -> String {
    let differing = one.lines().zip(other.lines()).find(|(one, other)| one != other);
    differing.map_or_else(|| format!("{one}\n- and -\n{other}"), |(one, other)| format!("{one}\n- and -\n{other}"))
}
