//! What Roster itself has done in the directory, laid over what the directory says of it.
//!
//! A write that Graph confirms is final, and a read just after it may still show what was before (Graph, "eventual
//! consistency"). So whoever was just added is told that they are a member, whatever a late read says. This is for what pages
//! say; a decision is made from what is read live, and nothing else.

use jiff::{SignedDuration, Timestamp};

use super::{
    ids::{GroupId, OperationId},
    joining::Membership,
    operation::Kind,
};

/// How long after a write of ours a read that says otherwise may be a late one. Reads are late by seconds, on bad days by
/// a minute or two; a change that somebody makes outside of Roster is hidden for this long at most.
pub const LATE_READS: SignedDuration = SignedDuration::from_mins(5);
/// How far back our own writes are looked up: a little longer than what was read before them may be remembered.
pub const LOOK_BACK: SignedDuration = SignedDuration::from_mins(80);

/// A write of ours that the directory confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnWrite {
    /// The operation it carried out.
    pub operation: OperationId,
    /// What was done.
    pub kind: Kind,
    /// In which group.
    pub group: GroupId,
    /// When the directory had confirmed it.
    pub at: Timestamp,
}

/// What the directory said of a person and a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Read {
    /// What it said.
    pub said: Membership,
    /// When it was asked.
    pub at: Timestamp,
    /// Whether an earlier read had already shown our write: then this one is no late read, and somebody else has changed
    /// it since.
    pub after_shown: bool,
}

impl OwnWrite {
    /// Returns whether what the directory says is what the write left. The list of direct memberships tells; the index
    /// behind memberships through other groups is late on its own.
    #[must_use]
    pub fn is_shown_by(&self, said: Membership) -> bool {
        (self.kind == Kind::Add) == (said == Membership::Direct)
    }

    fn left(&self) -> Membership {
        if self.kind == Kind::Add { Membership::Direct } else { Membership::None }
    }
}

/// Returns whether a read of just now that finds somebody a member, or not, may be what was before a write of ours: then
/// nothing is known from it, and the directory's answer to the next write decides.
#[must_use]
pub fn may_be_late(is_member: bool, write: Option<&OwnWrite>, now: Timestamp) -> bool {
    write.is_some_and(|write| (write.kind == Kind::Add) != is_member && now.duration_since(write.at) < LATE_READS)
}

/// Returns the latest write in a group; of two in the same moment the removal, which never comes first.
#[must_use]
pub fn latest(writes: &[OwnWrite], group: GroupId) -> Option<&OwnWrite> {
    let of_group = writes.iter().filter(|write| write.group == group);
    of_group.max_by_key(|write| (write.at, write.kind == Kind::Remove))
}

/// Returns what a person is to a group by the newest that is known.
#[must_use]
pub fn membership(read: Option<Read>, write: Option<&OwnWrite>) -> Membership {
    let Some(write) = write else { return read.map_or(Membership::Unknown, |read| read.said) };
    match read {
        Some(read) if read.at.duration_since(write.at) >= LATE_READS => read.said,
        Some(read) if read.after_shown && !write.is_shown_by(read.said) => read.said,
        _ => write.left(),
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const TEAM: GroupId = GroupId(Uuid::from_u128(1));

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn write(kind: Kind, second: i64) -> OwnWrite {
        OwnWrite { operation: OperationId(Uuid::from_u128(2)), kind, group: TEAM, at: at(second) }
    }

    fn read(said: Membership, second: i64) -> Read {
        Read { said, at: at(second), after_shown: false }
    }

    #[test]
    fn a_late_read_does_not_hide_what_was_just_done() {
        let (added, removed) = (write(Kind::Add, 1000), write(Kind::Remove, 1000));

        for second in [0, 999, 1000, 1001, 1299] {
            for late in [Membership::None, Membership::Nested, Membership::Unknown] {
                assert_eq!(membership(Some(read(late, second)), Some(&added)), Membership::Direct, "{late:?} {second}");
            }
            for late in [Membership::Direct, Membership::Nested, Membership::Unknown] {
                assert_eq!(membership(Some(read(late, second)), Some(&removed)), Membership::None, "{late:?} {second}");
            }
        }
    }

    #[test]
    fn what_was_done_is_known_when_nothing_was_read() {
        assert_eq!(membership(None, Some(&write(Kind::Add, 0))), Membership::Direct);
        assert_eq!(membership(None, None), Membership::Unknown);
    }

    #[test]
    fn a_read_that_cannot_be_late_any_more_is_believed() {
        assert_eq!(membership(Some(read(Membership::None, 1300)), Some(&write(Kind::Add, 1000))), Membership::None);
        assert_eq!(
            membership(Some(read(Membership::Direct, 1300)), Some(&write(Kind::Remove, 1000))),
            Membership::Direct
        );
    }

    #[test]
    fn a_change_by_somebody_else_after_ours_was_shown_is_believed_at_once() {
        let later = |said| Some(Read { after_shown: true, ..read(said, 1060) });

        assert_eq!(membership(later(Membership::None), Some(&write(Kind::Add, 1000))), Membership::None);
        assert_eq!(membership(later(Membership::Direct), Some(&write(Kind::Remove, 1000))), Membership::Direct);
        // The index behind nested memberships may still list the group.
        assert_eq!(membership(later(Membership::Nested), Some(&write(Kind::Remove, 1000))), Membership::None);
    }

    #[test]
    fn a_read_that_says_what_was_before_our_write_tells_nothing_for_a_while() {
        let removed = write(Kind::Remove, 1000);

        assert!(may_be_late(true, Some(&removed), at(1299)));
        assert!(!may_be_late(true, Some(&removed), at(1300)));
        assert!(!may_be_late(false, Some(&removed), at(1001)));
        assert!(may_be_late(false, Some(&write(Kind::Add, 1000)), at(1001)));
        assert!(!may_be_late(true, None, at(1001)));
    }

    #[test]
    fn the_latest_of_our_writes_counts() {
        let other = OwnWrite { group: GroupId(Uuid::from_u128(9)), ..write(Kind::Add, 3000) };
        let writes = [write(Kind::Remove, 1000), write(Kind::Add, 1000), write(Kind::Add, 500), other];

        assert_eq!(latest(&writes, TEAM), Some(&writes[0]));
        assert_eq!(latest(&writes, GroupId(Uuid::from_u128(7))), None);
    }
}
