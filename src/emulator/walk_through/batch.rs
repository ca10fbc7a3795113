//! `$batch`: order, dependencies, limits.

use serde_json::{Value, json};
use uuid::Uuid;

use super::Walk;
use super::ask::code;

async fn batch(walk: &Walk, requests: Value) -> (u16, Value) {
    walk.send("POST", "Grace Hopper", "/$batch", Some(json!({ "requests": requests }))).await
}

fn part<'a>(reply: &'a Value, id: &str) -> &'a Value {
    let parts = reply["responses"].as_array().expect("responses");
    parts.iter().find(|part| part["id"] == id).expect("the part")
}

#[tokio::test]
async fn each_part_is_answered_on_its_own_and_in_another_order() {
    let walk = Walk::start().await;
    let grace = walk.emulator.person_named("Grace Hopper");
    let group = walk.emulator.group_named("Compiler Team");
    let requests = json!([
        { "id": "a", "method": "GET", "url": "/me?$select=id" },
        { "id": "b", "method": "DELETE", "url": format!("/groups/{group}/members/{}/$ref", Uuid::nil()) },
        { "id": "c", "method": "GET", "url": "/me", "dependsOn": ["B"] },
        { "id": "d", "method": "GET", "url": "/me", "dependsOn": ["c"] },
        { "id": "e", "method": "DELETE", "url": format!("groups/{group}/members/{grace}/$ref") },
    ]);

    let (status, reply) = batch(&walk, requests.clone()).await;
    let (_, again) = batch(&walk, requests).await;

    let ids = |reply: &Value| {
        let parts = reply["responses"].as_array().cloned().unwrap_or_default();
        parts.iter().map(|part| part["id"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(status, 200);
    assert_eq!(["a", "b", "c", "d", "e"].map(|id| part(&reply, id)["status"].clone()), [200, 404, 424, 424, 204]);
    assert!(part(&reply, "e").get("body").is_none());
    assert_ne!(ids(&reply), ["a", "b", "c", "d", "e"]);
    assert_eq!(ids(&reply), ids(&again));
    // The batch, and its parts without those whose dependency failed.
    assert_eq!(walk.emulator.calls().len(), 2 * 4);
    assert!(!walk.emulator.is_member(group, grace));
}

#[tokio::test]
async fn what_is_malformed_refuses_the_whole_batch() {
    let walk = Walk::start().await;
    let me = |id: &str| json!({ "id": id, "method": "GET", "url": "/me" });
    let add = json!({ "id": "1", "method": "POST", "url": "/groups/x/members/$ref", "body": { "@odata.id": "x" } });
    let renew = json!({ "id": "1", "method": "POST", "url": "/groups/x/renew" });
    let twenty_one: Vec<Value> = (0..21).map(|n| me(&n.to_string())).collect();

    for requests in [
        json!([]),
        json!(twenty_one),
        json!([me("a"), me("A")]),
        json!([{ "id": "1", "method": "GET", "url": "/me", "dependsOn": ["2"] }]),
        json!([add]),
        json!([renew]),
        json!([{ "id": "1", "method": "POST", "url": "/$batch", "body": {} }]),
    ] {
        let (status, reply) = batch(&walk, requests.clone()).await;
        assert_eq!((status, code(&reply)), (400, "BadRequest"), "{requests}");
    }
    let twenty = batch(&walk, json!(twenty_one[..20])).await;
    assert_eq!((twenty.0, twenty.1["responses"].as_array().map(Vec::len)), (200, Some(20)));
}

#[tokio::test]
async fn parts_carry_their_own_headers_links_and_files() {
    let walk = Walk::start().await;
    let search = "/users?$search=\"displayName:grace\"&$select=id";
    let json_type = json!({ "Content-Type": "application/json" });
    let group = walk.emulator.group_named("Reading Circle");
    let requests = json!([
        { "id": "bare", "method": "GET", "url": search },
        { "id": "level", "method": "GET", "url": search, "headers": { "ConsistencyLevel": "eventual" } },
        { "id": "page", "method": "GET", "url": "/groups?$select=id&$top=2" },
        { "id": "photo", "method": "GET", "url": "/me/photo/$value" },
        { "id": "renew", "method": "POST", "url": format!("/groups/{group}/renew"), "headers": json_type, "body": {} },
    ]);

    let (_, reply) = batch(&walk, requests).await;

    assert_eq!((&part(&reply, "bare")["status"], &part(&reply, "level")["status"]), (&json!(400), &json!(200)));
    let link = part(&reply, "page")["body"]["@odata.nextLink"].as_str().unwrap_or_default();
    assert!(link.starts_with(&format!("{}/groups?", walk.emulator.graph_url())), "{link}");
    assert_eq!(part(&reply, "photo")["headers"]["Content-Type"], "image/png");
    // The first bytes of a PNG in base64.
    assert!(part(&reply, "photo")["body"].as_str().is_some_and(|body| body.starts_with("iVBORw0KGgo")));
    assert_eq!(part(&reply, "renew")["status"], 403);
}
