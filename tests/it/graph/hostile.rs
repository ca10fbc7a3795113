//! Answers that no directory would give: links and redirects that lead elsewhere, circles, a body that never ends.

use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use roster::graph::{Error, Graph, Limits};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use super::{NOBODY, short, token};

const ME: &str = r#"{"id":"00000000-0000-0000-0000-000000000001","displayName":"Grace Hopper"}"#;

/// A server that gives prepared answers in turn, the last one for ever, and notes what it was asked on which connection.
#[derive(Clone)]
struct Puppet {
    port: u16,
    asked: Arc<Mutex<Vec<(usize, String)>>>,
    pause: Arc<Mutex<Option<Duration>>>,
}

impl Puppet {
    async fn start(answers: Vec<String>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let port = listener.local_addr().expect("a listener has an address").port();
        let puppet = Self { port, asked: Arc::default(), pause: Arc::default() };
        let (served, answers) = (puppet.clone(), Arc::new(answers));
        tokio::spawn(async move {
            for connection in 1.. {
                let Ok((stream, _)) = listener.accept().await else { return };
                tokio::spawn(served.clone().serve(connection, stream, answers.clone()));
            }
        });
        puppet
    }

    async fn serve(self, connection: usize, mut stream: TcpStream, answers: Arc<Vec<String>>) {
        let mut head = Vec::new();
        while let Ok(byte) = stream.read_u8().await {
            head.push(byte);
            if head.ends_with(b"\r\n\r\n") {
                let turn = {
                    let mut asked = self.asked.lock().expect("no test panics while it holds this");
                    asked.push((connection, String::from_utf8_lossy(&head).into_owned()));
                    asked.len().min(answers.len()) - 1
                };
                if self.write(&mut stream, answers[turn].as_bytes()).await.is_err() {
                    return;
                }
                head.clear();
            }
        }
    }

    /// Writes an answer, byte by byte when it drips.
    async fn write(&self, stream: &mut TcpStream, answer: &[u8]) -> std::io::Result<()> {
        let pause = *self.pause.lock().expect("no test panics while it holds this");
        let Some(pause) = pause else { return stream.write_all(answer).await };
        for byte in answer {
            stream.write_u8(*byte).await?;
            tokio::time::sleep(pause).await;
        }
        Ok(())
    }

    /// Lets so much time pass between two bytes.
    fn dripping(self, pause: Duration) -> Self {
        *self.pause.lock().expect("no test panics while it holds this") = Some(pause);
        self
    }

    fn graph(&self, limits: Limits) -> Graph {
        let base = format!("http://127.0.0.1:{}/v1.0", self.port);
        Graph::new(base.parse().expect("this is an address"), limits).expect("the client can be made")
    }

    fn asked(&self) -> Vec<(usize, String)> {
        self.asked.lock().expect("no test panics while it holds this").clone()
    }
}

fn answer(status: &str, header: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\n{header}content-length: {}\r\n\r\n{body}", body.len())
}

fn page(next: &str) -> String {
    answer("200 OK", "", &serde_json::json!({ "value": [], "@odata.nextLink": next }).to_string())
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = Puppet::start(vec![answer("200 OK", "", ME)]).await;
    let location = format!("location: http://127.0.0.1:{}/v1.0/me\r\n", elsewhere.port);
    let here = Puppet::start(vec![answer("302 Found", &location, "")]).await;

    let me = here.graph(Limits::default()).person(&token("secret")).me().await;

    assert_eq!(me, Err(Error::Garbled));
    assert!(elsewhere.asked().is_empty());
}

