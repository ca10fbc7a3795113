//! What a person belongs to and owns, as the directory last told, with its age.
//!
//! A page that states a membership reads again when a minute has passed; the list of groups, which only marks them, takes
//! what is remembered. Our own writes are laid over both. No decision uses any of it.

use std::{collections::HashSet, sync::Arc, time::Duration};

use jiff::{SignedDuration, Timestamp};
use moka::{future::Cache, ops::compute::Op};

use crate::{
    domain::{
        directory::PersonRef,
        ids::{GroupId, OperationId, PersonId},
        joining::Membership,
        own_writes::{self, LATE_READS, OwnWrite, Read},
        viewer::Viewer,
    },
    graph::{AccessToken, Mine},
    sign_in::Signed,
};

use super::{app::App, trouble::Trouble};

/// How old what a page states may be.
const FRESH: SignedDuration = SignedDuration::from_mins(1);
/// How long it is remembered at all: a sign-in is renewed within this time, and then it is read anew.
const REMEMBERED: Duration = Duration::from_mins(75);
/// How many ids of groups are remembered at once, 16 bytes each: one person can belong to a few groups or to thousands.
const REMEMBERED_IDS: u64 = 2_000_000;
/// How many of our writes are remembered as shown by a read; older ones give way.
const SHOWN: u64 = 100_000;
/// How long a sign-in waits for the first read. It goes on without, and the read with it.
const FIRST_READ: Duration = Duration::from_secs(1);

/// What a person belongs to and owns.
#[derive(Debug)]
pub struct Known {
    /// What they belong to.
    pub mine: Mine,
    /// What they own.
    pub owned: Vec<GroupId>,
    /// When the directory was asked.
    pub read_at: Timestamp,
}

/// Remembers what people belong to and own, bounded by the ids in it.
#[derive(Debug, Clone)]
pub struct Memory {
    people: Cache<PersonId, Arc<Known>>,
    /// When a read first showed a write of ours.
    shown: Cache<OperationId, Timestamp>,
}

impl Default for Memory {
    fn default() -> Self {
        let weigh = |_: &PersonId, known: &Arc<Known>| {
            let ids = known.mine.direct.len() + known.mine.all.len() + known.owned.len();
            // The person counts too.
            u32::try_from(ids + 1).unwrap_or(u32::MAX)
        };
        let people = Cache::builder().time_to_live(REMEMBERED).max_capacity(REMEMBERED_IDS).weigher(weigh).build();
        let shown = Cache::builder().time_to_live(LATE_READS.unsigned_abs()).max_capacity(SHOWN).build();
        Self { people, shown }
    }
}

impl Memory {
    /// Returns what is remembered of a person, whatever its age.
    pub async fn of(&self, person: PersonId) -> Option<Arc<Known>> {
        self.people.get(&person).await
    }

    /// Returns what a person is to a group, by what was read and by what Roster has done since.
    pub async fn membership(&self, known: Option<&Known>, writes: &[OwnWrite], group: GroupId) -> Membership {
        let write = own_writes::latest(writes, group);
        let shown_at = match write {
            Some(write) => self.shown.get(&write.operation).await,
            None => None,
        };
        let read = known.map(|known| Read {
            said: known.said(group),
            at: known.read_at,
            after_shown: shown_at.is_some_and(|shown_at| shown_at < known.read_at),
        });
        own_writes::membership(read, write)
    }

    /// Notes which of our writes a read shows.
    async fn note_shown(&self, known: &Known, writes: &[OwnWrite]) {
        for write in writes.iter().filter(|write| write.at <= known.read_at) {
            let is_latest = own_writes::latest(writes, write.group) == Some(write);
            if is_latest && write.is_shown_by(known.said(write.group)) && !self.shown.contains_key(&write.operation) {
                self.shown.insert(write.operation, known.read_at).await;
            }
        }
    }
}

impl Known {
    fn said(&self, group: GroupId) -> Membership {
        if self.mine.direct.contains(&group) {
            Membership::Direct
        } else if self.mine.all.contains(&group) {
            Membership::Nested
        } else {
            Membership::None
        }
    }

    /// Returns the groups a person may be a member of: those that the directory named, and those of our own writes.
    #[must_use]
    pub fn candidates(known: Option<&Self>, writes: &[OwnWrite]) -> Vec<GroupId> {
        let named = known.into_iter().flat_map(|known| known.mine.direct.iter().chain(&known.mine.all)).copied();
        let mut ids: Vec<GroupId> = named.chain(writes.iter().map(|write| write.group)).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }
}

