//! The rows of a delta query: whole objects, what changed of them, and what was removed.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::delta_token::{Mark, Round, Wish};
use super::properties::{GROUP_DEFAULT, PERSON_DEFAULT, of_group, of_person};
use super::scene::{Scene, type_name};
use crate::directory::{Kind, Link};
use crate::journal::{Change, Object, Standing, Story, as_of};

/// One end of a link: in which list, who, of what kind, and whether they are in it now.
struct Tie {
    link: Link,
    id: Uuid,
    kind: Kind,
    added: bool,
}

/// An object's row before its links are cut into slices.
pub(crate) struct Row {
    object: Map<String, Value>,
    ties: Vec<Tie>,
}

impl Row {
    /// Returns one slice of the row, and whether it is the last.
    pub(crate) fn slice(&self, number: usize, size: usize) -> (Value, bool) {
        let mut object = self.object.clone();
        for tie in self.ties.iter().skip(number * size).take(size) {
            let mut end = json!({ "@odata.type": type_name(tie.kind), "id": tie.id });
            if !tie.added {
                end["@removed"] = json!({ "reason": "deleted" });
            }
            let list = object.entry(format!("{}@delta", tie.link.name())).or_insert_with(|| json!([]));
            if let Some(list) = list.as_array_mut() {
                list.push(end);
            }
        }
        (Value::Object(object), (number + 1) * size >= self.ties.len())
    }
}

/// What a round has to tell.
pub(crate) struct Teller<'a> {
    scene: &'a Scene<'a>,
    wish: &'a Wish,
    round: Round,
    minimal: bool,
    stories: BTreeMap<Uuid, Story<'a>>,
}

impl<'a> Teller<'a> {
    /// Prepares a round; with `minimal`, rows of changes hold nothing but what changed.
    pub(crate) fn new(scene: &'a Scene<'a>, wish: &'a Wish, round: Round, minimal: bool) -> Self {
        let since = round.from.unwrap_or(round.until).first_unknown;
        let mut stories = scene.directory.journal.stories(since);
        stories.retain(|_, story| story.iter().any(|(_, entry)| entry.kind() == wish.kind()));
        Self { scene, wish, round, minimal, stories }
    }

    /// Returns the objects that may have a row, in order, from this id on.
    pub(crate) fn candidates(&'a self, from: Uuid) -> Box<dyn Iterator<Item = Uuid> + 'a> {
        let wanted = |id: &Uuid| self.wish.only.as_ref().is_none_or(|only| only.contains(id));
        let directory = &self.scene.directory;
        if self.round.from.is_some() {
            Box::new(self.stories.range(from..).map(|(id, _)| *id).filter(wanted))
        } else if self.wish.people {
            Box::new(directory.people.range(from..).map(|(id, _)| *id).filter(wanted))
        } else {
            Box::new(directory.groups.range(from..).map(|(id, _)| *id).filter(wanted))
        }
    }

    /// Returns the row of an object, if there is something to tell.
    pub(crate) fn row(&self, id: Uuid) -> Option<Row> {
        let none = Vec::new();
        let story = self.stories.get(&id).unwrap_or(&none);
        let at =
            |mark: Mark| as_of(self.scene.directory.standing(id), story, |number, entry| mark.knows(number, entry));
        let Some(from) = self.round.from else {
            return if let Standing::Present(object) = at(self.round.until) { Some(self.whole(&object)) } else { None };
        };
        let until = self.round.until;
        if !story.iter().any(|(number, entry)| until.knows(*number, entry) && !from.knows(*number, entry)) {
            return None;
        }
        match (at(from), at(until)) {
            (Standing::Present(old), Standing::Present(new)) => self.changed(&old, &new, story, from),
            (_, Standing::Present(new)) => Some(self.whole(&new)),
            // A soft-deleted object can be restored: "changed". What is gone for good: "deleted".
            (_, Standing::Recoverable) => Some(removed(id, "changed")),
            (_, Standing::Gone) => Some(removed(id, "deleted")),
        }
    }

    fn names(&self) -> Vec<&str> {
        match &self.wish.select {
            Some(names) => names.iter().map(String::as_str).collect(),
            None if self.wish.people => PERSON_DEFAULT.to_vec(),
            None => GROUP_DEFAULT.to_vec(),
        }
    }

    fn whole(&self, object: &Object) -> Row {
        let mut row = start(object.id());
        for name in self.names() {
            // A property that was never set is left out.
            if let Some(value) = property(object, name).filter(|value| !value.is_null()) {
                row.insert(name.to_owned(), value);
            }
        }
        let mut ties = Vec::new();
        if let Object::Group(group) = object {
            let owners = if self.wish.owners { self.scene.readable_owners(group) } else { Vec::new() };
            let shows = self.wish.members && self.scene.sees_members(group);
            let members = if shows { group.members.clone() } else { Vec::new() };
            let all = owners.into_iter().map(|id| (Link::Owner, id));
            for (link, id) in all.chain(members.into_iter().map(|id| (Link::Member, id))) {
                let kind = self.scene.directory.kind(id).unwrap_or(Kind::Person);
                ties.push(Tie { link, id, kind, added: true });
            }
        }
        Row { object: row, ties }
    }

    fn changed(&self, old: &Object, new: &Object, story: &Story<'_>, from: Mark) -> Option<Row> {
        let mut row = start(new.id());
        let mut differs = false;
        for name in self.names() {
            let (was, is) = (property(old, name), property(new, name).unwrap_or_default());
            let changed = was.as_ref() != Some(&is);
            differs |= changed;
            // A value that was taken away is null; one that was never there is left out.
            if changed || (!self.minimal && !is.is_null()) {
                row.insert(name.to_owned(), is);
            }
        }
        let ties = self.changed_ties(new, story, from);
        (differs || !ties.is_empty()).then_some(Row { object: row, ties })
    }

    fn changed_ties(&self, new: &Object, story: &Story<'_>, from: Mark) -> Vec<Tie> {
        let Object::Group(group) = new else {
            return Vec::new();
        };
        let mut last = BTreeMap::new();
        for (number, entry) in story {
            if !self.round.until.knows(*number, entry) || from.knows(*number, entry) {
                continue;
            }
            if let Change::Link { link, id, kind, added, .. } = &entry.change {
                last.insert((*link == Link::Member, *id), Tie { link: *link, id: *id, kind: *kind, added: *added });
            }
        }
        // Owners that Graph cannot read do not change either.
        let readable = group.owners.is_empty() || !self.scene.readable_owners(group).is_empty();
        let owners = self.wish.owners && readable;
        let members = self.wish.members && self.scene.sees_members(group);
        let shown = |tie: &Tie| match tie.link {
            Link::Owner => owners,
            Link::Member => members,
        };
        last.into_values().filter(shown).collect()
    }
}

fn start(id: Uuid) -> Map<String, Value> {
    Map::from_iter([("id".to_owned(), json!(id))])
}

fn removed(id: Uuid, reason: &str) -> Row {
    let mut object = start(id);
    object.insert("@removed".to_owned(), json!({ "reason": reason }));
    Row { object, ties: Vec::new() }
}

fn property(object: &Object, name: &str) -> Option<Value> {
    match object {
        Object::Group(group) => of_group(group, name),
        Object::Person(person) => of_person(person, name),
    }
}
