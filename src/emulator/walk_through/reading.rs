//! Reading what belongs to people and groups: photos, managers, roles, groups, references, app roles.

use serde_json::{Value, json};
use uuid::Uuid;

use super::Walk;
use super::ask::{code, column};

async fn photo(walk: &Walk, token: &str, path: &str) -> (u16, String, Vec<u8>) {
    let address = format!("{}{path}", walk.emulator.graph_url());
    let reply = walk.http.get(address).bearer_auth(token).send().await.expect("an answer");
    let kind = super::header(&reply, "content-type");
    (reply.status().as_u16(), kind, reply.bytes().await.expect("a body").to_vec())
}

#[tokio::test]
async fn photos_come_as_files() {
    let walk = Walk::start().await;
    let alan = walk.emulator.person_named("Alan Turing");
    let token = walk.emulator.token(alan);
    let own_only = walk.emulator.token_with_scopes(alan, &["User.Read"]);
    let groups = walk.emulator.token_with_scopes(alan, &["Group.Read.All"]);
    let grace = format!("/users/{}/photo/$value", walk.emulator.person_named("Grace Hopper"));
    let flight = format!("/groups/{}/photo/$value", walk.emulator.group_named("Flight Dynamics"));

    let mine = photo(&walk, &token, "/me/photos/48x48/$value").await;
    let of_grace = photo(&walk, &token, &grace).await;
    let of_joan =
        walk.get("Alan Turing", &format!("/users/{}/photo/$value", walk.emulator.person_named("Joan Clarke"))).await;
    let refused = photo(&walk, &own_only, &grace).await.0;
    let of_group = (photo(&walk, &groups, &flight).await.0, photo(&walk, &token, &flight).await.0);

    assert_eq!((mine.0, mine.1.as_str(), &mine.2[1..4]), (200, "image/png", b"PNG".as_slice()));
    assert_ne!(mine.2, of_grace.2);
    assert_eq!((of_joan.0, code(&of_joan.1)), (404, "ImageNotFound"));
    assert_eq!((refused, of_group), (403, (200, 403)));
}

#[tokio::test]
async fn a_manager_is_read_apart_or_expanded() {
    let walk = Walk::start().await;
    let (alan, grace) = (walk.emulator.person_named("Alan Turing"), walk.emulator.person_named("Grace Hopper"));
    let token = walk.emulator.token_with_scopes(alan, &["User.Read.All"]);
    let expanded = format!("/users/{alan}?$select=id&$expand=manager($select=displayName)");

    let manager = walk.send_with("GET", &token, "/me/manager?$select=id", None).await;
    let above = walk.send_with("GET", &token, &format!("/users/{grace}/manager"), None).await;
    let (_, person) = walk.send_with("GET", &token, &expanded, None).await;
    let nobody = walk.emulator.person_named("Margaret Hamilton");
    let none = walk.send_with("GET", &token, &format!("/users/{nobody}/manager"), None).await;
    walk.emulator.set_manager(alan, None);
    let taken_away = walk.send_with("GET", &token, "/me/manager", None).await.0;
    let refused = walk.get("Alan Turing", "/me/manager").await.0;

    assert_eq!((manager.0, &manager.1["id"]), (200, &json!(grace)));
    assert_eq!(above.1["displayName"], "Margaret Hamilton");
    assert_eq!(person["manager"]["displayName"], "Grace Hopper");
    assert_eq!((none.0, code(&none.1)), (404, "Request_ResourceNotFound"));
    assert_eq!((taken_away, refused), (404, 403));
}

#[tokio::test]
async fn directory_roles_come_with_groups_and_alone() {
    let walk = Walk::start().await;

    let (_, all) = walk.get("Hedy Lamarr", "/me/memberOf").await;
    let (_, roles) = walk.get("Hedy Lamarr", "/me/memberOf/microsoft.graph.directoryRole").await;
    let path = "/me/transitiveMemberOf/microsoft.graph.directoryRole?$count=true";
    let (_, through_groups) = walk.get("Hedy Lamarr", path).await;
    let bare = walk.get("Hedy Lamarr", "/me/transitiveMemberOf/microsoft.graph.directoryRole").await.0;

    assert!(column(&all, "@odata.type").contains(&"#microsoft.graph.directoryRole".to_owned()));
    assert_eq!(column(&roles, "displayName"), ["Groups Administrator"]);
    assert_eq!(column(&roles, "roleTemplateId"), ["fdd7a751-b60b-444a-984c-02652fe8fa1c"]);
    assert_eq!((&through_groups["@odata.count"], bare), (&json!(1), 400));
}

