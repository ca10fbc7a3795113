//! The demo as people start it: the real program with a large company.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

use crate::support::portal::client;

struct Demo(Child);

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test]
async fn a_large_company_is_ready_when_it_says_so() {
    let wishes =
        ["demo", "--listen", "127.0.0.1:0", "--people", "400", "--groups", "150", "--members", "6", "--seed", "5"];
    let child = Command::new(env!("CARGO_BIN_EXE_roster"))
        .args(wishes)
        .env_clear()
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut demo = Demo(child);
    let mut lines = BufReader::new(demo.0.stdout.take().unwrap()).lines();

    let ready = lines.next().unwrap().unwrap();
    let address = ready.strip_prefix("Roster is ready at ").unwrap().trim_end_matches('/');
    let introduction: Vec<String> = lines.by_ref().take(8).map_while(Result::ok).collect();
    let to_directory = client().get(format!("{address}/sign-in")).send().await.unwrap();
    let who = to_directory.headers()["location"].to_str().unwrap().to_owned();
    let page = client().get(who).send().await.unwrap().text().await.unwrap();

    assert!(introduction.iter().any(|line| line.contains("Grace Hopper")), "{introduction:?}");
    assert!(page.contains("Alan Turing"), "{page}");
    assert!(page.contains("394 more people are not listed"), "{page}");
}
