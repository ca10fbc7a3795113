//! All integration tests, in one binary: real PostgreSQL and SQLite, real HTTP to the emulator, a real browser.

#[cfg(feature = "demo")]
mod graph;
#[cfg(feature = "demo")]
mod sign_in_provider;
mod store;
mod support;
