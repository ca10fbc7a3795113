//! What hangs on a group: what its members would lose with it.

use serde::Deserialize;

use super::{
    AppRole, AsPerson, Error,
    call::{
        Call,
        Piece::{Id, Word},
    },
    wire::{GROUP, WireGroup},
};
use crate::domain::{directory::Group, ids::GroupId};

/// What hangs on a group. What the token may not read, or could not be read now, is `None` and not nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependents {
    /// The group.
    pub group: Group,
    /// How many direct members of any kind it has, from the index.
    pub members: Option<u64>,
    /// How many products its members get a licence for.
    pub licences: Option<usize>,
    /// The roles in applications that its members hold by it.
    pub app_roles: Option<Vec<AppRole>>,
}

#[derive(Deserialize)]
struct WireLicensed {
    #[serde(flatten)]
    group: WireGroup,
    #[serde(rename = "assignedLicenses")]
    licences: Option<Vec<serde_json::Value>>,
}

impl AsPerson<'_> {
    /// Reads what hangs on a group, all at once; `None` when the directory does not know the group. Reading roles in
    /// applications needs the scope `Directory.Read.All`.
    ///
    /// # Errors
    /// [`Error`] when the group itself cannot be read, or the token is not accepted.
    pub async fn dependents(self, group: GroupId) -> Result<Option<Dependents>, Error> {
        let select = format!("{GROUP},assignedLicenses");
        let itself = Call::read(&[Word("groups"), Id(group.0)]).select(&select);
        let members = Call::read(&[Word("groups"), Id(group.0), Word("members"), Word("$count")]).counting();
        let (found, members, app_roles) = tokio::join!(
            self.waits().read::<WireLicensed>(&itself, self.graph.deadline()),
            self.count(&members),
            self.app_roles(group)
        );
        let found = match found {
            Ok(found) => found,
            Err(Error::Gone) => return Ok(None),
            Err(error) => return Err(error),
        };
        Ok(Some(Dependents {
            group: found.group.into(),
            licences: found.licences.map(|licences| licences.len()),
            members: if_read(members)?,
            app_roles: if_read(app_roles)?,
        }))
    }
}

/// Returns what was read, or nothing where it could not be; a token that is not accepted is no such case.
fn if_read<T>(read: Result<T, Error>) -> Result<Option<T>, Error> {
    match read {
        Ok(found) => Ok(Some(found)),
        Err(error @ Error::SignInAgain { .. }) => Err(error),
        Err(_) => Ok(None),
    }
}
