//! The links of delta queries: pages, slices, refusals, age and loss.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Value, json};

use super::super::{Walk, header, read};
use super::{SELECT, members, round};

#[tokio::test]
async fn big_groups_come_in_slices_over_small_pages() {
    let walk = Walk::start().await;
    walk.emulator.set_behaviour(|behaviour| {
        behaviour.delta_page = Some(4);
        behaviour.delta_slice = Some(5);
    });
    let everybody = walk.emulator.group_named("All Employees");

    let first = round(&walk, "/groups/delta?$select=displayName,members").await;

    let slices: Vec<&Value> = first.rows.iter().filter(|row| row["id"] == json!(everybody)).collect();
    assert_eq!(slices.iter().map(|row| members(row).len()).collect::<Vec<_>>(), [5, 5, 5, 5, 2]);
    let seen: BTreeSet<String> = slices.iter().flat_map(|row| members(row).into_keys()).collect();
    assert_eq!(seen.len(), 22);
    assert!(slices.iter().all(|row| row["displayName"] == "All Employees"));
    let all: BTreeSet<String> = first.rows.iter().map(|row| row["id"].to_string()).collect();
    assert_eq!(all.len(), 21);
    assert!(first.pages >= 9, "{}", first.pages);
}

#[tokio::test]
async fn a_round_may_start_empty_and_repeat_itself() {
    let walk = Walk::start().await;
    walk.emulator.set_behaviour(|behaviour| {
        behaviour.delta_page = Some(10);
        behaviour.delta_starts_empty = true;
        behaviour.delta_repeats = true;
    });

    let (_, start) = walk.get("Hedy Lamarr", SELECT).await;
    let first = round(&walk, SELECT).await;
    let second = round(&walk, &first.link).await;

    assert_eq!(start["value"], json!([]));
    assert!(start["@odata.nextLink"].is_string() && start.get("@odata.deltaLink").is_none());
    assert_eq!((first.pages, first.rows.len()), (4, 23));
    assert_eq!((second.pages, second.rows.len()), (2, 0));
}

#[tokio::test]
async fn what_changes_while_pages_are_read_comes_in_the_next_round() {
    let walk = Walk::start().await;
    walk.emulator.set_behaviour(|behaviour| behaviour.delta_page = Some(20));
    let (_, page) = walk.get("Hedy Lamarr", SELECT).await;
    let (alan, group) = (walk.emulator.person_named("Alan Turing"), walk.emulator.group_named("Build Agents"));

    walk.emulator.add_member(group, alan);
    let rest = round(&walk, page["@odata.nextLink"].as_str().unwrap_or_default()).await;
    let next = round(&walk, &rest.link).await;

    assert_eq!(members(rest.row(group)).len(), 1);
    assert_eq!(members(next.row(group)).keys().collect::<Vec<_>>(), [&alan.to_string()]);
}

#[tokio::test]
async fn latest_gives_a_link_and_no_data() {
    let walk = Walk::start().await;
    let group = walk.emulator.group_named("Compiler Team");

    let latest = round(&walk, &format!("{SELECT}&$deltatoken=latest")).await;
    walk.emulator.change_group(group, |found| found.description = Some("New".to_owned()));
    let next = round(&walk, &latest.link).await;

    assert_eq!((latest.rows.len(), latest.pages), (0, 1));
    assert_eq!(next.rows.len(), 1);
    assert_eq!(next.rows[0]["description"], "New");
}

#[tokio::test]
async fn a_filter_names_objects() {
    let walk = Walk::start().await;
    let (team, data) = (walk.emulator.group_named("Compiler Team"), walk.emulator.group_named("Data Platform"));
    let filter = |text: &str| format!("/groups/delta?$select=displayName&$filter={text}");
    let many = vec![format!("id eq '{team}'"); 51].join(" or ");

    let two = round(&walk, &filter(&format!("id eq '{team}' or id eq '{data}'"))).await;
    walk.emulator.change_group(walk.emulator.group_named("Payroll"), |found| found.display_name = "Pay".to_owned());
    walk.emulator.change_group(data, |found| found.display_name = "Data".to_owned());
    let changed = round(&walk, &two.link).await;

    assert_eq!(two.rows.len(), 2);
    assert_eq!(changed.rows, [json!({ "id": data, "displayName": "Data" })]);
    for refused in [many.as_str(), "displayName eq 'Payroll'", &format!("id eq '{team}' and id eq '{data}'")] {
        assert_eq!(walk.get("Hedy Lamarr", &filter(refused)).await.0, 400, "{refused}");
    }
}

