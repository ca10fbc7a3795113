//! What tests share: databases, a portal with its made-up company, the people who visit it, and the pages they see.
//!
//! A test of a slice reads like a visit: start a [`portal::Portal`], sign somebody in, and follow links and send forms as
//! their browser would.

#[cfg(feature = "demo")]
pub mod browser;
pub mod database;
#[cfg(feature = "demo")]
pub mod emulator;
#[cfg(feature = "demo")]
pub mod jar;
pub mod many;
#[cfg(feature = "demo")]
pub mod page;
#[cfg(feature = "demo")]
pub mod person;
#[cfg(feature = "demo")]
pub mod portal;
#[cfg(feature = "demo")]
pub mod process;
#[cfg(feature = "demo")]
pub mod steps;
#[cfg(feature = "demo")]
pub mod surroundings;
#[cfg(feature = "demo")]
pub mod wire;

use std::{env, fs::OpenOptions, io::Write as _};

/// Notes that a test which needs more than Rust has run to its end. A run that must leave nothing out compares the file
/// that `ROSTER_TESTS_RAN` names with its own list.
pub fn ran(test: &str) {
    let Some(path) = env::var_os("ROSTER_TESTS_RAN") else { return };
    let mut file = OpenOptions::new().create(true).append(true).open(path).unwrap();
    writeln!(file, "{test}").unwrap();
}

/// Says plainly that a test is left out, and why: past the capture that hides what passing tests print.
pub fn left_out(why: &str) {
    let thread = std::thread::current();
    let test = thread.name().unwrap_or("a test");
    let _ = writeln!(std::io::stderr(), "left out: {test}: {why}");
}

/// Returns whether this run may leave nothing out: in CI, or when the variable asks for it.
pub fn is_required(variable: &str) -> bool {
    env::var("CI").is_ok_and(|ci| ci == "true") || env::var_os(variable).is_some()
}
