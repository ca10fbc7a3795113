//! The tenant: policies, settings, expiration, mail.

use serde_json::{Value, json};

use super::Walk;
use super::ask::{code, column};

const UNIFIED: &str = "62375ab9-6b52-47ed-826b-58e47e0e304b";

#[tokio::test]
async fn the_authorization_policy_says_what_everybody_may() {
    let walk = Walk::start().await;
    let ada = walk.emulator.person_named("Ada Lovelace");
    walk.emulator.change_person(ada, |ada| ada.directory_roles.push("Global Administrator".to_owned()));
    let reader = walk.emulator.token_with_scopes(ada, &["Policy.Read.All"]);
    let writer = walk.emulator.token_with_scopes(ada, &["Policy.ReadWrite.Authorization"]);
    let path = "/policies/authorizationPolicy";
    let change = json!({ "defaultUserRolePermissions": { "allowedToCreateSecurityGroups": false } });

    let refused = walk.get("Ada Lovelace", path).await.0;
    let (_, before) = walk.send_with("GET", &reader, path, None).await;
    let changed = walk.send_with("PATCH", &writer, path, Some(change)).await.0;
    let (_, after) = walk.send_with("GET", &reader, path, None).await;

    let allowed = |policy: &Value| policy["defaultUserRolePermissions"]["allowedToCreateSecurityGroups"].clone();
    assert_eq!((refused, changed), (403, 204));
    assert_eq!((allowed(&before), allowed(&after)), (json!(true), json!(false)));
    assert_eq!(before["guestUserRoleId"], "10dae51f-b6af-4016-8d66-8c2a99b929b3");
}

#[tokio::test]
async fn settings_follow_their_template_and_are_text() {
    let walk = Walk::start().await;
    let hedy = walk.emulator.person_named("Hedy Lamarr");
    let token = walk.emulator.token_with_scopes(hedy, &["GroupSettings.ReadWrite.All"]);
    let ask = async |method: &str, path: &str, body: Option<Value>| walk.send_with(method, &token, path, body).await;

    let (_, templates) = ask("GET", "/groupSettingTemplates", None).await;
    let (_, none) = ask("GET", "/groupSettings", None).await;
    let values: Vec<Value> = templates["value"][0]["values"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|one| json!({ "name": one["name"], "value": one["defaultValue"] }))
        .collect();
    let body = |values: &[Value]| Some(json!({ "templateId": UNIFIED, "values": values }));
    let too_few = ask("POST", "/groupSettings", body(&values[1..])).await.0;
    let (created, object) = ask("POST", "/groupSettings", body(&values)).await;
    let twice = ask("POST", "/groupSettings", body(&values)).await.0;
    let path = format!("/groupSettings/{}", object["id"].as_str().unwrap_or_default());
    let change = |value: Value| Some(json!({ "values": [{ "name": "EnableGroupCreation", "value": value }] }));
    let not_text = ask("PATCH", &path, change(json!(false))).await.0;
    let changed = ask("PATCH", &path, change(json!("false"))).await.0;
    let (_, shown) = ask("GET", &path, None).await;

    assert_eq!(column(&templates, "displayName"), ["Group.Unified", "Group.Unified.Guest"]);
    assert_eq!(none["value"], json!([]));
    assert_eq!((too_few, created, twice, not_text, changed), (400, 201, 400, 400, 204));
    let held = shown["values"].as_array().cloned().unwrap_or_default();
    assert!(held.contains(&json!({ "name": "EnableGroupCreation", "value": "false" })), "{shown}");
}

#[tokio::test]
async fn guests_are_kept_out_of_a_group_by_its_settings() {
    let walk = Walk::start().await;
    let design = walk.emulator.group_named("Language Design");
    let tim = walk.emulator.person_named("Tim Berners");
    let token = walk.emulator.token_with_scopes(walk.emulator.person_named("Hedy Lamarr"), &["Group.Read.All"]);

    walk.emulator.set_admits_guests(design, false);
    let refused = walk.add("Barbara Liskov", "Language Design", tim).await.expect("an answer").0;
    let (_, settings) = walk.send_with("GET", &token, &format!("/groups/{design}/settings"), None).await;
    walk.emulator.set_admits_guests(design, true);
    let admitted = walk.add("Barbara Liskov", "Language Design", tim).await.expect("an answer").0;

    assert_eq!((refused, admitted), (403, 204));
    assert_eq!(settings["value"][0]["values"], json!([{ "name": "AllowToAddGuests", "value": "false" }]));
}

