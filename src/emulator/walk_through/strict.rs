//! What Graph refuses is refused, with the documented code.

use super::Walk;
use super::ask::code;
use crate::AuthorizationPolicy;

/// Asks each path, as an advanced query where it says so, and compares status and code.
async fn refused(walk: &Walk, cases: &[(&str, u16, &str)]) {
    for (path, status, expected) in cases {
        let (found, answer) = walk.get("Alan Turing", path).await;
        assert_eq!((found, code(&answer)), (*status, *expected), "{path}: {answer}");
    }
}

#[tokio::test]
async fn options_and_properties_nobody_knows_are_refused() {
    let walk = Walk::start().await;

    refused(
        &walk,
        &[
            ("/groups?$selekt=id", 400, "BadRequest"),
            ("/groups?select=id", 400, "BadRequest"),
            ("/groups?$select=colour", 400, "BadRequest"),
            ("/groups?$expand=photo", 400, "BadRequest"),
            ("/users?$expand=owners", 400, "BadRequest"),
            ("/groups?$filter=displayName like 'a'", 400, "BadRequest"),
            ("/groups?$skip=5", 400, "Request_BadRequest"),
            ("/groups?$top=1000", 400, "Request_BadRequest"),
            ("/groups?$top=0", 400, "Request_BadRequest"),
            ("/me?$filter=id eq 'x'", 400, "BadRequest"),
            ("/groups/not-an-id", 400, "Request_BadRequest"),
            ("/nothing", 404, "Request_ResourceNotFound"),
        ],
    )
    .await;
}

#[tokio::test]
async fn filters_ask_only_what_is_indexed_and_how() {
    let walk = Walk::start().await;

    refused(
        &walk,
        &[
            ("/groups?$filter=visibility eq 'Public'", 400, "Request_UnsupportedQuery"),
            ("/groups?$filter=theme eq 'Blue'", 400, "Request_UnsupportedQuery"),
            ("/groups?$filter=endswith(displayName,'m')&$count=true", 400, "Request_UnsupportedQuery"),
            ("/groups?$filter=displayName gt 'm'&$count=true", 400, "Request_UnsupportedQuery"),
            ("/groups?$filter=startswith(mailEnabled,'t')", 400, "Request_UnsupportedQuery"),
            ("/groups?$filter=owners/$count gt 1&$count=true", 400, "Request_UnsupportedQuery"),
            ("/groups?$filter=owners/$count eq 2&$count=true", 400, "Request_UnsupportedQuery"),
            ("/groups?$filter=members/$count eq 0&$count=true", 400, "Request_UnsupportedQuery"),
            ("/groups?$search=\"visibility:pub\"", 400, "Request_UnsupportedQuery"),
            ("/groups?$orderby=mail", 400, "Request_UnsupportedQuery"),
            ("/groups?$orderby=deletedDateTime", 400, "Request_UnsupportedQuery"),
            ("/groups?$filter=displayName eq 'a'&$orderby=displayName", 400, "Request_UnsupportedQuery"),
            ("/groups?$filter=displayName ne 'a'", 400, "Request_UnsupportedQuery"),
            ("/me/ownedObjects/microsoft.graph.group", 400, "Request_UnsupportedQuery"),
        ],
    )
    .await;
}

#[tokio::test]
async fn other_methods_are_refused() {
    let walk = Walk::start().await;
    let group = walk.emulator.group_named("Compiler Team");
    for (method, path) in [
        ("PUT", format!("/groups/{group}")),
        ("POST", format!("/groups/{group}/members")),
        ("PATCH", format!("/groups/{group}/owners")),
        ("GET", format!("/groups/{group}/renew")),
        ("GET", "/directoryObjects/getByIds".to_owned()),
        ("GET", "/$batch".to_owned()),
        ("DELETE", "/groupSettingTemplates".to_owned()),
    ] {
        let (status, answer) = walk.send(method, "Grace Hopper", &path, None).await;
        assert_eq!((status, code(&answer)), (405, "Request_BadRequest"), "{method} {path}");
    }
}

