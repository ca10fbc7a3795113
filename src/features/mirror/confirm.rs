//! Asks the directory once more, group by group, before a group that takes part counts as gone or unfit: a listing may be
//! incomplete, and what ends with a group does not come back.

use std::collections::{HashMap, HashSet};

use crate::{
    domain::{
        designation::{self, SuspendReason},
        directory::Group,
        ids::GroupId,
    },
    graph,
    store::{FoundGroups, GroupNews},
};

use super::{
    groups::{Read, alone},
    refresh::{Broken, Task},
};

/// How many open requests are looked through for groups that are suspended already.
const OPEN: usize = 10_000;

/// A group that takes part and cannot be managed here any more, as a read of it alone has shown.
pub(super) struct Unmanageable {
    pub group: GroupId,
    pub reason: SuspendReason,
}

/// Reads each doubtful group live. What the reads say goes into what was read, so that the copy is right about them; one
/// that may not be read stays in the copy as it was.
pub(super) async fn confirm(task: &Task<'_>, read: &mut Read) -> Result<Vec<Unmanageable>, Broken> {
    let mut unmanageable = Vec::new();
    for group in doubtful(task, read).await? {
        task.keep().await?;
        let live = match alone(task, group).await {
            Ok(live) => live,
            Err(Broken::Graph(error @ (graph::Error::NotAllowed | graph::Error::Refused { .. }))) => {
                tracing::warn!(%error, group.id = %group, "a group that takes part cannot be read; it stays as it was");
                keep(task, group, read).await?;
                continue;
            }
            Err(error) => return Err(error),
        };
        let found = if let GroupNews::Read(group, _) = &live { Some(group) } else { None };
        if let Some(reason) = designation::must_suspend(found) {
            unmanageable.push(Unmanageable { group, reason });
        }
        read.put(live);
    }
    Ok(unmanageable)
}

/// Returns the groups that take part and that the reading, or the copy where it says nothing of them, has as missing or
/// unfit. One that is suspended already counts while requests of it are open.
async fn doubtful(task: &Task<'_>, read: &Read) -> Result<Vec<GroupId>, Broken> {
    let store = &task.app.store;
    let designations = store.designations().all().await?;
    let ids: Vec<GroupId> = designations.iter().map(|known| known.group).collect();
    let copied = store.directory().groups(&ids).await?;
    let mut said: HashMap<GroupId, &Group> = match &read.groups {
        FoundGroups::Whole(_) => HashMap::new(),
        FoundGroups::Changed(_) => {
            copied.iter().filter(|copied| !copied.gone).map(|copied| (copied.group.id, &copied.group)).collect()
        }
    };
    read.say(&mut said);
    let (suspended, doubtful): (Vec<_>, Vec<_>) = designations
        .into_iter()
        .filter(|known| designation::must_suspend(said.get(&known.group).copied()).is_some())
        .partition(|known| known.suspended.is_some());
    let suspended: Vec<GroupId> = suspended.iter().map(|known| known.group).collect();
    let open = store.requests().open_for_groups(&suspended, OPEN).await?;
    let left: HashSet<GroupId> = open.iter().map(|request| request.group).collect();
    Ok(doubtful.iter().map(|known| known.group).chain(left).collect())
}

/// Leaves a group as the copy has it. Changes that were told of it are told again, for the link stays as it was.
async fn keep(task: &Task<'_>, group: GroupId, read: &mut Read) -> Result<(), Broken> {
    read.take_out(group);
    if let FoundGroups::Changed(_) = read.groups {
        read.link = None;
    } else if let Some(copied) = task.app.store.directory().group(group).await?.filter(|copied| !copied.gone) {
        read.put(GroupNews::Read(copied.group, copied.owners));
    }
    Ok(())
}

impl Read {
    /// Puts what the reading says of groups in the place of what is known.
    fn say<'a>(&'a self, known: &mut HashMap<GroupId, &'a Group>) {
        match &self.groups {
            FoundGroups::Whole(groups) => known.extend(groups.iter().map(|(group, _)| (group.id, group))),
            FoundGroups::Changed(all) => {
                for news in all {
                    match news {
                        GroupNews::Gone(id) => {
                            known.remove(id);
                        }
                        GroupNews::Read(group, _) | GroupNews::Changed { group: Some(group), .. } => {
                            known.insert(group.id, group);
                        }
                        GroupNews::Changed { group: None, .. } => {}
                    }
                }
            }
        }
    }

    /// Takes out what the reading says of a group.
    fn take_out(&mut self, group: GroupId) {
        match &mut self.groups {
            FoundGroups::Whole(groups) => groups.retain(|(listed, _)| listed.id != group),
            FoundGroups::Changed(all) => all.retain(|news| news.id() != group),
        }
    }

    /// Puts what a read of a group alone says in the place of what the reading says.
    fn put(&mut self, live: GroupNews) {
        self.take_out(live.id());
        match (&mut self.groups, live) {
            (FoundGroups::Whole(groups), GroupNews::Read(group, owners)) => groups.push((group, owners)),
            (FoundGroups::Whole(_), _) => {}
            (FoundGroups::Changed(all), live) => all.push(live),
        }
    }
}
