//! A portal from its settings: the parts put together, listening, and stopped in order. `serve`, the demo and the tests
//! all start it here.

use std::{net::SocketAddr, time::Duration};

use secrecy::ExposeSecret as _;
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_util::sync::CancellationToken;

use crate::{
    clock::Clock,
    config::{OwnersChange, Settings},
    graph::{self, Graph},
    jobs, router,
    sign_in::{self, ClaimNames, Provider, ProviderSettings},
    store::{self, Store},
    web::{app::App, serve},
};

/// Why a portal could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The database.
    #[error("the database: {0}")]
    Store(#[from] store::Error),
    /// The address of Graph.
    #[error("Microsoft Graph: {0}")]
    Graph(#[from] graph::BuildError),
    /// The sign-in provider.
    #[error("the sign-in: {0}")]
    Provider(#[from] sign_in::BuildError),
    /// The base address.
    #[error("the base address: {0}")]
    Address(#[from] url::ParseError),
}

/// What a test or an operator may tune; the defaults are right for production.
#[derive(Debug, Clone, Default)]
pub struct Tuning {
    /// Deadlines of Graph calls.
    pub graph: graph::Limits,
    /// What a client may take of the server.
    pub serve: serve::Limits,
    /// The clock.
    pub clock: Clock,
    /// How often the jobs look for what is due; as often as they see fit when `None`.
    pub look_every: Option<Duration>,
}

/// A portal that runs.
pub struct Portal {
    /// Its parts, for the demo and for tests.
    pub app: App,
    /// Where it listens.
    pub listens: SocketAddr,
    stop: CancellationToken,
    server: JoinHandle<()>,
    jobs: JoinHandle<()>,
}

impl Portal {
    /// Opens the store, puts the parts together and starts to listen. The provider is looked for in the background: the
    /// portal starts without it and says so on the page that needs it.
    ///
    /// # Errors
    /// [`StartError`] says which part cannot be used.
    pub async fn start(settings: Settings, listener: TcpListener, tuning: Tuning) -> Result<Self, StartError> {
        let store = Store::open(settings.database_url.expose_secret()).await?;
        let limits = graph::Limits { units: settings.graph_limit, ..tuning.graph };
        let graph = Graph::new(settings.graph_url.clone(), limits)?;
        let provider = Provider::new(
            ProviderSettings {
                authority: settings.authority.clone(),
                tenant: settings.tenant,
                client_id: settings.client_id.clone(),
                credential: settings.credential.clone(),
                redirect_uri: settings.address("/sign-in/callback")?,
                post_logout_redirect_uri: settings.address("/signed-out")?,
                changes_groups: settings.owners_change == OwnersChange::Groups,
                claims: ClaimNames::default(),
                timeout: Duration::from_secs(10),
            },
            tuning.clock.clone(),
        )?;
        let (app, wishes) = App::new(settings, store, graph, provider, tuning.clock)?;
        let stop = app.stopping.clone();
        let listens = listener.local_addr().unwrap_or_else(|_| SocketAddr::from(([127, 0, 0, 1], 0)));
        let jobs = tokio::spawn(jobs::run(app.clone(), wishes, tuning.look_every));
        let server = tokio::spawn(serve::serve(listener, router::router(app.clone()), tuning.serve, stop.clone()));
        Ok(Self { app, listens, stop, server, jobs })
    }

    /// Stops: no new requests, those under way end, what was decided is carried out, then the store closes.
    pub async fn stop(self) {
        self.stop.cancel();
        let _ = self.server.await;
        let _ = self.jobs.await;
        self.app.tasks.close();
        self.app.tasks.wait().await;
        self.app.store.close().await;
    }
}

/// Waits until Ctrl-C, or until the system asks the process to end.
pub async fn wait_for_stop() {
    let interrupted = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}
