//! Creating groups: who may, what they are called, who owns them.

use serde_json::{Value, json};

use super::Walk;
use super::ask::{code, column, message};

fn security(name: &str) -> Value {
    json!({
        "displayName": name, "mailNickname": name.to_lowercase().replace(' ', "-"),
        "mailEnabled": false, "securityEnabled": true, "groupTypes": [],
    })
}

fn unified(name: &str) -> Value {
    let mut body = security(name);
    body["mailEnabled"] = json!(true);
    body["securityEnabled"] = json!(false);
    body["groupTypes"] = json!(["Unified"]);
    body
}

fn with(mut body: Value, name: &str, value: Value) -> Value {
    body[name] = value;
    body
}

async fn create(walk: &Walk, person: &str, body: Value) -> (u16, Value) {
    walk.send("POST", person, "/groups", Some(body)).await
}

async fn owners(walk: &Walk, group: &Value) -> Vec<String> {
    let path = format!("/groups/{}/owners", group["id"].as_str().unwrap_or_default());
    column(&walk.get("Grace Hopper", &path).await.1, "displayName")
}

#[tokio::test]
async fn an_employee_owns_what_they_create_and_must_not_say_so() {
    let walk = Walk::start().await;
    let ken = json!([walk.object("Ken Thompson")]);
    let alan = json!([walk.object("Alan Turing")]);

    let (status, poets) =
        create(&walk, "Alan Turing", with(security("Poets"), "members@odata.bind", ken.clone())).await;
    let (_, shared) = create(&walk, "Alan Turing", with(unified("Readers"), "owners@odata.bind", ken)).await;
    let (own, refusal) = create(&walk, "Alan Turing", with(unified("Mine"), "owners@odata.bind", alan)).await;

    assert_eq!(status, 201, "{poets}");
    assert_eq!((&poets["visibility"], &poets["mail"]), (&json!("Private"), &Value::Null));
    assert_eq!(owners(&walk, &poets).await, ["Alan Turing"]);
    assert_eq!(owners(&walk, &shared).await, ["Alan Turing", "Ken Thompson"]);
    assert_eq!(shared["mail"], "readers@contoso.example");
    assert_eq!((own, code(&refusal)), (400, "Request_BadRequest"));
    assert!(message(&refusal).ends_with("'owners'."), "{refusal}");
    assert!(walk.emulator.is_member(walk.emulator.group_named("Poets"), walk.emulator.person_named("Ken Thompson")));
}

#[tokio::test]
async fn an_administrator_owns_only_a_microsoft_365_group_that_names_nobody() {
    let walk = Walk::start().await;

    let (_, keys) = create(&walk, "Hedy Lamarr", security("Keys")).await;
    let (_, plans) = create(&walk, "Hedy Lamarr", unified("Plans")).await;
    let ken = json!([walk.object("Ken Thompson")]);
    let (_, notes) = create(&walk, "Hedy Lamarr", with(unified("Notes"), "owners@odata.bind", ken)).await;

    assert_eq!(owners(&walk, &keys).await, [""; 0]);
    assert_eq!(owners(&walk, &plans).await, ["Hedy Lamarr"]);
    assert_eq!(owners(&walk, &notes).await, ["Ken Thompson"]);
}

#[tokio::test]
async fn policies_say_who_may_create() {
    let walk = Walk::start().await;
    walk.emulator.change_authorization_policy(|policy| policy.allowed_to_create_security_groups = false);
    walk.emulator.set_group_setting("EnableGroupCreation", "false");

    let security_refused = create(&walk, "Alan Turing", security("One")).await.0;
    let unified_refused = create(&walk, "Alan Turing", unified("Two")).await.0;
    let compilers = walk.emulator.group_named("Compiler Team").to_string();
    walk.emulator.set_group_setting("GroupCreationAllowedGroupId", &compilers);
    let chosen = create(&walk, "Grace Hopper", unified("Three")).await.0;
    let by_role = create(&walk, "Hedy Lamarr", security("Four")).await.0;
    let guest = create(&walk, "Tim Berners", unified("Five")).await.0;

    assert_eq!((security_refused, unified_refused, guest), (403, 403, 403));
    assert_eq!((chosen, by_role), (201, 201));
}

#[tokio::test]
async fn scopes_say_which_token_may_create() {
    let walk = Walk::start().await;
    let alan = walk.emulator.person_named("Alan Turing");
    let weak = walk.emulator.token_with_scopes(alan, &["User.Read", "GroupMember.ReadWrite.All"]);
    let application = walk.emulator.app_token(&["Group.Create"]);

    let refused = walk.send_with("POST", &weak, "/groups", Some(security("One"))).await;
    let (status, ownerless) = walk.send_with("POST", &application, "/groups", Some(unified("Two"))).await;

    assert_eq!((refused.0, code(&refused.1)), (403, "Authorization_RequestDenied"));
    assert_eq!(status, 201);
    assert_eq!(owners(&walk, &ownerless).await, [""; 0]);
}

