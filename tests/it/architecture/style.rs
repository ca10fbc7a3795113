//! What a single file may not do, as functions from its text to the lines that do it.

use super::tree::numbered;

/// The most lines of a file.
const LINES: usize = 300;
/// The crates that the rules may use: values, time as a value, and how both are written down.
const RULES_MAY_USE: [&str; 7] = ["std", "core", "super", "crate", "jiff", "serde", "serde_json"];
/// The same, for identifiers and for errors.
const RULES_MAY_ALSO_USE: [&str; 3] = ["uuid", "thiserror", "unicode_normalization"];
/// What no rule does: wait, or look at a clock.
const RULES_NEVER: [&str; 6] = ["async ", ".await", "Timestamp::now", "Zoned::now", "SystemTime::now", "Instant::now"];

/// Returns what is wrong with the shape of a source file.
pub fn shape(source: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let lines = source.lines().count();
    if lines > LINES {
        wrong.push(format!("has {lines} lines; a verb wants its own file after {LINES}"));
    }
    if !source.starts_with("//! ") {
        wrong.push("does not open with what it is for (`//! …`)".to_owned());
    }
    wrong
}

/// Returns the lines of a rule that reach for the world outside.
pub fn impure(source: &str) -> Vec<String> {
    let root = |line: &str| -> Option<String> {
        let path = line.strip_prefix("use ").or_else(|| line.strip_prefix("pub use "))?;
        Some(path.split(|c: char| !c.is_alphanumeric() && c != '_').next()?.to_owned())
    };
    numbered(source, |line| {
        let known =
            |root: &String| RULES_MAY_USE.contains(&root.as_str()) || RULES_MAY_ALSO_USE.contains(&root.as_str());
        let is_comment = line.starts_with("//");
        !is_comment && (root(line).is_some_and(|root| !known(&root)) || RULES_NEVER.iter().any(|no| line.contains(no)))
    })
}

/// Returns the lines of a template that a content policy or escaping would have to forgive.
pub fn unsafe_in_template(template: &str) -> Vec<String> {
    numbered(template, |line| {
        let dense: String = line.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
        let inline_script = dense.match_indices("<script").any(|(at, _)| {
            let tag = dense[at..].split('>').next().unwrap_or_default();
            !tag.contains("src=")
        });
        dense.contains("|safe")
            || dense.contains("<style")
            || dense.contains("javascript:")
            || inline_script
            || attributes(line).any(|name| name == "style" || name.starts_with("on"))
    })
}

/// Returns the names before each `=` of a line, as a tag would have them.
fn attributes(line: &str) -> impl Iterator<Item = String> + '_ {
    line.match_indices('=').filter_map(|(at, _)| {
        let before = &line[..at];
        let name = before.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '-').next()?;
        let starts =
            before[..before.len() - name.len()].ends_with([' ', '\t', '"', '\'']) || name.len() == before.len();
        (starts && !name.is_empty()).then(|| name.to_lowercase())
    })
}

/// Returns the lines that put a statement together from text, or say that they may.
pub fn loose_sql(source: &str) -> Vec<String> {
    const VERBS: [&str; 5] = ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "PRAGMA "];
    numbered(source, |line| {
        let made = ["format!(\"", "push_str(\"", "format_args!(\""].iter().any(|by| {
            line.match_indices(by).any(|(at, by)| VERBS.iter().any(|verb| line[at + by.len()..].starts_with(verb)))
        });
        line.contains("AssertSqlSafe") || line.contains("QueryBuilder") || made
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_file_and_one_without_an_opening_are_seen() {
        let long = format!("//! Something.\n{}", "\n".repeat(LINES));

        assert_eq!(shape(&long).len(), 1);
        assert_eq!(shape("use std::fmt;\n").len(), 1);
        assert!(shape("//! Says what it is for.\n").is_empty());
    }

    #[test]
    fn a_rule_that_waits_or_looks_outside_is_seen() {
        for line in ["use tokio::time;", "pub use sqlx::Row;", "pub async fn ask() {}", "let now = Timestamp::now();"] {
            assert_eq!(impure(line).len(), 1, "{line}");
        }
        assert!(impure("use jiff::Timestamp;\nuse super::ids::GroupId;\n/// Not async at all.\n").is_empty());
    }

    #[test]
    fn what_escapes_the_content_policy_is_seen() {
        for line in [
            "{{ name|safe }}",
            "{{ name | safe }}",
            "<p style=\"color: red\">",
            "<style>",
            "<a onclick=\"go()\">",
            "<input value=\"x\"ONFOCUS='y'>",
            "<script>go()</script>",
            "<a href=\"javascript:go()\">",
        ] {
            assert_eq!(unsafe_in_template(line).len(), 1, "{line}");
        }
        for line in [
            "<script src=\"{{ frame.js }}\" defer></script>",
            "<p class=\"button\">One = 1, on = off</p>",
            "<link rel=\"stylesheet\">",
        ] {
            assert!(unsafe_in_template(line).is_empty(), "{line}");
        }
    }

    #[test]
    fn a_statement_made_of_text_is_seen() {
        for line in ["sqlx::query(AssertSqlSafe(text))", "let text = format!(\"SELECT {column} FROM person\");"] {
            assert_eq!(loose_sql(line).len(), 1, "{line}");
        }
        assert!(loose_sql("sqlx::query(\"SELECT 1\"); format!(\"Selected {n}\")").is_empty());
    }
}
