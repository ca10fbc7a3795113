//! What people may do without a directory role.

use serde_json::Value;
use uuid::Uuid;

use super::errors::GraphError;
use super::permissions::{CHANGE_POLICY, POLICY};
use super::scene::Scene;
use crate::audit::{Activity, Target};
use crate::exchange::Reply;
use crate::rules;

/// Roles that may change the policy.
const WRITERS: [&str; 2] = ["Global Administrator", "Privileged Role Administrator"];

/// Answers `/policies/authorizationPolicy`, of which there is one.
pub(crate) fn route(scene: &mut Scene<'_>) -> Result<Reply, GraphError> {
    match scene.ask.method.as_str() {
        "GET" => {
            scene.allow(&POLICY)?;
            scene.plain_object(scene.directory.tenant.policy.shown(), "policies/authorizationPolicy")
        }
        "PATCH" => update(scene),
        _ => Err(GraphError::method()),
    }
}

fn update(scene: &mut Scene<'_>) -> Result<Reply, GraphError> {
    scene.allow(&CHANGE_POLICY)?;
    scene.demand_role(&WRITERS)?;
    let body = scene.body()?;
    let mut policy = scene.directory.tenant.policy.clone();
    for (name, value) in body.as_object().into_iter().flatten() {
        let wrong = || GraphError::bad(format!("Invalid value specified for property '{name}'."));
        match name.as_str() {
            "guestUserRoleId" => {
                let id = value.as_str().and_then(|id| Uuid::parse_str(id).ok());
                policy.guest_user_role_id = id.ok_or_else(wrong)?;
            }
            "defaultUserRolePermissions" => {
                for (name, value) in value.as_object().into_iter().flatten() {
                    let allowed = value.as_bool().ok_or_else(wrong)?;
                    match name.as_str() {
                        "allowedToCreateSecurityGroups" => policy.allowed_to_create_security_groups = allowed,
                        "allowedToReadOtherUsers" => policy.allowed_to_read_other_users = allowed,
                        _ => return Err(GraphError::not_modelled()),
                    }
                }
            }
            _ => return Err(GraphError::not_modelled()),
        }
    }

    let (before, after) = (scene.directory.tenant.policy.shown(), policy.shown());
    scene.directory.tenant.policy = policy;
    let target = Target::named(Uuid::nil(), "Policy", "Authorization Policy");
    scene.audit(Activity::POLICY, vec![target.modified("Policy", before, after)]);
    Ok(Reply::no_content())
}

impl Scene<'_> {
    /// Refuses a person who holds none of these directory roles; applications need none.
    pub(crate) fn demand_role(&self, roles: &[&str]) -> Result<(), GraphError> {
        let may = self.caller.person.is_none_or(|me| rules::holds_any_role(&self.directory, me, roles));
        if may { Ok(()) } else { Err(GraphError::denied()) }
    }
}

/// Reads a body that must be an object.
pub(crate) fn object(body: &Value) -> Result<&serde_json::Map<String, Value>, GraphError> {
    body.as_object().ok_or_else(|| GraphError::new(400, "BadRequest", "Unable to read JSON request payload."))
}
