//! Reads the direct members of the groups that take part: all of them once, then who came and left.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use uuid::Uuid;

use crate::{
    domain::{
        delta::{Links, Round, Turn},
        directory_copy::Linked,
        ids::{GroupId, PersonId},
        outside::Known,
        watch::{self, Watch},
    },
    graph::{self, DeltaPages, MOST_WATCHED},
    store::{FoundMembers, KeptLink, MemberRound, Pair},
};

use super::refresh::{Broken, Task};

/// How many memberships are asked for one by one in a reading.
const MOST_ASKED: usize = 50;
/// How many people's names are read in a reading; the others are told without.
const MOST_NAMED: usize = 100;

/// Reads the members. Where the directory does not let them be read, the groups stay as they were.
pub(super) async fn read(task: &Task<'_>, kept: Vec<KeptLink>) -> Result<FoundMembers, Broken> {
    let wanted = wanted(task).await?;
    let watches: Vec<Watch> = kept.iter().map(|kept| kept.watch.clone()).collect();
    let plan = watch::plan(&wanted, &watches, task.source.way, MOST_WATCHED, task.app.clock.now());
    let covered: HashSet<GroupId> = watches.iter().flat_map(|watch| watch.covers.iter().copied()).collect();
    let mut found = FoundMembers {
        forget: plan.forget,
        first: wanted.iter().filter(|group| !covered.contains(group)).copied().collect(),
        even_if_it_loses: task.wanted.even_if_it_loses(),
        ..FoundMembers::default()
    };
    for kept in kept.iter().filter(|kept| plan.follow.contains(&kept.watch.name)) {
        found.rounds.extend(spared(follow(task, kept).await)?);
    }
    for groups in plan.begin {
        found.rounds.extend(spared(begin(task, Uuid::new_v4().to_string(), groups).await)?);
    }
    for round in &mut found.rounds {
        round.links.retain(|group, _| wanted.contains(group));
    }
    ask(task, &mut found).await?;
    name(task, &mut found).await?;
    Ok(found)
}

/// Returns the groups whose members are watched. Who hides its members shows them to few, and so says too little to most.
async fn wanted(task: &Task<'_>) -> Result<BTreeSet<GroupId>, Broken> {
    let store = &task.app.store;
    let designated: Vec<GroupId> = store.designations().all().await?.iter().map(|known| known.group).collect();
    let copied = store.directory().groups(&designated).await?;
    let can_be = copied.into_iter().filter(|copied| !copied.gone && !copied.group.facts.hides_members());
    Ok(can_be.map(|copied| copied.group.id).collect())
}

/// Leaves out a round that the token may not read; the others still count.
fn spared(round: Result<MemberRound, Broken>) -> Result<Option<MemberRound>, Broken> {
    match round {
        Ok(round) => Ok(Some(round)),
        Err(Broken::Graph(error @ (graph::Error::NotAllowed | graph::Error::Refused { .. }))) => {
            tracing::warn!(%error, "members of groups that take part cannot be read");
            Ok(None)
        }
        Err(broken) => Err(broken),
    }
}

async fn follow(task: &Task<'_>, kept: &KeptLink) -> Result<MemberRound, Broken> {
    let changes = match task.source.reader.changes_since(&kept.link) {
        Ok(pages) => gather(task, pages).await,
        Err(error) => Err(error.into()),
    };
    match changes {
        Ok((round, link)) => {
            let links = round.0.into_iter().map(|(group, change)| (group, change.members)).collect();
            Ok(MemberRound { watch: kept.watch.clone(), link, whole: false, links })
        }
        Err(Broken::Graph(error)) if error.ends_a_link() => {
            begin(task, kept.watch.name.clone(), kept.watch.covers.clone()).await
        }
        Err(broken) => Err(broken),
    }
}

/// Reads all members of some groups. A group that is not told of, or as gone, has not lost its members for that.
async fn begin(task: &Task<'_>, name: String, covers: Vec<GroupId>) -> Result<MemberRound, Broken> {
    let linked = Linked { begun_at: task.app.clock.now(), way: task.source.way };
    let (round, link) = gather(task, task.source.reader.members_of(&covers)).await?;
    let there = round.0.into_iter().filter(|(_, change)| change.presence == Turn::Came);
    let links: BTreeMap<GroupId, Links> = there.map(|(group, change)| (group, change.members)).collect();
    Ok(MemberRound { watch: Watch { name, covers, linked }, link, whole: true, links })
}

async fn gather(task: &Task<'_>, mut pages: DeltaPages<'_>) -> Result<(Round, String), Broken> {
    let mut round = Round::default();
    while let Some(page) = pages.next_page().await? {
        round.take(page);
        task.keep().await?;
    }
    Ok((round, pages.link()?))
}

/// Asks for what a round says both ways, and for what has been expected for longer than the directory lags.
async fn ask(task: &Task<'_>, found: &mut FoundMembers) -> Result<(), Broken> {
    let overdue = task.app.store.directory().overdue(task.app.clock.now(), MOST_ASKED).await?;
    let unclear = pairs(found).filter(|(_, turn)| *turn == Turn::Unclear).map(|(pair, _)| pair);
    let pairs: Vec<Pair> = unclear.chain(overdue).take(MOST_ASKED).collect();
    for (group, member) in pairs {
        match task.source.reader.is_member_settled(group, PersonId(member)).await {
            Ok(Some(is_member)) => {
                found.asked.insert((group, member), is_member);
            }
            // Too large to tell, gone, or not for this token: it stays expected.
            Ok(None) | Err(graph::Error::Gone | graph::Error::NotAllowed) => {}
            Err(error) => return Err(error.into()),
        }
        task.keep().await?;
    }
    Ok(())
}

/// Reads the names of the people of whom there will be news. A name is a help and no condition.
async fn name(task: &Task<'_>, found: &mut FoundMembers) -> Result<(), Broken> {
    let turns: Vec<(Pair, Turn)> = pairs(found).filter(|((group, _), _)| !found.first.contains(group)).collect();
    let known =
        task.app.store.directory().known_members(&turns.iter().map(|(pair, _)| *pair).collect::<Vec<_>>()).await?;
    let is_news = |(pair, turn): &&(Pair, Turn)| match (known.get(pair), turn) {
        (None, Turn::Came) => true,
        (Some(Known { present, expected_at }), Turn::Left) => *present && expected_at.is_none(),
        _ => false,
    };
    let mut people: Vec<Uuid> = turns.iter().filter(is_news).map(|((_, member), _)| *member).collect();
    people.extend(found.asked.keys().map(|(_, member)| *member));
    for person in people.into_iter().collect::<BTreeSet<_>>().into_iter().take(MOST_NAMED) {
        if let Ok(Some(name)) = task.source.reader.name(PersonId(person)).await {
            found.names.insert(person, name);
        }
        task.keep().await?;
    }
    Ok(())
}

fn pairs(found: &FoundMembers) -> impl Iterator<Item = (Pair, Turn)> {
    let of_round = |round: &MemberRound| {
        let of_group = |(group, links): (&GroupId, &Links)| {
            links.iter().map(|(member, (_, turn))| ((*group, *member), *turn)).collect::<Vec<_>>()
        };
        round.links.iter().flat_map(of_group).collect::<Vec<_>>()
    };
    found.rounds.iter().flat_map(of_round).collect::<Vec<_>>().into_iter()
}
