//! A designation as a row, with how the reviews of its group stand.

use sqlx::FromRow;

use super::{
    Error,
    codec::{instant, optional_instant, read_id, read_json},
};
use crate::domain::{designation::Designation, directory::PersonRef, review_due::Reviews};

/// Selects designations. A review in which nobody said anything of the members is none: `Tally::counts`.
macro_rules! designation_select {
    () => {
        "SELECT group_id, terms, version, designated_by, designated_by_name, designated_at, terms_by, \
         terms_by_name, terms_at, opened_by, opened_by_name, opened_at, suspended_at, suspended_why, review_since, \
         (SELECT MAX(r.ended_at) FROM review r WHERE r.group_id = designation.group_id AND r.ended_at IS NOT NULL \
              AND (EXISTS (SELECT 1 FROM review_row a WHERE a.review_id = r.id AND a.answer <> '') \
                   OR NOT EXISTS (SELECT 1 FROM review_row a WHERE a.review_id = r.id))) AS reviewed_at, \
         EXISTS (SELECT 1 FROM review r WHERE r.group_id = designation.group_id AND r.ended_at IS NULL) \
             AS is_under_review \
         FROM designation "
    };
}
pub(super) use designation_select;

/// A row of designations.
#[derive(FromRow)]
pub(super) struct Row {
    group_id: String,
    terms: String,
    version: i64,
    designated_by: String,
    designated_by_name: String,
    designated_at: i64,
    terms_by: Option<String>,
    terms_by_name: Option<String>,
    terms_at: Option<i64>,
    opened_by: Option<String>,
    opened_by_name: Option<String>,
    opened_at: Option<i64>,
    suspended_at: Option<i64>,
    suspended_why: Option<String>,
    review_since: Option<i64>,
    reviewed_at: Option<i64>,
    is_under_review: bool,
}

impl Row {
    /// Returns the designation.
    pub(super) fn designation(self) -> Result<Designation, Error> {
        let suspended = match (optional_instant(self.suspended_at)?, self.suspended_why) {
            (Some(at), Some(why)) => Some((at, read_json(&why)?)),
            _ => None,
        };
        let opened_by = match (self.opened_by, self.opened_by_name, optional_instant(self.opened_at)?) {
            (Some(by), Some(name), Some(at)) => Some((PersonRef { id: read_id(&by)?, name }, at)),
            _ => None,
        };
        let designated_by = PersonRef { id: read_id(&self.designated_by)?, name: self.designated_by_name };
        let terms_at = instant(self.terms_at.unwrap_or(self.designated_at))?;
        Ok(Designation {
            group: read_id(&self.group_id)?,
            terms: read_json(&self.terms)?,
            version: self.version,
            terms_by: match (self.terms_by, self.terms_by_name) {
                (Some(by), Some(name)) => PersonRef { id: read_id(&by)?, name },
                _ => designated_by.clone(),
            },
            designated_by,
            terms_at,
            opened_by,
            designated_at: instant(self.designated_at)?,
            suspended,
            reviews: Reviews {
                asked_since: optional_instant(self.review_since)?.unwrap_or(terms_at),
                ended_at: optional_instant(self.reviewed_at)?,
                is_under_way: self.is_under_review,
            },
        })
    }
}
