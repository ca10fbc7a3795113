//! What an owner does with a whole group: deletes it, restores it, renews it. And what became of that.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{
    directory::PersonRef,
    ids::{EventId, GroupId},
    outside::LAG,
};

/// How long a deleted group can be restored, security groups and Microsoft 365 groups alike (Graph, "Delete group").
pub const RESTORABLE: SignedDuration = SignedDuration::from_hours(30 * 24);

/// How long before a group expires its owners are told: as long as Microsoft sends its own mails (Microsoft Entra,
/// "Configure the expiration policy for Microsoft 365 groups").
const WARN_BEFORE: SignedDuration = SignedDuration::from_hours(30 * 24);

/// What is done with a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// It goes to the directory's recycle bin.
    Delete,
    /// It comes back from there.
    Restore,
    /// Its days under the tenant's expiration policy begin anew.
    Renew,
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Course {
    /// Decided, and sent or about to be.
    Sent,
    /// The answer of the directory was lost or says nothing.
    Unclear,
    /// The directory has done it.
    Done,
    /// The directory has not, and will not.
    Refused,
}

/// A write about a whole group that an owner decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupWrite {
    /// The event that records the decision; also sent to Graph as `client-request-id`.
    pub id: EventId,
    /// What is done.
    pub deed: Deed,
    /// With which group.
    pub group: GroupId,
    /// What it was called then.
    pub group_name: String,
    /// Who decided it.
    pub by: PersonRef,
    /// When.
    pub at: Timestamp,
    /// How far it is.
    pub course: Course,
}

/// What a look at the directory says of a deletion whose answer was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// The group is gone: it was deleted.
    Done,
    /// The group is there, long enough after: it was not.
    NotDone,
    /// The group is there still, which a lagging directory may say for a while.
    Open,
}

impl GroupWrite {
    /// Returns whether nobody knows yet what became of it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.course, Course::Sent | Course::Unclear)
    }

    /// Says what became of it, given whether the directory had the group when it was read.
    #[must_use]
    pub fn found(&self, is_there: bool, read_at: Timestamp) -> Found {
        let is_as_wished = match self.deed {
            Deed::Delete => !is_there,
            Deed::Restore => is_there,
            // That a group is there says nothing of its days.
            Deed::Renew => return Found::Open,
        };
        if is_as_wished {
            return Found::Done;
        }
        if read_at.duration_since(self.at) >= LAG { Found::NotDone } else { Found::Open }
    }
}

/// Returns whether somebody who was known as an owner until some time owned a group until it was deleted. When somebody
/// ceased to be one is known as late as the directory was read.
#[must_use]
pub fn owned_to_the_end(known_until: Timestamp, deleted_at: Timestamp) -> bool {
    known_until + LAG >= deleted_at
}

/// Returns whether a group is so near to its end that its owners are told.
#[must_use]
pub fn ends_soon(expires_at: Timestamp, now: Timestamp) -> bool {
    expires_at.duration_since(now) <= WARN_BEFORE
}

/// Returns whether what was typed names the group, so that it is not deleted by a slip of the hand.
#[must_use]
pub fn names(typed: &str, name: &str) -> bool {
    let bare = |text: &str| super::text::clean(text).split_whitespace().collect::<Vec<_>>().join(" ");
    !bare(typed).is_empty() && bare(typed) == bare(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples;

    fn deletion(at: Timestamp) -> GroupWrite {
        let group = samples::group("Compiler Team");
        GroupWrite {
            id: EventId::new(),
            deed: Deed::Delete,
            group: group.id,
            group_name: group.name,
            by: samples::person("Grace Hopper"),
            at,
            course: Course::Unclear,
        }
    }

    #[test]
    fn a_lost_deletion_is_settled_by_what_the_directory_shows() {
        let (now, early) = (samples::now(), samples::now() - SignedDuration::from_mins(1));

        assert_eq!(deletion(early).found(false, now), Found::Done);
        assert_eq!(deletion(early).found(true, now), Found::Open);
        assert_eq!(deletion(now - LAG).found(true, now), Found::NotDone);
    }

    #[test]
    fn a_lost_restoration_is_settled_by_what_the_directory_shows() {
        let now = samples::now();
        let restoration = |at| GroupWrite { deed: Deed::Restore, ..deletion(at) };

        assert_eq!(restoration(now).found(true, now), Found::Done);
        assert_eq!(restoration(now).found(false, now), Found::Open);
        assert_eq!(restoration(now - LAG).found(false, now), Found::NotDone);
        assert_eq!(GroupWrite { deed: Deed::Renew, ..deletion(now - LAG) }.found(true, now), Found::Open);
    }

    #[test]
    fn whoever_ceased_to_own_a_group_before_its_end_does_not_get_it_back() {
        let end = samples::now();

        assert!(owned_to_the_end(end + LAG, end) && owned_to_the_end(end - LAG, end));
        assert!(!owned_to_the_end(end - LAG - SignedDuration::from_secs(1), end));
    }

    #[test]
    fn owners_are_told_a_month_before_a_group_expires() {
        let now = samples::now();

        assert!(ends_soon(now + SignedDuration::from_hours(30 * 24), now) && ends_soon(now, now));
        assert!(ends_soon(now - SignedDuration::from_hours(1), now), "and afterwards");
        assert!(!ends_soon(now + SignedDuration::from_hours(31 * 24), now));
    }

    #[test]
    fn the_name_is_typed_as_it_is_and_blanks_around_it_do_not_matter() {
        assert!(names("  Compiler Team\n", "Compiler Team") && names("Compiler  Team", "Compiler Team "));
        for wrong in ["", "  ", "compiler team", "Compiler", "Compiler Team 2"] {
            assert!(!names(wrong, "Compiler Team"), "{wrong}");
        }
        assert!(!names(" ", " "), "a group without a name is not deleted by typing nothing");
    }
}
