//! Adding and removing owners.

use super::{
    AsPerson, Error,
    call::{
        Call, Piece,
        Piece::{Id, Word},
    },
};
use crate::domain::ids::{GroupId, OperationId, PersonId};

impl AsPerson<'_> {
    /// Makes a person an owner of a group; it makes them no member. Safe to repeat; the operation's id goes along as
    /// `client-request-id`. Needs the scope `Group.ReadWrite.All`, as removing does.
    ///
    /// # Errors
    /// [`Error::AlreadyThere`] when they own it already; [`Error::NotChangeable`] when there are 100 owners. What any
    /// other means tells [`Error::answer_to_add`].
    pub async fn add_owner(self, group: GroupId, person: PersonId, operation: OperationId) -> Result<(), Error> {
        let call = Call::add_ref(&owners(group), &self.graph.base.user(person), operation.0);
        self.waits().write(&call, self.graph.deadline()).await
    }

    /// Takes a group from an owner. Safe to repeat; the operation's id goes along as `client-request-id`.
    ///
    /// # Errors
    /// [`Error::LastOwner`] when no other person owns it: an application that does is not enough. What any other means
    /// tells [`Error::answer_to_remove`].
    pub async fn remove_owner(self, group: GroupId, person: PersonId, operation: OperationId) -> Result<(), Error> {
        let [groups, id, owners] = owners(group);
        let call = Call::remove_ref(&[groups, id, owners, Id(person.0)], operation.0);
        self.waits().write(&call, self.graph.deadline()).await
    }
}

fn owners(group: GroupId) -> [Piece; 3] {
    [Word("groups"), Id(group.0), Word("owners")]
}
