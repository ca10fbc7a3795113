//! A directory write that follows a decision: add a member after an approval or at an owner's own wish, remove one who
//! wishes to leave or whom an owner removes.
//!
//! The directory may be slow, away or of two minds. So an answer is read as *done*, *refused* or *unclear*, and only a
//! definite refusal together with two reads that say "not a member", two minutes apart, ends in *refused*. Everything
//! unclear stays unknown and can be finished.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{
    approval::WRITE_SCOPE,
    directory::PersonRef,
    ids::{GroupId, OperationId, PersonId, RequestId},
    powers::GROUP_SCOPE,
    request::Standing,
};

/// How long a process may hold an operation before another may take it over. Longer than any write of ours lives.
pub const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// How long a write of ours may still land after it was sent, and so the distance between two reads that settle a refusal.
pub const SETTLE: SignedDuration = SignedDuration::from_secs(120);
/// After this long an approval that nobody could carry out is given up.
pub const ABANDON_AFTER: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What is to be done in the directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Add the person to the group.
    Add,
    /// Remove the person.
    Remove,
    /// Make the person an owner of the group.
    AddOwner,
    /// Take the group from the person, who owns it.
    RemoveOwner,
}

impl Kind {
    /// Returns whether it changes who is a member; the others change who owns the group.
    #[must_use]
    pub fn is_of_members(self) -> bool {
        matches!(self, Self::Add | Self::Remove)
    }

    /// Returns whether it gives the person something that they have not.
    #[must_use]
    pub fn gives(self) -> bool {
        matches!(self, Self::Add | Self::AddOwner)
    }

    /// Returns the scope that lets an owner do it with their own token (Graph permissions reference).
    #[must_use]
    pub fn scope(self) -> &'static str {
        if self.is_of_members() { WRITE_SCOPE } else { GROUP_SCOPE }
    }
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Somebody is carrying it out and holds the lease.
    InFlight,
    /// The directory's answer was lost or unclear; it can be finished.
    Unknown,
    /// The directory did it.
    Applied,
    /// The directory refused for good.
    Refused,
    /// Given up after [`ABANDON_AFTER`], or taken back by the person who wished to leave.
    Abandoned,
}

/// A step that an operation can take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// Somebody takes the lease.
    Begin,
    /// The directory did it.
    Apply,
    /// Nothing definite is known.
    LoseTrack,
    /// The directory refused for good.
    Refuse,
    /// It is given up.
    Abandon,
}

/// Every move an operation can make. `Begin` from in flight needs a lease that has run out; `Apply` from unknown is for a
/// membership that is there when its holder leaves.
pub const MOVES: [(State, Step, State); 8] = [
    (State::Unknown, Step::Begin, State::InFlight),
    (State::InFlight, Step::Begin, State::InFlight),
    (State::InFlight, Step::Apply, State::Applied),
    (State::Unknown, Step::Apply, State::Applied),
    (State::InFlight, Step::LoseTrack, State::Unknown),
    (State::InFlight, Step::Refuse, State::Refused),
    (State::InFlight, Step::Abandon, State::Abandoned),
    (State::Unknown, Step::Abandon, State::Abandoned),
];

impl State {
    /// Returns where a step leads from here, or `None` when it cannot be taken.
    #[must_use]
    pub fn after(self, step: Step) -> Option<Self> {
        MOVES.iter().find(|(from, by, _)| (*from, *by) == (self, step)).map(|(_, _, to)| *to)
    }
}

/// Why the directory refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DirectoryRefusal {
    /// The person who carried it out may not do it (any more).
    NotAllowed,
    /// The group or the person is gone.
    Gone,
    /// The directory does not let anybody change this group from here.
    NotChangeable,
}

/// A write to the directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Identifier; sent to Graph as `client-request-id`.
    pub id: OperationId,
    /// What is to be done.
    pub kind: Kind,
    /// In which group.
    pub group: GroupId,
    /// The group's name when it was decided.
    pub group_name: String,
    /// For whom.
    pub person: PersonRef,
    /// The request it follows, when it follows one.
    pub request: Option<RequestId>,
    /// Who decided it: the owner who approved, added or removed, or the person who wishes to leave.
    pub decided_by: PersonRef,
    /// Why, in their words; empty when they gave no reason here.
    pub reason: String,
    /// How far it is.
    pub state: State,
    /// Grows with every move.
    pub version: i64,
    /// How often it was tried.
    pub attempt: i64,
    /// Until when the one who carries it out may.
    pub lease_until: Timestamp,
    /// The last definite refusal.
    pub refusal: Option<DirectoryRefusal>,
    /// When the directory was first read to say "not done" after a definite refusal.
    pub negative_at: Option<Timestamp>,
    /// When it was decided.
    pub created_at: Timestamp,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
    /// Who carried it out, or tried last.
    pub carried_out_by: Option<PersonRef>,
    /// Of an add, until when the membership lasts; of a removal, the end of the membership that has come.
    pub until: Option<Timestamp>,
}

