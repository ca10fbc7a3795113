//! Adding many members, twenty with each call, and finding out whom the directory does not take.

use std::collections::HashSet;

use serde_json::json;
use uuid::Uuid;

use super::{
    AsPerson, Error,
    call::{
        Call,
        Piece::{Id, Word},
    },
};
use crate::domain::{
    ids::{GroupId, PersonId},
    operation::{Answer, DirectoryRefusal},
};

/// Graph takes at most this many members in one change of a group (Graph, "Add members").
pub const MOST_AT_ONCE: usize = 20;

/// What became of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Added {
    /// They are a member now.
    Now,
    /// They were a member before, or an earlier try that seemed lost had added them.
    Before,
    /// The directory refuses them for good.
    Refused(DirectoryRefusal),
    /// Nothing is known, or nothing was tried after an error that would have met everybody; reading the members tells.
    Unknown(Error),
}

impl AsPerson<'_> {
    /// Adds people to a group, and says of each what became of them, in the order they were given, each person once.
    /// Graph adds all of a call or nobody, so after a refusal the halves are tried by themselves. The id goes along with
    /// every try as `client-request-id`.
    pub async fn add_members(self, group: GroupId, people: &[PersonId], id: Uuid) -> Vec<(PersonId, Added)> {
        let mut seen = HashSet::new();
        let people: Vec<PersonId> = people.iter().copied().filter(|person| seen.insert(*person)).collect();
        let mut adding = Adding { graph: self, group, id, found: None, stopped: None };
        let mut outcomes = Vec::with_capacity(people.len());
        for chunk in people.chunks(MOST_AT_ONCE) {
            outcomes.extend(adding.add(chunk).await);
        }
        outcomes
    }
}

/// One go at adding people to a group.
struct Adding<'a> {
    graph: AsPerson<'a>,
    group: GroupId,
    id: Uuid,
    /// What the group is, once that had to be asked.
    found: Option<Found>,
    /// What keeps every further call from helping.
    stopped: Option<Error>,
}

/// What a group is, as far as it says whether a refusal can be about one of several people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    Missing,
    Microsoft365,
    Other,
    /// It could not be read.
    Unread,
}

impl Adding<'_> {
    /// Adds up to twenty people; the stack holds the parts that are still to be tried, the first on top.
    async fn add(&mut self, people: &[PersonId]) -> Vec<(PersonId, Added)> {
        let mut outcomes = Vec::with_capacity(people.len());
        let mut open = vec![people];
        while let Some(part) = open.pop() {
            let all = |added: &Added| part.iter().map(|person| (*person, added.clone())).collect::<Vec<_>>();
            match self.bind(part).await {
                Ok(()) => outcomes.extend(all(&Added::Now)),
                Err(error) if part.len() > 1 && self.is_about_one(&error).await => {
                    let (first, second) = part.split_at(part.len() / 2);
                    open.extend([second, first]);
                }
                Err(error) => {
                    if part.len() > 1 && error == Error::NotAllowed {
                        self.stopped = Some(error.clone());
                    }
                    outcomes.extend(all(&meaning(error)));
                }
            }
        }
        outcomes
    }

    async fn bind(&mut self, people: &[PersonId]) -> Result<(), Error> {
        if let Some(error) = &self.stopped {
            return Err(error.clone());
        }
        let base = &self.graph.graph.base;
        let objects: Vec<String> = people.iter().map(|person| base.object(*person)).collect();
        let call = Call::patch(&[Word("groups"), Id(self.group.0)], json!({ "members@odata.bind": objects }), self.id);
        let outcome = self.graph.waits().write(&call, self.graph.graph.deadline()).await;
        if let Err(error) = &outcome
            && stops(error)
        {
            self.stopped = Some(error.clone());
        }
        outcome
    }

    /// Returns whether a refusal of several may be about one of them, so that the others can be added. A missing person is
    /// answered as a missing group is, and a guest whom the tenant keeps out of Microsoft 365 groups as somebody who may
    /// not add; the group is looked for once.
    async fn is_about_one(&mut self, error: &Error) -> bool {
        match error {
            Error::AlreadyThere | Error::Refused { status: 400, .. } => true,
            Error::Gone => self.found().await != Found::Missing,
            Error::NotAllowed => matches!(self.found().await, Found::Microsoft365 | Found::Unread),
            _ => false,
        }
    }

    async fn found(&mut self) -> Found {
        if let Some(found) = self.found {
            return found;
        }
        let found = match self.graph.group(self.group).await {
            Ok(None) => Found::Missing,
            Ok(Some(group)) if group.facts.group_types.iter().any(|kind| kind == "Unified") => Found::Microsoft365,
            Ok(Some(_)) => Found::Other,
            Err(_) => Found::Unread,
        };
        self.found = Some(found);
        found
    }
}

/// Returns whether every further call would be answered alike, or would add to a burden, however many it is about.
fn stops(error: &Error) -> bool {
    matches!(
        error,
        Error::SignInAgain { .. }
            | Error::NotChangeable
            | Error::NotYet
            | Error::Throttled { .. }
            | Error::Unavailable
            | Error::Garbled
    )
}

fn meaning(error: Error) -> Added {
    match error.answer_to_add() {
        Answer::Done => Added::Before,
        Answer::No(reason) => Added::Refused(reason),
        Answer::Unclear => Added::Unknown(error),
    }
}
