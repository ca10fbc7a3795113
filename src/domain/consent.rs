//! How many owners have to approve a request, and what one more approval does.
//!
//! The terms say how many. Only approvals of people who still own the group count, at the moment of the one that decides.

use super::{directory::PersonRef, ids::PersonId};

/// What an approval does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Approval {
    /// It decides: the person is added.
    Decides,
    /// It is kept, and so many more owners have to approve.
    IsKept {
        /// At least one.
        more: usize,
    },
}

/// Says what an approval by somebody does now. `approved` are those who approved before, themself perhaps among them.
#[must_use]
pub fn approval(by: PersonId, approved: &[PersonId], owners: &[PersonRef], needed: u16) -> Approval {
    let others = approved.iter().filter(|other| **other != by && is_owner(owners, **other)).count();
    match usize::from(needed).saturating_sub(others + 1) {
        0 => Approval::Decides,
        more => Approval::IsKept { more },
    }
}

/// Returns whether enough owners besides the one who asks are there to approve.
#[must_use]
pub fn can_be_enough(owners: impl Iterator<Item = PersonId>, asker: PersonId, needed: u16) -> bool {
    owners.filter(|owner| *owner != asker).count() >= usize::from(needed.max(1))
}

fn is_owner(owners: &[PersonRef], person: PersonId) -> bool {
    owners.iter().any(|owner| owner.id == person)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn id(n: u128) -> PersonId {
        PersonId(Uuid::from_u128(n))
    }

    fn owners(all: &[u128]) -> Vec<PersonRef> {
        all.iter().map(|n| PersonRef { id: id(*n), name: n.to_string() }).collect()
    }

    #[test]
    fn one_owner_decides_where_one_is_enough() {
        assert_eq!(approval(id(1), &[], &owners(&[1, 2]), 1), Approval::Decides);
        assert_eq!(approval(id(1), &[], &owners(&[1, 2]), 0), Approval::Decides);
    }

    #[test]
    fn each_owner_counts_once_and_only_while_they_own_the_group() {
        let now = owners(&[1, 2, 3]);

        assert_eq!(approval(id(1), &[], &now, 3), Approval::IsKept { more: 2 });
        assert_eq!(approval(id(1), &[id(1)], &now, 2), Approval::IsKept { more: 1 });
        assert_eq!(approval(id(2), &[id(1)], &now, 2), Approval::Decides);
        assert_eq!(approval(id(2), &[id(9)], &now, 2), Approval::IsKept { more: 1 });
        assert_eq!(approval(id(3), &[id(1), id(9)], &now, 2), Approval::Decides);
    }

    #[test]
    fn whoever_asks_is_none_of_those_who_approve() {
        let all = [id(1), id(2)];

        assert!(can_be_enough(all.into_iter(), id(9), 2));
        assert!(!can_be_enough(all.into_iter(), id(1), 2));
        assert!(can_be_enough(all.into_iter(), id(1), 1));
        assert!(!can_be_enough([].into_iter(), id(1), 0));
    }
}
