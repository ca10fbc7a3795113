//! Microsoft Graph v1.0, as little of it as Roster uses: one concrete client, and every call is made as a person.
//!
//! Read [`AsPerson`] first; its methods live in one file per noun. Reading: `people`, `find_people`, `many`, `photos`; `groups`,
//! `find_groups`, `app_roles`, `dependents`; `members`, `member_lists`; `mine`, `belonging`; `tenant`, `group_settings`; `names`;
//! `accounts`; and `live`, the reads before a decision. Writing: `members`, `binds`, `owners`; `create`, `lifecycle`,
//! `delete`; `mail`. `audits` is the directory's own record, for jobs alone, and `cached` keeps what is only shown. Below
//! them `budget` lets calls in, `send` does the work of one call (token, tries,
//! deadline, log), `pages` that of a list, `call` and `base` build addresses, `classify` turns answers into an [`Error`],
//! and `wire` is what Graph sends.
//!
//! The token goes to one host and nowhere else, redirects are not followed, and a DELETE that is not of a relationship is
//! never sent, but for the one of a group that `delete` makes.

mod accounts;
mod app_roles;
mod audits;
mod base;
mod batch;
mod belonging;
mod binds;
mod budget;
mod cached;
mod call;
mod challenge;
mod classify;
mod cost;
mod create;
mod delete;
mod delta;
mod dependents;
mod error;
mod find_groups;
mod find_people;
mod group_settings;
mod groups;
mod lifecycle;
mod live;
mod mail;
mod many;
mod member_lists;
mod members;
mod mine;
mod names;
mod nickname;
mod objection;
mod owners;
mod pages;
mod people;
mod photos;
mod reader;
mod retry;
mod search;
mod send;
mod service;
mod sign_ins;
mod tenant;
mod token;
mod window;
mod wire;

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use reqwest::{Client, ClientBuilder, Url, header::HeaderMap, redirect::Policy};
use tokio::time::Instant;

pub use accounts::AccountPages;
pub use app_roles::AppRole;
use base::Base;
pub use belonging::DirectoryRole;
pub use binds::{Added, MOST_AT_ONCE};
use budget::Budget;
use cached::Kept;
pub use challenge::read_claims;
pub use create::{NewGroup, Visibility};
pub use delta::{DeltaPages, MOST_WATCHED};
pub use dependents::Dependents;
pub use error::{Error, Remedy};
pub use find_groups::Sort;
pub use group_settings::GroupSettings;
pub use groups::GroupPages;
pub use lifecycle::{DeletedGroup, Expiry, GroupChange};
pub use mail::{Mail, MailBody};
pub use many::ADDRESSES_AT_ONCE;
pub use member_lists::{MemberCounts, MemberPage, NextPage, Reach};
pub use mine::Mine;
pub use nickname::Nickname;
pub use objection::{Flaw, NamePart, Objection};
pub use photos::{Photo, PhotoSize};
pub use reader::Reader;
use send::{Priority, Sender};
pub use service::{AsService, ServiceToken};
pub use sign_ins::SignInPages;
pub use tenant::{ExpirationPolicy, Expiring, GuestRights, Rights};
pub use token::AccessToken;

/// How long and how often Roster tries. Settings, so that tests can shorten them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// To connect.
    pub connect: Duration,
    /// For one typed call, with all its tries and pages.
    pub call: Duration,
    /// For one try.
    pub attempt: Duration,
    /// For one page of the listing of all groups, which no person waits for.
    pub listing: Duration,
    /// How often one request is sent at most.
    pub tries: u32,
    /// How many pages of one list are read at most.
    pub page_limit: usize,
    /// What Graph gives Roster in the tenant: resource units within 10 seconds. Roster uses 60 % of them.
    pub units: u32,
    /// What Graph gives Roster in the tenant: writes within 150 seconds. Roster uses half of them.
    pub writes: u32,
    /// What Graph gives Roster in the tenant: reads of the audit log within 10 seconds. Roster uses 60 % of them.
    pub audits: u32,
    /// The longest that work nobody waits for rests after Graph has throttled a call, however long Graph asked for.
    pub rest: Duration,
    /// How long a person who was read is shown as they were.
    pub keep_people: Duration,
    /// How long a picture that was read is shown.
    pub keep_photos: Duration,
    /// How much memory pictures may take, in bytes.
    pub keep_photo_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(3),
            call: Duration::from_secs(8),
            attempt: Duration::from_secs(4),
            listing: Duration::from_secs(30),
            tries: 3,
            page_limit: 2000,
            units: 3500,
            writes: 3000,
            audits: 5,
            // Shorter than a reading may hold the directory copy without a sign of life.
            rest: Duration::from_mins(2),
            keep_people: Duration::from_mins(5),
            keep_photos: Duration::from_mins(30),
            keep_photo_bytes: 32 * 1024 * 1024,
        }
    }
}

