//! Adding and removing owners.

use roster::{
    domain::{
        ids::{GroupId, OperationId, PersonId},
        operation::{Answer, DirectoryRefusal},
    },
    graph::Error,
};
use uuid::Uuid;

use super::{NOBODY, Tenant};

#[tokio::test]
async fn an_owner_is_added_and_removed_under_the_operations_id() {
    let tenant = Tenant::start().await;
    let (token, group) = (tenant.token("Grace Hopper"), tenant.group("Compiler Team"));
    let (alan, operation) = (tenant.person("Alan Turing"), OperationId::new());
    let grace = tenant.graph.person(&token);

    grace.add_owner(group, alan, operation).await.unwrap();
    let added = tenant.emulator.is_owner(group.0, alan.0);
    grace.remove_owner(group, alan, operation).await.unwrap();

    assert!(added && !tenant.emulator.is_owner(group.0, alan.0) && !tenant.has_member(group, alan));
    let ids: Vec<_> = tenant.emulator.calls().into_iter().map(|call| call.client_request_id).collect();
    assert_eq!(ids, [Some(operation.to_string()), Some(operation.to_string())]);
    assert_eq!(tenant.emulator.violations(), Vec::<String>::new());
}

#[tokio::test]
async fn each_documented_refusal_about_owners_is_told_apart() {
    let tenant = Tenant::start().await;
    let (grace, alan) = (tenant.token("Grace Hopper"), tenant.token("Alan Turing"));
    let (group, person) = (tenant.group("Compiler Team"), tenant.person("Alan Turing"));
    let add = |token, person| tenant.graph.person(token).add_owner(group, person, OperationId::new());
    let remove = |token, person| tenant.graph.person(token).remove_owner(group, person, OperationId::new());

    assert_eq!(add(&alan, person).await, Err(Error::NotAllowed));
    assert_eq!(add(&grace, PersonId(NOBODY)).await, Err(Error::Gone));
    assert_eq!(add(&grace, tenant.person("Mary Jackson")).await, Err(Error::AlreadyThere));
    assert_eq!(remove(&alan, tenant.person("Mary Jackson")).await, Err(Error::NotAllowed));
    assert_eq!(remove(&grace, person).await, Err(Error::Gone));
}

#[tokio::test]
async fn the_last_person_who_owns_a_group_stays() {
    let tenant = Tenant::start().await;
    let (token, group) = (tenant.token("Radia Perlman"), tenant.group("Network Operations"));
    let radia = tenant.person("Radia Perlman");

    let error = tenant.graph.person(&token).remove_owner(group, radia, OperationId::new()).await.unwrap_err();

    assert_eq!(error, Error::LastOwner);
    assert_eq!(error.answer_to_remove(), Answer::No(DirectoryRefusal::NotChangeable));
    assert!(tenant.emulator.is_owner(group.0, radia.0));
}

#[tokio::test]
async fn a_group_has_a_hundred_owners_at_most() {
    let tenant = Tenant::start().await;
    let (token, group) = (tenant.token("Grace Hopper"), tenant.group("Compiler Team"));
    let strangers = (0..97).map(|n| Uuid::from_u128(0x9000 + n));
    tenant.emulator.change_group(group.0, |group| group.owners.extend(strangers));

    let alan = tenant.person("Alan Turing");
    let outcome = tenant.graph.person(&token).add_owner(GroupId(group.0), alan, OperationId::new()).await;

    assert_eq!(outcome, Err(Error::NotChangeable));
}