#[tokio::test]
async fn guests_see_what_the_tenant_lets_them() {
    let walk = Walk::start().await;
    let circle = walk.emulator.group_named("Reading Circle");
    let compilers = walk.emulator.group_named("Compiler Team");
    let alan = walk.emulator.person_named("Alan Turing");
    let look = async || {
        let paths = ["/groups".to_owned(), "/users".to_owned(), format!("/users/{alan}")];
        let members = [circle, compilers].map(|group| format!("/groups/{group}/members"));
        let mut seen = Vec::new();
        for path in paths.iter().chain(&members) {
            seen.push(walk.get("Tim Berners", path).await.0);
        }
        seen
    };

    let limited = look().await;
    let set = |role| walk.emulator.change_authorization_policy(|policy| policy.guest_user_role_id = role);
    set(AuthorizationPolicy::GUESTS_RESTRICTED);
    let restricted = look().await;
    set(AuthorizationPolicy::GUESTS_AS_MEMBERS);
    let as_members = look().await;

    assert_eq!(limited, [403, 403, 200, 200, 200]);
    assert_eq!(restricted, [403, 403, 403, 200, 403]);
    assert_eq!(as_members, [200; 5]);
}

#[tokio::test]
async fn a_tenant_may_keep_people_from_reading_about_each_other() {
    let walk = Walk::start().await;
    walk.emulator.change_authorization_policy(|policy| policy.allowed_to_read_other_users = false);
    let grace = format!("/users/{}", walk.emulator.person_named("Grace Hopper"));

    let people = walk.get("Alan Turing", "/users").await.0;
    let one = walk.get("Alan Turing", &grace).await.0;
    let own = walk.get("Alan Turing", "/me").await.0;
    let by_role = walk.get("Hedy Lamarr", &grace).await.0;

    assert_eq!((people, one, own, by_role), (403, 403, 200, 200));
}

#[tokio::test]
async fn the_count_is_left_out_without_the_header() {
    let walk = Walk::start().await;
    let token = walk.emulator.token(walk.emulator.person_named("Alan Turing"));
    let address = format!("{}/groups?$count=true&$top=1", walk.emulator.graph_url());

    let reply = walk.http.get(address).bearer_auth(token).send().await.expect("an answer");
    let (status, answer) = super::read(reply).await;

    assert_eq!(status, 200);
    assert!(answer.get("@odata.count").is_none());
}

#[tokio::test]
async fn an_application_becomes_a_member_only_with_a_permission_for_applications() {
    let walk = Walk::start().await;
    let grace = walk.emulator.person_named("Grace Hopper");
    let agents = walk.emulator.group("Build Agents").expect("the group");
    let graph = walk.emulator.graph_url();
    let path = format!("/groups/{}/members/$ref", walk.emulator.group_named("Compiler Team"));
    let body = serde_json::json!({ "@odata.id": format!("{graph}/servicePrincipals/{}", agents.owners[0]) });
    let wide = walk.emulator.token_with_scopes(grace, &["GroupMember.ReadWrite.All", "Application.ReadWrite.All"]);

    let refused = walk.send("POST", "Grace Hopper", &path, Some(body.clone())).await.0;
    let added = walk.send_with("POST", &wide, &path, Some(body)).await.0;

    assert_eq!((refused, added), (403, 204));
}

#[tokio::test]
async fn what_the_token_does_not_show_cannot_be_asked_for_either() {
    let walk = Walk::start().await;
    let group = walk.emulator.group_named("Compiler Team");
    let members = format!("/groups/{group}/members?$count=true&$select=id&$filter=");

    for filter in ["accountEnabled eq true", "jobTitle eq 'x'"] {
        let hidden = walk.get("Alan Turing", &format!("{members}{filter}")).await.0;
        let people = walk.get("Alan Turing", &format!("/users?$filter={filter}")).await.0;
        assert_eq!((hidden, people), (403, 403), "{filter}");
    }
    assert_eq!(walk.get("Alan Turing", &format!("{members}startswith(displayName,'g')")).await.0, 200);
}
