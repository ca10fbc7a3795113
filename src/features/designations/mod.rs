//! Administrators say which groups take part, and on what terms. Auditors see the same pages and change nothing.

mod answering;
pub mod designate;
mod history;
pub mod list;
pub mod pause;
#[cfg(feature = "demo")]
pub mod samples;
pub mod show;
