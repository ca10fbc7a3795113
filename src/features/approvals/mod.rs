//! Owners answer requests: the inbox, one request with what helps to decide, approve, deny, and finish what the directory
//! still owes.
//!
//! [`approve`] is the heart of the product. Every answer reads the group, its owners and the person live, with the
//! owner's own token, in the request that decides; see [`gather`].

pub mod approve;
mod decided;
pub mod deny;
pub mod finish;
pub mod finish_direct;
mod gather;
pub mod list;
mod prolong;
#[cfg(feature = "demo")]
pub mod samples;
pub mod show;
