//! Reviews: the owners of a group confirm who still belongs to it. Nobody is removed for want of an answer.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    directory::PersonRef,
    ids::{GroupId, ReviewId},
    text::{self, TextProblem},
};

/// The most members of a group that is reviewed here: as many as its list and its file name.
pub const MOST_MEMBERS: usize = 100_000;
/// The most characters of a reason to remove somebody.
pub const REASON_LIMIT: usize = 300;

/// What an owner says of a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// They still belong to the group.
    Keep,
    /// They no longer do.
    Remove,
}

impl Answer {
    /// Returns the answer as forms and the store name it; nothing stands for none.
    #[must_use]
    pub fn code(answer: Option<Self>) -> &'static str {
        match answer {
            None => "",
            Some(Self::Keep) => "keep",
            Some(Self::Remove) => "remove",
        }
    }

    /// Reads it; whatever else is written is no answer.
    #[must_use]
    pub fn read(code: &str) -> Option<Self> {
        [Self::Keep, Self::Remove].into_iter().find(|answer| Self::code(Some(*answer)) == code)
    }
}

/// A review of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Identifier.
    pub id: ReviewId,
    /// The group.
    pub group: GroupId,
    /// Who began it.
    pub started_by: PersonRef,
    /// When; the members are those of that moment.
    pub started_at: Timestamp,
    /// Who ended it, and when.
    pub ended: Option<(PersonRef, Timestamp)>,
}

/// A member in a review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Their place in the list, from 1.
    pub place: i64,
    /// Who.
    pub person: PersonRef,
    /// The name they sign in with.
    pub username: String,
    /// What was answered.
    pub answer: Option<Answer>,
    /// Why they are to be removed.
    pub reason: String,
    /// Who answered, and when.
    pub answered: Option<(PersonRef, Timestamp)>,
}

/// How many members of a review were answered for, and how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// All of them.
    pub members: usize,
    /// Those who stay.
    pub kept: usize,
    /// Those who are to be removed.
    pub to_remove: usize,
}

impl Tally {
    /// Returns for how many nobody answered.
    #[must_use]
    pub fn unanswered(self) -> usize {
        self.members.saturating_sub(self.kept + self.to_remove)
    }

    /// Returns whether the members count as reviewed: not when there were some and nobody said anything of them.
    #[must_use]
    pub fn counts(self) -> bool {
        self.members == 0 || self.unanswered() < self.members
    }
}

/// Checks an answer: who is to be removed is given a reason.
///
/// # Errors
/// [`TextProblem`] when there is none, or too long a one.
pub fn checked(answer: Option<Answer>, reason: &str) -> Result<String, TextProblem> {
    match answer {
        Some(Answer::Remove) => text::required(reason, REASON_LIMIT),
        Some(Answer::Keep) | None => Ok(String::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn removing_somebody_takes_a_reason_and_keeping_them_does_not() {
        assert_eq!(checked(Some(Answer::Remove), "  "), Err(TextProblem::Missing));
        assert_eq!(checked(Some(Answer::Remove), " Left the team. "), Ok("Left the team.".into()));
        assert_eq!(checked(Some(Answer::Keep), "whatever"), Ok(String::new()));
        assert_eq!(checked(None, ""), Ok(String::new()));
    }

    #[test]
    fn whoever_has_no_answer_is_counted_apart() {
        assert_eq!(Tally { members: 10, kept: 6, to_remove: 1 }.unanswered(), 3);
        assert_eq!(Answer::read(""), None);
        assert_eq!(Answer::read("everybody"), None);
    }
}
