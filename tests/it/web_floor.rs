//! The floor under every page: what a client may send, take and hold, and what it gets when something breaks.

use std::time::{Duration, Instant};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::Request,
    routing::get,
};
use roster::{router::with_everything_around, web::serve};
use tower::ServiceExt as _;

use crate::support::{
    portal::{Portal, Setup},
    wire::{Wire, status},
};

/// Returns a request for the style sheet, as long as it is on one connection.
fn style_sheet(portal: &Portal) -> String {
    let host = portal.address.trim_start_matches("http://");
    format!("GET {} HTTP/1.1\r\nHost: {host}\r\n\r\n", portal.app.assets.css)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_never_reads_does_not_keep_others_out() {
    let limits = serve::Limits { connections: 1, stall: Duration::from_millis(300), ..serve::Limits::default() };
    let portal = Setup { serve: limits, ..Setup::default() }.start().await;
    let mut greedy = Wire::to(&portal.address).await;
    let sent = style_sheet(&portal).repeat(2000);
    let pouring = tokio::spawn(async move {
        greedy.send(sent.as_bytes()).await;
        // The connection stays open on this side.
        std::future::pending::<()>().await;
        drop(greedy);
    });
    tokio::time::sleep(Duration::from_millis(200)).await;

    let visitor = portal.visitor();
    let answered = tokio::time::timeout(Duration::from_secs(8), visitor.look("/signed-out")).await;

    answered.expect("the place is free again").answers(200);
    pouring.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_in_use_ends_when_its_life_is_over() {
    let limits = serve::Limits { life: Duration::from_secs(1), ..serve::Limits::default() };
    let portal = Setup { serve: limits, ..Setup::default() }.start().await;
    let mut wire = Wire::to(&portal.address).await;
    let (request, began) = (style_sheet(&portal), Instant::now());
    let mut answers = 0;

    while began.elapsed() < Duration::from_secs(6) && wire.send(request.as_bytes()).await {
        let answer = Box::pin(wire.rest(Duration::from_millis(200))).await;
        if answer.is_empty() {
            break;
        }
        assert_eq!(status(&answer), 200);
        answers += 1;
    }

    assert!(answers > 0 && began.elapsed() < Duration::from_secs(4), "{answers} in {:?}", began.elapsed());
}

#[tokio::test]
async fn a_form_that_says_it_is_too_large_is_refused_before_it_comes() {
    let portal = Portal::start().await;
    let host = portal.address.trim_start_matches("http://");
    let mut wire = Wire::to(&portal.address).await;
    let head = format!(
        "POST /theme HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 524289\r\n\r\n"
    );

    wire.send(head.as_bytes()).await;
    let answer = Box::pin(wire.rest(Duration::from_secs(5))).await;

    assert_eq!(status(&answer), 413, "{answer}");
    assert!(answer.contains("That is more than fits"), "{answer}");
}

#[tokio::test]
async fn a_page_that_panics_says_that_something_broke_and_its_number() {
    async fn broken() -> String {
        panic!("as the test wants it")
    }
    let portal = Portal::start().await;
    let pages = Router::new().route("/broken", get(broken));

    let request = Request::get("/broken").body(Body::empty()).unwrap();
    let answer = with_everything_around(pages, portal.app.clone()).oneshot(request).await.unwrap();
    let (head, body) = answer.into_parts();
    let body = String::from_utf8(to_bytes(body, 1 << 20).await.unwrap().to_vec()).unwrap();

    assert_eq!(head.status, 500);
    assert!(body.contains("Something broke in Roster"), "{body}");
    assert!(body.contains(head.headers["x-request-id"].to_str().unwrap()), "{body}");
}

#[tokio::test]
async fn a_page_beyond_the_last_group_is_the_last_page() {
    let portal = Portal::start().await;
    let ada = portal.sign_in("Ada Lovelace").await;
    // The key of a group that would come after all others.
    let after = format!("{}8", "_".repeat(22));

    for path in ["/admin/groups", "/groups"] {
        let last = ada.visit(&format!("{path}?after={after}")).await;
        let found = ada.visit(&format!("{path}?q=compiler&after={after}")).await;

        last.shows("Reading Circle");
        found.shows("Compiler Team");
    }
}

#[tokio::test]
async fn what_is_not_there_is_a_page_wherever_it_is_not() {
    let portal = Portal::start().await;
    let alan = portal.sign_in("Alan Turing").await;

    for path in ["/static/nothere", "/static/%ff", "/static/", "/sign-in/kept/nothere", "/sign-in/kept/%ff", "/%ff"] {
        let page = alan.look(path).await;

        assert_eq!(
            (page.status.as_u16(), page.heading().as_str()),
            (404, "There is no such page, or it is not open to you"),
            "{path}"
        );
    }
    let page = portal.visitor().look("/static/nothere").await;
    page.answers(404);
    page.shows("There is no such page");
}
