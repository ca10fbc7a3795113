//! Finding a group: browse, search, and one group's page with what the person is to it.

pub mod browse;
mod filter;
#[cfg(feature = "demo")]
pub mod samples;
pub mod show;
