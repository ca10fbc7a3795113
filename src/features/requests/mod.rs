//! A person asks to join a group, follows what becomes of it, and may take it back.

pub mod ask;
pub mod list;
#[cfg(feature = "demo")]
pub mod samples;
pub mod show;
pub mod withdraw;
