//! Renewing a group that would expire.

use super::errors::GraphError;
use super::permissions::CHANGE_GROUP;
use super::scene::Scene;
use crate::audit::{Activity, Target};
use crate::clock::instant;
use crate::exchange::Reply;
use crate::rules;

/// Answers `POST /groups/{id}/renew`: the policy's days start anew. Without a policy for the group there is nothing to
/// renew; how Graph words that is not documented.
pub(crate) fn renew(scene: &mut Scene<'_>, id: &str) -> Result<Reply, GraphError> {
    scene.allow(&CHANGE_GROUP)?;
    let group = scene.group(id)?;
    rules::demand_cloud(group)?;
    rules::demand_manager(&scene.directory, scene.caller, group)?;
    let policy = scene.directory.tenant.lifecycle.as_ref();
    if !(group.is_unified() && policy.is_some_and(|policy| policy.is_about(group.id))) {
        return Err(GraphError::bad("The group cannot be renewed because no expiration policy applies to it."));
    }

    let (id, targets, now) = (group.id, vec![Target::group(group)], instant(scene.directory.stamp.at));
    scene.directory.change_group(id, |group| group.renewed = Some(now));
    scene.audit(Activity::RENEW_GROUP, targets);
    Ok(Reply::no_content())
}
