//! The history of a group: which events belong to it, and to which part of it.

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};

use super::event::EventKind;

/// How long a view of other people's reasons covers the views after it: they are no events of their own.
pub const VIEW_COVERS: SignedDuration = SignedDuration::from_hours(1);

/// A part of the history, by which it is filtered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// Requests, and the answers to them.
    Requests,
    /// Who came and went through Roster, and what the directory said.
    Members,
    /// The owners and the group itself: its name, its end, whether it is fit.
    Group,
    /// Taking part, on what terms, and pauses.
    Terms,
    /// Whatever was changed without Roster.
    Outside,
    /// Who looked at it, and took it away as a file.
    Looks,
}

impl Part {
    /// Every part that can be asked for.
    pub const ALL: [Self; 6] = [Self::Requests, Self::Members, Self::Group, Self::Terms, Self::Outside, Self::Looks];

    /// Returns the part as an address names it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Requests => "requests",
            Self::Members => "members",
            Self::Group => "group",
            Self::Terms => "terms",
            Self::Outside => "outside",
            Self::Looks => "looks",
        }
    }

    /// Reads it from an address.
    #[must_use]
    pub fn read(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.code() == code)
    }

    /// Returns the kinds of event that it shows.
    #[must_use]
    pub fn kinds(self) -> Vec<EventKind> {
        shown().filter(|kind| parts(*kind).contains(&self)).collect()
    }
}

/// Returns every kind of event that the history of a group shows.
pub fn shown() -> impl Iterator<Item = EventKind> {
    EventKind::ALL.into_iter().filter(|kind| !parts(*kind).is_empty())
}

/// Returns the parts that show a kind of event. One that explains another has no line of its own.
#[must_use]
pub fn parts(kind: EventKind) -> &'static [Part] {
    use super::event::EventKind as Kind;
    match kind {
        Kind::RequestCreated
        | Kind::RequestWithdrawn
        | Kind::RequestLapsed
        | Kind::RequestClosed
        | Kind::ConsentGiven
        | Kind::DecisionApproved
        | Kind::DecisionDenied => &[Part::Requests],
        Kind::OperationBegun
        | Kind::OperationUnknown
        | Kind::OperationRefused
        | Kind::OperationAbandoned
        | Kind::MembershipAdded
        | Kind::LeaveWished
        | Kind::AddDecided
        | Kind::RemovalDecided
        | Kind::MembershipEnded
        | Kind::EndChanged
        | Kind::ImportStarted
        | Kind::ImportPaused
        | Kind::ImportCancelled
        | Kind::ImportEnded
        | Kind::ReviewStarted
        | Kind::ReviewEnded
        | Kind::MembershipRemoved => &[Part::Members],
        Kind::MembershipAddedOutside | Kind::MembershipRemovedOutside | Kind::MembershipUnexpected => {
            &[Part::Members, Part::Outside]
        }
        Kind::OwnerAddDecided
        | Kind::OwnerRemovalDecided
        | Kind::OwnerAdded
        | Kind::OwnerRemoved
        | Kind::DetailsDecided
        | Kind::DetailsChanged
        | Kind::DetailsUnclear
        | Kind::ResponsibilitiesAccepted
        | Kind::GroupCreated
        | Kind::CommissionReady
        | Kind::CommissionClosed
        | Kind::DeletionDecided
        | Kind::GroupDeletedHere
        | Kind::RestoreDecided
        | Kind::GroupRestoredHere
        | Kind::RenewalDecided
        | Kind::GroupRenewed
        | Kind::GroupWriteRefused
        | Kind::GroupWriteUnclear => &[Part::Group],
        Kind::OwnerAddedOutside
        | Kind::OwnerRemovedOutside
        | Kind::GroupRenamed
        | Kind::GroupDescribed
        | Kind::GroupDeleted
        | Kind::GroupRestored
        | Kind::GroupUnfit
        | Kind::GroupFit => &[Part::Group, Part::Outside],
        Kind::DesignationCreated | Kind::DesignationChanged | Kind::DesignationSuspended | Kind::DesignationResumed => {
            &[Part::Terms]
        }
        Kind::ReasonsViewed | Kind::MembersExported | Kind::HistoryExported => &[Part::Looks],
        Kind::OutsideAuthorKnown
        | Kind::CommissionMade
        | Kind::CommissionDeclined
        | Kind::CommissionWithdrawn
        | Kind::NewGroupsSet
        | Kind::ResponsibilitiesWritten
        | Kind::DirectoryCopyRefreshed
        | Kind::CreationDecided
        | Kind::CreationRefused
        | Kind::CreationUnclear => &[],
    }
}

/// Returns when a day begins and ends in a time zone. A day that the calendar has and the clock does not is cut to what
/// it has.
#[must_use]
pub fn span(day: Date, zone: &TimeZone) -> (Timestamp, Timestamp) {
    let start = |day: Date| day.to_zoned_datetime(zone.clone()).map(|at| at.timestamp());
    let begin = start(day).unwrap_or(Timestamp::MIN);
    let end = day.tomorrow().and_then(start).unwrap_or(Timestamp::MAX);
    (begin, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_shows_something_and_is_read_from_its_own_name() {
        for part in Part::ALL {
            assert!(!part.kinds().is_empty(), "{part:?}");
            assert_eq!(Part::read(part.code()), Some(part));
        }
        assert_eq!(Part::read("everything"), None);
    }

    #[test]
    fn what_is_of_no_group_or_explains_another_has_no_line() {
        let without: Vec<_> = EventKind::ALL.into_iter().filter(|kind| parts(*kind).is_empty()).collect();

        let expected = [
            EventKind::CreationDecided,
            EventKind::CreationRefused,
            EventKind::CreationUnclear,
            EventKind::OutsideAuthorKnown,
            EventKind::CommissionMade,
            EventKind::CommissionDeclined,
            EventKind::CommissionWithdrawn,
            EventKind::NewGroupsSet,
            EventKind::ResponsibilitiesWritten,
            EventKind::DirectoryCopyRefreshed,
        ];
        assert_eq!(without, expected);
    }

    #[test]
    fn a_day_is_as_long_as_the_clocks_of_its_zone_make_it() {
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        let hours = |day: Date| {
            let (begin, end) = span(day, &berlin);
            end.duration_since(begin).as_hours()
        };

        assert_eq!(hours("2026-10-25".parse().unwrap()), 25);
        assert_eq!(hours("2026-03-29".parse().unwrap()), 23);
        assert_eq!(span(Date::MAX, &TimeZone::UTC).1, Timestamp::MAX);
    }
}
