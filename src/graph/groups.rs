//! Reading groups and their owners, one by one and all of them.

use super::{
    AsPerson, Error,
    call::{
        Call,
        Piece::{Id, Word},
    },
    pages::Pages,
    send::Sender,
    wire::{GROUP, WireGroup, WireListed, WireObject},
};
use crate::domain::{
    directory::{Group, PersonRef},
    ids::GroupId,
};

/// The properties read of an owner.
const OWNER: &str = "id,displayName";
/// How many owners `$expand` brings at most; it does not say when it leaves some out.
const MOST_EXPANDED: usize = 20;

impl AsPerson<'_> {
    /// Reads a group, `None` when the directory does not know it.
    ///
    /// # Errors
    /// [`Error`] when the directory does not answer or refuses.
    pub async fn group(self, group: GroupId) -> Result<Option<Group>, Error> {
        self.waits().group(group).await
    }

    /// Reads the owners of a group, all of them, applications left out. Mail-enabled groups of Exchange and groups mastered
    /// on-premises have none in Graph.
    ///
    /// # Errors
    /// [`Error::Gone`] when there is no such group; [`Error`] when the directory does not answer or refuses.
    pub async fn owners(self, group: GroupId) -> Result<Vec<PersonRef>, Error> {
        self.waits().owners(group).await
    }
}

impl<'a> Sender<'a> {
    /// Reads a group, see [`AsPerson::group`].
    pub async fn group(self, group: GroupId) -> Result<Option<Group>, Error> {
        let call = Call::read(&[Word("groups"), Id(group.0)]).select(GROUP);
        match self.read::<WireGroup>(&call, self.graph.deadline()).await {
            Ok(group) => Ok(Some(group.into())),
            Err(Error::Gone) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Reads the owners of a group, see [`AsPerson::owners`].
    pub async fn owners(self, group: GroupId) -> Result<Vec<PersonRef>, Error> {
        let call = Call::read(&[Word("groups"), Id(group.0), Word("owners")]).select(OWNER);
        self.all(call, self.graph.deadline()).await.map(WireObject::people)
    }

    /// Starts reading every group that can be seen, with its owners.
    pub fn groups(self) -> GroupPages<'a> {
        let call = Call::read(&[Word("groups")]).select(GROUP).option("$expand", "owners($select=id,displayName)");
        GroupPages { sender: self, pages: Pages::new(self.graph, call.top(999)) }
    }
}

/// A listing of groups that is being read, page by page.
#[derive(Debug)]
pub struct GroupPages<'a> {
    sender: Sender<'a>,
    pages: Pages,
}

impl GroupPages<'_> {
    /// Reads the next page, `None` after the last. A page that failed can be asked for again.
    ///
    /// # Errors
    /// [`Error`] when the directory does not answer or refuses; then the listing is not complete.
    pub async fn next_page(&mut self) -> Result<Option<Vec<(Group, Vec<PersonRef>)>>, Error> {
        let deadline = self.sender.graph.listing_deadline();
        let Some(listed) = self.pages.next::<WireListed>(self.sender, deadline).await? else { return Ok(None) };
        let mut page = Vec::with_capacity(listed.len());
        for WireListed { group, owners } in listed {
            let group = Group::from(group);
            let owners = self.all_owners(group.id, owners).await?;
            page.push((group, owners));
        }
        Ok(Some(page))
    }

    /// Reads the owners apart when the listing may have left some out.
    async fn all_owners(&self, group: GroupId, expanded: Vec<WireObject>) -> Result<Vec<PersonRef>, Error> {
        if expanded.len() < MOST_EXPANDED {
            return Ok(WireObject::people(expanded));
        }
        match self.sender.owners(group).await {
            // Deleted since the page was made; the next listing will not have it.
            Err(Error::Gone) => Ok(WireObject::people(expanded)),
            owners => owners,
        }
    }
}
