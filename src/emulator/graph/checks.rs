//! Asking which groups an object is in, through other groups too.

use serde_json::{Value, json};
use uuid::Uuid;

use super::errors::GraphError;
use super::scene::{Scene, object_id};
use crate::exchange::Reply;

/// Graph takes this many ids in one call of `checkMemberGroups`.
const MOST: usize = 20;

/// Answers `checkMemberGroups`: which of the named groups the object is in.
pub(crate) fn some_groups(scene: &Scene<'_>, object: Uuid) -> Result<Reply, GraphError> {
    let body = scene.body()?;
    let asked = body["groupIds"].as_array().cloned().unwrap_or_default();
    if asked.is_empty() || asked.len() > MOST {
        return Err(GraphError::bad(format!("The number of group ids must be between 1 and {MOST}.")));
    }
    let asked: Result<Vec<Uuid>, GraphError> =
        asked.iter().map(|id| object_id(id.as_str().unwrap_or_default())).collect();
    let mine = visible(scene, object, scene.directory.all_groups_of(object));
    let found: Vec<Uuid> = asked?.into_iter().filter(|id| mine.contains(id)).collect();
    Ok(strings(scene, &found))
}

/// Answers `getMemberGroups`: every group the object is in, or every one that can protect something.
pub(crate) fn all_groups(scene: &Scene<'_>, object: Uuid) -> Result<Reply, GraphError> {
    let only_security = match &scene.body()?["securityEnabledOnly"] {
        Value::Bool(only) => *only,
        _ => return Err(GraphError::bad("A value is required for parameter 'securityEnabledOnly'.")),
    };
    let mut mine = visible(scene, object, scene.directory.all_groups_of(object));
    let is_security = |id: &Uuid| scene.directory.group(*id).is_some_and(|group| group.security_enabled);
    mine.retain(|id| !only_security || is_security(id));
    Ok(strings(scene, &mine))
}

/// Leaves out groups that hide their members from the caller.
pub(crate) fn visible(scene: &Scene<'_>, object: Uuid, mut groups: Vec<Uuid>) -> Vec<Uuid> {
    let sees = |id: &Uuid| scene.directory.group(*id).is_some_and(|group| scene.sees_members(group));
    groups.retain(|id| scene.caller.person == Some(object) || sees(id));
    groups
}

fn strings(scene: &Scene<'_>, ids: &[Uuid]) -> Reply {
    let context = format!("{}/$metadata#Collection(Edm.String)", scene.world.graph_url());
    Reply::json(json!({ "@odata.context": context, "value": ids }))
}
