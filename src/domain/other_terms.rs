//! Terms that differ from others in everything.

use crate::domain::{audience::Audience, ids::GroupId, lasting::Lasting, questions::Question, terms::Terms};

/// Returns terms that say something else of every term than the given ones; the locks are the same.
#[must_use]
pub fn other_terms(terms: &Terms) -> Terms {
    let question = Question { text: "What are you working on?".to_owned(), required: terms.questions.is_empty() };
    Terms {
        guests_may_ask: !terms.guests_may_ask,
        reason_required: !terms.reason_required,
        open_days: terms.open_days + 16,
        cool_down_days: terms.cool_down_days + 1,
        gives: format!("{} And more.", terms.gives),
        approvals: terms.approvals + 1,
        review_days: terms.review_days.map_or(Some(180), |days| Some(days + 30)),
        questions: [terms.questions.clone(), vec![question]].concat(),
        members_of: match &terms.members_of {
            None => {
                Some(Audience { group: GroupId(uuid::Uuid::from_u128(77)), name: "Everybody in Research".to_owned() })
            }
            Some(_) => None,
        },
        lasting: match terms.lasting {
            Lasting::ForEver => Lasting::Days { usual: 90, most: 180 },
            Lasting::Days { .. } => Lasting::ForEver,
        },
        ..terms.clone()
    }
}
