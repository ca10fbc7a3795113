//! Which groups somebody is in, and which directory roles they hold.

use roster::{
    domain::ids::{GroupId, PersonId},
    graph::Error,
};
use uuid::{Uuid, uuid};

use super::{NOBODY, Tenant};

#[tokio::test]
async fn many_groups_are_asked_about_twenty_at_a_time() {
    let tenant = Tenant::start().await;
    let token = tenant.token("Grace Hopper");
    let (compilers, data) = (tenant.group("Compiler Team"), tenant.group("Data Platform"));
    let mut groups: Vec<GroupId> = (0..43).map(|n| GroupId(Uuid::from_u128(0x9000 + n))).collect();
    groups.extend([compilers, data]);

    let mine = tenant.graph.person(&token).which_i_am_in(&groups).await;
    let marys = tenant.graph.person(&token).which_somebody_is_in(tenant.person("Mary Jackson"), &groups).await;
    let none = tenant.graph.person(&token).which_i_am_in(&[]).await;

    assert_eq!((mine, marys, none), (Ok(vec![compilers]), Ok(vec![data]), Ok(vec![])));
    assert_eq!(tenant.asked("POST", "/checkMemberGroups"), 6);
}

#[tokio::test]
async fn what_nobody_is_in_is_not_nothing() {
    let tenant = Tenant::start().await;
    let token = tenant.token("Grace Hopper");
    let (grace, groups) = (tenant.graph.person(&token), [tenant.group("Compiler Team")]);

    assert_eq!(grace.which_somebody_is_in(PersonId(NOBODY), &groups).await, Err(Error::Gone));
    tenant.refuse("/me/checkMemberGroups");
    assert_eq!(grace.which_i_am_in(&groups).await, Err(Error::NotAllowed));
    tenant.refuse("/me/ownedObjects");
    assert_eq!(grace.owned().await, Err(Error::NotAllowed));
}

#[tokio::test]
async fn directory_roles_are_known_by_their_template() {
    let tenant = Tenant::start().await;
    let (hedy, grace) = (tenant.token("Hedy Lamarr"), tenant.token("Grace Hopper"));

    let of_hedy = tenant.graph.person(&hedy).my_directory_roles().await.unwrap();
    let of_grace = tenant.graph.person(&grace).my_directory_roles().await.unwrap();

    assert_eq!((of_hedy.len(), of_hedy[0].name.as_str()), (1, "Groups Administrator"));
    assert_eq!(of_hedy[0].template, Some(uuid!("fdd7a751-b60b-444a-984c-02652fe8fa1c")));
    assert_eq!(of_grace, []);
    tenant.refuse("microsoft.graph.directoryRole");
    assert_eq!(tenant.graph.person(&hedy).my_directory_roles().await, Err(Error::NotAllowed));
}
