//! Taking what a reading found of members into the copy, and recording who came and left without Roster.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

use super::{
    Error,
    db::Tx,
    directory_links,
    directory_members::{Pair, known, known_of, ours, write},
    membership_ends,
};
use crate::domain::{
    delta::{LinkedKind, Links, Turn},
    directory_copy::Loss,
    event::{Event, EventKind},
    ids::{GroupId, PersonId},
    outside::{self, Known},
    watch::Watch,
};

/// From how many people on a change is told as one: somebody has exchanged the members as a whole.
const MANY: usize = 200;

/// What a reading found of the members of some groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberRound {
    /// Which groups they are, and since when they are followed.
    pub watch: Watch,
    /// Where the changes after it will be.
    pub link: String,
    /// Whether it tells of all members there are.
    pub whole: bool,
    /// Who came and left, or who belongs to them, by group.
    pub links: BTreeMap<GroupId, Links>,
}

/// What a reading found of members, all of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FoundMembers {
    /// The rounds.
    pub rounds: Vec<MemberRound>,
    /// Links that are of no more use.
    pub forget: Vec<String>,
    /// Groups that were not followed before: nothing is news there.
    pub first: HashSet<GroupId>,
    /// Whether somebody has seen how much would be lost, and takes that for right.
    pub even_if_it_loses: bool,
    /// Whether somebody belongs to a group, as it was asked for by itself.
    pub asked: HashMap<Pair, bool>,
    /// What people are called.
    pub names: HashMap<Uuid, String>,
}

/// A change of what the copy holds of somebody.
struct Moved {
    pair: Pair,
    kind: LinkedKind,
    now: Option<Known>,
    event: Option<EventKind>,
}

/// Takes what was found into the copy. Returns how many people came and left, and the events to append.
pub(super) async fn apply(tx: &mut Tx, found: &FoundMembers, now: Timestamp) -> Result<(usize, Vec<Event>), Error> {
    let (mut moved, mut is_whole) = (Vec::new(), true);
    for round in &found.rounds {
        let (held, turns) = turns(tx, round).await?;
        if !found.even_if_it_loses && loss(round, &held, &turns).is_too_much() {
            tracing::warn!("members of groups that take part would be lost; they stay as they were");
            is_whole = false;
            continue;
        }
        let pairs: Vec<Pair> = turns.iter().map(|(pair, ..)| *pair).collect();
        let ours = ours(tx, &pairs).await?;
        for (pair, kind, turn) in turns {
            let before = held.get(&pair).copied();
            let step = match (turn, found.asked.get(&pair)) {
                (Turn::Unclear, Some(is_member)) => {
                    let turn = if *is_member { Turn::Came } else { Turn::Left };
                    outside::seen(before, turn, ours.get(&pair).copied())
                }
                _ => outside::seen(before, turn, ours.get(&pair).copied()),
            };
            if step.now != before || step.event.is_some() {
                moved.push(Moved { pair, kind, now: step.now, event: step.event });
            }
        }
        directory_links::keep(tx, &round.link, &round.watch, now).await?;
    }
    moved.extend(overdue(tx, found, &moved, now).await?);
    moved.iter_mut().filter(|moved| found.first.contains(&moved.pair.0)).for_each(|moved| moved.event = None);
    let rows: Vec<_> = moved.iter().map(|moved| (moved.pair, moved.kind, moved.now)).collect();
    write(tx, &rows).await?;
    let left = moved.iter().filter(|moved| moved.event == Some(EventKind::MembershipRemovedOutside));
    let left: Vec<Pair> = left.map(|moved| moved.pair).collect();
    membership_ends::close(tx, &left, now).await?;
    if is_whole {
        directory_links::forget(tx, &found.forget).await?;
    }
    Ok((moved.len(), events(&moved, found, now)))
}

