//! Holds the emulator against what is published about Graph: the catalogue of errors, documented answers, permissions.
//!
//! The published files are no part of the project. `ROSTER_FACTS` names the folder that has them; without it these tests
//! say that they are left out.

mod cases;
mod errors;
mod permissions;
mod samples;

use std::io::Write as _;
use std::path::Path;

use serde_json::Value;

/// Returns a published file; `None`, and a word about it past the capture of the output, when there is no folder.
fn published(name: &str) -> Option<Value> {
    let Some(folder) = std::env::var_os("ROSTER_FACTS") else {
        let thread = std::thread::current();
        let test = thread.name().unwrap_or("a test");
        let _ = writeln!(std::io::stderr(), "left out: {test}: ROSTER_FACTS does not name the published files");
        return None;
    };
    let text = std::fs::read_to_string(Path::new(&folder).join(name)).expect("the published file can be read");
    Some(serde_json::from_str(&text).expect("the published file is JSON"))
}
