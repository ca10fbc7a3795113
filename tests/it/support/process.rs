//! The real program as a process of its own, to be killed.

use std::{
    process::{Child, Command, Stdio},
    time::Duration,
};

use roster_emulator::Emulator;

use super::{
    database::Database,
    portal::{client, variables},
};

/// The real program, with settings from its environment.
pub struct Process {
    child: Child,
}

impl Process {
    /// Starts it and waits until it can sign people in.
    pub async fn start(address: &str, emulator: &Emulator, database: &Database) -> Self {
        let started = Self::begin(variables(address, emulator, &database.url));
        for _ in 0..400 {
            let answer = client().get(format!("{address}/sign-in")).send().await;
            if answer.is_ok_and(|answer| answer.status().is_redirection()) {
                return started;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("the portal did not start");
    }

    /// Starts it with these settings and waits for nothing.
    pub fn begin(variables: Vec<(&'static str, String)>) -> Self {
        let child = Command::new(env!("CARGO_BIN_EXE_roster"))
            .arg("serve")
            .env_clear()
            .envs(variables)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        Self { child }
    }

    /// Kills it as the system does when memory runs out: it has no time for anything.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
