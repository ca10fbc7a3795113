//! What every handler is given: the store, the directory, the provider, the clock, the catalogue and what is cached.

use std::{sync::Arc, time::Duration};

use moka::future::Cache;
use tokio::sync::mpsc;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    clock::Clock,
    config::Settings,
    domain::{
        directory::PersonRef,
        directory_copy::Wanted,
        ids::{GroupId, PersonId},
        joining::Membership,
    },
    graph::{AccessToken, Graph, Mine},
    sign_in::{Provider, Signed},
    store::{self, HeldForms, Logins, SealKeys, SessionStore, Store, catalogue::Catalogue},
};

use super::{assets::Assets, trouble::Trouble};

/// How long what a person owns and belongs to is remembered between pages. Decisions never use it.
const REMEMBER: Duration = Duration::from_mins(1);
/// How many ids of groups are remembered at once, 16 bytes each: one person can belong to a few groups or to thousands.
const REMEMBERED_IDS: u64 = 2_000_000;

/// Work that a page wishes for and that goes on after the answer. The token stays in memory only.
#[derive(Debug)]
pub enum Wish {
    /// Read the tenant's groups again with this person's token.
    RefreshDirectory {
        /// Whose visit found the copy old, or who pressed the button.
        by: PersonRef,
        /// Their token.
        token: AccessToken,
        /// Which of the two it was.
        wanted: Wanted,
    },
}

/// Makes a cache that is bounded by the ids in it; the person's own counts too.
fn remember<V: Clone + Send + Sync + 'static>(ids: fn(&V) -> usize) -> Cache<PersonId, V> {
    let weigh = move |_: &PersonId, value: &V| u32::try_from(ids(value) + 1).unwrap_or(u32::MAX);
    Cache::builder().time_to_live(REMEMBER).max_capacity(REMEMBERED_IDS).weigher(weigh).build()
}

fn ids_of(mine: &Arc<Mine>) -> usize {
    mine.direct.len() + mine.all.len()
}

/// What every handler is given. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// How this deployment is set up.
    pub settings: Arc<Settings>,
    /// Our own tables.
    pub store: Store,
    /// Microsoft Graph.
    pub graph: Graph,
    /// The sign-in provider.
    pub provider: Provider,
    /// The time.
    pub clock: Clock,
    /// The groups, in memory.
    pub catalogue: Catalogue,
    /// What a person belongs to, remembered for a minute.
    pub memberships: Cache<PersonId, Arc<Mine>>,
    /// What a person owns, remembered for a minute.
    pub owned: Cache<PersonId, Arc<Vec<GroupId>>>,
    /// Keys that seal what leaves our hands.
    pub keys: SealKeys,
    /// Sign-ins on their way.
    pub logins: Logins,
    /// Forms kept for people whose sign-in had ended.
    pub held_forms: HeldForms,
    /// Style sheets, script and icons.
    pub assets: Assets,
    /// Work that pages wish for.
    pub wishes: mpsc::Sender<Wish>,
    /// Work that must end before the process does.
    pub tasks: TaskTracker,
    /// Tells that the process is to end.
    pub stopping: CancellationToken,
}

impl App {
    /// Puts the parts together; the receiver is for the worker that carries out wishes.
    ///
    /// # Errors
    /// When there is no key to seal with.
    pub fn new(
        settings: Settings,
        store: Store,
        graph: Graph,
        provider: Provider,
        clock: Clock,
    ) -> Result<(Self, mpsc::Receiver<Wish>), store::Error> {
        let (wishes, granted) = mpsc::channel(16);
        let keys = SealKeys::new(settings.session_keys.0.clone())?;
        let app = Self {
            logins: Logins::new(store.clone(), keys.clone()),
            held_forms: HeldForms::new(store.clone(), keys.clone()),
            keys,
            settings: Arc::new(settings),
            catalogue: Catalogue::default(),
            store,
            graph,
            provider,
            clock,
            memberships: remember(ids_of),
            owned: remember(|owned: &Arc<Vec<GroupId>>| owned.len()),
            assets: Assets::load(),
            wishes,
            tasks: TaskTracker::new(),
            stopping: CancellationToken::new(),
        };
        Ok((app, granted))
    }

    /// Returns the keeper of sessions, on the clock of the portal.
    #[must_use]
    pub fn sessions(&self) -> SessionStore {
        let clock = self.clock.clone();
        SessionStore::new(self.store.clone(), self.keys.clone(), Arc::new(move || clock.now()))
    }

    /// Returns what a person belongs to, asked of the directory at most once a minute.
    ///
    /// # Errors
    /// A trouble when the directory cannot be asked.
    pub async fn memberships_of(&self, signed: &Signed) -> Result<Arc<Mine>, Trouble> {
        let read = async { self.graph.person(&signed.token).memberships().await.map(Arc::new) };
        self.memberships.try_get_with(signed.viewer.id, read).await.map_err(|error| Trouble::from((*error).clone()))
    }

    /// Returns what a person is to a group; unknown when the directory is away, which no decision relies on.
    ///
    /// # Errors
    /// A trouble when the directory wants a new sign-in.
    pub async fn membership_of(&self, signed: &Signed, group: GroupId) -> Result<Membership, Trouble> {
        match self.memberships_of(signed).await {
            Ok(mine) if mine.direct.contains(&group) => Ok(Membership::Direct),
            Ok(mine) if mine.all.contains(&group) => Ok(Membership::Nested),
            Ok(_) => Ok(Membership::None),
            Err(trouble @ Trouble::SignInAgain { .. }) => Err(trouble),
            Err(_) => Ok(Membership::Unknown),
        }
    }

    /// Returns which groups a person owns, asked of the directory at most once a minute; the directory copy learns of it.
    ///
    /// # Errors
    /// A trouble when the directory or the store cannot be asked.
    pub async fn owned_by(&self, signed: &Signed) -> Result<Arc<Vec<GroupId>>, Trouble> {
        let read = async {
            let owned = self.graph.person(&signed.token).owned().await.map_err(Trouble::from)?;
            self.store.directory().set_owned(signed.viewer.id, &signed.viewer.name, &owned).await?;
            Ok::<_, Trouble>(Arc::new(owned))
        };
        self.owned.try_get_with(signed.viewer.id, read).await.map_err(|trouble| (*trouble).clone())
    }

    /// Forgets what a person belongs to and owns, because it has just changed.
    pub async fn forget(&self, person: PersonId) {
        self.memberships.invalidate(&person).await;
        self.owned.invalidate(&person).await;
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[tokio::test]
    async fn what_is_remembered_is_bounded_by_ids_and_not_by_people() {
        let cache = remember(ids_of);
        let many = vec![GroupId(Uuid::from_u128(1)); 50_000];
        let mine = Arc::new(Mine { direct: many.clone(), all: many });

        for n in 0..30 {
            cache.insert(PersonId(Uuid::from_u128(n)), mine.clone()).await;
        }
        cache.run_pending_tasks().await;

        assert!(cache.entry_count() > 0);
        assert!(cache.weighted_size() <= REMEMBERED_IDS, "{} ids", cache.weighted_size());
    }
}
