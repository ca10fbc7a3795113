//! The process is killed in the middle of an approval, on both databases: no decision is lost, and the pages of the next
//! process tell the truth.
//!
//! The made-up directory holds the portal's own call, so each kill falls exactly where it should: between the record of
//! the decision and the change of the directory, or between that change and the record of the outcome. After a kill the
//! lease of a minute has to pass; the test sets it back in the database instead of waiting for it.

use std::{sync::Arc, time::Duration};

use roster_emulator::{Action, Company, Emulator, Fault, HoldWhen};
use tokio::{net::TcpListener, sync::Notify};

use crate::support::{
    database::Database,
    emulator, left_out,
    page::Page,
    person::Person,
    portal::{SERVICE_PERMISSIONS, client, start_emulator},
    process::Process,
    ran,
};

/// A company, its database, and a request of Alan's that Grace is about to answer.
struct Scene {
    address: String,
    emulator: Emulator,
    database: Database,
    alan: Person,
    grace: Person,
    mary: Person,
    request: String,
}

impl Scene {
    async fn start(database: Database) -> (Self, Process) {
        let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
        let address = format!("http://{free}");
        let emulator = start_emulator(Company::contoso(), &address, SERVICE_PERMISSIONS).await;
        let process = Process::start(&address, &emulator, &database).await;
        let sign_in = async |name: &str| {
            let person = Person::new(&address, client());
            let asked = person.visit("/").await;
            person.choose(&asked, name).await.answers(200);
            person
        };
        let team = emulator.group_named("Compiler Team");

        let ada = sign_in("Ada Lovelace").await;
        // The first visit of an administrator has the directory read, after the answer.
        let group = until_listed(&ada, &format!("/admin/groups/{team}")).await;
        ada.submit(&group, "Let it take part", &[]).await.answers(200);
        let alan = sign_in("Alan Turing").await;
        let form = alan.visit(&format!("/groups/{team}/ask")).await;
        let request = alan.submit(&form, "Send request", &[("reason", "I start on Monday.")]).await.id();
        let (grace, mary) = (sign_in("Grace Hopper").await, sign_in("Mary Jackson").await);
        (Self { address, emulator, database, alan, grace, mary, request }, process)
    }

    /// Lets Grace approve, and kills the process when its call has come this far in the directory.
    async fn approve_and_kill(&self, process: Process, when: HoldWhen) {
        let page = self.grace.visit(&format!("/approvals/{}", self.request)).await;
        let form = page.form("Approve request");
        let never = Arc::new(Notify::new());
        self.emulator.fault(Fault::on("POST", "/members/$ref").answer(Action::Hold(never, when)));
        let path = form.action.path().to_owned();
        let cookies = self.grace.jar.header();
        let sent = client()
            .post(form.action.clone())
            .header("cookie", cookies)
            .header("origin", &self.address)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form.body());
        let answer = tokio::spawn(sent.send());

        for _ in 0..400 {
            let is_held = match when {
                HoldWhen::Before => self.emulator.calls().iter().any(|call| call.path.ends_with("/members/$ref")),
                HoldWhen::After => self.is_member(),
            };
            if is_held {
                process.kill();
                assert!(answer.await.unwrap().is_err(), "{path} was answered before the kill");
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the directory was not asked");
    }

    fn is_member(&self) -> bool {
        let (team, alan) = (self.emulator.group_named("Compiler Team"), self.emulator.person_named("Alan Turing"));
        self.emulator.is_member(team, alan)
    }

    async fn as_owner(&self, owner: &Person) -> Page {
        owner.visit(&format!("/approvals/{}", self.request)).await
    }

    async fn as_alan(&self) -> Page {
        self.alan.visit(&format!("/requests/{}", self.request)).await
    }

    async fn count(&self, query: &'static str) -> String {
        self.database.text(query).await
    }
}

/// Visits a page of a group again until the list of groups has been read.
async fn until_listed(person: &Person, path: &str) -> Page {
    for _ in 0..400 {
        let page = person.visit(path).await;
        if page.status == 200 {
            return page;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("{path} was not listed")
}

/// Kills, starts again, and asks everybody what they see.
async fn a_decision_survives(database: Database, when: HoldWhen) {
    let (scene, process) = Scene::start(database).await;
    scene.approve_and_kill(process, when).await;
    let was_added = scene.is_member();

    let next = Process::start(&scene.address, &scene.emulator, &scene.database).await;
    let (grace_sees, alan_sees) = (scene.as_owner(&scene.grace).await, scene.as_alan().await);
    let path = format!("/approvals/{}/deny", scene.request);
    let headers = [("origin", scene.address.as_str()), ("content-type", "application/x-www-form-urlencoded")];
    let mary_denies = scene.mary.post_raw(&path, &headers, "version=1&message=No").await;

    assert_eq!(was_added, when == HoldWhen::After);
    for page in [&grace_sees, &alan_sees] {
        assert_eq!(page.tags()[0], "Approved, being added", "{}", page.text());
        page.shows("Grace Hopper approved the request");
    }
    assert!(!grace_sees.has_button("Approve request") && !grace_sees.has_button("Deny request"));
    assert!(!alan_sees.has_button("Finish") && !alan_sees.has_button("Withdraw request"));
    mary_denies.answers(409);
    mary_denies.shows("Grace Hopper was first and approved this request");

    scene.database.tamper("UPDATE operation SET lease_until = 0").await.unwrap();
    emulator::rest(&scene.emulator);
    let unfinished = scene.as_owner(&scene.mary).await;
    let finished = scene.mary.submit(&unfinished, "Finish", &[]).await;

    finished.answers(200);
    finished.shows("Alan Turing is now a member of Compiler Team.");
    assert!(scene.is_member());
    assert_eq!(scene.as_alan().await.tags()[0], "Added");
    assert_eq!(scene.count("SELECT CAST(COUNT(*) AS TEXT) FROM decision").await, "1");
    assert_eq!(scene.count("SELECT verdict FROM decision").await, "approved");
    assert_eq!(scene.count("SELECT state FROM operation").await, "applied");
    assert!(scene.database.store.events().verify().await.unwrap().is_ok());
    next.kill();
}

#[tokio::test]
async fn killed_before_the_directory_changes_the_decision_is_kept_on_sqlite() {
    a_decision_survives(Database::sqlite().await, HoldWhen::Before).await;
    ran("kill::before_the_directory_changes_on_sqlite");
}

#[tokio::test]
async fn killed_after_the_directory_changed_the_decision_is_kept_on_sqlite() {
    a_decision_survives(Database::sqlite().await, HoldWhen::After).await;
    ran("kill::after_the_directory_changed_on_sqlite");
}

#[tokio::test]
async fn killed_before_the_directory_changes_the_decision_is_kept_on_postgres() {
    let Some(database) = Database::postgres().await else { return left_out("PostgreSQL is not on PATH") };
    a_decision_survives(database, HoldWhen::Before).await;
    ran("kill::before_the_directory_changes_on_postgres");
}

#[tokio::test]
async fn killed_after_the_directory_changed_the_decision_is_kept_on_postgres() {
    let Some(database) = Database::postgres().await else { return left_out("PostgreSQL is not on PATH") };
    a_decision_survives(database, HoldWhen::After).await;
    ran("kill::after_the_directory_changed_on_postgres");
}
