//! The directory while the server runs: objects by id, links in both directions, and a journal of every change.
//!
//! Whoever changes it sets the stamp first; `World::directory` does so for changes by hand.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use uuid::Uuid;

use crate::company::{Company, Group, Person, ServicePrincipal};
use crate::directory_roles;
use crate::journal::{Change, Journal, Object, Stamp};
use crate::tenant::Tenant;

/// What kind of object an id belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Person,
    Group,
    ServicePrincipal,
    /// A directory role.
    Role,
}

/// The two links between a group and somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Link {
    Owner,
    Member,
}

impl Link {
    /// Returns the name Graph gives the collection.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Owner => "owners",
            Self::Member => "members",
        }
    }
}

/// Every object and link.
#[derive(Debug, Default)]
pub(crate) struct Directory {
    pub(crate) name: String,
    pub(crate) people_to_try: Vec<Uuid>,
    /// When and by whom the next change is made.
    pub(crate) stamp: Stamp,
    /// How long changes take to spread, in milliseconds.
    pub(crate) lag: i64,
    pub(crate) journal: Journal,
    pub(crate) tenant: Tenant,
    pub(crate) people: BTreeMap<Uuid, Person>,
    pub(crate) groups: BTreeMap<Uuid, Group>,
    service_principals: HashMap<Uuid, ServicePrincipal>,
    pub(crate) people_order: Vec<Uuid>,
    pub(crate) group_order: Vec<Uuid>,
    member_of: HashMap<Uuid, BTreeSet<Uuid>>,
    owner_of: HashMap<Uuid, BTreeSet<Uuid>>,
}

impl Directory {
    pub(crate) fn new(company: Company) -> Self {
        let mut directory = Self { name: company.name, people_to_try: company.people_to_try, ..Self::default() };
        for person in company.people {
            directory.people.insert(person.id, person);
        }
        for principal in company.service_principals {
            directory.service_principals.insert(principal.id, principal);
        }
        for group in company.groups {
            directory.index(&group);
            directory.groups.insert(group.id, group);
        }
        directory.tenant.app_roles = company.app_role_assignments;
        directory.sort();
        directory
    }

    pub(crate) fn person(&self, id: Uuid) -> Option<&Person> {
        self.people.get(&id)
    }

    pub(crate) fn group(&self, id: Uuid) -> Option<&Group> {
        self.groups.get(&id)
    }

    pub(crate) fn service_principal(&self, id: Uuid) -> Option<&ServicePrincipal> {
        self.service_principals.get(&id)
    }

    pub(crate) fn kind(&self, id: Uuid) -> Option<Kind> {
        if self.people.contains_key(&id) {
            Some(Kind::Person)
        } else if self.groups.contains_key(&id) {
            Some(Kind::Group)
        } else {
            let role = || directory_roles::named(id).map(|_| Kind::Role);
            self.service_principals.contains_key(&id).then_some(Kind::ServicePrincipal).or_else(role)
        }
    }

    /// Returns everybody's id, by name.
    pub(crate) fn people_ids(&self) -> &[Uuid] {
        &self.people_order
    }

    /// Returns every group's id, by name.
    pub(crate) fn group_ids(&self) -> &[Uuid] {
        &self.group_order
    }

    /// Returns the groups of which somebody is an owner or a direct member, by id.
    pub(crate) fn groups_of(&self, id: Uuid, link: Link) -> Vec<Uuid> {
        let index = match link {
            Link::Owner => &self.owner_of,
            Link::Member => &self.member_of,
        };
        index.get(&id).map(|set| set.iter().copied().collect()).unwrap_or_default()
    }

    /// Returns the groups somebody is in, directly or through groups.
    pub(crate) fn all_groups_of(&self, id: Uuid) -> Vec<Uuid> {
        self.spread(self.groups_of(id, Link::Member), |group| self.groups_of(group, Link::Member))
    }

    /// Returns the members of a group and of the groups in it.
    pub(crate) fn all_members(&self, group: Uuid) -> Vec<Uuid> {
        let direct = |id: Uuid| self.groups.get(&id).map(|found| found.members.clone()).unwrap_or_default();
        self.spread(direct(group), direct)
    }

    /// Adds a link; returns whether it is new.
    pub(crate) fn link(&mut self, link: Link, group: Uuid, id: Uuid) -> bool {
        let is_new = self.set_link(link, group, id, true);
        if is_new {
            self.record_link(link, group, id, true);
        }
        is_new
    }

    /// Takes a link away; returns whether it was there.
    pub(crate) fn unlink(&mut self, link: Link, group: Uuid, id: Uuid) -> bool {
        let was_there = self.set_link(link, group, id, false);
        if was_there {
            self.record_link(link, group, id, false);
        }
        was_there
    }

    /// Adds a group that is new, or comes back from the recycle bin.
    pub(crate) fn insert_group(&mut self, group: Group) {
        let id = group.id;
        let was_recoverable = self.journal.is_recoverable(id);
        self.put_group(id, Some(group));
        self.journal.record(self.stamp, Change::Came { id, kind: Kind::Group, was_recoverable });
    }

