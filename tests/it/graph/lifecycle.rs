//! Changing, renewing, deleting and restoring groups.

use std::time::Duration;

use roster::{
    domain::ids::GroupId,
    graph::{Error, GroupChange, Visibility},
};
use roster_emulator::{Action, Fault, LifecyclePolicy};
use uuid::Uuid;

use super::{NOBODY, Tenant};

const ID: Uuid = Uuid::from_u128(0xabc);

#[tokio::test]
async fn an_owner_changes_what_is_said_of_a_group() {
    let tenant = Tenant::start().await;
    let (token, group) = (tenant.token("Katherine Johnson"), tenant.group("Flight Dynamics"));
    let katherine = tenant.graph.person(&token);
    let change = GroupChange {
        name: Some("Orbits".into()),
        description: Some(String::new()),
        visibility: Some(Visibility::Public),
    };

    katherine.change_group(group, &change, ID).await.unwrap();
    katherine.change_group(group, &GroupChange::default(), ID).await.unwrap();

    let after = tenant.emulator.group(&group.to_string()).unwrap();
    assert_eq!(
        (after.display_name.as_str(), after.description, after.visibility.as_deref()),
        ("Orbits", None, Some("Public"))
    );
    let calls = tenant.emulator.calls();
    assert_eq!((calls.len(), calls[0].client_request_id.clone()), (1, Some(ID.to_string())));
}

#[tokio::test]
async fn each_documented_refusal_of_a_change_is_told_apart() {
    let tenant = Tenant::start().await;
    let (grace, alan) = (tenant.token("Grace Hopper"), tenant.token("Alan Turing"));
    let (group, change) = (tenant.group("Compiler Team"), GroupChange { name: Some("X".into()), ..Default::default() });
    let by = |token, group| tenant.graph.person(token).change_group(group, &change, ID);

    assert_eq!(by(&alan, group).await, Err(Error::NotAllowed));
    assert_eq!(by(&grace, GroupId(NOBODY)).await, Err(Error::Gone));
    tenant.emulator.change_group(group.0, |group| group.on_premises_sync_enabled = Some(true));
    assert_eq!(by(&grace, group).await, Err(Error::NotChangeable));
}

#[tokio::test]
async fn a_group_is_deleted_listed_and_restored_with_its_members() {
    let tenant = Tenant::start().await;
    tenant.emulator.set_read_lag(Duration::ZERO);
    let (token, group) = (tenant.token("Grace Hopper"), tenant.group("Compiler Team"));
    let grace = tenant.graph.person(&token);

    grace.delete_group(group, ID).await.unwrap();
    let gone = tenant.emulator.group("Compiler Team");
    let again = grace.delete_group(group, ID).await;
    let bin = grace.deleted_groups().await.unwrap();
    grace.restore_group(group, ID).await.unwrap();
    grace.restore_group(group, ID).await.unwrap();

    assert_eq!((gone, again), (None, Err(Error::Gone)));
    assert_eq!((bin.len(), bin[0].group.id, bin[0].deleted_at.is_some()), (1, group, true));
    assert!(bin[0].group.facts.deleted);
    assert!(tenant.has_member(group, tenant.person("Grace Hopper")));
}

#[tokio::test]
async fn the_one_delete_without_a_reference_is_that_of_the_group_itself() {
    let tenant = Tenant::start().await;
    let (token, group) = (tenant.token("Grace Hopper"), tenant.group("Compiler Team"));
    tenant.emulator.fault(Fault::on("DELETE", "/groups/").answer(Action::Status(503, None)));

    tenant.graph.person(&token).delete_group(group, ID).await.unwrap();

    let calls = tenant.emulator.calls();
    let said: Vec<_> = calls.iter().map(|call| (call.method.as_str(), call.path.clone())).collect();
    assert_eq!(said, vec![("DELETE", format!("/groups/{group}")); 2]);
    assert!(calls.iter().all(|call| call.client_request_id == Some(ID.to_string())));
    assert_eq!(tenant.emulator.violations(), Vec::<String>::new());
}

#[tokio::test]
async fn only_owners_delete_and_restore() {
    let tenant = Tenant::start().await;
    let (alan, group) = (tenant.token("Alan Turing"), tenant.group("Compiler Team"));
    let alan = tenant.graph.person(&alan);

    assert_eq!(alan.delete_group(group, ID).await, Err(Error::NotAllowed));
    assert!(tenant.emulator.bin_group(group.0));
    assert_eq!(alan.restore_group(group, ID).await, Err(Error::NotAllowed));
    assert_eq!(alan.restore_group(GroupId(NOBODY), ID).await, Err(Error::Gone));
    tenant.refuse("/directory/deletedItems");
    assert_eq!(alan.deleted_groups().await, Err(Error::NotAllowed));
}

#[tokio::test]
async fn a_restoration_whose_answer_was_lost_is_found_to_be_done() {
    let tenant = Tenant::start().await;
    let (token, group) = (tenant.token("Grace Hopper"), tenant.group("Compiler Team"));
    tenant.emulator.bin_group(group.0);
    tenant.emulator.fault(Fault::on("POST", "/restore").answer(Action::DropAfterApplying));

    let outcome = tenant.graph.person(&token).restore_group(group, ID).await;

    assert_eq!(outcome, Ok(()));
    assert!(tenant.emulator.group("Compiler Team").is_some());
}

#[tokio::test]
async fn renewing_moves_the_day_a_group_expires() {
    let tenant = Tenant::start().await;
    tenant.emulator.set_lifecycle_policy(Some(LifecyclePolicy::for_all(180)));
    let group = tenant.group("Flight Dynamics");
    let katherine = tenant.token("Katherine Johnson");
    let before = tenant.graph.person(&katherine).expiry(group).await.unwrap().unwrap();
    tenant.emulator.advance_clock(1800);

    tenant.graph.person(&katherine).renew_group(group, ID).await.unwrap();

    let after = tenant.graph.person(&katherine).expiry(group).await.unwrap().unwrap();
    assert!(after.expires_at > before.expires_at && after.renewed_at > before.renewed_at, "{before:?} {after:?}");
    assert_eq!(tenant.graph.person(&katherine).expiry(GroupId(NOBODY)).await, Ok(None));
}

#[tokio::test]
async fn only_owners_renew() {
    let tenant = Tenant::start().await;
    tenant.emulator.set_lifecycle_policy(Some(LifecyclePolicy::for_all(180)));
    let alan = tenant.token("Alan Turing");
    let alan = tenant.graph.person(&alan);

    assert_eq!(alan.renew_group(tenant.group("Flight Dynamics"), ID).await, Err(Error::NotAllowed));
    assert_eq!(alan.renew_group(GroupId(NOBODY), ID).await, Err(Error::Gone));
}
