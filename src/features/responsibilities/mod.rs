//! The responsibilities of owners: administrators write the text and see who has accepted it. Owners read and accept it on a
//! page of their groups (`owned/responsibilities.rs`).

#[cfg(feature = "demo")]
pub mod samples;
pub mod show;
pub mod write;
