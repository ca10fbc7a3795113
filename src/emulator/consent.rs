//! Consent: which permissions nobody has agreed to yet, who may agree, and what the application hears.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::authorize_request::{AuthorizeRequest, SIGN_IN_SCOPES};
use crate::exchange::{Ask, Reply, first};
use crate::pages;
use crate::world::World;

/// Permissions that everybody may agree to for themselves (permissions.json: no consent of an administrator).
const FOR_ONESELF: [&str; 3] = ["User.Read", "User.ReadBasic.All", "Mail.Send"];

/// Roles that may agree for everybody.
const MAY_AGREE: [&str; 2] = ["Global Administrator", "Privileged Role Administrator"];

/// What is still to be agreed to, and whether this person can.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Missing {
    pub(crate) scopes: BTreeSet<String>,
    pub(crate) may_agree: bool,
}

/// Returns what is missing for these scopes; nothing when the emulator does not ask.
pub(crate) fn missing(world: &World, person: Uuid, scopes: &BTreeSet<String>) -> Option<Missing> {
    if !world.behaviour().asks_for_consent {
        return None;
    }
    let granted = world.granted().clone();
    let is_open = |scope: &&String| {
        let name = scope.as_str();
        !SIGN_IN_SCOPES.contains(&name) && name != ".default" && !granted.contains(name)
    };
    let scopes: BTreeSet<String> = scopes.iter().filter(is_open).cloned().collect();
    let for_oneself = scopes.iter().all(|scope| FOR_ONESELF.contains(&scope.as_str()));
    let directory = world.directory();
    let is_admin = directory
        .person(person)
        .is_some_and(|person| person.directory_roles.iter().any(|role| MAY_AGREE.contains(&role.as_str())));
    let may_agree = for_oneself || is_admin;
    (!scopes.is_empty()).then_some(Missing { scopes, may_agree })
}

/// Says who has not agreed yet; Entra's number for it is 65001.
pub(crate) fn description(world: &World, client_id: Uuid) -> String {
    format!(
        "The user or administrator has not consented to use the application with ID '{client_id}'. \
         Send an interactive authorization request for this user and resource. Tenant: {}.",
        world.options.tenant_id
    )
}

/// Whether a sign-in goes on.
#[derive(Debug)]
pub(crate) enum Settled {
    /// Everything is agreed to.
    Agreed,
    /// The person is asked first.
    Asked(Reply),
    /// The person does not agree.
    Declined,
}

/// Asks for what is missing, or hears the answer.
pub(crate) fn settle(world: &World, ask: &Ask, request: &AuthorizeRequest, person: Uuid) -> Settled {
    let Some(missing) = missing(world, person, &request.scopes) else {
        return Settled::Agreed;
    };
    let form = if ask.method == "POST" { ask.form() } else { Vec::new() };
    match first(&form, "consent") {
        Some("yes") if missing.may_agree => {
            world.granted().extend(missing.scopes);
            Settled::Agreed
        }
        Some(_) => Settled::Declined,
        None => Settled::Asked(pages::consent(world, person, &missing)),
    }
}
