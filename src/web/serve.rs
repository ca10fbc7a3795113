//! Listening: an accept loop of our own, because a server that sets no timer lets a slow client hold a connection for
//! ever by sending its headers a byte at a time.

use std::{sync::Arc, time::Duration};

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use tokio::{net::TcpListener, sync::Semaphore};
use tokio_util::sync::CancellationToken;

/// What a client may take of the server.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How long the head of a request may take to arrive, and how long an idle connection is kept.
    pub head_time: Duration,
    /// The most bytes in the head of a request.
    pub head_bytes: usize,
    /// The most header fields.
    pub head_fields: usize,
    /// The most connections at once; more wait to be accepted.
    pub connections: usize,
    /// How long requests under way may take when the server stops.
    pub drain: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            head_time: Duration::from_secs(10),
            head_bytes: 32 * 1024,
            head_fields: 64,
            connections: 4096,
            drain: Duration::from_secs(25),
        }
    }
}

/// Serves until told to stop, then lets requests under way end.
pub async fn serve(listener: TcpListener, router: Router, limits: Limits, stop: CancellationToken) {
    let places = Arc::new(Semaphore::new(limits.connections));
    let draining = GracefulShutdown::new();
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
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
        };
        // Small answers leave at once; without this the last packet may wait for an acknowledgement.
        let _ = stream.set_nodelay(true);
        let service = TowerToHyperService::new(router.clone());
        let connection = draining.watch(server.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
            drop(place);
        });
    }

    drop(listener);
    if tokio::time::timeout(limits.drain, draining.shutdown()).await.is_err() {
        tracing::warn!("some requests did not end in time");
    }
}
