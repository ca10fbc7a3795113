//! `$search` as Graph reads it: clauses in quotes, `"property:text"`, joined by `OR`.

use crate::domain::text;

/// The longest text that is searched for, in characters.
const LONGEST: usize = 120;

/// A text to search for, with something in it that can be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted(String);

impl Wanted {
    /// Reads what somebody typed; `None` when there is no letter and no digit in it.
    pub fn read(typed: &str) -> Option<Self> {
        let text: String = text::clean(typed).chars().take(LONGEST).collect();
        text.chars().any(char::is_alphanumeric).then_some(Self(text))
    }

    /// Returns the text itself.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Returns the search for the text in any of these properties.
    pub fn within(&self, properties: &[&str]) -> String {
        let text = self.0.replace('\\', r"\\").replace('"', r#"\""#);
        let clauses: Vec<String> = properties.iter().map(|property| format!("\"{property}:{text}\"")).collect();
        clauses.join(" OR ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_stays_inside_its_clause() {
        let wanted = Wanted::read(r#" a" OR "mail:b\ "#).unwrap();

        assert_eq!(
            wanted.within(&["displayName", "mail"]),
            r#""displayName:a\" OR \"mail:b\\" OR "mail:a\" OR \"mail:b\\""#
        );
    }

    #[test]
    fn nothing_to_find_is_no_search() {
        for typed in ["", "  ", "\u{202e}", "\"\"", "…", "' -"] {
            assert_eq!(Wanted::read(typed), None, "{typed:?}");
        }
        assert!(Wanted::read("3").is_some());
        assert_eq!(Wanted::read(&"ö".repeat(500)).unwrap().text().chars().count(), LONGEST);
    }
}
