//! The reads before a decision.

use super::{AsPerson, Error};
use crate::domain::{
    approval::Live,
    ids::{GroupId, PersonId},
};

impl AsPerson<'_> {
    /// Reads at once what a decision about a person and a group needs to know.
    ///
    /// # Errors
    /// [`Error`] when the group, its owners or the person cannot be read. Whether they are a member already is a help and
    /// no condition, so that alone may stay unknown.
    pub async fn live(self, group: GroupId, person: PersonId) -> Result<Live, Error> {
        let (found, owners, requester, is_member) = tokio::join!(
            self.group(group),
            self.owners(group),
            self.person(person),
            self.is_member_indexed(group, person)
        );

        let (group_id, group) = (group, found?);
        // Nobody owns what is gone, whichever of the two reads saw it first.
        let owners = if group.is_none() || owners == Err(Error::Gone) { Vec::new() } else { owners? };
        // The index may still show somebody who has just left; closing their new request for that would lose it.
        let is_member = match is_member {
            Ok(true) => self.is_member_settled(group_id, person).await.unwrap_or(None),
            Err(error @ Error::SignInAgain { .. }) => return Err(error),
            read => read.ok(),
        };
        Ok(Live { group, owners, requester: requester?, is_member })
    }
}
