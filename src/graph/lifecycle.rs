//! What happens to a group between its creation and its end: changes, renewal, the recycle bin.

use jiff::Timestamp;
use reqwest::StatusCode;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{
    AsPerson, Error,
    call::{
        Call, Piece,
        Piece::{Id, Word},
        literal,
    },
    create::Visibility,
    wire::{GROUP, WireGroup},
};
use crate::domain::{directory::Group, ids::GroupId};

/// The groups in the recycle bin; the kind is part of the address (Graph, "List deletedItems").
const BIN: [Piece; 3] = [Word("directory"), Word("deletedItems"), Word("microsoft.graph.group")];

/// What of a group is to change; what is `None` stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupChange {
    /// A new name.
    pub name: Option<String>,
    /// A new description; empty takes it away.
    pub description: Option<String>,
    /// Who sees into it; not to or from hidden membership.
    pub visibility: Option<Visibility>,
}

/// A group in the recycle bin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeletedGroup {
    /// The group.
    pub group: Group,
    /// When it was deleted; 30 days later it is gone for good.
    pub deleted_at: Option<Timestamp>,
}

/// How long a group lives under the tenant's expiration policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Expiry {
    /// When it expires; `None` when no policy is about it.
    #[serde(rename = "expirationDateTime")]
    pub expires_at: Option<Timestamp>,
    /// When it was created or last renewed.
    #[serde(rename = "renewedDateTime")]
    pub renewed_at: Option<Timestamp>,
}

impl AsPerson<'_> {
    /// Changes properties of a group. Safe to repeat; the id goes along as `client-request-id`. Needs the scope
    /// `Group.ReadWrite.All`.
    ///
    /// # Errors
    /// [`Error::NotThisName`] for a name that the naming policy does not allow; [`Error::Gone`] when there is no such
    /// group; [`Error::NotAllowed`] for somebody who does not own it; [`Error`] when the directory does not answer.
    pub async fn change_group(self, group: GroupId, change: &GroupChange, id: Uuid) -> Result<(), Error> {
        let body = change.body();
        if body.is_empty() {
            return Ok(());
        }
        let call = Call::patch(&[Word("groups"), Id(group.0)], Value::Object(body), id);
        self.waits().write(&call, self.graph.deadline()).await
    }

    /// Starts the days of the expiration policy anew for a Microsoft 365 group. The id goes along as `client-request-id`.
    /// Needs the scope `Group.ReadWrite.All`.
    ///
    /// # Errors
    /// [`Error::Refused`] when no policy is about the group; [`Error::Gone`] when there is no such group;
    /// [`Error::NotAllowed`] for somebody who does not own it; [`Error`] when the directory does not answer.
    pub async fn renew_group(self, group: GroupId, id: Uuid) -> Result<(), Error> {
        let call = Call::act(&[Word("groups"), Id(group.0), Word("renew")], None, id);
        self.waits().write(&call, self.graph.deadline()).await
    }

    /// Reads when a group expires, `None` when the directory does not know it.
    ///
    /// # Errors
    /// [`Error`] when the directory does not answer or refuses.
    pub async fn expiry(self, group: GroupId) -> Result<Option<Expiry>, Error> {
        let call = Call::read(&[Word("groups"), Id(group.0)]).select("id,expirationDateTime,renewedDateTime");
        super::people::unless_gone(self.waits().read(&call, self.graph.deadline()).await.map(Some))
    }

    /// Reads the groups in the recycle bin, the last deleted first. The index lags behind. Needs the scope
    /// `Group.ReadWrite.All` or `Directory.Read.All`.
    ///
    /// # Errors
    /// [`Error`] when the directory does not answer or refuses.
    pub async fn deleted_groups(self) -> Result<Vec<DeletedGroup>, Error> {
        let call = Call::read(&BIN).select(GROUP).top(999).option("$orderby", "deletedDateTime desc").indexed();
        let found: Vec<WireGroup> = self.waits().all(call, self.graph.deadline()).await?;
        Ok(found.into_iter().map(DeletedGroup::from).collect())
    }

    /// Reads one group in the recycle bin, without the index; `None` when it is not there. Needs the scope
    /// `Group.ReadWrite.All` or `Directory.Read.All`.
    ///
    /// # Errors
    /// [`Error`] when the directory does not answer or refuses.
    pub async fn deleted_group(self, group: GroupId) -> Result<Option<DeletedGroup>, Error> {
        let filter = format!("id eq {}", literal(&group.to_string()));
        let call = Call::read(&BIN).select(GROUP).option("$filter", &filter);
        let found: Vec<WireGroup> = self.waits().all(call, self.graph.deadline()).await?;
        Ok(found.into_iter().map(DeletedGroup::from).find(|found| found.group.id == group))
    }

    /// Takes a group out of the recycle bin. Safe to repeat: one that is back already is as wished. The id goes along as
    /// `client-request-id`. Needs the scope `Group.ReadWrite.All`.
    ///
    /// # Errors
    /// [`Error::Gone`] when the group is not in the bin any more; [`Error::NotThisName`] when another group has its nickname
    /// now; [`Error::NotAllowed`] for somebody who did not own it; [`Error`] when the directory does not answer.
    pub async fn restore_group(self, group: GroupId, id: Uuid) -> Result<(), Error> {
        let path = [Word("directory"), Word("deletedItems"), Id(group.0), Word("restore")];
        let call = Call::act(&path, None, id);
        match self.waits().reply(&call, self.graph.deadline(), StatusCode::OK).await {
            Ok(_) => Ok(()),
            Err(Error::Gone) if self.group(group).await?.is_some_and(|group| !group.facts.deleted) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

impl From<WireGroup> for DeletedGroup {
    fn from(wire: WireGroup) -> Self {
        Self { deleted_at: wire.deleted_at(), group: wire.into() }
    }
}

impl GroupChange {
    fn body(&self) -> Map<String, Value> {
        let mut body = Map::new();
        if let Some(name) = &self.name {
            body.insert("displayName".into(), json!(name));
        }
        if let Some(description) = &self.description {
            let description = Some(description).filter(|text| !text.is_empty());
            body.insert("description".into(), json!(description));
        }
        if let Some(visibility) = self.visibility {
            body.insert("visibility".into(), json!(visibility.word()));
        }
        body
    }
}
