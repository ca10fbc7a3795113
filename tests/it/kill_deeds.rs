//! The process is killed between sending and settling of what an owner does with a whole group, on both databases: deleting,
//! restoring, creating. The next process tells what became of it, and nothing is done twice.
//!
//! As in `kill`, the made-up directory holds the call, so each kill falls before or after the directory changes.

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

const TEAM: &str = "Compiler Team";
const NEW: &str = "Analytical Engines";
const BIN: &str = "/owned/deleted";

/// A company, its database, and Grace Hopper, who owns a group that takes part.
pub struct Scene {
    pub address: String,
    pub emulator: Emulator,
    pub database: Database,
    pub grace: Person,
    pub workspace: String,
}

impl Scene {
    pub async fn start(database: Database) -> (Self, Process) {
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
        let team = emulator.group_named(TEAM);
        let ada = sign_in("Ada Lovelace").await;
        let mut group = ada.visit(&format!("/admin/groups/{team}")).await;
        for _ in 0..400 {
            if group.status == 200 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
            group = ada.visit(&format!("/admin/groups/{team}")).await;
        }
        ada.submit(&group, "Let it take part", &[]).await.answers(200);
        let grace = sign_in("Grace Hopper").await;
        let workspace = format!("/owned/{team}");
        (Self { address, emulator, database, grace, workspace }, process)
    }

    pub async fn next(&self) -> Process {
        self.emulator.clear_faults();
        emulator::rest(&self.emulator);
        Process::start(&self.address, &self.emulator, &self.database).await
    }

    /// Sends a form as a browser does, and answers nothing before it is asked.
    pub fn sends(&self, page: &Page, label: &str, typed: &[(&str, &str)]) -> tokio::task::JoinHandle<bool> {
        let mut form = page.form(label);
        // Of radio buttons a browser sends the chosen ones only.
        form.fields.retain(|(name, _)| !name.starts_with("answer"));
        for (name, value) in typed {
            form.fill(page, name, value);
        }
        let sent = client()
            .post(form.action.clone())
            .header("cookie", self.grace.jar.header())
            .header("origin", &self.address)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form.body());
        tokio::spawn(async move { sent.send().await.is_ok() })
    }

    /// Sends a form and kills the process when its call has come so far in the directory.
    async fn kill(&self, process: Process, (method, path): (&str, &str), when: HoldWhen, sent: Sent<'_>) {
        let never = Arc::new(Notify::new());
        self.emulator.forget_calls();
        self.emulator.fault(Fault::on(method, path).answer(Action::Hold(never, when)));
        let answer = self.sends(sent.page, sent.label, sent.typed);
        for _ in 0..800 {
            let is_asked = self.emulator.calls().iter().any(|call| call.method == method && call.path.contains(path));
            if is_asked && (when == HoldWhen::Before || (sent.is_done)(&self.emulator)) {
                process.kill();
                assert!(!answer.await.unwrap(), "it was answered before the kill");
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the directory was not asked");
    }

    /// Visits a page until it says something: the directory may be late.
    async fn until(&self, path: &str, says: impl Fn(&Page) -> bool) -> Page {
        for _ in 0..60 {
            let page = self.grace.visit(path).await;
            if says(&page) {
                return page;
            }
            tokio::time::sleep(Duration::from_millis(250)).await;
        }
        panic!("{path}: {}", self.grace.visit(path).await.text())
    }

    pub async fn count(&self, query: &'static str) -> usize {
        self.database.text(query).await.parse().unwrap()
    }

    async fn is_whole(&self) {
        assert!(self.database.store.events().verify().await.unwrap().is_ok());
        assert!(self.emulator.violations().is_empty());
    }
}

/// What is sent when the process is killed, and how to see that the directory has done it.
struct Sent<'a> {
    page: &'a Page,
    label: &'a str,
    typed: &'a [(&'a str, &'a str)],
    is_done: fn(&Emulator) -> bool,
}

fn is_gone(emulator: &Emulator) -> bool {
    emulator.group(TEAM).is_none()
}

fn is_back(emulator: &Emulator) -> bool {
    emulator.group(TEAM).is_some()
}

async fn a_deletion(database: Database, when: HoldWhen) {
    let (scene, process) = Scene::start(database).await;
    let form = scene.grace.visit(&format!("{}/delete", scene.workspace)).await;
    let typed = [("name", TEAM)];
    let sent = Sent { page: &form, label: "Delete group", typed: &typed, is_done: is_gone };
    scene.kill(process, ("DELETE", "/groups/"), when, sent).await;
    assert_eq!(is_gone(&scene.emulator), when == HoldWhen::After);

    let next = scene.next().await;
    // A browser that got no answer sends the same form again.
    let again = scene.grace.submit(&form, "Delete group", &typed).await;
    if when == HoldWhen::Before {
        again.shows("the directory has not confirmed that");
        assert!(is_back(&scene.emulator), "the same form is not sent to the directory again");
        scene.grace.submit(&again, "Delete group", &typed).await.answers(200);
    }
    let bin =
        scene.until(&format!("{}/delete", scene.workspace), |page| page.status == 404 || page.path() == BIN).await;

    assert!(is_gone(&scene.emulator), "{}", bin.text());
    scene.until(BIN, |page| page.has_button("Restore") || page.text().contains("Restore")).await.shows(TEAM);
    assert_eq!(scene.count("SELECT CAST(COUNT(*) AS TEXT) FROM event WHERE kind = 'group.deleted'").await, 1);
    let open = "SELECT CAST(COUNT(*) AS TEXT) FROM group_write WHERE course IN ('sent', 'unclear')";
    assert_eq!(scene.count(open).await, 0);
    scene.is_whole().await;
    next.kill();
}

