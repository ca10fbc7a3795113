//! How long a membership lasts, in forms and in words.

use jiff::Timestamp;

use crate::domain::{
    lasting::{self, Lasting, Near},
    operation::Operation,
    request::{JoinRequest, State},
};

use super::{form::Fields, frame::Frame, words::Phrase};

/// The field for how many days a membership lasts, where the terms set an end.
#[derive(Debug, Clone)]
pub struct Days {
    /// What stands in the field.
    pub typed: String,
    /// The most that may be had.
    pub most: u16,
}

impl Days {
    /// Returns the field with the usual days in it; nothing where memberships last for ever.
    #[must_use]
    pub fn offered(lasting: Lasting) -> Option<Self> {
        let (usual, most) = lasting.offered()?;
        Some(Self { typed: usual.to_string(), most })
    }

    /// Returns the field with what was typed.
    #[must_use]
    pub fn again(lasting: Lasting, fields: &Fields) -> Option<Self> {
        Self::offered(lasting).map(|days| Self { typed: fields.get("days").to_owned(), ..days })
    }
}

/// Reads the days that somebody wishes; none where the terms set no end.
///
/// # Errors
/// What is wrong with the field `days`.
pub fn read(fields: &Fields, lasting: Lasting) -> Result<Option<u16>, Phrase> {
    let Some((_, most)) = lasting.offered() else { return Ok(None) };
    lasting.read(fields.get("days")).map(Some).ok_or_else(|| Phrase::new("days-slip").count("most", most))
}

/// Says until when a membership lasts that is given now; nothing for one without an end.
#[must_use]
pub fn if_given(lasting: Lasting, wished: Option<u16>, frame: &Frame) -> Option<Phrase> {
    let days = lasting.days(wished)?;
    let until = lasting.until(wished, frame.now)?;
    Some(Phrase::new("lasts-until-days").word("day", frame.day(&until).words()).count("days", days))
}

/// Says until when a membership lasts that ends at an instant and is extended now.
#[must_use]
pub fn if_extended(end: Timestamp, wished: Option<Timestamp>, frame: &Frame) -> Option<Phrase> {
    let (now, later) = (frame.day(&end).words().to_owned(), lasting::extended(end, wished));
    Some(match later {
        Some(later) => Phrase::new("lasts-longer").word("now", now).word("day", frame.day(&later).words()),
        None => Phrase::new("lasts-longer-for-ever").word("now", now),
    })
}

/// Says that a membership ends soon or has ended; nothing while its end is far ahead.
#[must_use]
pub fn tag(end: Timestamp, now: Timestamp) -> Option<Phrase> {
    lasting::near(end, now).map(|near| match near {
        Near::Soon => "members-ends-soon".into(),
        Near::Come => "members-has-ended".into(),
    })
}

/// Says until when the membership lasts that an add gives; nothing for one without an end.
#[must_use]
pub fn given(add: &Operation, frame: &Frame) -> Option<Phrase> {
    add.until.map(|until| Phrase::new("lasts-until").word("day", frame.day(&until).words()))
}

/// Says how long a person asked to belong, and until when they do once it was given to them.
#[must_use]
pub fn asked(request: &JoinRequest, frame: &Frame) -> Option<Phrase> {
    match (request.state, &request.operation) {
        (State::Open, _) => request.days.map(|days| Phrase::new("lasts-days").count("days", days)),
        (State::Approved, Some(add)) => given(add, frame),
        _ => None,
    }
}
