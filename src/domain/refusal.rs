//! Why Roster says no. Each refusal becomes a sentence to a person; the sentences live with the words, not here.

use jiff::Timestamp;

use super::{
    directory::{PersonRef, Unfit},
    ids::{GroupId, RequestId},
    request::{EndReason, State},
};

/// A rule that stands in the way, with what the sentence needs to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Only administrators may do this.
    NotAdministrator,
    /// The group does not take part.
    NotDesignated,
    /// The group takes part but takes no requests at the moment.
    Suspended,
    /// The directory does not let Roster manage the group.
    GroupUnfit(Unfit),
    /// The directory no longer knows the group.
    GroupGone,
    /// Guests may not ask for this group.
    GuestsMayNotAsk,
    /// They do not belong to the group whose members may ask.
    OutsideAudience {
        /// What it is called, for those who see it in Roster.
        group: Option<String>,
    },
    /// Whether they belong to the group whose members may ask could not be read.
    AudienceUnknown,
    /// The group whose members may ask is gone.
    AudienceGone,
    /// The person is a member already.
    AlreadyMember,
    /// The person asked before and waits for the answer.
    AlreadyAsked(RequestId),
    /// A denial is too recent.
    CoolingDown {
        /// When they may ask again.
        until: Timestamp,
    },
    /// No owner could answer.
    NoOwner,
    /// The person has as many open requests as anybody may have.
    TooManyOpen {
        /// The most that may be open.
        limit: usize,
    },
    /// Not an owner of the group at this moment.
    NotOwner,
    /// Nobody decides on their own request.
    OwnRequest,
    /// Guests create no groups.
    GuestsNeverCreate,
    /// Guests never decide.
    GuestsNeverDecide,
    /// Somebody answered first.
    AlreadyAnswered {
        /// What became of the request.
        state: State,
        /// Who answered, when it was a person.
        by: Option<PersonRef>,
        /// When.
        at: Option<Timestamp>,
    },
    /// The request ended without an answer.
    RequestEnded(EndReason),
    /// The page was drawn before something changed.
    Stale,
    /// The person who asked is gone from the directory.
    RequesterGone,
    /// The account of the person who asked may not sign in.
    RequesterDisabled,
    /// The tenant has not granted the permission this needs.
    MissingScope(&'static str),
    /// The person is not a direct member.
    NotMember,
    /// Membership comes through another group.
    OnlyNested,
    /// Our own add may still be on its way, so a removal now could be undone by it.
    AddInFlight,
    /// The membership has no end that could be later.
    NothingToExtend,
    /// The wish to leave is already waiting.
    AlreadyLeaving,
    /// A group keeps at least one owner who can sign in.
    LastOwner,
    /// The directory takes no more owners for a group.
    TooManyOwners {
        /// The most a group may have.
        limit: usize,
    },
    /// The terms of the group keep this from its owners.
    Locked {
        /// Who set the terms.
        by: PersonRef,
    },
    /// They have approved, and more owners have to.
    WaitsForOthers {
        /// How many more.
        more: usize,
    },
    /// Several owners have to approve whoever is let in, so nobody lets somebody in alone.
    SeveralApprove {
        /// How many.
        needed: u16,
    },
    /// Fewer owners could approve than have to.
    TooFewOwners {
        /// How many have to.
        needed: u16,
    },
    /// The owner has not accepted the responsibilities that count.
    MustAccept(GroupId),
    /// No expiration policy is about the group.
    NeverExpires,
    /// An owner cannot add or remove this person.
    Hindered(Hindrance),
    /// Nothing is left to carry out.
    NothingToFinish,
    /// The membership that it would give is over by now.
    TooLateToAdd,
    /// Somebody else is carrying it out at this moment.
    BeingCarriedOut,
}

/// Why an owner cannot add or remove a person directly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hindrance {
    /// The directory does not know the person.
    Gone,
    /// Their account may not sign in.
    Disabled,
    /// They are a guest, and the terms let no guests in.
    Guest,
    /// They do not belong to the group whose members may ask.
    OutsideAudience,
    /// Whether they belong to it could not be read.
    AudienceUnknown,
    /// That group is gone.
    AudienceGone,
    /// They are a member already.
    Member,
    /// They are not a direct member.
    NotMember,
    /// An add of ours may still be on its way.
    BeingAdded,
    /// A removal of ours may still be on its way.
    BeingRemoved,
    /// They have asked to join; the answer to that is what adds them.
    HasAsked(RequestId),
    /// They are an owner already.
    Owner,
    /// They are no owner.
    NotOwner,
    /// They are a guest, and guests own nothing here.
    GuestOwner,
    /// It is the owner, who leaves from their own memberships.
    Themself,
    /// It is the owner, whose end another owner changes.
    OwnEnd,
    /// Roster did not give the membership.
    NotGiven,
}

impl Refusal {
    /// Returns the reason for which the request has to be closed there and then, when the refusal means that nobody can
    /// ever answer it.
    #[must_use]
    pub fn ends_request(&self) -> Option<EndReason> {
        match self {
            Self::GroupGone => Some(EndReason::GroupGone),
            Self::GroupUnfit(_) => Some(EndReason::GroupUnfit),
            Self::NotDesignated => Some(EndReason::NotDesignated),
            Self::RequesterGone => Some(EndReason::RequesterGone),
            Self::AlreadyMember => Some(EndReason::AlreadyMember),
            Self::RequestEnded(reason @ (EndReason::Lapsed | EndReason::NoEnd)) => Some(*reason),
            _ => None,
        }
    }
}
