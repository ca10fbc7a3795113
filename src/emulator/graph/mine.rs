//! What belongs to a person: the groups they own and are in. `/me/…` and `/users/{id}/…` alike.

use serde_json::{Value, json};
use uuid::Uuid;

use super::errors::GraphError;
use super::list::Of;
use super::members::{cast_of, only};
use super::people;
use super::scene::{READS_GROUPS, READS_PEOPLE, Scene, object_id};
use crate::directory::Link;
use crate::exchange::Reply;

/// Answers what is below a person.
pub(crate) fn route(scene: &Scene<'_>, person: Uuid, below: &[&str]) -> Result<Reply, GraphError> {
    match (scene.ask.method.as_str(), below) {
        ("GET", []) => people::show(scene, person),
        ("GET", ["photo" | "photos", ..]) => Err(people::no_photo()),
        ("GET", ["manager"]) => {
            scene.demand(&READS_PEOPLE)?;
            Err(GraphError::new(
                404,
                "Request_ResourceNotFound",
                format!("Resource 'manager' of '{person}' does not exist."),
            ))
        }
        ("GET", ["ownedObjects", rest @ ..]) => owned(scene, person, rest),
        ("GET", ["memberOf", rest @ ..]) => {
            demand_memberships(scene, person)?;
            let groups = scene.directory.groups_of(person, Link::Member);
            collection(scene, visible(scene, person, groups), rest, false)
        }
        ("GET", ["transitiveMemberOf", rest @ ..]) => {
            demand_memberships(scene, person)?;
            let groups = scene.directory.all_groups_of(person);
            collection(scene, visible(scene, person, groups), rest, true)
        }
        ("POST", ["checkMemberGroups"]) => check_groups(scene, person),
        ("POST", ["getMemberGroups"]) => all_groups(scene, person),
        ("PATCH" | "DELETE", []) => Err(GraphError::denied()),
        (
            _,
            [] | ["ownedObjects" | "memberOf" | "transitiveMemberOf" | "checkMemberGroups" | "getMemberGroups", ..],
        ) => Err(GraphError::method()),
        _ => Err(GraphError::not_modelled()),
    }
}

fn owned(scene: &Scene<'_>, person: Uuid, below: &[&str]) -> Result<Reply, GraphError> {
    if scene.caller.person == Some(person) {
        scene.demand(&[["User.Read"].as_slice(), READS_PEOPLE.as_slice()].concat())?;
    } else {
        scene.demand(&READS_PEOPLE)?;
    }
    let groups = scene.directory.groups_of(person, Link::Owner);
    collection(scene, groups, below, scene.behaviour.owned_objects_cast_is_advanced)
}

fn demand_memberships(scene: &Scene<'_>, person: Uuid) -> Result<(), GraphError> {
    let own = scene.caller.person == Some(person) && scene.caller.holds_any(&["User.Read"]);
    let more = ["GroupMember.ReadBasic.All"];
    if own { Ok(()) } else { scene.demand(&[READS_GROUPS.as_slice(), more.as_slice()].concat()) }
}

/// Leaves out groups that hide their members from the caller.
fn visible(scene: &Scene<'_>, person: Uuid, mut groups: Vec<Uuid>) -> Vec<Uuid> {
    let sees = |id: &Uuid| scene.directory.group(*id).is_some_and(|group| scene.sees_members(group));
    groups.retain(|id| scene.caller.person == Some(person) || sees(id));
    groups
}

fn collection(scene: &Scene<'_>, ids: Vec<Uuid>, below: &[&str], cast_is_advanced: bool) -> Result<Reply, GraphError> {
    if (scene.query.filter.is_some() || scene.query.order_by.is_some()) && !scene.query.is_advanced() {
        return Err(GraphError::needs_advanced());
    }
    match below {
        [] => scene.list(ids, Of::Anything),
        ["$count"] => scene.count(ids, Of::Anything),
        // Directory roles are not modelled as objects.
        ["microsoft.graph.directoryRole" | "graph.directoryRole", ..] => Err(GraphError::not_modelled()),
        [cast] => {
            let (kind, of) = cast_of(cast)?;
            if cast_is_advanced {
                scene.query.demand_advanced()?;
            }
            scene.list(only(&scene.directory, ids, kind), of)
        }
        [cast, "$count"] => {
            let (kind, of) = cast_of(cast)?;
            scene.count(only(&scene.directory, ids, kind), of)
        }
        _ => Err(GraphError::not_modelled()),
    }
}

fn check_groups(scene: &Scene<'_>, person: Uuid) -> Result<Reply, GraphError> {
    demand_checks(scene)?;
    let body = scene.body()?;
    let asked = body["groupIds"].as_array().cloned().unwrap_or_default();
    // Graph takes 20 ids in one call.
    if asked.is_empty() || asked.len() > 20 {
        return Err(GraphError::bad("The number of group ids must be between 1 and 20."));
    }
    let asked: Result<Vec<Uuid>, GraphError> =
        asked.iter().map(|id| object_id(id.as_str().unwrap_or_default())).collect();
    let mine = visible(scene, person, scene.directory.all_groups_of(person));
    let found: Vec<Uuid> = asked?.into_iter().filter(|id| mine.contains(id)).collect();
    Ok(strings(scene, &found))
}

fn all_groups(scene: &Scene<'_>, person: Uuid) -> Result<Reply, GraphError> {
    demand_checks(scene)?;
    let only_security = scene.body()?["securityEnabledOnly"] == Value::Bool(true);
    let mut mine = visible(scene, person, scene.directory.all_groups_of(person));
    let is_security = |id: &Uuid| scene.directory.group(*id).is_some_and(|group| group.security_enabled);
    mine.retain(|id| !only_security || is_security(id));
    Ok(strings(scene, &mine))
}

fn demand_checks(scene: &Scene<'_>) -> Result<(), GraphError> {
    let more = ["GroupMember.ReadBasic.All", "User.Read.All"];
    scene.demand(&[READS_GROUPS.as_slice(), more.as_slice()].concat())
}

fn strings(scene: &Scene<'_>, ids: &[Uuid]) -> Reply {
    let context = format!("{}/$metadata#Collection(Edm.String)", scene.world.graph_url());
    Reply::json(json!({ "@odata.context": context, "value": ids }))
}
