//! The policy that lets groups expire.

use serde_json::{Value, json};
use uuid::Uuid;

use super::errors::GraphError;
use super::permissions::{CHANGE_LIFECYCLE, LIFECYCLE};
use super::plain::Plain;
use super::policy::object;
use super::scene::{Scene, object_id};
use crate::audit::{Activity, Target};
use crate::exchange::{Content, Reply};
use crate::policies::LifecyclePolicy;

/// A policy for selected groups holds at most this many.
const MOST_SELECTED: usize = 500;

/// The shortest life of a group under a policy, in days.
const SHORTEST: u64 = 30;

/// Roles that may write the policy.
const WRITERS: [&str; 3] = ["Global Administrator", "Groups Administrator", "User Administrator"];

/// Answers `/groupLifecyclePolicies` and below.
pub(crate) fn route(scene: &mut Scene<'_>, below: &[&str]) -> Result<Reply, GraphError> {
    match (scene.ask.method.as_str(), below) {
        ("GET", []) => {
            scene.allow(&LIFECYCLE)?;
            let all = scene.directory.tenant.lifecycle.iter().map(LifecyclePolicy::shown).collect();
            scene.plain_list(all, &Plain { context: "groupLifecyclePolicies", ..Plain::default() })
        }
        ("POST", []) => create(scene),
        ("GET", [id]) => {
            scene.allow(&LIFECYCLE)?;
            scene.plain_object(find(scene, id)?.shown(), "groupLifecyclePolicies")
        }
        ("PATCH", [id]) => update(scene, id),
        ("DELETE", [id]) => {
            allow(scene)?;
            let policy = find(scene, id)?;
            keep(scene, &policy, None);
            Ok(Reply::no_content())
        }
        ("POST", [id, "addGroup"]) => select(scene, id, true),
        ("POST", [id, "removeGroup"]) => select(scene, id, false),
        _ => Err(GraphError::method()),
    }
}

/// Answers `GET /groups/{id}/groupLifecyclePolicies`.
pub(crate) fn of_group(scene: &Scene<'_>, id: &str) -> Result<Reply, GraphError> {
    scene.allow(&LIFECYCLE)?;
    let group = scene.group(id)?;
    let policy = scene.directory.tenant.lifecycle.iter();
    let about = policy.filter(|policy| group.is_unified() && policy.is_about(group.id));
    let shown = about.map(LifecyclePolicy::shown).collect();
    scene.plain_list(shown, &Plain { context: "groupLifecyclePolicies", ..Plain::default() })
}

fn allow(scene: &Scene<'_>) -> Result<(), GraphError> {
    scene.allow(&CHANGE_LIFECYCLE)?;
    scene.demand_role(&WRITERS)
}

fn find(scene: &Scene<'_>, id: &str) -> Result<LifecyclePolicy, GraphError> {
    let id = object_id(id)?;
    let policy = scene.directory.tenant.lifecycle.as_ref().filter(|policy| policy.id == id);
    policy.cloned().ok_or_else(|| GraphError::missing(id))
}

/// Creates the policy; a tenant has one at most.
fn create(scene: &mut Scene<'_>) -> Result<Reply, GraphError> {
    allow(scene)?;
    let body = scene.body()?;
    if scene.directory.tenant.lifecycle.is_some() {
        return Err(GraphError::bad("The tenant already has a policy for the lifecycle of groups."));
    }
    let mut policy = LifecyclePolicy { id: Uuid::new_v4(), ..LifecyclePolicy::for_all(0) };
    write(&mut policy, &body)?;
    if policy.days == 0 || body["managedGroupTypes"].is_null() {
        return Err(GraphError::bad("A value is required for 'groupLifetimeInDays' and 'managedGroupTypes'."));
    }
    let shown = with_context(scene, &policy);
    keep(scene, &policy.clone(), Some(policy));
    Ok(Reply::new(201, Content::Json(shown)))
}

fn update(scene: &mut Scene<'_>, id: &str) -> Result<Reply, GraphError> {
    allow(scene)?;
    let mut policy = find(scene, id)?;
    write(&mut policy, &scene.body()?)?;
    let shown = with_context(scene, &policy);
    keep(scene, &policy.clone(), Some(policy));
    Ok(Reply::json(shown))
}

fn with_context(scene: &Scene<'_>, policy: &LifecyclePolicy) -> Value {
    let mut shown = policy.shown();
    shown["@odata.context"] = format!("{}/$metadata#groupLifecyclePolicies/$entity", scene.world.graph_url()).into();
    shown
}

fn write(policy: &mut LifecyclePolicy, body: &Value) -> Result<(), GraphError> {
    for (name, value) in object(body)? {
        let wrong = || GraphError::bad(format!("Invalid value specified for property '{name}'."));
        match name.as_str() {
            "groupLifetimeInDays" => {
                let days = value.as_u64().filter(|days| *days >= SHORTEST).and_then(|days| u32::try_from(days).ok());
                policy.days = days.ok_or_else(wrong)?;
            }
            "managedGroupTypes" => {
                let kinds = value.as_str().filter(|kinds| ["All", "Selected", "None"].contains(kinds));
                kinds.ok_or_else(wrong)?.clone_into(&mut policy.managed_group_types);
            }
            "alternateNotificationEmails" => {
                value.as_str().ok_or_else(wrong)?.clone_into(&mut policy.alternate_notification_emails);
            }
            _ => return Err(wrong()),
        }
    }
    Ok(())
}

/// Answers `addGroup` and `removeGroup`: whether the policy is about the group now, or no more.
fn select(scene: &mut Scene<'_>, id: &str, selected: bool) -> Result<Reply, GraphError> {
    allow(scene)?;
    let mut policy = find(scene, id)?;
    let body = scene.body()?;
    let group = scene.group(body["groupId"].as_str().unwrap_or_default())?;
    let (group, is_unified) = (group.id, group.is_unified());
    let is_listed = policy.selected.contains(&group);
    let fits = policy.managed_group_types == "Selected" && is_unified;
    let full = selected && policy.selected.len() >= MOST_SELECTED;
    let done = fits && is_listed != selected && !full;
    if done && selected {
        policy.selected.push(group);
    } else if done {
        policy.selected.retain(|other| *other != group);
    }
    if done {
        keep(scene, &policy.clone(), Some(policy));
    }
    let context = format!("{}/$metadata#Edm.Boolean", scene.world.graph_url());
    Ok(Reply::json(json!({ "@odata.context": context, "value": done })))
}

fn keep(scene: &mut Scene<'_>, about: &LifecyclePolicy, policy: Option<LifecyclePolicy>) {
    scene.directory.tenant.lifecycle = policy;
    let target = Target::named(about.id, "Policy", "Group lifecycle policy");
    scene.audit(Activity::LIFECYCLE, vec![target]);
}
