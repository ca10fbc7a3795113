//! Microsoft Graph v1.0, as far as group management needs it.
//!
//! A call goes: [`serve`] → `single` (the token, the record of calls, faults) → `route` (its path) → the module of the
//! noun. Everything from `route` down is synchronous and holds the directory; waiting happens outside of it.

mod allowed;
mod app_roles;
mod audits;
mod batch;
mod binds;
mod checks;
mod create;
mod delete;
mod delta;
mod delta_rows;
mod delta_token;
pub(crate) mod errors;
mod filter;
mod filter_reader;
mod groups;
mod guests;
mod indexed;
mod lag;
mod lifecycle;
mod list;
mod managers;
mod members;
mod mine;
mod objects;
mod people;
pub(crate) mod permissions;
mod photos;
mod plain;
mod policy;
pub(crate) mod properties;
mod properties_written;
mod query;
mod renew;
mod scene;
mod search;
mod send_mail;
mod settings;
mod sign_ins;
pub(crate) mod units;
mod update;
mod validate;
mod writes;

use errors::GraphError;
use query::Query;
use scene::Scene;

use crate::calls::Call;
use crate::directory::Link;
use crate::exchange::{Ask, Dropped, Reply};
use crate::mishaps::with_fault;
use crate::record::Circumstances;
use crate::throttling;
use crate::tokens::{Caller, Unaccepted};
use crate::world::World;

/// Answers a call.
pub(crate) async fn serve(world: &World, ask: Ask) -> Result<Reply, Dropped> {
    single(world, &ask).await
}

/// Answers one call, a batch with its parts among them: records it, lets faults happen, and answers.
async fn single(world: &World, ask: &Ask) -> Result<Reply, Dropped> {
    let caller = caller(world, ask);
    let known = caller.as_ref().ok().cloned();
    let path = ask.shown(1);
    let ticket = world.calls.begin(Call {
        method: ask.method.clone(),
        path: path.clone(),
        oid: caller.as_ref().ok().and_then(|caller| caller.person),
        app: caller.as_ref().is_ok_and(Caller::is_app),
        status: 0,
        resource_units: units::cost(ask),
        client_request_id: ask.header("client-request-id").map(str::to_owned),
        body: (!ask.body.is_empty()).then(|| String::from_utf8_lossy(&ask.body).into_owned()),
    });
    let met = world.faults.take(&ask.method, &path);
    let metered = caller.as_ref().map(|caller| throttling::meter(world, ask, caller.app)).unwrap_or_default();
    let is_batch = ask.method == "POST" && ask.segments.get(1).is_some_and(|name| name == "$batch");
    let answer = async {
        let passed = caller.and_then(|caller| metered.pass().map(|()| caller));
        let answered = match passed.and_then(|caller| route(world, ask, &caller)) {
            // The parts are calls of their own.
            Ok(_) if is_batch => Box::pin(batch::answer(world, ask)).await,
            answered => answered,
        };
        metered.tell(dressed(world, ask, answered))
    };
    let fault = met.clone();
    let reply = with_fault(world, ask, met, answer).await;
    world.record.keep(ask, &reply, &Circumstances { side: "graph", caller: known, fault });
    let reply = reply?;
    world.calls.finish(ticket, reply.status);
    Ok(reply)
}

/// Returns who calls.
fn caller(world: &World, ask: &Ask) -> Result<Caller, GraphError> {
    let header = ask.header("authorization").unwrap_or_default();
    let token = header.strip_prefix("Bearer ").unwrap_or_default();
    if token.is_empty() {
        return Err(GraphError::token("Access token is empty."));
    }
    let caller = world.tokens().caller(token, world.clock.seconds()).map_err(|reason| match reason {
        Unaccepted::Unknown => GraphError::token("Access token validation failure."),
        Unaccepted::Expired => GraphError::expired_token(),
        Unaccepted::Challenged(not_before) => GraphError::claims_challenge(world, not_before),
        Unaccepted::Revoked => GraphError::token("Access token has expired or is not yet valid."),
    })?;
    let is_gone = caller.person.is_some_and(|id| world.directory().person(id).is_none());
    if is_gone { Err(GraphError::token("Access token validation failure.")) } else { Ok(caller) }
}

/// Gives a reply the headers every answer of Graph has.
fn dressed(world: &World, ask: &Ask, answer: Result<Reply, GraphError>) -> Reply {
    let reply = match (answer, ask.header("client-request-id")) {
        (Err(error), _) => error.into_reply(world, ask),
        (Ok(reply), None) => reply.with("request-id", uuid::Uuid::new_v4().to_string()),
        (Ok(reply), Some(id)) => {
            reply.with("request-id", uuid::Uuid::new_v4().to_string()).with("client-request-id", id.to_owned())
        }
    };
    reply.with("x-ms-resource-unit", units::cost(ask).to_string())
}

