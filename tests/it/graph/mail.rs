//! Sending mail.

use roster::{
    domain::ids::PersonId,
    graph::{Error, Mail, MailBody},
};
use roster_emulator::{Action, Fault};
use uuid::Uuid;

use super::{Tenant, token};

const ID: Uuid = Uuid::from_u128(0xabc);

fn mail(body: MailBody) -> Mail {
    Mail { subject: "You are in".into(), body, to: vec!["grace.hopper@contoso.example".into()] }
}

async fn send(tenant: &Tenant, permissions: &[&str], from: PersonId, body: MailBody) -> Result<(), Error> {
    let token = token(&tenant.emulator.app_token(permissions));
    tenant.graph.person(&token).send_mail(from, &mail(body), ID).await
}

#[tokio::test]
async fn a_message_is_handed_over_as_text_or_as_html() {
    let tenant = Tenant::start().await;
    let ada = tenant.person("Ada Lovelace");

    send(&tenant, &["Mail.Send"], ada, MailBody::Text("Welcome.".into())).await.unwrap();
    send(&tenant, &["Mail.Send"], ada, MailBody::Html("<p>Welcome.</p>".into())).await.unwrap();

    let mails = tenant.emulator.mails();
    let said: Vec<_> = mails.iter().map(|mail| (mail.content_type.to_lowercase(), mail.content.as_str())).collect();
    assert_eq!(said, [("text".into(), "Welcome."), ("html".into(), "<p>Welcome.</p>")]);
    assert_eq!((mails[0].from, mails[0].to.as_slice()), (ada.0, &["grace.hopper@contoso.example".to_owned()][..]));
    assert!(mails.iter().all(|mail| mail.subject == "You are in" && !mail.save_to_sent_items));
    assert!(tenant.emulator.calls().iter().all(|call| call.client_request_id == Some(ID.to_string())));
}

#[tokio::test]
async fn a_message_whose_answer_was_lost_is_not_sent_again() {
    let tenant = Tenant::start().await;
    tenant.emulator.fault(Fault::on("POST", "/sendMail").answer(Action::DropAfterApplying));

    let outcome = send(&tenant, &["Mail.Send"], tenant.person("Ada Lovelace"), MailBody::Text("Welcome.".into())).await;

    assert_eq!((outcome, tenant.emulator.mails().len()), (Err(Error::Unavailable), 1));
}

#[tokio::test]
async fn without_mailbox_or_permission_nothing_is_sent() {
    let tenant = Tenant::start().await;
    let text = || MailBody::Text("Welcome.".into());

    let from_guest = send(&tenant, &["Mail.Send"], tenant.person("Tim Berners"), text()).await;
    let not_granted = send(&tenant, &["User.Read.All"], tenant.person("Ada Lovelace"), text()).await;

    assert_eq!((from_guest, not_granted), (Err(Error::Gone), Err(Error::NotAllowed)));
    assert_eq!(tenant.emulator.mails().len(), 0);
}
