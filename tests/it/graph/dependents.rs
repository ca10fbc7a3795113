//! What hangs on a group.

use std::time::Duration;

use roster::{domain::ids::GroupId, graph::Error};
use uuid::Uuid;

use super::{NOBODY, Tenant};

#[tokio::test]
async fn members_licences_and_roles_in_applications_are_read_together() {
    let tenant = Tenant::start().await;
    tenant.emulator.set_read_lag(Duration::ZERO);
    let (grace, group) = (tenant.scoped("Grace Hopper", &["Directory.Read.All"]), tenant.group("Data Platform"));
    tenant.emulator.change_group(group.0, |group| group.licences = vec![Uuid::from_u128(1), Uuid::from_u128(2)]);

    let found = tenant.graph.person(&grace).dependents(group).await.unwrap().unwrap();

    let members = tenant.emulator.group("Data Platform").unwrap().members.len();
    assert_eq!((found.group.id, found.licences), (group, Some(2)));
    assert_eq!(found.members, Some(u64::try_from(members).unwrap()));
    assert!(!found.app_roles.unwrap().is_empty());
    assert_eq!(tenant.emulator.violations(), Vec::<String>::new());
}

#[tokio::test]
async fn what_may_not_be_read_is_unknown_and_not_nothing() {
    let tenant = Tenant::start().await;
    let (grace, group) = (tenant.token("Grace Hopper"), tenant.group("Data Platform"));
    tenant.refuse("/appRoleAssignments");

    let found = tenant.graph.person(&grace).dependents(group).await.unwrap().unwrap();

    assert_eq!(found.app_roles, None);
    assert_eq!(found.licences, Some(0));
}

#[tokio::test]
async fn a_group_that_is_gone_or_cannot_be_read_has_no_dependents() {
    let tenant = Tenant::start().await;
    let grace = tenant.token("Grace Hopper");
    let group = tenant.group("Data Platform");

    assert_eq!(tenant.graph.person(&grace).dependents(GroupId(NOBODY)).await, Ok(None));
    for _ in 0..3 {
        tenant.refuse("/groups/");
    }
    assert_eq!(tenant.graph.person(&grace).dependents(group).await, Err(Error::NotAllowed));
}