#[tokio::test]
async fn options_that_delta_does_not_know_are_refused() {
    let walk = Walk::start().await;
    let first = round(&walk, SELECT).await;

    for option in ["$top=5", "$orderby=displayName", "$expand=members", "$search=\"displayName:a\"", "$skip=1"] {
        let (status, _) = walk.get("Hedy Lamarr", &format!("/groups/delta?{option}")).await;
        assert_eq!(status, 400, "{option}");
    }
    let graph = walk.emulator.graph_url();
    let link = first.link.strip_prefix(&graph).unwrap_or_default();
    assert_eq!(walk.get("Hedy Lamarr", &format!("{link}&$select=id")).await.0, 400);
    assert_eq!(walk.get("Hedy Lamarr", "/groups/delta?$deltatoken=nonsense").await.0, 400);
    let as_page = link.replace("$deltatoken", "$skiptoken");
    assert_eq!(walk.get("Hedy Lamarr", &as_page).await.0, 400);
    assert_eq!(walk.get("Hedy Lamarr", &link.replace("groups", "users")).await.0, 400);
    assert_eq!(walk.get("Hedy Lamarr", "/groups/delta?$select=unseenCount").await.0, 501);
    assert_eq!(walk.get("Hedy Lamarr", "/groups/delta?$select=noSuchThing").await.0, 400);
    assert_eq!(walk.get("Tim Berners", "/groups/delta").await.0, 403);
}

#[tokio::test]
async fn scopes_decide_what_may_be_followed() {
    let walk = Walk::start().await;
    let graph = walk.emulator.graph_url();
    let status = async |permissions: &[&str], path: &str| {
        let token = walk.emulator.app_token(permissions);
        let reply = walk.http.get(format!("{graph}{path}")).bearer_auth(token).send().await;
        reply.expect("an answer").status().as_u16()
    };

    assert_eq!(status(&["GroupMember.Read.All"], "/groups/delta").await, 200);
    assert_eq!(status(&["Group.ReadBasic.All"], "/groups/delta").await, 403);
    assert_eq!(status(&["Group.ReadBasic.All"], "/groups/delta?$select=displayName").await, 200);
    assert_eq!(status(&["User.ReadBasic.All"], "/users/delta").await, 403);
    assert_eq!(status(&["User.Read.All"], "/users/delta").await, 200);
}

#[tokio::test]
async fn hidden_members_stay_hidden() {
    let walk = Walk::start().await;
    let stewards = walk.emulator.group_named("Data Stewards");
    let start = format!("{}/groups/delta?$select=displayName,members", walk.emulator.graph_url());
    let seen = async |permissions: &[&str]| {
        let request = walk.http.get(&start).bearer_auth(walk.emulator.app_token(permissions));
        let (_, page) = read(request.send().await.expect("an answer")).await;
        let rows = page["value"].as_array().cloned().unwrap_or_default();
        rows.iter().find(|row| row["id"] == json!(stewards)).map(|row| members(row).len())
    };

    assert_eq!(seen(&["GroupMember.Read.All"]).await, Some(0));
    assert_eq!(seen(&["GroupMember.Read.All", "Member.Read.Hidden"]).await, Some(3));
}

#[tokio::test]
async fn links_grow_old_and_the_service_may_forget() {
    let walk = Walk::start().await;
    let graph = walk.emulator.graph_url();
    let old = round(&walk, SELECT).await;
    walk.emulator.advance_clock(7 * 24 * 3600 + 1);
    let old_link = old.link.strip_prefix(&graph).unwrap_or_default();

    let (aged, error) = walk.get("Hedy Lamarr", old_link).await;
    let fresh = round(&walk, SELECT).await;
    walk.emulator.reset_delta();
    let token = walk.emulator.token(walk.emulator.person_named("Hedy Lamarr"));
    let reset = walk.http.get(&fresh.link).bearer_auth(token).send().await.expect("an answer");
    let (status, location) = (reset.status().as_u16(), header(&reset, "location"));
    let again = round(&walk, &location).await;

    assert_eq!((aged, &error["error"]["code"]), (400, &json!("syncStateNotFound")));
    assert_eq!(status, 410);
    assert_eq!(
        location,
        format!("{graph}/groups/delta?$select=id,displayName,description,members,owners&$deltatoken=")
    );
    assert_eq!(again.rows.len(), 21);
}

#[tokio::test]
async fn a_change_surfaces_when_it_has_spread() {
    let walk = Walk::start().await;
    walk.emulator.set_read_lag(Duration::from_secs(60));
    let (alan, ken) = (walk.emulator.person_named("Alan Turing"), walk.emulator.person_named("Ken Thompson"));
    let group = walk.emulator.group_named("Compiler Team");
    let first = round(&walk, SELECT).await;

    walk.add("Grace Hopper", "Compiler Team", alan).await.expect("an answer");
    walk.emulator.add_member(group, ken);
    let early = round(&walk, &first.link).await;
    walk.emulator.advance_clock(61);
    let late = round(&walk, &early.link).await;
    let last = round(&walk, &late.link).await;

    assert_eq!(members(early.row(group)).keys().collect::<Vec<_>>(), [&ken.to_string()]);
    assert_eq!(members(late.row(group)).keys().collect::<Vec<_>>(), [&alan.to_string()]);
    assert_eq!(last.rows.len(), 0);
}
