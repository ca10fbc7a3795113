//! Changing a group: its properties, and up to 20 owners and members at once.

use serde_json::{Map, Value};

use super::binds::Binds;
use super::create::demand_names;
use super::errors::GraphError;
use super::permissions::{CHANGE_GROUP, CHANGE_MEMBERS};
use super::properties::of_group;
use super::properties_written::{EXCHANGE, Occasion, write};
use super::scene::Scene;
use crate::audit::Activity;
use crate::company::Group;
use crate::directory::Link;
use crate::exchange::Reply;
use crate::trail::difference;
use crate::{naming, rules, rules_links};

/// Answers `PATCH /groups/{id}`: everything it says, or nothing.
pub(crate) fn update(scene: &mut Scene<'_>, id: &str) -> Result<Reply, GraphError> {
    let body = scene.body()?;
    let body = body.as_object().ok_or_else(|| GraphError::bad("The body is not a group."))?;
    // With members alone this counts as adding members.
    let only_members = body.keys().all(|name| name == Binds::MEMBERS) && !body.is_empty();
    scene.allow(if only_members { &CHANGE_MEMBERS } else { &CHANGE_GROUP })?;
    let binds = Binds::read(&scene.world.graph_url(), &Value::Object(body.clone()))?;
    let before = scene.group(id)?.clone();
    demand_links(scene, &before, &binds)?;
    let after = changed(scene, &before, body)?;

    apply(scene, &before, after, &binds);
    if body.keys().any(|name| EXCHANGE.contains(&name.as_str())) {
        return Ok(Reply::json(scene.made(before.id)));
    }
    Ok(Reply::no_content())
}

fn demand_links(scene: &Scene<'_>, group: &Group, binds: &Binds) -> Result<(), GraphError> {
    rules::demand_cloud(group)?;
    rules::demand_manager(&scene.directory, scene.caller, group)?;
    for (link, ids) in [(Link::Owner, &binds.owners), (Link::Member, &binds.members)] {
        if !ids.is_empty() {
            rules::demand_change(&scene.directory, scene.caller, group, link)?;
            scene.demand_settled(group, link)?;
            scene.demand_kinds(link, ids)?;
            rules_links::demand_addable(&scene.directory, group, link, ids)?;
        }
    }
    Ok(())
}

/// Returns the group with the properties of the body.
fn changed(scene: &Scene<'_>, before: &Group, body: &Map<String, Value>) -> Result<Group, GraphError> {
    let kept_by_exchange = body.keys().filter(|name| EXCHANGE.contains(&name.as_str())).count();
    if kept_by_exchange > 0 && (kept_by_exchange < body.len() || !before.is_unified()) {
        return Err(GraphError::bad("Properties that Exchange keeps are changed alone, and of Microsoft 365 groups."));
    }
    let mut after = before.clone();
    write(&mut after, body, Occasion::Change)?;
    if before.is_unified() != after.is_unified() {
        return Err(GraphError::bad("Property 'groupTypes' is read-only and cannot be set."));
    }
    let rule_changes = before.membership_rule != after.membership_rule
        || before.group_types != after.group_types
        || body.contains_key("membershipRuleProcessingState");
    if rule_changes {
        rules::demand_rule_writer(&scene.directory, scene.caller)?;
    }
    if after.is_dynamic() != after.membership_rule.is_some() {
        return Err(naming::invalid("membershipRule"));
    }
    let stays_hidden = before.hides_members() == after.hides_members();
    let stays_private = !after.is_assignable_to_role || before.visibility == after.visibility;
    if !(stays_hidden && stays_private) {
        return Err(naming::invalid("visibility"));
    }
    if !(after.is_unified() || after.security_enabled) {
        return Err(naming::invalid("securityEnabled"));
    }
    let renamed = before.display_name != after.display_name || before.mail_nickname != after.mail_nickname;
    if renamed {
        demand_names(scene, &after, Some(before))?;
    }
    Ok(after)
}

fn apply(scene: &mut Scene<'_>, before: &Group, after: Group, binds: &Binds) {
    if *before != after {
        let shown = |group: &Group, name: &str| of_group(group, name).unwrap_or_default();
        let target = difference(before, &after, shown);
        scene.directory.change_group(before.id, |group| *group = after);
        scene.audit(Activity::UPDATE_GROUP, vec![target]);
    }
    for (link, ids) in [(Link::Owner, &binds.owners), (Link::Member, &binds.members)] {
        for id in ids {
            scene.change_link(link, before.id, *id, true);
        }
    }
}
