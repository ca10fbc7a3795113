//! Faults on demand: each kind, alone and inside a batch, on the call that was meant.

use std::time::{Duration, Instant};

use reqwest::RequestBuilder;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Walk, header, read};
use crate::{Action, Fault};

/// What came back of a call.
#[derive(Debug, Default)]
struct Answer {
    /// 0 when the connection was lost.
    status: u16,
    body: Value,
    retry_after: String,
    challenge: String,
    took: Duration,
}

struct Stage {
    walk: Walk,
    group: Uuid,
    alan: Uuid,
}

impl Stage {
    async fn with(action: Action) -> Self {
        let walk = Walk::start().await;
        let (alan, group) = (walk.emulator.person_named("Alan Turing"), walk.emulator.group_named("Compiler Team"));
        walk.emulator.fault(Fault::on("POST", "/members/$ref").answer(action));
        Self { walk, group, alan }
    }

    fn signed(&self, path: &str) -> RequestBuilder {
        let token = self.walk.emulator.token(self.walk.emulator.person_named("Grace Hopper"));
        self.walk.http.post(format!("{}{path}", self.walk.emulator.graph_url())).bearer_auth(token)
    }

    fn body(&self) -> Value {
        json!({ "@odata.id": format!("{}/directoryObjects/{}", self.walk.emulator.graph_url(), self.alan) })
    }

    async fn add(&self) -> Answer {
        let started = Instant::now();
        let request = self.signed(&format!("/groups/{}/members/$ref", self.group)).json(&self.body());
        let Ok(reply) = request.send().await else {
            return Answer::default();
        };
        let (retry_after, challenge) = (header(&reply, "retry-after"), header(&reply, "www-authenticate"));
        let (status, body) = read(reply).await;
        Answer { status, body, retry_after, challenge, took: started.elapsed() }
    }

    /// Adds the member in a batch whose other part reads.
    async fn add_in_batch(&self) -> (Answer, u16) {
        let started = Instant::now();
        let url = format!("/groups/{}/members/$ref", self.group);
        let add = json!({ "id": "1", "method": "POST", "url": url, "body": self.body(),
            "headers": { "Content-Type": "application/json" } });
        let batch = json!({ "requests": [add, { "id": "2", "method": "GET", "url": "/me?$select=id" }] });
        let reply = self.signed("/$batch").json(&batch).send().await.expect("an answer");
        let (status, body) = read(reply).await;
        assert_eq!(status, 200, "{body}");
        let part = |id: &str| {
            let parts = body["responses"].as_array().cloned().unwrap_or_default();
            parts.into_iter().find(|part| part["id"] == id).unwrap_or_default()
        };
        let (first, second) = (part("1"), part("2"));
        let text = |name: &str| first["headers"][name].as_str().unwrap_or_default().to_owned();
        let answer = Answer {
            status: number(&first["status"]),
            body: first["body"].clone(),
            retry_after: text("retry-after"),
            challenge: text("www-authenticate"),
            took: started.elapsed(),
        };
        (answer, number(&second["status"]))
    }

    fn is_added(&self) -> bool {
        self.walk.emulator.is_member(self.group, self.alan)
    }
}

fn number(value: &Value) -> u16 {
    value.as_u64().and_then(|status| u16::try_from(status).ok()).unwrap_or_default()
}

/// Runs a fault alone and inside a batch; returns both answers, and whether the change was made each time.
async fn both(action: Action) -> [(Answer, bool); 2] {
    let alone = Stage::with(action.clone()).await;
    let first = alone.add().await;
    let first = (first, alone.is_added());
    let batched = Stage::with(action).await;
    let (second, other) = batched.add_in_batch().await;
    assert_eq!(other, 200, "the other part of the batch is unharmed");
    [first, (second, batched.is_added())]
}

#[tokio::test]
async fn statuses_come_with_any_retry_after() {
    let cases = [(429, None), (429, Some("2.128")), (429, Some("999999999")), (503, Some("soon")), (500, None)];
    let more = [(502, None), (504, None)];

    for (status, retry_after) in cases.into_iter().chain(more) {
        for (answer, added) in both(Action::Status(status, retry_after)).await {
            assert_eq!((answer.status, added), (status, false));
            assert_eq!(answer.retry_after, retry_after.unwrap_or_default());
            assert!(answer.body["error"]["code"].is_string());
        }
    }
}

