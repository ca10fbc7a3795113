//! The groups in memory: what a search finds, in what order, and how a list is leafed through.

mod apart;
mod changes;
mod leafing;
mod mistakes;
mod order;

use std::collections::HashSet;

use roster::{
    domain::{ids::GroupId, samples},
    store::catalogue::{Entry, Found, Place, Search, Snapshot},
};

/// Groups of these names and descriptions, all of which take part.
fn snapshot(groups: &[(&str, &str)]) -> Snapshot {
    Snapshot::new(groups.iter().map(|(name, description)| taking_part(name, description)).collect(), 1)
}

fn taking_part(name: &str, description: &str) -> Entry {
    let mut group = samples::group(name);
    description.clone_into(&mut group.description);
    let designation = samples::designation(&group);
    Entry::new(group, samples::people(&["Grace Hopper"]), Some(designation), false)
}

fn outside(name: &str) -> Entry {
    Entry::new(samples::group(name), samples::people(&["Grace Hopper"]), None, false)
}

fn search(groups: &Snapshot, words: &str) -> Found {
    groups.search(&Search { words, ..Search::default() }, &Place::Start, 20)
}

fn names(found: &Found) -> Vec<&str> {
    found.entries.iter().map(|entry| entry.group.name.as_str()).collect()
}

fn of(names: &[&str]) -> HashSet<GroupId> {
    names.iter().map(|name| samples::group(name).id).collect()
}
