//! Commissions: an administrator asks somebody to create a group for a resource, and is told once it is there.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{
    creating,
    directory::{Person, PersonRef},
    ids::{CommissionId, EventId, GroupId, PersonId},
    refusal::Refusal,
    viewer::Viewer,
};

/// The most characters of the resource that a group is for.
pub const RESOURCE_LIMIT: usize = 200;
/// The most characters of what an administrator adds, and of a reason.
pub const NOTE_LIMIT: usize = 500;
/// How long somebody is told on their first page that a commission was taken back.
pub const TOLD_FOR: SignedDuration = SignedDuration::from_hours(14 * 24);

/// How far a commission is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It waits for the person it was given to.
    Open,
    /// They are creating the group.
    Taken,
    /// The group is there, and waits to be granted access.
    Ready,
    /// They do not create it.
    Declined,
    /// An administrator took it back.
    Withdrawn,
    /// An administrator has seen what became of it.
    Done,
}

/// What can happen to a commission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// A creation for it is recorded.
    Take,
    /// That creation was refused.
    Reopen,
    /// The group is there.
    Report,
    /// The person declines.
    Decline,
    /// An administrator takes it back while nobody has begun.
    Withdraw,
    /// An administrator takes it back from somebody who began and can no longer create anything.
    Abandon,
    /// An administrator has seen what became of it.
    Close,
}

impl State {
    /// Returns the state after a step, or nothing where the step is not possible.
    #[must_use]
    pub fn after(self, step: Step) -> Option<Self> {
        match (self, step) {
            (Self::Open, Step::Take) => Some(Self::Taken),
            (Self::Open, Step::Decline) => Some(Self::Declined),
            (Self::Open, Step::Withdraw) | (Self::Taken, Step::Abandon) => Some(Self::Withdrawn),
            (Self::Taken, Step::Reopen) => Some(Self::Open),
            (Self::Taken, Step::Report) => Some(Self::Ready),
            (Self::Ready | Self::Declined, Step::Close) => Some(Self::Done),
            _ => None,
        }
    }
}

/// What is wished for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wish {
    /// The resource that the group gives access to, on one line.
    pub resource: String,
    /// What membership gives; it becomes the purpose of the group.
    pub purpose: String,
    /// A name that is suggested; may be empty.
    pub name: String,
    /// What else is to be known; may be empty.
    pub note: String,
}

/// A commission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commission {
    /// Identifier.
    pub id: CommissionId,
    /// Who is asked to create the group.
    pub to: PersonRef,
    /// What is wished for.
    pub wish: Wish,
    /// The administrator who asked.
    pub by: PersonRef,
    /// When.
    pub at: Timestamp,
    /// How far it is.
    pub state: State,
    /// The one creation that is tied to it.
    pub creation: Option<EventId>,
    /// The group, once it is there, with the name it was created by.
    pub group: Option<(GroupId, String)>,
    /// When the group was there, or the person declined.
    pub answered_at: Option<Timestamp>,
    /// Why it was declined or taken back.
    pub why: String,
    /// Who took it back or closed it, and when.
    pub ended: Option<(PersonRef, Timestamp)>,
}

/// What the first page tells somebody of a commission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// Which.
    pub id: CommissionId,
    /// How far it is.
    pub state: State,
    /// The resource it is for.
    pub resource: String,
    /// Who asked.
    pub by: String,
}

/// Why somebody cannot be asked, or could no longer do what was asked of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unable {
    /// The directory does not know them.
    Gone,
    /// Their account may not sign in.
    Disabled,
    /// They are a guest, and guests create no groups.
    Guest,
    /// Nobody asks themself.
    Themself,
}

/// Says whether a person may commission groups, and see to commissions.
///
/// # Errors
/// [`Refusal::NotAdministrator`].
pub fn may_commission(viewer: &Viewer) -> Result<(), Refusal> {
    if viewer.is_administrator() { Ok(()) } else { Err(Refusal::NotAdministrator) }
}

/// Says why a person could not create a group for a commission; nothing keeps them when there is none.
#[must_use]
pub fn unable(person: Option<&Person>, by: PersonId) -> Option<Unable> {
    match person {
        None => Some(Unable::Gone),
        Some(person) if person.id == by => Some(Unable::Themself),
        Some(person) if person.enabled == Some(false) => Some(Unable::Disabled),
        Some(person) if person.is_guest() => Some(Unable::Guest),
        Some(_) => None,
    }
}

/// Returns whether a commission was given to a person, who can still see it.
#[must_use]
pub fn is_for(viewer: &Viewer, commission: &Commission) -> bool {
    commission.to.id == viewer.id && !viewer.guest
}

/// Says whether a person may create the group for a commission, or decline.
///
/// # Errors
/// As for [`creating::may_create`] where they could create no group; [`Refusal::Stale`] when it no longer waits, or waits
/// for somebody else.
pub fn may_answer(viewer: &Viewer, commission: &Commission, can_write: bool) -> Result<(), Refusal> {
    creating::may_create(viewer, can_write)?;
    if is_for(viewer, commission) && commission.state == State::Open { Ok(()) } else { Err(Refusal::Stale) }
}

