//! The handle of a running emulator: its addresses, its switches, and what it was asked.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::net::TcpListener;
use uuid::Uuid;

use crate::calls::Call;
use crate::claims::Claims;
use crate::company::Company;
use crate::faults::Fault;
use crate::options::{Behaviour, Options};
use crate::record::Record;
use crate::server::Server;
use crate::tamper::Tamper;
use crate::throttling::Throttling;
use crate::tokens::Caller;
use crate::world::World;

/// A running emulator. Clones are handles of the same one; it runs until [`Emulator::stop`] or the end of the runtime.
#[derive(Clone, Debug)]
pub struct Emulator {
    pub(crate) world: Arc<World>,
    server: Arc<Server>,
}

impl Emulator {
    /// Starts serving on the listener.
    ///
    /// # Errors
    /// Returns the error of asking the listener for its address, or of opening the record of exchanges.
    pub async fn start(listener: TcpListener, company: Company, options: Options) -> std::io::Result<Self> {
        let url = match &options.external_url {
            Some(url) => url.trim_end_matches('/').to_owned(),
            None => format!("http://{}", listener.local_addr()?),
        };
        let record = Record::open(options.exchanges.as_deref())?;
        let world = Arc::new(World::new(company, options, url, record));
        let server = Arc::new(Server::start(listener, world.clone()));
        Ok(Self { world, server })
    }

    /// Returns the address of the emulator without a slash at the end.
    pub fn url(&self) -> String {
        self.world.url.clone()
    }

    /// Returns the issuer; the discovery document is below it.
    pub fn authority(&self) -> String {
        self.world.authority()
    }

    /// Returns the address of Graph, with its version.
    pub fn graph_url(&self) -> String {
        self.world.graph_url()
    }

    /// Stops serving: waits a moment for what is being answered, then closes every connection. Twice is once.
    pub async fn stop(&self) {
        self.server.stop().await;
    }

    /// Gives out a fresh access token for a person with every delegated scope that is granted.
    pub fn token(&self, person: Uuid) -> String {
        let scopes = self.world.granted().clone();
        let (app, person) = (self.world.options.client.client_id, Some(person));
        self.give_token(Caller { app, person, scopes })
    }

    /// Gives out a fresh access token for a person with exactly these scopes.
    pub fn token_with_scopes(&self, person: Uuid, scopes: &[&str]) -> String {
        let scopes = scopes.iter().map(|&scope| scope.to_owned()).collect();
        let (app, person) = (self.world.options.client.client_id, Some(person));
        self.give_token(Caller { app, person, scopes })
    }

    /// Gives out a fresh access token of an application with exactly these permissions.
    pub fn app_token(&self, permissions: &[&str]) -> String {
        let scopes = permissions.iter().map(|&name| name.to_owned()).collect();
        let app = self.world.options.service.as_ref().unwrap_or(&self.world.options.client).client_id;
        self.give_token(Caller { app, person: None, scopes })
    }

    fn give_token(&self, caller: Caller) -> String {
        let seconds = self.world.token_seconds.load(Ordering::SeqCst);
        let expires = self.world.clock.seconds() + i64::try_from(seconds).unwrap_or(i64::MAX / 2);
        self.world.tokens().give_access(caller, expires, Claims { capable: true, not_before: None })
    }

    /// Returns every call of Graph so far, oldest first.
    pub fn calls(&self) -> Vec<Call> {
        self.world.calls.all()
    }

    /// Forgets the calls so far.
    pub fn forget_calls(&self) {
        self.world.calls.forget();
    }

    /// Returns what a client did that it never should, such as deleting a member without `/$ref`.
    pub fn violations(&self) -> Vec<String> {
        self.world.calls.violations()
    }

    /// Makes something go wrong. Faults meet Graph and the sign-in endpoints alike.
    pub fn fault(&self, fault: Fault) {
        self.world.faults.add(fault);
    }

    /// Takes away every fault that has not met its request.
    pub fn clear_faults(&self) {
        self.world.faults.clear();
    }

    /// Makes Graph unreachable: every connection is dropped without an answer.
    pub fn set_down(&self, down: bool) {
        self.world.down.store(down, Ordering::SeqCst);
    }

    /// Makes discovery, keys and the token endpoint answer 503.
    pub fn set_sign_in_down(&self, down: bool) {
        self.world.sign_in_down.store(down, Ordering::SeqCst);
    }

    /// Signs with a new key from now on and stops publishing the old one.
    pub fn rotate_keys(&self) {
        self.world.keys.rotate(false);
    }

    /// Signs with a new key from now on and keeps publishing the old one.
    pub fn rotate_keys_keeping_old(&self) {
        self.world.keys.rotate(true);
    }

    /// Moves the emulator's clock.
    pub fn advance_clock(&self, seconds: i64) {
        self.world.clock.advance(seconds);
    }

    /// Sets how long new access tokens live.
    pub fn set_token_seconds(&self, seconds: u64) {
        self.world.token_seconds.store(seconds, Ordering::SeqCst);
    }

    /// Sets the delegated scopes of Graph that are consented to. Tokens that were given out keep theirs.
    pub fn set_granted_scopes(&self, scopes: &[&str]) {
        *self.world.granted() = scopes.iter().map(|&scope| scope.to_owned()).collect();
    }

    /// Sets the application permissions that are granted to the application that acts without a person. Tokens that were
    /// given out keep theirs.
    pub fn set_app_permissions(&self, permissions: &[&str]) {
        *self.world.app_permissions() = permissions.iter().map(|&name| name.to_owned()).collect();
    }

    /// Ends every session of a person; their tokens are answered with 401 from now on.
    pub fn revoke_sessions(&self, person: Uuid) {
        self.world.tokens().revoke(person);
    }

    /// Sets how long changes made through Graph take to spread: eventually consistent reads see them only then, other
    /// reads too unless the reader made them, and a new group refuses members so long. A write is final at once.
    pub fn set_read_lag(&self, lag: Duration) {
        let millis = i64::try_from(lag.as_millis()).unwrap_or(i64::MAX / 2);
        self.world.read_lag_millis.store(millis, Ordering::SeqCst);
    }

    /// Lets changes made by hand spread as slowly as those made through Graph; otherwise everybody sees them at once.
    pub fn set_hand_lags(&self, lags: bool) {
        self.world.slow_hand.store(lags, Ordering::SeqCst);
    }

    /// Takes back the tokens of a person: Graph answers those of clients that handle challenges with 401 and claims, until a
    /// sign-in carried these claims. Tokens that the emulator gave out by hand count among them.
    pub fn challenge(&self, person: Uuid) {
        self.world.tokens().challenge(person, self.world.clock.seconds());
    }

    /// Limits what each application may use, or no longer; what was used so far is forgotten.
    pub fn set_throttling(&self, limits: Option<Throttling>) {
        self.world.meters().set(limits);
    }

    /// Loses the state of delta queries: every link given out so far is answered with 410.
    pub fn reset_delta(&self) {
        self.world.delta_resets.fetch_add(1, Ordering::SeqCst);
    }

    /// Forges the next identity token.
    pub fn tamper_next_id_token(&self, tamper: Tamper) {
        *self.world.tamper() = Some(tamper);
    }

    /// Changes how the emulator behaves where the documentation is open.
    pub fn set_behaviour(&self, change: impl FnOnce(&mut Behaviour)) {
        change(&mut self.world.behaviour());
    }
}