    /// Takes a group away, with its links; it can be inserted again unless it goes for good. Returns it.
    pub(crate) fn remove_group(&mut self, id: Uuid, for_good: bool) -> Option<Group> {
        for parent in self.groups_of(id, Link::Member) {
            self.unlink(Link::Member, parent, id);
        }
        let group = self.put_group(id, None)?;
        let object = Object::Group(Box::new(group.clone()));
        self.journal.record(self.stamp, Change::Went { object, for_good });
        Some(group)
    }

    /// Notes that a group in the recycle bin is gone for good.
    pub(crate) fn purge_group(&mut self, id: Uuid) {
        if self.journal.is_recoverable(id) {
            self.journal.record(self.stamp, Change::Purged { id, kind: Kind::Group });
        }
    }

    /// Deletes a person with their links.
    pub(crate) fn delete_person(&mut self, id: Uuid) {
        for link in [Link::Owner, Link::Member] {
            for group in self.groups_of(id, link) {
                self.unlink(link, group, id);
            }
        }
        if let Some(person) = self.put_person(id, None) {
            let object = Object::Person(Box::new(person));
            // People stay in the recycle bin for 30 days.
            self.journal.record(self.stamp, Change::Went { object, for_good: false });
        }
    }

    /// Adds a person who is new, or comes back from the recycle bin.
    pub(crate) fn insert_person(&mut self, person: Person) {
        let id = person.id;
        let was_recoverable = self.journal.is_recoverable(id);
        self.put_person(id, Some(person));
        self.journal.record(self.stamp, Change::Came { id, kind: Kind::Person, was_recoverable });
    }

    /// Changes a group in any way and brings the indexes up to date.
    pub(crate) fn change_group(&mut self, id: Uuid, change: impl FnOnce(&mut Group)) {
        let Some(before) = self.groups.get(&id).cloned() else {
            return;
        };
        let mut after = before.clone();
        change(&mut after);
        after.id = id;
        self.put_group(id, Some(after));
        self.record_difference(before);
    }

    /// Changes a person in any way.
    pub(crate) fn change_person(&mut self, id: Uuid, change: impl FnOnce(&mut Person)) {
        let Some(before) = self.people.get(&id).cloned() else {
            return;
        };
        let mut after = before.clone();
        change(&mut after);
        after.id = id;
        if after != before {
            self.put_person(id, Some(after));
            let before = Object::Person(Box::new(before));
            self.journal.record(self.stamp, Change::Altered { before });
        }
    }

    /// Adds or takes away a link without a word in the journal; returns whether anything changed.
    pub(crate) fn set_link(&mut self, link: Link, group: Uuid, id: Uuid, present: bool) -> bool {
        let Some(found) = self.groups.get_mut(&group) else {
            return false;
        };
        let list = list_of(found, link);
        if list.contains(&id) == present {
            return false;
        }
        if present {
            list.push(id);
            self.reverse(link).entry(id).or_default().insert(group);
        } else {
            list.retain(|other| *other != id);
            self.reverse(link).entry(id).or_default().remove(&group);
        }
        true
    }

    fn spread(&self, start: Vec<Uuid>, next: impl Fn(Uuid) -> Vec<Uuid>) -> Vec<Uuid> {
        let mut seen = HashSet::new();
        let mut queue = VecDeque::from(start);
        let mut found = Vec::new();
        while let Some(id) = queue.pop_front() {
            if seen.insert(id) {
                found.push(id);
                queue.extend(next(id));
            }
        }
        found
    }

    fn reverse(&mut self, link: Link) -> &mut HashMap<Uuid, BTreeSet<Uuid>> {
        match link {
            Link::Owner => &mut self.owner_of,
            Link::Member => &mut self.member_of,
        }
    }

    pub(crate) fn index(&mut self, group: &Group) {
        for owner in &group.owners {
            self.owner_of.entry(*owner).or_default().insert(group.id);
        }
        for member in &group.members {
            self.member_of.entry(*member).or_default().insert(group.id);
        }
    }

    pub(crate) fn unindex(&mut self, group: &Group) {
        for (list, link) in [(&group.owners, Link::Owner), (&group.members, Link::Member)] {
            for id in list {
                if let Some(groups) = self.reverse(link).get_mut(id) {
                    groups.remove(&group.id);
                }
            }
        }
    }

    fn sort(&mut self) {
        self.people_order = self.people.keys().copied().collect();
        self.people_order.sort_by_cached_key(|id| (self.people[id].display_name.to_lowercase(), *id));
        self.group_order = self.groups.keys().copied().collect();
        self.group_order.sort_by_cached_key(|id| (self.groups[id].display_name.to_lowercase(), *id));
    }
}

/// Returns the list of a group that a link is kept in.
pub(crate) fn list_of(group: &mut Group, link: Link) -> &mut Vec<Uuid> {
    match link {
        Link::Owner => &mut group.owners,
        Link::Member => &mut group.members,
    }
}
