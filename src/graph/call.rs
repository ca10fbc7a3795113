//! One call of Graph, built from words we wrote and ids that are ids, so that no text from outside ends up in a path.

use reqwest::Method;
use serde_json::Value;
use uuid::Uuid;

use crate::domain::ids::GroupId;

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
const BATCH: Piece = Piece::Word("$batch");
const GROUPS: Piece = Piece::Word("groups");

/// What a call does in the directory, which says how it may be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    /// Asks, and changes nothing.
    Asks,
    /// Asks several things at once, which are expected to cost so many resource units together, and changes nothing.
    AsksTogether(u32),
    /// Changes something, and may be sent twice with the effect of once.
    Changes,
    /// Changes something each time it is sent.
    ChangesEachTime,
    /// Deletes a group.
    DeletesGroup,
}

/// A call before it has an address.
#[derive(Debug, Clone)]
pub(super) struct Call {
    /// GET, POST, PATCH or DELETE.
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
    /// Set here and nowhere else.
    deed: Deed,
}

impl Call {
    fn new(method: Method, path: &[Piece], body: Option<Value>, id: Uuid, deed: Deed) -> Self {
        Self { method, path: path.to_vec(), query: Vec::new(), indexed: false, body, id, deed }
    }

    /// Starts a read.
    pub fn read(path: &[Piece]) -> Self {
        Self::new(Method::GET, path, None, Uuid::new_v4(), Deed::Asks)
    }

    /// Starts a question that Graph wants posted.
    pub fn ask(path: &[Piece], body: Value) -> Self {
        Self::new(Method::POST, path, Some(body), Uuid::new_v4(), Deed::Asks)
    }

    /// Starts a batch of reads that are expected to cost so many resource units together.
    pub fn ask_together(requests: &[Value], units: u32) -> Self {
        let body = Some(serde_json::json!({ "requests": requests }));
        Self::new(Method::POST, &[BATCH], body, Uuid::new_v4(), Deed::AsksTogether(units))
    }

    /// Starts adding a relationship: `path` names the collection, `object` is the full address of what is added.
    pub fn add_ref(path: &[Piece], object: &str, id: Uuid) -> Self {
        let body = Some(serde_json::json!({ "@odata.id": object }));
        Self::new(Method::POST, &[path, &[REF]].concat(), body, id, Deed::Changes)
    }

    /// Starts ending a relationship: `path` names the object within the collection.
    pub fn remove_ref(path: &[Piece], id: Uuid) -> Self {
        Self::new(Method::DELETE, &[path, &[REF]].concat(), None, id, Deed::Changes)
    }

    /// Starts a change of properties.
    pub fn patch(path: &[Piece], body: Value, id: Uuid) -> Self {
        Self::new(Method::PATCH, path, Some(body), id, Deed::Changes)
    }

    /// Starts an action that may be repeated.
    pub fn act(path: &[Piece], body: Option<Value>, id: Uuid) -> Self {
        Self::new(Method::POST, path, body, id, Deed::Changes)
    }

    /// Starts making something new. It is not sent again when it may have arrived.
    pub fn create(path: &[Piece], body: Value, id: Uuid) -> Self {
        Self::new(Method::POST, path, Some(body), id, Deed::ChangesEachTime)
    }

    /// Starts deleting a group, the one object that Roster deletes. For [`super::AsPerson::delete_group`] alone.
    pub fn delete_group(group: GroupId, id: Uuid) -> Self {
        Self::new(Method::DELETE, &[Piece::Word("groups"), Piece::Id(group.0)], None, id, Deed::DeletesGroup)
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

    /// Asks the index for a number alone: a path that ends in `/$count` needs the header and takes no option `$count`.
    pub fn counting(self) -> Self {
        Self { indexed: true, ..self }
    }

    /// Returns the value of a query option.
    pub fn value_of(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    /// Returns whether the call may be sent at all: a DELETE must end a relationship and nothing else, unless it was made
    /// to delete a group.
    pub fn is_safe(&self) -> bool {
        let deletes_group = self.deed == Deed::DeletesGroup && matches!(*self.path, [GROUPS, Piece::Id(_)]);
        self.method != Method::DELETE || self.path.last() == Some(&REF) || deletes_group
    }

    /// Returns whether the call is a batch, which holds reads only.
    pub fn is_batch(&self) -> bool {
        self.units_of_parts().is_some()
    }

    /// Returns what the parts of a batch are expected to cost, in resource units.
    pub fn units_of_parts(&self) -> Option<u32> {
        if let Deed::AsksTogether(units) = self.deed { Some(units) } else { None }
    }

    /// Returns whether the call changes something.
    pub fn is_write(&self) -> bool {
        !matches!(self.deed, Deed::Asks | Deed::AsksTogether(_))
    }

    /// Returns whether the call has the effect of once when it is sent twice.
    pub fn may_be_repeated(&self) -> bool {
        self.deed != Deed::ChangesEachTime
    }

    /// Returns whether the call adds a relationship.
    pub fn is_add(&self) -> bool {
        self.method == Method::POST && self.path.last() == Some(&REF)
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
        let bare = |path: &[Piece]| Call { method: Method::DELETE, ..Call::read(path) };

        assert!(!bare(&path).is_safe() && !bare(&path[..2]).is_safe());
        assert!(Call::remove_ref(&path, Uuid::nil()).is_safe());
        assert_eq!(Call::remove_ref(&path, Uuid::nil()).template(), "/groups/{id}/members/{id}/$ref");
    }

    #[test]
    fn what_was_made_to_delete_a_group_deletes_nothing_else() {
        let call = Call::delete_group(GroupId(Uuid::nil()), Uuid::nil());
        let person = Call { path: vec![Piece::Word("users"), Piece::Id(Uuid::nil())], ..call.clone() };
        let deeper =
            Call { path: [&*call.path, &[Piece::Word("owners"), Piece::Id(Uuid::nil())]].concat(), ..call.clone() };

        assert!(call.is_safe());
        assert!(!person.is_safe() && !deeper.is_safe());
    }

    #[test]
    fn a_quote_in_a_literal_is_doubled() {
        assert_eq!(literal("O'Brien"), "'O''Brien'");
    }
}
