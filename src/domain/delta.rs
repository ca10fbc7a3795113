//! Merging a round of changes into one statement for each group.
//!
//! A round tells of a group in slices over several pages, in any order, and may tell the same twice (Graph, "group:
//! delta"). So what is told is gathered by id, and what a round says both ways round is nobody's guess: it has to be read.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{directory::Group, ids::GroupId};

/// What a page says of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The group.
    pub id: GroupId,
    /// Whether it was deleted, for good or into the bin.
    pub removed: bool,
    /// What it is like now; `None` when the page tells of its links alone.
    pub group: Option<Group>,
    /// Owners that came and went.
    pub owners: Vec<Linked>,
    /// Members that came and went.
    pub members: Vec<Linked>,
}

/// An object that came to a group or left it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Linked {
    /// The object.
    pub id: Uuid,
    /// What it is.
    pub kind: LinkedKind,
    /// Whether it left.
    pub removed: bool,
}

/// What can belong to a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkedKind {
    /// A person.
    Person,
    /// A group in a group.
    Group,
    /// A device, an application, a contact.
    Other,
}

/// Which way something went within a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// It came.
    Came,
    /// It left.
    Left,
    /// The round says both, and not in which order.
    Unclear,
}

impl Turn {
    fn of(removed: bool) -> Self {
        if removed { Self::Left } else { Self::Came }
    }

    fn and(self, other: Self) -> Self {
        if self == other { self } else { Self::Unclear }
    }
}

/// What a round says of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Whether the group is there.
    pub presence: Turn,
    /// What it is like; `None` when the round tells of its links alone, or in two ways.
    pub group: Option<Group>,
    /// Owners that came and went.
    pub owners: Links,
    /// Members that came and went.
    pub members: Links,
}

/// Objects that came or went, each once.
pub type Links = BTreeMap<Uuid, (LinkedKind, Turn)>;

/// A round of changes, merged.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Round(pub BTreeMap<GroupId, Change>);

impl Round {
    /// Takes in what a page says.
    pub fn take(&mut self, page: Vec<Said>) {
        for said in page {
            let turn = Turn::of(said.removed);
            let change = self.0.entry(said.id).or_insert_with(|| Change {
                presence: turn,
                group: said.group.clone(),
                owners: Links::new(),
                members: Links::new(),
            });
            change.presence = change.presence.and(turn);
            match (&change.group, said.group) {
                (Some(one), Some(other)) if *one != other => change.presence = Turn::Unclear,
                (None, other) => change.group = other,
                _ => {}
            }
            gather(&mut change.owners, &said.owners);
            gather(&mut change.members, &said.members);
        }
    }
}

fn gather(links: &mut Links, told: &[Linked]) {
    for linked in told {
        let turn = Turn::of(linked.removed);
        let known = links.entry(linked.id).or_insert((linked.kind, turn));
        known.1 = known.1.and(turn);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::directory::GroupFacts;

    fn link(id: u128, removed: bool) -> Linked {
        Linked { id: Uuid::from_u128(id), kind: LinkedKind::Person, removed }
    }

    fn said(name: Option<&str>, members: &[Linked]) -> Said {
        let id = GroupId(Uuid::from_u128(1));
        let group = name.map(|name| Group {
            id,
            name: name.to_owned(),
            description: String::new(),
            facts: GroupFacts::default(),
        });
        Said { id, removed: false, group, owners: Vec::new(), members: members.to_vec() }
    }

    fn round(pages: Vec<Vec<Said>>) -> Change {
        let mut round = Round::default();
        for page in pages {
            round.take(page);
        }
        round.0.into_values().next().unwrap()
    }

    #[test]
    fn slices_of_one_group_become_one_change_whatever_their_order() {
        let first = said(Some("Compiler Team"), &[link(2, false), link(3, true)]);
        let second = said(None, &[link(4, false)]);

        let change = round(vec![vec![first.clone()], vec![], vec![second.clone()]]);

        assert_eq!(change, round(vec![vec![second, first]]));
        assert_eq!((change.presence, change.members.len()), (Turn::Came, 3));
        assert_eq!(change.members[&Uuid::from_u128(3)].1, Turn::Left);
    }

    #[test]
    fn what_is_told_twice_counts_once() {
        let page = vec![said(Some("Compiler Team"), &[link(2, false)])];

        assert_eq!(round(vec![page.clone(), page.clone()]), round(vec![page]));
    }

    #[test]
    fn what_a_round_says_both_ways_round_is_unclear() {
        let change = round(vec![vec![said(None, &[link(2, false)])], vec![said(None, &[link(2, true)])]]);
        let gone = round(vec![vec![said(Some("A"), &[])], vec![Said { removed: true, ..said(None, &[]) }]]);
        let renamed = round(vec![vec![said(Some("A"), &[])], vec![said(Some("B"), &[])]]);

        assert_eq!(change.members[&Uuid::from_u128(2)].1, Turn::Unclear);
        assert_eq!((gone.presence, renamed.presence), (Turn::Unclear, Turn::Unclear));
    }
}
