//! What tests and the demo do by hand to groups as wholes and to the tenant, past every rule; and what they read of it.

use serde_json::Value;
use uuid::Uuid;

use crate::audit::{Activity, Entry, Target};
use crate::company::{AppRoleAssignment, Group};
use crate::directory::Link;
use crate::emulator::Emulator;
use crate::mail::Mail;
use crate::policies::{AuthorizationPolicy, LifecyclePolicy};
use crate::settings::{GUEST, UNIFIED};
use crate::trail::link_activity;

impl Emulator {
    /// Adds a group; one that was deleted comes back.
    pub fn add_group(&self, group: Group) {
        let mut directory = self.world.directory();
        let targets = vec![Target::group(&group)];
        directory.tenant.bin.remove(&group.id);
        directory.insert_group(group);
        directory.log_by_hand(Activity::ADD_GROUP, targets);
    }

    /// Deletes a group as Graph does: for 30 days it can be restored. Returns whether there was one.
    pub fn bin_group(&self, group: Uuid) -> bool {
        let mut directory = self.world.directory();
        let targets = directory.group(group).map(|found| vec![Target::group(found)]).unwrap_or_default();
        let was_there = directory.bin_group(group);
        if was_there {
            directory.log_by_hand(Activity::DELETE_GROUP, targets);
        }
        was_there
    }

    /// Restores a group from the recycle bin; returns whether it was in it.
    pub fn restore_group(&self, group: Uuid) -> bool {
        let mut directory = self.world.directory();
        let was_there = directory.restore_group(group);
        if was_there {
            let targets = directory.group(group).map(|found| vec![Target::group(found)]).unwrap_or_default();
            directory.log_by_hand(Activity::RESTORE_GROUP, targets);
        }
        was_there
    }

    /// Returns a group in the recycle bin.
    pub fn binned_group(&self, group: Uuid) -> Option<Group> {
        self.world.directory().binned(group).cloned()
    }

    /// Lets the audit log name this person for changes made by hand from now on; the directory itself when `None`.
    pub fn set_hand(&self, person: Option<Uuid>) {
        self.world.directory().tenant.audit.hand = person;
    }

    /// Returns the audit log as Graph would show it, oldest first.
    pub fn audits(&self) -> Vec<Value> {
        self.world.directory().tenant.audit.entries.iter().map(Entry::shown).collect()
    }

    /// Returns the mail that Graph accepted, oldest first.
    pub fn mails(&self) -> Vec<Mail> {
        self.world.directory().tenant.mails.clone()
    }

    /// Forgets the mail so far.
    pub fn forget_mails(&self) {
        self.world.directory().tenant.mails.clear();
    }

    /// Changes the authorization policy.
    pub fn change_authorization_policy(&self, change: impl FnOnce(&mut AuthorizationPolicy)) {
        change(&mut self.world.directory().tenant.policy);
    }

    /// Sets the expiration policy, or takes it away.
    pub fn set_lifecycle_policy(&self, policy: Option<LifecyclePolicy>) {
        self.world.directory().tenant.lifecycle = policy;
    }

    /// Sets one of the tenant's settings for groups, such as `EnableGroupCreation`; values are text.
    pub fn set_group_setting(&self, name: &str, value: &str) {
        self.world.directory().tenant.settings.set(&UNIFIED, None, name, value);
    }

    /// Says whether guests may be added to a group.
    pub fn set_admits_guests(&self, group: Uuid, admits: bool) {
        let value = if admits { "true" } else { "false" };
        self.world.directory().tenant.settings.set(&GUEST, Some(group), "AllowToAddGuests", value);
    }

    /// Gives a group a role in an application.
    pub fn assign_app_role(&self, assignment: AppRoleAssignment) {
        self.world.directory().tenant.app_roles.push(assignment);
    }

    /// Takes every role in applications away from a group.
    pub fn clear_app_roles(&self, group: Uuid) {
        self.world.directory().tenant.app_roles.retain(|assignment| assignment.group != group);
    }

    /// Says how many objects a person created before, for the quota of 250.
    pub fn set_created_objects(&self, person: Uuid, objects: usize) {
        self.world.directory().tenant.created_before.insert(person, objects);
    }

    /// Sets a person's picture, a PNG, or takes it away.
    pub fn set_photo(&self, person: Uuid, photo: Option<Vec<u8>>) {
        self.change_person(person, |found| found.photo = photo);
    }

    /// Sets a group's picture, a PNG, or takes it away.
    pub fn set_group_photo(&self, group: Uuid, photo: Option<Vec<u8>>) {
        self.change_group(group, |found| found.photo = photo);
    }

    /// Says whom a person reports to.
    pub fn set_manager(&self, person: Uuid, manager: Option<Uuid>) {
        self.change_person(person, |found| found.manager = manager);
    }

    /// Adds or takes away a link and writes it into the audit log.
    pub(crate) fn link_by_hand(&self, link: Link, group: Uuid, id: Uuid, added: bool) {
        let mut directory = self.world.directory();
        let changed = if added { directory.link(link, group, id) } else { directory.unlink(link, group, id) };
        if changed {
            let targets = directory.link_targets(group, id, added);
            directory.log_by_hand(link_activity(link, added), targets);
        }
    }
}
