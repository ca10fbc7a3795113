//! What a group opens: its roles in applications.

use serde_json::{Value, json};

use super::errors::GraphError;
use super::permissions::APP_ROLES;
use super::plain::Plain;
use super::scene::Scene;
use crate::company::AppRoleAssignment;
use crate::exchange::Reply;
use crate::keys::encode;

/// Answers `GET /groups/{id}/appRoleAssignments`.
pub(crate) fn list(scene: &Scene<'_>, id: &str) -> Result<Reply, GraphError> {
    scene.allow(&APP_ROLES)?;
    let group = scene.group(id)?.id;
    let own = scene.directory.tenant.app_roles.iter().filter(|assignment| assignment.group == group);
    let shown = own.map(|assignment| shown(scene, assignment)).collect();
    let context = format!("groups('{group}')/appRoleAssignments");
    scene.plain_list(shown, &Plain { context: &context, indexed: &["resourceId"], ..Plain::default() })
}

fn shown(scene: &Scene<'_>, assignment: &AppRoleAssignment) -> Value {
    let AppRoleAssignment { group, application, role } = assignment;
    let directory = &scene.directory;
    let number = group.as_u128() ^ application.as_u128().rotate_left(8) ^ role.as_u128().rotate_left(16);
    json!({
        "id": encode([number.to_be_bytes(), role.as_u128().to_be_bytes()].concat()),
        "deletedDateTime": null,
        "appRoleId": role,
        "createdDateTime": directory.group(*group).map(|group| group.created.clone()),
        "principalDisplayName": directory.group(*group).map(|group| group.display_name.clone()),
        "principalId": group,
        "principalType": "Group",
        "resourceDisplayName": directory.service_principal(*application).map(|found| found.display_name.clone()),
        "resourceId": application,
    })
}
