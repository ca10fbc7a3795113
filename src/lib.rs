//! Roster: self-service group management for Microsoft Entra ID. People ask, owners answer, nothing gets lost.
//!
//! THE MAP. To see what Roster does, read [`router`], every address on one page. To see what it stands for, read
//! [`domain::approval`], the rule it exists for, and then `features/approvals/approve.rs`, which obeys it.
//!
//! From the top down, each using only what is below it:
//!
//! ```text
//! main → cli → demo, gallery → portal → router, jobs → features/* → web, sign_in → store, graph → domain
//! ```
//!
//! - [`cli`]: the commands. `demo` runs the whole product with a made-up company, `gallery` draws every page from samples.
//! - [`portal`]: a running portal, put together from its settings; commands, demo and tests all start it there.
//! - [`router`], [`jobs`]: the other two maps. What people can do, and what happens by itself.
//! - [`features`]: the slices. One folder for each thing people do, one file for each action; no slice imports another.
//! - [`web`]: what all slices share: pages, forms, words, troubles, and carrying out what was decided.
//! - [`sign_in`]: signing in and out, and who somebody is. It shows pages, and pages know who signed in: these two know
//!   each other.
//! - [`store`]: our own tables, one SQL text for both databases.
//! - [`graph`]: Microsoft Graph, as the signed-in person. The store and Graph do not know each other.
//! - [`domain`]: the rules. Values in, decision out; nothing here waits, reads a clock, or knows of the world outside.
//!
//! [`config`] and [`clock`] are leaves that everything but the rules may use. The directory of the made-up company is a
//! package of its own (`src/emulator`), which only the demo and the gallery know, and which knows nothing of Roster.
//!
//! `tests/it/architecture.rs` keeps this order.
pub mod cli;
pub mod clock;
pub mod config;
#[cfg(feature = "demo")]
pub mod demo;
pub mod domain;
pub mod features;
#[cfg(feature = "demo")]
pub mod gallery;
pub mod graph;
pub mod jobs;
pub mod portal;
pub mod router;
pub mod sign_in;
pub mod store;
pub mod web;
