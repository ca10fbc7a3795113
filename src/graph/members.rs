//! Reading whether somebody is a direct member, adding and removing members.

use uuid::Uuid;

use super::{
    AsPerson, Error,
    call::{
        Call, Piece,
        Piece::{Id, Word},
        literal,
    },
    pages::Pages,
    send::Sender,
    wire::WireObject,
};
use crate::domain::ids::{GroupId, OperationId, PersonId};

impl AsPerson<'_> {
    /// Asks the directory's index whether a person is a direct member. The index lags behind writes: soon after a change
    /// the answer may be that of before. One small call whatever the size of the group.
    ///
    /// # Errors
    /// [`Error`] when the directory does not answer or refuses.
    pub async fn is_member_indexed(self, group: GroupId, person: PersonId) -> Result<bool, Error> {
        let filter = format!("id eq {}", literal(&person.to_string()));
        let call = Call::read(&members(group)).option("$filter", &filter).select("id").indexed();
        let found: Vec<WireObject> = self.waits().all(call, self.graph.deadline()).await?;
        Ok(contains(&found, person))
    }

    /// Reads whether a person is a direct member without the index, page by page; `None` when the group is too large for
    /// the time or the pages there are. Ask as an owner: outsiders of a group with hidden membership see nobody in it.
    ///
    /// # Errors
    /// [`Error`] when the directory does not answer or refuses.
    pub async fn is_member_settled(self, group: GroupId, person: PersonId) -> Result<Option<bool>, Error> {
        self.waits().is_member_settled(group, person).await
    }

    /// Adds a person to a group. Safe to repeat; the operation's id goes along as `client-request-id`.
    ///
    /// # Errors
    /// [`Error`]; [`Error::answer_to_add`] says what it means.
    pub async fn add_member(self, group: GroupId, person: PersonId, operation: OperationId) -> Result<(), Error> {
        let object = self.graph.base.object(person);
        let call = Call::add_ref(&members(group), &object, operation.0);
        self.waits().write(&call, self.graph.deadline()).await
    }

    /// Removes a person from a group. Safe to repeat; the operation's id goes along as `client-request-id`.
    ///
    /// # Errors
    /// [`Error`]; [`Error::answer_to_remove`] says what it means.
    pub async fn remove_member(self, group: GroupId, person: PersonId, operation: OperationId) -> Result<(), Error> {
        self.waits().remove_member(group, person, operation).await
    }
}

impl Sender<'_> {
    /// Removes a person from a group, see [`AsPerson::remove_member`].
    pub async fn remove_member(self, group: GroupId, person: PersonId, operation: OperationId) -> Result<(), Error> {
        let [groups, id, members] = members(group);
        let call = Call::remove_ref(&[groups, id, members, Id(person.0)], operation.0);
        self.write(&call, self.graph.deadline()).await
    }

    /// Reads whether a person is a direct member, see [`AsPerson::is_member_settled`].
    pub async fn is_member_settled(self, group: GroupId, person: PersonId) -> Result<Option<bool>, Error> {
        let deadline = self.graph.deadline();
        let mut pages = Pages::new(self.graph, Call::read(&members(group)).select("id").top(999));
        loop {
            match pages.next::<WireObject>(self, deadline).await {
                Ok(Some(page)) if contains(&page, person) => return Ok(Some(true)),
                Ok(Some(_)) => {}
                Ok(None) => return Ok(Some(false)),
                Err(error) if self.is_too_large(&pages, &error) => return Ok(None),
                Err(error) => return Err(error),
            }
        }
    }

    /// Returns whether reading stopped because the list is long: the pages or the time ran out after it had begun well.
    fn is_too_large(self, pages: &Pages, error: &Error) -> bool {
        let out_of_time = matches!(error, Error::Unavailable | Error::Throttled { .. });
        pages.read() >= self.graph.limits.page_limit || (pages.read() > 0 && out_of_time)
    }
}

fn members(group: GroupId) -> [Piece; 3] {
    [Word("groups"), Id(group.0), Word("members")]
}

fn contains(list: &[WireObject], person: PersonId) -> bool {
    let id: Uuid = person.0;
    list.iter().any(|object| object.id == id)
}
