//! Which of some groups somebody is in, and which directory roles a person holds.

use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::{
    AsPerson, Error,
    call::{
        Call, Piece,
        Piece::{Id, Word},
    },
    wire::words,
};
use crate::domain::ids::{GroupId, PersonId};

/// Graph takes at most this many ids in one question (Graph, "Check member groups").
const MOST_ASKED: usize = 20;

/// A directory role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectoryRole {
    /// Its name, for showing only.
    pub name: String,
    /// The id of its template, the same in every tenant, by which it is known.
    pub template: Option<Uuid>,
}

#[derive(Deserialize)]
struct WireIds {
    value: Vec<GroupId>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireRole {
    display_name: Option<String>,
    role_template_id: Option<Uuid>,
}

impl AsPerson<'_> {
    /// Returns those of the groups that the person whose token it is belongs to, directly or through other groups.
    ///
    /// # Errors
    /// [`Error`] when the directory does not answer or refuses; then nothing is returned.
    pub async fn which_i_am_in(self, groups: &[GroupId]) -> Result<Vec<GroupId>, Error> {
        self.check(&[Word("me"), Word("checkMemberGroups")], groups).await
    }

    /// Returns those of the groups that a person belongs to, directly or through other groups.
    ///
    /// # Errors
    /// [`Error::Gone`] when there is no such person; [`Error`] when the directory does not answer or refuses.
    pub async fn which_somebody_is_in(self, person: PersonId, groups: &[GroupId]) -> Result<Vec<GroupId>, Error> {
        self.check(&[Word("users"), Id(person.0), Word("checkMemberGroups")], groups).await
    }

    async fn check(self, path: &[Piece], groups: &[GroupId]) -> Result<Vec<GroupId>, Error> {
        let deadline = self.graph.deadline();
        let mut found = Vec::new();
        for asked in groups.chunks(MOST_ASKED) {
            let call = Call::ask(path, json!({ "groupIds": asked }));
            let answer: WireIds = self.waits().read(&call, deadline).await?;
            // An answer about a group that was not asked for is none.
            found.extend(answer.value.into_iter().filter(|group| asked.contains(group)));
        }
        Ok(found)
    }

    /// Reads the directory roles that the person whose token it is holds, directly or through groups. The index lags
    /// behind.
    ///
    /// # Errors
    /// [`Error`] when the directory does not answer or refuses.
    pub async fn my_directory_roles(self) -> Result<Vec<DirectoryRole>, Error> {
        let path = [Word("me"), Word("transitiveMemberOf"), Word("microsoft.graph.directoryRole")];
        let call = Call::read(&path).select("id,displayName,roleTemplateId").indexed();
        let roles: Vec<WireRole> = self.waits().all(call, self.graph.deadline()).await?;
        let known = |role: WireRole| DirectoryRole { name: words(role.display_name), template: role.role_template_id };
        Ok(roles.into_iter().map(known).collect())
    }
}
