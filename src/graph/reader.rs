//! The reads that the directory copy needs, by whichever token there is. It has no writes, so the portal's own identity
//! can use it.

use secrecy::SecretString;

use super::{
    AsPerson, Error, Graph, GroupPages,
    send::{Priority, Sender},
};
use crate::domain::{
    directory::{Group, PersonRef},
    ids::{GroupId, PersonId},
};

/// Graph for somebody who only reads, and whom nobody waits for.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a>(pub(super) Sender<'a>);

impl<'a> AsPerson<'a> {
    /// Returns what can be read with this person's token.
    #[must_use]
    pub fn reader(self) -> Reader<'a> {
        Reader::new(self.graph, &self.token.secret)
    }
}

impl<'a> Reader<'a> {
    /// Reads with a token.
    pub(super) fn new(graph: &'a Graph, bearer: &'a SecretString) -> Self {
        Self(Sender { graph, bearer, priority: Priority::Background })
    }

    /// Starts reading every group that can be seen, with its owners.
    #[must_use]
    pub fn groups(self) -> GroupPages<'a> {
        self.0.groups()
    }

    /// Reads a group, `None` when the directory does not know it.
    ///
    /// # Errors
    /// As [`AsPerson::group`].
    pub async fn group(self, group: GroupId) -> Result<Option<Group>, Error> {
        self.0.group(group).await
    }

    /// Reads the owners of a group.
    ///
    /// # Errors
    /// As [`AsPerson::owners`].
    pub async fn owners(self, group: GroupId) -> Result<Vec<PersonRef>, Error> {
        self.0.owners(group).await
    }

    /// Reads whether a person is a direct member, past the lagging index.
    ///
    /// # Errors
    /// As [`AsPerson::is_member_settled`].
    pub async fn is_member_settled(self, group: GroupId, person: PersonId) -> Result<Option<bool>, Error> {
        self.0.is_member_settled(group, person).await
    }

    /// Reads what a person is called, `None` when the directory does not know them.
    ///
    /// # Errors
    /// As [`AsPerson::person`].
    pub async fn name(self, person: PersonId) -> Result<Option<String>, Error> {
        Ok(self.0.person(person).await?.map(|person| person.name))
    }
}
