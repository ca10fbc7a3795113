//! The groups a person belongs to, and leaving one.
//!
//! Leaving is a durable wish. It is tried with the person's own token; Graph refuses that to people without a directory
//! role, and then the wish waits in the inbox of the group's owners. A membership that has come to its end waits there too,
//! unless the portal's own identity may remove it.

pub mod extend;
pub mod leave;
pub mod list;
#[cfg(feature = "demo")]
pub mod samples;
pub mod stay;
