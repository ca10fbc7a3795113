//! Forms: what was typed, and what is wrong with it.

use axum::{
    RequestExt as _,
    extract::{FromRequest, FromRequestParts, Path, RawForm, Request},
    http::{StatusCode, request::Parts},
};

use crate::domain::text::TextProblem;

use super::{trouble::Trouble, words::Phrase};

/// Fields that a page puts into its forms: whom it was drawn for, from which version of a thing, which terms it has fields
/// for, and which questions it showed. Nobody types them.
pub const MARKS: [&str; 25] = [
    "terms_version",
    "version",
    "for",
    "id",
    "searched",
    "drawn",
    "drawn_name",
    "drawn_description",
    "operation",
    "review",
    "request",
    "commission",
    "act",
    "terms",
    "audience_id",
    "asked_1",
    "asked_2",
    "asked_3",
    "asked_4",
    "asked_5",
    "dropped_1",
    "dropped_2",
    "dropped_3",
    "dropped_4",
    "dropped_5",
];

/// The fields of a posted form. Of a field that came twice, the first counts.
#[derive(Debug, Clone, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads fields from the body of a form, `application/x-www-form-urlencoded`.
    #[must_use]
    pub fn parse(body: &[u8]) -> Self {
        Self(url::form_urlencoded::parse(body).into_owned().collect())
    }

    /// Returns what was typed into a field, or nothing.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// Returns whether a box was ticked.
    #[must_use]
    pub fn ticked(&self, name: &str) -> bool {
        !self.get(name).is_empty()
    }

    /// Returns the version of the thing that the form was drawn from.
    #[must_use]
    pub fn version(&self) -> i64 {
        self.get("version").parse().unwrap_or(0)
    }

    /// Returns the longest text in the form, beside the marks that its page put there.
    #[must_use]
    pub fn longest(&self) -> &str {
        let typed = self.0.iter().filter(|(name, _)| !MARKS.contains(&name.as_str())).map(|(_, value)| value.as_str());
        typed.max_by_key(|value| value.len()).unwrap_or_default()
    }

    /// Returns all fields in their order.
    #[must_use]
    pub fn all(&self) -> &[(String, String)] {
        &self.0
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Trouble;

    async fn from_request(request: Request, _: &S) -> Result<Self, Trouble> {
        let RawForm(body) = request.extract::<RawForm, _>().await.map_err(|rejection| {
            use axum::response::IntoResponse as _;
            match rejection.into_response().status() {
                StatusCode::PAYLOAD_TOO_LARGE => Trouble::TooLarge,
                StatusCode::UNSUPPORTED_MEDIA_TYPE => Trouble::NotAForm,
                _ => Trouble::BadRequest,
            }
        })?;
        Ok(Self::parse(&body))
    }
}

/// What is wrong with a form: one sentence a field, said at the top and at the field in the same words.
#[derive(Debug, Clone, Default)]
pub struct Slips(Vec<(&'static str, Phrase)>);

impl Slips {
    /// Notes what is wrong with a field.
    pub fn note(&mut self, field: &'static str, phrase: Phrase) {
        self.0.push((field, phrase));
    }

    /// Returns whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns what is wrong with a field.
    #[must_use]
    pub fn of(&self, field: &str) -> Option<&Phrase> {
        self.0.iter().find(|(known, _)| *known == field).map(|(_, phrase)| phrase)
    }

    /// Returns everything that is wrong, in the order of the form.
    #[must_use]
    pub fn all(&self) -> &[(&'static str, Phrase)] {
        &self.0
    }
}

/// Says what is wrong with a text; `missing` is said of one that is needed and not there.
#[must_use]
pub fn text_slip(problem: TextProblem, missing: &'static str) -> Phrase {
    match problem {
        TextProblem::Missing => missing.into(),
        TextProblem::TooLong { limit, length } => {
            Phrase::new("text-too-long").count("limit", limit).count("length", length)
        }
    }
}

/// An identifier in the address. What is no identifier is a page that does not exist, like an identifier nobody has.
#[derive(Debug, Clone, Copy)]
pub struct Id<T>(pub T);

impl<S: Send + Sync, T: std::str::FromStr> FromRequestParts<S> for Id<T> {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Trouble> {
        let Path(text) = Path::<String>::from_request_parts(parts, state).await.map_err(|_| Trouble::NotFound)?;
        text.parse().map(Self).map_err(|_| Trouble::NotFound)
    }
}

/// Two identifiers in the address, the outer first. See [`Id`].
#[derive(Debug, Clone, Copy)]
pub struct Ids<A, B>(pub A, pub B);

impl<S: Send + Sync, A: std::str::FromStr, B: std::str::FromStr> FromRequestParts<S> for Ids<A, B> {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Trouble> {
        let Path((outer, inner)) =
            Path::<(String, String)>::from_request_parts(parts, state).await.map_err(|_| Trouble::NotFound)?;
        match (outer.parse(), inner.parse()) {
            (Ok(outer), Ok(inner)) => Ok(Self(outer, inner)),
            _ => Err(Trouble::NotFound),
        }
    }
}
