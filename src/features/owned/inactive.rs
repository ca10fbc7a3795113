//! Which members have not signed in for long, where that is shown: one statement for a page, none where it is not.

use std::collections::HashSet;

use jiff::Timestamp;

use crate::{
    domain::ids::PersonId,
    store,
    web::{app::App, words::Phrase},
};

/// Returns who of these people has not signed in for long, as far as that is known.
///
/// # Errors
/// When the database fails.
pub(super) async fn silent_among(
    app: &App,
    people: &[PersonId],
    now: Timestamp,
) -> Result<HashSet<PersonId>, store::Error> {
    match app.settings.inactive_after {
        Some(days) => app.store.inactive_accounts().among(people, days, now).await,
        None => Ok(HashSet::new()),
    }
}

/// Says that nobody has signed in for so many days. When they did is nobody's business.
pub(super) fn said(days: u16) -> Phrase {
    Phrase::new("members-inactive").count("days", days)
}
