//! What the tenant lets everybody do, and when its groups expire.

use serde::Deserialize;
use uuid::{Uuid, uuid};

use super::{
    AsPerson, Error,
    call::{Call, Piece::Word},
};

/// What a tenant lets guests do (Graph, "authorizationPolicy resource type").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GuestRights {
    /// As much as employees.
    AsMembers,
    /// To read what they know the id of.
    Limited,
    /// To read about themselves.
    Restricted,
    /// Something that is not documented, or could not be read.
    Unknown,
}

/// What people without a directory role may do; `None` where the token may not read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rights {
    /// Whether they may create security groups.
    pub create_security_groups: Option<bool>,
    /// Whether they may read about others; without it nobody finds anybody.
    pub read_others: Option<bool>,
    /// What guests may do.
    pub guests: GuestRights,
}

/// Which groups expire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Expiring {
    /// Every Microsoft 365 group.
    All,
    /// Some that were selected.
    Selected,
    /// None, though there is a policy; or a word that is not documented.
    None,
}

/// When groups expire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExpirationPolicy {
    /// After how many days without being renewed.
    pub days: Option<u32>,
    /// Which groups.
    pub groups: Expiring,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireRights {
    guest_user_role_id: Option<Uuid>,
    default_user_role_permissions: Option<WireDefaults>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct WireDefaults {
    allowed_to_create_security_groups: Option<bool>,
    allowed_to_read_other_users: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WirePolicy {
    group_lifetime_in_days: Option<u32>,
    managed_group_types: Option<String>,
}

impl AsPerson<'_> {
    /// Reads what people without a directory role may do. Needs the scope `Policy.Read.All`.
    ///
    /// # Errors
    /// [`Error`] when the directory does not answer or refuses.
    pub async fn rights(self) -> Result<Rights, Error> {
        let call = Call::read(&[Word("policies"), Word("authorizationPolicy")])
            .select("id,guestUserRoleId,defaultUserRolePermissions");
        self.waits().read::<WireRights>(&call, self.graph.deadline()).await.map(Rights::from)
    }

    /// Reads when groups expire, `None` without a policy; a tenant has at most one. Needs the scope `Directory.Read.All`.
    ///
    /// # Errors
    /// [`Error`] when the directory does not answer or refuses.
    pub async fn expiration_policy(self) -> Result<Option<ExpirationPolicy>, Error> {
        let call = Call::read(&[Word("groupLifecyclePolicies")]).select("id,groupLifetimeInDays,managedGroupTypes");
        let found: Vec<WirePolicy> = self.waits().all(call, self.graph.deadline()).await?;
        Ok(found.into_iter().next().map(ExpirationPolicy::from))
    }
}

impl From<WireRights> for Rights {
    fn from(wire: WireRights) -> Self {
        let defaults = wire.default_user_role_permissions.unwrap_or_default();
        Self {
            create_security_groups: defaults.allowed_to_create_security_groups,
            read_others: defaults.allowed_to_read_other_users,
            guests: wire.guest_user_role_id.map_or(GuestRights::Unknown, GuestRights::of),
        }
    }
}

impl GuestRights {
    fn of(role: Uuid) -> Self {
        const AS_MEMBERS: Uuid = uuid!("a0b1b346-4d3e-4e8b-98f8-753987be4970");
        const LIMITED: Uuid = uuid!("10dae51f-b6af-4016-8d66-8c2a99b929b3");
        const RESTRICTED: Uuid = uuid!("2af84b1e-32c8-42b7-82bc-daa82404023b");
        match role {
            AS_MEMBERS => Self::AsMembers,
            LIMITED => Self::Limited,
            RESTRICTED => Self::Restricted,
            _ => Self::Unknown,
        }
    }
}

impl From<WirePolicy> for ExpirationPolicy {
    fn from(wire: WirePolicy) -> Self {
        let groups = match wire.managed_group_types.as_deref() {
            Some("All") => Expiring::All,
            Some("Selected") => Expiring::Selected,
            _ => Expiring::None,
        };
        Self { days: wire.group_lifetime_in_days, groups }
    }
}
