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

/// Returns the text without what cannot be seen and only misleads: NUL and other control characters, and the marks that
/// override the reading direction (Unicode bidirectional controls). Line ends become `\n`; outer blanks go.
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
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{feff}' => {}
            c if c.is_control() => {}
            c => kept.push(c),
        }
    }
    kept.trim().to_owned()
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
    }

    #[test]
    fn length_is_counted_in_characters_not_bytes() {
        assert_eq!(optional("ضضض", 3), Ok("ضضض".into()));
        assert_eq!(optional("ضضضض", 3), Err(TextProblem::TooLong { limit: 3, length: 4 }));
        assert_eq!(required(" \0 ", 3), Err(TextProblem::Missing));
    }
}
