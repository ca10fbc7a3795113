//! Graph as the portal's own identity sees it. It reads; there is no way to write with it.
//!
//! A page that could write with an identity that may write everywhere would be a door past every rule. So the token cannot
//! be used with [`super::AsPerson`], this type has no writes, and it takes a [`JobContext`], which only the worker of
//! `jobs` can make: the compiler keeps handlers out.

use jiff::Timestamp;
use secrecy::SecretString;

use super::{Graph, Reader};
use crate::jobs::JobContext;

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
    /// Begins to read with the portal's own identity, as a job.
    #[must_use]
    pub fn new(_: &JobContext, graph: &'a Graph, token: ServiceToken) -> Self {
        Self { graph, token }
    }

    /// Returns what can be read.
    #[must_use]
    pub fn reader(&self) -> Reader<'_> {
        Reader::new(self.graph, &self.token.secret)
    }
}
