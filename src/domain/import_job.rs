//! A list of people on its way: looked up, shown, carried out, stopped, over.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{
    directory::PersonRef,
    ids::{GroupId, ImportId, OperationId, PersonId},
    importing::Verdict,
    operation::{self, DirectoryRefusal, Kind},
};

/// How long a process may hold a list without a sign of life before somebody may take it up.
pub const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// How long what was looked up is good enough to be carried out.
pub const PREVIEW_LASTS: SignedDuration = SignedDuration::from_mins(60);
/// How many rows are carried out together.
pub const CHUNK: usize = 20;

/// How far a list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The directory is being asked who is on it.
    Reading,
    /// It is shown, and nothing is carried out yet.
    Preview,
    /// It is being carried out.
    Running,
    /// It stopped and can go on.
    Paused,
    /// All of it was carried out.
    Ended,
    /// An owner ended it early.
    Cancelled,
}

/// Why carrying out a list stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Halt {
    /// The sign-in of who carried it out ended.
    SignIn,
    /// The process that carried it out ended.
    Interrupted,
    /// The directory does not answer.
    DirectoryAway,
    /// Who carried it out no longer owns the group.
    NotOwner,
    /// The group takes no part any more.
    NotDesignated,
    /// The group is paused.
    Suspended,
    /// The terms no longer let an owner add people, or these people.
    TermsChanged,
    /// The directory no longer knows the group.
    GroupGone,
    /// The group can no longer be managed here.
    GroupUnfit,
    /// The directory does not let this person change the group.
    NotAllowed,
}

/// What became of a row that was judged ready.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Added, or removed.
    Done,
    /// It was so already.
    Already,
    /// The directory knows this person no longer.
    Gone,
    /// The directory does not let this person be added or removed.
    NotAllowed,
    /// The directory does not let the group be changed.
    NotChangeable,
    /// Another change for this person was under way.
    BeingChanged,
    /// They have asked to join meanwhile; their request is to be answered.
    HasAsked,
    /// Nobody carried it out in time.
    GivenUp,
}

impl From<DirectoryRefusal> for Outcome {
    fn from(refusal: DirectoryRefusal) -> Self {
        match refusal {
            DirectoryRefusal::Gone => Self::Gone,
            DirectoryRefusal::NotAllowed => Self::NotAllowed,
            DirectoryRefusal::NotChangeable => Self::NotChangeable,
        }
    }
}

/// A list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Identifier.
    pub id: ImportId,
    /// Whether its people are added or removed.
    pub kind: Kind,
    /// In which group.
    pub group: GroupId,
    /// The group's name when the list was made.
    pub group_name: String,
    /// Why, in the owner's words; may be empty.
    pub reason: String,
    /// How far it is.
    pub state: State,
    /// Why it stopped, when it did.
    pub halt: Option<Halt>,
    /// Grows when it is looked up, started, stopped and over.
    pub version: i64,
    /// Who made it.
    pub made_by: PersonRef,
    /// When.
    pub made_at: Timestamp,
    /// Who carries it out, or did last.
    pub held_by: PersonRef,
    /// Until when they hold it without a sign of life.
    pub lease_until: Timestamp,
    /// Whether somebody wishes it to end after what is under way.
    pub cancel_wished: bool,
    /// When it was first started.
    pub started_at: Option<Timestamp>,
    /// When it was over.
    pub ended_at: Option<Timestamp>,
}

impl Job {
    /// Returns how far it is, as far as anybody can tell: what nobody holds any more has stopped.
    #[must_use]
    pub fn standing(&self, now: Timestamp) -> (State, Option<Halt>) {
        let is_lost = now >= self.lease_until;
        match self.state {
            State::Running if is_lost => (State::Paused, Some(Halt::Interrupted)),
            State::Reading if is_lost => (State::Paused, Some(self.halt.unwrap_or(Halt::Interrupted))),
            state => (state, self.halt),
        }
    }

