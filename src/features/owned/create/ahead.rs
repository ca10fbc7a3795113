//! What somebody is told before their group is created: whether it will take part at once.

use crate::{sign_in::Signed, store, web::app::App};

/// What is known beforehand.
#[derive(Debug, Clone, Default)]
pub(in crate::features::owned) struct Ahead {
    /// By the rule that holds now, the group takes part as soon as it is there.
    pub takes_part: bool,
}

impl Ahead {
    /// Reads it: one statement.
    pub(super) async fn read(app: &App, signed: &Signed) -> Result<Self, store::Error> {
        let rule = app.store.new_group_rules().latest().await?;
        Ok(Self { takes_part: rule.is_some_and(|rule| rule.covers(signed.viewer.id)) })
    }

    /// Says what the group will be.
    pub fn said(&self) -> &'static str {
        if self.takes_part { "new-at-once" } else { "new-candidate" }
    }
}
