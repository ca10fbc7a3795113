//! Everything the server shares between requests. No lock is held while anything waits.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU32, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::calls::Calls;
use crate::clock::Clock;
use crate::company::Company;
use crate::directory::Directory;
use crate::faults::Faults;
use crate::grants::Grants;
use crate::journal::{Author, Stamp};
use crate::keys::Keys;
use crate::options::{Behaviour, ClientRegistration, Options};
use crate::record::Record;
use crate::tamper::Tamper;
use crate::throttling::Meters;
use crate::tokens::Tokens;
use uuid::Uuid;

/// Delegated scopes of Graph that the tenant's administrators consented to at the start.
const GRANTED: [&str; 5] =
    ["User.Read", "User.ReadBasic.All", "GroupMember.Read.All", "GroupMember.ReadWrite.All", "Group.ReadWrite.All"];

/// The state of one emulator.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) options: Options,
    /// The address others reach the emulator under, without a slash at the end.
    pub(crate) url: String,
    pub(crate) clock: Clock,
    pub(crate) keys: Keys,
    pub(crate) calls: Calls,
    pub(crate) record: Record,
    pub(crate) faults: Faults,
    pub(crate) token_seconds: AtomicU64,
    pub(crate) read_lag_millis: AtomicI64,
    pub(crate) slow_hand: AtomicBool,
    pub(crate) delta_resets: AtomicU32,
    pub(crate) down: AtomicBool,
    pub(crate) sign_in_down: AtomicBool,
    granted: Mutex<BTreeSet<String>>,
    app_permissions: Mutex<Vec<String>>,
    directory: Mutex<Directory>,
    tokens: Mutex<Tokens>,
    grants: Mutex<Grants>,
    tamper: Mutex<Option<Tamper>>,
    behaviour: Mutex<Behaviour>,
    meters: Mutex<Meters>,
}

impl World {
    pub(crate) fn new(company: Company, options: Options, url: String, record: Record) -> Self {
        let permissions = options.service.as_ref().map(|service| service.app_permissions.clone());
        Self {
            options,
            url,
            clock: Clock::default(),
            keys: Keys::new(),
            calls: Calls::default(),
            record,
            faults: Faults::default(),
            // Entra gives 60 to 90 minutes, 75 on average.
            token_seconds: AtomicU64::new(75 * 60),
            read_lag_millis: AtomicI64::new(0),
            slow_hand: AtomicBool::new(false),
            delta_resets: AtomicU32::new(0),
            down: AtomicBool::new(false),
            sign_in_down: AtomicBool::new(false),
            granted: Mutex::new(GRANTED.iter().map(|&scope| scope.to_owned()).collect()),
            app_permissions: Mutex::new(permissions.unwrap_or_default()),
            directory: Mutex::new(Directory::new(company)),
            tokens: Mutex::default(),
            grants: Mutex::default(),
            tamper: Mutex::new(None),
            behaviour: Mutex::default(),
            meters: Mutex::default(),
        }
    }

    /// Returns the issuer of identity tokens.
    pub(crate) fn authority(&self) -> String {
        format!("{}/{}/v2.0", self.url, self.options.tenant_id)
    }

    /// Returns the address of the OAuth endpoint with this name.
    pub(crate) fn endpoint(&self, name: &str) -> String {
        format!("{}/{}/oauth2/v2.0/{name}", self.url, self.options.tenant_id)
    }

    pub(crate) fn graph_url(&self) -> String {
        format!("{}/v1.0", self.url)
    }

    /// Returns the application with this client id.
    pub(crate) fn registration(&self, client_id: Uuid) -> Option<&ClientRegistration> {
        std::iter::once(&self.options.client).chain(&self.options.service).find(|client| client.client_id == client_id)
    }

    /// Returns the directory; until somebody else signs, what is changed in it counts as done by hand, now.
    pub(crate) fn directory(&self) -> MutexGuard<'_, Directory> {
        let by = if self.slow_hand.load(Ordering::SeqCst) { Author::SlowHand } else { Author::Hand };
        let mut directory = lock(&self.directory);
        directory.stamp = Stamp { at: self.clock.millis(), by };
        directory.lag = self.read_lag_millis.load(Ordering::SeqCst);
        directory.sweep_bin();
        directory
    }

    /// Returns how often the state of delta queries was lost.
    pub(crate) fn delta_resets(&self) -> u32 {
        self.delta_resets.load(Ordering::SeqCst)
    }

    /// Returns the application permissions of the application that acts without a person.
    pub(crate) fn app_permissions(&self) -> MutexGuard<'_, Vec<String>> {
        lock(&self.app_permissions)
    }

    pub(crate) fn tokens(&self) -> MutexGuard<'_, Tokens> {
        lock(&self.tokens)
    }

    pub(crate) fn grants(&self) -> MutexGuard<'_, Grants> {
        lock(&self.grants)
    }

    pub(crate) fn granted(&self) -> MutexGuard<'_, BTreeSet<String>> {
        lock(&self.granted)
    }

    pub(crate) fn tamper(&self) -> MutexGuard<'_, Option<Tamper>> {
        lock(&self.tamper)
    }

    pub(crate) fn meters(&self) -> MutexGuard<'_, Meters> {
        lock(&self.meters)
    }

    pub(crate) fn behaviour(&self) -> MutexGuard<'_, Behaviour> {
        lock(&self.behaviour)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
