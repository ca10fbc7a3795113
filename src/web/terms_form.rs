//! The form of terms: read, checked and drawn; its fields are the macros of `templates/_terms.html`.
//!
//! A new term takes a field in [`Typed`], an arm in [`read`], a macro in the template, and its words in
//! [`super::terms_words`].

use std::{collections::BTreeSet, ops::RangeInclusive, str::FromStr};

use crate::domain::{
    audience::Audience,
    lasting::Lasting,
    terms::{Term, Terms},
    text::{self, TextProblem},
};

use super::{
    audience::{self, Choice},
    form::{Fields, Slips},
    questions::{self, Worded},
    words::{Number, Phrase},
};

/// The terms as they stand in the form: text until they are checked.
#[derive(Debug, Clone)]
pub struct Typed {
    /// See [`Terms::gives`].
    pub gives: String,
    /// See [`Terms::open_days`].
    pub open_days: String,
    /// See [`Terms::cool_down_days`].
    pub cool_down_days: String,
    /// The usual days of a membership; empty, as the most, where memberships last for ever.
    pub usual_days: String,
    /// The most days of a membership.
    pub most_days: String,
    /// See [`Terms::approvals`].
    pub approvals: String,
    /// See [`Terms::review_days`].
    pub review_days: String,
    /// See [`Terms::reason_required`].
    pub reason_required: bool,
    /// See [`Terms::guests_may_ask`].
    pub guests_may_ask: bool,
    /// What the group is called whose members may ask; empty when everybody may.
    pub audience: String,
    /// Its id, as the form carries it.
    pub audience_id: String,
    /// See [`Terms::questions`].
    pub questions: Vec<Worded>,
    /// The terms that owners may change.
    pub open: BTreeSet<Term>,
    /// The terms that the form has fields for.
    pub drawn: BTreeSet<Term>,
}

impl From<&Terms> for Typed {
    /// Draws every term.
    fn from(terms: &Terms) -> Self {
        Self {
            gives: terms.gives.clone(),
            open_days: terms.open_days.to_string(),
            cool_down_days: terms.cool_down_days.to_string(),
            usual_days: days(terms.lasting, |(usual, _)| usual),
            most_days: days(terms.lasting, |(_, most)| most),
            approvals: terms.approvals.to_string(),
            review_days: terms.review_days.map(|days| days.to_string()).unwrap_or_default(),
            reason_required: terms.reason_required,
            guests_may_ask: terms.guests_may_ask,
            audience: terms.members_of.as_ref().map(|audience| audience.name.clone()).unwrap_or_default(),
            audience_id: terms.members_of.as_ref().map(|audience| audience.group.to_string()).unwrap_or_default(),
            questions: questions::drawn(&terms.questions),
            open: Term::ALL.into_iter().filter(|term| terms.is_open(*term)).collect(),
            drawn: every(),
        }
    }
}

impl Typed {
    /// Takes what was typed into a form that has fields for some terms.
    #[must_use]
    pub fn again(fields: &Fields, drawn: BTreeSet<Term>) -> Self {
        Self {
            gives: fields.get("gives").to_owned(),
            open_days: fields.get("open_days").to_owned(),
            cool_down_days: fields.get("cool_down_days").to_owned(),
            usual_days: fields.get("usual_days").to_owned(),
            most_days: fields.get("most_days").to_owned(),
            approvals: fields.get("approvals").to_owned(),
            review_days: fields.get("review_days").to_owned(),
            reason_required: fields.ticked("reason_required"),
            guests_may_ask: fields.ticked("guests_may_ask"),
            audience: fields.get(audience::FIELD).to_owned(),
            audience_id: fields.get(audience::MARK).to_owned(),
            questions: questions::again(fields),
            open: Term::ALL.into_iter().filter(|term| is_opened(fields, *term)).collect(),
            drawn,
        }
    }

    /// Leaves fields for some terms only.
    #[must_use]
    pub fn only(self, drawn: BTreeSet<Term>) -> Self {
        Self { drawn, ..self }
    }

    /// Returns what a form would send for the terms that it has fields for, to be sent again from another page.
    #[must_use]
    pub fn carried(&self) -> Vec<(&'static str, String)> {
        let ticked = |is_ticked: bool| if is_ticked { "yes".to_owned() } else { String::new() };
        let mut all = Vec::new();
        for term in &self.drawn {
            match term {
                Term::Gives => all.push(("gives", self.gives.clone())),
                Term::Who => {
                    all.push(("guests_may_ask", ticked(self.guests_may_ask)));
                    all.push((audience::FIELD, self.audience.clone()));
                    all.push((audience::MARK, self.audience_id.clone()));
                }
                Term::Reason => all.push(("reason_required", ticked(self.reason_required))),
                Term::Questions => {
                    for question in &self.questions {
                        all.push((question.field, question.text.clone()));
                        all.push((question.box_field, ticked(question.required)));
                    }
                }
                Term::OpenDays => all.push(("open_days", self.open_days.clone())),
                Term::CoolDown => all.push(("cool_down_days", self.cool_down_days.clone())),
                Term::Lasting => {
                    all.extend([("usual_days", self.usual_days.clone()), ("most_days", self.most_days.clone())]);
                }
                Term::Approvals => all.push(("approvals", self.approvals.clone())),
                Term::Review => all.push(("review_days", self.review_days.clone())),
                Term::Owners | Term::Details | Term::Delete => {}
            }
        }
        all
    }

