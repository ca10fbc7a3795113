//! Commissions: an administrator asks somebody to create a group for a resource, and is told once it is there. Whoever was
//! asked creates it on the page of a new group (`owned/create/`), or declines.

pub mod answer;
pub mod ask;
pub mod end;
pub mod list;
#[cfg(feature = "demo")]
pub mod samples;
pub mod show;
mod words;