#[tokio::test]
async fn names_follow_the_rules_and_the_tenants_policy() {
    let walk = Walk::start().await;
    walk.emulator.set_group_setting("PrefixSuffixNamingRequirement", "GRP-[GroupName]");
    walk.emulator.set_group_setting("CustomBlockedWordsList", "payroll");
    let named = |name: &str| with(unified(name), "mailNickname", json!(name));

    let bare = create(&walk, "Alan Turing", named("Poets")).await;
    let blocked = create(&walk, "Alan Turing", named("GRP-payroll")).await;
    let good = create(&walk, "Alan Turing", named("GRP-Poets")).await;
    let again = create(&walk, "Alan Turing", with(named("GRP-Bards"), "mailNickname", json!("GRP-Poets"))).await;
    let security_group = create(&walk, "Alan Turing", security("Payroll Keys")).await;
    let spaced = create(&walk, "Alan Turing", with(security("Six"), "mailNickname", json!("a b"))).await;

    assert_eq!((bare.0, &bare.1["error"]["details"][0]["code"]), (400, &json!("MissingPrefixSuffix")));
    assert_eq!((blocked.0, &blocked.1["error"]["details"][0]["code"]), (400, &json!("ContainsBlockedWord")));
    assert_eq!((good.0, security_group.0, spaced.0), (201, 201, 400));
    assert_eq!((again.0, &again.1["error"]["details"][0]["code"]), (400, &json!("ObjectConflict")));
}

#[tokio::test]
async fn only_kinds_that_graph_makes_can_be_made() {
    let walk = Walk::start().await;
    let ken = json!([walk.object("Ken Thompson")]);
    let rule = json!("user.department -eq \"Research\"");
    let dynamic = with(with(security("Ruled"), "groupTypes", json!(["DynamicMembership"])), "membershipRule", rule);
    let bodies = [
        (with(security("Mail"), "mailEnabled", json!(true)), 400),
        (with(security("None"), "securityEnabled", json!(false)), 400),
        (with(unified("No mail"), "mailEnabled", json!(false)), 400),
        (with(security("Hidden"), "visibility", json!("HiddenMembership")), 400),
        (with(unified("Hidden Too"), "visibility", json!("HiddenMembership")), 201),
        (with(security("Odd"), "colour", json!("blue")), 400),
        (with(security("Id"), "id", json!("1")), 400),
        (with(security("Roles"), "isAssignableToRole", json!(true)), 403),
        (with(dynamic.clone(), "members@odata.bind", ken), 403),
        (dynamic, 201),
    ];

    for (body, expected) in bodies {
        let (status, answer) = create(&walk, "Hedy Lamarr", body.clone()).await;
        assert_eq!(status, expected, "{body} {answer}");
    }
}

#[tokio::test]
async fn twenty_references_fit_in_one_call_and_all_must_fit() {
    let walk = Walk::start().await;
    let graph = walk.emulator.graph_url();
    let names = ["Ken Thompson", "Mary Jackson", "Annie Easley", "Jean Bartik", "Sophie Wilson"];
    let mut members: Vec<String> = names.iter().map(|name| walk.object(name)).collect();
    members.push(format!("{graph}/users/{}", uuid::Uuid::from_u128(1)));
    let compilers = walk.emulator.group_named("Compiler Team");
    let nested = json!([format!("{graph}/directoryObjects/{compilers}")]);

    let unknown = create(&walk, "Alan Turing", with(security("One"), "members@odata.bind", json!(members))).await;
    let many = vec![walk.object("Ken Thompson"); 21];
    let too_many = create(&walk, "Alan Turing", with(security("Two"), "members@odata.bind", json!(many))).await;
    let group_in_unified =
        create(&walk, "Alan Turing", with(unified("Three"), "members@odata.bind", nested.clone())).await;
    let group_in_group = create(&walk, "Alan Turing", with(security("Four"), "members@odata.bind", nested)).await;

    assert_eq!((unknown.0, too_many.0, group_in_unified.0, group_in_group.0), (404, 400, 400, 201));
    assert!(walk.emulator.group("One").is_none());
}

#[tokio::test]
async fn two_hundred_and_fifty_objects_are_the_most() {
    let walk = Walk::start().await;
    let alan = walk.emulator.person_named("Alan Turing");
    walk.emulator.set_created_objects(alan, 249);

    let last = create(&walk, "Alan Turing", security("Last")).await.0;
    let beyond = create(&walk, "Alan Turing", security("Beyond")).await;
    walk.emulator.bin_group(walk.emulator.group_named("Last"));
    let restorable_counts = create(&walk, "Alan Turing", security("Beyond")).await.0;
    walk.emulator.set_created_objects(alan, 248);
    walk.emulator.advance_clock(31 * 24 * 3600);
    let quarter_counts = create(&walk, "Alan Turing", security("Beyond")).await.0;
    let full = create(&walk, "Alan Turing", security("Above")).await.0;

    assert_eq!((last, beyond.0, restorable_counts), (201, 403, 403));
    assert_eq!(code(&beyond.1), "Directory_QuotaExceeded");
    assert_eq!((quarter_counts, full), (201, 403));
}

#[tokio::test]
async fn a_new_group_refuses_members_for_a_while() {
    let walk = Walk::start().await;
    walk.emulator.set_behaviour(|behaviour| behaviour.new_group_refuses_members_millis = 30_000);
    let ken = walk.emulator.person_named("Ken Thompson");
    create(&walk, "Alan Turing", security("Poets")).await;

    let early = walk.add("Alan Turing", "Poets", ken).await.expect("an answer");
    walk.emulator.advance_clock(31);
    let later = walk.add("Alan Turing", "Poets", ken).await.expect("an answer");

    assert_eq!((early.0, code(&early.1)), (400, "Request_BadRequest"));
    assert!(message(&early.1).starts_with("The source resource object"), "{}", early.1);
    assert_eq!(later.0, 204);
}
