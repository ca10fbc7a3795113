//! Who is in a group and who owns it: reading.

use serde_json::json;
use uuid::Uuid;

use super::errors::GraphError;
use super::list::Of;
use super::permissions::{ALL_GROUP_MEMBER_OF, GROUP_MEMBER_OF, MEMBERS, OWNERS};
use super::scene::Scene;
use super::{checks, mine};
use crate::company::Group;
use crate::directory::{Directory, Kind, Link};
use crate::exchange::{Content, Reply};

/// Answers `GET /groups/{id}/owners` and below.
pub(crate) fn owners(scene: &Scene<'_>, id: &str, below: &[&str]) -> Result<Reply, GraphError> {
    scene.allow(&OWNERS)?;
    let group = scene.group(id)?;
    scene.demand_sees_people_of(group)?;
    let owners = scene.readable_owners(group);
    collection(scene, owners, below)
}

/// Answers `GET /groups/{id}/members` and below.
pub(crate) fn members(scene: &Scene<'_>, id: &str, below: &[&str]) -> Result<Reply, GraphError> {
    scene.allow(&MEMBERS)?;
    let group = scene.group(id)?;
    scene.demand_sees_people_of(group)?;
    let members = scene.readable_members(group)?;
    demand_index(scene)?;
    collection(scene, members, below)
}

/// Answers `GET /groups/{id}/transitiveMembers` and below.
pub(crate) fn all_members(scene: &Scene<'_>, id: &str, below: &[&str]) -> Result<Reply, GraphError> {
    scene.allow(&MEMBERS)?;
    let group = scene.group(id)?;
    scene.demand_sees_people_of(group)?;
    let members = match scene.readable_members(group)? {
        none if none.is_empty() => none,
        _ => scene.directory.all_members(group.id),
    };
    demand_index(scene)?;
    collection(scene, members, below)
}

impl Scene<'_> {
    /// Returns the owners that Graph can read: none for groups mastered on-premises or in Exchange.
    pub(crate) fn readable_owners(&self, group: &Group) -> Vec<Uuid> {
        let elsewhere = group.on_premises_sync_enabled == Some(true) || (group.mail_enabled && !group.is_unified());
        if elsewhere { Vec::new() } else { group.owners.clone() }
    }

    /// Returns the direct members the caller may see.
    pub(crate) fn readable_members(&self, group: &Group) -> Result<Vec<Uuid>, GraphError> {
        if !self.sees_members(group) {
            let forbidden = self.behaviour.hidden_members_forbidden;
            return if forbidden { Err(GraphError::denied()) } else { Ok(Vec::new()) };
        }
        Ok(group.members.clone())
    }
}

/// Filters and sorting of members are answered by the index only.
fn demand_index(scene: &Scene<'_>) -> Result<(), GraphError> {
    if scene.query.filter.is_some() || scene.query.order_by.is_some() {
        return scene.query.demand_advanced();
    }
    Ok(())
}

fn collection(scene: &Scene<'_>, ids: Vec<Uuid>, below: &[&str]) -> Result<Reply, GraphError> {
    match below {
        [] => scene.list(ids, Of::Anything),
        ["$count"] => scene.count(ids, Of::Anything),
        ["$ref"] => references(scene, ids),
        [cast] => {
            let (kind, of) = cast_of(cast)?;
            scene.query.demand_advanced()?;
            scene.list(only(&scene.directory, ids, kind), of)
        }
        [cast, "$count"] => {
            let (kind, of) = cast_of(cast)?;
            scene.count(only(&scene.directory, ids, kind), of)
        }
        [other, ..] => Err(GraphError::new(
            404,
            "Request_ResourceNotFound",
            format!("Resource not found for the segment '{other}'."),
        )),
    }
}

/// Answers with the addresses of the objects.
fn references(scene: &Scene<'_>, ids: Vec<Uuid>) -> Result<Reply, GraphError> {
    let mut reply = scene.list(ids, Of::Anything)?;
    if let Content::Json(body) = &mut reply.content {
        let graph = scene.world.graph_url();
        body["@odata.context"] = format!("{graph}/$metadata#Collection($ref)").into();
        for object in body["value"].as_array_mut().into_iter().flatten() {
            let id = object["id"].as_str().unwrap_or_default();
            *object = json!({ "@odata.id": format!("{graph}/directoryObjects/{id}") });
        }
    }
    Ok(reply)
}

/// Answers `GET /groups/{id}/memberOf`, `…/transitiveMemberOf` and below.
pub(crate) fn parents(scene: &Scene<'_>, id: &str, all: bool, below: &[&str]) -> Result<Reply, GraphError> {
    scene.allow(if all { &ALL_GROUP_MEMBER_OF } else { &GROUP_MEMBER_OF })?;
    let id = scene.group(id)?.id;
    let groups = if all { scene.directory.all_groups_of(id) } else { scene.directory.groups_of(id, Link::Member) };
    mine::collection(scene, checks::visible(scene, id, groups), below, true)
}

/// Keeps the objects of one kind.
pub(crate) fn only(directory: &Directory, mut ids: Vec<Uuid>, kind: Option<Kind>) -> Vec<Uuid> {
    ids.retain(|id| kind.is_some() && directory.kind(*id) == kind);
    ids
}

/// Reads a cast segment; the kind is `None` for kinds that exist and that this directory has none of.
pub(crate) fn cast_of(segment: &str) -> Result<(Option<Kind>, Of), GraphError> {
    let name = segment.strip_prefix("microsoft.").unwrap_or(segment);
    match name {
        "graph.user" => Ok((Some(Kind::Person), Of::People)),
        "graph.group" => Ok((Some(Kind::Group), Of::Groups)),
        "graph.directoryRole" => Ok((Some(Kind::Role), Of::Roles)),
        "graph.servicePrincipal" => Ok((Some(Kind::ServicePrincipal), Of::Anything)),
        "graph.device" | "graph.orgContact" | "graph.administrativeUnit" => Ok((None, Of::Anything)),
        _ => Err(GraphError::unsupported(format!("The cast segment '{segment}' is not supported."))),
    }
}
