//! Changing groups, deleting them, and bringing them back.

use serde_json::{Value, json};
use uuid::Uuid;

use super::Walk;
use super::ask::{code, column, message};
use crate::LifecyclePolicy;

async fn patch(walk: &Walk, person: &str, group: &str, body: Value) -> (u16, Value) {
    let path = format!("/groups/{}", walk.emulator.group_named(group));
    walk.send("PATCH", person, &path, Some(body)).await
}

#[tokio::test]
async fn owners_change_properties_and_others_do_not() {
    let walk = Walk::start().await;
    let words = json!({ "description": "People who compile." });

    let refused = patch(&walk, "Alan Turing", "Compiler Team", words.clone()).await.0;
    let changed = patch(&walk, "Grace Hopper", "Compiler Team", words.clone()).await.0;
    let by_role = patch(&walk, "Hedy Lamarr", "Type Foundry", words.clone()).await.0;
    let synced = patch(&walk, "Hedy Lamarr", "Payroll", words.clone()).await;
    let listed = patch(&walk, "Hedy Lamarr", "Announcements", words.clone()).await;
    let ruled = patch(&walk, "Ada Lovelace", "All Employees", words.clone()).await.0;
    let protected = patch(&walk, "Ada Lovelace", "Tier Zero Admins", words.clone()).await.0;
    let restricted = patch(&walk, "Radia Perlman", "Vault Keepers", words).await.0;

    assert_eq!((refused, changed, by_role, ruled, protected, restricted), (403, 204, 204, 204, 403, 403));
    assert!(synced.0 == 400 && message(&synced.1).contains("on-premises"), "{}", synced.1);
    assert!(listed.0 == 400 && message(&listed.1).contains("mail-enabled"), "{}", listed.1);
    let found = walk.emulator.group("Compiler Team").expect("the group");
    assert_eq!(found.description.as_deref(), Some("People who compile."));
}

#[tokio::test]
async fn what_is_fixed_at_creation_cannot_be_changed() {
    let walk = Walk::start().await;
    let cases = [
        ("Flight Dynamics", "Katherine Johnson", json!({ "isAssignableToRole": true })),
        ("Flight Dynamics", "Katherine Johnson", json!({ "uniqueName": "flight" })),
        ("Flight Dynamics", "Katherine Johnson", json!({ "mailEnabled": false })),
        ("Flight Dynamics", "Katherine Johnson", json!({ "visibility": "HiddenMembership" })),
        ("Data Stewards", "Margaret Hamilton", json!({ "visibility": "Public" })),
        ("Flight Dynamics", "Katherine Johnson", json!({ "createdDateTime": "2020-01-01T00:00:00Z" })),
        ("Flight Dynamics", "Katherine Johnson", json!({ "colour": "blue" })),
        ("Flight Dynamics", "Katherine Johnson", json!({ "displayName": "" })),
        ("Flight Dynamics", "Katherine Johnson", json!({ "mailNickname": "languagedesign" })),
        ("Flight Dynamics", "Katherine Johnson", json!({ "hideFromOutlookClients": true, "description": "x" })),
    ];

    for (group, owner, body) in cases {
        let (status, answer) = patch(&walk, owner, group, body.clone()).await;
        assert_eq!((status, code(&answer)), (400, "Request_BadRequest"), "{body}");
    }
    let public = patch(&walk, "Katherine Johnson", "Flight Dynamics", json!({ "visibility": "Public" })).await.0;
    let exchange = json!({ "hideFromOutlookClients": true });
    let alone = patch(&walk, "Katherine Johnson", "Flight Dynamics", exchange).await.0;
    assert_eq!((public, alone), (204, 200));
}

