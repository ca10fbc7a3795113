//! The client of Graph against the made-up directory, over HTTP.

mod accounts;
mod batches;
mod belonging;
mod binds;
mod budget;
mod create;
mod dependents;
mod faults;
mod groups;
mod hostile;
mod kept;
mod lifecycle;
mod lists;
mod mail;
mod members;
mod names;
mod owners;
mod people;
mod tenant;

use std::time::Duration;

use jiff::Timestamp;
use roster::{
    domain::{
        directory::{Kind, Unfit},
        ids::{GroupId, OperationId, PersonId},
        operation::{Answer, DirectoryRefusal},
    },
    graph::{AccessToken, Error, Graph, Limits},
};
use roster_emulator::{Action, Company, Emulator, Fault, Options};
use secrecy::SecretString;
use tokio::net::TcpListener;
use uuid::Uuid;

use crate::support::{self, emulator};

const NOBODY: Uuid = Uuid::from_u128(0xdead);

/// A directory and a client of it.
struct Tenant {
    emulator: Emulator,
    graph: Graph,
}

impl Tenant {
    async fn start() -> Self {
        Self::with(Company::contoso(), Limits::default()).await
    }

    async fn with(company: Company, limits: Limits) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let options = Options::new(Uuid::from_u128(1), "secret", &["http://127.0.0.1/callback"]);
        let emulator = emulator::start(listener, company, options).await;
        let base = emulator.graph_url().parse().expect("the emulator has an address");
        let graph = Graph::new(base, limits).expect("the client can be made");
        Self { emulator, graph }
    }

    fn token(&self, name: &str) -> AccessToken {
        token(&self.emulator.token(self.emulator.person_named(name)))
    }

    /// Returns a token with the scopes of everybody and these.
    fn scoped(&self, name: &str, more: &[&str]) -> AccessToken {
        let scopes = [&["User.Read", "User.ReadBasic.All", "GroupMember.Read.All"], more].concat();
        let secret = self.emulator.token_with_scopes(self.emulator.person_named(name), &scopes);
        AccessToken { scopes: scopes.iter().map(ToString::to_string).collect(), ..token(&secret) }
    }

    /// Returns the calls whose method is this and whose path contains the text.
    fn asked(&self, method: &str, path: &str) -> usize {
        self.emulator.calls().iter().filter(|call| call.method == method && call.path.contains(path)).count()
    }

    /// Makes calls be answered as if the tenant had not granted a permission.
    fn refuse(&self, path: &str) {
        self.emulator.fault(Fault::on("*", path).answer(Action::ConsentMissing));
    }

    fn person(&self, name: &str) -> PersonId {
        PersonId(self.emulator.person_named(name))
    }

    fn group(&self, name: &str) -> GroupId {
        GroupId(self.emulator.group_named(name))
    }

    fn has_member(&self, group: GroupId, person: PersonId) -> bool {
        self.emulator.is_member(group.0, person.0)
    }
}

fn token(secret: &str) -> AccessToken {
    AccessToken { secret: SecretString::from(secret), expires_at: Timestamp::MAX, scopes: Vec::new() }
}

/// Limits short enough to wait for.
fn short() -> Limits {
    Limits { call: Duration::from_millis(700), attempt: Duration::from_millis(250), ..Limits::default() }
}

#[tokio::test]
async fn a_person_reads_everything_about_themselves() {
    let tenant = Tenant::start().await;
    let token = tenant.token("Alan Turing");

    let me = tenant.graph.person(&token).me().await.unwrap();

    assert_eq!((me.id, me.name.as_str()), (tenant.person("Alan Turing"), "Alan Turing"));
    assert_eq!((me.guest, me.enabled), (Some(false), Some(true)));
    assert!(!me.job_title.is_empty() && !me.department.is_empty() && me.username.ends_with("contoso.example"));
}

#[tokio::test]
async fn what_may_not_be_read_of_others_is_not_known_rather_than_false() {
    let tenant = Tenant::start().await;
    let token = tenant.token("Grace Hopper");

    let alan = tenant.graph.person(&token).person(tenant.person("Alan Turing")).await.unwrap().unwrap();

    assert_eq!(alan.name, "Alan Turing");
    assert_eq!((alan.guest, alan.enabled), (None, None));
}

#[tokio::test]
async fn whom_the_directory_does_not_know_is_none() {
    let tenant = Tenant::start().await;
    let token = tenant.token("Grace Hopper");
    let grace = tenant.graph.person(&token);

    assert_eq!(grace.person(PersonId(NOBODY)).await, Ok(None));
    assert_eq!(grace.group(GroupId(NOBODY)).await, Ok(None));
    assert_eq!(grace.owners(GroupId(NOBODY)).await, Err(Error::Gone));
    assert_eq!(grace.is_member_indexed(GroupId(NOBODY), PersonId(NOBODY)).await, Err(Error::Gone));
    assert_eq!(grace.is_member_settled(GroupId(NOBODY), PersonId(NOBODY)).await, Err(Error::Gone));
}

#[tokio::test]
async fn a_group_comes_with_what_decides_eligibility() {
    let tenant = Tenant::start().await;
    let token = tenant.token("Grace Hopper");

    for (name, expected) in [
        ("Compiler Team", Ok(Kind::Security)),
        ("Flight Dynamics", Ok(Kind::Microsoft365)),
        ("Harbour Access", Ok(Kind::Security)),
        ("Payroll", Err(Unfit::Synchronised)),
        ("All Employees", Err(Unfit::Dynamic)),
        ("Facilities Mail", Err(Unfit::MailEnabledSecurity)),
        ("Announcements", Err(Unfit::DistributionList)),
        ("Tier Zero Admins", Err(Unfit::RoleAssignable)),
        ("Vault Keepers", Err(Unfit::Restricted)),
    ] {
        let group = tenant.graph.person(&token).group(tenant.group(name)).await.unwrap().unwrap();

        assert_eq!((group.name.as_str(), group.facts.eligibility()), (name, expected));
        assert!(!group.description.is_empty());
    }
}

