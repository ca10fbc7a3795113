//! The audit log.

use super::errors::GraphError;
use super::permissions::AUDITS;
use super::plain::Plain;
use super::scene::Scene;
use crate::audit::Entry;
use crate::exchange::Reply;

/// Roles that may read the log; a person needs one besides the permission, so owners cannot read it.
pub(crate) const READERS: [&str; 5] =
    ["Reports Reader", "Security Reader", "Security Administrator", "Global Reader", "Global Administrator"];

const LOG: Plain<'_> = Plain {
    context: "auditLogs/directoryAudits",
    indexed: &[
        "activityDateTime",
        "activityDisplayName",
        "category",
        "correlationId",
        "loggedByService",
        "result",
        "initiatedBy/user/id",
        "initiatedBy/user/displayName",
        "initiatedBy/user/userPrincipalName",
        "initiatedBy/app/appId",
        "initiatedBy/app/displayName",
        "targetResources/id",
        "targetResources/displayName",
    ],
    sorted: &["activityDateTime"],
};

/// Answers `GET /auditLogs/directoryAudits` and below; the newest entry comes first.
pub(crate) fn route(scene: &Scene<'_>, below: &[&str]) -> Result<Reply, GraphError> {
    if scene.ask.method != "GET" {
        return Err(GraphError::method());
    }
    scene.allow(&AUDITS)?;
    scene.demand_role(&READERS)?;
    let lag = i64::try_from(scene.world.behaviour().audit_lag_millis).unwrap_or(i64::MAX / 2);
    let written = scene.world.clock.millis() - lag;
    let mut newest_first = scene.directory.tenant.audit.entries.iter().rev().filter(|entry| entry.at <= written);
    match below {
        [] => scene.plain_list(newest_first.map(Entry::shown).collect(), &LOG),
        [id] => {
            let entry = newest_first.find(|entry| entry.id == *id).ok_or_else(|| GraphError::missing(id))?;
            scene.plain_object(entry.shown(), LOG.context)
        }
        _ => Err(GraphError::not_modelled()),
    }
}
