//! Throttling: limits, headers, waiting, and each part of a batch on its own.

use reqwest::Response;
use serde_json::json;

use super::{CLIENT, Walk, header, read};
use crate::{Options, Throttling};

const TINY: Throttling = Throttling { units: 10, writes: 2, audits: 1 };

async fn get(walk: &Walk, path: &str) -> Response {
    let token = walk.emulator.token(walk.emulator.person_named("Hedy Lamarr"));
    let address = format!("{}{path}", walk.emulator.graph_url());
    walk.http.get(address).bearer_auth(token).send().await.expect("an answer")
}

#[tokio::test]
async fn calls_beyond_the_limit_wait_as_long_as_they_are_told() {
    let walk = Walk::start().await;
    walk.emulator.set_throttling(Some(TINY));

    let mut replies = Vec::new();
    for _ in 0..12 {
        replies.push(get(&walk, "/me?$select=id").await);
    }
    let refused = replies.pop().expect("the twelfth");
    let tenant = Options::new(CLIENT, "", &[]).tenant_id;
    let scope = format!("Tenant_Application/ReadWrite/{CLIENT}/{tenant}");
    let wait: f64 = header(&refused, "retry-after").parse().expect("seconds with decimals");
    let share: f64 = header(&refused, "x-ms-throttle-limit-percentage").parse().expect("a share");
    assert_eq!(header(&refused, "x-ms-throttle-scope"), scope);
    assert_eq!(header(&refused, "x-ms-throttle-information"), "ResourceUnitLimitExceeded");
    assert_eq!(header(&refused, "x-ms-resource-unit"), "1");
    let (status, body) = read(refused).await;
    assert_eq!((status, &body["error"]["code"]), (429, &json!("TooManyRequests")));
    assert_eq!(body["error"]["message"], "Please retry again later.");
    assert_eq!(body["error"]["innerError"]["status"], "429");
    assert_eq!(body["error"]["innerError"]["message"], "Please retry after");

    let statuses: Vec<u16> = replies.iter().map(|reply| reply.status().as_u16()).collect();
    assert_eq!(&statuses[..10], [200; 10]);
    assert_eq!(header(&replies[0], "x-ms-throttle-limit-percentage"), "");
    assert_ne!(header(&replies[9], "x-ms-throttle-limit-percentage"), "");
    // The refused calls counted too: one unit comes back each second.
    assert!(share > 1.0 && wait > 1.5, "{share} {wait}");
    walk.emulator.advance_clock(3);
    assert_eq!(get(&walk, "/me?$select=id").await.status().as_u16(), 200);
}

#[tokio::test]
async fn writes_have_a_limit_of_their_own() {
    let walk = Walk::start().await;
    walk.emulator.set_throttling(Some(TINY));
    let people = ["Alan Turing", "Ken Thompson", "Jean Bartik"].map(|name| walk.emulator.person_named(name));

    let mut statuses = Vec::new();
    for person in people {
        statuses.push(walk.add("Grace Hopper", "Compiler Team", person).await.expect("an answer").0);
    }

    assert_eq!(statuses, [204, 204, 429]);
    assert!(!walk.emulator.is_member(walk.emulator.group_named("Compiler Team"), people[2]));
    assert_eq!(get(&walk, "/me").await.status().as_u16(), 200);
}

#[tokio::test]
async fn applications_have_buckets_of_their_own() {
    let walk = Walk::start_with(|options| {
        options.service = Some(crate::ClientRegistration::new(uuid::Uuid::from_u128(5), "another", &[]));
    })
    .await;
    walk.emulator.set_throttling(Some(Throttling { units: 1, ..TINY }));
    let app = walk.emulator.app_token(&["GroupMember.Read.All"]);
    let groups = format!("{}/groups?$select=id", walk.emulator.graph_url());

    let first = get(&walk, "/me?$select=id").await.status().as_u16();
    let second = get(&walk, "/me?$select=id").await.status().as_u16();
    let service = walk.http.get(groups).bearer_auth(app).send().await.expect("an answer").status().as_u16();

    assert_eq!((first, second, service), (200, 429, 200));
}

#[tokio::test]
async fn each_part_of_a_batch_is_throttled_on_its_own() {
    let walk = Walk::start().await;
    walk.emulator.set_throttling(Some(Throttling { units: 2, ..TINY }));
    let part = |id: usize| json!({ "id": id.to_string(), "method": "GET", "url": "/me?$select=id" });
    let body = json!({ "requests": [part(1), part(2), part(3)] });

    let request = walk.http.post(format!("{}/$batch", walk.emulator.graph_url()));
    let token = walk.emulator.token(walk.emulator.person_named("Grace Hopper"));
    let (status, reply) = read(request.bearer_auth(token).json(&body).send().await.expect("an answer")).await;

    assert_eq!(status, 200);
    let parts = reply["responses"].as_array().cloned().unwrap_or_default();
    let status_of = |id: &str| parts.iter().find(|part| part["id"] == id).map(|part| part["status"].clone());
    assert_eq!([status_of("1"), status_of("2"), status_of("3")], [200, 200, 429].map(|status| Some(json!(status))));
    let refused = parts.iter().find(|part| part["status"] == 429).expect("the refused part");
    assert!(refused["headers"]["retry-after"].is_string(), "{refused}");
    assert_eq!(refused["body"]["error"]["innerError"]["code"], "429");
}

#[test]
fn the_documented_limits_depend_on_the_number_of_people() {
    let units = |people| Throttling::documented(people).units;

    assert_eq!([units(49), units(50), units(500), units(501)], [3_500, 5_000, 5_000, 8_000]);
    assert_eq!(Throttling::documented(1).writes, 3_000);
}
