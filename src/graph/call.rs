//! One call of Graph, built from words we wrote and ids that are ids, so that no text from outside ends up in a path.

use reqwest::Method;
use serde_json::Value;
use uuid::Uuid;

/// A piece of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece {
    /// A word of Graph's vocabulary.
    Word(&'static str),
    /// An object id.
    Id(Uuid),
}

/// The word that makes a DELETE end a relationship. Without it Graph deletes the object itself (Graph, "Remove member").
const REF: Piece = Piece::Word("$ref");

/// A call before it has an address.
#[derive(Debug, Clone)]
pub(super) struct Call {
    /// GET, POST or DELETE.
    pub method: Method,
    /// The pieces of the path below the base.
    pub path: Vec<Piece>,
    /// Query options, values not yet escaped.
    pub query: Vec<(&'static str, String)>,
    /// Whether the lagging index answers (`ConsistencyLevel: eventual`).
    pub indexed: bool,
    /// What is sent.
    pub body: Option<Value>,
    /// `client-request-id`, the same for every try.
    pub id: Uuid,
}

impl Call {
    /// Starts a read.
    pub fn read(path: &[Piece]) -> Self {
        Self {
            method: Method::GET,
            path: path.to_vec(),
            query: Vec::new(),
            indexed: false,
            body: None,
            id: Uuid::new_v4(),
        }
    }

    /// Starts adding a relationship: `path` names the collection, `object` is the full address of what is added.
    pub fn add_ref(path: &[Piece], object: &str, id: Uuid) -> Self {
        let body = Some(serde_json::json!({ "@odata.id": object }));
        Self { method: Method::POST, path: [path, &[REF]].concat(), body, id, ..Self::read(&[]) }
    }

    /// Starts ending a relationship: `path` names the object within the collection.
    pub fn remove_ref(path: &[Piece], id: Uuid) -> Self {
        Self { method: Method::DELETE, path: [path, &[REF]].concat(), id, ..Self::read(&[]) }
    }

    /// Names the properties to read; without it Graph answers a default set and charges one unit more.
    pub fn select(self, properties: &str) -> Self {
        self.option("$select", properties)
    }

    /// Sets the page size, at most 999.
    pub fn top(self, size: u16) -> Self {
        self.option("$top", &size.to_string())
    }

    /// Sets a query option.
    pub fn option(mut self, name: &'static str, value: &str) -> Self {
        self.query.push((name, value.to_owned()));
        self
    }

    /// Asks the index, which knows advanced queries and lags behind writes (Graph, "Advanced query capabilities").
    pub fn indexed(self) -> Self {
        Self { indexed: true, ..self }.option("$count", "true")
    }

    /// Returns whether the call may be sent at all: a DELETE must end a relationship and nothing else.
    pub fn is_safe(&self) -> bool {
        self.method != Method::DELETE || self.path.last() == Some(&REF)
    }

    /// Returns whether the call is a batch, which holds reads only.
    pub fn is_batch(&self) -> bool {
        self.path == [Piece::Word("$batch")]
    }

    /// Returns whether the call changes something.
    pub fn is_write(&self) -> bool {
        self.method != Method::GET && !self.is_batch()
    }

    /// Returns whether the call adds a relationship.
    pub fn is_add(&self) -> bool {
        self.method == Method::POST && !self.is_batch()
    }

    /// Returns the path with `{id}` for every id, for logs and metrics.
    pub fn template(&self) -> String {
        let word = |piece: &Piece| match piece {
            Piece::Word(word) => *word,
            Piece::Id(_) => "{id}",
        };
        self.path.iter().map(word).fold(String::new(), |path, word| path + "/" + word)
    }
}

/// Returns a text as an `OData` literal: in single quotes, those within doubled.
pub(super) fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_delete_of_a_relationship_may_be_sent() {
        let path = [Piece::Word("groups"), Piece::Id(Uuid::nil()), Piece::Word("members"), Piece::Id(Uuid::nil())];
        let bare = Call { method: Method::DELETE, ..Call::read(&path) };

        assert!(!bare.is_safe());
        assert!(Call::remove_ref(&path, Uuid::nil()).is_safe());
        assert_eq!(Call::remove_ref(&path, Uuid::nil()).template(), "/groups/{id}/members/{id}/$ref");
    }

    #[test]
    fn a_quote_in_a_literal_is_doubled() {
        assert_eq!(literal("O'Brien"), "'O''Brien'");
    }
}
