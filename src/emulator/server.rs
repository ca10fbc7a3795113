//! Takes connections, turns HTTP into [`Ask`] and [`Reply`] into HTTP, and hands requests to their part of the tenant.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Mutex, watch};
use tokio::task::{JoinHandle, JoinSet};

use crate::exchange::{Ask, Content, Dropped, Reply};
use crate::graph;
use crate::mishaps::with_fault;
use crate::record::Circumstances;
use crate::world::World;
use crate::{authorize, discovery, logout, pages, token_endpoint};

/// The largest body taken: Graph refuses bodies above 4 MB.
const BODY_LIMIT: usize = 4 * 1024 * 1024;

/// How long stopping waits for what is being answered.
const GRACE: Duration = Duration::from_secs(2);

/// The task that accepts connections.
#[derive(Debug)]
pub(crate) struct Server {
    stop: watch::Sender<bool>,
    task: Mutex<Option<JoinHandle<()>>>,
}

impl Server {
    pub(crate) fn start(listener: TcpListener, world: Arc<World>) -> Self {
        let (stop, stopping) = watch::channel(false);
        let task = tokio::spawn(accept(listener, world, stopping));
        Self { stop, task: Mutex::new(Some(task)) }
    }

    pub(crate) async fn stop(&self) {
        self.stop.send_replace(true);
        if let Some(task) = self.task.lock().await.take() {
            // A task that panicked has stopped as well.
            let _ = task.await;
        }
    }
}

async fn accept(listener: TcpListener, world: Arc<World>, stopping: watch::Receiver<bool>) {
    let mut connections = JoinSet::new();
    let mut told_to_stop = stopping.clone();
    loop {
        tokio::select! {
            accepted = listener.accept() => if let Ok((stream, _)) = accepted {
                connections.spawn(converse(stream, world.clone(), stopping.clone()));
            },
            _ = connections.join_next(), if !connections.is_empty() => {}
            _ = told_to_stop.wait_for(|stop| *stop) => break,
        }
    }
    drop(listener);
    let all_done = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(GRACE, all_done).await.is_err() {
        connections.shutdown().await;
    }
}

async fn converse(stream: TcpStream, world: Arc<World>, mut stopping: watch::Receiver<bool>) {
    let service = service_fn(move |request| serve(world.clone(), request));
    let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    let mut connection = std::pin::pin!(connection);
    tokio::select! {
        // A connection may end in an error: that is how a dropped answer looks from here.
        _ = connection.as_mut() => return,
        _ = stopping.wait_for(|stop| *stop) => connection.as_mut().graceful_shutdown(),
    }
    let _ = connection.await;
}

async fn serve(world: Arc<World>, request: Request<Incoming>) -> Result<Response<Body>, Dropped> {
    let (parts, body) = request.into_parts();
    let body = to_bytes(Body::new(body), BODY_LIMIT).await.map_err(|_| Dropped)?;
    let target = parts.uri.path_and_query().map_or("/", |target| target.as_str());
    let ask = Ask::new(parts.method.as_str(), target, parts.headers, body.to_vec());
    // Work goes on when the client gives up, as it does at a distant service.
    let answer = tokio::spawn(async move { answer(&world, ask).await });
    let reply = answer.await.map_err(|_| Dropped)??;
    Ok(into_http(reply))
}

async fn answer(world: &World, ask: Ask) -> Result<Reply, Dropped> {
    if ask.segments.first().map(String::as_str) == Some("v1.0") {
        if world.down.load(Ordering::SeqCst) {
            return Err(Dropped);
        }
        return graph::serve(world, ask).await;
    }
    let met = world.faults.take(&ask.method, &ask.shown(0));
    let circumstances = Circumstances { side: "sign-in", caller: None, fault: met.clone() };
    let answer = with_fault(world, &ask, met, async { sign_in_side(world, &ask) }).await;
    world.record.keep(&ask, &answer, &circumstances);
    answer
}

fn sign_in_side(world: &World, ask: &Ask) -> Reply {
    let tenant = world.options.tenant_id.to_string();
    let path: Vec<&str> = ask.segments.iter().map(String::as_str).collect();
    let down = world.sign_in_down.load(Ordering::SeqCst);
    match (ask.method.as_str(), path.as_slice()) {
        ("GET", []) => pages::home(world),
        (_, [named, ..]) if *named != tenant => pages::not_found(world),
        (_, [_, "oauth2", "v2.0", "token"] | [_, "v2.0" | "discovery", ..]) if down => discovery::unavailable(),
        ("GET", [_, "v2.0", ".well-known", "openid-configuration"]) => discovery::document(world),
        ("GET", [_, "discovery", "v2.0", "keys"]) => discovery::keys(world),
        ("GET" | "POST", [_, "oauth2", "v2.0", "authorize"]) => authorize::serve(world, ask),
        ("POST", [_, "oauth2", "v2.0", "token"]) => token_endpoint::serve(world, ask),
        ("GET" | "POST", [_, "oauth2", "v2.0", "logout"]) => logout::serve(world, ask),
        _ => pages::not_found(world),
    }
}

fn into_http(reply: Reply) -> Response<Body> {
    let (content_type, body) = match reply.content {
        Content::Empty => (None, Body::empty()),
        Content::Json(value) => (Some("application/json; charset=utf-8"), Body::from(value.to_string())),
        Content::BrokenJson(text) => (Some("application/json; charset=utf-8"), Body::from(text)),
        Content::Text(text) => (Some("text/plain"), Body::from(text)),
        Content::Bytes(content_type, bytes) => (Some(content_type), Body::from(bytes)),
        Content::Html(text) => (Some("text/html; charset=utf-8"), Body::from(text)),
    };
    let mut builder = Response::builder().status(StatusCode::from_u16(reply.status).unwrap_or(StatusCode::OK));
    if let Some(content_type) = content_type {
        builder = builder.header("content-type", content_type);
    }
    for (name, value) in reply.headers {
        builder = builder.header(name, value);
    }
    builder.header("cache-control", "no-store").body(body).unwrap_or_else(|_| {
        let mut broken = Response::new(Body::empty());
        *broken.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        broken
    })
}
