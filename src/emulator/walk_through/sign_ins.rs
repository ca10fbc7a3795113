//! When people signed in last: few may ask, in small pages, and for nothing else besides.

use serde_json::{Value, json};

use super::Walk;
use super::ask::{code, column};
use crate::SignIns;

const OLD: &str = "2026-01-31T08:00:00Z";
const BEFORE: &str = "/users?$filter=signInActivity/lastSignInDateTime le 2026-06-30T00:00:00Z";

/// Lets somebody have signed in at these instants.
fn signed_in(walk: &Walk, name: &str, interactive: Option<&str>, non_interactive: Option<&str>) {
    let sign_ins = SignIns {
        interactive: interactive.map(str::to_owned),
        non_interactive: non_interactive.map(str::to_owned),
        successful: None,
    };
    walk.emulator.change_person(walk.emulator.person_named(name), |person| person.sign_ins = sign_ins);
}

fn token(walk: &Walk) -> String {
    walk.emulator.app_token(&["User.Read.All", "AuditLog.Read.All"])
}

#[tokio::test]
async fn the_property_comes_when_it_is_selected_and_whoever_never_signed_in_has_none() {
    let walk = Walk::start().await;
    signed_in(&walk, "Ken Thompson", Some(OLD), Some("2026-07-01T00:00:00Z"));
    signed_in(&walk, "Frances Allen", None, Some(OLD));
    signed_in(&walk, "Sophie Wilson", Some("2026-07-01T00:00:00Z"), None);

    let path = format!("{BEFORE}&$select=displayName,signInActivity");
    let (status, old) = walk.send_with("GET", &token(&walk), &path, None).await;
    let ada = format!("/users/{}?$select=signInActivity", walk.emulator.person_named("Ada Lovelace"));
    let (_, never) = walk.send_with("GET", &token(&walk), &ada, None).await;
    let (_, unasked) = walk.send_with("GET", &token(&walk), BEFORE, None).await;

    assert_eq!(status, 200, "{old}");
    assert_eq!(column(&old, "displayName"), ["Ken Thompson"]);
    let activity = &old["value"][0]["signInActivity"];
    assert_eq!(activity["lastSignInDateTime"], json!(OLD));
    assert_eq!(activity["lastSuccessfulSignInDateTime"], Value::Null);
    assert_eq!(never["signInActivity"], Value::Null);
    assert_eq!(unasked["value"][0].get("signInActivity"), None);
}

#[tokio::test]
async fn it_takes_a_permission_a_role_and_a_licence_and_bears_no_other_condition() {
    let walk = Walk::start().await;
    let (grace, joan) = (walk.emulator.person_named("Grace Hopper"), walk.emulator.person_named("Joan Clarke"));
    let scopes = ["User.Read.All", "AuditLog.Read.All"];
    let (owner, reader) =
        (walk.emulator.token_with_scopes(grace, &scopes), walk.emulator.token_with_scopes(joan, &scopes));
    walk.emulator.change_person(joan, |joan| joan.directory_roles.push("Reports Reader".to_owned()));
    let without = walk.emulator.app_token(&["User.Read.All"]);

    let mut said = Vec::new();
    for token in [&without, &owner, &reader] {
        said.push(walk.send_with("GET", token, BEFORE, None).await.0);
    }
    let both = format!("{BEFORE} and accountEnabled eq true");
    let (status, mixed) = walk.send_with("GET", &token(&walk), &both, None).await;
    walk.emulator.set_behaviour(|behaviour| behaviour.has_no_premium_licence = true);
    let (refused, unlicensed) = walk.send_with("GET", &token(&walk), BEFORE, None).await;

    assert_eq!(said, [403, 403, 200]);
    assert_eq!((status, code(&mixed)), (400, "Request_UnsupportedQuery"));
    let expected = "Authentication_RequestFromNonPremiumTenantOrB2CTenant";
    assert_eq!((refused, code(&unlicensed)), (403, expected));
}

#[tokio::test]
async fn a_page_holds_at_most_120_whatever_was_asked_for() {
    let walk = Walk::start().await;
    for n in 0..150_u32 {
        let id = uuid::Uuid::from_u128(0x1_ac71_0000 + u128::from(n));
        let mut person = crate::Person::new(id, &format!("Employee {n}"), &format!("employee{n}@contoso.example"));
        person.sign_ins.interactive = Some(OLD.to_owned());
        walk.emulator.add_person(person);
    }

    let (_, first) = walk.send_with("GET", &token(&walk), &format!("{BEFORE}&$top=999"), None).await;

    assert_eq!(first["value"].as_array().map(Vec::len), Some(120));
    assert!(first["@odata.nextLink"].is_string());
}
