//! Delta queries over HTTP: everything, then what changed.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use uuid::Uuid;

use super::Walk;
use crate::Group;

mod links;

const SELECT: &str = "/groups/delta?$select=displayName,description,members,owners";

/// What a client has after a round: the rows, oldest first, and the link to the next round.
struct Round {
    rows: Vec<Value>,
    pages: usize,
    link: String,
}

impl Round {
    fn row(&self, id: Uuid) -> &Value {
        let found = self.rows.iter().find(|row| row["id"] == json!(id));
        found.unwrap_or(&Value::Null)
    }
}

/// Follows every page of a round.
async fn round(walk: &Walk, start: &str) -> Round {
    let graph = walk.emulator.graph_url();
    let mut path = start.strip_prefix(&graph).unwrap_or(start).to_owned();
    let (mut rows, mut pages) = (Vec::new(), 0);
    loop {
        let (status, page) = walk.get("Hedy Lamarr", &path).await;
        assert_eq!(status, 200, "{path}: {page}");
        pages += 1;
        rows.extend(page["value"].as_array().cloned().unwrap_or_default());
        if let Some(link) = page["@odata.deltaLink"].as_str() {
            return Round { rows, pages, link: link.to_owned() };
        }
        let next = page["@odata.nextLink"].as_str().expect("one of the two links");
        path = next.strip_prefix(&graph).expect("a link of this Graph").to_owned();
    }
}

/// Returns the ids of `members@delta`, and whether each was removed.
fn members(row: &Value) -> BTreeMap<String, bool> {
    let list = row["members@delta"].as_array().cloned().unwrap_or_default();
    let entry = |end: &Value| (end["id"].as_str().unwrap_or_default().to_owned(), end.get("@removed").is_some());
    list.iter().map(entry).collect()
}

#[tokio::test]
async fn the_first_round_tells_everything_and_the_next_nothing() {
    let walk = Walk::start().await;
    let (grace, group) = (walk.emulator.person_named("Grace Hopper"), walk.emulator.group_named("Compiler Team"));

    let first = round(&walk, SELECT).await;
    let second = round(&walk, &first.link).await;

    assert_eq!((first.rows.len(), second.rows.len()), (21, 0));
    let row = first.row(group);
    assert_eq!(row["displayName"], "Compiler Team");
    assert!(row.get("mail").is_none(), "{row}");
    assert_eq!(row["members@delta"].as_array().map(Vec::len), Some(3));
    assert_eq!(row["owners@delta"][0], json!({ "@odata.type": "#microsoft.graph.user", "id": grace }));
    assert!(first.rows.iter().all(|row| !row["description"].is_null()));
}

#[tokio::test]
async fn without_a_selection_come_default_properties_and_members() {
    let walk = Walk::start().await;
    let group = walk.emulator.group_named("Compiler Team");

    let all = round(&walk, "/groups/delta").await;
    let bare = round(&walk, "/groups/delta?$select=displayName").await;

    let (row, bare) = (all.row(group), bare.row(group));
    assert_eq!(row["mailNickname"], "compilerteam");
    assert_eq!(members(row).len(), 3);
    assert!(row.get("owners@delta").is_none() && row.get("isManagementRestricted").is_none(), "{row}");
    // A property that was never set is left out, and nothing comes that was not selected.
    assert!(row.get("classification").is_none() && row.get("mail").is_none(), "{row}");
    assert_eq!(bare, &json!({ "id": group, "displayName": "Compiler Team" }));
}

#[tokio::test]
async fn changes_tell_properties_members_and_owners() {
    let walk = Walk::start().await;
    let (alan, frances) = (walk.emulator.person_named("Alan Turing"), walk.emulator.person_named("Frances Allen"));
    let group = walk.emulator.group_named("Compiler Team");
    let first = round(&walk, SELECT).await;

    walk.emulator.change_group(group, |found| found.description = None);
    walk.add("Grace Hopper", "Compiler Team", alan).await.expect("an answer");
    walk.emulator.remove_member(group, frances);
    walk.emulator.add_owner(walk.emulator.group_named("Data Platform"), alan);
    let second = round(&walk, &first.link).await;

    assert_eq!(second.rows.len(), 2);
    let row = second.row(group);
    assert_eq!((&row["displayName"], &row["description"]), (&json!("Compiler Team"), &Value::Null));
    assert!(row.get("description").is_some(), "a value that was taken away is null");
    assert_eq!(members(row), BTreeMap::from([(alan.to_string(), false), (frances.to_string(), true)]));
    let gone = json!({ "@odata.type": "#microsoft.graph.user", "id": frances, "@removed": { "reason": "deleted" } });
    assert!(row["members@delta"].as_array().is_some_and(|list| list.contains(&gone)), "{row}");
    let other = second.row(walk.emulator.group_named("Data Platform"));
    assert_eq!(other["owners@delta"], json!([{ "@odata.type": "#microsoft.graph.user", "id": alan }]));
    assert_eq!(round(&walk, &second.link).await.rows.len(), 0);
}

