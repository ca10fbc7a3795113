//! The terms on which a group takes part, and which of them its owners may change.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{audience::Audience, lasting::Lasting, questions::Question};

/// One of the terms, as far as an administrator can keep it from owners.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Term {
    /// What membership gives.
    Gives,
    /// Who may ask.
    Who,
    /// Whether a reason is needed to ask.
    Reason,
    /// What people are asked who want to join. Open to owners at first: it helps them to answer, and lets nobody in.
    Questions,
    /// How long a request waits for an answer.
    OpenDays,
    /// How long somebody waits after a denial.
    CoolDown,
    /// How long a membership lasts.
    Lasting,
    /// How many owners have to approve.
    Approvals,
    /// How often the members are reviewed.
    Review,
    /// Who owns the group.
    Owners,
    /// The group's name and description.
    Details,
    /// Deleting the group.
    Delete,
}

impl Term {
    /// Every term, in the order of the form.
    pub const ALL: [Self; 12] = [
        Self::Gives,
        Self::Who,
        Self::Reason,
        Self::Questions,
        Self::OpenDays,
        Self::CoolDown,
        Self::Lasting,
        Self::Approvals,
        Self::Review,
        Self::Owners,
        Self::Details,
        Self::Delete,
    ];

    /// Returns the term as forms name it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Gives => "gives",
            Self::Who => "who",
            Self::Reason => "reason",
            Self::Questions => "questions",
            Self::OpenDays => "open_days",
            Self::CoolDown => "cool_down",
            Self::Lasting => "lasting",
            Self::Approvals => "approvals",
            Self::Review => "review",
            Self::Owners => "owners",
            Self::Details => "details",
            Self::Delete => "delete",
        }
    }

    /// Returns whether it is nothing but a lock: what it keeps from owners is in the directory, not among the terms.
    #[must_use]
    pub fn is_only_a_lock(self) -> bool {
        matches!(self, Self::Owners | Self::Details | Self::Delete)
    }
}

/// What an administrator settled for a group, and what its owners made of the rest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// Whether guests may ask.
    pub guests_may_ask: bool,
    /// Whether a reason is needed to ask.
    pub reason_required: bool,
    /// Days a request waits for an answer before it lapses.
    pub open_days: u16,
    /// Days after a denial before the same person may ask again.
    pub cool_down_days: u16,
    /// What membership gives, in the administrator's words; empty when nothing was said.
    pub gives: String,
    /// Whether owners may change who owns the group.
    #[serde(default = "yes")]
    pub owners_change_owners: bool,
    /// Whether owners may change the group's name and description.
    #[serde(default = "yes")]
    pub owners_change_details: bool,
    /// Whether owners may delete the group.
    #[serde(default = "yes")]
    pub owners_delete: bool,
    /// How many owners have to approve a request.
    #[serde(default = "one")]
    pub approvals: u16,
    /// After how many days the members are to be reviewed again; `None` when owners review them as they like.
    #[serde(default)]
    pub review_days: Option<u16>,
    /// Whether owners may change after how many days. Not among [`Terms::locked`], where terms that were set before there
    /// were reviews do not name it.
    #[serde(default)]
    pub owners_change_review: bool,
    /// The terms that owners may not change. What is [only a lock](Term::is_only_a_lock), or came later, has its own field;
    /// ask [`Terms::is_open`] for either.
    #[serde(default = "locked_at_first")]
    pub locked: BTreeSet<Term>,
    /// How long a membership lasts.
    #[serde(default)]
    pub lasting: Lasting,
    /// What people are asked who want to join, beside the reason.
    #[serde(default)]
    pub questions: Vec<Question>,
    /// The group whose members alone may ask; everybody when there is none.
    #[serde(default)]
    pub members_of: Option<Audience>,
}

/// What holds for terms that were set before there was a choice: owners may do in the directory what they may do there.
fn yes() -> bool {
    true
}

/// What held before there was a choice: any owner answers.
fn one() -> u16 {
    1
}

