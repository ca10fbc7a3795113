//! What waits for an owner: requests to answer, approvals the directory still owes, and what it owes without a request.

use jiff::Timestamp;

use crate::{
    domain::{
        ids::{GroupId, PersonId},
        operation::Operation,
        request::JoinRequest,
        viewer::Viewer,
    },
    store::catalogue::Snapshot,
};

use super::{app::App, trouble::Trouble};

/// What waits for an owner, oldest first. Nothing of it is the owner's own: nobody decides for themselves.
#[derive(Debug, Default)]
pub struct Inbox {
    /// Requests to answer.
    pub open: Vec<JoinRequest>,
    /// Requests that the owner has approved and more owners have to.
    pub consented: Vec<JoinRequest>,
    /// Approved requests whose person is not yet in the group.
    pub unfinished: Vec<JoinRequest>,
    /// Wishes to leave that only an owner can carry out, and what owners decided directly.
    pub owed: Vec<Operation>,
}

impl Inbox {
    /// Reads what waits in the groups that an owner owns: three statements, whatever their number. Nothing waits for
    /// a guest.
    ///
    /// # Errors
    /// A trouble when the store cannot be asked.
    pub async fn read(
        app: &App,
        groups: &Snapshot,
        ids: &[GroupId],
        owner: &Viewer,
        now: Timestamp,
        most: usize,
    ) -> Result<Self, Trouble> {
        if ids.is_empty() || owner.guest {
            return Ok(Self::default());
        }
        let owner = owner.id;
        let requests = app.store.requests();
        // The owner's own requests and lapsed ones are left out below, so a few more are read than shown.
        let mut open = requests.open_for_groups(ids, most.saturating_mul(2)).await?;
        open.retain(|request| request.requester.id != owner && !request.has_lapsed(now));
        let mut consented: Vec<_> = open.extract_if(.., |request| waits_for_others(groups, request, owner)).collect();
        open.truncate(most);
        consented.truncate(most);
        let mut unfinished = requests.unfinished_for_groups(ids).await?;
        unfinished.retain(|request| request.requester.id != owner);
        unfinished.truncate(most);
        let mut owed = requests.owed_directly_for_groups(ids).await?;
        owed.retain(|operation| operation.person.id != owner);
        owed.truncate(most);
        Ok(Self { open, consented, unfinished, owed })
    }

    /// Returns whether nothing waits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns how many things wait.
    #[must_use]
    pub fn len(&self) -> usize {
        self.open.len() + self.unfinished.len() + self.owed.len()
    }
}

/// Returns whether an owner has approved and more have to. Where fewer have to by now, one more press decides.
fn waits_for_others(groups: &Snapshot, request: &JoinRequest, owner: PersonId) -> bool {
    let needed = groups.designation(request.group).map_or(1, |designation| designation.terms.approvals);
    request.consented.contains(&owner) && request.consented.len() < usize::from(needed)
}