/// Says what a round that tells of everybody would lose.
fn loss(round: &MemberRound, held: &HashMap<Pair, Known>, turns: &[(Pair, LinkedKind, Turn)]) -> Loss {
    let is_held = |pair: &Pair| held.get(pair).is_some_and(|known| known.present);
    let lost = turns.iter().filter(|(pair, _, turn)| *turn == Turn::Left && is_held(pair)).count();
    let known = held.values().filter(|known| known.present).count();
    if round.whole { Loss { known, lost } } else { Loss { known, lost: 0 } }
}

/// Returns what the copy holds of the people of a round, and which way each of them went. A round that is whole says of
/// everybody it does not name that they left.
async fn turns(
    tx: &mut Tx,
    round: &MemberRound,
) -> Result<(HashMap<Pair, Known>, Vec<(Pair, LinkedKind, Turn)>), Error> {
    let mut turns = Vec::new();
    for (group, links) in &round.links {
        turns.extend(links.iter().map(|(member, (kind, turn))| ((*group, *member), *kind, *turn)));
    }
    if !round.whole {
        let pairs: Vec<Pair> = turns.iter().map(|(pair, ..)| *pair).collect();
        return Ok((known(tx, &pairs).await?, turns));
    }
    let mut held = HashMap::new();
    for group in round.links.keys() {
        held.extend(known_of(tx, *group).await?);
    }
    let named: HashSet<Pair> = turns.iter().map(|(pair, ..)| *pair).collect();
    let missing = held.keys().filter(|pair| !named.contains(pair));
    turns.extend(missing.map(|pair| (*pair, LinkedKind::Person, Turn::Left)));
    Ok((held, turns))
}

/// Returns what follows from the answers about people whose membership was expected for long.
async fn overdue(tx: &mut Tx, found: &FoundMembers, moved: &[Moved], now: Timestamp) -> Result<Vec<Moved>, Error> {
    let done: HashSet<Pair> = moved.iter().map(|moved| moved.pair).collect();
    let pairs: Vec<Pair> = found.asked.keys().filter(|pair| !done.contains(pair)).copied().collect();
    let (held, ours) = (known(tx, &pairs).await?, ours(tx, &pairs).await?);
    let mut all = Vec::new();
    for pair in pairs {
        let Some(before) = held.get(&pair).filter(|known| outside::is_overdue(**known, now)) else { continue };
        let step = outside::asked(*before, found.asked[&pair], ours.get(&pair).copied());
        all.push(Moved { pair, kind: LinkedKind::Person, now: step.now, event: step.event });
    }
    Ok(all)
}

/// Returns the events of a reading: one for each person, or one for all when there are very many.
fn events(moved: &[Moved], found: &FoundMembers, now: Timestamp) -> Vec<Event> {
    let mut by_group: BTreeMap<(GroupId, &'static str), Vec<(&Moved, EventKind)>> = BTreeMap::new();
    for one in moved {
        let Some(kind) = one.event else { continue };
        let way = if kind == EventKind::MembershipRemovedOutside { "left" } else { "came" };
        by_group.entry((one.pair.0, way)).or_default().push((one, kind));
    }
    let mut all = Vec::new();
    for ((group, _), people) in by_group {
        if people.len() <= MANY {
            all.extend(people.into_iter().map(|(one, kind)| event(one, kind, found, now)));
        } else if let Some((_, kind)) = people.first() {
            all.push(Event::new(*kind, None, now).group(group).detail(json!({ "count": people.len() })));
        }
    }
    all
}

fn event(moved: &Moved, kind: EventKind, found: &FoundMembers, now: Timestamp) -> Event {
    let (group, member) = moved.pair;
    let event = Event::new(kind, None, now).group(group);
    match moved.kind {
        LinkedKind::Person => event.person(PersonId(member)).detail(json!({ "name": found.names.get(&member) })),
        LinkedKind::Group | LinkedKind::Other => event.detail(json!({ "object": member, "kind": moved.kind })),
    }
}
