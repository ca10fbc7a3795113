//! The owners' workspace: the groups a person owns, and everything an owner does with one of them.
//!
//! Read `workspace` first: it says who may open these pages, from the table in [`crate::domain::powers`]. What changes
//! something reads the directory anew, in `gather`.

pub mod add_member;
pub mod change_end;
pub mod change_owner;
mod choosing;
mod confirming;
pub mod create;
pub mod deeds;
pub mod delete;
pub mod deleted;
pub mod details;
mod gather;
pub mod history;
pub mod import;
mod inactive;
pub mod list;
pub mod members;
pub mod members_file;
pub mod owners;
pub mod remove_member;
pub mod renew;
pub mod responsibilities;
pub mod restore;
pub mod review;
#[cfg(feature = "demo")]
pub mod samples;
pub mod show;
pub mod terms;
mod underway;
mod warnings;
mod workspace;
