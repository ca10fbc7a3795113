//! Clients that are slow, greedy or broken, over raw connections.

use std::time::Duration;

use roster::web::serve;

use crate::support::{
    portal::{Portal, Setup},
    wire::{Wire, ask, status},
};

const BLOCK: usize = 64 * 1024;
/// What may be sent before a refusal is noticed: the buffers of the system between the two ends are large.
const UNNOTICED: usize = 32 * 1024 * 1024;

async fn hurried() -> Portal {
    let serve = serve::Limits { head_time: Duration::from_millis(400), ..serve::Limits::default() };
    Setup { serve, designated: false, ..Setup::default() }.start().await
}

#[tokio::test]
async fn a_client_that_sends_its_head_a_byte_at_a_time_is_cut_off() {
    let portal = hurried().await;
    let mut slow = Wire::to(&portal.address).await;
    slow.send(b"GET / HTTP/1.1\r\nHost: portal\r\nX-Slow: ").await;
    let started = std::time::Instant::now();

    slow.pour(b"a", 40, Duration::from_millis(50)).await;

    assert!(slow.closes_within(Duration::from_secs(3)).await);
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
}

#[tokio::test]
async fn a_client_that_says_nothing_is_cut_off() {
    let portal = hurried().await;

    let mut silent = Wire::to(&portal.address).await;

    assert!(silent.closes_within(Duration::from_secs(3)).await);
}

#[tokio::test]
async fn slow_clients_do_not_keep_others_waiting() {
    let portal = hurried().await;
    let mut slow = Vec::new();
    for _ in 0..200 {
        let mut wire = Wire::to(&portal.address).await;
        wire.send(b"GET / HTTP/1.1\r\n").await;
        slow.push(wire);
    }

    let page = portal.visitor().look("/").await;

    assert_eq!(page.status, 303);
}

#[tokio::test]
async fn a_body_that_trickles_in_is_given_up_after_twenty_seconds() {
    let portal = Portal::start().await;
    let mut slow = Wire::to(&portal.address).await;
    let head = format!(
        "POST /theme HTTP/1.1\r\nHost: portal\r\nOrigin: {}\r\nContent-Length: 100000\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nSec-Fetch-Site: same-origin\r\n\r\n",
        portal.address
    );
    slow.send(head.as_bytes()).await;

    let (sent, answer) = {
        let sent = slow.pour(b"a", 44, Duration::from_millis(500)).await;
        (sent, slow.rest(Duration::from_secs(1)).await)
    };

    assert_eq!(status(&answer), 503, "{answer}");
    assert!(answer.contains("This took too long"), "after {sent} bytes: {answer}");
}

/// Sends the head of a form and pours a gigabyte after it.
async fn pour(portal: &Portal, framing: &str, block: &[u8]) -> (usize, String) {
    let mut greedy = Wire::to(&portal.address).await;
    let head = format!(
        "POST /theme HTTP/1.1\r\nHost: portal\r\nSec-Fetch-Site: same-origin\r\n{framing}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    );
    greedy.send(head.as_bytes()).await;
    let sent = greedy.pour(block, 1 << 30, Duration::ZERO).await;
    (sent, greedy.rest(Duration::from_secs(1)).await)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_of_a_gigabyte_is_refused_long_before_its_end() {
    let portal = Portal::start().await;

    let (sent, _) = pour(&portal, "Content-Length: 1073741824", &vec![b'a'; BLOCK]).await;

    assert!(sent < UNNOTICED, "{sent} bytes were taken");
    assert_eq!(portal.visitor().look("/").await.status, 303);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_gigabyte_in_chunks_is_refused_long_before_its_end() {
    let portal = Portal::start().await;
    let mut block = format!("{BLOCK:x}\r\n").into_bytes();
    block.resize(block.len() + BLOCK, b'a');
    block.extend(b"\r\n");

    let (sent, _) = pour(&portal, "Transfer-Encoding: chunked", &block).await;

    assert!(sent < UNNOTICED, "{sent} bytes were taken");
    assert_eq!(portal.visitor().look("/").await.status, 303);
}

#[tokio::test]
async fn the_announcement_of_a_gigabyte_is_answered_with_a_page() {
    let portal = Portal::start().await;
    let mut greedy = Wire::to(&portal.address).await;
    let head = "POST /theme HTTP/1.1\r\nHost: portal\r\nSec-Fetch-Site: same-origin\r\n\
                Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1073741824\r\n\r\n";
    greedy.send(head.as_bytes()).await;
    greedy.send(&vec![b'a'; 600 * 1024]).await;

    let answer = greedy.rest(Duration::from_secs(2)).await;

    assert_eq!(status(&answer), 413, "{answer}");
    assert!(answer.contains("That is more than fits"));
}

#[tokio::test]
async fn a_head_that_is_too_large_or_has_too_many_fields_is_refused() {
    let portal = Portal::start().await;
    let long = format!("X-Long: {}\r\n", "a".repeat(33 * 1024));
    let many = (0..100).fold(String::new(), |all, n| all + &format!("X-{n}: a\r\n"));

    for headers in [long, many] {
        let answer = ask(&portal.address, "GET", "/", &headers).await;

        assert_eq!(status(&answer), 431, "{answer}");
    }
    let long_target = format!("/groups?q={}", "a".repeat(33 * 1024));
    let answer = ask(&portal.address, "GET", &long_target, "").await;
    assert!([414, 431].contains(&status(&answer)), "{answer}");
}

#[tokio::test]
async fn two_requests_are_never_read_out_of_one() {
    let portal = Portal::start().await;
    let smuggled = "GET /smuggled HTTP/1.1\r\nHost: portal\r\n\r\n";

    for framing in [
        "Content-Length: 5\r\nContent-Length: 6\r\n",
        "Content-Length: 5\r\nTransfer-Encoding: identity\r\n",
        "Transfer-Encoding: chunked, identity\r\n",
        "Content-Length: -1\r\n",
        "Content-Length: +5\r\n",
        "Transfer-Encoding : chunked\r\n",
    ] {
        let mut wire = Wire::to(&portal.address).await;
        let head = format!("POST /theme HTTP/1.1\r\nHost: portal\r\nSec-Fetch-Site: same-origin\r\n{framing}\r\n");
        wire.send(format!("{head}0\r\n\r\n{smuggled}").as_bytes()).await;

        let answer = wire.rest(Duration::from_secs(1)).await;

        assert_eq!(status(&answer), 400, "{framing}: {answer}");
        assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "{framing}: {answer}");
    }
}

#[tokio::test]
async fn what_is_no_http_is_dropped_and_the_portal_goes_on() {
    let portal = Portal::start().await;

    for noise in
        [&b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc"[..], b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"\0\0\0\0\r\n\r\n"]
    {
        let mut wire = Wire::to(&portal.address).await;
        wire.send(noise).await;

        let answer = wire.rest(Duration::from_secs(1)).await;

        assert!([0, 400, 505].contains(&status(&answer)), "{answer}");
    }
    assert_eq!(portal.visitor().look("/").await.status, 303);
}
