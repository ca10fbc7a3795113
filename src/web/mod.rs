//! The kit that all slices share.
//!
//! A handler takes [`app::App`] and a [`frame::Frame`] (what every page shows around its content), and returns a
//! [`page::Page`] or a [`trouble::Trouble`]. Words come from [`words`]; forms from [`form`]; what is said after a POST from
//! [`flash`]. [`refusals`] turns a rule's no into a sentence.

pub mod app;
pub mod asking;
pub mod assets;
pub mod audience;
pub mod carrying_out;
pub mod cookies;
pub mod csv;
pub mod filters;
pub mod flash;
pub mod form;
pub mod frame;
pub mod headers;
pub mod inbox;
pub mod known;
pub mod lasting;
pub mod markdown;
pub mod outside;
pub mod page;
pub mod questions;
pub mod refusals;
pub mod request_id;
pub mod review_words;
#[cfg(feature = "demo")]
pub mod samples;
pub mod serve;
pub mod standing;
pub mod terms_form;
pub mod terms_meanwhile;
pub mod terms_words;
pub mod theme;
pub mod time_words;
pub mod trouble;
pub mod trouble_pages;
#[cfg(feature = "demo")]
pub mod trouble_samples;
pub mod words;
