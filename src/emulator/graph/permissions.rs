//! Which permissions let a call through, operation by operation, for people and for applications.
//!
//! Taken from what Microsoft publishes for its permission reference; permissions of agents, of device management, of
//! synchronisation between tenants and of other preview features are left out. A test compares the lists where the
//! published file is at hand.

use super::errors::GraphError;
use super::scene::Scene;

/// The permissions of one or several operations; one of them suffices.
#[derive(Debug)]
pub(crate) struct Permissions {
    /// For the token of a person. It is necessary, not sufficient: ownership or a directory role comes on top.
    pub(crate) delegated: &'static [&'static str],
    /// For the token of an application.
    pub(crate) application: &'static [&'static str],
}

impl Scene<'_> {
    /// Refuses a call whose token holds none of the permissions for its kind of caller.
    pub(crate) fn allow(&self, permissions: &Permissions) -> Result<(), GraphError> {
        let enough = if self.caller.is_app() { permissions.application } else { permissions.delegated };
        self.demand(enough)
    }
}

const fn same(both: &'static [&'static str]) -> Permissions {
    Permissions { delegated: both, application: both }
}

/// Reading the photo of a person.
pub(crate) const PHOTO: Permissions = Permissions {
    delegated: &["ProfilePhoto.Read.All", "ProfilePhoto.ReadWrite.All", "User.Read", "User.ReadBasic.All"],
    application: &["ProfilePhoto.Read.All", "ProfilePhoto.ReadWrite.All", "User.Read.All", "User.ReadBasic.All"],
};

/// Reading who somebody reports to.
pub(crate) const MANAGER: Permissions =
    same(&["Directory.Read.All", "Directory.ReadWrite.All", "User.Read.All", "User.ReadWrite.All"]);

/// Reading what somebody is in.
pub(crate) const MEMBER_OF: Permissions = Permissions {
    delegated: &[
        "Directory.Read.All",
        "Directory.ReadWrite.All",
        "Group.ReadBasic.All",
        "GroupMember.Read.All",
        "GroupMember.ReadBasic.All",
        "User.Read",
    ],
    application: &["Directory.Read.All", "Directory.ReadWrite.All", "Group.ReadBasic.All", "GroupMember.ReadBasic.All"],
};

/// Reading what somebody is in through groups.
pub(crate) const ALL_MEMBER_OF: Permissions = Permissions {
    delegated: &[
        "Directory.Read.All",
        "Directory.ReadWrite.All",
        "Group.Read.All",
        "Group.ReadBasic.All",
        "GroupMember.Read.All",
        "GroupMember.ReadBasic.All",
        "User.Read",
        "User.Read.All",
    ],
    application: &[
        "Directory.Read.All",
        "Directory.ReadWrite.All",
        "Group.Read.All",
        "Group.ReadBasic.All",
        "GroupMember.Read.All",
        "GroupMember.ReadBasic.All",
        "User.Read.All",
    ],
};

/// Reading what somebody owns.
pub(crate) const OWNED: Permissions = Permissions {
    delegated: &["Directory.Read.All", "Directory.ReadWrite.All", "User.Read", "User.Read.All", "User.ReadWrite.All"],
    application: &["Directory.Read.All", "Directory.ReadWrite.All", "User.Read.All", "User.ReadWrite.All"],
};

/// Asking which of some groups an object is in.
pub(crate) const CHECK_GROUPS: Permissions = Permissions {
    delegated: &[
        "Application.Read.All",
        "Application.ReadWrite.All",
        "Device.Read.All",
        "Directory.Read.All",
        "Directory.ReadWrite.All",
        "Group.Read.All",
        "Group.ReadBasic.All",
        "Group.ReadWrite.All",
        "GroupMember.Read.All",
        "GroupMember.ReadBasic.All",
        "User.Read.All",
        "User.ReadWrite.All",
    ],
    application: &[
        "Application.Read.All",
        "Application.ReadWrite.All",
        "Device.Read.All",
        "Device.ReadWrite.All",
        "Directory.Read.All",
        "Directory.ReadWrite.All",
        "Group.Read.All",
        "Group.ReadBasic.All",
        "Group.ReadWrite.All",
        "GroupMember.Read.All",
        "GroupMember.ReadBasic.All",
        "User.Read.All",
        "User.ReadWrite.All",
    ],
};

/// Asking for every group an object is in.
pub(crate) const MEMBER_GROUPS: Permissions = Permissions {
    delegated: &[
        "Application.Read.All",
        "Application.ReadWrite.All",
        "Device.Read.All",
        "Directory.Read.All",
        "Directory.ReadWrite.All",
        "Group.Read.All",
        "Group.ReadBasic.All",
        "Group.ReadWrite.All",
        "GroupMember.Read.All",
        "GroupMember.ReadBasic.All",
        "User.Read.All",
    ],
    application: &[
        "Application.Read.All",
        "Application.ReadWrite.All",
        "Device.Read.All",
        "Device.ReadWrite.All",
        "Directory.Read.All",
        "Directory.ReadWrite.All",
        "Group.Read.All",
        "Group.ReadBasic.All",
        "Group.ReadWrite.All",
        "GroupMember.Read.All",
        "GroupMember.ReadBasic.All",
        "User.Read.All",
    ],
};

/// Sending mail.
pub(crate) const SEND_MAIL: Permissions = same(&["Mail.Send"]);

/// Listing and counting people.
pub(crate) const PEOPLE: Permissions = same(&[
    "Directory.Read.All",
    "Directory.ReadWrite.All",
    "User.Read.All",
    "User.ReadBasic.All",
    "User.ReadWrite.All",
]);

