//! Groups and people as the directory describes them, and which groups can take part at all.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::ids::{GroupId, PersonId};

/// The properties of a group that decide whether Roster may manage it, and for how long. Names follow Graph v1.0.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupFacts {
    /// `groupTypes`: `Unified`, `DynamicMembership`, or nothing.
    pub group_types: Vec<String>,
    /// `mailEnabled`.
    pub mail_enabled: bool,
    /// `securityEnabled`.
    pub security_enabled: bool,
    /// `onPremisesSyncEnabled`; only `true` means mastered on-premises now.
    pub on_premises_sync: Option<bool>,
    /// `isAssignableToRole`.
    pub assignable_to_role: Option<bool>,
    /// `isManagementRestricted`: the group sits in a restricted administrative unit.
    pub management_restricted: Option<bool>,
    /// `visibility`: `Public`, `Private` or `HiddenMembership`.
    pub visibility: Option<String>,
    /// Whether `deletedDateTime` is set.
    pub deleted: bool,
    /// `expirationDateTime`: when it is deleted by itself; `None` when no policy is about it.
    #[serde(default)]
    pub expires_at: Option<Timestamp>,
}

/// A kind of group that can take part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Cloud security group with assigned members.
    Security,
    /// Microsoft 365 group with assigned members.
    Microsoft365,
}

/// Why a group cannot take part, whatever an administrator wishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unfit {
    /// In the directory's recycle bin.
    Deleted,
    /// Mastered on-premises; Graph refuses every membership write.
    Synchronised,
    /// A rule decides who belongs.
    Dynamic,
    /// Mail-enabled security group, read-only in Graph.
    MailEnabledSecurity,
    /// Distribution list, read-only in Graph.
    DistributionList,
    /// Can hold directory roles; self-service would be a way to privilege.
    RoleAssignable,
    /// In a restricted administrative unit, where owners are shut out.
    Restricted,
    /// A combination of properties that Graph does not document.
    Unsupported,
}

impl GroupFacts {
    /// Returns the kind of a group that can take part, or why it cannot. The predicate is the one Microsoft documents for
    /// what an owner can manage through Graph, less role-assignable groups, which are left out for safety.
    ///
    /// # Errors
    /// The first reason found, the most telling first.
    pub fn eligibility(&self) -> Result<Kind, Unfit> {
        let has = |name: &str| self.group_types.iter().any(|kind| kind.eq_ignore_ascii_case(name));
        if self.deleted {
            return Err(Unfit::Deleted);
        }
        if self.on_premises_sync == Some(true) {
            return Err(Unfit::Synchronised);
        }
        if self.assignable_to_role == Some(true) {
            return Err(Unfit::RoleAssignable);
        }
        if self.management_restricted == Some(true) {
            return Err(Unfit::Restricted);
        }
        if has("DynamicMembership") {
            return Err(Unfit::Dynamic);
        }
        match (has("Unified"), self.mail_enabled, self.security_enabled) {
            (true, _, _) => Ok(Kind::Microsoft365),
            (false, false, true) => Ok(Kind::Security),
            (false, true, true) => Err(Unfit::MailEnabledSecurity),
            (false, true, false) => Err(Unfit::DistributionList),
            (false, false, false) => Err(Unfit::Unsupported),
        }
    }

    /// Returns whether everybody may join a Microsoft 365 group by themselves, past Roster.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.visibility.as_deref().is_some_and(|value| value.eq_ignore_ascii_case("Public"))
    }

    /// Returns whether the member list must not be shown to people outside the group.
    #[must_use]
    pub fn hides_members(&self) -> bool {
        self.visibility.as_deref().is_some_and(|value| value.eq_ignore_ascii_case("HiddenMembership"))
    }
}

/// A group of the directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Object id.
    pub id: GroupId,
    /// Display name, for showing only.
    pub name: String,
    /// Description; empty when there is none.
    pub description: String,
    /// What decides eligibility.
    pub facts: GroupFacts,
}

/// A person with an id and a name to show: an owner, a member, somebody who asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRef {
    /// Object id.
    pub id: PersonId,
    /// Display name, for showing only.
    pub name: String,
}

/// What the directory tells about a person, as far as the token may read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Object id.
    pub id: PersonId,
    /// Display name.
    pub name: String,
    /// Sign-in name.
    pub username: String,
    /// Mail address, empty when there is none or it may not be read.
    pub mail: String,
    /// Job title, empty when there is none or it may not be read.
    pub job_title: String,
    /// Department, empty when there is none or it may not be read.
    pub department: String,
    /// Whether `userType` says guest; `None` when it may not be read.
    pub guest: Option<bool>,
    /// Whether the account may sign in; `None` when it may not be read.
    pub enabled: Option<bool>,
}

impl Person {
    /// Returns whether they count as a guest. Where `userType` may not be read, everybody with the sign-in name of an account
    /// that another directory keeps does (Entra, "Properties of a B2B collaboration user"): rather a colleague too many is
    /// held up than a stranger let in.
    #[must_use]
    pub fn is_guest(&self) -> bool {
        self.guest.unwrap_or_else(|| self.username.to_ascii_uppercase().contains("#EXT#"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(types: &[&str], mail: bool, security: bool) -> GroupFacts {
        GroupFacts {
            group_types: types.iter().map(ToString::to_string).collect(),
            mail_enabled: mail,
            security_enabled: security,
            ..GroupFacts::default()
        }
    }

    #[test]
    fn the_documented_table_of_kinds_holds() {
        assert_eq!(facts(&[], false, true).eligibility(), Ok(Kind::Security));
        assert_eq!(facts(&["Unified"], true, false).eligibility(), Ok(Kind::Microsoft365));
        assert_eq!(facts(&["Unified"], true, true).eligibility(), Ok(Kind::Microsoft365));
        assert_eq!(facts(&["DynamicMembership"], false, true).eligibility(), Err(Unfit::Dynamic));
        assert_eq!(facts(&["Unified", "DynamicMembership"], true, true).eligibility(), Err(Unfit::Dynamic));
        assert_eq!(facts(&[], true, true).eligibility(), Err(Unfit::MailEnabledSecurity));
        assert_eq!(facts(&[], true, false).eligibility(), Err(Unfit::DistributionList));
        assert_eq!(facts(&[], false, false).eligibility(), Err(Unfit::Unsupported));
    }

    #[test]
    fn each_overlay_alone_shuts_a_group_out() {
        let fit = facts(&[], false, true);
        let synced = GroupFacts { on_premises_sync: Some(true), ..fit.clone() };
        let once_synced = GroupFacts { on_premises_sync: Some(false), ..fit.clone() };
        let role = GroupFacts { assignable_to_role: Some(true), ..fit.clone() };
        let restricted = GroupFacts { management_restricted: Some(true), ..fit.clone() };
        let deleted = GroupFacts { deleted: true, ..fit };

        assert_eq!(synced.eligibility(), Err(Unfit::Synchronised));
        assert_eq!(once_synced.eligibility(), Ok(Kind::Security));
        assert_eq!(role.eligibility(), Err(Unfit::RoleAssignable));
        assert_eq!(restricted.eligibility(), Err(Unfit::Restricted));
        assert_eq!(deleted.eligibility(), Err(Unfit::Deleted));
    }
}
