//! The audit log: every change leaves an entry, and few may read it.

use serde_json::{Value, json};

use super::Walk;
use super::ask::{code, column};

/// Returns a token that may read the log: the permission, and a role.
fn reader(walk: &Walk) -> String {
    let joan = walk.emulator.person_named("Joan Clarke");
    walk.emulator.change_person(joan, |joan| joan.directory_roles.push("Reports Reader".to_owned()));
    walk.emulator.token_with_scopes(joan, &["AuditLog.Read.All"])
}

async fn about(walk: &Walk, token: &str, group: &str) -> Value {
    let group = walk.emulator.group_named(group);
    let filter = format!("category eq 'GroupManagement' and targetResources/any(t:t/id eq '{group}')");
    let path = format!("/auditLogs/directoryAudits?$filter={filter}&$orderby=activityDateTime desc");
    let (status, answer) = walk.send_with("GET", token, &path, None).await;
    assert_eq!(status, 200, "{answer}");
    answer
}

#[tokio::test]
async fn a_change_names_who_made_it_and_for_which_call() {
    let walk = Walk::start().await;
    let token = reader(&walk);
    let (grace, alan) = (walk.emulator.person_named("Grace Hopper"), walk.emulator.person_named("Alan Turing"));
    let compilers = walk.emulator.group_named("Compiler Team");
    let address = format!("{}/groups/{compilers}/members/$ref", walk.emulator.graph_url());
    let request = walk.http.post(address).bearer_auth(walk.emulator.token(grace));
    let request = request.header("client-request-id", "0d1a4a52-0000-4000-8000-00000000beef");
    request.json(&json!({ "@odata.id": walk.object("Alan Turing") })).send().await.expect("an answer");

    let answer = about(&walk, &token, "Compiler Team").await;
    let elsewhere = about(&walk, &token, "Type Foundry").await;

    let entry = &answer["value"][0];
    assert_eq!(column(&answer, "activityDisplayName"), ["Add member to group"]);
    assert_eq!(column(&answer, "correlationId"), ["0d1a4a52-0000-4000-8000-00000000beef"]);
    assert_eq!(entry["initiatedBy"]["user"]["id"], json!(grace));
    assert_eq!((&entry["initiatedBy"]["app"], &entry["result"]), (&Value::Null, &json!("success")));
    let targets = &entry["targetResources"];
    assert_eq!((&targets[0]["id"], &targets[1]["id"]), (&json!(alan), &json!(compilers)));
    assert_eq!(targets[0]["modifiedProperties"][1]["newValue"], "\"Compiler Team\"");
    assert_eq!(elsewhere["value"], json!([]));
}

#[tokio::test]
async fn changes_by_hand_are_written_down_too() {
    let walk = Walk::start().await;
    let token = reader(&walk);
    let (ken, hedy) = (walk.emulator.person_named("Ken Thompson"), walk.emulator.person_named("Hedy Lamarr"));
    let compilers = walk.emulator.group_named("Compiler Team");

    walk.emulator.add_member(compilers, ken);
    walk.emulator.set_hand(Some(hedy));
    walk.emulator.remove_member(compilers, ken);
    walk.emulator.add_member(compilers, walk.emulator.person_named("Frances Allen"));
    let answer = about(&walk, &token, "Compiler Team").await;

    let mut activities = column(&answer, "activityDisplayName");
    activities.sort();
    assert_eq!(activities, ["Add member to group", "Remove member from group"]);
    let removed = answer["value"].as_array().into_iter().flatten().find(|one| one["operationType"] == "Unassign");
    assert_eq!(removed.map(|one| &one["initiatedBy"]["user"]["id"]), Some(&json!(hedy)));
    assert_eq!(walk.emulator.audits().len(), 2);
}

