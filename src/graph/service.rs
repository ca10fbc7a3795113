//! Graph as the portal's own identity sees it. It reads, and it removes a member; there is no way to write anything else with
//! it, and none to add anybody.
//!
//! A page that could write with an identity that may write everywhere would be a door past every rule. So the token cannot
//! be used with [`super::AsPerson`], this type has one write, and it takes a [`JobContext`], which only the worker of
//! `jobs` can make: the compiler keeps handlers out.

use jiff::Timestamp;
use secrecy::SecretString;

use super::{Error, Graph, Reader};
use crate::{
    domain::ids::{GroupId, OperationId, PersonId},
    jobs::JobContext,
};

/// A token of the portal's own identity. Nothing but [`AsService`] can use it.
#[derive(Debug, Clone)]
pub struct ServiceToken {
    secret: SecretString,
    expires_at: Timestamp,
}

impl ServiceToken {
    /// Wraps what the token endpoint gave.
    #[must_use]
    pub fn new(secret: SecretString, expires_at: Timestamp) -> Self {
        Self { secret, expires_at }
    }

    /// Returns when it ends.
    #[must_use]
    pub fn expires_at(&self) -> Timestamp {
        self.expires_at
    }
}

/// Graph as the portal's own identity sees it, within one job.
#[derive(Debug)]
pub struct AsService<'a> {
    graph: &'a Graph,
    token: ServiceToken,
}

impl<'a> AsService<'a> {
    /// Begins to work with the portal's own identity, as a job.
    #[must_use]
    pub fn new(_: &JobContext, graph: &'a Graph, token: ServiceToken) -> Self {
        Self { graph, token }
    }

    /// Removes a person from a group. Safe to repeat; the operation's id goes along as `client-request-id`. Needs the application
    /// permission `GroupMember.ReadWrite.All`.
    ///
    /// # Errors
    /// As [`AsPerson::remove_member`](super::AsPerson::remove_member).
    pub async fn remove_member(&self, group: GroupId, person: PersonId, operation: OperationId) -> Result<(), Error> {
        let Reader(sender) = self.reader();
        sender.remove_member(group, person, operation).await
    }

    /// Returns what can be read.
    #[must_use]
    pub fn reader(&self) -> Reader<'_> {
        Reader::new(self.graph, &self.token.secret)
    }
}
