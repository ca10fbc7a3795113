//! The directory copy: reading all groups of the tenant with the token of a person whose visit found the copy old.

mod refresh;
pub mod refresh_now;

pub use refresh::{Refreshing, refresh};
