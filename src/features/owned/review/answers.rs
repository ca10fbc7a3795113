//! The answers on a page of a review: drawn, typed, and told apart from what was there.

use crate::{
    domain::{
        directory::PersonRef,
        reviewing::{self, Answer, Row},
    },
    store::{self, Answered},
    web::{
        form::{Fields, Slips, text_slip},
        frame::Frame,
        words::Phrase,
    },
};

/// Members on a page: with two fields each and the marks, so few that a form is kept for somebody whose sign-in ended
/// (`sign_in::held`).
pub(super) const PAGE: usize = 20;

/// The fields of the reasons on a page.
const REASONS: [&str; PAGE] = [
    "reason0", "reason1", "reason2", "reason3", "reason4", "reason5", "reason6", "reason7", "reason8", "reason9",
    "reason10", "reason11", "reason12", "reason13", "reason14", "reason15", "reason16", "reason17", "reason18",
    "reason19",
];

/// A member on a page.
#[derive(Debug)]
pub(in super::super) struct ShownRow {
    /// Where they stand on the page, from 0.
    pub at: usize,
    /// Their place in the list.
    pub place: i64,
    pub person: PersonRef,
    pub username: String,
    pub answer: Option<Answer>,
    pub reason: String,
    /// The field of the reason.
    pub field: &'static str,
    /// Who answered, and when.
    pub by: Option<Phrase>,
    /// That nobody has signed in with the account for long.
    pub inactive: Option<Phrase>,
    /// What the form is drawn from.
    pub drawn: String,
}

impl ShownRow {
    pub fn keeps(&self) -> bool {
        self.answer == Some(Answer::Keep)
    }

    pub fn removes(&self) -> bool {
        self.answer == Some(Answer::Remove)
    }
}

/// Returns a member as a page shows them.
pub(super) fn shown(at: usize, row: &Row, frame: &Frame) -> ShownRow {
    let by = row.answered.as_ref().filter(|_| row.answer.is_some()).map(|(by, at)| {
        Phrase::new("review-answered-by").name("person", &by.name).word("when", frame.when(at).words())
    });
    ShownRow {
        at,
        place: row.place,
        person: row.person.clone(),
        username: row.username.clone(),
        answer: row.answer,
        reason: row.reason.clone(),
        field: REASONS.get(at).copied().unwrap_or_default(),
        by,
        inactive: None,
        drawn: mark(row.answer, &row.reason),
    }
}

/// Returns an answer with its reason in few letters, to see whether it was changed.
fn mark(answer: Option<Answer>, reason: &str) -> String {
    let code = match answer {
        None => 'n',
        Some(Answer::Keep) => 'k',
        Some(Answer::Remove) => 'r',
    };
    let reason: String = store::fingerprint(reason).chars().take(8).collect();
    format!("{code}{reason}")
}

/// Returns the longest reason in a form, to be shown again when it cannot be kept.
pub(super) fn longest(fields: &Fields) -> &str {
    REASONS.into_iter().map(|field| fields.get(field)).max_by_key(|reason| reason.len()).unwrap_or_default()
}

/// What was given or changed on a page.
pub(super) struct Typed(Vec<(usize, i64, Option<Answer>, String)>);

impl Typed {
    /// Reads what differs from what the form was drawn from.
    pub fn read(fields: &Fields, rows: &[ShownRow]) -> Self {
        let drawn: Vec<&str> = fields.get("drawn").split(' ').collect();
        let typed = rows.iter().filter_map(|row| {
            let answer = Answer::read(fields.get(&format!("answer{}", row.at)));
            let reason = fields.get(row.field).to_owned();
            let was = drawn.get(row.at).copied().unwrap_or_default();
            let is_kept = was == mark(answer, reason.trim()) || was.starts_with('n') && answer.is_none();
            (!is_kept).then_some((row.at, row.place, answer, reason))
        });
        Self(typed.collect())
    }

    /// Returns the answers that can be kept, and what is wrong with the others.
    pub fn checked(&self) -> (Vec<Answered>, Slips) {
        let (mut answers, mut slips) = (Vec::new(), Slips::default());
        for (at, place, answer, reason) in &self.0 {
            match reviewing::checked(*answer, reason) {
                Ok(reason) => answers.push((*place, *answer, reason)),
                Err(problem) => slips.note(REASONS[*at], text_slip(problem, "review-needs-reason")),
            }
        }
        (answers, slips)
    }

    /// Puts what was typed back into the rows of a page.
    pub fn put(self, rows: &mut [ShownRow]) {
        for (at, _, answer, reason) in self.0 {
            if let Some(row) = rows.get_mut(at) {
                (row.answer, row.reason) = (answer, reason);
            }
        }
    }
}