    /// Returns whether the form has a field for a term, named by its [code](Term::code).
    #[must_use]
    pub fn draws(&self, code: &str) -> bool {
        self.drawn.iter().any(|term| term.code() == code)
    }

    /// Returns the terms that the form has fields for, as the form itself says it: see [`marked`].
    #[must_use]
    pub fn marks(&self) -> String {
        self.drawn.iter().map(|term| term.code()).collect::<Vec<_>>().join(" ")
    }
}

/// Returns every term that a form can have fields for.
#[must_use]
pub fn every() -> BTreeSet<Term> {
    Term::ALL.into_iter().filter(|term| !term.is_only_a_lock()).collect()
}

/// Returns the terms that a form says it had fields for. A box that is not there is no box that was left empty.
#[must_use]
pub fn marked(fields: &Fields) -> BTreeSet<Term> {
    let marks: Vec<&str> = fields.get("terms").split(' ').collect();
    every().into_iter().filter(|term| marks.contains(&term.code())).collect()
}

/// Returns what stands in a field for days of membership.
fn days(lasting: Lasting, which: fn((u16, u16)) -> u16) -> String {
    lasting.offered().map(|days| which(days).to_string()).unwrap_or_default()
}

fn is_opened(fields: &Fields, term: Term) -> bool {
    fields.ticked(&format!("owners_change_{}", term.code()))
}

/// Reads the terms from a form that had fields for some of them, or says all that is wrong with it. The others stay as they
/// are.
///
/// # Errors
/// What is wrong, in the order of the form.
pub fn read(fields: &Fields, drawn: &BTreeSet<Term>, now: &Terms, choice: &Choice<'_>) -> Result<Terms, Slips> {
    let mut reading = Reading { fields, slips: Slips::default() };
    let mut terms = now.clone();
    for term in drawn {
        match term {
            Term::Gives => terms.gives = reading.text("gives", Terms::GIVES_LIMIT),
            Term::Who => {
                terms.guests_may_ask = fields.ticked("guests_may_ask");
                terms.members_of = reading.audience(now, choice);
            }
            Term::Reason => terms.reason_required = fields.ticked("reason_required"),
            Term::Questions => terms.questions = questions::read(fields, &mut reading.slips),
            Term::OpenDays => terms.open_days = reading.number("open_days", "terms-open-days-slip", Terms::OPEN_DAYS),
            Term::CoolDown => {
                terms.cool_down_days = reading.number("cool_down_days", "terms-cool-down-slip", Terms::COOL_DOWN_DAYS);
            }
            Term::Lasting => terms.lasting = reading.lasting(),
            Term::Approvals => terms.approvals = reading.number("approvals", "terms-approvals-slip", Terms::APPROVALS),
            Term::Review => terms.review_days = reading.review_days(),
            Term::Owners | Term::Details | Term::Delete => {}
        }
    }
    if reading.slips.is_empty() { Ok(terms) } else { Err(reading.slips) }
}

/// Takes what owners may change from the form of an administrator.
pub fn read_locks(fields: &Fields, terms: &mut Terms) {
    for term in Term::ALL {
        terms.set_open(term, is_opened(fields, term));
    }
}

/// Takes one field after the other, and notes what is wrong.
struct Reading<'a> {
    fields: &'a Fields,
    slips: Slips,
}

impl Reading<'_> {
    fn text(&mut self, field: &'static str, limit: usize) -> String {
        text::optional(self.fields.get(field), limit).unwrap_or_else(|problem| {
            if let TextProblem::TooLong { limit, length } = problem {
                self.slips.note(field, Phrase::new("text-too-long").count("limit", limit).count("length", length));
            }
            String::new()
        })
    }

    fn audience(&mut self, now: &Terms, choice: &Choice<'_>) -> Option<Audience> {
        choice.read(self.fields, now.members_of.as_ref()).unwrap_or_else(|slip| {
            self.slips.note(audience::FIELD, slip);
            None
        })
    }

    /// Two empty fields mean for ever.
    fn lasting(&mut self) -> Lasting {
        if ["usual_days", "most_days"].iter().all(|field| self.fields.get(field).trim().is_empty()) {
            return Lasting::ForEver;
        }
        let usual = self.number("usual_days", "terms-usual-days-slip", Lasting::DAYS);
        let most = self.number("most_days", "terms-most-days-slip", usual.max(1)..=*Lasting::DAYS.end());
        Lasting::Days { usual, most }
    }

    /// An empty field means never.
    fn review_days(&mut self) -> Option<u16> {
        let is_empty = self.fields.get("review_days").trim().is_empty();
        (!is_empty).then(|| self.number("review_days", "terms-review-slip", Terms::REVIEW_DAYS))
    }

    /// Reads a whole number of a range; the slip says the range.
    fn number<N>(&mut self, field: &'static str, slip: &'static str, range: RangeInclusive<N>) -> N
    where
        N: Copy + Default + FromStr + Number + PartialOrd,
    {
        let number = self.fields.get(field).trim().parse().ok().filter(|number| range.contains(number));
        number.unwrap_or_else(|| {
            self.slips.note(field, Phrase::new(slip).count("least", *range.start()).count("most", *range.end()));
            N::default()
        })
    }
}

#[cfg(test)]
mod tests;
