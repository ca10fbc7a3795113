//! Text that people typed, made safe to keep and to show.

/// What is wrong with a typed text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextProblem {
    /// Nothing but blanks was typed, and something is needed.
    Missing,
    /// Longer than the limit, in characters.
    TooLong {
        /// The most characters that fit.
        limit: usize,
        /// How many there are.
        length: usize,
    },
}

/// Returns the text without what cannot be seen and only misleads: NUL and other control characters, the marks that override
/// the reading direction (Unicode bidirectional controls), and blanks without a width. Line ends become `\n`; outer blanks
/// go, and a text in which nothing can be seen is none.
#[must_use]
pub fn clean(raw: &str) -> String {
    let mut kept = String::with_capacity(raw.len());
    let mut chars = raw.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                if chars.peek() != Some(&'\n') {
                    kept.push('\n');
                }
            }
            '\n' | '\t' => kept.push(c),
            c if c.is_control() || misleads(c) => {}
            c => kept.push(c),
        }
    }
    if kept.chars().any(is_seen) { kept.trim().to_owned() } else { String::new() }
}

/// Returns whether a character overrides the reading direction, or is a blank without a width.
fn misleads(c: char) -> bool {
    let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}');
    turns
        || matches!(c, '\u{feff}' | '\u{200b}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}' | '\u{ad}' | '\u{180e}')
}

/// Returns whether a character leaves a mark by itself. Joiners and variation selectors only shape their neighbours, and some
/// letters are blanks by another name (the fillers of Hangul, the empty pattern of Braille).
fn is_seen(c: char) -> bool {
    let shapes = matches!(c, '\u{200c}' | '\u{200d}' | '\u{34f}' | '\u{180b}'..='\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e01ef}');
    let is_filler =
        matches!(c, '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{3164}' | '\u{ffa0}' | '\u{2800}');
    !c.is_whitespace() && !shapes && !is_filler
}

/// Cleans a typed text and checks its length in characters.
///
/// # Errors
/// [`TextProblem::TooLong`] above `limit` characters.
pub fn optional(raw: &str, limit: usize) -> Result<String, TextProblem> {
    let text = clean(raw);
    let length = text.chars().count();
    if length > limit {
        return Err(TextProblem::TooLong { limit, length });
    }
    Ok(text)
}

/// Cleans a typed text that must not be empty and checks its length in characters.
///
/// # Errors
/// [`TextProblem::Missing`] when nothing is left, [`TextProblem::TooLong`] above `limit` characters.
pub fn required(raw: &str, limit: usize) -> Result<String, TextProblem> {
    let text = optional(raw, limit)?;
    if text.is_empty() { Err(TextProblem::Missing) } else { Ok(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_dropped_and_letters_of_every_script_stay() {
        let kept = clean(" a\0b\u{202e}c\r\nd\re \u{1b}[31m عربي \u{feff}");

        assert_eq!(kept, "abc\nd\ne [31m عربي");
        assert_eq!(clean("👩🏽\u{200d}🔬 می\u{200c}خواهم"), "👩🏽\u{200d}🔬 می\u{200c}خواهم");
        assert_eq!(clean("Compiler\u{200b} \u{ad}Team"), "Compiler Team");
    }

    #[test]
    fn a_text_of_which_nothing_is_seen_is_none() {
        for unseen in [
            "\u{200b}",
            "\u{2060} \u{200d}",
            "\u{3164}",
            "\u{2800}\n\u{2800}",
            "\u{fe0f}\u{200c}",
            "\u{e0020}",
            "\u{61c}",
            "\u{206a}",
            "\u{17b4}",
        ] {
            assert_eq!(required(unseen, 9), Err(TextProblem::Missing), "{unseen:?}");
            assert_eq!(optional(unseen, 9), Ok(String::new()), "{unseen:?}");
        }
    }

    #[test]
    fn length_is_counted_in_characters_not_bytes() {
        assert_eq!(optional("ضضض", 3), Ok("ضضض".into()));
        assert_eq!(optional("ضضضض", 3), Err(TextProblem::TooLong { limit: 3, length: 4 }));
        assert_eq!(required(" \0 ", 3), Err(TextProblem::Missing));
    }
}