#[tokio::test]
async fn members_are_added_together_or_not_at_all() {
    let walk = Walk::start().await;
    let (alan, ken) = (walk.object("Alan Turing"), walk.object("Ken Thompson"));
    let nobody = format!("{}/users/{}", walk.emulator.graph_url(), Uuid::from_u128(1));
    let bind = |members: &[&String]| json!({ "members@odata.bind": members });

    let unknown = patch(&walk, "Grace Hopper", "Compiler Team", bind(&[&alan, &nobody])).await.0;
    let there = walk.object("Frances Allen");
    let duplicate = patch(&walk, "Grace Hopper", "Compiler Team", bind(&[&alan, &there])).await;
    let twice = patch(&walk, "Grace Hopper", "Compiler Team", bind(&[&alan, &alan])).await.0;
    let untouched =
        !walk.emulator.is_member(walk.emulator.group_named("Compiler Team"), walk.emulator.person_named("Alan Turing"));
    let many = json!({ "members@odata.bind": vec![&alan; 11], "owners@odata.bind": vec![&ken; 10] });
    let too_many = patch(&walk, "Grace Hopper", "Compiler Team", many).await.0;
    let weak =
        walk.emulator.token_with_scopes(walk.emulator.person_named("Grace Hopper"), &["GroupMember.ReadWrite.All"]);
    let path = format!("/groups/{}", walk.emulator.group_named("Compiler Team"));
    let good = walk.send_with("PATCH", &weak, &path, Some(bind(&[&alan, &ken]))).await.0;
    let owners = walk.send_with("PATCH", &weak, &path, Some(json!({ "owners@odata.bind": [alan] }))).await.0;

    assert_eq!((unknown, duplicate.0, twice, too_many), (404, 400, 400, 400));
    assert!(message(&duplicate.1).contains("already exist"), "{}", duplicate.1);
    assert!(untouched);
    assert_eq!((good, owners), (204, 403));
    let members = walk.emulator.group("Compiler Team").map(|group| group.members.len());
    assert_eq!(members, Some(5));
}

#[tokio::test]
async fn a_hundred_owners_are_the_most_and_that_is_looked_at_first() {
    let walk = Walk::start().await;
    let compilers = walk.emulator.group_named("Compiler Team");
    walk.emulator.change_group(compilers, |group| {
        group.owners.extend((0..96).map(|n| Uuid::from_u128(0xbeef_0000 + n)));
    });

    let (alan, grace) = (walk.object("Alan Turing"), walk.object("Grace Hopper"));
    let both = patch(&walk, "Grace Hopper", "Compiler Team", json!({ "owners@odata.bind": [alan, grace] })).await;

    assert_eq!((both.0, code(&both.1)), (403, "Directory_QuotaExceeded"));
    assert!(message(&both.1).contains("'101' would exceed the maximum quota count '100'"), "{}", both.1);
}

#[tokio::test]
async fn a_deleted_group_waits_thirty_days_for_its_owner() {
    let walk = Walk::start().await;
    let id = walk.emulator.group_named("Reading Circle");
    let path = format!("/groups/{id}");
    let restore = format!("/directory/deletedItems/{id}/restore");
    let listed = "/directory/deletedItems/microsoft.graph.group?$count=true&$orderby=deletedDateTime%20desc&$select=id,deletedDateTime";

    let refused = walk.send("DELETE", "Alan Turing", &path, None).await.0;
    let deleted = walk.send("DELETE", "Frances Allen", &path, None).await.0;
    let gone = walk.get("Frances Allen", &path).await.0;
    let bin = walk.get("Frances Allen", listed).await.1;
    let stranger = walk.send("POST", "Alan Turing", &restore, None).await.0;
    let (restored, group) = walk.send("POST", "Frances Allen", &restore, None).await;
    let again = walk.send("POST", "Frances Allen", &restore, None).await.0;

    assert_eq!((refused, deleted, gone), (403, 204, 404));
    assert_eq!(column(&bin, "id"), [id.to_string()]);
    assert!(bin["value"][0]["deletedDateTime"].is_string() && bin["@odata.count"] == 1, "{bin}");
    assert_eq!((stranger, restored, again), (403, 200, 404));
    assert_eq!((&group["@odata.type"], &group["deletedDateTime"]), (&json!("#microsoft.graph.group"), &Value::Null));
    assert_eq!(walk.emulator.group("Reading Circle").map(|group| group.members.len()), Some(4));
}