#[tokio::test]
async fn retry_after_may_be_a_date() {
    for (answer, added) in both(Action::StatusUntil(503, Duration::from_secs(90))).await {
        let parser = jiff::fmt::rfc2822::DateTimeParser::new();
        let at = parser.parse_timestamp(&answer.retry_after).expect("a date of HTTP");
        let wait = at.as_second() - jiff::Timestamp::now().as_second();
        assert!((85..=91).contains(&wait), "{wait}");
        assert_eq!((answer.status, added), (503, false));
    }
}

#[tokio::test]
async fn a_late_failure_leaves_the_change_behind() {
    for (answer, added) in both(Action::StatusAfterApplying(504)).await {
        assert_eq!((answer.status, added), (504, true));
    }
    let [alone, batched] = both(Action::DropAfterApplying).await;
    assert_eq!((alone.0.status, alone.1), (0, true));
    assert_eq!((batched.0.status, batched.1), (504, true));
}

#[tokio::test]
async fn a_reset_before_leaves_nothing_behind() {
    let [alone, batched] = both(Action::DropBefore).await;

    assert_eq!((alone.0.status, alone.1), (0, false));
    assert_eq!((batched.0.status, batched.1), (504, false));
}

#[tokio::test]
async fn stalls_wait_on_either_side() {
    let wait = Duration::from_millis(120);

    for action in [Action::Stall(wait), Action::StallAfterApplying(wait)] {
        for (answer, added) in both(action).await {
            assert_eq!((answer.status, added), (204, true));
            assert!(answer.took >= wait, "{:?}", answer.took);
        }
    }
}

#[tokio::test]
async fn bodies_may_be_cut_foreign_or_wrong() {
    for (answer, added) in both(Action::TruncatedJson).await {
        assert_eq!((answer.status, added), (200, true));
        assert!(answer.body.is_string(), "half of the JSON is no JSON: {}", answer.body);
    }
    for (answer, added) in both(Action::HtmlPage).await {
        assert_eq!((answer.status, added), (200, false));
        assert!(answer.body.as_str().is_some_and(|page| page.starts_with("<!doctype html>")));
    }
    for (answer, added) in both(Action::ErrorBody).await {
        assert_eq!((answer.status, added), (200, false));
        assert_eq!(answer.body["error"]["code"], "InternalServerError");
    }
}

#[tokio::test]
async fn tokens_may_be_challenged_expired_or_without_consent() {
    for (answer, added) in both(Action::ClaimsChallenge).await {
        assert_eq!((answer.status, added), (401, false));
        assert!(answer.challenge.contains("error=\"insufficient_claims\", claims=\""), "{}", answer.challenge);
    }
    for (answer, added) in both(Action::ExpiredToken).await {
        assert_eq!((answer.status, added, answer.challenge.as_str()), (401, false, ""));
    }
    for (answer, added) in both(Action::ConsentMissing).await {
        assert_eq!((answer.status, added), (403, false));
        assert_eq!(answer.body["error"]["code"], "Authorization_RequestDenied");
    }
}

#[tokio::test]
async fn a_whole_batch_goes_wrong_as_one_call_does() {
    let stage = Stage::with(Action::Status(503, None)).await;
    stage.walk.emulator.clear_faults();
    let batch = json!({ "requests": [{ "id": "1", "method": "POST", "body": stage.body(),
        "url": format!("/groups/{}/members/$ref", stage.group), "headers": { "Content-Type": "application/json" } }] });
    let meet = async |action: Action| {
        stage.walk.emulator.remove_member(stage.group, stage.alan);
        stage.walk.emulator.fault(Fault::on("POST", "$batch").answer(action));
        let reply = stage.signed("/$batch").json(&batch).send().await;
        let answer = match reply {
            Ok(reply) => read(reply).await,
            Err(_) => (0, Value::Null),
        };
        (answer.0, answer.1.is_string(), stage.is_added())
    };

    assert_eq!(meet(Action::Status(503, None)).await, (503, false, false));
    assert_eq!(meet(Action::DropBefore).await, (0, false, false));
    assert_eq!(meet(Action::DropAfterApplying).await, (0, false, true));
    assert_eq!(meet(Action::StatusAfterApplying(504)).await, (504, false, true));
    assert_eq!(meet(Action::TruncatedJson).await, (200, true, true));
}

#[tokio::test]
async fn the_nth_call_is_the_one() {
    let walk = Walk::start().await;
    walk.emulator.fault(Fault::on("GET", "/me").nth(3).times(2).answer(Action::Status(500, None)));

    let mut statuses = Vec::new();
    for _ in 0..6 {
        statuses.push(walk.get("Alan Turing", "/me?$select=id").await.0);
    }

    assert_eq!(statuses, [200, 200, 500, 500, 200, 200]);
}