#[tokio::test]
async fn a_link_to_another_host_never_carries_the_token_there() {
    let elsewhere = Puppet::start(vec![answer("200 OK", "", r#"{"value":[]}"#)]).await;
    let link = format!("http://127.0.0.1:{}/v1.0/me/ownedObjects?$skiptoken=x", elsewhere.port);
    let here = Puppet::start(vec![page(&link), answer("200 OK", "", r#"{"value":[]}"#)]).await;

    let owned = here.graph(Limits::default()).person(&token("secret")).owned().await;

    assert_eq!(owned, Ok(Vec::new()));
    assert!(elsewhere.asked().is_empty());
    assert!(here.asked()[1].1.starts_with("GET /v1.0/me/ownedObjects?$skiptoken=x HTTP/1.1"));
}

#[tokio::test]
async fn a_link_outside_the_base_or_in_a_circle_is_not_followed() {
    for (links, asked) in [(vec!["/beta/me"], 1), (vec!["/v1.0/a?$skiptoken=1", "/v1.0/a?$skiptoken=1"], 2)] {
        let here = Puppet::start(links.into_iter().map(page).collect()).await;

        let owned = here.graph(Limits::default()).person(&token("secret")).owned().await;

        assert_eq!(owned, Err(Error::Garbled));
        assert_eq!(here.asked().len(), asked);
    }
}

#[tokio::test]
async fn a_try_after_503_has_a_connection_of_its_own() {
    for (status, connections) in [("503 Service Unavailable", [1, 2]), ("500 Internal Server Error", [1, 1])] {
        let here = Puppet::start(vec![answer(status, "", ""), answer("200 OK", "", ME)]).await;

        let me = here.graph(Limits::default()).person(&token("secret")).me().await;

        assert!(me.is_ok());
        assert_eq!(here.asked().iter().map(|(connection, _)| *connection).collect::<Vec<_>>(), connections, "{status}");
    }
}

#[tokio::test]
async fn no_later_try_goes_back_to_the_connection_that_answered_503() {
    let answers = ["503 Service Unavailable", "500 Internal Server Error"].map(|status| answer(status, "", ""));
    let here = Puppet::start([&answers[..], &[answer("200 OK", "", ME)]].concat()).await;

    let me = here.graph(Limits::default()).person(&token("secret")).me().await;

    assert!(me.is_ok());
    let connections: Vec<usize> = here.asked().iter().map(|(connection, _)| *connection).collect();
    assert_eq!((connections.len(), connections.iter().filter(|connection| **connection == 1).count()), (3, 1));
}

#[tokio::test]
async fn a_body_that_stops_half_way_ends_at_the_deadline() {
    let here = Puppet::start(vec!["HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"id\":".into()]).await;
    let started = Instant::now();

    let me = here.graph(short()).person(&token("secret")).me().await;

    assert_eq!(me, Err(Error::Unavailable));
    assert!(started.elapsed() < Duration::from_secs(2));
}

#[tokio::test]
async fn an_answer_that_is_not_what_was_asked_for_is_garbled() {
    // Good but for its length.
    let long = format!(r#"{{"id":"{NOBODY}","displayName":"Grace","aboutMe":"{}"}}"#, "9".repeat(17 * 1024 * 1024));
    for body in [
        "",
        "null",
        "[]",
        r#"{"error":{"code":"x","message":"y"}}"#,
        r#"{"id":7}"#,
        r#"{"id":"00000000-0000-0000-0000-000000000001","displayName":["Grace"]}"#,
        r#"{"id":"00000000-0000-0000-0000-000000000001","id":"00000000-0000-0000-0000-000000000002"}"#,
        r#"{"id":"00000000-0000-0000-0000-000000000001","displayName":"\ud800"}"#,
        &long,
    ] {
        let here = Puppet::start(vec![answer("200 OK", "", body)]).await;

        let me = here.graph(Limits::default()).person(&token("secret")).me().await;

        assert_eq!(me, Err(Error::Garbled), "{}", &body[..body.len().min(80)]);
    }
}

#[tokio::test]
async fn a_round_without_changes_may_end_with_the_link_it_began_with() {
    let link = "/v1.0/groups/delta?$deltatoken=x";
    let last = serde_json::json!({ "value": [], "@odata.deltaLink": format!("https://graph.microsoft.com{link}") });
    let here = Puppet::start(vec![answer("200 OK", "", &last.to_string())]).await;
    let (graph, token) = (here.graph(Limits::default()), token("secret"));

    let mut round = graph.person(&token).reader().changes_since(link).expect("the link is one of ours");

    assert_eq!(round.next_page().await, Ok(Some(Vec::new())));
    assert_eq!(round.next_page().await, Ok(None));
    assert_eq!(round.link().as_deref(), Ok(link));
}

#[tokio::test]
async fn two_answers_to_one_read_of_a_batch_are_no_answer() {
    let part = |id: &str, kind: &str| {
        let group = serde_json::json!({ "id": NOBODY, "@odata.type": kind });
        serde_json::json!({ "id": id, "status": 200, "body": { "value": [group] } })
    };
    let group = "#microsoft.graph.group";
    let [once, twice] =
        [vec![part("1", group), part("0", group)], vec![part("0", ""), part("1", group), part("0", group)]]
            .map(|parts| serde_json::json!({ "responses": parts }).to_string());

    for (body, is_read) in [(once, true), (twice, false)] {
        let here = Puppet::start(vec![answer("200 OK", "", &body)]).await;

        let mine = here.graph(Limits::default()).person(&token("secret")).memberships().await;

        assert_eq!(mine.is_ok(), is_read, "{mine:?}");
        assert!(is_read || mine == Err(Error::Garbled), "{mine:?}");
    }
}

#[tokio::test]
async fn an_answer_that_drips_ends_at_the_deadline() {
    let here = Puppet::start(vec![answer("200 OK", "", ME)]).await.dripping(Duration::from_millis(60));
    let started = Instant::now();

    let me = here.graph(short()).person(&token("secret")).me().await;

    assert_eq!(me, Err(Error::Unavailable));
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
}

#[tokio::test]
async fn statuses_that_are_no_answer_to_a_read_are_garbled() {
    for status in
        ["201 Created", "202 Accepted", "204 No Content", "206 Partial Content", "304 Not Modified", "307 T", "399 X"]
    {
        let body = if status.starts_with("204") || status.starts_with("304") { "" } else { ME };
        let here = Puppet::start(vec![answer(status, "", body)]).await;

        let me = here.graph(short()).person(&token("secret")).me().await;

        assert_eq!(me, Err(Error::Garbled), "{status}");
        assert_eq!(here.asked().len(), 1, "{status}");
    }
}

#[tokio::test]
async fn an_early_hint_is_passed_over() {
    let early = "HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n";
    let here = Puppet::start(vec![early.to_owned() + &answer("200 OK", "", ME)]).await;

    assert!(here.graph(short()).person(&token("secret")).me().await.is_ok());
}

#[tokio::test]
async fn what_a_call_really_cost_is_what_counts() {
    for (told, waits) in [("1", false), ("6", true), ("4294967295", true), ("-1", false), ("many", false)] {
        let header = format!("x-ms-resource-unit: {told}\r\n");
        let here = Puppet::start(vec![answer("200 OK", &header, ME)]).await;
        let (graph, token) = (here.graph(Limits { units: 10, ..Limits::default() }), token("secret"));
        graph.person(&token).me().await.unwrap();
        let started = Instant::now();

        graph.person(&token).me().await.unwrap();

        assert_eq!(started.elapsed() >= Duration::from_millis(900), waits, "{told}: {:?}", started.elapsed());
    }
}