#[tokio::test]
async fn objects_are_found_by_their_ids() {
    let walk = Walk::start().await;
    let alan = walk.emulator.person_named("Alan Turing");
    let compilers = walk.emulator.group_named("Compiler Team");
    let token = walk.emulator.token_with_scopes(alan, &["Directory.Read.All"]);
    let ids = json!([alan, compilers, Uuid::from_u128(1)]);
    let ask =
        async |token: &str, body: Value| walk.send_with("POST", token, "/directoryObjects/getByIds", Some(body)).await;

    let (_, both) = ask(&token, json!({ "ids": ids })).await;
    let (_, people) = ask(&token, json!({ "ids": ids, "types": ["user"] })).await;
    let (status, many) = ask(&token, json!({ "ids": vec![alan; 1001] })).await;
    let refused = ask(&walk.emulator.token(alan), json!({ "ids": ids })).await.0;
    let (_, one) = walk.send_with("GET", &token, &format!("/directoryObjects/{compilers}"), None).await;

    assert_eq!(column(&both, "@odata.type"), ["#microsoft.graph.user", "#microsoft.graph.group"]);
    assert_eq!(column(&people, "id"), [alan.to_string()]);
    assert_eq!((status, code(&many), refused), (400, "Request_BadRequest", 403));
    assert_eq!(one["displayName"], "Compiler Team");
}

#[tokio::test]
async fn groups_of_a_person_are_checked_through_other_groups() {
    let walk = Walk::start().await;
    let (compilers, foundry) = (walk.emulator.group_named("Compiler Team"), walk.emulator.group_named("Type Foundry"));
    walk.emulator.change_group(foundry, |group| group.members.push(compilers));
    let grace = walk.emulator.person_named("Grace Hopper");
    let body = json!({ "groupIds": [foundry, walk.emulator.group_named("Payroll")] });

    let (_, mine) = walk.send("POST", "Grace Hopper", "/me/checkMemberGroups", Some(body.clone())).await;
    let others = format!("/users/{grace}/checkMemberGroups");
    let (_, hers) = walk.send("POST", "Alan Turing", &others, Some(body.clone())).await;
    let nested = format!("/groups/{compilers}/checkMemberGroups");
    let (_, nested) = walk.send("POST", "Alan Turing", &nested, Some(body)).await;
    let all = json!({ "securityEnabledOnly": false });
    let (_, all) = walk.send("POST", "Grace Hopper", "/me/getMemberGroups", Some(all)).await;
    let too_many = json!({ "groupIds": vec![foundry; 21] });
    let too_many = walk.send("POST", "Grace Hopper", "/me/checkMemberGroups", Some(too_many)).await.0;
    let (_, parents) = walk.get("Alan Turing", &format!("/groups/{compilers}/memberOf")).await;

    for found in [mine, hers, nested] {
        assert_eq!(found["value"], json!([foundry]));
    }
    assert!(all["value"].as_array().is_some_and(|ids| ids.contains(&json!(foundry))), "{all}");
    assert_eq!(too_many, 400);
    assert_eq!(column(&parents, "id"), [foundry.to_string()]);
}

#[tokio::test]
async fn a_reference_is_an_address() {
    let walk = Walk::start().await;
    let agents = walk.emulator.group_named("Build Agents");

    let (_, owners) = walk.get("Alan Turing", &format!("/groups/{agents}/owners/$ref")).await;
    let principals = format!("/groups/{agents}/owners/microsoft.graph.servicePrincipal?$count=true");
    let (_, principals) = walk.get("Alan Turing", &principals).await;
    let device = walk.get("Alan Turing", &format!("/groups/{agents}/members/microsoft.graph.device?$count=true")).await;

    let id = &column(&principals, "id")[0];
    assert_eq!(column(&owners, "@odata.id"), [format!("{}/directoryObjects/{id}", walk.emulator.graph_url())]);
    assert_eq!((device.0, &device.1["value"]), (200, &json!([])));
}

#[tokio::test]
async fn what_a_group_opens_needs_a_wide_permission() {
    let walk = Walk::start().await;
    let alan = walk.emulator.person_named("Alan Turing");
    let platform = walk.emulator.group_named("Data Platform");
    let token = walk.emulator.token_with_scopes(alan, &["Directory.Read.All"]);
    let path = format!("/groups/{platform}/appRoleAssignments");

    let refused = walk.get("Alan Turing", &path).await.0;
    let (_, opened) = walk.send_with("GET", &token, &path, None).await;
    walk.emulator.clear_app_roles(platform);
    let (_, none) = walk.send_with("GET", &token, &path, None).await;

    assert_eq!(refused, 403);
    assert_eq!(column(&opened, "resourceDisplayName"), ["Contoso Provisioning"]);
    assert_eq!(column(&opened, "principalDisplayName"), ["Data Platform"]);
    assert_eq!(none["value"], json!([]));
}
