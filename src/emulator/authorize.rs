//! The authorize page: asks who somebody is, or knows it from the sign-in cookie, and returns with a code.

use url::Url;
use uuid::Uuid;

use crate::authorize_request::{AuthorizeRequest, Fault};
use crate::consent::{self, Settled};
use crate::exchange::{Ask, Reply, first};
use crate::grants::Grant;
use crate::keys::encode;
use crate::pages;
use crate::tokens::Session;
use crate::world::World;

/// The cookie that holds the sign-in sessions of a browser, separated by dots.
pub(crate) const COOKIE: &str = "EMULATORSSO";

/// Answers the authorize endpoint: GET asks, POST chooses a person on the emulator's page.
pub(crate) fn serve(world: &World, ask: &Ask) -> Reply {
    let request = match AuthorizeRequest::read(world, ask) {
        Ok(request) => request,
        Err(Fault::Page(code, message)) => return pages::refusal(world, code, &message),
        Err(Fault::SentBack { redirect_uri, state, error, description }) => {
            return send_back(&redirect_uri, state.as_deref(), error, description);
        }
    };
    if ask.method == "POST" {
        return chosen(world, ask, &request);
    }
    let signed_in = sessions(world, ask);
    match request.prompt.as_deref() {
        Some("none") => silently(world, &request, &signed_in),
        Some("login" | "select_account" | "consent") => pages::choose(world, ask, &request),
        _ => match matching(world, &request, &signed_in).as_slice() {
            [session] if is_enabled(world, session.person) => go_on(world, ask, &request, session.clone()),
            _ => pages::choose(world, ask, &request),
        },
    }
}

/// Returns the sessions of this browser that have not ended.
pub(crate) fn sessions(world: &World, ask: &Ask) -> Vec<Session> {
    let cookie = ask.cookie(COOKIE).unwrap_or_default();
    let tokens = world.tokens();
    cookie.split('.').filter_map(|id| tokens.session(id)).collect()
}

/// Returns the opaque text that tells the sign-in page who is expected.
pub(crate) fn hint_of(user_principal_name: &str) -> String {
    format!("O.{}", encode(user_principal_name))
}

fn matching(world: &World, request: &AuthorizeRequest, signed_in: &[Session]) -> Vec<Session> {
    let Some(hint) = &request.login_hint else {
        return signed_in.to_vec();
    };
    let directory = world.directory();
    let is_hinted = |session: &&Session| {
        directory.person(session.person).is_some_and(|person| {
            let name = &person.user_principal_name;
            name.eq_ignore_ascii_case(hint) || *hint == hint_of(name)
        })
    };
    signed_in.iter().filter(is_hinted).cloned().collect()
}

fn silently(world: &World, request: &AuthorizeRequest, signed_in: &[Session]) -> Reply {
    let not_agreed = format!("AADSTS65001: {}", consent::description(world, request.client_id));
    let (error, description) = match matching(world, request, signed_in).as_slice() {
        [session] if is_enabled(world, session.person) => {
            if consent::missing(world, session.person, &request.scopes).is_none() {
                return finish(world, request, session.clone());
            }
            ("consent_required", not_agreed.as_str())
        }
        [_] => ("interaction_required", "AADSTS50057: The user account is disabled."),
        [] => ("login_required", "AADSTS50058: A silent sign-in request was sent but no user is signed in."),
        _ => (
            "interaction_required",
            "AADSTS16000: Several users are signed in and the request does not say which one is meant.",
        ),
    };
    send_back(&request.redirect_uri, request.state.as_deref(), error, description)
}

fn chosen(world: &World, ask: &Ask, request: &AuthorizeRequest) -> Reply {
    let form = ask.form();
    let person = first(&form, "person").and_then(|text| Uuid::parse_str(text).ok());
    let Some(person) = person.filter(|id| world.directory().person(*id).is_some()) else {
        let message = "The user account does not exist in the directory.";
        return pages::refusal(world, "AADSTS50034", message);
    };
    if !is_enabled(world, person) {
        return pages::refusal(world, "AADSTS50057", "The user account is disabled.");
    }
    let mut kept: Vec<Session> = sessions(world, ask);
    kept.retain(|session| session.person != person);
    let session = world.tokens().sign_in(person, world.clock.seconds());
    kept.push(session.clone());
    let ids: Vec<String> = kept.into_iter().map(|session| session.id).collect();
    go_on(world, ask, request, session).with("set-cookie", cookie(&ids.join(".")))
}

/// Goes on with somebody who is known, as far as everything is agreed to.
fn go_on(world: &World, ask: &Ask, request: &AuthorizeRequest, session: Session) -> Reply {
    match consent::settle(world, ask, request, session.person) {
        Settled::Agreed => finish(world, request, session),
        Settled::Asked(page) => page,
        Settled::Declined => {
            let description = "AADSTS65004: User declined to consent to access the app.";
            send_back(&request.redirect_uri, request.state.as_deref(), "access_denied", description)
        }
    }
}

/// Returns the line that sets the sign-in cookie.
pub(crate) fn cookie(value: &str) -> String {
    format!("{COOKIE}={value}; Path=/; HttpOnly; SameSite=Lax")
}

fn is_enabled(world: &World, person: Uuid) -> bool {
    world.directory().person(person).is_some_and(|person| person.account_enabled)
}

fn finish(world: &World, request: &AuthorizeRequest, session: Session) -> Reply {
    let session_state = session.id.clone();
    let grant = Grant {
        client_id: request.client_id,
        redirect_uri: request.redirect_uri.clone(),
        scopes: request.scopes.clone(),
        nonce: request.nonce.clone(),
        challenge: request.challenge.clone(),
        claims: request.claims,
        session,
    };
    let code = world.grants().give(grant, world.clock.seconds());
    let state = request.state.as_deref();
    let fields = [("code", Some(code.as_str())), ("state", state), ("session_state", Some(&session_state))];
    Reply::redirect(with_fields(&request.redirect_uri, &fields))
}

fn send_back(redirect_uri: &str, state: Option<&str>, error: &str, description: &str) -> Reply {
    let fields = [("error", Some(error)), ("error_description", Some(description)), ("state", state)];
    Reply::redirect(with_fields(redirect_uri, &fields))
}

/// Adds fields to the query of an address.
pub(crate) fn with_fields(address: &str, fields: &[(&str, Option<&str>)]) -> String {
    let Ok(mut url) = Url::parse(address) else {
        return address.to_owned();
    };
    for (name, value) in fields {
        if let Some(value) = value {
            url.query_pairs_mut().append_pair(name, value);
        }
    }
    url.to_string()
}
