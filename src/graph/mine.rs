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
        let list = self.waits().all(owned(), self.graph.deadline()).await?;
        Ok(group_ids(&list))
    }

    /// Reads the groups the person belongs to, directly and through other groups, in one batch.
    ///
    /// # Errors
    /// [`Error`] when the directory does not answer or refuses.
    pub async fn memberships(self) -> Result<Mine, Error> {
        let [direct, all] = self.lists([direct(), all()]).await?;
        Ok(Mine { direct, all })
    }

    /// Reads the groups the person belongs to and those they own, in one batch of three resource units.
    ///
    /// # Errors
    /// [`Error`] when the directory does not answer or refuses.
    pub async fn mine_and_owned(self) -> Result<(Mine, Vec<GroupId>), Error> {
        let [direct, all, owned] = self.lists([direct(), all(), owned()]).await?;
        Ok((Mine { direct, all }, owned))
    }

    async fn lists<const N: usize>(self, calls: [Call; N]) -> Result<[Vec<GroupId>; N], Error> {
        let lists = self.waits().lists(&calls, self.graph.deadline()).await?;
        let lists: Vec<_> = lists.iter().map(|list| group_ids(list)).collect();
        lists.try_into().map_err(|_| Error::Garbled)
    }
}

/// Without a cast the default path answers, which sees recent writes; directory roles come too and are left out.
fn direct() -> Call {
    Call::read(&[Word("me"), Word("memberOf")]).select("id").top(999)
}

fn all() -> Call {
    let path = [Word("me"), Word("transitiveMemberOf"), Word("microsoft.graph.group")];
    Call::read(&path).indexed().select("id").top(999)
}

/// Without a cast too: whether one needs the index here is not documented, and what else a person owns is left out.
fn owned() -> Call {
    Call::read(&[Word("me"), Word("ownedObjects")]).select("id").top(999)
}

fn group_ids(list: &[WireObject]) -> Vec<GroupId> {
    list.iter().filter(|object| object.is_a("group")).map(|object| GroupId(object.id)).collect()
}
