//! Text as it is compared and sorted, and the words in it.
//!
//! Letters lose what people leave out when they type: case, accents, width, vowel points of Arabic and Hebrew. What makes
//! another letter in its script stays: the sounds marks of Japanese, the vowel signs of India and Thailand.

use unicode_normalization::{
    UnicodeNormalization as _,
    char::{canonical_combining_class, is_combining_mark},
};
use unicode_script::{Script, UnicodeScript as _};

/// The most letters that are kept of each part of a run; longer ones are looked for by overlapping pieces.
const RUN: usize = 8;

/// Returns text as it is compared and sorted. The store keeps names folded the same way.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.chars().filter(|c| *c != '\'').map(|c| c.to_ascii_lowercase()).collect();
    }
    // To capitals and back: `ß` and `SS` are the same only in capitals, `ς` and `σ` likewise.
    text.nfkd()
        .filter(|c| !is_left_out(*c))
        .flat_map(char::to_lowercase)
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase)
        .nfc()
        .collect()
}

/// Returns whether a character is not compared: accents and points by their combining class (UAX 44, table 15), the stretch
/// of Arabic, apostrophes, and what cannot be seen.
fn is_left_out(c: char) -> bool {
    matches!(canonical_combining_class(c), 10..=36 | 200..)
        || matches!(c, '\'' | '\u{2bc}' | '\u{2018}' | '\u{2019}' | '\u{640}' | '\u{ad}' | '\u{61c}' | '\u{feff}')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}')
}

/// A word of a folded text, or a run of letters in a script that does not part words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part<'a> {
    pub text: &'a str,
    pub is_run: bool,
}

/// Returns the words and runs of a folded text, in their order.
pub(super) fn parts(folded: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut current = None;
    for (at, c) in folded.char_indices() {
        let is_run = belongs(c, current.map(|(_, is_run)| is_run));
        if is_run == current.map(|(_, is_run)| is_run) {
            continue;
        }
        if let Some((start, is_run)) = current {
            parts.push(Part { text: &folded[start..at], is_run });
        }
        current = is_run.map(|is_run| (at, is_run));
    }
    if let Some((start, is_run)) = current {
        parts.push(Part { text: &folded[start..], is_run });
    }
    parts
}

/// Returns whether a character belongs to a run, to a word, or to neither. Marks and letters of no script of their own,
/// such as the long sound of Japanese, go with what stands before them.
fn belongs(c: char, before: Option<bool>) -> Option<bool> {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric().then_some(false);
    }
    if !c.is_alphanumeric() && !is_combining_mark(c) {
        return None;
    }
    Some(match c.script() {
        Script::Han
        | Script::Hiragana
        | Script::Katakana
        | Script::Bopomofo
        | Script::Thai
        | Script::Lao
        | Script::Khmer
        | Script::Myanmar => true,
        Script::Common | Script::Inherited => before == Some(true) && !c.is_numeric(),
        _ => false,
    })
}

impl<'a> Part<'a> {
    /// Returns what the index keeps: a word itself; of a run everything that begins somewhere in it, so that each word in
    /// it is the beginning of something.
    pub(super) fn kept(self) -> impl Iterator<Item = &'a str> {
        let most = if self.is_run { usize::MAX } else { 1 };
        self.text
            .char_indices()
            .take(most)
            .map(move |(at, _)| if self.is_run { first(&self.text[at..]) } else { self.text })
    }

    /// Returns what to look for: a word itself; a run in pieces no longer than what is kept.
    pub(super) fn sought(self) -> Vec<Part<'a>> {
        let starts: Vec<usize> = self.text.char_indices().map(|(at, _)| at).collect();
        if !self.is_run || starts.len() <= RUN {
            return vec![self];
        }
        let last = starts.len() - RUN;
        let pieces = (0..last).step_by(RUN).chain([last]);
        pieces.map(|piece| Part { text: first(&self.text[starts[piece]..]), is_run: true }).collect()
    }
}

fn first(run: &str) -> &str {
    run.char_indices().nth(RUN).map_or(run, |(at, _)| &run[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_leave_out_when_they_type_makes_no_difference() {
        for (one, other) in [
            ("Café Équipe", "cafe equipe"),
            ("Straßen", "STRASSEN"),
            ("Große Straẞe", "grosse strasse"),
            ("ＤＡＴＡ　１", "data 1"),
            ("مُحَمَّد", "محمد"),
            ("مـــكتبة", "مكتبة"),
            ("أحمد", "احمد"),
            ("ΟΔΥΣΣΕΥΣ", "οδυσσευς"),
            ("İstanbul Işık", "istanbul isik"),
            ("ﬁnance", "Finance"),
            ("O’Brien", "O'Brien"),
            ("O’Brien", "obrien"),
            ("Nguyễn", "nguyen"),
            ("ﾃﾞｰﾀ", "データ"),
            ("co\u{ad}op", "coop"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} and {other}");
        }
    }

    #[test]
    fn what_makes_another_letter_stays() {
        for (one, other) in [("か", "が"), ("ハ", "パ"), ("की", "का"), ("กุ", "กู"), ("d", "đ")] {
            assert_ne!(fold(one), fold(other), "{one} and {other}");
        }
    }

    #[test]
    fn words_end_where_their_script_says() {
        let all = |text: &str| parts(text).iter().map(|part| part.text.to_owned()).collect::<Vec<_>>();

        assert_eq!(all("sg-data_platform (emea)"), ["sg", "data", "platform", "emea"]);
        assert_eq!(all("हिन्दी समूह"), ["हिन्दी", "समूह"]);
        assert_eq!(all("aws開発2課 チーム"), ["aws", "開発", "2", "課", "チーム"]);
    }

    #[test]
    fn a_run_is_kept_from_each_of_its_letters_and_sought_in_pieces() {
        let kept = |text: &'static str| parts(text).into_iter().flat_map(Part::kept).collect::<Vec<_>>();
        let sought = |text: &'static str| {
            parts(text).into_iter().flat_map(Part::sought).map(|part| part.text).collect::<Vec<_>>()
        };

        assert_eq!(kept("開発チーム"), ["開発チーム", "発チーム", "チーム", "ーム", "ム"]);
        assert_eq!(kept("data"), ["data"]);
        assert_eq!(sought("一二三四五六七八九十"), ["一二三四五六七八", "三四五六七八九十"]);
        assert_eq!(sought("開発"), ["開発"]);
    }
}
