//! The emulator's own pages. Each says that the directory is made up.

use std::collections::BTreeSet;

use askama::Template;
use serde_json::json;
use uuid::Uuid;

use crate::authorize_request::AuthorizeRequest;
use crate::consent::Missing;
use crate::directory::{Directory, Link};
use crate::exchange::{Ask, Content, Reply};
use crate::world::World;

/// How many people the sign-in page lists; in a larger company it lists those to try until a name is asked for.
const LISTED: usize = 60;

#[derive(Template)]
#[template(path = "message.html")]
struct Message<'a> {
    company: &'a str,
    title: &'a str,
    text: &'a str,
}

#[derive(Template)]
#[template(path = "consent.html")]
struct Consent<'a> {
    company: &'a str,
    name: &'a str,
    person: Uuid,
    scopes: &'a BTreeSet<String>,
    may_agree: bool,
}

#[derive(Template)]
#[template(path = "choose.html")]
struct Choose<'a> {
    company: &'a str,
    hidden: &'a [(String, String)],
    find: &'a str,
    searchable: bool,
    first: Vec<Choice>,
    others: Vec<Choice>,
    unlisted: usize,
}

struct Choice {
    id: Uuid,
    name: String,
    title: String,
    role: String,
    hinted: bool,
}

/// Says what the emulator is.
pub(crate) fn home(world: &World) -> Reply {
    let text = "This server plays the sign-in and the directory of a company that does not exist. \
                An application that is set up to use it sends people here to say who they are.";
    message(world, 200, "A made-up directory", text)
}

/// Says that there is nothing at an address.
pub(crate) fn not_found(world: &World) -> Reply {
    let text = "There is nothing at this address. The sign-in page opens from an application that uses this directory.";
    message(world, 404, "Nothing here", text)
}

/// Says that somebody is signed out.
pub(crate) fn signed_out(world: &World) -> Reply {
    message(world, 200, "You are signed out", "You can close this page.")
}

/// Shows why a sign-in goes no further, with Entra's number for it.
pub(crate) fn refusal(world: &World, code: &str, text: &str) -> Reply {
    message(world, 400, "Sign-in stopped", &format!("{code}: {text}"))
}

/// Returns a page such as a proxy between two services puts in place of an answer.
pub(crate) fn gateway() -> Reply {
    let page = "<!doctype html><html lang=\"en\"><title>Gateway</title><h1>The gateway is being updated</h1></html>";
    Reply::new(200, Content::Html(page.to_owned()))
}

/// Asks who somebody is.
pub(crate) fn choose(world: &World, ask: &Ask, request: &AuthorizeRequest) -> Reply {
    let directory = world.directory();
    let find = ask.parameter("find").unwrap_or_default().trim().to_owned();
    let wanted = find.to_lowercase();
    let searchable = directory.people_ids().len() > LISTED;
    let fits =
        |id: &Uuid| directory.person(*id).is_some_and(|person| person.display_name.to_lowercase().contains(&wanted));
    let to_try = directory.people_to_try.as_slice();
    let first: Vec<Uuid> = to_try.iter().copied().filter(fits).collect();
    let lists_others = !searchable || !wanted.is_empty();
    let others = directory.people_ids().iter().filter(|id| lists_others && !to_try.contains(id) && fits(id));
    let mut others: Vec<Uuid> = others.copied().collect();
    let found = first.len() + others.len();
    let unlisted =
        if lists_others { others.len().saturating_sub(LISTED) } else { directory.people_ids().len() - found };
    others.truncate(LISTED);
    let hint = request.login_hint.as_deref();
    let choices = |ids: Vec<Uuid>| ids.into_iter().filter_map(|id| choice(&directory, id, hint)).collect();
    let hidden: Vec<(String, String)> = ask.query.iter().filter(|(name, _)| name != "find").cloned().collect();
    render(
        200,
        &Choose {
            company: &directory.name,
            hidden: &hidden,
            searchable,
            find: &find,
            first: choices(first),
            others: choices(others),
            unlisted,
        },
    )
}

/// Asks for permissions, or says that an administrator has to give them.
pub(crate) fn consent(world: &World, person: Uuid, missing: &Missing) -> Reply {
    let directory = world.directory();
    let name = directory.person(person).map(|person| person.display_name.as_str()).unwrap_or_default();
    let (company, scopes, may_agree) = (directory.name.as_str(), &missing.scopes, missing.may_agree);
    render(200, &Consent { company, name, person, scopes, may_agree })
}

fn choice(directory: &Directory, id: Uuid, hint: Option<&str>) -> Option<Choice> {
    let person = directory.person(id)?;
    let title = match (&person.job_title, &person.department) {
        (Some(title), Some(department)) => format!("{title}, {department}"),
        (Some(only), None) | (None, Some(only)) => only.clone(),
        (None, None) => person.mail.clone().unwrap_or_default(),
    };
    let hinted = hint.is_some_and(|hint| hint.eq_ignore_ascii_case(&person.user_principal_name));
    let name = person.display_name.clone();
    let role = role_of(directory, id);
    Some(Choice { id, name, title, role, hinted })
}

/// Returns what a person is in the portal, in a few words.
fn role_of(directory: &Directory, id: Uuid) -> String {
    let Some(person) = directory.person(id) else {
        return String::new();
    };
    let owned = directory.groups_of(id, Link::Owner).len();
    let mut parts = Vec::new();
    for role in &person.app_roles {
        let name = role.rsplit('.').next().unwrap_or(role);
        parts.push(if name == "Admin" { "administrator".to_owned() } else { name.to_lowercase() });
    }
    if owned > 0 {
        parts.push(format!("owner of {owned} {}", if owned == 1 { "group" } else { "groups" }));
    }
    if person.is_guest() {
        parts.push("guest".to_owned());
    }
    if !person.account_enabled {
        parts.push("account disabled".to_owned());
    }
    if parts.is_empty() {
        parts.push("employee".to_owned());
    }
    parts.join(", ")
}

fn message(world: &World, status: u16, title: &str, text: &str) -> Reply {
    let company = world.directory().name.clone();
    let company = company.as_str();
    render(status, &Message { company, title, text })
}

fn render(status: u16, page: &impl Template) -> Reply {
    match page.render() {
        Ok(html) => Reply::new(status, Content::Html(html)),
        Err(error) => Reply::new(500, Content::Json(json!({ "error": error.to_string() }))),
    }
}
