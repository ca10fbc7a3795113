//! Finding and counting groups, and what they unlock.

use roster::{
    domain::{directory::Group, ids::GroupId},
    graph::{Error, Sort},
};
use roster_emulator::{AppRoleAssignment, Company};
use uuid::Uuid;

use super::{NOBODY, Tenant};

fn names(groups: &[Group]) -> Vec<&str> {
    groups.iter().map(|group| group.name.as_str()).collect()
}

#[tokio::test]
async fn groups_are_found_by_words_of_name_and_description() {
    let tenant = Tenant::start().await;
    let token = tenant.token("Alan Turing");
    let alan = tenant.graph.person(&token);

    assert_eq!(names(&alan.search_groups("team compil").await.unwrap()), ["Compiler Team"]);
    assert_eq!(names(&alan.search_groups("unpublished").await.unwrap()), ["Cryptography Research"]);
    assert_eq!(alan.search_groups("\"").await, Ok(Vec::new()));
}

#[tokio::test]
async fn each_sort_of_group_can_be_listed_and_counted() {
    let tenant = Tenant::start().await;
    let token = tenant.token("Alan Turing");
    let alan = tenant.graph.person(&token);

    for (sort, among, not_among) in [
        (Sort::Ownerless, "Payroll", "Compiler Team"),
        (Sort::Microsoft365, "Flight Dynamics", "Compiler Team"),
        (Sort::Security, "Harbour Access", "All Employees"),
    ] {
        let found = alan.groups_of(sort).await.unwrap();

        let names = names(&found);
        assert!(names.contains(&among) && !names.contains(&not_among), "{sort:?}: {names:?}");
        assert_eq!(alan.count_groups(Some(sort)).await, Ok(found.len() as u64));
        assert!(alan.count_groups(None).await.unwrap() > found.len() as u64);
    }
}

#[tokio::test]
async fn who_may_not_look_for_groups_is_told() {
    let tenant = Tenant::start().await;
    let token = tenant.token("Alan Turing");
    let alan = tenant.graph.person(&token);

    tenant.refuse("$search");
    assert_eq!(alan.search_groups("team").await, Err(Error::NotAllowed));
    tenant.refuse("$filter");
    assert_eq!(alan.groups_of(Sort::Ownerless).await, Err(Error::NotAllowed));
    tenant.refuse("/groups/$count");
    assert_eq!(alan.count_groups(None).await, Err(Error::NotAllowed));
}

#[tokio::test]
async fn what_a_group_unlocks_can_be_read() {
    let tenant = Tenant::start().await;
    let (token, group) = (tenant.scoped("Alan Turing", &["Directory.Read.All"]), tenant.group("Compiler Team"));
    let alan = tenant.graph.person(&token);
    let (application, role) = (Company::contoso().service_principals[0].id, Uuid::from_u128(7));
    tenant.emulator.clear_app_roles(group.0);
    let before = alan.app_roles(group).await;
    tenant.emulator.assign_app_role(AppRoleAssignment { group: group.0, application, role });

    let roles = alan.app_roles(group).await.unwrap();

    assert_eq!(before, Ok(Vec::new()));
    assert_eq!((roles.len(), roles[0].app, roles[0].role), (1, application, role));
    assert!(!roles[0].app_name.is_empty());
    assert_eq!(alan.app_roles(GroupId(NOBODY)).await, Err(Error::Gone));
}
