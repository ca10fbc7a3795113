//! Listening: an accept loop of our own, because a server that sets no timer lets a slow client hold a connection for
//! ever: by sending its headers a byte at a time, or by never reading what it asked for.

use std::{pin::Pin, sync::Arc, time::Duration};

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    time::{sleep, timeout},
};
use tokio_io_timeout::TimeoutStream;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// What a client may take of the server.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How long the head of a request may take to arrive, and how long an idle connection is kept.
    pub head_time: Duration,
    /// The most bytes in the head of a request.
    pub head_bytes: usize,
    /// The most header fields.
    pub head_fields: usize,
    /// How long an answer may wait for its reader to take some more of it.
    pub stall: Duration,
    /// How long a connection may be used; then the request under way ends, and the client connects again.
    pub life: Duration,
    /// The most connections at once; more wait to be accepted.
    pub connections: usize,
    /// How long requests under way may take when the server stops, or when the life of their connection is over.
    pub drain: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            head_time: Duration::from_secs(10),
            head_bytes: 32 * 1024,
            head_fields: 64,
            stall: Duration::from_secs(20),
            life: Duration::from_mins(5),
            connections: 4096,
            drain: Duration::from_secs(25),
        }
    }
}

type Io = TokioIo<Pin<Box<TimeoutStream<TcpStream>>>>;
type Connection = http1::Connection<Io, TowerToHyperService<Router>>;

/// Serves until told to stop, then lets requests under way end.
pub async fn serve(listener: TcpListener, router: Router, limits: Limits, stop: CancellationToken) {
    let places = Arc::new(Semaphore::new(limits.connections));
    let held = TaskTracker::new();
    let mut server = http1::Builder::new();
    server
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head_time)
        .max_buf_size(limits.head_bytes)
        .max_headers(limits.head_fields);

    loop {
        let place = tokio::select! {
            () = stop.cancelled() => break,
            place = places.clone().acquire_owned() => place,
        };
        let stream = tokio::select! {
            () = stop.cancelled() => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => stream,
                Err(error) => {
                    tracing::warn!(%error, "could not accept a connection");
                    sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
        };
        let service = TowerToHyperService::new(router.clone());
        let connection = server.serve_connection(watched(stream, limits), service);
        let stop = stop.clone();
        held.spawn(async move {
            hold(connection, limits, stop).await;
            drop(place);
        });
    }

    drop(listener);
    held.close();
    held.wait().await;
}

/// Sets up a stream so that a write which gets nowhere fails after a while.
fn watched(stream: TcpStream, limits: Limits) -> Io {
    // Small answers leave at once; without this the last packet may wait for an acknowledgement.
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(limits.stall));
    TokioIo::new(Box::pin(stream))
}

/// Answers the requests of a connection until its client closes it, its life is over or the server stops. A request under
/// way then still ends, if that does not take too long.
async fn hold(connection: Connection, limits: Limits, stop: CancellationToken) {
    let mut connection = std::pin::pin!(connection);
    let over = async {
        tokio::select! {
            () = stop.cancelled() => {}
            () = sleep(limits.life) => {}
        }
    };
    let ended = tokio::select! {
        ended = connection.as_mut() => Ok(ended),
        () = over => {
            connection.as_mut().graceful_shutdown();
            timeout(limits.drain, connection).await
        }
    };
    match ended {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::debug!(%error, "a connection ended early"),
        Err(_) => tracing::warn!("a request did not end in time"),
    }
}
