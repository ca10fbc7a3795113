//! What needs me: requests to answer, my open requests; and the page of help.

pub mod help;
#[cfg(feature = "demo")]
pub mod samples;
pub mod show;
