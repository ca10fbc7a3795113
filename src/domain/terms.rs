//! The terms on which a group takes part.

use serde::{Deserialize, Serialize};

/// What an administrator settled for a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// Whether guests may ask.
    pub guests_may_ask: bool,
    /// Whether a reason is needed to ask.
    pub reason_required: bool,
    /// Days a request waits for an answer before it lapses.
    pub open_days: u16,
    /// Days after a denial before the same person may ask again.
    pub cool_down_days: u16,
    /// What membership gives, in the administrator's words; empty when nothing was said.
    pub gives: String,
    /// Whether owners may change who owns the group.
    #[serde(default = "yes")]
    pub owners_change_owners: bool,
    /// Whether owners may change the group's name and description.
    #[serde(default = "yes")]
    pub owners_change_details: bool,
}

/// What holds for terms that were set before there was a choice: owners may do in the directory what they may do there.
fn yes() -> bool {
    true
}

impl Terms {
    /// The fewest and most days a request may wait.
    pub const OPEN_DAYS: std::ops::RangeInclusive<u16> = 1..=90;
    /// The fewest and most days after a denial.
    pub const COOL_DOWN_DAYS: std::ops::RangeInclusive<u16> = 0..=90;
    /// The most characters in [`Terms::gives`].
    pub const GIVES_LIMIT: usize = 500;
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            guests_may_ask: false,
            reason_required: true,
            open_days: 14,
            cool_down_days: 7,
            gives: String::new(),
            owners_change_owners: true,
            owners_change_details: true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_that_were_set_before_there_were_locks_lock_nothing() {
        let old = r#"{"guests_may_ask":false,"reason_required":true,"open_days":14,"cool_down_days":7,"gives":""}"#;

        assert_eq!(serde_json::from_str::<Terms>(old).unwrap(), Terms::default());
    }
}
