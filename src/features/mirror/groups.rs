//! Reads the groups and their owners: all of them, or what changed.

use std::collections::{HashMap, HashSet};

use crate::{
    domain::{
        delta::{Change, LinkedKind, Round, Turn},
        directory::PersonRef,
        directory_copy::{Extent, Linked, extent},
        ids::{GroupId, PersonId},
    },
    graph,
    store::{FoundGroups, GroupNews, KeptLink, Listing},
    web::app::App,
};

use super::refresh::{Broken, Task};

/// What was read, before anything is changed.
pub(super) struct Read {
    pub groups: FoundGroups,
    /// Where the changes after it will be; `None` leaves the link as it was.
    pub link: Option<(String, Linked)>,
}

/// Reads as much as is needed. When the directory no longer knows what changed, everything is read; until then the old
/// copy serves.
pub(super) async fn read(task: &Task<'_>, kept: Option<KeptLink>) -> Result<Read, Broken> {
    let linked = kept.as_ref().map(|kept| kept.watch.linked);
    match (extent(linked, task.wanted, task.source.way, task.app.clock.now()), kept) {
        (Extent::Changes, Some(kept)) => match changes(task, &kept).await {
            Err(Broken::Graph(error)) if error.ends_a_link() => {
                tracing::info!(%error, "the directory no longer tells what changed; reading all groups");
                whole(task).await
            }
            read => read,
        },
        _ => whole(task).await,
    }
}

/// Reads all groups. The link comes first, so that what changes meanwhile is told afterwards.
async fn whole(task: &Task<'_>) -> Result<Read, Broken> {
    let begun_at = task.app.clock.now();
    let link = match task.source.reader.changes_from_now().await {
        Ok(link) => Some((link, Linked { begun_at, way: task.source.way })),
        Err(error @ (graph::Error::Refused { .. } | graph::Error::StartOver)) => {
            tracing::warn!(%error, "the directory does not tell changes; all groups are read each time");
            None
        }
        Err(error) => return Err(error.into()),
    };
    let mut groups = Listing::new();
    let mut pages = task.source.reader.groups();
    while let Some(page) = pages.next_page().await? {
        groups.extend(page);
        task.keep().await?;
    }
    Ok(Read { groups: FoundGroups::Whole(groups), link })
}

async fn changes(task: &Task<'_>, kept: &KeptLink) -> Result<Read, Broken> {
    let mut round = Round::default();
    let mut pages = task.source.reader.changes_since(&kept.link)?;
    while let Some(page) = pages.next_page().await? {
        round.take(page);
        task.keep().await?;
    }
    let link = Some((pages.link()?, kept.watch.linked));
    let mut names = known_names(task.app, &round).await?;
    let known = task.app.store.directory().known_groups().await?;
    let mut news = Vec::with_capacity(round.0.len());
    for (id, change) in round.0 {
        news.push(news_of(task, id, change, known.contains(&id), &mut names).await?);
        task.keep().await?;
    }
    Ok(Read { groups: FoundGroups::Changed(news), link })
}

/// Returns what is new about a group. What the round leaves open is read.
async fn news_of(
    task: &Task<'_>,
    id: GroupId,
    change: Change,
    is_known: bool,
    names: &mut HashMap<PersonId, String>,
) -> Result<GroupNews, Broken> {
    let is_unclear = change.presence == Turn::Unclear || change.owners.values().any(|(_, turn)| *turn == Turn::Unclear);
    match change.presence {
        Turn::Left => return Ok(GroupNews::Gone(id)),
        _ if is_unclear || (change.group.is_none() && !is_known) => return alone(task, id).await,
        _ => {}
    }
    let people = |wanted: Turn| {
        let people =
            change.owners.iter().filter(move |(_, (kind, turn))| *kind == LinkedKind::Person && *turn == wanted);
        people.map(|(id, _)| PersonId(*id)).collect::<Vec<_>>()
    };
    let (came, left) = (people(Turn::Came), people(Turn::Left));
    // Changes tell no names.
    if came.iter().any(|person| !names.contains_key(person)) {
        let owners = task.source.reader.owners(id).await.unwrap_or_default();
        names.extend(owners.into_iter().map(|owner| (owner.id, owner.name)));
    }
    let person = |id: PersonId| PersonRef { id, name: names.get(&id).cloned().unwrap_or_default() };
    Ok(GroupNews::Changed { id, group: change.group, came: came.into_iter().map(person).collect(), left })
}

/// Reads a group by itself.
pub(super) async fn alone(task: &Task<'_>, id: GroupId) -> Result<GroupNews, Broken> {
    let Some(group) = task.source.reader.group(id).await? else { return Ok(GroupNews::Gone(id)) };
    match task.source.reader.owners(id).await {
        Ok(owners) => Ok(GroupNews::Read(group, owners)),
        // Deleted between the two reads.
        Err(graph::Error::Gone) => Ok(GroupNews::Gone(id)),
        Err(error) => Err(error.into()),
    }
}

async fn known_names(app: &App, round: &Round) -> Result<HashMap<PersonId, String>, Broken> {
    let owners: HashSet<PersonId> =
        round.0.values().flat_map(|change| change.owners.keys().map(|id| PersonId(*id))).collect();
    Ok(app.store.directory().owner_names(&owners.into_iter().collect::<Vec<_>>()).await?)
}

impl Read {
    /// Returns the groups of the copy that would be gone.
    pub async fn told_gone(&self, app: &App) -> Result<Vec<GroupId>, Broken> {
        let known = app.store.directory().known_groups().await?;
        Ok(match &self.groups {
            FoundGroups::Whole(groups) => {
                let stay: HashSet<GroupId> = groups.iter().map(|(group, _)| group.id).collect();
                known.difference(&stay).copied().collect()
            }
            FoundGroups::Changed(news) => {
                let gone = news.iter().filter(|news| matches!(news, GroupNews::Gone(_)));
                gone.map(GroupNews::id).filter(|id| known.contains(id)).collect()
            }
        })
    }
}
