//! Creating groups, whatever happens on the way.

use std::time::Duration;

use roster::{
    domain::{directory::Kind, ids::PersonId},
    graph::{Error, Flaw, Limits, NamePart, NewGroup, Nickname, Objection, Visibility},
};
use roster_emulator::{Action, Company, Fault};
use uuid::Uuid;

use super::{NOBODY, Tenant};

const WISH: Uuid = Uuid::from_u128(0xabc);

fn poets(kind: Kind) -> NewGroup {
    NewGroup {
        kind,
        name: "Poets".into(),
        description: "People who write in verse.".into(),
        nickname: Nickname::made_from("Poets", WISH),
        visibility: None,
        owners: Vec::new(),
        members: Vec::new(),
    }
}

#[tokio::test]
async fn a_security_group_is_created_with_its_people_under_the_callers_id() {
    let tenant = Tenant::start().await;
    let token = tenant.token("Alan Turing");
    let (mary, grace) = (tenant.person("Mary Jackson"), tenant.person("Grace Hopper"));
    let new = NewGroup { owners: vec![mary], members: vec![grace, mary], ..poets(Kind::Security) };

    let group = tenant.graph.person(&token).create_group(&new, WISH).await.unwrap();

    assert_eq!((group.name.as_str(), group.description.as_str()), ("Poets", "People who write in verse."));
    assert_eq!(group.facts.eligibility(), Ok(Kind::Security));
    assert!(tenant.has_member(group.id, grace) && tenant.emulator.is_owner(group.id.0, mary.0));
    assert!(tenant.emulator.is_owner(group.id.0, tenant.person("Alan Turing").0));
    let calls = tenant.emulator.calls();
    let sent = calls.iter().find(|call| call.method == "POST").expect("it was created");
    assert_eq!(sent.client_request_id, Some(WISH.to_string()));
}

#[tokio::test]
async fn a_microsoft_365_group_is_as_visible_as_wished() {
    let tenant = Tenant::start().await;
    let token = tenant.token("Alan Turing");
    let new = NewGroup {
        visibility: Some(Visibility::HiddenMembership),
        description: String::new(),
        ..poets(Kind::Microsoft365)
    };

    let group = tenant.graph.person(&token).create_group(&new, WISH).await.unwrap();

    assert_eq!((group.facts.eligibility(), group.facts.hides_members()), (Ok(Kind::Microsoft365), true));
    assert_eq!(group.description, "");
}

#[tokio::test]
async fn a_group_whose_answer_was_lost_is_found_and_not_made_twice() {
    for action in [Action::DropAfterApplying, Action::StatusAfterApplying(504), Action::TruncatedJson] {
        let tenant = Tenant::start().await;
        let token = tenant.token("Alan Turing");
        tenant.emulator.fault(Fault::on("POST", "/groups").answer(action.clone()));

        let group = tenant.graph.person(&token).create_group(&poets(Kind::Security), WISH).await.unwrap();

        assert_eq!(tenant.emulator.group("Poets").unwrap().id, group.id.0, "{action:?}");
        assert_eq!(tenant.asked("POST", "/groups"), 1, "{action:?}");
    }
}

#[tokio::test]
async fn what_may_have_arrived_is_sent_again_by_the_next_call_alone() {
    for action in [Action::DropBefore, Action::Status(503, None)] {
        let limits = Limits { call: Duration::from_millis(1500), ..Limits::default() };
        let tenant = Tenant::with(Company::contoso(), limits).await;
        let token = tenant.token("Alan Turing");
        let alan = tenant.graph.person(&token);
        tenant.emulator.fault(Fault::on("POST", "/groups").answer(action.clone()));

        let first = alan.create_group(&poets(Kind::Security), WISH).await;
        let sent = tenant.asked("POST", "/groups");
        let second = alan.create_group(&poets(Kind::Security), WISH).await;

        assert_eq!((first, sent), (Err(Error::Unavailable), 1), "{action:?}");
        assert_eq!(second.unwrap().id.0, tenant.emulator.group("Poets").unwrap().id, "{action:?}");
    }
}

#[tokio::test]
async fn a_throttled_creation_waits_and_is_sent_again_at_once() {
    let tenant = Tenant::start().await;
    let token = tenant.token("Alan Turing");
    tenant.emulator.fault(Fault::on("POST", "/groups").answer(Action::Status(429, Some("0.2"))));

    tenant.graph.person(&token).create_group(&poets(Kind::Security), WISH).await.unwrap();

    assert_eq!((tenant.asked("POST", "/groups"), tenant.asked("GET", "/groups")), (2, 1));
}

