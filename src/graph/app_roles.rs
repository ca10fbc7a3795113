//! What a group unlocks in applications.

use serde::Deserialize;
use uuid::Uuid;

use super::{
    AsPerson, Error,
    call::{
        Call,
        Piece::{Id, Word},
    },
    wire::words,
};
use crate::domain::ids::GroupId;

/// A role in an application that the members of a group hold by belonging to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppRole {
    /// The application's service principal.
    pub app: Uuid,
    /// The application's name, for showing only.
    pub app_name: String,
    /// The role; nil is access without a particular role (Graph, "appRoleAssignment resource type").
    pub role: Uuid,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireAssignment {
    app_role_id: Uuid,
    resource_id: Uuid,
    resource_display_name: Option<String>,
}

impl AsPerson<'_> {
    /// Reads which roles in applications a group gives. Needs the scope `Directory.Read.All`.
    ///
    /// # Errors
    /// [`Error::Gone`] when there is no such group; [`Error`] when the directory does not answer or refuses.
    pub async fn app_roles(self, group: GroupId) -> Result<Vec<AppRole>, Error> {
        let call = Call::read(&[Word("groups"), Id(group.0), Word("appRoleAssignments")])
            .select("appRoleId,resourceId,resourceDisplayName");
        let found: Vec<WireAssignment> = self.waits().all(call, self.graph.deadline()).await?;
        Ok(found.into_iter().map(AppRole::from).collect())
    }
}

impl From<WireAssignment> for AppRole {
    fn from(wire: WireAssignment) -> Self {
        Self { app: wire.resource_id, app_name: words(wire.resource_display_name), role: wire.app_role_id }
    }
}
