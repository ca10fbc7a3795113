//! What changed in the directory, when, and by whom: the source of delta queries and of reads that lag behind.

use std::collections::{BTreeMap, HashSet, VecDeque};

use uuid::Uuid;

use crate::company::{Group, Person};
use crate::directory::{Kind, Link, list_of};

/// How long changes are kept: a day more than the seven days after which Graph forgets delta tokens of directory objects.
const KEPT_MILLIS: i64 = 8 * 24 * 3600 * 1000;

/// Who changes something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Author {
    /// A test or the demo, past every rule: what they do counts as done long ago.
    #[default]
    Hand,
    /// A test that wants its change to spread as slowly as one made through Graph.
    SlowHand,
    Person(Uuid),
    Application,
}

/// When something changes, in milliseconds since 1970, and by whom.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Stamp {
    pub(crate) at: i64,
    pub(crate) by: Author,
}

/// An object that changed or went.
#[derive(Clone, Debug)]
pub(crate) enum Object {
    Group(Box<Group>),
    Person(Box<Person>),
}

impl Object {
    pub(crate) fn id(&self) -> Uuid {
        match self {
            Self::Group(group) => group.id,
            Self::Person(person) => person.id,
        }
    }
}

/// Whether an object is there.
#[derive(Clone, Debug)]
pub(crate) enum Standing {
    Present(Object),
    /// In the recycle bin.
    Recoverable,
    /// Deleted for good, or never there.
    Gone,
}

/// One change.
#[derive(Clone, Debug)]
pub(crate) enum Change {
    Link {
        link: Link,
        group: Uuid,
        id: Uuid,
        kind: Kind,
        added: bool,
    },
    Came {
        id: Uuid,
        kind: Kind,
        was_recoverable: bool,
    },
    /// The object before; its links are recorded on their own.
    Altered {
        before: Object,
    },
    Went {
        object: Object,
        for_good: bool,
    },
    Purged {
        id: Uuid,
        kind: Kind,
    },
}

/// A change with its stamp.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) stamp: Stamp,
    pub(crate) change: Change,
}

impl Entry {
    /// Returns the object that the change is about: of a link, the group.
    pub(crate) fn object(&self) -> Uuid {
        match &self.change {
            Change::Link { group, .. } => *group,
            Change::Came { id, .. } | Change::Purged { id, .. } => *id,
            Change::Altered { before: object } | Change::Went { object, .. } => object.id(),
        }
    }

    /// Returns the kind of the object that the change is about.
    pub(crate) fn kind(&self) -> Kind {
        match &self.change {
            Change::Link { .. } => Kind::Group,
            Change::Came { kind, .. } | Change::Purged { kind, .. } => *kind,
            Change::Altered { before: object } | Change::Went { object, .. } => match object {
                Object::Group(_) => Kind::Group,
                Object::Person(_) => Kind::Person,
            },
        }
    }

    /// Returns whether the change has spread by this time, in milliseconds since 1970.
    pub(crate) fn has_spread(&self, horizon: i64) -> bool {
        self.stamp.by == Author::Hand || self.stamp.at <= horizon
    }
}

/// The changes of one object, each with its number, oldest first.
pub(crate) type Story<'a> = Vec<(u64, &'a Entry)>;

/// Every change of the last days, oldest first. Changes are numbered from 0 on for good.
#[derive(Debug, Default)]
pub(crate) struct Journal {
    first: u64,
    entries: VecDeque<Entry>,
    recoverable: HashSet<Uuid>,
}

impl Journal {
    /// Returns the number that the next change gets.
    pub(crate) fn end(&self) -> u64 {
        self.first + self.entries.len() as u64
    }

    /// Returns the number of the oldest change that is remembered.
    pub(crate) fn first(&self) -> u64 {
        self.first
    }

    /// Returns whether an object that is not there can be restored.
    pub(crate) fn is_recoverable(&self, id: Uuid) -> bool {
        self.recoverable.contains(&id)
    }

    /// Writes a change down.
    pub(crate) fn record(&mut self, stamp: Stamp, change: Change) {
        let entry = Entry { stamp, change };
        let id = entry.object();
        match &entry.change {
            Change::Went { for_good: false, .. } => {
                self.recoverable.insert(id);
            }
            Change::Went { .. } | Change::Came { .. } | Change::Purged { .. } => {
                self.recoverable.remove(&id);
            }
            Change::Link { .. } | Change::Altered { .. } => {}
        }
        self.entries.push_back(entry);
        while self.entries.front().is_some_and(|oldest| oldest.stamp.at < stamp.at - KEPT_MILLIS) {
            self.entries.pop_front();
            self.first += 1;
        }
    }

    /// Returns the changes from this number on, oldest first.
    pub(crate) fn since(&self, number: u64) -> impl Iterator<Item = (u64, &Entry)> {
        let skipped = usize::try_from(number.saturating_sub(self.first)).unwrap_or(usize::MAX);
        (number.max(self.first)..).zip(self.entries.iter().skip(skipped))
    }

    /// Returns the number of the first change after this time; changes by hand in between count too.
    pub(crate) fn first_after(&self, horizon: i64) -> u64 {
        let newer = self.entries.iter().rev().take_while(|entry| entry.stamp.at > horizon).count();
        self.end() - newer as u64
    }

    /// Returns the changes from this number on, by object.
    pub(crate) fn stories(&self, number: u64) -> BTreeMap<Uuid, Story<'_>> {
        let mut stories: BTreeMap<Uuid, Story<'_>> = BTreeMap::new();
        for (number, entry) in self.since(number) {
            stories.entry(entry.object()).or_default().push((number, entry));
        }
        stories
    }
}

/// Returns an object as it was before the changes of its story that are not visible.
///
/// A link or the properties that a later visible change settled stay as that change left them.
pub(crate) fn as_of(now: Standing, story: &Story<'_>, visible: impl Fn(u64, &Entry) -> bool) -> Standing {
    let mut state = now;
    let mut settled_links = HashSet::new();
    let mut settled = false;
    for (number, entry) in story.iter().rev() {
        let seen = visible(*number, entry);
        match &entry.change {
            Change::Link { link, id, .. } if seen => {
                settled_links.insert((*link, *id));
            }
            _ if seen => settled = true,
            Change::Link { link, id, added, .. } => {
                if let (false, Standing::Present(Object::Group(group))) =
                    (settled_links.contains(&(*link, *id)), &mut state)
                {
                    set_link(list_of(group, *link), *id, !added);
                }
            }
            Change::Altered { before } => {
                if !settled {
                    state = altered_back(state, before);
                }
            }
            Change::Came { was_recoverable: true, .. } | Change::Purged { .. } => state = Standing::Recoverable,
            Change::Came { .. } => state = Standing::Gone,
            Change::Went { object, .. } => state = Standing::Present(object.clone()),
        }
    }
    state
}

fn set_link(list: &mut Vec<Uuid>, id: Uuid, present: bool) {
    if !present {
        list.retain(|other| *other != id);
    } else if !list.contains(&id) {
        list.push(id);
    }
}

/// Takes the properties of before and keeps the links of now.
fn altered_back(state: Standing, before: &Object) -> Standing {
    match (state, before) {
        (Standing::Present(Object::Group(now)), Object::Group(before)) => {
            let mut group = before.clone();
            group.owners = now.owners;
            group.members = now.members;
            Standing::Present(Object::Group(group))
        }
        (Standing::Present(Object::Person(_)), Object::Person(_)) => Standing::Present(before.clone()),
        (other, _) => other,
    }
}
