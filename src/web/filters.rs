//! What templates may do with values, beyond askama's own: say a phrase.
//!
//! `{{ "nav-home"|t }}` says a sentence as HTML; `{{ "request-title"|name("person", person.name)|t }}` puts a name in its
//! place; `|plain` gives the text without markup, for titles and attributes.

// What the attribute makes of these functions carries no documentation and other lints' sins.
#![allow(missing_docs, clippy::inline_always, clippy::missing_errors_doc, clippy::struct_field_names)]

use askama::{Values, filters::Safe};

use super::words::{Number, Phrase};

/// Says a phrase as HTML.
#[askama::filter_fn]
pub fn t<P: Into<Phrase>>(phrase: P, _: &dyn Values) -> askama::Result<Safe<String>> {
    let phrase: Phrase = phrase.into();
    Ok(Safe(phrase.html()))
}

/// Says a phrase as plain text.
#[askama::filter_fn]
pub fn plain<P: Into<Phrase>>(phrase: P, _: &dyn Values) -> askama::Result<String> {
    let phrase: Phrase = phrase.into();
    Ok(phrase.text())
}

/// Puts a name in a place of a phrase.
#[askama::filter_fn]
pub fn name<P: Into<Phrase>, S: ToString>(
    phrase: P,
    _: &dyn Values,
    place: &'static str,
    name: S,
) -> askama::Result<Phrase> {
    let phrase: Phrase = phrase.into();
    Ok(phrase.name(place, name.to_string()))
}

/// Puts a number in a place of a phrase.
#[askama::filter_fn]
pub fn count<P: Into<Phrase>, N: Number>(
    phrase: P,
    _: &dyn Values,
    place: &'static str,
    number: N,
) -> askama::Result<Phrase> {
    let phrase: Phrase = phrase.into();
    Ok(phrase.count(place, number))
}

/// Puts words of our own in a place of a phrase, such as a date.
#[askama::filter_fn]
pub fn word<P: Into<Phrase>, S: ToString>(
    phrase: P,
    _: &dyn Values,
    place: &'static str,
    word: S,
) -> askama::Result<Phrase> {
    let phrase: Phrase = phrase.into();
    Ok(phrase.word(place, word.to_string()))
}

/// Returns the initials shown beside a name: of the first and last word that starts with a letter.
#[askama::filter_fn]
pub fn initials<S: ToString>(name: S, _: &dyn Values) -> askama::Result<String> {
    let name = name.to_string();
    let letters: Vec<char> =
        name.split_whitespace().filter_map(|word| word.chars().next().filter(|c| c.is_alphabetic())).collect();
    let first = letters.first().copied();
    let last = letters.last().copied().filter(|_| letters.len() > 1);
    Ok(first.into_iter().chain(last).flat_map(char::to_uppercase).collect())
}