    /// Returns whether it may be started: it is shown, and what it shows is not too old.
    #[must_use]
    pub fn can_start(&self, now: Timestamp) -> bool {
        self.state == State::Preview && now.duration_since(self.made_at) < PREVIEW_LASTS
    }

    /// Returns whether it has stopped and may be taken up.
    #[must_use]
    pub fn can_continue(&self, now: Timestamp) -> bool {
        self.standing(now).0 == State::Paused
    }

    /// Returns whether it is over.
    #[must_use]
    pub fn is_over(&self) -> bool {
        matches!(self.state, State::Ended | State::Cancelled)
    }

    /// Returns whether it was confirmed.
    #[must_use]
    pub fn was_started(&self) -> bool {
        self.started_at.is_some()
    }
}

/// A row of a list as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptRow {
    /// Its place in the list, from 1.
    pub place: i64,
    /// The line it begins on.
    pub line: i64,
    /// What it says.
    pub typed: String,
    /// The address or object id it names, when it can be read.
    pub key: Option<String>,
    /// Whom the directory found.
    pub person: Option<(PersonId, String)>,
    /// What was judged of it; nothing before it was looked up.
    pub verdict: Option<Verdict>,
    /// The write that carries it out.
    pub operation: Option<OperationId>,
    /// What is known of its end.
    pub outcome: Option<Outcome>,
    /// How far its write is.
    pub write: Option<(operation::State, Option<DirectoryRefusal>)>,
}

/// What is to be said of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fate {
    /// It was looked up, and nothing was or will be done for it, or is yet.
    Judged(Verdict),
    /// It is over.
    Over(Outcome),
    /// It was sent, and the directory has not confirmed it.
    Unconfirmed,
    /// It waits for its turn.
    Waiting,
    /// The list ended before its turn.
    NotTried,
}

impl KeptRow {
    /// Returns what is to be said of the row of a list.
    #[must_use]
    pub fn fate(&self, job: &Job) -> Fate {
        let verdict = self.verdict.unwrap_or(Verdict::Unknown);
        if verdict != Verdict::Ready || !job.was_started() {
            return Fate::Judged(verdict);
        }
        match (self.outcome, self.write) {
            (Some(outcome), _) => Fate::Over(outcome),
            (None, Some(write)) => outcome_of(write).map_or(Fate::Unconfirmed, Fate::Over),
            (None, None) if job.is_over() => Fate::NotTried,
            (None, None) => Fate::Waiting,
        }
    }
}

/// Returns what the end of a write means for its row.
#[must_use]
pub fn outcome_of((state, refusal): (operation::State, Option<DirectoryRefusal>)) -> Option<Outcome> {
    match state {
        operation::State::Applied => Some(Outcome::Done),
        operation::State::Refused => Some(refusal.map_or(Outcome::NotAllowed, Outcome::from)),
        operation::State::Abandoned => Some(Outcome::GivenUp),
        operation::State::InFlight | operation::State::Unknown => None,
    }
}

/// How many rows of a list there are of each kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Rows by verdict, as far as they were looked up, in the order of [`Verdict::ALL`].
    pub verdicts: Vec<(Verdict, usize)>,
    /// Rows that were judged ready and are over, by outcome.
    pub outcomes: Vec<(Outcome, usize)>,
    /// Rows that were sent and are not confirmed.
    pub unconfirmed: usize,
    /// All rows.
    pub rows: usize,
}

impl Tally {
    /// Returns how many rows have a verdict.
    #[must_use]
    pub fn of(&self, verdict: Verdict) -> usize {
        self.verdicts.iter().find(|(known, _)| *known == verdict).map_or(0, |(_, n)| *n)
    }

    /// Returns how many rows are to be carried out.
    #[must_use]
    pub fn ready(&self) -> usize {
        self.of(Verdict::Ready)
    }

    /// Returns how many of them are over.
    #[must_use]
    pub fn over(&self) -> usize {
        self.outcomes.iter().map(|(_, n)| n).sum()
    }

    /// Returns how many wait for their turn.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.ready().saturating_sub(self.over() + self.unconfirmed)
    }
}
