//! Objects put in, taken out and compared: what the journal needs to know, and the directory as it was a moment ago.

use std::collections::HashSet;
use std::ops::{Deref, DerefMut};
use std::sync::MutexGuard;

use uuid::Uuid;

use crate::company::{Group, Person};
use crate::directory::{Directory, Kind, Link, list_of};
use crate::journal::{Author, Change, Entry, Object, Standing, as_of};

impl Directory {
    /// Puts a group in the place of what has its id, and returns that; the journal does not hear of it.
    pub(crate) fn put_group(&mut self, id: Uuid, group: Option<Group>) -> Option<Group> {
        let previous = self.groups.remove(&id);
        if let Some(previous) = &previous {
            self.unindex(previous);
            let place = place(&self.group_order, id, &previous.display_name, |id| name_of(self.groups.get(&id)));
            self.group_order.remove(place);
        }
        if let Some(group) = group {
            let place = place(&self.group_order, id, &group.display_name, |id| name_of(self.groups.get(&id)));
            self.group_order.insert(place, id);
            self.index(&group);
            self.groups.insert(id, group);
        }
        previous
    }

    /// Puts a person in the place of who has the id, and returns them; the journal does not hear of it.
    pub(crate) fn put_person(&mut self, id: Uuid, person: Option<Person>) -> Option<Person> {
        let name = |person: Option<&Person>| person.map(|person| person.display_name.clone()).unwrap_or_default();
        let previous = self.people.remove(&id);
        if let Some(previous) = &previous {
            let place = place(&self.people_order, id, &previous.display_name, |id| name(self.people.get(&id)));
            self.people_order.remove(place);
        }
        if let Some(person) = person {
            let place = place(&self.people_order, id, &person.display_name, |id| name(self.people.get(&id)));
            self.people_order.insert(place, id);
            self.people.insert(id, person);
        }
        previous
    }

    /// Writes down a link that was added or taken away.
    pub(crate) fn record_link(&mut self, link: Link, group: Uuid, id: Uuid, added: bool) {
        let kind = self.kind(id).unwrap_or(Kind::Person);
        self.journal.record(self.stamp, Change::Link { link, group, id, kind, added });
    }

    /// Writes down how a group differs from before.
    pub(crate) fn record_difference(&mut self, mut before: Group) {
        let Some(mut after) = self.groups.get(&before.id).cloned() else {
            return;
        };
        for link in [Link::Owner, Link::Member] {
            let old = std::mem::take(list_of(&mut before, link));
            let new = std::mem::take(list_of(&mut after, link));
            if old == new {
                continue;
            }
            let (was, is): (HashSet<&Uuid>, HashSet<&Uuid>) = (old.iter().collect(), new.iter().collect());
            for id in old.iter().filter(|id| !is.contains(id)) {
                self.record_link(link, before.id, *id, false);
            }
            for id in new.iter().filter(|id| !was.contains(id)) {
                self.record_link(link, before.id, *id, true);
            }
        }
        if before != after {
            let before = Object::Group(Box::new(before));
            self.journal.record(self.stamp, Change::Altered { before });
        }
    }

    /// Returns how an object stands now.
    pub(crate) fn standing(&self, id: Uuid) -> Standing {
        if let Some(group) = self.groups.get(&id) {
            Standing::Present(Object::Group(Box::new(group.clone())))
        } else if let Some(person) = self.people.get(&id) {
            Standing::Present(Object::Person(Box::new(person.clone())))
        } else if self.journal.is_recoverable(id) {
            Standing::Recoverable
        } else {
            Standing::Gone
        }
    }

    /// Returns whether a group was made so recently that not every replica knows it.
    pub(crate) fn is_brand_new(&self, id: Uuid) -> bool {
        let horizon = self.stamp.at - self.lag;
        self.lag > 0
            && self.journal.since(self.journal.first_after(horizon)).any(|(_, entry)| {
                matches!(entry.change, Change::Came { .. }) && entry.object() == id && !entry.has_spread(horizon)
            })
    }

