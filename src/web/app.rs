//! What every handler is given: the store, the directory, the provider, the clock, the catalogue and what is cached.

use std::sync::Arc;

use tokio::sync::mpsc;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    clock::Clock,
    config::Settings,
    domain::{directory::PersonRef, directory_copy::Wanted},
    graph::{AccessToken, Graph},
    sign_in::Provider,
    store::{self, HeldForms, Logins, SealKeys, SessionStore, Store, catalogue::Catalogue},
};

use super::{assets::Assets, known::Memory};

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
    /// What people belong to and own, as the directory last told.
    pub memory: Memory,
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
            memory: Memory::default(),
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
}
