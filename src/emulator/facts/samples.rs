//! Groups and people have the properties of the documented answers, with the same types.

use std::collections::BTreeMap;

use serde_json::Value;

use super::published;
use crate::walk_through::Walk;

/// Returns the documented answers to a request, without those that are no JSON.
fn documented<'a>(samples: &'a Value, method: &str, path: &str) -> Vec<&'a Value> {
    let all = samples.as_array().into_iter().flatten();
    let fits = |sample: &&Value| {
        let url = sample["request"]["exampleUrl"].as_str().or(sample["request"]["url"].as_str()).unwrap_or_default();
        let place = url.strip_prefix("https://graph.microsoft.com/v1.0").unwrap_or_default();
        let place: String =
            place.split('/').map(|part| if part.len() == 36 { "{id}" } else { part }).collect::<Vec<_>>().join("/");
        sample["request"]["method"] == method && place == path
    };
    all.filter(fits).map(|sample| &sample["response"]["body"]).filter(|body| body.is_object()).collect()
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "yes or no",
        Value::Number(_) => "number",
        Value::String(_) => "text",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
    }
}

/// Returns where an object of ours lacks a documented property, or has one of another type.
fn differences(documented: &Value, ours: &Value) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for (name, value) in documented.as_object().into_iter().flatten() {
        if name.starts_with('@') {
            continue;
        }
        match ours.get(name) {
            None => drop(found.insert(name.clone(), "is missing".to_owned())),
            Some(own) if value.is_null() || own.is_null() || kind(own) == kind(value) => {}
            Some(own) => drop(found.insert(name.clone(), format!("is {} and not {}", kind(own), kind(value)))),
        }
    }
    found
}

/// Compares each documented object, and each object of a documented list, with one of ours.
fn compare(documented: &[&Value], ours: &Value) {
    assert!(!documented.is_empty(), "no answer is documented");
    for body in documented {
        let objects = body["value"].as_array().cloned().unwrap_or_else(|| vec![(*body).clone()]);
        for object in objects {
            // Some samples are of generated documentation and show nothing but a type.
            let is_real = object.as_object().is_some_and(|object| object.len() > 3);
            let found = if is_real { differences(&object, ours) } else { BTreeMap::new() };
            assert!(found.is_empty(), "{found:#?}");
        }
    }
}

#[tokio::test]
async fn a_group_has_the_documented_shape() {
    let Some(samples) = published("samples/groups-users-doc-samples.json") else { return };
    let walk = Walk::start().await;
    let id = walk.emulator.group_named("Flight Dynamics");

    let one = walk.get("Alan Turing", &format!("/groups/{id}")).await.1;
    let list = walk.get("Alan Turing", "/groups").await.1;
    let body = serde_json::json!({
        "displayName": "Poets", "mailNickname": "poets", "mailEnabled": true, "securityEnabled": false,
        "groupTypes": ["Unified"],
    });
    let created = walk.send("POST", "Alan Turing", "/groups", Some(body)).await.1;

    compare(&documented(&samples, "GET", "/groups/{id}"), &one);
    compare(&documented(&samples, "GET", "/groups"), &list["value"][0]);
    compare(&documented(&samples, "POST", "/groups"), &created);
    for group in [&one, &created] {
        assert!(group["@odata.context"].as_str().is_some_and(|text| text.ends_with("/$metadata#groups/$entity")));
    }
}

#[tokio::test]
async fn a_deleted_group_has_the_documented_shape() {
    let Some(samples) = published("samples/groups-users-doc-samples.json") else { return };
    let walk = Walk::start().await;
    let id = walk.emulator.group_named("Reading Circle");
    walk.send("DELETE", "Frances Allen", &format!("/groups/{id}"), None).await;

    let bin = "/directory/deletedItems/microsoft.graph.group";
    let listed = walk.get("Frances Allen", bin).await.1;
    let one = walk.get("Frances Allen", &format!("/directory/deletedItems/{id}")).await.1;
    let restore = format!("/directory/deletedItems/{id}/restore");
    let restored = walk.send("POST", "Frances Allen", &restore, None).await.1;

    compare(&documented(&samples, "GET", bin), &listed["value"][0]);
    compare(&documented(&samples, "GET", "/directory/deletedItems/{object-id}"), &one);
    compare(&documented(&samples, "POST", "/directory/deletedItems/{id}/restore"), &restored);
    assert!(listed["value"][0]["deletedDateTime"].is_string() && restored["deletedDateTime"].is_null());
}

#[tokio::test]
async fn a_person_has_the_documented_shape() {
    let Some(samples) = published("samples/groups-users-doc-samples.json") else { return };
    let walk = Walk::start().await;

    let me = walk.get("Alan Turing", "/me").await.1;
    let compilers = walk.emulator.group_named("Compiler Team");
    let owners = walk
        .get(
            "Alan Turing",
            &format!("/groups/{compilers}/owners?$select=id,accountEnabled,displayName,userPrincipalName"),
        )
        .await
        .1;

    let documented_me = documented(&samples, "GET", "/me");
    compare(&documented_me, &me);
    let names = |object: &Value| -> Vec<String> {
        let object = object.as_object().cloned().unwrap_or_default();
        let mut names: Vec<String> = object.keys().filter(|name| !name.starts_with('@')).cloned().collect();
        names.sort();
        names
    };
    // What comes unasked is exactly what is documented to.
    assert_eq!(names(&me), names(documented_me[0]));
    compare(&documented(&samples, "GET", "/groups/{id}/owners"), &owners["value"][0]);
}

#[tokio::test]
async fn what_a_group_opens_has_the_documented_shape() {
    let Some(samples) = published("samples/groups-users-doc-samples.json") else { return };
    let walk = Walk::start().await;
    let alan = walk.emulator.person_named("Alan Turing");
    let token = walk.emulator.token_with_scopes(alan, &["Directory.Read.All"]);
    let platform = walk.emulator.group_named("Data Platform");

    let path = format!("/groups/{platform}/appRoleAssignments");
    let opened = walk.send_with("GET", &token, &path, None).await.1;

    compare(&documented(&samples, "GET", "/groups/{id}/appRoleAssignments"), &opened["value"][0]);
    let context = opened["@odata.context"].as_str().unwrap_or_default();
    assert!(context.ends_with(&format!("/$metadata#groups('{platform}')/appRoleAssignments")), "{context}");
}
