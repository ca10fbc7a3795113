//! What can happen, each under the code it is stored by.

use serde::{Deserialize, Serialize};

/// What happened. The code is stored and never changes its meaning; the sentence lives with the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum EventKind {
    /// A person asked to join.
    #[serde(rename = "request.created")]
    RequestCreated,
    /// They took it back.
    #[serde(rename = "request.withdrawn")]
    RequestWithdrawn,
    /// Nobody answered in time.
    #[serde(rename = "request.lapsed")]
    RequestLapsed,
    /// It ended for another reason, which is in the detail.
    #[serde(rename = "request.closed")]
    RequestClosed,
    /// An owner said yes.
    #[serde(rename = "decision.approved")]
    DecisionApproved,
    /// An owner said yes, and more have to.
    #[serde(rename = "decision.consented")]
    ConsentGiven,
    /// An owner said no.
    #[serde(rename = "decision.denied")]
    DecisionDenied,
    /// Somebody took up what was still owed to the directory.
    #[serde(rename = "operation.begun")]
    OperationBegun,
    /// The directory's answer was lost, unclear or not yet settled.
    #[serde(rename = "operation.unknown")]
    OperationUnknown,
    /// The directory refused for good.
    #[serde(rename = "operation.refused")]
    OperationRefused,
    /// Given up.
    #[serde(rename = "operation.abandoned")]
    OperationAbandoned,
    /// The directory has the membership.
    #[serde(rename = "membership.added")]
    MembershipAdded,
    /// A person wishes to leave.
    #[serde(rename = "membership.leave_wished")]
    LeaveWished,
    /// An owner lets somebody in without a request.
    #[serde(rename = "membership.add_decided")]
    AddDecided,
    /// An owner takes somebody out.
    #[serde(rename = "membership.removal_decided")]
    RemovalDecided,
    /// A membership has come to its end, and is to be removed.
    #[serde(rename = "membership.ended")]
    MembershipEnded,
    /// An owner changes when a membership ends.
    #[serde(rename = "membership.end_changed")]
    EndChanged,
    /// An owner makes somebody an owner.
    #[serde(rename = "ownership.add_decided")]
    OwnerAddDecided,
    /// An owner takes the group from an owner, or gives it up.
    #[serde(rename = "ownership.removal_decided")]
    OwnerRemovalDecided,
    /// The directory has the ownership.
    #[serde(rename = "ownership.added")]
    OwnerAdded,
    /// The ownership is gone.
    #[serde(rename = "ownership.removed")]
    OwnerRemoved,
    /// An owner has a list of people added or removed, or takes up one that had stopped.
    #[serde(rename = "import.started")]
    ImportStarted,
    /// Carrying out a list stopped; why, is in the detail.
    #[serde(rename = "import.paused")]
    ImportPaused,
    /// An owner ends a list early.
    #[serde(rename = "import.cancelled")]
    ImportCancelled,
    /// A list is over; what became of its rows, is in the detail.
    #[serde(rename = "import.ended")]
    ImportEnded,
    /// An owner began to review who belongs to a group.
    #[serde(rename = "review.started")]
    ReviewStarted,
    /// An owner ended a review; what was answered is in the detail.
    #[serde(rename = "review.ended")]
    ReviewEnded,
    /// The membership is gone.
    #[serde(rename = "membership.removed")]
    MembershipRemoved,
    /// Somebody became a member in the directory, without Roster.
    #[serde(rename = "membership.added_outside")]
    MembershipAddedOutside,
    /// Somebody ceased to be a member in the directory, without Roster.
    #[serde(rename = "membership.removed_outside")]
    MembershipRemovedOutside,
    /// Somebody is a member whom Roster last knew as refused, given up or removed.
    #[serde(rename = "membership.unexpected")]
    MembershipUnexpected,
    /// Somebody became an owner in the directory, without Roster.
    #[serde(rename = "ownership.added_outside")]
    OwnerAddedOutside,
    /// Somebody ceased to be an owner in the directory, without Roster.
    #[serde(rename = "ownership.removed_outside")]
    OwnerRemovedOutside,
    /// An owner changes a group's name or description.
    #[serde(rename = "group.details_decided")]
    DetailsDecided,
    /// The directory has the new name and description.
    #[serde(rename = "group.details_changed")]
    DetailsChanged,
    /// The directory refused them, or its answer was lost.
    #[serde(rename = "group.details_unclear")]
    DetailsUnclear,
    /// Somebody creates a group.
    #[serde(rename = "group.creation_decided")]
    CreationDecided,
    /// The directory has created it.
    #[serde(rename = "group.created")]
    GroupCreated,
    /// The directory did not create it.
    #[serde(rename = "group.creation_refused")]
    CreationRefused,
    /// Its answer to that was lost.
    #[serde(rename = "group.creation_unclear")]
    CreationUnclear,
    /// An owner deletes a group.
    #[serde(rename = "group.deletion_decided")]
    DeletionDecided,
    /// The directory has deleted it; it can be restored for a while.
    #[serde(rename = "group.deleted")]
    GroupDeletedHere,
    /// An owner takes a group out of the recycle bin.
    #[serde(rename = "group.restore_decided")]
    RestoreDecided,
    /// The directory has it back.
    #[serde(rename = "group.restored")]
    GroupRestoredHere,
    /// An owner renews a group.
    #[serde(rename = "group.renewal_decided")]
    RenewalDecided,
    /// The directory has renewed it.
    #[serde(rename = "group.renewed")]
    GroupRenewed,
    /// The directory refused what an owner decided for the whole group; what that was, is in the detail.
    #[serde(rename = "group.write_refused")]
    GroupWriteRefused,
    /// Its answer to that was lost.
    #[serde(rename = "group.write_unclear")]
    GroupWriteUnclear,
    /// A group has another name.
    #[serde(rename = "group.renamed_outside")]
    GroupRenamed,
    /// A group has another description.
    #[serde(rename = "group.described_outside")]
    GroupDescribed,
    /// The directory no longer knows a group.
    #[serde(rename = "group.deleted_outside")]
    GroupDeleted,
    /// The directory knows a group again.
    #[serde(rename = "group.restored_outside")]
    GroupRestored,
    /// A group became one that cannot be managed here.
    #[serde(rename = "group.became_unfit")]
    GroupUnfit,
    /// A group can be managed here again.
    #[serde(rename = "group.became_fit")]
    GroupFit,
    /// The directory's own record told who made a change outside Roster; which one, is in the detail.
    #[serde(rename = "outside.author_known")]
    OutsideAuthorKnown,
    /// A group takes part from now on.
    #[serde(rename = "designation.created")]
    DesignationCreated,
    /// Its terms changed.
    #[serde(rename = "designation.changed")]
    DesignationChanged,
    /// It takes no requests for the time being.
    #[serde(rename = "designation.suspended")]
    DesignationSuspended,
    /// It takes requests again.
    #[serde(rename = "designation.resumed")]
    DesignationResumed,
    /// An administrator asked somebody to create a group.
    #[serde(rename = "commission.made")]
    CommissionMade,
    /// They do not create it.
    #[serde(rename = "commission.declined")]
    CommissionDeclined,
    /// An administrator took it back.
    #[serde(rename = "commission.withdrawn")]
    CommissionWithdrawn,
    /// The group that was asked for is there.
    #[serde(rename = "commission.ready")]
    CommissionReady,
    /// An administrator has seen what became of it.
    #[serde(rename = "commission.closed")]
    CommissionClosed,
    /// An administrator said whose new groups take part at once, and on what terms.
    #[serde(rename = "new_groups.set")]
    NewGroupsSet,
    /// An administrator wrote the responsibilities of owners, or changed them.
    #[serde(rename = "responsibilities.written")]
    ResponsibilitiesWritten,
    /// An owner accepted them; which version, is in the detail.
    #[serde(rename = "responsibilities.accepted")]
    ResponsibilitiesAccepted,
    /// An administrator or auditor read what other people wrote for their requests and changes.
    #[serde(rename = "reasons.viewed")]
    ReasonsViewed,
    /// Somebody took the list of members away as a file.
    #[serde(rename = "members.exported")]
    MembersExported,
    /// Somebody took the history of a group away as a file.
    #[serde(rename = "history.exported")]
    HistoryExported,
    /// The directory copy was filled or refreshed.
    #[serde(rename = "directory_copy.refreshed")]
    DirectoryCopyRefreshed,
}