fn route(world: &World, ask: &Ask, caller: &Caller) -> Result<Reply, GraphError> {
    let path: Vec<&str> = ask.segments.iter().skip(1).map(String::as_str).collect();
    let behaviour = world.behaviour().clone();
    allowed::check(ask)?;
    let mut scene = Scene {
        world,
        ask,
        caller,
        query: Query::read(ask)?,
        behaviour,
        directory: lag::directory_for(world, ask, caller),
    };
    let scene = &mut scene;
    match (ask.method.as_str(), path.as_slice()) {
        // The parts are answered after this, one by one.
        ("POST", ["$batch"]) => Ok(Reply::new(200, crate::exchange::Content::Empty)),
        (_, ["me", below @ ..]) => {
            let me = caller.person.ok_or_else(|| {
                GraphError::new(400, "BadRequest", "/me request is only valid with delegated authentication flow.")
            })?;
            mine::route(scene, me, below)
        }
        ("GET", ["users"]) => people::list(scene),
        ("GET", ["users", "$count"]) => people::count(scene),
        ("GET", ["users", "delta" | "delta()"]) => delta::answer(scene, true),
        (_, ["users", id, below @ ..]) if !id.starts_with("delta") => {
            let person = scene.person(id)?;
            mine::route(scene, person, below)
        }
        (method, ["groups", below @ ..]) => below_groups(scene, method, below),
        (_, ["$batch"]) => Err(GraphError::method()),
        (_, ["directory", "deletedItems", below @ ..]) => delete::route(scene, below),
        (_, ["directoryObjects", below @ ..]) => objects::route(scene, below),
        (_, ["groupSettings", below @ ..]) => settings::route(scene, None, below),
        (_, ["groupSettingTemplates", below @ ..]) => settings::templates(scene, below),
        (_, ["groupLifecyclePolicies", below @ ..]) => lifecycle::route(scene, below),
        (_, ["policies", "authorizationPolicy"]) => policy::route(scene),
        (_, ["auditLogs", "directoryAudits", below @ ..]) => audits::route(scene, below),
        (_, ["users" | "directory" | "policies" | "auditLogs", ..]) => Err(GraphError::not_modelled()),
        (_, [other, ..]) => Err(no_segment(other)),
        (_, []) => Err(no_segment("")),
    }
}

/// What is below a group, for refusing other methods.
const GROUP_PARTS: [&str; 10] = [
    "members",
    "owners",
    "transitiveMembers",
    "memberOf",
    "transitiveMemberOf",
    "appRoleAssignments",
    "photo",
    "renew",
    "validateProperties",
    "checkMemberGroups",
];

fn below_groups(scene: &mut Scene<'_>, method: &str, below: &[&str]) -> Result<Reply, GraphError> {
    match (method, below) {
        ("GET", []) => groups::list(scene),
        ("GET", ["$count"]) => groups::count(scene),
        ("GET", ["delta" | "delta()"]) => delta::answer(scene, false),
        ("POST", []) => create::create(scene),
        ("GET", [id]) => groups::show(scene, id),
        ("PATCH", [id]) => update::update(scene, id),
        ("DELETE", [id]) => delete::delete(scene, id),
        ("POST", [id, "renew"]) => renew::renew(scene, id),
        ("POST", [id, "validateProperties"]) => validate::group(scene, id),
        ("POST", [id, "members", "$ref"]) => writes::add(scene, id, Link::Member),
        ("POST", [id, "owners", "$ref"]) => writes::add(scene, id, Link::Owner),
        ("DELETE", [id, "members", oid, "$ref"]) => writes::remove(scene, id, Link::Member, oid),
        ("DELETE", [id, "owners", oid, "$ref"]) => writes::remove(scene, id, Link::Owner, oid),
        ("DELETE", [_, "members" | "owners", _]) => Err(writes::delete_without_ref(scene)),
        ("GET", [id, "owners", rest @ ..]) => members::owners(scene, id, rest),
        ("GET", [id, "members", rest @ ..]) => members::members(scene, id, rest),
        ("GET", [id, "transitiveMembers", rest @ ..]) => members::all_members(scene, id, rest),
        ("GET", [id, "memberOf", rest @ ..]) => members::parents(scene, id, false, rest),
        ("GET", [id, "transitiveMemberOf", rest @ ..]) => members::parents(scene, id, true, rest),
        ("POST", [id, "checkMemberGroups"]) => groups::check(scene, id),
        ("GET", [id, "appRoleAssignments"]) => app_roles::list(scene, id),
        ("GET", [id, "photo", rest @ ..]) => photos::of_group(scene, id, None, rest),
        ("GET", [id, "photos", size, rest @ ..]) => photos::of_group(scene, id, Some(size), rest),
        ("GET", [id, "groupLifecyclePolicies"]) => lifecycle::of_group(scene, id),
        (_, [id, "settings", rest @ ..]) => settings::route(scene, Some(id), rest),
        (_, [_]) => Err(GraphError::method()),
        (_, [_, part, ..]) if GROUP_PARTS.contains(part) => Err(GraphError::method()),
        _ => Err(GraphError::not_modelled()),
    }
}

fn no_segment(name: &str) -> GraphError {
    let message = format!("Resource not found for the segment '{name}'.");
    GraphError::new(404, "Request_ResourceNotFound", message)
}
