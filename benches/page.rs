//! What a whole page costs over HTTP: the list of groups of a real portal, for somebody who is signed in, with its database,
//! beside a bare handler that returns the same bytes. Both are asked in turns by the same client, in one run.
//!
//! `cargo bench --bench page` measures; `docs/performance.md` says what came out on which machine.

#![allow(missing_docs, dead_code, clippy::unwrap_used)]

#[path = "../tests/it/support/mod.rs"]
mod support;

use std::time::{Duration, Instant};

use axum::{Router, http::header, routing::get};
use roster_emulator::{Company, Group};
use tokio::{net::TcpListener, task::JoinSet};
use uuid::Uuid;

use support::{many, portal::Setup};

const GROUPS: u128 = 10_000;
const ROUNDS: usize = 9;
const REQUESTS: usize = 300;
const AT_ONCE: usize = 8;

/// Lets every group take part, as so many forms of an administrator would.
const DESIGNATE_ALL: &str = r#"
    INSERT INTO designation (group_id, terms, version, designated_by, designated_by_name, designated_at, changed_at, change)
    SELECT id, '{"guests_may_ask":false,"reason_required":true,"open_days":14,"cool_down_days":7,"gives":""}', 1,
           '00000000-0000-4000-8000-000000000001', 'Ada Lovelace', 0, 0, (SELECT number + 1 FROM head WHERE name = 'change')
    FROM directory_group WHERE id NOT IN (SELECT group_id FROM designation);
    UPDATE head SET number = number + 1 WHERE name = 'change';
"#;

#[tokio::main]
async fn main() {
    let mut company = Company::contoso();
    let mut names = many::Company::new(7);
    let id = |n| Uuid::from_u128(0x4000_8000_0000_0000_0000 + n);
    company.groups.extend((0..GROUPS).map(|n| Group::security(id(n), &names.name())));
    let portal = Setup { company, ..Setup::default() }.start().await;
    portal.database.tamper(DESIGNATE_ALL).await.unwrap();
    let alan = portal.sign_in("Alan Turing").await;
    let cookie = alan.jar.header();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();

    println!("{GROUPS} groups, SQLite, client and server on the same cores; medians of {ROUNDS} rounds");
    for path in ["/help", "/groups", "/groups?q=finance", "/groups?q=finanec+planning"] {
        let page = Asking { client: client.clone(), url: format!("{}{path}", portal.address), cookie: cookie.clone() };
        let body = page.once().await;
        let bare = Asking { url: bare_handler(body.clone()).await, ..page.clone() };
        assert_eq!(bare.once().await, body);

        compare(path, body.len(), &page, &bare).await;
    }
}

/// Serves some bytes and does nothing else.
async fn bare_handler(body: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let answer = move || async move { ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], body) };
    tokio::spawn(async { axum::serve(listener, Router::new().route("/", get(answer))).await });
    url
}

#[derive(Clone)]
struct Asking {
    client: reqwest::Client,
    url: String,
    cookie: String,
}

impl Asking {
    async fn once(&self) -> String {
        let answer = self.client.get(&self.url).header("cookie", &self.cookie).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{}", self.url);
        answer.text().await.unwrap()
    }

    /// Asks one after the other, and returns the time for each.
    async fn in_turn(&self) -> Duration {
        let begun = Instant::now();
        for _ in 0..REQUESTS {
            self.once().await;
        }
        begun.elapsed() / u32::try_from(REQUESTS).unwrap()
    }

    /// Asks several at once, and returns how many were answered in a second.
    async fn at_once(&self) -> f64 {
        let begun = Instant::now();
        let mut tasks = JoinSet::new();
        for _ in 0..AT_ONCE {
            let asking = self.clone();
            tasks.spawn(async move { asking.in_turn().await });
        }
        tasks.join_all().await;
        #[allow(clippy::cast_precision_loss)] // a few thousand
        let asked = (AT_ONCE * REQUESTS) as f64;
        asked / begun.elapsed().as_secs_f64()
    }
}

async fn compare(path: &str, bytes: usize, page: &Asking, bare: &Asking) {
    let (mut alone, mut crowd) = ([vec![], vec![]], [vec![], vec![]]);
    for _ in 0..ROUNDS {
        for (number, asking) in [page, bare].into_iter().enumerate() {
            alone[number].push(asking.in_turn().await.as_secs_f64() * 1e6);
            crowd[number].push(asking.at_once().await);
        }
    }
    let [page_alone, bare_alone] = alone.map(median);
    let [page_crowd, bare_crowd] = crowd.map(median);
    println!(
        "{path:<28} {bytes:>6} bytes  one by one {page_alone:>6.0} µs, bare {bare_alone:>5.0} µs, ratio {:.2}  \
         {AT_ONCE} at once {page_crowd:>6.0}/s, bare {bare_crowd:>6.0}/s, ratio {:.2}",
        page_alone / bare_alone,
        bare_crowd / page_crowd,
    );
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}
