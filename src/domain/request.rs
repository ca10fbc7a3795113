//! A request to join a group: its states, and the one table of moves between them.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{
    directory::PersonRef,
    ids::{GroupId, PersonId, RequestId},
    operation::{self, Operation},
    questions::Answer,
    terms::Terms,
};

/// The most characters in a reason to ask, and in a message that goes with an answer.
pub const MESSAGE_LIMIT: usize = 1000;

/// Where a request stands. What people read is derived from this and from the operation that follows an approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Waits for an answer.
    Open,
    /// An owner said yes; the operation tells how far the directory is.
    Approved,
    /// An owner said no.
    Denied,
    /// Over without an answer; the reason is beside it.
    Ended,
}

/// What a person asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// To become a member.
    Join,
    /// To stay one for longer. An approval moves the end and writes nothing to the directory.
    Extend,
}

/// Why a request ended without an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndReason {
    /// The person who asked took it back.
    Withdrawn,
    /// Nobody answered in time.
    Lapsed,
    /// The person was a member already.
    AlreadyMember,
    /// The directory no longer knows the group.
    GroupGone,
    /// An owner deleted the group.
    GroupDeleted,
    /// The directory no longer lets Roster manage the group.
    GroupUnfit,
    /// The group no longer takes part.
    NotDesignated,
    /// The person who asked is gone from the directory.
    RequesterGone,
    /// The membership that was to last longer is gone, or has no end any more.
    NoEnd,
}

/// A step that a request can take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// An owner says yes.
    Approve,
    /// An owner says no.
    Deny,
    /// The request ends without an answer.
    End,
}

/// Every move a request can make; what is not here cannot happen. The store's conditional updates, the tests and the page
/// in `docs/` follow this table.
pub const MOVES: [(State, Step, State); 3] = [
    (State::Open, Step::Approve, State::Approved),
    (State::Open, Step::Deny, State::Denied),
    (State::Open, Step::End, State::Ended),
];

impl State {
    /// Returns where a step leads from here, or `None` when it cannot be taken.
    #[must_use]
    pub fn after(self, step: Step) -> Option<Self> {
        MOVES.iter().find(|(from, by, _)| (*from, *by) == (self, step)).map(|(_, _, to)| *to)
    }
}

/// What was known about the person when they asked; read with their own token, so it can be trusted and is complete.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asker {
    /// Sign-in name.
    pub username: String,
    /// Job title, empty when there is none.
    pub job_title: String,
    /// Department, empty when there is none.
    pub department: String,
    /// Whether the tenant knows them as a guest.
    pub guest: bool,
}

/// An owner's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Who answered.
    pub by: PersonRef,
    /// When.
    pub at: Timestamp,
    /// What they wrote to the person; empty when nothing.
    pub message: String,
}

/// A request to join a group, or to stay in it for longer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JoinRequest {
    /// Identifier.
    pub id: RequestId,
    /// What is asked for.
    pub kind: Kind,
    /// The group.
    pub group: GroupId,
    /// Its name when the person asked.
    pub group_name: String,
    /// Who asked.
    pub requester: PersonRef,
    /// What was known about them then.
    pub asker: Asker,
    /// Why, in their words; empty when they gave no reason.
    pub reason: String,
    /// What they answered to the questions of the group, as they were asked; for those who answer and for the person alone.
    pub answers: Vec<Answer>,
    /// For how many days they wish to belong, where the terms set an end.
    pub days: Option<u16>,
    /// Where it stands.
    pub state: State,
    /// Why it ended, when it did.
    pub end_reason: Option<EndReason>,
    /// Grows with every move; a form drawn from an older version is stale.
    pub version: i64,
    /// When they asked.
    pub asked_at: Timestamp,
    /// When it lapses if nobody answers.
    pub lapses_at: Timestamp,
    /// When it ended without an answer.
    pub ended_at: Option<Timestamp>,
    /// Owners who approved while more have to; the one who decides is not among them.
    pub consented: Vec<PersonId>,
    /// The answer.
    pub decision: Option<Decision>,
    /// The directory write that follows an approval.
    pub operation: Option<Operation>,
}

/// What a person reads about a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Waits for an owner.
    Waiting,
    /// Approved; the directory has not confirmed the membership yet.
    BeingAdded,
    /// Approved, and the directory refused so far; an owner can try again.
    Delayed(operation::DirectoryRefusal),
    /// Approved and carried out.
    Added,
    /// Approved: the membership lasts longer.
    Extended,
    /// Approved, and the directory refused for good.
    NotAdded(operation::DirectoryRefusal),
    /// Approved, and nobody could carry it out in time.
    Abandoned,
    /// Denied.
    Denied,
    /// Over without an answer.
    Ended(EndReason),
}

impl JoinRequest {
    /// Returns what people read about the request.
    #[must_use]
    pub fn standing(&self) -> Standing {
        match self.state {
            State::Open => Standing::Waiting,
            State::Denied => Standing::Denied,
            State::Ended => Standing::Ended(self.end_reason.unwrap_or(EndReason::Withdrawn)),
            State::Approved if self.kind == Kind::Extend => Standing::Extended,
            State::Approved => self.operation.as_ref().map_or(Standing::BeingAdded, Operation::standing),
        }
    }

    /// Returns whether the request is open and its time has passed.
    #[must_use]
    pub fn has_lapsed(&self, now: Timestamp) -> bool {
        self.state == State::Open && now >= self.lapses_at
    }
}

/// Returns when a request made now lapses under the terms.
#[must_use]
pub fn lapses_at(terms: &Terms, now: Timestamp) -> Timestamp {
    now + SignedDuration::from_hours(24 * i64::from(terms.open_days))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_open_request_can_move() {
        for from in [State::Approved, State::Denied, State::Ended] {
            for step in [Step::Approve, Step::Deny, Step::End] {
                assert_eq!(from.after(step), None, "{from:?} {step:?}");
            }
        }
        assert_eq!(State::Open.after(Step::Approve), Some(State::Approved));
    }
}
