//! What belongs to a person: the groups they own and are in, their roles. `/me/…` and `/users/{id}/…` alike.

use uuid::Uuid;

use super::errors::GraphError;
use super::list::Of;
use super::members::{cast_of, only};
use super::permissions::{ALL_MEMBER_OF, CHECK_GROUPS, MEMBER_GROUPS, MEMBER_OF, OWNED, Permissions};
use super::scene::Scene;
use super::{checks, managers, people, photos, send_mail};
use crate::directory::Link;
use crate::directory_roles;
use crate::exchange::Reply;

/// Answers what is below a person.
pub(crate) fn route(scene: &mut Scene<'_>, person: Uuid, below: &[&str]) -> Result<Reply, GraphError> {
    match (scene.ask.method.as_str(), below) {
        ("GET", []) => people::show(scene, person),
        ("GET", ["photo", rest @ ..]) => photos::of_person(scene, person, None, rest),
        ("GET", ["photos", size, rest @ ..]) => photos::of_person(scene, person, Some(size), rest),
        ("GET", ["manager"]) => managers::show(scene, person),
        ("GET", ["ownedObjects", rest @ ..]) => owned(scene, person, rest),
        ("GET", ["memberOf", rest @ ..]) => {
            allow_of(scene, person, &MEMBER_OF)?;
            let groups = scene.directory.groups_of(person, Link::Member);
            collection(scene, with_roles(scene, person, groups), rest, false)
        }
        ("GET", ["transitiveMemberOf", rest @ ..]) => {
            allow_of(scene, person, &ALL_MEMBER_OF)?;
            let groups = scene.directory.all_groups_of(person);
            collection(scene, with_roles(scene, person, groups), rest, true)
        }
        ("POST", ["checkMemberGroups"]) => {
            scene.allow(&CHECK_GROUPS)?;
            checks::some_groups(scene, person)
        }
        ("POST", ["getMemberGroups"]) => {
            scene.allow(&MEMBER_GROUPS)?;
            checks::all_groups(scene, person)
        }
        ("POST", ["sendMail"]) => send_mail::send(scene, person),
        ("PATCH" | "DELETE", []) => Err(GraphError::denied()),
        (_, [] | ["photo" | "photos" | "manager" | "ownedObjects" | "memberOf" | "transitiveMemberOf", ..]) => {
            Err(GraphError::method())
        }
        (_, ["checkMemberGroups" | "getMemberGroups" | "sendMail"]) => Err(GraphError::method()),
        _ => Err(GraphError::not_modelled()),
    }
}

fn owned(scene: &Scene<'_>, person: Uuid, below: &[&str]) -> Result<Reply, GraphError> {
    allow_of(scene, person, &OWNED)?;
    let groups = scene.directory.groups_of(person, Link::Owner);
    // Whether this cast needs the index is not documented; other casts of lists do.
    collection(scene, groups, below, true)
}

/// Checks a permission; `User.Read` is enough for what is the caller's own.
fn allow_of(scene: &Scene<'_>, person: Uuid, permissions: &Permissions) -> Result<(), GraphError> {
    if scene.caller.person == Some(person) {
        return scene.allow(permissions);
    }
    scene.demand_sees_person(person)?;
    let of_others = |name: &&&str| **name != "User.Read";
    let delegated: Vec<&str> = permissions.delegated.iter().filter(of_others).copied().collect();
    scene.demand(if scene.caller.is_app() { permissions.application } else { &delegated })
}

/// Adds the person's directory roles to their groups, without groups that hide their members from the caller.
fn with_roles(scene: &Scene<'_>, person: Uuid, groups: Vec<Uuid>) -> Vec<Uuid> {
    let mut found = checks::visible(scene, person, groups);
    let roles = scene.directory.person(person).map(|person| person.directory_roles.as_slice()).unwrap_or_default();
    found.extend(roles.iter().filter_map(|role| directory_roles::object_id(role)));
    found
}

/// Answers a list of groups and roles, as a whole or cast to one kind.
pub(crate) fn collection(
    scene: &Scene<'_>,
    ids: Vec<Uuid>,
    below: &[&str],
    cast_is_advanced: bool,
) -> Result<Reply, GraphError> {
    if (scene.query.filter.is_some() || scene.query.order_by.is_some()) && !scene.query.is_advanced() {
        return Err(GraphError::needs_advanced());
    }
    match below {
        [] => scene.list(ids, Of::Anything),
        ["$count"] => scene.count(ids, Of::Anything),
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
