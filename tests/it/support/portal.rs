//! A portal with its made-up company, in this process, on ports of its own.

use std::time::Duration;

use jiff::SignedDuration;
use roster::{
    clock::Clock,
    domain::{
        directory::PersonRef,
        directory_copy::Wanted,
        ids::{GroupId, PersonId},
        terms::Terms,
    },
    features::{designations::designate, mirror},
    graph::{self, AccessToken},
    portal::Tuning,
    sign_in::SCOPES,
    web::{app::App, serve, trouble::Trouble},
};
use roster_emulator::{Company, Emulator};
use secrecy::SecretString;
use tokio::net::TcpListener;
use uuid::Uuid;

pub use super::surroundings::*;
use super::{database::Database, page::Page, person::Person};

/// Groups that take part in every portal of the tests; guests may ask in the last one.
const TAKE_PART: [&str; 6] =
    ["Compiler Team", "Cryptography Research", "Data Platform", "Flight Dynamics", "Network Operations", OPEN];
const OPEN: &str = "Reading Circle";

/// How a portal is to be started.
pub struct Setup {
    pub company: Company,
    pub database: Option<Database>,
    pub graph: graph::Limits,
    pub serve: serve::Limits,
    /// Whether groups take part from the start.
    pub designated: bool,
    /// Whether the provider answers when the portal starts.
    pub provider: bool,
    /// Whether the portal is told that people reach it by https.
    pub https: bool,
    /// What proves the portal's own identity, if it has one.
    pub service: Option<&'static str>,
    /// What that identity may do.
    pub service_permissions: &'static [&'static str],
    /// How often the portal looks for what is due.
    pub look_every: Option<Duration>,
    /// After how many days without a sign-in members are marked.
    pub inactive_after: Option<u16>,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            company: Company::contoso(),
            database: None,
            graph: graph::Limits::default(),
            serve: serve::Limits::default(),
            designated: true,
            provider: true,
            https: false,
            service: None,
            service_permissions: SERVICE_PERMISSIONS,
            look_every: None,
            inactive_after: None,
        }
    }
}

/// A portal that runs, and the directory behind it.
pub struct Portal {
    pub emulator: Emulator,
    pub app: App,
    pub clock: Clock,
    pub address: String,
    pub database: Database,
    tuning: Tuning,
    pub settings: (bool, Option<&'static str>, Option<u16>),
    client: reqwest::Client,
    running: Option<roster::portal::Portal>,
}

impl Setup {
    /// Starts it, on the heap, for what it takes to start is much for a future of a test.
    pub async fn start(self) -> Portal {
        Box::pin(self.start_here()).await
    }

    async fn start_here(self) -> Portal {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let emulator = start_emulator(self.company, &address, self.service_permissions).await;
        emulator.set_sign_in_down(!self.provider);
        let database = match self.database {
            Some(database) => database,
            None => Database::sqlite().await,
        };
        let clock = Clock::default();
        let given = (self.https, self.service, self.inactive_after);
        let settings = settings(&address, given, &emulator, &database.url);
        let look_every = self.look_every;
        let tuning = Tuning { graph: self.graph, serve: self.serve, clock: clock.clone(), look_every };
        let running = roster::portal::Portal::start(settings, listener, tuning.clone()).await.unwrap();
        let app = running.app.clone();
        let (settings, running, client) = (given, Some(running), client());
        let portal = Portal { emulator, app, clock, address, database, tuning, settings, client, running };
        if self.designated {
            portal.designate_sample().await;
        }
        if self.provider {
            portal.wait_for_provider().await;
        }
        portal
    }
}

impl Portal {
    pub async fn start() -> Self {
        Setup::default().start().await
    }

    /// Starts a portal whose patience with the directory is short, for tests in which it does not answer.
    pub async fn impatient() -> Self {
        let graph = graph::Limits {
            call: Duration::from_millis(2500),
            attempt: Duration::from_millis(1200),
            tries: 2,
            ..graph::Limits::default()
        };
        let portal = Setup { graph, ..Setup::default() }.start().await;
        // Too impatient to wait for a directory that throttles, which is not what such a test is about.
        portal.emulator.set_throttling(None);
        portal
    }

    /// Stops the portal and starts it again on the same database and address.
    pub async fn restart(&mut self) {
        if let Some(running) = self.running.take() {
            running.stop().await;
        }
        let listener = TcpListener::bind(self.address.trim_start_matches("http://")).await.unwrap();
        let settings = settings(&self.address, self.settings, &self.emulator, &self.database.url);
        let running = roster::portal::Portal::start(settings, listener, self.tuning.clone()).await.unwrap();
        self.app = running.app.clone();
        self.running = Some(running);
        self.wait_for_provider().await;
    }

    /// Stops the portal and starts it again with another interval between its looks at what is due; where statements are
    /// counted, those of its own work would be among them.
    pub async fn restart_looking(&mut self, every: Option<Duration>) {
        self.tuning.look_every = every;
        self.restart().await;
    }

