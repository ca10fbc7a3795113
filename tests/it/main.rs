//! All integration tests, in one binary: real databases, real HTTP to the made-up directory, a real browser.

// A test that cannot go on panics; that is what the lint is against elsewhere.
#![allow(clippy::unwrap_used)]

#[cfg(feature = "demo")]
mod graph;
#[cfg(feature = "demo")]
mod pages;
#[cfg(feature = "demo")]
mod sign_in_provider;
mod store;
mod support;