impl App {
    /// Returns what a person belongs to and owns, asked of the directory at most once a minute.
    ///
    /// # Errors
    /// A trouble when the directory or the store cannot be asked.
    pub async fn known(&self, signed: &Signed, writes: &[OwnWrite]) -> Result<Arc<Known>, Trouble> {
        let newer_than = self.clock.now() - FRESH;
        let known = self.read_known(signed.viewer.id, &signed.viewer.name, &signed.token, newer_than).await?;
        self.memory.note_shown(&known, writes).await;
        Ok(known)
    }

    /// Returns what a person is to a group; unknown when the directory is away, which no decision relies on.
    ///
    /// # Errors
    /// A trouble when the directory wants a new sign-in.
    pub async fn membership_of(
        &self,
        signed: &Signed,
        writes: &[OwnWrite],
        group: GroupId,
    ) -> Result<Membership, Trouble> {
        let known = match self.known(signed, writes).await {
            Ok(known) => Some(known),
            Err(trouble @ Trouble::SignInAgain { .. }) => return Err(trouble),
            Err(_) => None,
        };
        Ok(self.memory.membership(known.as_deref(), writes, group).await)
    }

    /// Returns the groups that a person belongs to in any way. Asks the directory only when they are what the page is
    /// about, and a list that could not be read does not pass for an empty one; else takes what is remembered, and does
    /// without when nothing is.
    ///
    /// # Errors
    /// A trouble when the directory was asked and did not answer.
    pub async fn member_of(
        &self,
        signed: &Signed,
        writes: &[OwnWrite],
        ask: bool,
    ) -> Result<HashSet<GroupId>, Trouble> {
        let known = if ask { Some(self.known(signed, writes).await?) } else { self.memory.of(signed.viewer.id).await };
        let mut groups = HashSet::new();
        for group in Known::candidates(known.as_deref(), writes) {
            let membership = self.memory.membership(known.as_deref(), writes, group).await;
            if matches!(membership, Membership::Direct | Membership::Nested) {
                groups.insert(group);
            }
        }
        Ok(groups)
    }

    /// Forgets what a person belongs to and owns, so that the next page asks.
    pub async fn forget(&self, person: PersonId) {
        self.memory.people.invalidate(&person).await;
    }

    /// Reads what somebody who has just arrived belongs to and owns, so that the pages to come need not ask. Waits a moment
    /// only, and fails no sign-in: what goes wrong here is asked for again by the page that needs it.
    pub async fn read_ahead(&self, viewer: Viewer, token: AccessToken) {
        let (app, now) = (self.clone(), self.clock.now());
        let reading = self.tasks.spawn(async move {
            if let Err(trouble) = app.read_known(viewer.id, &viewer.name, &token, now).await {
                tracing::info!(?trouble, "a sign-in goes on without the person's memberships");
            }
        });
        let _ = tokio::time::timeout(FIRST_READ, reading).await;
    }

    /// Returns what was read at an instant or later, one read at a time for each person. The directory copy learns of
    /// what they own.
    async fn read_known(
        &self,
        person: PersonId,
        name: &str,
        token: &AccessToken,
        newer_than: Timestamp,
    ) -> Result<Arc<Known>, Trouble> {
        let entry = self.memory.people.entry(person).and_try_compute_with(async |entry| {
            if entry.is_some_and(|entry| entry.value().read_at >= newer_than) {
                return Ok::<_, Trouble>(Op::Nop);
            }
            let read_at = self.clock.now();
            let (mine, owned) = self.graph.person(token).mine_and_owned().await?;
            let who = PersonRef { id: person, name: name.to_owned() };
            self.store.directory().set_owned(&who, &owned, read_at).await?;
            Ok(Op::Put(Arc::new(Known { mine, owned, read_at })))
        });
        // There is an entry: it was there, or it was put.
        let known = entry.await?.into_entry().map(moka::Entry::into_value);
        known.ok_or(Trouble::Fault)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[tokio::test]
    async fn what_is_remembered_is_bounded_by_ids_and_not_by_people() {
        let memory = Memory::default();
        let many = vec![GroupId(Uuid::from_u128(1)); 50_000];
        let mine = Mine { direct: many.clone(), all: many.clone() };
        let known = Arc::new(Known { mine, owned: many, read_at: Timestamp::UNIX_EPOCH });

        for n in 0..30 {
            memory.people.insert(PersonId(Uuid::from_u128(n)), known.clone()).await;
        }
        memory.people.run_pending_tasks().await;

        assert!(memory.people.entry_count() > 0);
        assert!(memory.people.weighted_size() <= REMEMBERED_IDS, "{} ids", memory.people.weighted_size());
    }
}