/// Reading objects of any kind by id.
pub(crate) const OBJECTS: Permissions = same(&["Directory.Read.All"]);

/// Checking the names of a group to be.
pub(crate) const VALIDATE_NEW: Permissions = Permissions {
    delegated: &["Directory.Read.All", "Directory.ReadWrite.All", "Group.Read.All"],
    application: &["Directory.Read.All", "Directory.ReadWrite.All", "Group.Read.All", "Group.ReadWrite.All"],
};

/// Checking new names of a group.
pub(crate) const VALIDATE: Permissions = same(&["Group.Read.All", "Group.ReadWrite.All"]);

/// Reading groups.
pub(crate) const GROUPS: Permissions = same(&[
    "Directory.Read.All",
    "Directory.ReadWrite.All",
    "Group.Read.All",
    "Group.ReadBasic.All",
    "Group.ReadWrite.All",
    "GroupMember.Read.All",
]);

/// Creating a group.
pub(crate) const CREATE_GROUP: Permissions = Permissions {
    delegated: &["Directory.ReadWrite.All", "Group.ReadWrite.All"],
    application: &["Directory.ReadWrite.All", "Group.Create", "Group.ReadWrite.All"],
};

/// Changing a group or its owners, and renewing it.
pub(crate) const CHANGE_GROUP: Permissions = same(&["Directory.ReadWrite.All", "Group.ReadWrite.All"]);

/// Deleting a group.
pub(crate) const DELETE_GROUP: Permissions = same(&["Group.ReadWrite.All"]);

/// Reading members.
pub(crate) const MEMBERS: Permissions = same(&[
    "Directory.Read.All",
    "Group.Read.All",
    "Group.ReadBasic.All",
    "Group.ReadWrite.All",
    "GroupMember.Read.All",
    "GroupMember.ReadBasic.All",
    "GroupMember.ReadWrite.All",
]);

/// Adding and removing members.
pub(crate) const CHANGE_MEMBERS: Permissions =
    same(&["Directory.ReadWrite.All", "Group.ReadWrite.All", "GroupMember.ReadWrite.All"]);

/// Reading owners.
pub(crate) const OWNERS: Permissions = same(&[
    "Directory.Read.All",
    "Group.Read.All",
    "Group.ReadWrite.All",
    "GroupMember.Read.All",
    "GroupMember.ReadWrite.All",
]);

/// Reading what a group is in.
pub(crate) const GROUP_MEMBER_OF: Permissions = same(&[
    "Directory.Read.All",
    "Directory.ReadWrite.All",
    "Group.Read.All",
    "Group.ReadBasic.All",
    "GroupMember.Read.All",
    "GroupMember.ReadBasic.All",
]);

/// Reading what a group is in through groups.
pub(crate) const ALL_GROUP_MEMBER_OF: Permissions = Permissions {
    delegated: &[
        "Directory.Read.All",
        "Directory.ReadWrite.All",
        "Group.Read.All",
        "Group.ReadBasic.All",
        "GroupMember.Read.All",
        "GroupMember.ReadBasic.All",
    ],
    application: &["Directory.Read.All", "Directory.ReadWrite.All", "Group.ReadBasic.All", "GroupMember.ReadBasic.All"],
};

/// Reading what a group opens.
pub(crate) const APP_ROLES: Permissions =
    same(&["AppRoleAssignment.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"]);

/// Reading the photo of a group.
pub(crate) const GROUP_PHOTO: Permissions =
    same(&["Group.Read.All", "ProfilePhoto.Read.All", "ProfilePhoto.ReadWrite.All"]);

/// Reading expiration policies.
pub(crate) const LIFECYCLE: Permissions = same(&["Directory.Read.All", "Directory.ReadWrite.All"]);

/// Changing expiration policies.
pub(crate) const CHANGE_LIFECYCLE: Permissions = same(&["Directory.ReadWrite.All"]);

/// Reading settings.
pub(crate) const SETTINGS: Permissions = same(&[
    "Directory.Read.All",
    "Directory.ReadWrite.All",
    "Group.Read.All",
    "Group.ReadWrite.All",
    "GroupSettings.Read.All",
    "GroupSettings.ReadWrite.All",
]);

/// Creating settings.
pub(crate) const CREATE_SETTINGS: Permissions = same(&["Directory.ReadWrite.All", "GroupSettings.ReadWrite.All"]);

/// Changing settings.
pub(crate) const CHANGE_SETTINGS: Permissions =
    same(&["Directory.ReadWrite.All", "GroupSettings.ReadWrite.All", "Policy.ReadWrite.Authorization"]);

/// Reading templates of settings.
pub(crate) const TEMPLATES: Permissions =
    same(&["Directory.Read.All", "Directory.ReadWrite.All", "GroupSettings.Read.All", "GroupSettings.ReadWrite.All"]);

/// Reading the recycle bin.
pub(crate) const BIN: Permissions = same(&["Directory.Read.All", "Group.Read.All", "Group.ReadWrite.All"]);

/// Emptying the recycle bin.
pub(crate) const PURGE: Permissions = Permissions {
    delegated: &["Directory.AccessAsUser.All", "Group.ReadWrite.All"],
    application: &["Group.ReadWrite.All"],
};

/// Reading who may do what without a role.
pub(crate) const POLICY: Permissions = same(&["Policy.Read.All", "Policy.ReadWrite.Authorization"]);

/// Changing who may do what without a role.
pub(crate) const CHANGE_POLICY: Permissions = same(&["Policy.ReadWrite.Authorization"]);

/// Reading the audit log.
pub(crate) const AUDITS: Permissions = same(&["AuditLog.Read.All", "Directory.Read.All"]);
