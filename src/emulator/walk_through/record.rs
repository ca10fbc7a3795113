//! The record of exchanges: what is in it, and what never is.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{CLIENT, Walk, field, read};
use crate::{Action, Fault};

/// A walk that is written down, and the file it is written to.
async fn written_down() -> (Walk, std::path::PathBuf) {
    let path = std::env::temp_dir().join(format!("exchanges-{}", Uuid::new_v4()));
    let walk = Walk::start_with(|options| options.exchanges = Some(path.clone())).await;
    (walk, path)
}

fn lines(path: &std::path::Path) -> (String, Vec<Value>) {
    let text = std::fs::read_to_string(path).expect("the record is there");
    std::fs::remove_file(path).expect("the record can be removed");
    let lines = text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect();
    (text, lines)
}

#[tokio::test]
async fn a_batch_is_written_down_after_each_of_its_parts() {
    let (walk, path) = written_down().await;
    walk.emulator.fault(Fault::on("GET", "/me").answer(Action::Status(503, None)));
    let token = walk.emulator.token(walk.emulator.person_named("Grace Hopper"));
    let body = json!({ "requests": [
        { "id": "a", "method": "GET", "url": "/me?$select=id" },
        { "id": "b", "method": "GET", "url": "/me/memberOf" },
    ]});
    let request = walk.http.post(format!("{}/$batch", walk.emulator.graph_url())).bearer_auth(&token).json(&body);

    let (status, _) = read(request.send().await.expect("an answer")).await;

    assert_eq!(status, 200);
    let (text, lines) = lines(&path);
    assert!(!text.contains(&token));
    let told: Vec<_> = lines.iter().map(|line| (line["target"].clone(), line["status"].clone())).collect();
    assert_eq!(
        told,
        [
            (json!("/v1.0/me?$select=id"), json!(503)),
            (json!("/v1.0/me/memberOf"), json!(200)),
            (json!("/v1.0/$batch"), json!(200)),
        ]
    );
    assert_eq!((&lines[0]["fault"], &lines[1]["fault"]), (&json!("Status"), &Value::Null));
    assert_eq!(lines[1]["who"]["kind"], "delegated");
    assert_eq!(lines[2]["body"]["json"], body);
    assert_eq!(lines[2]["answer"]["body"]["responses"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn no_secret_is_written_down() {
    let (walk, path) = written_down().await;

    let (address, _) = walk.sign_in("Grace Hopper").await;
    let code = field(&address, "code");
    let (_, tokens) = walk.redeem(&code).await;

    let (text, lines) = lines(&path);
    let access = tokens["access_token"].as_str().expect("a token");
    let identity = tokens["id_token"].as_str().expect("a token");
    for secret in [access, identity, &code, "a secret", "a+secret", "a%20secret", "a verifier of enough"] {
        assert!(!text.contains(secret), "{secret} is in {text}");
    }
    assert_eq!(lines.len(), 2);
    assert!(text.contains(&CLIENT.to_string()), "what is no secret stays");
}
