//! Creating a group.

use serde_json::{Map, Value};
use uuid::Uuid;

use super::binds::Binds;
use super::errors::{Detail, GraphError};
use super::permissions::CREATE_GROUP;
use super::properties_written::{EXCHANGE, Occasion, write};
use super::scene::Scene;
use crate::audit::{Activity, Target};
use crate::clock::instant;
use crate::company::Group;
use crate::directory::{Directory, Link};
use crate::exchange::{Content, Reply};
use crate::tenant::Creation;
use crate::{naming, quota, rules, rules_links};

/// Answers `POST /groups`.
pub(crate) fn create(scene: &mut Scene<'_>) -> Result<Reply, GraphError> {
    scene.allow(&CREATE_GROUP)?;
    let body = scene.body()?;
    let (mut group, binds) = (draft(scene, &body)?, Binds::read(&scene.world.graph_url(), &body)?);
    rules::demand_creator(&scene.directory, scene.caller, &group)?;
    demand_names(scene, &group, None)?;
    if let Some(me) = scene.caller.person {
        quota::demand_room(&scene.directory, me)?;
    }
    let owners = owners(scene, &group, &binds)?;
    rules_links::demand_addable(&scene.directory, &group, Link::Owner, &owners)?;
    scene.demand_kinds(Link::Member, &binds.members)?;
    rules_links::demand_addable(&scene.directory, &group, Link::Member, &binds.members)?;
    // Explicit members of a dynamic group are refused as a whole (docs issue 9071).
    if group.is_dynamic() && !binds.members.is_empty() {
        return Err(GraphError::denied());
    }

    group.owners = owners;
    group.members = binds.members;
    Ok(keep(scene, group))
}

/// Puts the new group into the directory and answers with it.
fn keep(scene: &mut Scene<'_>, group: Group) -> Reply {
    let (id, at, by) = (group.id, scene.directory.stamp.at, scene.caller.person);
    let targets = vec![Target::group(&group)];
    scene.directory.insert_group(group);
    scene.directory.tenant.creations.push(Creation { group: id, by, at });
    scene.audit(Activity::ADD_GROUP, targets);

    let location = format!("{}/groups/{id}", scene.world.graph_url());
    Reply::new(201, Content::Json(scene.made(id))).with("location", location)
}

/// Reads the group that a body describes, without its owners and members.
fn draft(scene: &Scene<'_>, body: &Value) -> Result<Group, GraphError> {
    let body = body.as_object().ok_or_else(|| GraphError::bad("The body is not a group."))?;
    for name in ["displayName", "mailEnabled", "mailNickname", "securityEnabled"] {
        if body.get(name).is_none_or(Value::is_null) {
            return Err(GraphError::bad(format!("A value is required for property '{name}' of resource 'Group'.")));
        }
    }
    if EXCHANGE.iter().any(|name| body.contains_key(*name)) {
        return Err(GraphError::bad("Properties that Exchange keeps cannot be set when a group is created."));
    }
    let mut group = Group::security(Uuid::new_v4(), "");
    group.security_enabled = false;
    group.created = instant(scene.directory.stamp.at);
    write(&mut group, body, Occasion::Creation)?;
    demand_kind(&group, body)?;
    // Private is the default; a group that roles may be given to is always private.
    if group.visibility.is_none() || group.is_assignable_to_role {
        group.visibility = Some("Private".to_owned());
    }
    Ok(if group.is_unified() { group.with_mail() } else { group })
}

/// Checks the kind: what Exchange alone can make is refused, and what cannot be both.
fn demand_kind(group: &Group, body: &Map<String, Value>) -> Result<(), GraphError> {
    if group.is_unified() != group.mail_enabled || !(group.is_unified() || group.security_enabled) {
        return Err(GraphError::bad(
            "The service does not currently support writes of mail-enabled groups. Please ensure that the \
             mail-enablement property is unset and the security-enablement property is set.",
        ));
    }
    if group.is_dynamic() != group.membership_rule.is_some() {
        return Err(naming::invalid("membershipRule"));
    }
    if group.hides_members() && !group.is_unified() {
        return Err(naming::invalid("visibility"));
    }
    let wants_public = body.get("visibility").is_some_and(|wanted| wanted == "Public");
    if group.is_assignable_to_role && (group.is_dynamic() || !group.security_enabled || wants_public) {
        return Err(naming::invalid("isAssignableToRole"));
    }
    Ok(())
}

/// Returns the owners of the new group. People without a role own what they create and must not say so; who has a role
/// owns a Microsoft 365 group that names nobody, and a security group only when they say so (group-post-groups.md).
fn owners(scene: &Scene<'_>, group: &Group, binds: &Binds) -> Result<Vec<Uuid>, GraphError> {
    let mut owners = binds.owners.clone();
    let Some(me) = scene.caller.person else {
        return Ok(owners);
    };
    let by_role = rules::holds_role_for(&scene.directory, me, group);
    if !by_role {
        if owners.contains(&me) {
            return Err(rules_links::already(Link::Owner));
        }
        owners.insert(0, me);
    } else if owners.is_empty() && group.is_unified() {
        owners.push(me);
    }
    Ok(owners)
}

/// Checks a group's names against the naming policy and against each other group; `but` is the group itself.
pub(crate) fn demand_names(scene: &Scene<'_>, group: &Group, but: Option<&Group>) -> Result<(), GraphError> {
    let names = [("displayName", &group.display_name), ("mailNickname", &group.mail_nickname)];
    let old = but.map(|group| [&group.display_name, &group.mail_nickname]);
    let creator = scene.caller.person.and_then(|me| scene.directory.person(me));
    for (index, (property, name)) in names.into_iter().enumerate() {
        let is_new = old.is_none_or(|old| old[index] != name);
        // Applications are not bound by the policy, as administrators are not.
        if group.is_unified()
            && is_new
            && creator.is_some()
            && let Some(detail) = naming::objection(&scene.directory.tenant.settings, creator, property, name)
        {
            return Err(GraphError::bad(detail.message.clone()).with_detail(detail));
        }
    }
    if is_taken(&scene.directory, &group.mail_nickname, group.id) {
        let detail = Detail { code: "ObjectConflict", ..conflict() };
        return Err(GraphError::bad(detail.message.clone()).with_detail(detail));
    }
    Ok(())
}

/// Returns whether another group has this nickname.
pub(crate) fn is_taken(directory: &Directory, nickname: &str, but: Uuid) -> bool {
    let mut others = directory.groups.values().filter(|group| group.id != but);
    others.any(|group| group.mail_nickname.eq_ignore_ascii_case(nickname))
}

/// Says that another group has the nickname.
pub(crate) fn conflict() -> Detail {
    Detail {
        code: "PropertyConflict",
        target: "mailNickname",
        message: "Another object with the same value for property mailNickname already exists.".to_owned(),
    }
}
