//! Questions in forms: as they stand among the terms, and as those who want to join answer them.

use crate::domain::{
    questions::{self, Answer, MOST, Problem, Question},
    text::TextProblem,
};

use super::{
    form::{Fields, Slips},
    words::Phrase,
};

/// The fields of the questions among the terms, and the boxes that say whether an answer is needed.
const WORDED: [(&str, &str); MOST] = [
    ("question_1", "question_1_required"),
    ("question_2", "question_2_required"),
    ("question_3", "question_3_required"),
    ("question_4", "question_4_required"),
    ("question_5", "question_5_required"),
];
/// The field of one question more, which no form has.
const ONE_MORE: &str = "question_6";
/// The fields of answers, and the marks that say which question a form showed there.
const ANSWERED: [(&str, &str); MOST] = [
    ("answer_1", "asked_1"),
    ("answer_2", "asked_2"),
    ("answer_3", "asked_3"),
    ("answer_4", "asked_4"),
    ("answer_5", "asked_5"),
];

/// The fields that carry answers to questions which are asked no more, and the marks that say which those were.
const DROPPED: [(&str, &str); MOST] = [
    ("dropped_answer_1", "dropped_1"),
    ("dropped_answer_2", "dropped_2"),
    ("dropped_answer_3", "dropped_3"),
    ("dropped_answer_4", "dropped_4"),
    ("dropped_answer_5", "dropped_5"),
];

/// A question as it stands in the form of the terms.
#[derive(Debug, Clone)]
pub struct Worded {
    /// Its field.
    pub field: &'static str,
    /// Its box.
    pub box_field: &'static str,
    /// Its place, counted from one.
    pub place: usize,
    /// Its words.
    pub text: String,
    /// Whether an answer is needed.
    pub required: bool,
}

fn each(text: impl Fn(usize, &str, &str) -> (String, bool)) -> Vec<Worded> {
    let worded = WORDED.into_iter().enumerate().map(|(place, (field, box_field))| {
        let (text, required) = text(place, field, box_field);
        Worded { field, box_field, place: place + 1, text, required }
    });
    worded.collect()
}

/// Draws the questions of terms, with empty fields for more.
#[must_use]
pub fn drawn(now: &[Question]) -> Vec<Worded> {
    each(|place, _, _| now.get(place).map(|question| (question.text.clone(), question.required)).unwrap_or_default())
}

/// Draws the questions again as they were typed.
#[must_use]
pub fn again(fields: &Fields) -> Vec<Worded> {
    each(|_, field, box_field| (fields.get(field).to_owned(), fields.ticked(box_field)))
}

/// Reads the questions from the form of the terms, and notes what is wrong.
pub fn read(fields: &Fields, slips: &mut Slips) -> Vec<Question> {
    let typed = WORDED.map(|(field, box_field)| (fields.get(field), fields.ticked(box_field)));
    let typed: Vec<(&str, bool)> = typed.into_iter().chain([(fields.get(ONE_MORE), false)]).collect();
    questions::wording(&typed).unwrap_or_else(|problems| {
        for (place, problem) in problems {
            slips.note(WORDED[place.min(MOST - 1)].0, worded_slip(problem));
        }
        Vec::new()
    })
}

fn worded_slip(problem: Problem) -> Phrase {
    match problem {
        Problem::TooLong { limit, length } => {
            Phrase::new("text-too-long").count("limit", limit).count("length", length)
        }
        Problem::Twice { first } => Phrase::new("terms-question-twice").count("first", first + 1),
        Problem::TooMany => Phrase::new("terms-questions-too-many").count("most", MOST),
    }
}

/// Says which questions are asked and which of them need an answer.
#[must_use]
pub fn said(questions: &[Question]) -> String {
    let said = questions.iter().map(|question| {
        let key = if question.required { "question-needed" } else { "question-optional" };
        Phrase::new(key).name("question", &question.text).text()
    });
    if questions.is_empty() { Phrase::new("questions-none").text() } else { said.collect::<Vec<_>>().join(" · ") }
}

/// A question in the form of somebody who wants to join.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The field of the answer.
    pub field: &'static str,
    /// The mark that says which question was shown.
    pub mark: &'static str,
    /// The question.
    pub question: Question,
    /// What was typed.
    pub typed: String,
}

/// The questions in the form of somebody who wants to join.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// What is asked.
    pub asked: Vec<Asked>,
    /// Whether other questions were asked when the form was drawn.
    pub are_others: bool,
    /// What was answered to questions that are asked no more: at most [`MOST`] such answers are carried on.
    pub dropped: Vec<Answer>,
}

/// Returns each question that a form named, with what was typed below it.
fn named(fields: &Fields, places: [(&'static str, &'static str); MOST]) -> Vec<Answer> {
    let named = places
        .map(|(field, mark)| Answer { question: fields.get(mark).to_owned(), answer: fields.get(field).to_owned() });
    named.into_iter().filter(|answer| !answer.question.is_empty()).collect()
}