    /// Takes back the changes that a reader does not see yet, and returns how to do them again.
    fn rewind(&mut self, hidden: impl Fn(&Entry) -> bool) -> Vec<Redo> {
        let stories = self.journal.stories(self.journal.first_after(self.stamp.at - self.lag));
        let mut pasts = Vec::new();
        for (id, story) in &stories {
            if story.iter().any(|(_, entry)| hidden(entry)) {
                let kind = story[0].1.kind();
                let past = as_of(self.standing(*id), story, |_, entry| !hidden(entry));
                pasts.push((*id, kind, past));
            }
        }
        pasts.into_iter().map(|(id, kind, past)| self.put(id, kind, past)).collect()
    }

    fn put(&mut self, id: Uuid, kind: Kind, state: Standing) -> Redo {
        let present = if let Standing::Present(object) = state { Some(object) } else { None };
        let previous = match (kind, present) {
            (Kind::Group, Some(Object::Group(group))) => {
                self.put_group(id, Some(*group)).map(|group| Object::Group(Box::new(group)))
            }
            (Kind::Person, Some(Object::Person(person))) => {
                self.put_person(id, Some(*person)).map(|person| Object::Person(Box::new(person)))
            }
            (Kind::Group, _) => self.put_group(id, None).map(|group| Object::Group(Box::new(group))),
            _ => self.put_person(id, None).map(|person| Object::Person(Box::new(person))),
        };
        Redo { id, kind, state: previous.map_or(Standing::Gone, Standing::Present) }
    }
}

/// Who reads, which decides what of the latest changes they see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reader {
    /// Everything that happened: writes and the rules work on this.
    Truth,
    /// What has spread; a person sees what they did themselves as well.
    Replica(Option<Uuid>),
}

#[derive(Debug)]
struct Redo {
    id: Uuid,
    kind: Kind,
    state: Standing,
}

/// The directory as one reader sees it. What was taken back for them is done again at the end.
///
/// Graph answers reads from replicas and from an index that learn of changes late (devblog on eventual consistency,
/// 2026-03-24); while the lock is held, nobody else notices that the directory is a moment younger.
#[derive(Debug)]
pub(crate) struct Seen<'a> {
    directory: MutexGuard<'a, Directory>,
    redo: Vec<Redo>,
}

impl<'a> Seen<'a> {
    /// Shows a directory to a reader.
    pub(crate) fn by(mut directory: MutexGuard<'a, Directory>, reader: Reader) -> Self {
        let horizon = directory.stamp.at - directory.lag;
        let redo = match reader {
            Reader::Replica(me) if directory.lag > 0 => directory.rewind(|entry| {
                let is_own = me.is_some_and(|me| entry.stamp.by == Author::Person(me));
                !is_own && !entry.has_spread(horizon)
            }),
            _ => Vec::new(),
        };
        Self { directory, redo }
    }
}

impl Drop for Seen<'_> {
    fn drop(&mut self) {
        for redo in std::mem::take(&mut self.redo).into_iter().rev() {
            self.directory.put(redo.id, redo.kind, redo.state);
        }
    }
}

impl Deref for Seen<'_> {
    type Target = Directory;

    fn deref(&self) -> &Directory {
        &self.directory
    }
}

impl DerefMut for Seen<'_> {
    fn deref_mut(&mut self) -> &mut Directory {
        &mut self.directory
    }
}

fn name_of(group: Option<&Group>) -> String {
    group.map(|group| group.display_name.clone()).unwrap_or_default()
}

/// Returns where an id stands, or would stand, in a list that is sorted by name and id.
fn place(order: &[Uuid], id: Uuid, name: &str, name_of: impl Fn(Uuid) -> String) -> usize {
    let wanted = (name.to_lowercase(), id);
    order.partition_point(|other| {
        let key = if *other == id { wanted.clone() } else { (name_of(*other).to_lowercase(), *other) };
        key < wanted
    })
}
