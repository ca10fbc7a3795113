//! The signed-in person: who they are and what their app roles let them do in Roster.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::ids::PersonId;

/// A role in Roster, given as an app role of the enterprise application. Directory roles give nothing here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// `Roster.Admin`: designates groups and sets terms.
    Administrator,
    /// `Roster.Auditor`: sees everything, changes nothing.
    Auditor,
}

impl Role {
    /// Returns the role that a value of the `roles` claim names, if Roster knows it.
    #[must_use]
    pub fn from_claim(value: &str) -> Option<Self> {
        match value {
            "Roster.Admin" => Some(Self::Administrator),
            "Roster.Auditor" => Some(Self::Auditor),
            _ => None,
        }
    }
}

/// The person who is signed in. There is no default and no anonymous viewer: a handler has one or does not run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    /// Object id in the tenant.
    pub id: PersonId,
    /// The tenant that vouched for them.
    pub tenant: Uuid,
    /// Display name, for showing only.
    pub name: String,
    /// Sign-in name, for showing only.
    pub username: String,
    /// Whether the tenant knows them as a guest.
    pub guest: bool,
    /// App roles.
    pub roles: Vec<Role>,
}

impl Viewer {
    /// Returns whether the person may designate groups.
    #[must_use]
    pub fn is_administrator(&self) -> bool {
        self.roles.contains(&Role::Administrator)
    }

    /// Returns whether the person may see what only administrators and auditors see.
    #[must_use]
    pub fn sees_everything(&self) -> bool {
        self.is_administrator() || self.roles.contains(&Role::Auditor)
    }
}