/// Why there can be no client.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// Tokens would travel in the clear.
    #[error("the address of Graph must start with https://, unless it is on this machine")]
    NotEncrypted,
    /// More or less than scheme, host and path.
    #[error("the address of Graph must have a host and a path, and no name, query or fragment")]
    NotABase,
    /// The TLS or proxy set-up of this machine cannot be used.
    #[error("the HTTP client could not be made: {0}")]
    Client(#[from] reqwest::Error),
}

/// The client of Graph; cheap to clone.
#[derive(Debug, Clone)]
pub struct Graph {
    base: Base,
    limits: Limits,
    /// Keeps connections open between calls.
    pooled: Client,
    /// Opens a connection for every call.
    fresh: Client,
    units: Arc<AtomicU64>,
    budget: Arc<Budget>,
    kept: Kept,
}

/// Graph as one person sees it, by their own token.
#[derive(Debug, Clone, Copy)]
pub struct AsPerson<'a> {
    graph: &'a Graph,
    token: &'a AccessToken,
    priority: Priority,
}

impl Graph {
    /// Makes a client for a base address such as `https://graph.microsoft.com/v1.0`.
    ///
    /// # Errors
    /// [`BuildError`] when the address cannot be trusted with a token, or TLS cannot be set up.
    pub fn new(base: Url, limits: Limits) -> Result<Self, BuildError> {
        let base = Base::new(base)?;
        let pooled = client(&base, limits).build()?;
        let fresh = client(&base, limits).pool_max_idle_per_host(0).build()?;
        Ok(Self {
            base,
            limits,
            pooled,
            fresh,
            units: Arc::default(),
            budget: Arc::new(Budget::new(&limits)),
            kept: Kept::new(&limits),
        })
    }

    /// Returns Graph as the owner of a token sees it.
    #[must_use]
    pub fn person<'a>(&'a self, token: &'a AccessToken) -> AsPerson<'a> {
        AsPerson { graph: self, token, priority: Priority::Interactive }
    }

    /// Returns the resource units that all calls of this client have cost so far, as Graph's answers told.
    #[must_use]
    pub fn resource_units(&self) -> u64 {
        self.units.load(Ordering::Relaxed)
    }

    fn count_units(&self, units: u64) {
        self.units.fetch_add(units, Ordering::Relaxed);
    }

    /// Takes from the head of an answer how near Graph's limit is.
    fn heed(&self, status: u16, headers: &HeaderMap) {
        if status == 429 {
            self.budget.throttled(classify::wait_asked(headers));
        }
        let used = headers.get("x-ms-throttle-limit-percentage").and_then(|value| value.to_str().ok()?.parse().ok());
        self.budget.used(used.unwrap_or(0.0));
    }

    /// Starts the clock of a call that a person waits for.
    fn deadline(&self) -> Deadline {
        Deadline { at: Instant::now() + self.limits.call, attempt: self.limits.attempt }
    }

    /// Starts the clock of one page of a long listing.
    fn listing_deadline(&self) -> Deadline {
        Deadline { at: Instant::now() + self.limits.listing, attempt: self.limits.listing }
    }
}

impl<'a> AsPerson<'a> {
    /// Returns Graph for work of theirs that nobody waits for: people who wait go first, and each call has a time of its own.
    #[must_use]
    pub fn unhurried(self) -> Self {
        Self { priority: Priority::Background, ..self }
    }

    /// Returns what sends calls that the person waits for, unless it is [`AsPerson::unhurried`].
    fn waits(self) -> Sender<'a> {
        Sender { graph: self.graph, bearer: &self.token.secret, priority: self.priority }
    }
}

/// When a typed call has to be over, and how long one try within it may take.
#[derive(Debug, Clone, Copy)]
struct Deadline {
    at: Instant,
    attempt: Duration,
}

impl Deadline {
    fn left(self) -> Duration {
        self.at.saturating_duration_since(Instant::now())
    }
}

fn client(base: &Base, limits: Limits) -> ClientBuilder {
    let builder = Client::builder().redirect(Policy::none()).connect_timeout(limits.connect).referer(false);
    // No proxy leads back to this machine.
    if base.is_here() { builder.no_proxy() } else { builder }
}
