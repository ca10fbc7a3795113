//! Who made a change outside Roster, told from the directory's own record of what was done to a group.
//!
//! A wrong name is worse than none. So what fits two people is told of nobody, and what Roster did itself explains nothing.

use std::collections::HashSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::LAG;
use crate::domain::{
    event::{Event, EventKind},
    ids::{EventId, PersonId},
};

/// Who made a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Author {
    /// A person.
    Person {
        /// Who it is.
        id: PersonId,
        /// What they were called then.
        name: String,
    },
    /// An application, by its own rights.
    Application {
        /// Its client id.
        id: Option<Uuid>,
        /// What it was called then.
        name: String,
    },
}

impl Author {
    fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Person { id, .. }, Self::Person { id: other, .. }) => id == other,
            (Self::Application { id: None, name }, Self::Application { id: None, name: other }) => name == other,
            (Self::Application { id, .. }, Self::Application { id: other, .. }) => id == other,
            _ => false,
        }
    }
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// A member was added.
    MemberAdded,
    /// A member was removed.
    MemberRemoved,
    /// An owner was added.
    OwnerAdded,
    /// An owner was removed.
    OwnerRemoved,
    /// Properties of the group were changed.
    Updated,
    /// The group was deleted.
    Deleted,
    /// The group was restored.
    Restored,
}

impl Deed {
    /// Returns what undoes it.
    fn undone_by(self) -> Option<Self> {
        Some(match self {
            Self::MemberAdded => Self::MemberRemoved,
            Self::MemberRemoved => Self::MemberAdded,
            Self::OwnerAdded => Self::OwnerRemoved,
            Self::OwnerRemoved => Self::OwnerAdded,
            Self::Deleted => Self::Restored,
            Self::Restored => Self::Deleted,
            Self::Updated => return None,
        })
    }
}

/// A property of the group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Property {
    /// What it is called.
    Name,
    /// What it is said to be for.
    Description,
}

/// An entry of the directory's record about a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What the record knows it by.
    pub id: String,
    /// When it was done.
    pub at: Timestamp,
    /// What was done.
    pub deed: Deed,
    /// Who was added or removed; `None` when it is about the group itself.
    pub target: Option<Uuid>,
    /// Which properties were changed, each with its new value.
    pub changed: Vec<(Property, String)>,
    /// Who did it; `None` when the record names nobody.
    pub by: Option<Author>,
    /// The `client-request-id` of the call that did it, when the record tells one.
    pub correlation: Option<Uuid>,
}

/// What Roster and what is known already explain.
#[derive(Debug, Clone, Default)]
pub struct Explained {
    /// Roster's own operations, whose ids go along with their writes.
    pub operations: HashSet<Uuid>,
    /// The applications that Roster is.
    pub applications: Vec<Uuid>,
    /// Entries that tell who made another change.
    pub entries: HashSet<String>,
}

impl Explained {
    fn covers(&self, entry: &Entry) -> bool {
        let is_roster =
            |by: &Author| matches!(by, Author::Application { id: Some(id), .. } if self.applications.contains(id));
        self.entries.contains(&entry.id)
            || entry.correlation.is_some_and(|id| self.operations.contains(&id))
            || entry.by.as_ref().is_some_and(is_roster)
    }
}

/// A change whose author is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sought {
    /// The event that told of it.
    pub event: Event,
    deed: Deed,
    target: Option<Uuid>,
    /// The property that changed, with its new value where the event has it.
    changed: Option<(Property, Option<String>)>,
    /// It was not made before this.
    pub not_before: Timestamp,
}

impl Sought {
    /// Returns what to look for, given when the group had been read before; `None` for an event that has no single author,
    /// or none that the record could tell.
    #[must_use]
    pub fn of(event: Event, read_before: Timestamp) -> Option<Self> {
        let text = |key: &str| event.detail.get(key).and_then(serde_json::Value::as_str).map(str::to_owned);
        let object = || text("object").and_then(|id| id.parse().ok());
        let who = event.person.map(|person| person.0).or_else(object);
        let (deed, target, changed) = match event.kind {
            EventKind::MembershipAddedOutside | EventKind::MembershipUnexpected => {
                (Deed::MemberAdded, Some(who?), None)
            }
            EventKind::MembershipRemovedOutside => (Deed::MemberRemoved, Some(who?), None),
            EventKind::OwnerAddedOutside => (Deed::OwnerAdded, Some(who?), None),
            EventKind::OwnerRemovedOutside => (Deed::OwnerRemoved, Some(who?), None),
            EventKind::GroupRenamed => (Deed::Updated, None, Some((Property::Name, text("after")))),
            EventKind::GroupDescribed => (Deed::Updated, None, Some((Property::Description, None))),
            EventKind::GroupDeleted => (Deed::Deleted, None, None),
            EventKind::GroupRestored => (Deed::Restored, None, None),
            _ => return None,
        };
        // What the directory showed at the reading before may have been old by then.
        let not_before = read_before.checked_sub(LAG).unwrap_or(Timestamp::MIN);
        Some(Self { event, deed, target, changed, not_before })
    }

    fn fits(&self, entry: &Entry) -> bool {
        let has_changed = |(property, value): &(Property, Option<String>)| {
            entry
                .changed
                .iter()
                .any(|(known, new)| known == property && value.as_ref().is_none_or(|value| value == new))
        };
        entry.deed == self.deed
            && entry.target == self.target
            && (self.not_before..=self.event.at).contains(&entry.at)
            && self.changed.as_ref().is_none_or(has_changed)
    }
}

/// Returns the entry that tells who made a change: the latest that fits. When another one made the same change before, that
/// has to have been undone in between; else it may have been either of them, and nobody is named.
#[must_use]
pub fn find<'a>(sought: &Sought, entries: &'a [Entry], explained: &Explained) -> Option<&'a Entry> {
    let fitting = || entries.iter().filter(|entry| sought.fits(entry) && !explained.covers(entry));
    let latest = fitting().max_by_key(|entry| entry.at)?;
    let by = latest.by.as_ref()?;
    let by_another = |entry: &&Entry| !entry.by.as_ref().is_some_and(|other| other.is(by));
    let Some(before) = fitting().filter(by_another).map(|entry| entry.at).max() else { return Some(latest) };
    let undoes = |entry: &Entry| {
        sought.deed.undone_by() == Some(entry.deed)
            && entry.target == sought.target
            && before < entry.at
            && entry.at < latest.at
    };
    entries.iter().any(undoes).then_some(latest)
}

/// What was learnt of a change: the detail of [`EventKind::OutsideAuthorKnown`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Learnt {
    /// The event that told of the change.
    pub explains: EventId,
    /// When the change was made.
    pub at: Timestamp,
    /// Who made it.
    pub by: Author,
    /// The entry of the directory's record that says so.
    pub entry: String,
}

impl Learnt {
    /// Reads it from the event that holds it.
    #[must_use]
    pub fn read(event: &Event) -> Option<Self> {
        if event.kind != EventKind::OutsideAuthorKnown {
            return None;
        }
        Self::deserialize(&event.detail).ok()
    }

    /// Returns the event that records it, about the same group and person as the one it explains.
    #[must_use]
    pub fn event(&self, explained: &Event, now: Timestamp) -> Event {
        let detail = serde_json::to_value(self).unwrap_or_default();
        let event = Event::new(EventKind::OutsideAuthorKnown, None, now).detail(detail);
        Event { group: explained.group, person: explained.person, ..event }
    }
}

#[cfg(test)]
mod tests;
