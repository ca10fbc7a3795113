//! Every word that people read, from the `.ftl` files in `templates/words/`.
//!
//! A [`Phrase`] is a key with its arguments. It becomes HTML, with names of people and groups isolated in `<bdi>` so that
//! a right-to-left name cannot disturb the sentence, or plain text for titles and attributes.

use std::{borrow::Cow, fmt::Write as _, sync::LazyLock};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::langid;

/// The files of the one language there is so far, each with its name for error reports.
const ENGLISH: &[(&str, &str)] = &[
    ("common.ftl", include_str!("../../templates/words/en/common.ftl")),
    ("trouble.ftl", include_str!("../../templates/words/en/trouble.ftl")),
    ("home.ftl", include_str!("../../templates/words/en/home.ftl")),
    ("groups.ftl", include_str!("../../templates/words/en/groups.ftl")),
    ("requests.ftl", include_str!("../../templates/words/en/requests.ftl")),
    ("approvals.ftl", include_str!("../../templates/words/en/approvals.ftl")),
    ("memberships.ftl", include_str!("../../templates/words/en/memberships.ftl")),
    ("owned.ftl", include_str!("../../templates/words/en/owned.ftl")),
    ("creating.ftl", include_str!("../../templates/words/en/creating.ftl")),
    ("commissions.ftl", include_str!("../../templates/words/en/commissions.ftl")),
    ("new_groups.ftl", include_str!("../../templates/words/en/new_groups.ftl")),
    ("group_life.ftl", include_str!("../../templates/words/en/group_life.ftl")),
    ("history.ftl", include_str!("../../templates/words/en/history.ftl")),
    ("import.ftl", include_str!("../../templates/words/en/import.ftl")),
    ("responsibilities.ftl", include_str!("../../templates/words/en/responsibilities.ftl")),
    ("designations.ftl", include_str!("../../templates/words/en/designations.ftl")),
    ("review.ftl", include_str!("../../templates/words/en/review.ftl")),
    ("terms.ftl", include_str!("../../templates/words/en/terms.ftl")),
    ("mirror.ftl", include_str!("../../templates/words/en/mirror.ftl")),
];

static WORDS: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| {
    let mut bundle = FluentBundle::new_concurrent(vec![langid!("en")]);
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(|value, _| number_words(value)));
    for (name, source) in ENGLISH {
        let (resource, errors) = match FluentResource::try_new((*source).to_owned()) {
            Ok(resource) => (resource, Vec::new()),
            Err((resource, errors)) => (resource, errors),
        };
        for error in errors {
            tracing::error!(file = name, %error, "a file of words has a mistake");
        }
        for error in bundle.add_resource(resource).err().unwrap_or_default() {
            tracing::error!(file = name, %error, "a word is given twice");
        }
    }
    bundle
});

/// Writes numbers from ten thousand on with a comma at every thousand, as English does; smaller ones stay as they are.
fn number_words(value: &FluentValue) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let digits = number.as_string();
    if digits.len() < 5 || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let first = digits.len() % 3;
    let mut words = digits[..first].to_owned();
    for (at, digit) in digits.chars().enumerate().skip(first) {
        if at != 0 && (at - first) % 3 == 0 {
            words.push(',');
        }
        words.push(digit);
    }
    Some(words)
}

/// Returns the sources of all words, for the test that checks them.
#[must_use]
pub fn sources() -> &'static [(&'static str, &'static str)] {
    ENGLISH
}

/// What stands in a place of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Arg {
    /// A name, or other words that people typed: escaped and isolated.
    Name(String),
    /// A number.
    Count(i64),
    /// Words of our own, such as a date.
    Word(String),
}

/// What can be counted in a sentence.
pub trait Number {
    /// Returns the number.
    fn number(&self) -> i64;
}

impl Number for u64 {
    fn number(&self) -> i64 {
        i64::try_from(*self).unwrap_or(i64::MAX)
    }
}

impl Number for i64 {
    fn number(&self) -> i64 {
        *self
    }
}

impl Number for u16 {
    fn number(&self) -> i64 {
        i64::from(*self)
    }
}

impl Number for usize {
    fn number(&self) -> i64 {
        i64::try_from(*self).unwrap_or(i64::MAX)
    }
}

