//! What is known before a group is created: whether it will take part at once, and who has asked for it.

use crate::{
    domain::commission::{self, Commission, State},
    sign_in::Signed,
    web::{app::App, trouble::Trouble},
};

use super::draft::Draft;

/// What is known beforehand.
#[derive(Debug, Clone, Default)]
pub(in crate::features::owned) struct Ahead {
    /// By the rule that holds now, the group takes part as soon as it is there.
    pub takes_part: bool,
    /// The commission that the group is for.
    pub commission: Option<Commission>,
}

impl Ahead {
    /// Reads it: one statement, and another for a commission. One that no longer waits is left out of the draft.
    ///
    /// # Errors
    /// [`Trouble::NotFound`] for a commission that was not given to this person.
    pub(super) async fn read(app: &App, signed: &Signed, draft: &mut Draft) -> Result<Self, Trouble> {
        let rule = app.store.new_group_rules().latest().await?;
        let takes_part = rule.is_some_and(|rule| rule.covers(signed.viewer.id));
        let Some(id) = draft.commission else { return Ok(Self { takes_part, commission: None }) };
        let found = app.store.commissions().find(id).await?;
        let found = found.filter(|it| commission::is_for(&signed.viewer, it)).ok_or(Trouble::NotFound)?;
        let ahead = Self { takes_part, commission: Some(found) };
        if ahead.is_over() {
            draft.commission = None;
        }
        Ok(ahead)
    }

    /// Returns whether the commission no longer waits for a group.
    pub fn is_over(&self) -> bool {
        self.commission.as_ref().is_some_and(|it| it.state != State::Open)
    }

    /// Says what the group will be.
    pub fn said(&self) -> &'static str {
        if self.takes_part { "new-at-once" } else { "new-candidate" }
    }
}