#[tokio::test]
async fn what_is_not_selected_changes_unnoticed() {
    let walk = Walk::start().await;
    let (alan, group) = (walk.emulator.person_named("Alan Turing"), walk.emulator.group_named("Compiler Team"));
    let names = round(&walk, "/groups/delta?$select=displayName").await;

    walk.emulator.change_group(group, |found| found.description = Some("New".to_owned()));
    walk.emulator.add_member(group, alan);

    assert_eq!(round(&walk, &names.link).await.rows, Vec::<Value>::new());
}

#[tokio::test]
async fn minimal_rows_hold_what_changed() {
    let walk = Walk::start().await;
    let group = walk.emulator.group_named("Compiler Team");
    let first = round(&walk, SELECT).await;
    walk.emulator.change_group(group, |found| found.description = None);

    let token = walk.emulator.token(walk.emulator.person_named("Hedy Lamarr"));
    let request = walk.http.get(&first.link).bearer_auth(token).header("Prefer", "return=minimal");
    let reply = request.send().await.expect("an answer");
    let applied = super::header(&reply, "preference-applied");
    let (_, page) = super::read(reply).await;

    assert_eq!(applied, "return=minimal");
    assert_eq!(page["value"], json!([{ "id": group, "description": null }]));
}

#[tokio::test]
async fn deleted_groups_are_removed_and_restored_ones_come_back_whole() {
    let walk = Walk::start().await;
    let (binned, purged) = (walk.emulator.group_named("Compiler Team"), walk.emulator.group_named("Data Platform"));
    let first = round(&walk, SELECT).await;
    let kept = walk.emulator.group("Compiler Team").expect("the group");

    walk.emulator.bin_group(binned);
    walk.emulator.delete_group(purged);
    let second = round(&walk, &first.link).await;
    walk.emulator.add_group(kept);
    let third = round(&walk, &second.link).await;
    walk.emulator.bin_group(binned);
    let fourth = round(&walk, &third.link).await;
    walk.emulator.delete_group(binned);
    let fifth = round(&walk, &fourth.link).await;

    assert_eq!(second.row(binned), &json!({ "id": binned, "@removed": { "reason": "changed" } }));
    assert_eq!(second.row(purged), &json!({ "id": purged, "@removed": { "reason": "deleted" } }));
    assert_eq!(third.row(binned)["displayName"], "Compiler Team");
    assert_eq!(members(third.row(binned)).len(), 3);
    assert_eq!(fourth.row(binned)["@removed"]["reason"], "changed");
    assert_eq!(fifth.row(binned)["@removed"]["reason"], "deleted");
}

#[tokio::test]
async fn a_new_group_comes_whole_and_a_deleted_person_leaves_their_groups() {
    let walk = Walk::start().await;
    let edsger = walk.emulator.person_named("Edsger Dijkstra");
    let first = round(&walk, SELECT).await;
    let id = Uuid::from_u128(99);

    walk.emulator.add_group(Group::security(id, "Brand New").with_members(&[edsger]));
    walk.emulator.delete_person(edsger);
    let second = round(&walk, &first.link).await;

    assert_eq!(second.row(id)["displayName"], "Brand New");
    assert!(second.row(id).get("description").is_none());
    let left = members(second.row(walk.emulator.group_named("Compiler Team")));
    assert_eq!(left, BTreeMap::from([(edsger.to_string(), true)]));
}

#[tokio::test]
async fn people_have_a_delta_too() {
    let walk = Walk::start().await;
    let token = walk.emulator.app_token(&["User.Read.All"]);
    let get = async |address: String| {
        super::read(walk.http.get(address).bearer_auth(&token).send().await.expect("an answer")).await.1
    };
    let start = format!("{}/users/delta?$select=displayName,accountEnabled", walk.emulator.graph_url());
    let first = get(start).await;
    let (alan, ken) = (walk.emulator.person_named("Alan Turing"), walk.emulator.person_named("Ken Thompson"));

    walk.emulator.set_enabled(alan, false);
    walk.emulator.delete_person(ken);
    walk.emulator.change_person(walk.emulator.person_named("Grace Hopper"), |found| found.job_title = None);
    let second = get(first["@odata.deltaLink"].as_str().unwrap_or_default().to_owned()).await;

    assert_eq!(first["value"].as_array().map(Vec::len), Some(24));
    assert_eq!(
        second["value"],
        json!([
            { "id": alan, "displayName": "Alan Turing", "accountEnabled": false },
            { "id": ken, "@removed": { "reason": "changed" } },
        ])
    );
}