impl<N: Number> Number for &N {
    fn number(&self) -> i64 {
        N::number(self)
    }
}

/// Something to say: a key in the words, with what stands in its places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    key: Cow<'static, str>,
    args: Vec<(&'static str, Arg)>,
}

impl Phrase {
    /// Makes a phrase with no arguments yet.
    pub fn new(key: impl Into<Cow<'static, str>>) -> Self {
        Self { key: key.into(), args: Vec::new() }
    }

    /// Puts a name, or other words that people typed, in a place.
    #[must_use]
    pub fn name(mut self, place: &'static str, name: impl Into<String>) -> Self {
        self.args.push((place, Arg::Name(name.into())));
        self
    }

    /// Puts a number in a place.
    #[must_use]
    pub fn count(mut self, place: &'static str, number: impl Number) -> Self {
        self.args.push((place, Arg::Count(number.number())));
        self
    }

    /// Puts words of our own in a place, such as a date.
    #[must_use]
    pub fn word(mut self, place: &'static str, word: impl Into<String>) -> Self {
        self.args.push((place, Arg::Word(word.into())));
        self
    }

    /// Returns the key.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Returns the sentence as HTML, names isolated.
    #[must_use]
    pub fn html(&self) -> String {
        self.format(|name| format!("<bdi>{}</bdi>", escape(name)), escape)
    }

    /// Returns the sentence as plain text, names isolated by the marks Unicode has for it (FSI and PDI).
    #[must_use]
    pub fn text(&self) -> String {
        self.format(|name| format!("\u{2068}{name}\u{2069}"), str::to_owned)
    }

    fn format(&self, name: impl Fn(&str) -> String, word: impl Fn(&str) -> String) -> String {
        let Some(pattern) = WORDS.get_message(&self.key).and_then(|message| message.value()) else {
            tracing::error!(key = %self.key, "a word is missing");
            return self.key.to_string();
        };
        let mut args = FluentArgs::new();
        for (place, arg) in &self.args {
            let value = match arg {
                Arg::Name(text) => FluentValue::from(name(text)),
                Arg::Word(text) => FluentValue::from(word(text)),
                Arg::Count(number) => FluentValue::from(*number),
            };
            args.set(*place, value);
        }
        let mut errors = Vec::new();
        let said = WORDS.format_pattern(pattern, Some(&args), &mut errors).into_owned();
        for error in errors {
            tracing::error!(key = %self.key, %error, "a sentence could not be made");
        }
        said
    }
}

impl From<&'static str> for Phrase {
    fn from(key: &'static str) -> Self {
        Self::new(key)
    }
}

impl From<&Phrase> for Phrase {
    fn from(phrase: &Phrase) -> Self {
        phrase.clone()
    }
}

impl From<&&Phrase> for Phrase {
    fn from(phrase: &&Phrase) -> Self {
        Phrase::clone(phrase)
    }
}

impl From<&&&Phrase> for Phrase {
    fn from(phrase: &&&Phrase) -> Self {
        Phrase::clone(phrase)
    }
}

impl From<&&'static str> for Phrase {
    fn from(key: &&'static str) -> Self {
        Self::new(*key)
    }
}

/// Escapes text for HTML content and attributes.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' | '<' | '>' | '"' | '\'' => {
                let _ = write!(safe, "&#{};", u32::from(c));
            }
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_numbers_are_written_with_commas() {
        let say =
            |n: usize| Phrase::new("page-range").count("first", 1_usize).count("last", 20_usize).count("n", n).text();

        assert_eq!(say(9_999), "1–20 of 9999");
        assert_eq!(say(10_000), "1–20 of 10,000");
        assert_eq!(say(123_456), "1–20 of 123,456");
        assert_eq!(say(1_234_567), "1–20 of 1,234,567");
    }

    #[test]
    fn a_name_in_a_sentence_is_escaped_and_isolated() {
        let phrase = Phrase::new("request-title").name("person", "<Ada>").name("group", "فريق");

        assert_eq!(phrase.html(), "<bdi>&#60;Ada&#62;</bdi> wants to join <bdi>فريق</bdi>");
        assert_eq!(phrase.text(), "\u{2068}<Ada>\u{2069} wants to join \u{2068}فريق\u{2069}");
    }
}