#[tokio::test]
async fn after_thirty_days_a_deleted_group_is_gone() {
    let walk = Walk::start().await;
    let id = walk.emulator.group_named("Reading Circle");
    walk.send("DELETE", "Frances Allen", &format!("/groups/{id}"), None).await;

    let without_kind = walk.get("Frances Allen", "/directory/deletedItems").await.0;
    let plain = "/directory/deletedItems/graph.group?$orderby=deletedDateTime";
    let unsorted = walk.get("Frances Allen", plain).await;
    let shown = walk.get("Frances Allen", &format!("/directory/deletedItems/{id}")).await.0;
    walk.emulator.advance_clock(30 * 24 * 3600 + 1);
    let over = walk.get("Frances Allen", &format!("/directory/deletedItems/{id}")).await.0;

    assert_eq!((without_kind, unsorted.0, shown, over), (400, 400, 200, 404));
    assert_eq!(code(&unsorted.1), "Request_UnsupportedQuery");
}

#[tokio::test]
async fn a_group_is_renewed_only_under_a_policy() {
    let walk = Walk::start().await;
    let id = walk.emulator.group_named("Reading Circle");
    let (path, renew) = (format!("/groups/{id}?$select=expirationDateTime"), format!("/groups/{id}/renew"));

    let before = walk.send("POST", "Frances Allen", &renew, None).await.0;
    walk.emulator.set_lifecycle_policy(Some(LifecyclePolicy::for_all(180)));
    let old = walk.get("Frances Allen", &path).await.1;
    let stranger = walk.send("POST", "Alan Turing", &renew, None).await.0;
    let renewed = walk.send("POST", "Frances Allen", &renew, None).await.0;
    let new = walk.get("Frances Allen", &path).await.1;
    let compilers = format!("/groups/{}/renew", walk.emulator.group_named("Compiler Team"));
    let security = walk.send("POST", "Grace Hopper", &compilers, None).await.0;

    assert_eq!((before, stranger, renewed, security), (400, 403, 204, 400));
    assert_eq!(old["expirationDateTime"], "2025-08-30T08:30:00Z");
    assert!(new["expirationDateTime"].as_str() > old["expirationDateTime"].as_str(), "{new}");
}

#[tokio::test]
async fn names_can_be_tried_before_they_are_used() {
    let walk = Walk::start().await;
    walk.emulator.set_group_setting("PrefixSuffixNamingRequirement", "GRP_[GroupName]");
    let grace = walk.emulator.person_named("Grace Hopper");
    let token = walk.emulator.token_with_scopes(grace, &["Group.Read.All"]);
    let own = format!("/groups/{}/validateProperties", walk.emulator.group_named("Language Design"));
    let new = "/directoryObjects/validateProperties";
    let body = |name: &str, nickname: &str| {
        Some(json!({ "entityType": "Group", "displayName": name, "mailNickname": nickname }))
    };
    let names = |nickname: &str| Some(json!({ "mailNickname": nickname }));

    let good = walk.send_with("POST", &token, new, body("GRP_Poets", "GRP_poets")).await.0;
    let bare = walk.send_with("POST", &token, new, body("Poets", "poets")).await;
    walk.emulator.set_group_setting("PrefixSuffixNamingRequirement", "");
    let taken = walk.send_with("POST", &token, new, body("Poets", "languagedesign")).await;
    let itself = walk.send_with("POST", &token, &own, names("languagedesign")).await.0;
    let odd = walk.send_with("POST", &token, &own, body("Poets", "languagedesign")).await.0;
    let scope = walk.send("POST", "Grace Hopper", new, body("Poets", "poets")).await.0;

    assert_eq!((good, itself, odd, scope), (204, 204, 400, 403));
    assert_eq!((bare.0, code(&bare.1)), (422, "Request_UnprocessableEntity"));
    assert_eq!(bare.1["error"]["details"].as_array().map(Vec::len), Some(1));
    assert_eq!(taken.1["error"]["details"][0]["code"], "PropertyConflict");
}