    /// Stops the portal and starts it again without an identity of its own.
    pub async fn restart_without_service(&mut self) {
        self.settings.1 = None;
        self.restart().await;
    }

    /// Starts another process of the same portal, on the same database and clock.
    pub async fn replica(&self) -> roster::portal::Portal {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let settings = settings(&self.address, self.settings, &self.emulator, &self.database.url);
        roster::portal::Portal::start(settings, listener, self.tuning.clone()).await.unwrap()
    }

    /// Returns somebody with a fresh browser who is not signed in.
    pub fn visitor(&self) -> Person {
        Person::new(&self.address, self.client.clone())
    }

    /// Signs somebody in through the provider's page.
    pub async fn sign_in(&self, name: &str) -> Person {
        let (person, page) = self.sign_in_at("/", name).await;
        page.answers(200);
        person
    }

    /// Opens a page, signs in on the way, and returns the page that comes.
    pub async fn sign_in_at(&self, path: &str, name: &str) -> (Person, Page) {
        let person = self.visitor();
        let asked = person.visit(path).await;
        let page = person.choose(&asked, name).await;
        (person, page)
    }

    /// Moves the time of the portal and of the directory.
    pub fn advance(&self, by: SignedDuration) {
        self.clock.advance(by);
        self.emulator.advance_clock(by.as_secs());
    }

    /// Returns the path of a group's page.
    pub fn group(&self, name: &str) -> String {
        format!("/groups/{}", self.emulator.group_named(name))
    }

    /// Returns whether the directory has somebody as a member.
    pub fn is_member(&self, group: &str, person: &str) -> bool {
        self.emulator.is_member(self.emulator.group_named(group), self.emulator.person_named(person))
    }

    /// Returns one number from the database, read from outside.
    pub async fn count(&self, query: &'static str) -> i64 {
        self.database.text(query).await.parse().unwrap()
    }

    /// Returns how often the directory was asked, reads and writes apart, since the calls were last forgotten. A batch is
    /// what is in it.
    pub fn calls(&self) -> (usize, usize) {
        let calls = self.emulator.calls();
        let reads = calls.iter().filter(|call| call.method == "GET").count();
        let batches = calls.iter().filter(|call| call.path == "/$batch").count();
        (reads, calls.len() - reads - batches)
    }

    /// Returns how often a member was added, or was tried to be.
    pub fn adds(&self) -> usize {
        self.emulator
            .calls()
            .iter()
            .filter(|call| call.method == "POST" && call.path.ends_with("/members/$ref"))
            .count()
    }

    /// Lets a group take part on terms, as an administrator would.
    pub async fn designate(&self, group: &str, terms: &Terms) {
        let id = GroupId(self.emulator.group_named(group));
        let copied = self.app.store.directory().group(id).await.unwrap().unwrap();
        let (admin, now) = (self.admin(), self.clock.now());
        designate::record(&self.app.store, &copied.group, terms, &admin, None, now).await.unwrap();
    }

    /// Reads the directory again, as an administrator would; once more while the portal itself reads it.
    pub async fn refresh(&self) {
        for _ in 0..500 {
            if !matches!(self.read_directory().await.unwrap(), mirror::Refreshing::NotNow) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("somebody else reads the directory all the time");
    }

    /// Reads the directory again, and returns what went wrong.
    pub async fn try_to_refresh(&self) -> Result<(), Trouble> {
        self.read_directory().await.map(|_| ())
    }

    async fn read_directory(&self) -> Result<mirror::Refreshing, Trouble> {
        let admin = self.admin();
        let token = self.token(admin.id.0);
        let wanted = Wanted::ByAnAdministrator { at: self.clock.now(), even_if_it_loses: true };
        mirror::refresh(&self.app, &token, &admin, wanted).await
    }

    pub async fn wait_for_provider(&self) {
        for _ in 0..3000 {
            if self.app.provider.is_known() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the provider was not found");
    }

    async fn designate_sample(&self) {
        self.refresh().await;
        for group in TAKE_PART {
            let terms = Terms {
                gives: format!("What {group} gives."),
                guests_may_ask: group == OPEN,
                reason_required: group != OPEN,
                ..Terms::default()
            };
            self.designate(group, &terms).await;
        }
    }

    pub fn admin(&self) -> PersonRef {
        PersonRef { id: PersonId(self.emulator.person_named("Ada Lovelace")), name: "Ada Lovelace".to_owned() }
    }

    pub fn token(&self, person: Uuid) -> AccessToken {
        AccessToken {
            secret: SecretString::from(self.emulator.token(person)),
            expires_at: self.clock.now() + SignedDuration::from_mins(60),
            scopes: SCOPES.iter().map(ToString::to_string).collect(),
        }
    }
}
