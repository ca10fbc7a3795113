//! The store on both databases. Whatever `SQLite` promises, `PostgreSQL` promises too.

mod accounts;
mod commissions;
mod creations;
mod decisions;
mod designations;
mod directory;
mod ends;
mod events;
mod forms;
mod given;
mod group_writes;
mod histories;
mod imports;
mod leases;
mod new_groups;
mod opening;
mod operations;
mod plans;
mod requests;
mod responsibilities;
mod reviews;
mod sessions;
mod stale_ends;
mod suspending;
mod unexplained;

use jiff::{SignedDuration, Timestamp};
use roster::{
    domain::{
        directory::{Group, GroupFacts, PersonRef},
        event::{Event, EventKind},
        ids::{GroupId, OperationId, PersonId, RequestId},
        operation::{self, Kind, LEASE, Operation},
        request::{Asker, JoinRequest, State},
    },
    store::{Deciding, Moved, Store},
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::database::{self, Database};

const HOUR: SignedDuration = SignedDuration::from_hours(1);
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Runs a test on each database, with both groups taking part.
async fn each_database<F: AsyncFn(Database)>(body: F) {
    database::each_database(async |database| {
        let taking_part = "INSERT INTO designation (group_id, terms, version, designated_by, designated_by_name,
                                                    designated_at, changed_at)
             SELECT id, '{\"guests_may_ask\":false,\"reason_required\":true,\"open_days\":14,\"cool_down_days\":7,\"gives\":\"\"}',
                    1, 'ada', 'Ada Lovelace', 0, 0
             FROM (SELECT '00000000-0000-0000-0000-000000000065' AS id
                   UNION SELECT '00000000-0000-0000-0000-000000000066') AS two";
        database.tamper(taking_part).await.unwrap();
        body(database).await;
    })
    .await;
}

fn noon() -> Timestamp {
    Timestamp::from_second(1_800_000_000).unwrap()
}

fn person(n: u128, name: &str) -> PersonRef {
    PersonRef { id: PersonId(Uuid::from_u128(n)), name: name.into() }
}

fn alan() -> PersonRef {
    person(1, "Alan Turing")
}

fn grace() -> PersonRef {
    person(2, "Grace Hopper")
}

fn ada() -> PersonRef {
    person(3, "Ada Lovelace")
}

fn compilers() -> GroupId {
    GroupId(Uuid::from_u128(101))
}

fn gardeners() -> GroupId {
    GroupId(Uuid::from_u128(102))
}

fn group(id: GroupId, name: &str) -> Group {
    let facts = GroupFacts { security_enabled: true, ..GroupFacts::default() };
    Group { id, name: name.into(), description: format!("About {name}"), facts }
}

fn request(group: GroupId, requester: PersonRef) -> JoinRequest {
    JoinRequest {
        id: RequestId::new(),
        kind: roster::domain::request::Kind::Join,
        group,
        group_name: "Compiler Team".into(),
        requester,
        asker: Asker { username: "someone@contoso.example".into(), ..Asker::default() },
        reason: "I write the parser".into(),
        answers: vec![],
        days: None,
        state: State::Open,
        end_reason: None,
        version: 1,
        asked_at: noon(),
        lapses_at: noon() + 14 * DAY,
        ended_at: None,
        consented: vec![],
        decision: None,
        operation: None,
    }
}

fn add(request: &JoinRequest, by: &PersonRef) -> Operation {
    Operation {
        id: OperationId::new(),
        kind: Kind::Add,
        group: request.group,
        group_name: request.group_name.clone(),
        person: request.requester.clone(),
        request: Some(request.id),
        decided_by: by.clone(),
        reason: String::new(),
        state: operation::State::InFlight,
        version: 1,
        attempt: 1,
        lease_until: noon() + LEASE,
        refusal: None,
        negative_at: None,
        created_at: noon(),
        finished_at: None,
        carried_out_by: Some(by.clone()),
        until: None,
    }
}

fn leave(group: GroupId, by: &PersonRef) -> Operation {
    let request = request(group, by.clone());
    Operation { kind: Kind::Remove, request: None, carried_out_by: None, ..add(&request, by) }
}

fn event(kind: EventKind) -> Event {
    Event::new(kind, Some(grace()), noon()).group(compilers()).person(alan().id)
}

async fn ask(store: &Store, group: GroupId, requester: PersonRef) -> JoinRequest {
    let request = request(group, requester);
    store.requests().ask(&request, 1, &event(EventKind::RequestCreated).request(request.id)).await.unwrap();
    request
}

async fn approve(store: &Store, request: &JoinRequest, by: &PersonRef) -> Operation {
    let operation = add(request, by);
    let (evidence, event) = (evidence(), event(EventKind::DecisionApproved).request(request.id));
    let deciding =
        Deciding { request, by, message: "Welcome", evidence: &evidence, terms: 1, now: noon(), event: &event };
    assert_eq!(store.decisions().approve(&deciding, &operation).await.unwrap(), Moved::Yes);
    operation
}

async fn deny(store: &Store, request: &JoinRequest, by: &PersonRef) -> Moved {
    let (evidence, event) = (evidence(), event(EventKind::DecisionDenied).request(request.id));
    let deciding =
        Deciding { request, by, message: "Not now", evidence: &evidence, terms: 1, now: noon(), event: &event };
    store.decisions().deny(&deciding).await.unwrap()
}

fn evidence() -> Value {
    json!({ "owner": true, "member": false })
}

async fn event_count(store: &Store) -> i64 {
    store.events().verify().await.unwrap().unwrap().count
}
