//! The process is killed in the middle of reading the directory, on both databases: the old copy serves, nothing is half
//! taken over, and the next process reads again.
//!
//! The made-up directory holds a page of the reading, so the kill falls in its middle. After a kill the lease of five
//! minutes has to pass; the test ends it in the database instead of waiting.

use std::{sync::Arc, time::Duration};

use roster_emulator::{Action, Company, Emulator, Fault, HoldWhen};
use tokio::{net::TcpListener, sync::Notify};

use crate::support::{
    database::Database,
    left_out,
    portal::{SERVICE_PERMISSIONS, SERVICE_SECRET, service_variables, start_emulator, variables},
    process::Process,
    ran,
};

const GROUPS: &str = "SELECT CAST(COUNT(*) AS TEXT) FROM directory_group";
const RENAMED: &str = "SELECT CAST(COUNT(*) AS TEXT) FROM directory_group WHERE name LIKE '% renamed'";
const LINKS: &str = "SELECT CAST(COUNT(*) AS TEXT) FROM directory_link";
/// As if the time of the copy and of the lease had passed.
const LATER: &str = "UPDATE head SET number = number - 600000, text = '' WHERE name = 'directory_copy' AND number > 0;
                     UPDATE head SET text = '' WHERE name = 'directory_copy'";

struct Scene {
    address: String,
    emulator: Emulator,
    database: Database,
}

impl Scene {
    async fn new(database: Database) -> Self {
        let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
        let address = format!("http://{free}");
        let emulator = start_emulator(Company::contoso(), &address, SERVICE_PERMISSIONS).await;
        emulator.set_behaviour(|behaviour| behaviour.delta_page = Some(2));
        Self { address, emulator, database }
    }

    fn begin(&self) -> Process {
        let mut variables = variables(&self.address, &self.emulator, &self.database.url);
        variables.extend(service_variables(SERVICE_SECRET));
        Process::begin(variables)
    }

    /// Starts a process and kills it while the directory holds the nth call of this path.
    async fn kill_at(&self, path: &str, nth: usize) {
        let never = Arc::new(Notify::new());
        self.emulator.forget_calls();
        self.emulator.fault(Fault::on("GET", path).nth(nth).answer(Action::Hold(never, HoldWhen::Before)));
        let process = self.begin();
        for _ in 0..1500 {
            let held = self.emulator.calls().iter().filter(|call| call.path.starts_with(path)).count();
            if held == nth {
                process.kill();
                self.emulator.clear_faults();
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{path} was not asked for");
    }

    async fn until(&self, query: &'static str, wanted: &str) {
        for _ in 0..1500 {
            if self.database.text(query).await == wanted {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{query} is {}, not {wanted}", self.database.text(query).await);
    }
}

async fn a_reading_is_whole_or_not_at_all(database: Database) {
    let scene = Scene::new(database).await;

    scene.kill_at("/groups?", 1).await;
    let after_the_first = (scene.database.text(GROUPS).await, scene.database.text(LINKS).await);
    scene.database.tamper(LATER).await.unwrap();
    let filling = scene.begin();
    scene.until(LINKS, "1").await;
    filling.kill();
    let filled = scene.database.text(GROUPS).await;

    for name in ["Compiler Team", "Type Foundry", "Reading Circle", "Data Platform"] {
        let group = scene.emulator.group_named(name);
        scene.emulator.change_group(group, |group| group.display_name = format!("{name} renamed"));
    }
    scene.database.tamper(LATER).await.unwrap();
    scene.kill_at("/groups/delta", 2).await;
    let after_the_second = scene.database.text(RENAMED).await;
    scene.database.tamper(LATER).await.unwrap();
    let next = scene.begin();
    scene.until(RENAMED, "4").await;

    assert_eq!(after_the_first, ("0".to_owned(), "0".to_owned()));
    assert_ne!(filled, "0");
    assert_eq!(after_the_second, "0");
    assert_eq!(scene.database.text(GROUPS).await, filled);
    assert!(scene.database.store.events().verify().await.unwrap().is_ok());
    next.kill();
}

#[tokio::test]
async fn killed_while_it_reads_the_directory_the_old_copy_serves_on_sqlite() {
    a_reading_is_whole_or_not_at_all(Database::sqlite().await).await;
    ran("kill::while_it_reads_the_directory_on_sqlite");
}

#[tokio::test]
async fn killed_while_it_reads_the_directory_the_old_copy_serves_on_postgres() {
    let Some(database) = Database::postgres().await else { return left_out("PostgreSQL is not on PATH") };
    a_reading_is_whole_or_not_at_all(database).await;
    ran("kill::while_it_reads_the_directory_on_postgres");
}
