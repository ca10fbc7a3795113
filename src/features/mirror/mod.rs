//! The directory copy: reading the groups of the tenant and what changed about them, with the portal's own identity where
//! there is one, else with the token of a person who visits, and showing how the copy stands.
//!
//! Read [`refresh`] first; `groups`, `members` and `accounts` read, `confirm` asks once more before anything ends, `landed`
//! settles what the directory turns out to have done, `authors` learns who made the changes that were seen, `inactive`
//! who has not signed in for long.

mod accounts;
mod authors;
mod confirm;
mod groups;
mod inactive;
mod landed;
mod members;
mod refresh;
pub mod refresh_now;
#[cfg(feature = "demo")]
pub mod samples;
pub mod show;
mod show_accounts;

pub use authors::{Learning, learn_authors};
pub use inactive::read_inactive;
pub use refresh::{Refreshing, Source, note_not_accepted, refresh, refresh_from};
