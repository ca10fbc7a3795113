//! Whose new groups take part as soon as they are created, and on what terms: administrators say so, auditors see it.

#[cfg(feature = "demo")]
pub mod samples;
pub mod set;
pub mod show;
