//! Deleting a group. This is the one DELETE of Roster that does not end in `/$ref`.

use uuid::Uuid;

use super::{AsPerson, Error, call::Call};
use crate::domain::ids::GroupId;

impl AsPerson<'_> {
    /// Deletes a group; for 30 days it can be restored. The id goes along as `client-request-id`. Needs the scope
    /// `Group.ReadWrite.All`.
    ///
    /// # Errors
    /// [`Error::Gone`] when there is no such group, or an earlier try has deleted it; [`Error::NotAllowed`] for somebody
    /// who does not own it; [`Error::NotChangeable`] for a group that is kept elsewhere.
    pub async fn delete_group(self, group: GroupId, id: Uuid) -> Result<(), Error> {
        self.waits().write(&Call::delete_group(group, id), self.graph.deadline()).await
    }
}