impl Operation {
    /// Returns a write that is owed from now on and held by the person who carries it out first.
    #[must_use]
    pub fn owed(kind: Kind, group: (GroupId, &str), person: &PersonRef, by: &PersonRef, now: Timestamp) -> Self {
        Self {
            id: OperationId::new(),
            kind,
            group: group.0,
            group_name: group.1.to_owned(),
            person: person.clone(),
            request: None,
            decided_by: by.clone(),
            reason: String::new(),
            state: State::InFlight,
            version: 1,
            attempt: 1,
            lease_until: now + LEASE,
            refusal: None,
            negative_at: None,
            created_at: now,
            finished_at: None,
            carried_out_by: Some(by.clone()),
            until: None,
        }
    }

    /// Returns the removal of somebody whose membership has come to its end. Nobody holds it, and who set the end stands
    /// for who decided it.
    #[must_use]
    pub fn at_its_end(
        group: (GroupId, &str),
        person: &PersonRef,
        set_by: &PersonRef,
        end: Timestamp,
        now: Timestamp,
    ) -> Self {
        Self {
            state: State::Unknown,
            attempt: 0,
            lease_until: now,
            carried_out_by: None,
            until: Some(end),
            ..Self::owed(Kind::Remove, group, person, set_by, now)
        }
    }

    /// Returns what people read about the request this operation follows.
    #[must_use]
    pub fn standing(&self) -> Standing {
        match (self.state, self.refusal) {
            (State::Applied, _) => Standing::Added,
            (State::Abandoned, _) => Standing::Abandoned,
            (State::Refused, refusal) => Standing::NotAdded(refusal.unwrap_or(DirectoryRefusal::NotAllowed)),
            (State::InFlight | State::Unknown, Some(refusal)) => Standing::Delayed(refusal),
            (State::InFlight | State::Unknown, None) => Standing::BeingAdded,
        }
    }

    /// Returns whether somebody may take it up now: its answer was lost, or the one who had it is gone.
    #[must_use]
    pub fn can_begin(&self, now: Timestamp) -> bool {
        match self.state {
            State::Unknown => true,
            State::InFlight => now >= self.lease_until,
            State::Applied | State::Refused | State::Abandoned => false,
        }
    }

    /// Returns whether it is somebody's own wish to leave.
    #[must_use]
    pub fn is_wish_to_leave(&self) -> bool {
        self.kind == Kind::Remove && self.decided_by.id == self.person.id && !self.is_at_its_end()
    }

    /// Returns whether it removes somebody because their membership has come to its end.
    #[must_use]
    pub fn is_at_its_end(&self) -> bool {
        self.kind == Kind::Remove && self.until.is_some()
    }

    /// Returns whether it adds somebody to a membership that would be over by now.
    #[must_use]
    pub fn has_passed(&self, now: Timestamp) -> bool {
        self.kind == Kind::Add && self.until.is_some_and(|until| until <= now)
    }

    /// Returns whether it is neither done nor given up.
    #[must_use]
    pub fn is_unfinished(&self) -> bool {
        matches!(self.state, State::InFlight | State::Unknown)
    }
}

/// What the directory answered to a write, in terms of what it means for us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It is done, now or already.
    Done,
    /// A definite no.
    No(DirectoryRefusal),
    /// Lost, late, throttled or not understood; never a failure.
    Unclear,
}

/// Says which step follows an answer. `in_place` is what a read that does not use the directory's lagging index said after
/// the answer: whether the wished state is in place, `None` when it could not be read.
#[must_use]
pub fn settle(operation: &Operation, answer: Answer, in_place: Option<bool>, now: Timestamp) -> Step {
    match (answer, in_place) {
        (Answer::Done, _) | (_, Some(true)) => Step::Apply,
        (Answer::Unclear, _) | (Answer::No(_), None) => Step::LoseTrack,
        (Answer::No(_), Some(false)) => match operation.negative_at {
            Some(first) if now.duration_since(first) >= SETTLE => Step::Refuse,
            _ => Step::LoseTrack,
        },
    }
}

/// Says whether an approval or a wish that nobody carried out has to be given up. What has come to its end stays owed: a
/// membership would go on without anybody knowing.
#[must_use]
pub fn is_abandoned(operation: &Operation, now: Timestamp) -> bool {
    operation.can_begin(now) && !operation.is_at_its_end() && now.duration_since(operation.created_at) >= ABANDON_AFTER
}

/// Returns whether the person an operation is for is the given one: nobody finishes for themselves.
#[must_use]
pub fn is_for(operation: &Operation, person: PersonId) -> bool {
    operation.person.id == person
}

#[cfg(test)]
mod tests;