#[tokio::test]
async fn a_tenant_has_one_policy_for_expiration() {
    let walk = Walk::start().await;
    let hedy = walk.emulator.person_named("Hedy Lamarr");
    let token = walk.emulator.token_with_scopes(hedy, &["Directory.ReadWrite.All"]);
    let ask = async |method: &str, path: &str, body: Option<Value>| walk.send_with(method, &token, path, body).await;
    let body = |days: u32| Some(json!({ "groupLifetimeInDays": days, "managedGroupTypes": "Selected" }));
    let circle = walk.emulator.group_named("Reading Circle");
    let compilers = walk.emulator.group_named("Compiler Team");

    let short = ask("POST", "/groupLifecyclePolicies", body(29)).await.0;
    let (created, policy) = ask("POST", "/groupLifecyclePolicies", body(180)).await;
    let second = ask("POST", "/groupLifecyclePolicies", body(180)).await.0;
    let path = format!("/groupLifecyclePolicies/{}", policy["id"].as_str().unwrap_or_default());
    let add = async |group| ask("POST", &format!("{path}/addGroup"), Some(json!({ "groupId": group }))).await.1;
    let (added, again, security) = (add(circle).await, add(circle).await, add(compilers).await);
    let (_, about) = ask("GET", &format!("/groups/{circle}/groupLifecyclePolicies"), None).await;
    let (patched, _) = ask("PATCH", &path, Some(json!({ "groupLifetimeInDays": 365 }))).await;
    let deleted = ask("DELETE", &path, None).await.0;
    let (_, left) = ask("GET", "/groupLifecyclePolicies", None).await;

    assert_eq!((short, created, second, patched, deleted), (400, 201, 400, 200, 204));
    assert_eq!((&added["value"], &again["value"], &security["value"]), (&json!(true), &json!(false), &json!(false)));
    assert_eq!(about["value"].as_array().map(Vec::len), Some(1));
    assert_eq!(left["value"], json!([]));
}

#[tokio::test]
async fn accepted_mail_is_kept_for_tests() {
    let walk = Walk::start().await;
    let alan = walk.emulator.person_named("Alan Turing");
    let (person, application) =
        (walk.emulator.token_with_scopes(alan, &["Mail.Send"]), walk.emulator.app_token(&["Mail.Send"]));
    let body = |to: &str| {
        let body = json!({ "contentType": "text", "content": "Good morning." });
        let to = json!([{ "emailAddress": { "address": to } }]);
        let message = json!({ "subject": "Hello", "body": body, "toRecipients": to });
        Some(json!({ "message": message, "saveToSentItems": false }))
    };
    let of = |name: &str| format!("/users/{}/sendMail", walk.emulator.person_named(name));
    let grace = "grace.hopper@contoso.example";

    let accepted = walk.send_with("POST", &person, "/me/sendMail", body(grace)).await.0;
    let by_application = walk.send_with("POST", &application, &of("Ada Lovelace"), body(grace)).await.0;
    let for_another = walk.send_with("POST", &person, &of("Ada Lovelace"), body(grace)).await.0;
    let to_nobody = walk.send_with("POST", &person, "/me/sendMail", body("grace")).await;
    let without_mailbox = walk.send_with("POST", &application, &of("Tim Berners"), body(grace)).await;
    let without_scope = walk.send("POST", "Alan Turing", "/me/sendMail", body(grace)).await.0;

    assert_eq!((accepted, by_application, for_another, without_scope), (202, 202, 403, 403));
    assert_eq!((to_nobody.0, code(&to_nobody.1)), (400, "ErrorInvalidRecipients"));
    assert_eq!((without_mailbox.0, code(&without_mailbox.1)), (404, "MailboxNotEnabledForRESTAPI"));
    let mails = walk.emulator.mails();
    assert_eq!(mails.iter().map(|mail| mail.sent_by).collect::<Vec<_>>(), [Some(alan), None]);
    assert_eq!((mails[0].to.as_slice(), mails[0].subject.as_str()), ([grace.to_owned()].as_slice(), "Hello"));
    assert!(!mails[0].save_to_sent_items);
}
