//! Reading which groups are a person's own.

use super::{
    AsPerson, Error,
    call::{Call, Piece::Word},
    wire::WireObject,
};
use crate::domain::ids::GroupId;

/// The groups a person belongs to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mine {
    /// Those that list them as a member.
    pub direct: Vec<GroupId>,
    /// Those, and the groups these belong to. Comes from the directory's index, so it can be older than `direct`.
    pub all: Vec<GroupId>,
}

impl AsPerson<'_> {
    /// Reads the groups the person owns.
    ///
    /// # Errors
    /// [`Error`] when the directory does not answer or refuses.
    pub async fn owned(self) -> Result<Vec<GroupId>, Error> {
        let call = Call::read(&[Word("me"), Word("ownedObjects"), Word("microsoft.graph.group")]);
        self.group_ids(call).await
    }

    /// Reads the groups the person belongs to, directly and through other groups.
    ///
    /// # Errors
    /// [`Error`] when the directory does not answer or refuses.
    pub async fn memberships(self) -> Result<Mine, Error> {
        // Without a cast the default path answers, which sees recent writes; directory roles come too and are left out.
        let direct = Call::read(&[Word("me"), Word("memberOf")]);
        let all = Call::read(&[Word("me"), Word("transitiveMemberOf"), Word("microsoft.graph.group")]).indexed();
        let (direct, all) = tokio::try_join!(self.group_ids(direct), self.group_ids(all))?;
        Ok(Mine { direct, all })
    }

    async fn group_ids(self, call: Call) -> Result<Vec<GroupId>, Error> {
        let list: Vec<WireObject> = self.all(call.select("id").top(999), self.graph.deadline()).await?;
        Ok(list.iter().filter(|object| object.is_a("group")).map(|object| GroupId(object.id)).collect())
    }
}
