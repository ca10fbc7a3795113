//! When people signed in last (Graph, "List users" and "signInActivity resource type"). Needs the application permissions
//! `AuditLog.Read.All` and `User.Read.All`, and a licence of Entra ID P1 or P2 in the tenant; a person would need a directory
//! role besides, so only a job reads it. What is missing is answered with 403 either way.

use jiff::Timestamp;
use serde::Deserialize;
use uuid::Uuid;

use super::{
    Error, Reader,
    call::{Call, Piece::Word},
    pages::Pages,
    send::Sender,
};
use crate::domain::{ids::PersonId, inactive::LastSignIns};

/// The most that Graph puts on a page that tells sign-ins (Graph, "List users").
const PAGE: u16 = 120;

/// Accounts that are being read, page by page.
#[derive(Debug)]
pub struct SignInPages<'a> {
    sender: Sender<'a>,
    pages: Pages,
}

impl<'a> Reader<'a> {
    /// Starts reading the accounts whose last sign-in by hand was before an instant. Whoever never signed in is not told.
    #[must_use]
    pub fn last_signed_in_before(self, limit: Timestamp) -> SignInPages<'a> {
        let second = limit.as_second();
        let limit = Timestamp::from_second(second).unwrap_or(limit);
        let filter = format!("signInActivity/lastSignInDateTime le {limit}");
        let call = Call::read(&[Word("users")]).option("$filter", &filter).select("id,signInActivity").top(PAGE);
        SignInPages { pages: Pages::new(self.0.graph, call), sender: self.0 }
    }
}

impl SignInPages<'_> {
    /// Reads the next page, `None` after the last.
    ///
    /// # Errors
    /// [`Error::NotAllowed`] without the permission or the licence; [`Error`] when the directory does not answer. What was
    /// read is not complete then, and nothing of it counts.
    pub async fn next_page(&mut self) -> Result<Option<Vec<(PersonId, LastSignIns)>>, Error> {
        let deadline = self.sender.graph.listing_deadline();
        let page = self.pages.next::<WireUser>(self.sender, deadline).await?;
        Ok(page.map(|page| page.into_iter().map(WireUser::said).collect()))
    }
}

#[derive(Debug, Deserialize)]
struct WireUser {
    id: Uuid,
    #[serde(rename = "signInActivity")]
    activity: Option<WireActivity>,
}

#[derive(Debug, Deserialize)]
struct WireActivity {
    #[serde(rename = "lastSignInDateTime")]
    interactive: Option<Timestamp>,
    #[serde(rename = "lastNonInteractiveSignInDateTime")]
    non_interactive: Option<Timestamp>,
    #[serde(rename = "lastSuccessfulSignInDateTime")]
    successful: Option<Timestamp>,
}

impl WireUser {
    fn said(self) -> (PersonId, LastSignIns) {
        let last = self.activity.map_or_else(LastSignIns::default, |activity| LastSignIns {
            interactive: activity.interactive,
            non_interactive: activity.non_interactive,
            successful: activity.successful,
        });
        (PersonId(self.id), last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(activity: &str) -> LastSignIns {
        let text = format!(r#"{{"id":"00000000-0000-0000-0000-000000000001","signInActivity":{activity}}}"#);
        serde_json::from_str::<WireUser>(&text).unwrap().said().1
    }

    #[test]
    fn each_kind_of_sign_in_may_be_missing() {
        let at: Timestamp = "2026-01-31T08:00:00Z".parse().unwrap();

        assert_eq!(said("null"), LastSignIns::default());
        assert_eq!(
            said(r#"{"lastSignInDateTime":"2026-01-31T08:00:00Z","lastNonInteractiveSignInDateTime":null}"#),
            LastSignIns { interactive: Some(at), ..LastSignIns::default() }
        );
    }
}
