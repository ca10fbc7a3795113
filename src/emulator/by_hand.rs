//! What tests and the demo do to the directory by hand, past every rule.

use uuid::Uuid;

use crate::audit::Activity;
use crate::company::{Group, Person};
use crate::directory::Link;
use crate::emulator::Emulator;
use crate::graph::properties::of_group;
use crate::trail::difference;

impl Emulator {
    /// Returns a person by name, sign-in name or object id.
    pub fn person(&self, name_or_id: &str) -> Option<Person> {
        let directory = self.world.directory();
        if let Ok(id) = Uuid::parse_str(name_or_id) {
            return directory.person(id).cloned();
        }
        let mut people = directory.people_ids().iter().filter_map(|id| directory.person(*id));
        people.find(|person| person.display_name == name_or_id || person.user_principal_name == name_or_id).cloned()
    }

    /// Returns a group by name or object id.
    pub fn group(&self, name_or_id: &str) -> Option<Group> {
        let directory = self.world.directory();
        if let Ok(id) = Uuid::parse_str(name_or_id) {
            return directory.group(id).cloned();
        }
        let mut groups = directory.group_ids().iter().filter_map(|id| directory.group(*id));
        groups.find(|group| group.display_name == name_or_id).cloned()
    }

    /// Returns the id of the person with this name.
    ///
    /// # Panics
    /// Panics when nobody has the name: it is meant for tests and the demo, which know their company.
    pub fn person_named(&self, display_name: &str) -> Uuid {
        match self.person(display_name) {
            Some(person) => person.id,
            None => panic!("nobody is named {display_name}"),
        }
    }

    /// Returns the id of the group with this name.
    ///
    /// # Panics
    /// Panics when no group has the name: it is meant for tests and the demo, which know their company.
    pub fn group_named(&self, display_name: &str) -> Uuid {
        match self.group(display_name) {
            Some(group) => group.id,
            None => panic!("no group is named {display_name}"),
        }
    }

    /// Returns whether the person is a direct member.
    pub fn is_member(&self, group: Uuid, person: Uuid) -> bool {
        self.world.directory().group(group).is_some_and(|found| found.members.contains(&person))
    }

    /// Returns whether the person is an owner.
    pub fn is_owner(&self, group: Uuid, person: Uuid) -> bool {
        self.world.directory().group(group).is_some_and(|found| found.owners.contains(&person))
    }

    /// Adds a member.
    pub fn add_member(&self, group: Uuid, person: Uuid) {
        self.link_by_hand(Link::Member, group, person, true);
    }

    /// Removes a member.
    pub fn remove_member(&self, group: Uuid, person: Uuid) {
        self.link_by_hand(Link::Member, group, person, false);
    }

    /// Adds an owner.
    pub fn add_owner(&self, group: Uuid, person: Uuid) {
        self.link_by_hand(Link::Owner, group, person, true);
    }

    /// Removes an owner, even the last one.
    pub fn remove_owner(&self, group: Uuid, person: Uuid) {
        self.link_by_hand(Link::Owner, group, person, false);
    }

    /// Deletes a group for good, from the recycle bin too; [`Emulator::bin_group`] lets it be restored.
    pub fn delete_group(&self, group: Uuid) {
        let mut directory = self.world.directory();
        directory.remove_group(group, true);
        directory.purge_from_bin(group);
    }

    /// Deletes a person: they leave every group, and their tokens are not accepted any more.
    pub fn delete_person(&self, person: Uuid) {
        self.world.directory().delete_person(person);
        self.world.tokens().revoke(person);
    }

    /// Adds a person; one who was deleted comes back, into no group.
    pub fn add_person(&self, person: Person) {
        self.world.directory().insert_person(person);
    }

    /// Enables or disables an account. A disabled person cannot sign in; tokens they have run on until they expire.
    pub fn set_enabled(&self, person: Uuid, enabled: bool) {
        self.change_person(person, |found| found.account_enabled = enabled);
    }

    /// Changes anything about a group.
    pub fn change_group(&self, group: Uuid, change: impl FnOnce(&mut Group)) {
        let mut directory = self.world.directory();
        let before = directory.group(group).cloned();
        directory.change_group(group, change);
        let (Some(before), Some(after)) = (before, directory.group(group)) else { return };
        let changed = difference(&before, after, |group, name| of_group(group, name).unwrap_or_default());
        if !changed.modified.is_empty() {
            directory.log_by_hand(Activity::UPDATE_GROUP, vec![changed]);
        }
    }

    /// Changes anything about a person.
    pub fn change_person(&self, person: Uuid, change: impl FnOnce(&mut Person)) {
        self.world.directory().change_person(person, change);
    }
}