impl Sheet {
    /// Draws questions that nobody has answered yet.
    #[must_use]
    pub fn blank(now: &[Question]) -> Self {
        let asked = ANSWERED.into_iter().zip(now).map(|((field, mark), question)| Asked {
            field,
            mark,
            question: question.clone(),
            typed: String::new(),
        });
        Self { asked: asked.collect(), ..Self::default() }
    }

    /// Takes what was typed. An answer goes with the words of the question that the form showed above it, whatever stands at
    /// its place now.
    #[must_use]
    pub fn typed(now: &[Question], fields: &Fields) -> Self {
        let mut shown = named(fields, ANSWERED);
        let questions: Vec<&str> = shown.iter().map(|answer| answer.question.as_str()).collect();
        let mut sheet = Self { are_others: questions::are_others(&questions, now), ..Self::blank(now) };
        // What was dropped before comes back with its question.
        shown.extend(named(fields, DROPPED));
        for asked in &mut sheet.asked {
            let typed = shown.iter().find(|answer| answer.question == asked.question.text);
            typed.map_or("", |answer| answer.answer.as_str()).clone_into(&mut asked.typed);
        }
        shown.retain(|answer| {
            !answer.answer.trim().is_empty() && now.iter().all(|question| question.text != answer.question)
        });
        shown.truncate(MOST);
        sheet.dropped = shown;
        sheet
    }

    /// Returns what was dropped, with the marks and the fields that carry it on.
    pub fn carried(&self) -> impl Iterator<Item = (&'static str, &'static str, &Answer)> {
        DROPPED.into_iter().zip(&self.dropped).map(|((field, mark), answer)| (mark, field, answer))
    }

    /// Reads the answers and notes what is wrong; nothing when other questions are asked now, which the person has to see first.
    pub fn read(&self, slips: &mut Slips) -> Option<Vec<Answer>> {
        if self.are_others {
            return None;
        }
        let questions: Vec<Question> = self.asked.iter().map(|asked| asked.question.clone()).collect();
        let typed: Vec<&str> = self.asked.iter().map(|asked| asked.typed.as_str()).collect();
        match questions::answers(&questions, &typed) {
            Ok(answers) => Some(answers),
            Err(problems) => {
                for (place, problem) in problems {
                    slips.note(self.asked[place].field, answer_slip(problem, &self.asked[place].question));
                }
                None
            }
        }
    }

    /// Returns everything that was answered, as one text.
    #[must_use]
    pub fn text(&self) -> String {
        let asked = self.asked.iter().map(|asked| asked.typed.as_str());
        let dropped = self.dropped.iter().map(|answer| answer.answer.as_str());
        asked.chain(dropped).filter(|typed| !typed.trim().is_empty()).collect::<Vec<_>>().join("\n\n")
    }
}

fn answer_slip(problem: TextProblem, question: &Question) -> Phrase {
    match problem {
        TextProblem::Missing => Phrase::new("ask-needs-answer").name("question", &question.text),
        TextProblem::TooLong { limit, length } => {
            Phrase::new("text-too-long").count("limit", limit).count("length", length)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(text: &str) -> Question {
        Question { text: text.to_owned(), required: true }
    }

    #[test]
    fn an_answer_stays_with_its_question_wherever_that_stands_now() {
        let fields = Fields::parse(b"asked_1=Which+team%3F&answer_1=Numerics&asked_2=Until+when%3F&answer_2=Spring");

        let moved = Sheet::typed(&[question("Until when?"), question("Which team?")], &fields);
        let other = Sheet::typed(&[question("Why?"), question("Which team?")], &fields);

        assert!(!moved.are_others && moved.dropped.is_empty());
        assert_eq!(moved.read(&mut Slips::default()).unwrap()[0].answer, "Spring");
        assert!(other.are_others && other.read(&mut Slips::default()).is_none());
        assert_eq!((other.asked[0].typed.as_str(), other.asked[1].typed.as_str()), ("", "Numerics"));
        assert_eq!(other.dropped, [Answer { question: "Until when?".to_owned(), answer: "Spring".to_owned() }]);
        assert_eq!(other.text(), "Numerics\n\nSpring");
    }

    #[test]
    fn what_was_dropped_is_carried_on_and_comes_back_with_its_question() {
        let carrying = b"asked_1=Why%3F&answer_1=&dropped_1=Until+when%3F&dropped_answer_1=Spring";
        let fields = Fields::parse(carrying);

        let again = Sheet::typed(&[question("Why?")], &fields);
        let back = Sheet::typed(&[question("Why?"), question("Until when?")], &fields);

        let carried: Vec<_> =
            again.carried().map(|(mark, field, answer)| (mark, field, answer.answer.as_str())).collect();
        assert_eq!(carried, [("dropped_1", "dropped_answer_1", "Spring")]);
        assert!(!again.are_others && back.are_others);
        assert_eq!((back.asked[1].typed.as_str(), back.dropped.len()), ("Spring", 0));
    }
}
