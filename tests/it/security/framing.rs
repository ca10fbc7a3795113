//! A page of another origin that frames the portal, in a real Chromium.

use axum::{Router, response::Html, routing::get};
use tokio::net::TcpListener;

use crate::support::{browser::Browser, portal::Portal, ran};

/// Serves a page of another origin that frames an address.
async fn page_that_frames(address: &str) -> String {
    let page = format!("<!doctype html><title>Other</title><h1>Other</h1><iframe src=\"{address}\"></iframe>");
    let router = Router::new().route("/", get(move || async move { Html(page) }));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let other = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    other
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_another_origin_cannot_frame_the_portal() {
    let portal = Portal::start().await;
    let Some(alan) = Browser::open(true).await else { return };
    alan.sign_in(&portal.address, "Alan Turing").await;
    alan.sees("Hello").await;
    assert_eq!(alan.complaints().await, Vec::<String>::new());
    let other = page_that_frames(&format!("{}/groups", portal.address)).await;

    alan.client.goto(&other).await.unwrap();
    alan.find("//iframe").await;
    alan.client.enter_frame(0).await.unwrap();
    let inside = alan.text().await;

    assert!(!inside.contains("Browse groups") && !inside.contains("Compiler Team"), "{inside}");
    alan.client.enter_parent_frame().await.unwrap();
    let complaints = alan.complaints().await;
    assert!(complaints.iter().any(|complaint| complaint.contains("frame")), "{complaints:?}");
    alan.close().await;
    ran("security::a_frame_is_refused");
}
