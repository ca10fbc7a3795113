//! The index still shows somebody as a member who was removed outside of Roster; only reads past it decide.

use std::time::Duration;

use roster::domain::ids::{GroupId, OperationId, PersonId};
use roster_emulator::{Action, Fault};

use crate::support::steps::Asked;

/// Alan was in the group and Grace has taken him out by other means: she sees that, and the index will not for an hour.
async fn removed_outside() -> Asked {
    let asked = Asked::start().await;
    let emulator = &asked.portal.emulator;
    let [alan, grace] = ["Alan Turing", "Grace Hopper"].map(|name| emulator.person_named(name));
    let team = emulator.group_named("Compiler Team");
    emulator.add_member(team, alan);
    emulator.set_read_lag(Duration::from_hours(1));
    let token = asked.portal.token(grace);
    let as_grace = asked.portal.app.graph.person(&token);
    as_grace.remove_member(GroupId(team), PersonId(alan), OperationId::new()).await.unwrap();
    let indexed = as_grace.is_member_indexed(GroupId(team), PersonId(alan)).await;
    assert_eq!((indexed, asked.portal.is_member("Compiler Team", "Alan Turing")), (Ok(true), false));
    asked
}

#[tokio::test]
async fn a_member_by_the_index_alone_can_be_approved() {
    let asked = removed_outside().await;

    let after = asked.grace.approves(&asked.request).await;

    assert_eq!(after.flash(), "Alan Turing is now a member of Compiler Team.");
    assert!(asked.portal.is_member("Compiler Team", "Alan Turing"));
}

#[tokio::test]
async fn a_member_by_the_index_alone_is_not_said_to_be_added_when_the_directory_refuses() {
    let asked = removed_outside().await;
    asked.portal.emulator.fault(Fault::on("POST", "/members/$ref").answer(Action::ConsentMissing));

    let after = asked.grace.approves(&asked.request).await;

    after.hides("is now a member");
    assert_ne!(asked.seen_by_alan().await.tags(), ["Added"]);
    assert!(!asked.portal.is_member("Compiler Team", "Alan Turing"));
}
