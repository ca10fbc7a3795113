//! `$search`: clauses in quotes, joined by `AND` and `OR`; names and descriptions are compared word by word.

use super::errors::GraphError;

/// A search: alternatives, each of clauses that must all fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Search {
    alternatives: Vec<Vec<Clause>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Clause {
    property: String,
    text: String,
}

impl Search {
    /// Reads a search.
    ///
    /// # Errors
    /// Returns Graph's 400 for text that is not made of quoted clauses.
    pub(crate) fn parse(text: &str) -> Result<Self, GraphError> {
        let mut alternatives = vec![Vec::new()];
        let mut rest = text.trim();
        loop {
            let (clause, after) = clause(rest).ok_or_else(malformed)?;
            if let Some(last) = alternatives.last_mut() {
                last.push(clause);
            }
            rest = after.trim();
            if rest.is_empty() {
                return Ok(Self { alternatives });
            } else if let Some(after) = rest.strip_prefix("OR") {
                alternatives.push(Vec::new());
                rest = after.trim();
            } else {
                rest = rest.strip_prefix("AND").ok_or_else(malformed)?.trim();
            }
        }
    }

    /// Returns the properties it looks into.
    pub(crate) fn properties(&self) -> impl Iterator<Item = &str> {
        self.alternatives.iter().flatten().map(|clause| clause.property.as_str())
    }

    /// Returns whether an object fits.
    pub(crate) fn fits(&self, property: &impl Fn(&str) -> String) -> bool {
        self.alternatives.iter().any(|clauses| clauses.iter().all(|clause| clause.fits(&property(&clause.property))))
    }
}

impl Clause {
    /// Only `displayName` and `description` are cut into words; elsewhere the text must start so.
    fn fits(&self, value: &str) -> bool {
        if !matches!(self.property.as_str(), "displayName" | "description") {
            return value.to_lowercase().starts_with(&self.text.to_lowercase());
        }
        let words = words(value);
        let wanted = self::words(&self.text);
        !wanted.is_empty() && wanted.iter().all(|start| words.iter().any(|word| word.starts_with(start.as_str())))
    }
}

fn malformed() -> GraphError {
    GraphError::new(
        400,
        "BadRequest",
        "Syntax error: a search clause is written \"property:text\" within quotation marks.",
    )
}

/// Reads `"property:text"`; `\"` and `\\` stand for the characters themselves.
fn clause(text: &str) -> Option<(Clause, &str)> {
    let inner = text.strip_prefix('"')?;
    let mut content = String::new();
    let mut characters = inner.char_indices();
    while let Some((index, character)) = characters.next() {
        match character {
            '\\' => content.push(characters.next()?.1),
            '"' => {
                let (property, text) = content.split_once(':')?;
                let (property, text) = (property.to_owned(), text.to_owned());
                return Some((Clause { property, text }, &inner[index + 1..]));
            }
            other => content.push(other),
        }
    }
    None
}

/// Cuts text at spaces, symbols, digits and where a capital follows a small letter; lower case.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut previous = ' ';
    for character in text.chars() {
        let is_digit = character.is_numeric();
        let starts_anew = (previous.is_lowercase() && character.is_uppercase()) || is_digit != previous.is_numeric();
        if starts_anew || !character.is_alphanumeric() {
            words.push(String::new());
        }
        if character.is_alphanumeric()
            && let Some(last) = words.last_mut()
        {
            last.extend(character.to_lowercase());
        }
        previous = character;
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(search: &str, name: &str) -> bool {
        let search = Search::parse(search).expect("the search is well formed");
        search.fits(&|_| name.to_owned())
    }

    #[test]
    fn words_are_found_in_any_order_by_their_beginning() {
        assert!(finds(r#""displayName:res cry""#, "Cryptography Research"));
        assert!(finds(r#""displayName:team""#, "CompilerTeam"));
        assert!(!finds(r#""displayName:search""#, "Cryptography Research"));
    }

    #[test]
    fn other_properties_must_start_with_the_text() {
        assert!(finds(r#""mail:grace.h""#, "grace.hopper@contoso.example"));
        assert!(!finds(r#""mail:hopper""#, "grace.hopper@contoso.example"));
    }

    #[test]
    fn alternatives_are_joined_outside_the_quotes() {
        assert!(finds(r#""displayName:zebra" OR "mail:grace""#, "Grace"));
        assert!(!finds(r#""displayName:zebra" AND "mail:grace""#, "Grace"));
        assert!(Search::parse("displayName:a").is_err());
        assert!(Search::parse(r#""displayName:a" "mail:b""#).is_err());
    }
}
