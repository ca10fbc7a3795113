//! The rules of Roster, as pure functions: values in, decision out.
//!
//! Nothing here is async, reads a clock, or knows of the network, the database or the web. The page that shows a button and
//! the handler that obeys it ask the same function. Start with [`approval`], the rule the product exists for.

pub mod accounts;
pub mod approval;
pub mod audience;
pub mod changing_terms;
pub mod commission;
pub mod consent;
pub mod creating;
pub mod delta;
pub mod designation;
pub mod directory;
pub mod directory_copy;
pub mod event;
pub mod group_life;
pub mod history;
pub mod ids;
pub mod import_job;
pub mod importing;
pub mod inactive;
pub mod joining;
pub mod lasting;
pub mod managing;
pub mod membership;
pub mod new_groups;
pub mod operation;
#[cfg(feature = "demo")]
pub mod other_terms;
pub mod outside;
pub mod own_writes;
pub mod owning;
pub mod powers;
pub mod questions;
pub mod refusal;
pub mod request;
pub mod responsibilities;
pub mod review_due;
pub mod reviewing;
#[cfg(feature = "demo")]
pub mod samples;
pub mod terms;
pub mod text;
pub mod viewer;
pub mod watch;
