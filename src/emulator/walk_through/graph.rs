//! Graph: who may do what, pages, batches, faults.

use std::time::Duration;

use serde_json::{Value, json};

use super::Walk;
use crate::{Action, Fault};

#[tokio::test]
async fn owners_add_members_and_nobody_else_does() {
    let walk = Walk::start().await;
    let alan = walk.emulator.person_named("Alan Turing");

    let refused = walk.add("Alan Turing", "Compiler Team", alan).await.expect("an answer");
    let added = walk.add("Grace Hopper", "Compiler Team", alan).await.expect("an answer");
    let again = walk.add("Grace Hopper", "Compiler Team", alan).await.expect("an answer");
    let synced = walk.add("Grace Hopper", "Payroll", alan).await.expect("an answer");

    assert_eq!(refused.1["error"]["code"], "Authorization_RequestDenied");
    assert_eq!(added.0, 204);
    assert_eq!(again.0, 400);
    let message = again.1["error"]["message"].as_str().unwrap_or_default();
    assert!(message.contains("already exist"), "{message}");
    assert_eq!(synced.0, 400);
    let calls = walk.emulator.calls();
    assert_eq!(calls.iter().map(|call| call.status).collect::<Vec<_>>(), [403, 204, 400, 400]);
    assert!(calls[0].path.ends_with("/members/$ref"));
}

#[tokio::test]
async fn a_lost_answer_leaves_the_change_behind() {
    let walk = Walk::start().await;
    let alan = walk.emulator.person_named("Alan Turing");
    let group = walk.emulator.group_named("Compiler Team");
    walk.emulator.fault(Fault::on("POST", "/members/$ref").answer(Action::DropBefore));
    walk.emulator.fault(Fault::on("POST", "/members/$ref").answer(Action::DropAfterApplying));

    let first = walk.add("Grace Hopper", "Compiler Team", alan).await;
    let unchanged = !walk.emulator.is_member(group, alan);
    let second = walk.add("Grace Hopper", "Compiler Team", alan).await;

    assert!(first.is_err() && second.is_err());
    assert!(unchanged);
    assert!(walk.emulator.is_member(group, alan));
}

#[tokio::test]
async fn filtered_reads_of_members_lag_behind() {
    let walk = Walk::start().await;
    walk.emulator.set_read_lag(Duration::from_secs(60));
    let (alan, group) = (walk.emulator.person_named("Alan Turing"), walk.emulator.group_named("Compiler Team"));
    let filtered = format!("/groups/{group}/members?$filter=id%20eq%20'{alan}'&$count=true&$select=id");

    walk.add("Grace Hopper", "Compiler Team", alan).await.expect("an answer");
    let (_, stale) = walk.get("Grace Hopper", &filtered).await;
    let (_, plain) = walk.get("Grace Hopper", &format!("/groups/{group}/members?$select=id")).await;
    walk.emulator.advance_clock(61);
    let (_, fresh) = walk.get("Grace Hopper", &filtered).await;

    assert_eq!(stale["@odata.count"], 0);
    assert_eq!(plain["value"].as_array().map(Vec::len), Some(4));
    assert_eq!(fresh["@odata.count"], 1);
}

#[tokio::test]
async fn pages_link_to_the_next_and_end() {
    let walk = Walk::start().await;
    let (_, all) = walk.get("Grace Hopper", "/groups?$select=id").await;

    let mut path = "/groups?$select=id&$top=10".to_owned();
    let mut seen = Vec::new();
    while !path.is_empty() {
        let (_, page) = walk.get("Grace Hopper", &path).await;
        seen.extend(page["value"].as_array().cloned().unwrap_or_default());
        let link = page["@odata.nextLink"].as_str().unwrap_or_default().to_owned();
        path = link.strip_prefix(&walk.emulator.graph_url()).unwrap_or_default().to_owned();
    }

    assert_eq!(all["value"].as_array(), Some(&seen));
    assert_eq!(seen.len(), 21);
}

#[tokio::test]
async fn what_the_token_does_not_show_is_null() {
    let walk = Walk::start().await;
    let alan = walk.emulator.person_named("Alan Turing");

    let (_, seen) = walk.get("Grace Hopper", &format!("/users/{alan}?$select=displayName,jobTitle")).await;
    let (_, own) = walk.get("Alan Turing", "/me?$select=jobTitle").await;
    let stewards = walk.emulator.group_named("Data Stewards");
    let (_, outsider) = walk.get("Alan Turing", &format!("/groups/{stewards}/members")).await;
    let (_, member) = walk.get("Mary Jackson", &format!("/groups/{stewards}/members")).await;
    let (guest, _) = walk.get("Tim Berners", "/groups").await;

    assert_eq!((&seen["displayName"], &seen["jobTitle"]), (&json!("Alan Turing"), &Value::Null));
    assert_eq!(own["jobTitle"], "Research engineer");
    assert_eq!(outsider["value"], json!([]));
    assert_eq!(member["value"].as_array().map(Vec::len), Some(3));
    assert_eq!(guest, 403);
}

#[tokio::test]
async fn deleting_a_member_without_ref_is_noted() {
    let walk = Walk::start().await;
    let grace = walk.emulator.person_named("Grace Hopper");
    let group = walk.emulator.group_named("Compiler Team");

    let request = walk.http.delete(format!("{}/groups/{group}/members/{grace}", walk.emulator.graph_url()));
    let reply = request.bearer_auth(walk.emulator.token(grace)).send().await.expect("an answer");

    assert_eq!(reply.status().as_u16(), 403);
    assert_eq!(walk.emulator.violations().len(), 1);
}

#[tokio::test]
async fn a_revoked_token_and_a_stopped_server_are_noticed() {
    let walk = Walk::start().await;
    let alan = walk.emulator.person_named("Alan Turing");
    let token = walk.emulator.token(alan);
    let me = format!("{}/me", walk.emulator.graph_url());

    walk.emulator.revoke_sessions(alan);
    let revoked = walk.http.get(&me).bearer_auth(&token).send().await.expect("an answer").status().as_u16();
    walk.emulator.stop().await;
    walk.emulator.stop().await;
    let stopped = walk.http.get(&me).bearer_auth(&token).send().await;

    assert_eq!(revoked, 401);
    assert!(stopped.is_err());
}
