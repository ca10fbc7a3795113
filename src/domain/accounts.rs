//! Accounts that cannot sign in, and what follows from them: whether anybody who owns a group can answer.
//!
//! Only those accounts are known, by their ids, and only where the directory lets the portal's own identity read them. Where
//! it does not, nothing is claimed of anybody. Decisions do not ask these rules: they ask the directory.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{directory::PersonRef, ids::PersonId};

/// How long the accounts are believed after they were last read: an account may have been enabled since, and a group must
/// not stay closed for the sake of what was true once.
pub const BELIEVED: SignedDuration = SignedDuration::from_hours(24);

/// Returns whether the accounts that were read then are still believed.
#[must_use]
pub fn is_believed(read_at: Timestamp, now: Timestamp) -> bool {
    now.duration_since(read_at).abs() < BELIEVED
}

/// Why an account cannot sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unable {
    /// It is disabled.
    Disabled,
    /// It was deleted, for good or into the bin.
    Deleted,
}

/// What the directory says of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Account {
    /// It cannot sign in.
    Cannot(Unable),
    /// It can, as far as that is a matter of the account.
    Can,
    /// It is there; whether it is disabled is not told.
    There,
}

/// What a round of changes says of accounts. A page may tell what another has told already (Graph, "Use delta query"), so
/// what two pages say differently is nobody's guess: it has to be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Round(pub BTreeMap<PersonId, Option<Account>>);

impl Round {
    /// Takes in a page.
    pub fn take(&mut self, page: impl IntoIterator<Item = (PersonId, Account)>) {
        for (person, account) in page {
            let known = self.0.entry(person).or_insert(Some(account));
            if *known != Some(account) {
                *known = None;
            }
        }
    }
}

/// Whether anybody can answer for a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answering {
    /// Which accounts can sign in was never read, or not for long.
    NotKnown,
    /// Nobody who owns it can sign in, or nobody owns it.
    NobodyCanAnswer,
    /// One owner can.
    OnlyOneCanAnswer,
    /// Several can.
    SeveralCanAnswer,
}

/// Says whether anybody can answer for a group with these owners. `unable` are those of them who cannot sign in, `None` when
/// that is not known.
#[must_use]
pub fn answering(owners: &[PersonRef], unable: Option<&[PersonId]>) -> Answering {
    match (able(owners, unable).count(), unable) {
        (0, _) => Answering::NobodyCanAnswer,
        (_, None) => Answering::NotKnown,
        (1, _) => Answering::OnlyOneCanAnswer,
        _ => Answering::SeveralCanAnswer,
    }
}

/// Returns the owners of whom it is not known that they cannot sign in.
pub fn able<'a>(owners: &'a [PersonRef], unable: Option<&'a [PersonId]>) -> impl Iterator<Item = &'a PersonRef> {
    owners.iter().filter(move |owner| !unable.unwrap_or_default().contains(&owner.id))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn person(n: u128) -> PersonId {
        PersonId(Uuid::from_u128(n))
    }

    fn owners(numbers: &[u128]) -> Vec<PersonRef> {
        numbers.iter().map(|n| PersonRef { id: person(*n), name: format!("Person {n}") }).collect()
    }

    #[test]
    fn nobody_can_answer_when_no_owner_can_sign_in() {
        let two = owners(&[1, 2]);

        assert_eq!(answering(&two, Some(&[])), Answering::SeveralCanAnswer);
        assert_eq!(answering(&two, Some(&[person(1)])), Answering::OnlyOneCanAnswer);
        assert_eq!(answering(&two, Some(&[person(1), person(2)])), Answering::NobodyCanAnswer);
        assert_eq!(answering(&owners(&[1, 2, 3]), Some(&[person(3)])), Answering::SeveralCanAnswer);
        assert_eq!(able(&two, Some(&[person(1)])).map(|owner| owner.id).collect::<Vec<_>>(), [person(2)]);
    }

    #[test]
    fn where_nothing_was_read_nothing_is_claimed() {
        let two = owners(&[1, 2]);

        assert_eq!(answering(&two, None), Answering::NotKnown);
        assert_eq!(able(&two, None).count(), 2);
        assert_eq!(answering(&[], None), Answering::NobodyCanAnswer);
    }

    #[test]
    fn what_a_round_says_twice_counts_once_and_what_it_says_both_ways_not_at_all() {
        let disabled = Account::Cannot(Unable::Disabled);
        let mut round = Round::default();

        round.take([(person(1), disabled), (person(2), disabled), (person(3), Account::Can)]);
        round.take([(person(1), disabled), (person(2), Account::Can), (person(2), disabled)]);

        let said: Vec<_> = round.0.into_values().collect();
        assert_eq!(said, [Some(disabled), None, Some(Account::Can)]);
    }

    #[test]
    fn what_was_read_is_believed_for_a_day() {
        let read_at = Timestamp::UNIX_EPOCH;

        assert!(is_believed(read_at, read_at + BELIEVED - SignedDuration::from_secs(1)));
        assert!(!is_believed(read_at, read_at + BELIEVED));
    }
}