async fn a_restoration(database: Database, when: HoldWhen) {
    let (scene, process) = Scene::start(database).await;
    let form = scene.grace.visit(&format!("{}/delete", scene.workspace)).await;
    scene.grace.submit(&form, "Delete group", &[("name", TEAM)]).await.answers(200);
    let bin = scene.until(BIN, |page| page.text().contains("gone for good")).await;
    tokio::time::sleep(emulator::read_lag()).await;
    let sent = Sent { page: &bin, label: "Restore", typed: &[], is_done: is_back };
    scene.kill(process, ("POST", "/restore"), when, sent).await;
    assert_eq!(is_back(&scene.emulator), when == HoldWhen::After);

    let next = scene.next().await;
    let again = scene.grace.submit(&bin, "Restore", &[]).await;
    if when == HoldWhen::Before {
        assert!(is_gone(&scene.emulator), "the same form is not sent to the directory again: {}", again.text());
        scene.grace.submit(&again, "Restore", &[]).await.answers(200);
    }
    scene.until(BIN, |page| page.text().contains("No group of yours can be restored")).await;
    let back = scene.until(&scene.workspace, |page| page.status == 200).await;

    assert!(is_back(&scene.emulator));
    back.shows("The group was deleted and is back.");
    assert_eq!(scene.count("SELECT CAST(COUNT(*) AS TEXT) FROM event WHERE kind = 'group.restored'").await, 1);
    scene.is_whole().await;
    next.kill();
}

async fn a_creation(database: Database, when: HoldWhen) {
    let (scene, process) = Scene::start(database).await;
    let form = scene.grace.visit("/owned/new").await;
    let typed = [("kind", "security"), ("name", NEW), ("purpose", "Whoever builds the engines.")];
    let check = scene.grace.submit(&form, "Check", &typed).await;
    let is_made: fn(&Emulator) -> bool = |emulator| emulator.group(NEW).is_some();
    let sent = Sent { page: &check, label: "Create group", typed: &[], is_done: is_made };
    scene.kill(process, ("POST", "/groups"), when, sent).await;
    assert_eq!(is_made(&scene.emulator), when == HoldWhen::After);

    let next = scene.next().await;
    let again = scene.grace.submit(&check, "Create group", &[]).await;
    again.shows("The directory has not answered yet");
    // Whoever sent it is taken for lost after half a minute.
    scene.database.tamper("UPDATE group_creation SET at = at - 60000").await.unwrap();
    let path = again.path().to_owned();
    if when == HoldWhen::Before {
        let unclear = scene.grace.visit(&path).await;
        assert_eq!(unclear.heading(), format!("Is {NEW} created?"));
        scene.grace.submit(&unclear, "Try again", &[]).await.answers(200);
    }
    let made = scene.until(&path, |page| page.heading() == format!("{NEW} is created")).await;

    let id = scene.emulator.group_named(NEW);
    made.shows(&id.to_string());
    assert!(scene.emulator.is_owner(id, scene.emulator.person_named("Grace Hopper")));
    let sent = scene.emulator.calls().iter().filter(|call| call.method == "POST" && call.path == "/groups").count();
    assert_eq!(sent, if when == HoldWhen::Before { 2 } else { 1 });
    for query in [
        "SELECT CAST(COUNT(*) AS TEXT) FROM event WHERE kind = 'group.creation_decided'",
        "SELECT CAST(COUNT(*) AS TEXT) FROM event WHERE kind = 'group.created'",
    ] {
        assert_eq!(scene.count(query).await, 1, "{query}");
    }
    scene.is_whole().await;
    next.kill();
}

async fn on_both(deed: impl AsyncFn(Database, HoldWhen), name: &'static str) {
    for when in [HoldWhen::Before, HoldWhen::After] {
        eprintln!("{name} on SQLite, {when:?}");
        Box::pin(deed(Database::sqlite().await, when)).await;
        let Some(database) = Database::postgres().await else { return left_out("PostgreSQL is not on PATH") };
        eprintln!("{name} on PostgreSQL, {when:?}");
        Box::pin(deed(database, when)).await;
    }
    ran(name);
}

#[tokio::test]
async fn a_deletion_is_told_truthfully_after_a_kill_and_done_once() {
    on_both(a_deletion, "kill::deletion").await;
}

#[tokio::test]
async fn a_restoration_is_told_truthfully_after_a_kill_and_done_once() {
    on_both(a_restoration, "kill::restoration").await;
}

#[tokio::test]
async fn a_creation_is_told_truthfully_after_a_kill_and_done_once() {
    on_both(a_creation, "kill::creation").await;
}