impl EventKind {
    /// Every kind.
    pub const ALL: [Self; 71] = [
        Self::RequestCreated,
        Self::RequestWithdrawn,
        Self::RequestLapsed,
        Self::RequestClosed,
        Self::DecisionApproved,
        Self::ConsentGiven,
        Self::DecisionDenied,
        Self::OperationBegun,
        Self::OperationUnknown,
        Self::OperationRefused,
        Self::OperationAbandoned,
        Self::MembershipAdded,
        Self::LeaveWished,
        Self::AddDecided,
        Self::RemovalDecided,
        Self::MembershipEnded,
        Self::EndChanged,
        Self::ImportStarted,
        Self::ImportPaused,
        Self::ImportCancelled,
        Self::ImportEnded,
        Self::ReviewStarted,
        Self::ReviewEnded,
        Self::OwnerAddDecided,
        Self::OwnerRemovalDecided,
        Self::OwnerAdded,
        Self::OwnerRemoved,
        Self::MembershipRemoved,
        Self::MembershipAddedOutside,
        Self::MembershipRemovedOutside,
        Self::MembershipUnexpected,
        Self::OwnerAddedOutside,
        Self::OwnerRemovedOutside,
        Self::DetailsDecided,
        Self::DetailsChanged,
        Self::DetailsUnclear,
        Self::CreationDecided,
        Self::GroupCreated,
        Self::CreationRefused,
        Self::CreationUnclear,
        Self::DeletionDecided,
        Self::GroupDeletedHere,
        Self::RestoreDecided,
        Self::GroupRestoredHere,
        Self::RenewalDecided,
        Self::GroupRenewed,
        Self::GroupWriteRefused,
        Self::GroupWriteUnclear,
        Self::GroupRenamed,
        Self::GroupDescribed,
        Self::GroupDeleted,
        Self::GroupRestored,
        Self::GroupUnfit,
        Self::GroupFit,
        Self::OutsideAuthorKnown,
        Self::DesignationCreated,
        Self::DesignationChanged,
        Self::DesignationSuspended,
        Self::DesignationResumed,
        Self::CommissionMade,
        Self::CommissionDeclined,
        Self::CommissionWithdrawn,
        Self::CommissionReady,
        Self::CommissionClosed,
        Self::NewGroupsSet,
        Self::ResponsibilitiesWritten,
        Self::ResponsibilitiesAccepted,
        Self::ReasonsViewed,
        Self::MembersExported,
        Self::HistoryExported,
        Self::DirectoryCopyRefreshed,
    ];
}