#[tokio::test]
async fn a_member_is_added_and_removed_as_the_owner_under_the_operations_id() {
    let tenant = Tenant::start().await;
    let (token, group) = (tenant.token("Grace Hopper"), tenant.group("Compiler Team"));
    let (alan, operation) = (tenant.person("Alan Turing"), OperationId::new());
    let grace = tenant.graph.person(&token);

    grace.add_member(group, alan, operation).await.unwrap();
    let added = tenant.has_member(group, alan);
    grace.remove_member(group, alan, operation).await.unwrap();

    assert!(added && !tenant.has_member(group, alan));
    for call in tenant.emulator.calls() {
        assert_eq!(call.client_request_id, Some(operation.to_string()));
        assert_eq!((call.oid, call.app), (Some(tenant.person("Grace Hopper").0), false));
    }
    assert_eq!(tenant.emulator.violations(), Vec::<String>::new());
}

#[tokio::test]
async fn each_documented_refusal_of_an_add_is_told_apart() {
    let tenant = Tenant::start().await;
    let (grace, alan) = (tenant.token("Grace Hopper"), tenant.token("Alan Turing"));
    let (group, person) = (tenant.group("Compiler Team"), tenant.person("Alan Turing"));
    let synced = tenant.group("Data Platform");
    tenant.emulator.change_group(synced.0, |group| group.on_premises_sync_enabled = Some(true));
    let add = |token, group, person| tenant.graph.person(token).add_member(group, person, OperationId::new());

    let by_a_stranger = add(&alan, group, person).await.unwrap_err();
    let of_nobody = add(&grace, group, PersonId(NOBODY)).await.unwrap_err();
    let to_synced = add(&grace, synced, person).await.unwrap_err();
    add(&grace, group, person).await.unwrap();
    let twice = add(&grace, group, person).await.unwrap_err();

    assert_eq!(by_a_stranger, Error::NotAllowed);
    assert_eq!(of_nobody, Error::Gone);
    assert_eq!(to_synced, Error::NotChangeable);
    assert_eq!((twice.clone(), twice.answer_to_add()), (Error::AlreadyThere, Answer::Done));
}

#[tokio::test]
async fn removing_somebody_who_is_no_member_leaves_it_to_a_read() {
    let tenant = Tenant::start().await;
    let (token, group, alan) =
        (tenant.token("Grace Hopper"), tenant.group("Compiler Team"), tenant.person("Alan Turing"));
    let grace = tenant.graph.person(&token);

    let error = grace.remove_member(group, alan, OperationId::new()).await.unwrap_err();

    assert_eq!(error.answer_to_remove(), Answer::No(DirectoryRefusal::Gone));
    assert_eq!(grace.is_member_settled(group, alan).await, Ok(Some(false)));
}

#[tokio::test]
async fn the_index_lags_behind_and_the_settled_read_does_not() {
    let tenant = Tenant::start().await;
    let (token, group, alan) =
        (tenant.token("Grace Hopper"), tenant.group("Compiler Team"), tenant.person("Alan Turing"));
    let grace = tenant.graph.person(&token);
    tenant.emulator.set_read_lag(Duration::from_hours(1));

    grace.add_member(group, alan, OperationId::new()).await.unwrap();

    assert_eq!(grace.is_member_indexed(group, alan).await, Ok(false));
    assert_eq!(grace.is_member_settled(group, alan).await, Ok(Some(true)));
    tenant.emulator.set_read_lag(Duration::ZERO);
    assert_eq!(grace.is_member_indexed(group, alan).await, Ok(true));
}

#[tokio::test]
async fn the_reads_before_a_decision_come_together() {
    let tenant = Tenant::start().await;
    let (token, group) = (tenant.token("Grace Hopper"), tenant.group("Compiler Team"));

    let live = tenant.graph.person(&token).live(group, tenant.person("Alan Turing")).await.unwrap();

    assert_eq!(live.group.map(|group| group.name).as_deref(), Some("Compiler Team"));
    assert!(live.owners.iter().any(|owner| owner.id == tenant.person("Grace Hopper")));
    assert_eq!(live.requester.map(|person| person.name).as_deref(), Some("Alan Turing"));
    assert_eq!(live.is_member, Some(false));
    assert_eq!(tenant.emulator.calls().len(), 4);
}

#[tokio::test]
async fn a_group_that_is_gone_has_no_owners() {
    let tenant = Tenant::start().await;
    let (token, group) = (tenant.token("Grace Hopper"), tenant.group("Compiler Team"));
    tenant.emulator.delete_group(group.0);

    let live = tenant.graph.person(&token).live(group, PersonId(NOBODY)).await.unwrap();

    assert_eq!((live.group, live.owners, live.requester, live.is_member), (None, Vec::new(), None, None));
}

#[tokio::test]
async fn a_run_that_is_to_lag_does() {
    let tenant = Tenant::start().await;
    let (token, group, alan) =
        (tenant.token("Grace Hopper"), tenant.group("Compiler Team"), tenant.person("Alan Turing"));
    let as_grace = tenant.graph.person(&token);
    let lags = !emulator::read_lag().is_zero();

    as_grace.add_member(group, alan, OperationId::new()).await.unwrap();

    assert_eq!(as_grace.is_member_indexed(group, alan).await, Ok(!lags));
    if lags {
        support::ran("graph::a_run_that_is_to_lag_does");
    }
}
