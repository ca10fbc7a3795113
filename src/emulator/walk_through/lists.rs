//! Lists of people, groups and members: search, filter, order, count, casts.

use serde_json::json;

use super::Walk;
use super::ask::{code, column};

#[tokio::test]
async fn people_are_searched_filtered_sorted_and_counted() {
    let walk = Walk::start().await;
    let alan = walk.emulator.person_named("Alan Turing");
    let token = walk.emulator.token_with_scopes(alan, &["User.Read.All"]);
    let search = "/users?$search=\"displayName:an\" OR \"mail:an\"&$filter=accountEnabled eq true&$count=true&$top=15&$select=displayName&$orderby=displayName";
    let prefix = "/users?$filter=startswith(displayName,'an') or startswith(mail,'an')&$select=displayName";

    let (_, found) = walk.send_with("GET", &token, search, None).await;
    let (_, began) = walk.get("Alan Turing", prefix).await;
    let basic = walk.get("Alan Turing", search).await.0;
    let (_, count) = walk.get("Alan Turing", "/users/$count").await;
    let (_, disabled) = walk.send_with("GET", &token, "/users/$count?$filter=accountEnabled eq false", None).await;

    assert_eq!(column(&found, "displayName"), ["Annie Easley"]);
    assert_eq!(found["@odata.count"], 1);
    assert_eq!(column(&began, "displayName"), ["Annie Easley"]);
    assert_eq!((basic, count, disabled), (403, json!(24), json!(1)));
}

#[tokio::test]
async fn members_are_cast_counted_and_searched() {
    let walk = Walk::start().await;
    let (compilers, foundry) = (walk.emulator.group_named("Compiler Team"), walk.emulator.group_named("Type Foundry"));
    walk.emulator.change_group(foundry, |group| group.members.push(compilers));
    let below = |path: &str| format!("/groups/{foundry}/{path}");

    let sorted = below("members/microsoft.graph.user?$count=true&$orderby=displayName&$select=id,displayName");
    let (_, people) = walk.get("Alan Turing", &sorted).await;
    let (_, found) =
        walk.get("Alan Turing", &below("members/microsoft.graph.user?$count=true&$search=\"displayName:so\"")).await;
    let (_, members) = walk.get("Alan Turing", &below("members/$count")).await;
    let (_, counted) = walk.get("Alan Turing", &below("members/microsoft.graph.user/$count")).await;
    let (_, all) = walk.get("Alan Turing", &below("transitiveMembers/microsoft.graph.user?$count=true")).await;
    let (_, all_counted) = walk.get("Alan Turing", &below("transitiveMembers/$count")).await;
    let bare = walk.get("Alan Turing", &below("members/microsoft.graph.user")).await;
    let odd = walk.get("Alan Turing", &below("transitiveMembers/microsoft.graph.place?$count=true")).await;

    assert_eq!(column(&people, "displayName"), ["Ken Thompson", "Sophie Wilson"]);
    assert_eq!(column(&found, "displayName"), ["Sophie Wilson"]);
    assert_eq!((members, counted, all_counted), (json!(3), json!(2), json!(6)));
    assert_eq!(all["@odata.count"], 5);
    assert_eq!((bare.0, code(&bare.1)), (400, "Request_UnsupportedQuery"));
    assert_eq!((odd.0, code(&odd.1)), (400, "Request_UnsupportedQuery"));
}

#[tokio::test]
async fn groups_are_found_by_several_ids() {
    let walk = Walk::start().await;
    let ids = ["Compiler Team", "Payroll"].map(|name| walk.emulator.group_named(name).to_string());

    let (_, found) =
        walk.get("Alan Turing", &format!("/groups?$filter=id in ('{}','{}')&$select=id", ids[0], ids[1])).await;
    let sixteen = vec![format!("'{}'", ids[0]); 16].join(",");
    let too_many = walk.get("Alan Turing", &format!("/groups?$filter=id in ({sixteen})")).await;

    assert_eq!(column(&found, "id"), ids);
    assert_eq!((too_many.0, code(&too_many.1)), (400, "Request_BadRequest"));
}

#[tokio::test]
async fn the_documented_filters_of_groups_work() {
    let walk = Walk::start().await;
    let names = async |query: &str| {
        let (status, answer) = walk.get("Alan Turing", &format!("/groups?{query}&$select=displayName")).await;
        assert_eq!(status, 200, "{answer}");
        column(&answer, "displayName")
    };

    let assigned = names(
        "$filter=securityEnabled eq true and mailEnabled eq false and NOT groupTypes/any(c:c eq 'DynamicMembership') \
         and onPremisesSyncEnabled ne true&$count=true",
    );
    let ownerless = names("$filter=owners/$count eq 0&$count=true");
    let ruled = names("$filter=membershipRuleProcessingState eq 'On'&$count=true");
    let teams = names("$filter=resourceProvisioningOptions/any(x:x eq 'Team')");

    let assigned = assigned.await;
    assert!(assigned.contains(&"Compiler Team".to_owned()) && !assigned.contains(&"All Employees".to_owned()));
    assert!(!assigned.contains(&"Payroll".to_owned()) && assigned.contains(&"Harbour Access".to_owned()));
    assert_eq!(ownerless.await, ["Announcements", "Facilities Mail", "Orphaned Projects", "Payroll"]);
    assert_eq!(ruled.await, ["All Employees", "Office Paris"]);
    assert_eq!(teams.await, ["Flight Dynamics"]);
}
