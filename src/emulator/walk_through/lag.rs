//! Reads that lag behind: who sees which change when.

use std::time::Duration;

use super::{Walk, read};
use serde_json::Value;

const LAG: i64 = 60;

async fn lagging() -> Walk {
    let walk = Walk::start().await;
    walk.emulator.set_read_lag(Duration::from_secs(LAG.unsigned_abs()));
    walk
}

async fn count(walk: &Walk, person: &str, path: &str) -> usize {
    walk.get(person, path).await.1["value"].as_array().map_or(0, Vec::len)
}

#[tokio::test]
async fn who_wrote_sees_it_at_once_and_others_later() {
    let walk = lagging().await;
    let (alan, group) = (walk.emulator.person_named("Alan Turing"), walk.emulator.group_named("Compiler Team"));
    let members = format!("/groups/{group}/members?$select=id");
    let mine = "/me/memberOf?$select=id";

    walk.add("Grace Hopper", "Compiler Team", alan).await.expect("an answer");

    assert_eq!(count(&walk, "Grace Hopper", &members).await, 4);
    assert_eq!(count(&walk, "Mary Jackson", &members).await, 3);
    assert_eq!(count(&walk, "Alan Turing", mine).await, 1);
    assert!(walk.emulator.is_member(group, alan));
    walk.emulator.advance_clock(LAG + 1);
    assert_eq!(count(&walk, "Mary Jackson", &members).await, 4);
    assert_eq!(count(&walk, "Alan Turing", mine).await, 2);
}

#[tokio::test]
async fn an_application_may_not_see_its_own_write() {
    let walk = lagging().await;
    let (alan, group) = (walk.emulator.person_named("Alan Turing"), walk.emulator.group_named("Compiler Team"));
    let token = walk.emulator.app_token(&["GroupMember.ReadWrite.All", "GroupMember.Read.All"]);
    let graph = walk.emulator.graph_url();
    let body = serde_json::json!({ "@odata.id": format!("{graph}/directoryObjects/{alan}") });
    let members = format!("{graph}/groups/{group}/members");

    let added = walk.http.post(format!("{members}/$ref")).bearer_auth(&token).json(&body).send().await;
    let again = walk.http.post(format!("{members}/$ref")).bearer_auth(&token).json(&body).send().await;
    let seen = read(walk.http.get(&members).bearer_auth(&token).send().await.expect("an answer")).await;

    assert_eq!(added.expect("an answer").status().as_u16(), 204);
    assert_eq!(again.expect("an answer").status().as_u16(), 400, "a write is final");
    assert_eq!(seen.1["value"].as_array().map(Vec::len), Some(3));
}

#[tokio::test]
async fn owners_and_names_lag_too_and_come_back_as_they_were() {
    let walk = lagging().await;
    let (alan, group) = (walk.emulator.person_named("Alan Turing"), walk.emulator.group_named("Compiler Team"));
    let before = walk.emulator.group("Compiler Team");
    let (_, order_before) = walk.get("Mary Jackson", "/groups?$select=id").await;
    walk.emulator.set_hand_lags(true);

    walk.emulator.add_owner(group, alan);
    walk.emulator.change_group(group, |found| found.display_name = "Zeta Compilers".to_owned());

    let (_, seen) = walk.get("Mary Jackson", &format!("/groups/{group}?$select=displayName")).await;
    let (_, order) = walk.get("Mary Jackson", "/groups?$select=id").await;
    assert_eq!(seen["displayName"], "Compiler Team");
    assert_eq!(order["value"], order_before["value"]);
    assert_eq!(count(&walk, "Mary Jackson", &format!("/groups/{group}/owners")).await, 3);
    assert_eq!(count(&walk, "Alan Turing", "/me/ownedObjects").await, 0);
    walk.emulator.advance_clock(LAG + 1);
    let (_, seen) = walk.get("Mary Jackson", &format!("/groups/{group}?$select=displayName")).await;
    assert_eq!(seen["displayName"], "Zeta Compilers");
    assert_eq!(count(&walk, "Alan Turing", "/me/ownedObjects").await, 1);
    let (_, order) = walk.get("Mary Jackson", "/groups?$select=id").await;
    assert_eq!(order["value"][19]["id"], group.to_string(), "the Arabic name comes last");
    assert_eq!(before.map(|found| found.members), walk.emulator.group("Zeta Compilers").map(|found| found.members));
}

#[tokio::test]
async fn a_new_group_is_missing_for_others_and_refuses_members() {
    let walk = lagging().await;
    let alan = walk.emulator.person_named("Alan Turing");
    let wish = serde_json::json!({ "displayName": "Brand New", "mailNickname": "brandnew", "groupTypes": [],
        "mailEnabled": false, "securityEnabled": true });
    let token = walk.emulator.token(walk.emulator.person_named("Grace Hopper"));
    let request = walk.http.post(format!("{}/groups", walk.emulator.graph_url())).bearer_auth(token).json(&wish);
    let (created, made) = read(request.send().await.expect("an answer")).await;
    assert_eq!(created, 201, "{made}");
    let id = made["id"].as_str().unwrap_or_default();

    let (own, _) = walk.get("Grace Hopper", &format!("/groups/{id}")).await;
    let (others, _) = walk.get("Mary Jackson", &format!("/groups/{id}")).await;
    let (index, listed) = walk.get("Grace Hopper", "/groups?$search=\"displayName:Brand\"&$select=id").await;
    let (refused, error) = walk.add("Grace Hopper", "Brand New", alan).await.expect("an answer");
    walk.emulator.advance_clock(LAG + 1);
    let (later, _) = walk.get("Mary Jackson", &format!("/groups/{id}")).await;
    let (taken, _) = walk.add("Grace Hopper", "Brand New", alan).await.expect("an answer");

    assert_eq!((own, others, index), (200, 404, 200));
    assert_eq!(listed["value"], Value::Array(Vec::new()));
    assert_eq!((refused, &error["error"]["code"]), (400, &Value::from("Request_BadRequest")));
    let message = error["error"]["message"].as_str().unwrap_or_default();
    assert!(message.starts_with("The source resource object"), "{message}");
    assert_eq!((later, taken), (200, 204));
}

#[tokio::test]
async fn what_is_done_by_hand_counts_as_old() {
    let walk = lagging().await;
    let (alan, group) = (walk.emulator.person_named("Alan Turing"), walk.emulator.group_named("Compiler Team"));

    walk.emulator.add_member(group, alan);
    walk.add("Grace Hopper", "Compiler Team", walk.emulator.person_named("Ken Thompson")).await.expect("an answer");

    let members = format!("/groups/{group}/members?$select=id");
    assert_eq!(count(&walk, "Mary Jackson", &members).await, 4);
    assert_eq!(count(&walk, "Mary Jackson", &format!("{members}&$count=true")).await, 4);
}
