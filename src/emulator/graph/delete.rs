//! Deleting a group, and the recycle bin it goes to.

use uuid::Uuid;

use super::create::{conflict, is_taken};
use super::errors::{Detail, GraphError};
use super::list::Of;
use super::permissions::{BIN, CHANGE_GROUP, DELETE_GROUP, PURGE};
use super::scene::{Scene, object_id};
use crate::audit::{Activity, Target};
use crate::company::Group;
use crate::directory::Kind;
use crate::exchange::Reply;
use crate::rules;

/// Answers `DELETE /groups/{id}`: the group can be restored for 30 days.
pub(crate) fn delete(scene: &mut Scene<'_>, id: &str) -> Result<Reply, GraphError> {
    scene.allow(&DELETE_GROUP)?;
    let group = scene.group(id)?;
    rules::demand_cloud(group)?;
    rules::demand_manager(&scene.directory, scene.caller, group)?;

    let (id, targets) = (group.id, vec![Target::group(group)]);
    scene.directory.bin_group(id);
    scene.audit(Activity::DELETE_GROUP, targets);
    Ok(Reply::no_content())
}

/// Answers what is below `/directory/deletedItems`.
pub(crate) fn route(scene: &mut Scene<'_>, below: &[&str]) -> Result<Reply, GraphError> {
    match (scene.ask.method.as_str(), below) {
        // The kind of object is mandatory (directory-deleteditems-list.md).
        ("GET", [] | ["$count"]) => Err(GraphError::bad("The kind of deleted item must be part of the address.")),
        ("GET", ["microsoft.graph.group" | "graph.group"]) => {
            let ids = binned(scene)?;
            scene.list(ids, Of::Groups)
        }
        ("GET", ["microsoft.graph.group" | "graph.group", "$count"]) => {
            let ids = binned(scene)?;
            scene.count(ids, Of::Groups)
        }
        ("GET", [id]) => show(scene, id),
        ("DELETE", [id]) => purge(scene, id),
        ("POST", [id, "restore"]) => restore(scene, id),
        _ => Err(GraphError::method()),
    }
}

/// Returns the groups in the bin, by name, the default order of groups.
fn binned(scene: &Scene<'_>) -> Result<Vec<Uuid>, GraphError> {
    scene.allow(&BIN)?;
    scene.demand_no_guest()?;
    let mut groups: Vec<&Group> = scene.directory.tenant.bin.values().map(|(_, group)| group).collect();
    groups.sort_by_key(|group| (group.display_name.to_lowercase(), group.id));
    Ok(groups.into_iter().map(|group| group.id).collect())
}

fn find<'a>(scene: &'a Scene<'_>, id: &str) -> Result<&'a Group, GraphError> {
    let id = object_id(id)?;
    scene.directory.binned(id).ok_or_else(|| GraphError::missing(id))
}

fn show(scene: &Scene<'_>, id: &str) -> Result<Reply, GraphError> {
    scene.allow(&BIN)?;
    let id = find(scene, id)?.id;
    scene.check_select(&[Kind::Group], scene.query.select.as_deref())?;
    Ok(object(scene, id))
}

/// Answers `POST /directory/deletedItems/{id}/restore`: for owners of the group, and for who may manage every group.
fn restore(scene: &mut Scene<'_>, id: &str) -> Result<Reply, GraphError> {
    scene.allow(&CHANGE_GROUP)?;
    let group = find(scene, id)?;
    rules::demand_manager(&scene.directory, scene.caller, group)?;
    if is_taken(&scene.directory, &group.mail_nickname, group.id) {
        let detail = Detail { code: "ObjectConflict", ..conflict() };
        return Err(GraphError::bad(detail.message.clone()).with_detail(detail));
    }

    let (id, targets) = (group.id, vec![Target::group(group)]);
    scene.directory.restore_group(id);
    scene.audit(Activity::RESTORE_GROUP, targets);
    Ok(object(scene, id))
}

fn purge(scene: &mut Scene<'_>, id: &str) -> Result<Reply, GraphError> {
    scene.allow(&PURGE)?;
    let group = find(scene, id)?;
    let by_role = scene.caller.person.is_none_or(|me| rules::holds_role_for(&scene.directory, me, group));
    if !by_role {
        return Err(GraphError::denied());
    }

    let (id, targets) = (group.id, vec![Target::group(group)]);
    scene.directory.purge_from_bin(id);
    scene.audit(Activity::PURGE_GROUP, targets);
    Ok(Reply::no_content())
}

fn object(scene: &Scene<'_>, id: Uuid) -> Reply {
    let mut shown = scene.shown(id, scene.query.select.as_deref(), true);
    shown["@odata.context"] = format!("{}/$metadata#directoryObjects/$entity", scene.world.graph_url()).into();
    Reply::json(shown)
}
