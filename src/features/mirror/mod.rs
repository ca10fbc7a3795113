//! The directory copy: reading all groups of the tenant with the token of a person whose visit found the copy old, or of an
//! administrator who pressed the button.

mod confirm;
mod refresh;
pub mod refresh_now;

pub use refresh::{Refreshing, refresh};
