//! Asking the directory whether it would take a name, before a group is created or renamed.

use reqwest::StatusCode;
use serde_json::json;

use super::{
    AsPerson, Error,
    call::{
        Call,
        Piece::{Id, Word},
    },
    nickname::Nickname,
    objection::Objection,
};
use crate::domain::ids::GroupId;

impl AsPerson<'_> {
    /// Asks whether a Microsoft 365 group may be created with these names; `None` when nothing speaks against them. Needs
    /// the scope `Directory.Read.All`. Changes nothing and keeps nothing: the names may be taken a moment later.
    ///
    /// # Errors
    /// [`Error`] when the directory does not answer or refuses.
    pub async fn objection_to_new(self, name: &str, nickname: &Nickname) -> Result<Option<Objection>, Error> {
        let path = [Word("directoryObjects"), Word("validateProperties")];
        let names = json!({ "entityType": "Group", "displayName": name, "mailNickname": nickname.as_str() });
        self.objection(&Call::ask(&path, names)).await
    }

    /// Asks whether a group may be given this name; `None` when nothing speaks against it. Needs the scope
    /// `Group.ReadWrite.All`.
    ///
    /// # Errors
    /// [`Error::Gone`] when there is no such group; [`Error`] when the directory does not answer or refuses.
    pub async fn objection_to_renaming(self, group: GroupId, name: &str) -> Result<Option<Objection>, Error> {
        let path = [Word("groups"), Id(group.0), Word("validateProperties")];
        self.objection(&Call::ask(&path, json!({ "displayName": name }))).await
    }

    async fn objection(self, call: &Call) -> Result<Option<Objection>, Error> {
        match self.waits().reply(call, self.graph.deadline(), StatusCode::NO_CONTENT).await {
            Ok(_) => Ok(None),
            Err(Error::NotThisName(objection)) => Ok(Some(objection)),
            Err(error) => Err(error),
        }
    }
}