#[tokio::test]
async fn the_same_wish_twice_is_the_same_group() {
    let tenant = Tenant::start().await;
    let token = tenant.token("Alan Turing");
    let alan = tenant.graph.person(&token);
    let new = poets(Kind::Security);

    let before = alan.group_with_nickname(&new.nickname).await.unwrap();
    let first = alan.create_group(&new, WISH).await.unwrap();
    let second = alan.create_group(&new, WISH).await.unwrap();

    assert_eq!((before, first.id), (None, second.id));
    assert_eq!(tenant.asked("POST", "/groups"), 1);
    assert_eq!(alan.group_with_nickname(&new.nickname).await.unwrap().map(|group| group.id), Some(first.id));
}

#[tokio::test]
async fn somebody_elses_group_is_not_taken_for_the_new_one() {
    let tenant = Tenant::start().await;
    let token = tenant.token("Alan Turing");
    let theirs = tenant.emulator.group("Compiler Team").unwrap().mail_nickname;
    let new = NewGroup { nickname: Nickname::read(&theirs).unwrap(), ..poets(Kind::Security) };

    let outcome = tenant.graph.person(&token).create_group(&new, WISH).await;

    let objection = Objection { part: NamePart::Nickname, flaw: Flaw::Taken };
    assert_eq!(outcome, Err(Error::NotThisName(objection)));
    assert_eq!(tenant.asked("POST", "/groups"), 0);
}

#[tokio::test]
async fn a_group_that_somebody_is_creating_at_this_moment_is_found_when_it_shows() {
    let tenant = Tenant::start().await;
    let token = tenant.token("Alan Turing");
    let alan = tenant.graph.person(&token);
    let first = alan.create_group(&poets(Kind::Security), WISH).await.unwrap();
    // The first look meets a replica that does not show the group.
    tenant.emulator.fault(Fault::on("GET", "mailNickname eq").answer(Action::HalfList));

    let second = alan.create_group(&poets(Kind::Security), WISH).await.unwrap();

    assert_eq!((second.id, tenant.asked("POST", "/groups")), (first.id, 2));
}

#[tokio::test]
async fn a_group_that_is_there_and_not_seen_yet_is_not_refused() {
    let limits = Limits { call: Duration::from_millis(1500), ..Limits::default() };
    let tenant = Tenant::with(Company::contoso(), limits).await;
    let token = tenant.token("Alan Turing");
    tenant.emulator.fault(Fault::on("POST", "/groups").answer(Action::DropAfterApplying));
    tenant.emulator.fault(Fault::on("GET", "mailNickname eq").nth(2).times(9).answer(Action::Status(503, None)));

    let outcome = tenant.graph.person(&token).create_group(&poets(Kind::Security), WISH).await;

    assert_eq!(outcome, Err(Error::Unavailable));
    assert!(tenant.emulator.group("Poets").is_some());
    assert_eq!(tenant.asked("POST", "/groups"), 1);
}

#[tokio::test]
async fn each_documented_refusal_of_a_creation_is_told_apart() {
    let tenant = Tenant::start().await;
    let token = tenant.token("Alan Turing");
    let create = |kind| {
        let new = poets(kind);
        let alan = tenant.graph.person(&token);
        async move { alan.create_group(&new, WISH).await }
    };

    tenant.emulator.set_created_objects(tenant.person("Alan Turing").0, 250);
    assert_eq!(create(Kind::Security).await, Err(Error::NotChangeable));
    tenant.emulator.change_authorization_policy(|policy| policy.allowed_to_create_security_groups = false);
    assert_eq!(create(Kind::Security).await, Err(Error::NotAllowed));
    tenant.emulator.set_group_setting("EnableGroupCreation", "false");
    assert_eq!(create(Kind::Microsoft365).await, Err(Error::NotAllowed));
}

#[tokio::test]
async fn more_people_than_graph_takes_are_not_sent() {
    let tenant = Tenant::start().await;
    let token = tenant.token("Alan Turing");
    let new = NewGroup { members: vec![PersonId(NOBODY); 21], ..poets(Kind::Security) };

    let outcome = tenant.graph.person(&token).create_group(&new, WISH).await;

    assert!(matches!(outcome, Err(Error::Refused { status: 0, .. })), "{outcome:?}");
    assert_eq!(tenant.emulator.calls().len(), 0);
}
