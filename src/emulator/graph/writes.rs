//! Changing who is in a group and who owns it, one at a time.

use uuid::Uuid;

use super::binds::referenced;
use super::errors::GraphError;
use super::permissions::{CHANGE_GROUP, CHANGE_MEMBERS};
use super::scene::{Scene, object_id};
use crate::audit::{Activity, Initiator, Target};
use crate::company::Group;
use crate::directory::{Kind, Link};
use crate::exchange::Reply;
use crate::trail::link_activity;
use crate::{rules, rules_links};

/// Answers `POST /groups/{id}/members/$ref` and the same of owners.
pub(crate) fn add(scene: &mut Scene<'_>, group: &str, link: Link) -> Result<Reply, GraphError> {
    scene.allow_link(link)?;
    let body = scene.body()?;
    let id = referenced(&scene.world.graph_url(), body["@odata.id"].as_str().unwrap_or_default())?;
    let found = scene.group(group)?;
    rules::demand_change(&scene.directory, scene.caller, found, link)?;
    scene.demand_settled(found, link)?;
    scene.demand_kinds(link, &[id])?;
    rules_links::demand_addable(&scene.directory, found, link, &[id])?;

    let group = found.id;
    scene.change_link(link, group, id, true);
    Ok(Reply::no_content())
}

/// Answers `DELETE /groups/{id}/members/{oid}/$ref` and the same of owners.
pub(crate) fn remove(scene: &mut Scene<'_>, group: &str, link: Link, id: &str) -> Result<Reply, GraphError> {
    scene.allow_link(link)?;
    let id = object_id(id)?;
    let found = scene.group(group)?;
    rules::demand_change(&scene.directory, scene.caller, found, link)?;
    let removable = rules_links::demand_removable(&scene.directory, found, link, id);
    if scene.behaviour.absent_members_are_bad_requests && removable.as_ref().is_err_and(|error| error.status == 404) {
        return Err(GraphError::bad(format!(
            "One or more removed object references do not exist for the following modified properties: '{}'.",
            link.name()
        )));
    }
    removable?;

    let group = found.id;
    scene.change_link(link, group, id, false);
    Ok(Reply::no_content())
}

/// Answers a DELETE without `/$ref`: with enough permission it would delete the person from the directory.
pub(crate) fn delete_without_ref(scene: &Scene<'_>) -> GraphError {
    let path = scene.ask.shown(1);
    scene.world.calls.violation(format!("DELETE {path} lacks /$ref and would delete the object itself"));
    GraphError::denied()
}

impl Scene<'_> {
    /// Checks the permission in the token: members need less than owners.
    pub(crate) fn allow_link(&self, link: Link) -> Result<(), GraphError> {
        self.allow(if link == Link::Member { &CHANGE_MEMBERS } else { &CHANGE_GROUP })
    }

    /// Refuses applications as members unless the token may write applications too (group-post-members).
    pub(crate) fn demand_kinds(&self, link: Link, ids: &[Uuid]) -> Result<(), GraphError> {
        let is_application = |id: &Uuid| self.directory.kind(*id) == Some(Kind::ServicePrincipal);
        let may = self.caller.holds_any(&["Application.ReadWrite.All", "Directory.ReadWrite.All"]);
        if link == Link::Member && !may && ids.iter().any(is_application) { Err(GraphError::denied()) } else { Ok(()) }
    }

    /// Refuses members for a group that was created a moment ago, when the emulator is told to.
    pub(crate) fn demand_settled(&self, group: &Group, link: Link) -> Result<(), GraphError> {
        let wait = i64::try_from(self.behaviour.new_group_refuses_members_millis).unwrap_or(i64::MAX / 2);
        let created = self.directory.tenant.creations.iter().rev().find(|creation| creation.group == group.id);
        let is_new = created.is_some_and(|creation| self.directory.stamp.at < creation.at + wait);
        if is_new && link == Link::Member { Err(rules_links::brand_new()) } else { Ok(()) }
    }

    /// Adds or takes away a link and writes it into the audit log.
    pub(crate) fn change_link(&mut self, link: Link, group: Uuid, id: Uuid, added: bool) {
        if added {
            self.directory.link(link, group, id);
        } else {
            self.directory.unlink(link, group, id);
        }
        let targets = self.directory.link_targets(group, id, added);
        self.audit(link_activity(link, added), targets);
    }

    /// Writes a change of the caller into the audit log.
    pub(crate) fn audit(&mut self, activity: Activity, targets: Vec<Target>) {
        let options = &self.world.options;
        let application = || {
            let id = options.service.as_ref().unwrap_or(&options.client).client_id;
            Initiator::Application { id, name: "Group portal".to_owned() }
        };
        let by = self.caller.person.and_then(|id| self.directory.initiator(id)).unwrap_or_else(application);
        let fresh = || Uuid::new_v4().to_string();
        let correlation_id = self.ask.header("client-request-id").map_or_else(fresh, str::to_owned);
        self.directory.log(activity, by, targets, &correlation_id);
    }
}
