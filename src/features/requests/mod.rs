//! A person asks to join a group, follows what becomes of it, and may take it back.

pub mod ask;
pub mod list;
pub mod show;
pub mod withdraw;
