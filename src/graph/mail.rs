//! Sending mail through Graph.

use reqwest::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    AsPerson, Error,
    call::{
        Call,
        Piece::{Id, Word},
    },
};
use crate::domain::ids::PersonId;

/// The text of a message. Graph takes one of them; from HTML the mail service makes the plain text itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MailBody {
    /// Plain text.
    Text(String),
    /// HTML; whatever people wrote must be escaped in it already.
    Html(String),
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// The subject, on one line.
    pub subject: String,
    /// The text.
    pub body: MailBody,
    /// The addresses it goes to.
    pub to: Vec<String>,
}

impl AsPerson<'_> {
    /// Hands a message over for sending from a person's mailbox, without keeping a copy there. The id goes along as
    /// `client-request-id`. Graph accepts it; that is no promise of delivery. It is sent once: after a lost answer
    /// nobody knows, and the caller decides whether to send it again. Needs the permission `Mail.Send`.
    ///
    /// # Errors
    /// [`Error::Gone`] when the sender has no mailbox; [`Error::NotAllowed`] when the token may not send from it;
    /// [`Error::Unavailable`] when it may have been sent; [`Error`] when the directory refuses.
    pub async fn send_mail(self, sender: PersonId, mail: &Mail, id: Uuid) -> Result<(), Error> {
        let call = Call::create(&[Word("users"), Id(sender.0), Word("sendMail")], mail.shown(), id);
        self.waits().reply(&call, self.graph.deadline(), StatusCode::ACCEPTED).await.map(|_| ())
    }
}

impl Mail {
    fn shown(&self) -> Value {
        let (content_type, content) = match &self.body {
            MailBody::Text(text) => ("text", text),
            MailBody::Html(html) => ("html", html),
        };
        let to: Vec<Value> = self.to.iter().map(|address| json!({ "emailAddress": { "address": address } })).collect();
        json!({
            "message": {
                "subject": self.subject,
                "body": { "contentType": content_type, "content": content },
                "toRecipients": to,
            },
            "saveToSentItems": false,
        })
    }
}
