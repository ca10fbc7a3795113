//! Questions that a group asks of those who want to join: how they are worded, and what was answered.

use serde::{Deserialize, Serialize};

use super::text::{self, TextProblem};

/// The most questions that a group asks.
pub const MOST: usize = 5;
/// The most characters in a question.
pub const QUESTION_LIMIT: usize = 200;
/// The most characters in an answer.
pub const ANSWER_LIMIT: usize = 500;

/// A question among the terms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its words, on one line.
    pub text: String,
    /// Whether nobody can ask to join without an answer to it.
    pub required: bool,
}

/// What somebody answered, with the question as they were asked it: a later change of the terms changes neither.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The question.
    pub question: String,
    /// The answer; empty when they gave none and none was needed.
    pub answer: String,
}

/// What is wrong with a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// Longer than the limit, in characters.
    TooLong {
        /// The most characters that fit.
        limit: usize,
        /// How many there are.
        length: usize,
    },
    /// Asked already, by the question at this place.
    Twice {
        /// The earlier place.
        first: usize,
    },
    /// There are more than [`MOST`].
    TooMany,
}

/// Reads questions as they were typed, each with whether an answer is needed. A place that was left empty is no question: those
/// after it move up.
///
/// # Errors
/// What is wrong, each with its place.
pub fn wording(typed: &[(&str, bool)]) -> Result<Vec<Question>, Vec<(usize, Problem)>> {
    let mut questions: Vec<(usize, Question)> = Vec::new();
    let mut problems = Vec::new();
    for (place, (raw, required)) in typed.iter().enumerate() {
        let text = one_line(raw);
        if text.is_empty() {
            continue;
        }
        let length = text.chars().count();
        let same = |(_, other): &&(usize, Question)| other.text.to_lowercase() == text.to_lowercase();
        if length > QUESTION_LIMIT {
            problems.push((place, Problem::TooLong { limit: QUESTION_LIMIT, length }));
        } else if let Some((first, _)) = questions.iter().find(same) {
            problems.push((place, Problem::Twice { first: *first }));
        } else if place >= MOST {
            problems.push((place, Problem::TooMany));
        } else {
            questions.push((place, Question { text, required: *required }));
        }
    }
    if problems.is_empty() { Ok(questions.into_iter().map(|(_, question)| question).collect()) } else { Err(problems) }
}

/// Returns the words of a question as they are kept.
fn one_line(raw: &str) -> String {
    text::clean(raw).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns whether other questions are asked now than a form showed. In which order they stand, and which of them need an
/// answer, makes them no others.
#[must_use]
pub fn are_others(shown: &[&str], now: &[Question]) -> bool {
    shown.len() != now.len() || now.iter().any(|question| !shown.contains(&question.text.as_str()))
}

/// Reads the answers to questions, in their order.
///
/// # Errors
/// What is wrong, each with the place of its question.
pub fn answers(questions: &[Question], typed: &[&str]) -> Result<Vec<Answer>, Vec<(usize, TextProblem)>> {
    let mut problems = Vec::new();
    let mut answers = Vec::new();
    for (place, question) in questions.iter().enumerate() {
        let read = if question.required { text::required } else { text::optional };
        match read(typed.get(place).copied().unwrap_or_default(), ANSWER_LIMIT) {
            Ok(answer) => answers.push(Answer { question: question.text.clone(), answer }),
            Err(problem) => problems.push((place, problem)),
        }
    }
    if problems.is_empty() { Ok(answers) } else { Err(problems) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(text: &str, required: bool) -> Question {
        Question { text: text.to_owned(), required }
    }

    #[test]
    fn what_was_left_empty_between_questions_is_no_question() {
        let read = wording(&[("", true), (" Which\n team? ", true), (" \u{200f}", false), ("Until when?", false)]);

        assert_eq!(read, Ok(vec![question("Which team?", true), question("Until when?", false)]));
        assert_eq!(wording(&[]), Ok(vec![]));
    }

    #[test]
    fn a_question_is_asked_once_is_no_longer_than_the_limit_and_the_sixth_is_too_many() {
        let (long, fits) = ("ض".repeat(QUESTION_LIMIT + 1), "ض".repeat(QUESTION_LIMIT));
        let six: Vec<String> = (0..=MOST).map(|at| format!("Question {at}?")).collect();
        let six: Vec<(&str, bool)> = six.iter().map(|text| (text.as_str(), false)).collect();

        let too_long = Problem::TooLong { limit: QUESTION_LIMIT, length: QUESTION_LIMIT + 1 };
        assert_eq!(wording(&[("Why?", true), (&long, false)]), Err(vec![(1, too_long)]));
        assert!(wording(&[(&fits, false)]).is_ok());
        assert_eq!(
            wording(&[("", true), ("Why?", true), ("WHY? ", false)]),
            Err(vec![(2, Problem::Twice { first: 1 })])
        );
        assert_eq!(wording(&six), Err(vec![(MOST, Problem::TooMany)]));
        assert_eq!(wording(&six[..MOST]).map(|questions| questions.len()), Ok(MOST));
    }

    #[test]
    fn questions_are_others_when_one_came_went_or_was_worded_anew() {
        let now = [question("Which team?", true), question("Until when?", false)];

        assert!(!are_others(&["Which team?", "Until when?"], &now));
        assert!(!are_others(&["Until when?", "Which team?"], &now));
        assert!(are_others(&["Which team?"], &now) && are_others(&["Which team?", "Until when?", "Why?"], &now));
        assert!(are_others(&["Which team?", "Until?"], &now) && are_others(&["Which team?", "Which team?"], &now));
        assert!(!are_others(&[], &[]));
    }

    #[test]
    fn an_answer_is_needed_where_the_question_says_so_and_is_kept_with_its_question() {
        let asked = [question("Which team?", true), question("Until when?", false)];
        let long = "a".repeat(ANSWER_LIMIT + 1);

        let kept = answers(&asked, &[" Numerics\u{202e} ", ""]).unwrap();
        assert_eq!(kept[0], Answer { question: "Which team?".to_owned(), answer: "Numerics".to_owned() });
        assert_eq!(kept[1].answer, "");
        let too_long = TextProblem::TooLong { limit: ANSWER_LIMIT, length: ANSWER_LIMIT + 1 };
        assert_eq!(answers(&asked, &[" ", &long]), Err(vec![(0, TextProblem::Missing), (1, too_long)]));
        assert_eq!(answers(&asked, &[]), Err(vec![(0, TextProblem::Missing)]));
    }
}
