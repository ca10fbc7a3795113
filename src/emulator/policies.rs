//! Policies of the tenant: what people without a directory role may do, and when groups expire.

use serde_json::{Value, json};
use uuid::Uuid;

/// What people and guests may do without a directory role (`authorizationPolicy`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorizationPolicy {
    /// Whether employees may create security groups.
    pub allowed_to_create_security_groups: bool,
    /// Whether employees may read about other people.
    pub allowed_to_read_other_users: bool,
    /// What guests may: one of the three ids below.
    pub guest_user_role_id: Uuid,
}

impl AuthorizationPolicy {
    /// Guests may what employees may.
    pub const GUESTS_AS_MEMBERS: Uuid = Uuid::from_u128(0xa0b1_b346_4d3e_4e8b_98f8_7539_87be_4970);
    /// Guests may read objects by their id and list none. This is how tenants start.
    pub const GUESTS_LIMITED: Uuid = Uuid::from_u128(0x10da_e51f_b6af_4016_8d66_8c2a_99b9_29b3);
    /// Guests may read about themselves and the groups they are in.
    pub const GUESTS_RESTRICTED: Uuid = Uuid::from_u128(0x2af8_4b1e_32c8_42b7_82bc_daa8_2404_023b);

    /// Returns the policy as Graph shows it.
    pub(crate) fn shown(&self) -> Value {
        json!({
            "id": "authorizationPolicy",
            "displayName": "Authorization Policy",
            "description": "Used to manage authorization related settings across the company.",
            "allowInvitesFrom": "everyone",
            "allowedToSignUpEmailBasedSubscriptions": true,
            "allowedToUseSSPR": true,
            "allowEmailVerifiedUsersToJoinOrganization": false,
            "allowUserConsentForRiskyApps": null,
            "blockMsolPowerShell": false,
            "guestUserRoleId": self.guest_user_role_id,
            "defaultUserRolePermissions": {
                "allowedToCreateApps": true,
                "allowedToCreateSecurityGroups": self.allowed_to_create_security_groups,
                "allowedToCreateTenants": true,
                "allowedToReadBitlockerKeysForOwnedDevice": true,
                "allowedToReadOtherUsers": self.allowed_to_read_other_users,
                "permissionGrantPoliciesAssigned": [],
            },
        })
    }
}

impl Default for AuthorizationPolicy {
    fn default() -> Self {
        Self {
            allowed_to_create_security_groups: true,
            allowed_to_read_other_users: true,
            guest_user_role_id: Self::GUESTS_LIMITED,
        }
    }
}

/// When Microsoft 365 groups expire (`groupLifecyclePolicy`). A tenant has at most one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LifecyclePolicy {
    /// The policy's id.
    pub id: Uuid,
    /// How long a group lives from its creation or last renewal, in days.
    pub days: u32,
    /// Which groups it is about: `All`, `Selected` or `None`.
    pub managed_group_types: String,
    /// Who hears about groups without an owner, addresses with semicolons between them.
    pub alternate_notification_emails: String,
    /// The groups, when it is about selected ones.
    pub selected: Vec<Uuid>,
}

impl LifecyclePolicy {
    /// Returns a policy for every Microsoft 365 group.
    pub fn for_all(days: u32) -> Self {
        Self {
            id: Uuid::from_u128(0x11fe_c7c1_e000_4000_8000_0000_0000_0001),
            days,
            managed_group_types: "All".to_owned(),
            alternate_notification_emails: String::new(),
            selected: Vec::new(),
        }
    }

    /// Returns whether the policy is about this Microsoft 365 group.
    pub(crate) fn is_about(&self, group: Uuid) -> bool {
        match self.managed_group_types.as_str() {
            "All" => true,
            "Selected" => self.selected.contains(&group),
            _ => false,
        }
    }

    /// Returns the policy as Graph shows it.
    pub(crate) fn shown(&self) -> Value {
        json!({
            "id": self.id,
            "groupLifetimeInDays": self.days,
            "managedGroupTypes": self.managed_group_types,
            "alternateNotificationEmails": self.alternate_notification_emails,
        })
    }
}
