//! What waits for an owner: requests to answer, approvals the directory still owes, and what it owes without a request.

use jiff::Timestamp;

use crate::domain::{ids::GroupId, operation::Operation, request::JoinRequest, viewer::Viewer};

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
    /// Reads what waits in these groups, which an owner owns: three statements, whatever their number. Nothing waits for
    /// a guest.
    ///
    /// # Errors
    /// A trouble when the store cannot be asked.
    pub async fn read(
        app: &App,
        groups: &[GroupId],
        owner: &Viewer,
        now: Timestamp,
        most: usize,
    ) -> Result<Self, Trouble> {
        if groups.is_empty() || owner.guest {
            return Ok(Self::default());
        }
        let owner = owner.id;
        let requests = app.store.requests();
        // The owner's own requests and lapsed ones are left out below, so a few more are read than shown.
        let mut open = requests.open_for_groups(groups, most.saturating_mul(2)).await?;
        open.retain(|request| request.requester.id != owner && !request.has_lapsed(now));
        let mut consented: Vec<_> = open.extract_if(.., |request| request.consented.contains(&owner)).collect();
        open.truncate(most);
        consented.truncate(most);
        let mut unfinished = requests.unfinished_for_groups(groups).await?;
        unfinished.retain(|request| request.requester.id != owner);
        unfinished.truncate(most);
        let mut owed = requests.owed_directly_for_groups(groups).await?;
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
