//! Sending mail. Graph says that it accepted a message, not that it arrived.

use serde_json::Value;
use uuid::Uuid;

use super::errors::GraphError;
use super::permissions::SEND_MAIL;
use super::scene::Scene;
use crate::exchange::{Content, Reply};
use crate::mail::Mail;

/// Answers `POST /me/sendMail` and `POST /users/{id}/sendMail`.
pub(crate) fn send(scene: &mut Scene<'_>, sender: Uuid) -> Result<Reply, GraphError> {
    scene.allow(&SEND_MAIL)?;
    // A person sends from their own mailbox; an application from any.
    if scene.caller.person.is_some_and(|me| me != sender) {
        return Err(GraphError::denied());
    }
    let body = scene.body()?;
    let has_mailbox = scene.directory.person(sender).is_some_and(|person| person.mail.is_some() && !person.is_guest());
    if !has_mailbox {
        let message = "The mailbox is either inactive, soft-deleted, or is hosted on-premise.";
        return Err(GraphError::new(404, "MailboxNotEnabledForRESTAPI", message));
    }
    let mail = read(&body, sender, scene.caller.person)?;

    scene.directory.tenant.mails.push(mail);
    Ok(Reply::new(202, Content::Empty))
}

/// Reads a message. Names are compared without regard to case: the schema writes them with a capital, clients without.
fn read(body: &Value, from: Uuid, sent_by: Option<Uuid>) -> Result<Mail, GraphError> {
    let message = field(body, "message");
    let to = addresses(field(message, "toRecipients"))?;
    let cc = addresses(field(message, "ccRecipients"))?;
    if to.is_empty() && cc.is_empty() {
        return Err(GraphError::new(400, "ErrorInvalidRecipients", "At least one recipient is not valid."));
    }
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let body_of_mail = field(message, "body");
    let content_type = match text(field(body_of_mail, "contentType")) {
        none if none.is_empty() => "Text".to_owned(),
        known if known.eq_ignore_ascii_case("text") || known.eq_ignore_ascii_case("html") => known,
        _ => return Err(GraphError::new(400, "ErrorInvalidRequest", "The type of the content is not known.")),
    };
    Ok(Mail {
        from,
        sent_by,
        subject: text(field(message, "subject")),
        content_type,
        content: text(field(body_of_mail, "content")),
        to,
        cc,
        save_to_sent_items: field(body, "saveToSentItems").as_bool().unwrap_or(true),
    })
}

fn field<'a>(object: &'a Value, name: &str) -> &'a Value {
    let mut fields = object.as_object().into_iter().flatten();
    fields.find(|(known, _)| known.eq_ignore_ascii_case(name)).map_or(&Value::Null, |(_, value)| value)
}

fn addresses(list: &Value) -> Result<Vec<String>, GraphError> {
    let address = |one: &Value| {
        let address = field(field(one, "emailAddress"), "address").as_str().unwrap_or_default();
        let is_whole = address.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty());
        let wrong = || GraphError::new(400, "ErrorInvalidRecipients", "At least one recipient is not valid.");
        if is_whole && !address.contains(char::is_whitespace) { Ok(address.to_owned()) } else { Err(wrong()) }
    };
    list.as_array().into_iter().flatten().map(address).collect()
}
