//! What needs me: requests to answer, my open requests; and the page of help.

pub mod help;
pub mod show;
