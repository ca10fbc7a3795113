//! Roster: self-service group management for Microsoft Entra ID. THE MAP.
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