/// Returns the step by which a commission is taken back: what somebody has begun is theirs to end, unless they no longer can.
#[must_use]
pub fn taking_back(commission: &Commission, unable: Option<Unable>) -> Step {
    if commission.state == State::Taken && unable.is_some() { Step::Abandon } else { Step::Withdraw }
}

/// Says whether an administrator may do a step to a commission.
///
/// # Errors
/// [`Refusal::NotAdministrator`]; [`Refusal::Stale`] when it is further already.
pub fn may_end(viewer: &Viewer, commission: &Commission, step: Step) -> Result<(), Refusal> {
    may_commission(viewer)?;
    commission.state.after(step).map(|_| ()).ok_or(Refusal::Stale)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{samples, viewer::Role};

    fn commission(state: State) -> Commission {
        Commission {
            id: CommissionId::new(),
            to: samples::person("Grace Hopper"),
            wish: Wish::default(),
            by: samples::person("Ada Lovelace"),
            at: samples::now(),
            state,
            creation: None,
            group: None,
            answered_at: None,
            why: String::new(),
            ended: None,
        }
    }

    const STATES: [State; 6] =
        [State::Open, State::Taken, State::Ready, State::Declined, State::Withdrawn, State::Done];

    #[test]
    fn who_is_asked_answers_while_it_waits_and_nobody_else_does() {
        let (grace, ada) =
            (samples::viewer("Grace Hopper", &[]), samples::viewer("Ada Lovelace", &[Role::Administrator]));
        let guest = Viewer { guest: true, ..grace.clone() };
        for state in STATES {
            let it = commission(state);
            let answer = if state == State::Open { Ok(()) } else { Err(Refusal::Stale) };

            assert_eq!(may_answer(&grace, &it, true), answer, "{state:?}");
            assert_eq!(may_answer(&ada, &it, true), Err(Refusal::Stale));
            assert_eq!(may_answer(&guest, &it, true), Err(Refusal::GuestsNeverCreate));
            assert!(is_for(&grace, &it) && !is_for(&ada, &it) && !is_for(&guest, &it));
        }
        assert!(matches!(may_answer(&grace, &commission(State::Open), false), Err(Refusal::MissingScope(_))));
    }

    #[test]
    fn what_was_taken_is_not_taken_back_and_what_was_taken_back_is_not_taken() {
        assert_eq!(State::Taken.after(Step::Withdraw), None);
        let taken = commission(State::Taken);
        assert_eq!(taking_back(&taken, None), Step::Withdraw);
        assert_eq!(taking_back(&taken, Some(Unable::Gone)), Step::Abandon);
        assert_eq!(taking_back(&commission(State::Open), Some(Unable::Gone)), Step::Withdraw);
        assert_eq!(State::Withdrawn.after(Step::Take), None);
        for state in STATES {
            let waits = state == State::Open;
            assert_eq!(state.after(Step::Take).is_some(), waits, "{state:?}");
            assert_eq!(state.after(Step::Withdraw).is_some(), waits, "{state:?}");
        }
    }

    #[test]
    fn administrators_end_it_and_auditors_do_not() {
        let (ada, joan) =
            (samples::viewer("Ada Lovelace", &[Role::Administrator]), samples::viewer("Joan Clarke", &[Role::Auditor]));
        for (state, step) in
            [(State::Open, Step::Withdraw), (State::Ready, Step::Close), (State::Declined, Step::Close)]
        {
            assert_eq!(may_end(&ada, &commission(state), step), Ok(()));
            assert_eq!(may_end(&joan, &commission(state), step), Err(Refusal::NotAdministrator));
        }
        assert_eq!(may_end(&ada, &commission(State::Open), Step::Close), Err(Refusal::Stale));
        assert_eq!(may_commission(&joan), Err(Refusal::NotAdministrator));
    }

    #[test]
    fn guests_and_those_who_cannot_sign_in_are_not_asked_nor_oneself() {
        let known = samples::person("Grace Hopper");
        let grace = Person {
            id: known.id,
            name: known.name,
            username: String::new(),
            mail: String::new(),
            job_title: String::new(),
            department: String::new(),
            guest: Some(false),
            enabled: Some(true),
        };
        let ada = samples::person("Ada Lovelace").id;
        let guest = Person { guest: Some(true), ..grace.clone() };
        let disabled = Person { enabled: Some(false), ..grace.clone() };

        assert_eq!(unable(Some(&grace), ada), None);
        assert_eq!(unable(Some(&guest), ada), Some(Unable::Guest));
        assert_eq!(unable(Some(&disabled), ada), Some(Unable::Disabled));
        assert_eq!(unable(None, ada), Some(Unable::Gone));
        assert_eq!(unable(Some(&grace), grace.id), Some(Unable::Themself));
    }
}
