//! What happened in the directory without Roster, to a group that takes part: told from what Roster did by itself.
//!
//! What the directory says lags behind what it did, by an unspecified time. So a change that Roster made is kept as
//! *expected* until the directory shows it; until then, the contrary is no news but an old state, and is asked for live
//! once the lag must be over.

pub mod asking;
pub mod author;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::{
    delta::Turn,
    directory::{Group, PersonRef, Unfit},
    event::EventKind,
    operation::{Kind, State},
};

/// How long the directory may go on showing the state before a change that Roster made. Microsoft names no bound; what is
/// still expected then is asked for by itself.
pub const LAG: SignedDuration = SignedDuration::from_mins(15);

/// What the copy holds of somebody in a group that takes part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// Whether they belong to it.
    pub present: bool,
    /// Since when this is expected because Roster did it; `None` once the directory has shown it.
    pub expected_at: Option<Timestamp>,
}

/// What Roster last did, or is about to do, for somebody in a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ours {
    /// What was to be done.
    pub kind: Kind,
    /// How far it is.
    pub state: State,
}

impl Ours {
    fn is_unfinished(self, kind: Kind) -> bool {
        self.kind == kind && matches!(self.state, State::InFlight | State::Unknown)
    }
}

/// What follows from what the directory shows of somebody in a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// What the copy holds from now on; `None` for nobody.
    pub now: Option<Known>,
    /// What is to be told.
    pub event: Option<EventKind>,
}

const PRESENT: Known = Known { present: true, expected_at: None };

/// Says what follows when a change shows somebody as come or gone. `known` is what the copy holds of them, `ours` the last
/// thing Roster did for them there.
#[must_use]
pub fn seen(known: Option<Known>, turn: Turn, ours: Option<Ours>) -> Step {
    let keep = Step { now: known, event: None };
    match (known, turn) {
        // Said both ways round: not until it is clear. Or an old state, shown after a change of ours.
        (_, Turn::Unclear)
        | (Some(Known { present: true, expected_at: Some(_) }), Turn::Left)
        | (Some(Known { present: false, .. }), Turn::Came) => keep,
        (Some(Known { present: true, .. }), Turn::Came) => Step { now: Some(PRESENT), event: None },
        (None | Some(Known { present: false, .. }), Turn::Left) => Step { now: None, event: None },
        (None, Turn::Came) => Step { now: Some(PRESENT), event: came(ours) },
        (Some(Known { present: true, expected_at: None }), Turn::Left) => Step { now: None, event: left(ours) },
    }
}

/// Says what follows when a read of the directory itself answers for something that was expected for long.
#[must_use]
pub fn asked(known: Known, is_member: bool, ours: Option<Ours>) -> Step {
    match (known.present, is_member) {
        (true, true) => Step { now: Some(PRESENT), event: None },
        (false, false) => Step { now: None, event: None },
        (true, false) => Step { now: None, event: left(ours) },
        (false, true) => Step { now: Some(PRESENT), event: came(ours) },
    }
}

/// Somebody was refused, given up or removed here, and is a member all the same: that is more than news.
fn came(ours: Option<Ours>) -> Option<EventKind> {
    match ours {
        Some(ours) if ours.is_unfinished(Kind::Add) => None,
        Some(
            Ours { kind: Kind::Add, state: State::Refused | State::Abandoned }
            | Ours { kind: Kind::Remove, state: State::Applied },
        ) => Some(EventKind::MembershipUnexpected),
        _ => Some(EventKind::MembershipAddedOutside),
    }
}

fn left(ours: Option<Ours>) -> Option<EventKind> {
    let by_us = ours.is_some_and(|ours| ours.is_unfinished(Kind::Remove));
    (!by_us).then_some(EventKind::MembershipRemovedOutside)
}

/// Returns whether something expected has to be asked for: the directory had time enough to show it.
#[must_use]
pub fn is_overdue(known: Known, now: Timestamp) -> bool {
    known.expected_at.is_some_and(|at| now.duration_since(at).abs() >= LAG)
}

/// A group as the copy had it or has it.
#[derive(Debug, Clone, Copy)]
pub struct Copied<'a> {
    /// The group.
    pub group: &'a Group,
    /// Its owners.
    pub owners: &'a [PersonRef],
    /// Whether the directory no longer knows it.
    pub gone: bool,
}

/// A change of a group that takes part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupChange {
    /// What happened.
    pub kind: EventKind,
    /// To whom, for a change of owners.
    pub person: Option<PersonRef>,
    /// What else a reader needs.
    pub detail: Value,
}

/// Returns what changed about a group between two states of the copy.
#[must_use]
pub fn group_changes(before: Copied<'_>, after: Copied<'_>) -> Vec<GroupChange> {
    let change = |kind, detail| GroupChange { kind, person: None, detail };
    match (before.gone, after.gone) {
        (true, true) => return Vec::new(),
        (false, true) => return vec![change(EventKind::GroupDeleted, json!({ "name": before.group.name }))],
        _ => {}
    }
    let mut all = Vec::new();
    if before.gone {
        // Who owned it before it went is not kept, so nothing can be said of its owners.
        all.push(change(EventKind::GroupRestored, json!({ "name": after.group.name })));
    } else {
        all.extend(owner_changes(before.owners, after.owners));
    }
    if before.group.name != after.group.name {
        let detail = json!({ "before": before.group.name, "after": after.group.name });
        all.push(change(EventKind::GroupRenamed, detail));
    }
    if before.group.description != after.group.description {
        all.push(change(EventKind::GroupDescribed, Value::Null));
    }
    match (unfit(before.group), unfit(after.group)) {
        (was, Some(is)) if was != Some(is) => all.push(change(EventKind::GroupUnfit, json!({ "why": is }))),
        (Some(_), None) => all.push(change(EventKind::GroupFit, Value::Null)),
        _ => {}
    }
    all
}

fn unfit(group: &Group) -> Option<Unfit> {
    group.facts.eligibility().err()
}

fn owner_changes(before: &[PersonRef], after: &[PersonRef]) -> Vec<GroupChange> {
    let lacks = |list: &[PersonRef], one: &PersonRef| !list.iter().any(|other| other.id == one.id);
    let change = |kind| move |owner: &PersonRef| GroupChange { kind, person: Some(owner.clone()), detail: Value::Null };
    let came = after.iter().filter(|owner| lacks(before, owner)).map(change(EventKind::OwnerAddedOutside));
    let left = before.iter().filter(|owner| lacks(after, owner)).map(change(EventKind::OwnerRemovedOutside));
    came.chain(left).collect()
}

#[cfg(test)]
mod tests;
