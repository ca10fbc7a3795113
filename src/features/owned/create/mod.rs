//! Creating a group: asked for on one page, checked on the next, created once, and found again under its own address.

mod ahead;
mod check;
mod draft;
pub mod form;
pub mod made;
#[cfg(feature = "demo")]
pub(super) mod samples;
pub mod show;