#[tokio::test]
async fn owners_cannot_read_the_log() {
    let walk = Walk::start().await;
    let grace = walk.emulator.person_named("Grace Hopper");
    let owner = walk.emulator.token_with_scopes(grace, &["AuditLog.Read.All"]);
    let application = walk.emulator.app_token(&["AuditLog.Read.All"]);
    let path = "/auditLogs/directoryAudits";
    let token = reader(&walk);
    let joan = walk.emulator.person_named("Joan Clarke");
    let role_alone = walk.emulator.token(joan);

    let with_role = walk.send_with("GET", &token, path, None).await.0;
    let without = walk.send_with("GET", &owner, path, None).await;
    let unscoped = walk.send_with("GET", &role_alone, path, None).await.0;
    let by_application = walk.send_with("GET", &application, path, None).await.0;
    let unindexed = walk.send_with("GET", &token, &format!("{path}?$filter=resultReason eq 'x'"), None).await;

    assert_eq!((with_role, unscoped, by_application), (200, 403, 200));
    assert_eq!((without.0, code(&without.1)), (403, "Authorization_RequestDenied"));
    assert_eq!((unindexed.0, code(&unindexed.1)), (400, "Request_UnsupportedQuery"));
}

#[tokio::test]
async fn every_kind_of_write_leaves_an_entry() {
    let walk = Walk::start().await;
    let body = json!({
        "displayName": "Poets", "mailNickname": "poets", "mailEnabled": false, "securityEnabled": true,
        "groupTypes": [],
    });
    let (_, group) = walk.send("POST", "Alan Turing", "/groups", Some(body)).await;
    let path = format!("/groups/{}", group["id"].as_str().unwrap_or_default());
    let ken = json!({ "@odata.id": walk.object("Ken Thompson") });
    let change = json!({ "description": "Rhymes." });
    walk.send("PATCH", "Alan Turing", &path, Some(change)).await;
    walk.send("POST", "Alan Turing", &format!("{path}/owners/$ref"), Some(ken)).await;
    let ken = walk.emulator.person_named("Ken Thompson");
    walk.send("DELETE", "Alan Turing", &format!("{path}/owners/{ken}/$ref"), None).await;
    walk.send("DELETE", "Alan Turing", &path, None).await;
    let restore = path.replace("/groups/", "/directory/deletedItems/") + "/restore";
    walk.send("POST", "Alan Turing", &restore, None).await;
    walk.send("DELETE", "Grace Hopper", &path, None).await;

    let names: Vec<Value> = walk.emulator.audits().iter().map(|entry| entry["activityDisplayName"].clone()).collect();
    let expected =
        ["Add group", "Update group", "Add owner to group", "Remove owner from group", "Delete group", "Restore Group"];
    assert_eq!(names, expected);
    let updated = &walk.emulator.audits()[1]["targetResources"][0]["modifiedProperties"][0];
    assert_eq!((&updated["displayName"], &updated["newValue"]), (&json!("description"), &json!("\"Rhymes.\"")));
}

#[tokio::test]
async fn the_log_comes_in_pages() {
    let walk = Walk::start().await;
    let token = reader(&walk);
    let compilers = walk.emulator.group_named("Compiler Team");
    for name in ["Ken Thompson", "Jean Bartik", "Alan Turing"] {
        walk.emulator.add_member(compilers, walk.emulator.person_named(name));
    }

    let (_, first) = walk.send_with("GET", &token, "/auditLogs/directoryAudits?$top=2", None).await;
    let link = first["@odata.nextLink"].as_str().unwrap_or_default().to_owned();
    let path = link.strip_prefix(&walk.emulator.graph_url()).unwrap_or_default();
    let (_, second) = walk.send_with("GET", &token, path, None).await;

    let all = [column(&first, "id"), column(&second, "id")].concat();
    let written: Vec<String> =
        walk.emulator.audits().iter().rev().map(|one| one["id"].as_str().unwrap_or_default().to_owned()).collect();
    assert_eq!(all, written);
    assert!(second.get("@odata.nextLink").is_none());
}

#[tokio::test]
async fn an_entry_comes_late_where_the_log_does() {
    let walk = Walk::start().await;
    let token = reader(&walk);
    walk.emulator.set_behaviour(|behaviour| behaviour.audit_lag_millis = 600_000);
    let compilers = walk.emulator.group_named("Compiler Team");
    walk.emulator.change_group(compilers, |group| group.description = Some("Compiles.".to_owned()));

    walk.emulator.advance_clock(599);
    let early = about(&walk, &token, "Compiler Team").await;
    walk.emulator.advance_clock(2);
    let late = about(&walk, &token, "Compiler Team").await;

    assert_eq!(early["value"], json!([]));
    assert_eq!(column(&late, "activityDisplayName"), ["Update group"]);
}
