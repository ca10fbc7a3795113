//! The slices: one folder for each thing people do, one file for each action, named by its verb. No slice imports another.

pub mod approvals;
pub mod commissions;
pub mod designations;
pub mod groups;
pub mod home;
pub mod memberships;
pub mod mirror;
pub mod new_groups;
pub mod owned;
pub mod requests;
pub mod responsibilities;
