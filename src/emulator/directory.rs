//! The directory while the server runs: objects by id, links in both directions, and an index that lags behind.

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};

use uuid::Uuid;

use crate::company::{Company, Group, Person, ServicePrincipal};

/// How many changes of membership the lagging index can look back on.
const REMEMBERED_CHANGES: usize = 10_000;

/// What kind of object an id belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Person,
    Group,
    ServicePrincipal,
}

/// The two links between a group and somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

#[derive(Debug)]
struct Change {
    at_millis: i64,
    group: Uuid,
    member: Uuid,
    added: bool,
}

/// Every object and link.
#[derive(Debug, Default)]
pub(crate) struct Directory {
    pub(crate) name: String,
    pub(crate) people_to_try: Vec<Uuid>,
    people: HashMap<Uuid, Person>,
    groups: HashMap<Uuid, Group>,
    service_principals: HashMap<Uuid, ServicePrincipal>,
    people_order: Vec<Uuid>,
    group_order: Vec<Uuid>,
    member_of: HashMap<Uuid, BTreeSet<Uuid>>,
    owner_of: HashMap<Uuid, BTreeSet<Uuid>>,
    changes: VecDeque<Change>,
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
            self.service_principals.contains_key(&id).then_some(Kind::ServicePrincipal)
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

    /// Returns the members as the lagging index knows them: as they were at `since_millis`, later changes undone.
    pub(crate) fn members_as_of(&self, group: Uuid, since_millis: i64) -> Vec<Uuid> {
        let mut members = self.groups.get(&group).map(|found| found.members.clone()).unwrap_or_default();
        let recent = self.changes.iter().rev().take_while(|change| change.at_millis > since_millis);
        for change in recent.filter(|change| change.group == group) {
            if change.added {
                members.retain(|id| *id != change.member);
            } else {
                members.push(change.member);
            }
        }
        members
    }

    /// Adds a link; returns whether it is new.
    pub(crate) fn link(&mut self, link: Link, group: Uuid, id: Uuid, at_millis: i64) -> bool {
        let Some(found) = self.groups.get_mut(&group) else {
            return false;
        };
        let list = list_of(found, link);
        if list.contains(&id) {
            return false;
        }
        list.push(id);
        self.reverse(link).entry(id).or_default().insert(group);
        self.remember(link, group, id, true, at_millis);
        true
    }

    /// Takes a link away; returns whether it was there.
    pub(crate) fn unlink(&mut self, link: Link, group: Uuid, id: Uuid, at_millis: i64) -> bool {
        let Some(found) = self.groups.get_mut(&group) else {
            return false;
        };
        let list = list_of(found, link);
        let before = list.len();
        list.retain(|other| *other != id);
        if list.len() == before {
            return false;
        }
        if let Some(groups) = self.reverse(link).get_mut(&id) {
            groups.remove(&group);
        }
        self.remember(link, group, id, false, at_millis);
        true
    }

    /// Deletes a group with its links.
    pub(crate) fn delete_group(&mut self, id: Uuid, at_millis: i64) {
        let Some(group) = self.groups.remove(&id) else {
            return;
        };
        self.unindex(&group);
        for parent in self.groups_of(id, Link::Member) {
            self.unlink(Link::Member, parent, id, at_millis);
        }
        self.group_order.retain(|other| *other != id);
    }

    /// Deletes a person with their links.
    pub(crate) fn delete_person(&mut self, id: Uuid, at_millis: i64) {
        self.people.remove(&id);
        self.people_order.retain(|other| *other != id);
        for link in [Link::Owner, Link::Member] {
            for group in self.groups_of(id, link) {
                self.unlink(link, group, id, at_millis);
            }
        }
    }

    /// Changes a group in any way and brings the indexes up to date.
    pub(crate) fn change_group(&mut self, id: Uuid, change: impl FnOnce(&mut Group)) {
        let Some(mut group) = self.groups.remove(&id) else {
            return;
        };
        self.unindex(&group);
        let name = group.display_name.clone();
        change(&mut group);
        group.id = id;
        let renamed = group.display_name != name;
        self.index(&group);
        self.groups.insert(id, group);
        if renamed {
            self.sort();
        }
    }

    /// Changes a person in any way.
    pub(crate) fn change_person(&mut self, id: Uuid, change: impl FnOnce(&mut Person)) {
        if let Some(person) = self.people.get_mut(&id) {
            change(person);
            person.id = id;
            self.sort();
        }
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

    fn remember(&mut self, link: Link, group: Uuid, member: Uuid, added: bool, at_millis: i64) {
        if link == Link::Member {
            self.changes.push_back(Change { at_millis, group, member, added });
            if self.changes.len() > REMEMBERED_CHANGES {
                self.changes.pop_front();
            }
        }
    }

    fn reverse(&mut self, link: Link) -> &mut HashMap<Uuid, BTreeSet<Uuid>> {
        match link {
            Link::Owner => &mut self.owner_of,
            Link::Member => &mut self.member_of,
        }
    }

    fn index(&mut self, group: &Group) {
        for owner in &group.owners {
            self.owner_of.entry(*owner).or_default().insert(group.id);
        }
        for member in &group.members {
            self.member_of.entry(*member).or_default().insert(group.id);
        }
    }

    fn unindex(&mut self, group: &Group) {
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

fn list_of(group: &mut Group, link: Link) -> &mut Vec<Uuid> {
    match link {
        Link::Owner => &mut group.owners,
        Link::Member => &mut group.members,
    }
}
