//! All integration tests, in one binary: real databases, real HTTP to the made-up directory, a real browser.

// A test that cannot go on panics; that is what the lint is against elsewhere.
#![allow(clippy::unwrap_used)]

#[cfg(feature = "demo")]
mod approvals;
mod architecture;
#[cfg(feature = "demo")]
mod authority;
mod catalogue;
#[cfg(feature = "demo")]
mod clock_jumps;
#[cfg(feature = "demo")]
mod commissions;
#[cfg(feature = "demo")]
mod copy;
#[cfg(feature = "demo")]
mod costs;
#[cfg(feature = "demo")]
mod demo;
#[cfg(feature = "demo")]
mod designations;
#[cfg(feature = "demo")]
mod ends;
#[cfg(feature = "demo")]
mod form_marks;
#[cfg(feature = "demo")]
mod graph;
#[cfg(feature = "demo")]
mod groups;
#[cfg(feature = "demo")]
mod kill;
#[cfg(feature = "demo")]
mod kill_deeds;
#[cfg(feature = "demo")]
mod kill_import;
mod kill_refresh;
#[cfg(feature = "demo")]
mod kill_review;
#[cfg(feature = "demo")]
mod memberships;
#[cfg(feature = "demo")]
mod new_groups;
#[cfg(feature = "demo")]
mod own_writes;
mod owned;
#[cfg(feature = "demo")]
mod pages;
mod papers;
#[cfg(feature = "demo")]
mod requests;
#[cfg(feature = "demo")]
mod security;
#[cfg(feature = "demo")]
mod sign_in;
#[cfg(feature = "demo")]
mod sign_in_bounds;
#[cfg(feature = "demo")]
mod sign_in_provider;
mod store;
mod support;
#[cfg(feature = "demo")]
mod sweep;
#[cfg(feature = "demo")]
mod two_worlds;
#[cfg(feature = "demo")]
mod visit;
#[cfg(feature = "demo")]
mod web_floor;