/// What is locked until an administrator opens it: what lets people in, and the administrator's own words.
fn locked_at_first() -> BTreeSet<Term> {
    BTreeSet::from([Term::Gives, Term::Who, Term::Lasting, Term::Approvals])
}

impl Terms {
    /// The fewest and most days a request may wait.
    pub const OPEN_DAYS: std::ops::RangeInclusive<u16> = 1..=90;
    /// The fewest and most days after a denial.
    pub const COOL_DOWN_DAYS: std::ops::RangeInclusive<u16> = 0..=90;
    /// The fewest and most owners who have to approve.
    pub const APPROVALS: std::ops::RangeInclusive<u16> = 1..=5;
    /// The fewest and most days from one review of the members to the next.
    pub const REVIEW_DAYS: std::ops::RangeInclusive<u16> = 30..=730;
    /// The most characters in [`Terms::gives`].
    pub const GIVES_LIMIT: usize = 500;

    /// Returns whether an owner may still add people alone who were looked up when guests could, or could not, be let in.
    #[must_use]
    pub fn still_let_in(&self, guests: bool) -> bool {
        self.approvals <= 1 && (self.guests_may_ask || !guests)
    }

    /// Returns whether owners may change a term.
    #[must_use]
    pub fn is_open(&self, term: Term) -> bool {
        match term {
            Term::Review => self.owners_change_review,
            Term::Owners => self.owners_change_owners,
            Term::Details => self.owners_change_details,
            Term::Delete => self.owners_delete,
            _ => !self.locked.contains(&term),
        }
    }

    /// Opens a term to owners, or locks it.
    pub fn set_open(&mut self, term: Term, is_open: bool) {
        match term {
            Term::Review => self.owners_change_review = is_open,
            Term::Owners => self.owners_change_owners = is_open,
            Term::Details => self.owners_change_details = is_open,
            Term::Delete => self.owners_delete = is_open,
            _ => {
                if is_open {
                    self.locked.remove(&term);
                } else {
                    self.locked.insert(term);
                }
            }
        }
    }

    /// Returns whether other terms say something else of a term, whoever may change it.
    #[must_use]
    pub fn differs(&self, other: &Self, term: Term) -> bool {
        match term {
            Term::Gives => self.gives != other.gives,
            Term::Who => self.guests_may_ask != other.guests_may_ask || self.members_of != other.members_of,
            Term::Reason => self.reason_required != other.reason_required,
            Term::Questions => self.questions != other.questions,
            Term::OpenDays => self.open_days != other.open_days,
            Term::CoolDown => self.cool_down_days != other.cool_down_days,
            Term::Lasting => self.lasting != other.lasting,
            Term::Approvals => self.approvals != other.approvals,
            Term::Review => self.review_days != other.review_days,
            Term::Owners | Term::Details | Term::Delete => false,
        }
    }

    /// Takes what other terms say of a term, whoever may change it.
    pub fn take(&mut self, term: Term, other: &Self) {
        match term {
            Term::Gives => self.gives.clone_from(&other.gives),
            Term::Who => {
                self.guests_may_ask = other.guests_may_ask;
                self.members_of.clone_from(&other.members_of);
            }
            Term::Reason => self.reason_required = other.reason_required,
            Term::Questions => self.questions.clone_from(&other.questions),
            Term::OpenDays => self.open_days = other.open_days,
            Term::CoolDown => self.cool_down_days = other.cool_down_days,
            Term::Lasting => self.lasting = other.lasting,
            Term::Approvals => self.approvals = other.approvals,
            Term::Review => self.review_days = other.review_days,
            Term::Owners | Term::Details | Term::Delete => {}
        }
    }
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            guests_may_ask: false,
            reason_required: true,
            open_days: 14,
            cool_down_days: 7,
            gives: String::new(),
            owners_change_owners: true,
            owners_change_details: true,
            owners_delete: true,
            approvals: 1,
            review_days: None,
            owners_change_review: false,
            locked: locked_at_first(),
            lasting: Lasting::ForEver,
            questions: Vec::new(),
            members_of: None,
        }
    }
}

#[cfg(test)]
mod tests;
