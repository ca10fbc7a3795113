//! Mail that was sent through Graph. Nothing leaves the emulator; tests read what would have.

use uuid::Uuid;

/// A message that Graph accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// The person whose mailbox it was sent from.
    pub from: Uuid,
    /// The person whose token sent it; `None` for an application.
    pub sent_by: Option<Uuid>,
    /// The subject.
    pub subject: String,
    /// `Text` or `HTML`.
    pub content_type: String,
    /// The text.
    pub content: String,
    /// Addresses it goes to.
    pub to: Vec<String>,
    /// Addresses that get a copy.
    pub cc: Vec<String>,
    /// Whether a copy is kept in the sender's mailbox.
    pub save_to_sent_items: bool,
}
