//! Accounts that cannot sign in: all of them once, then what changed about anybody's account since (Graph, "Use delta
//! query", "user: delta"). Needs `User.Read.All`, of the portal's own identity or of a person.

use serde::Deserialize;
use uuid::Uuid;

use super::{
    Error, Reader,
    call::{Call, Piece::Word},
    pages::Pages,
    send::Sender,
};
use crate::domain::{
    accounts::{Account, Unable},
    ids::PersonId,
};

/// The most that Graph puts on a page of people (Graph, "Paging").
const PAGE: u16 = 999;

/// Accounts that are being read, page by page.
#[derive(Debug)]
pub struct AccountPages<'a> {
    sender: Sender<'a>,
    pages: Pages,
    /// What a row means that says nothing but an id.
    bare: Account,
}

impl<'a> Reader<'a> {
    /// Returns where the changes of accounts from now on will be.
    ///
    /// # Errors
    /// [`Error::NotAllowed`] without the permission; [`Error`] when the directory does not answer or refuses.
    pub async fn accounts_from_now(self) -> Result<String, Error> {
        let call = delta().select("accountEnabled").option("$deltatoken", "latest");
        let mut round = self.accounts(Pages::new(self.0.graph, call), Account::There);
        while round.next_page().await?.is_some() {}
        round.link()
    }

    /// Starts reading the accounts that are disabled. The comparison is none of the index's, so what was changed just now is
    /// told (Graph, "Advanced query capabilities").
    #[must_use]
    pub fn disabled_accounts(self) -> AccountPages<'a> {
        let call = Call::read(&[Word("users")]).option("$filter", "accountEnabled eq false").select("id").top(PAGE);
        self.accounts(Pages::new(self.0.graph, call), Account::Cannot(Unable::Disabled))
    }

    /// Starts reading the changes of accounts since the round that a link ended.
    ///
    /// # Errors
    /// [`Error::StartOver`] when the link leads astray.
    pub fn accounts_changed_since(self, link: &str) -> Result<AccountPages<'a>, Error> {
        let pages = Pages::at(self.0.graph, delta(), link).ok_or(Error::StartOver)?;
        Ok(self.accounts(pages, Account::There))
    }

    /// Reads one account.
    ///
    /// # Errors
    /// [`Error`] when the directory does not answer or refuses.
    pub async fn account(self, person: PersonId) -> Result<Account, Error> {
        let found = self.0.person(person).await?;
        Ok(found.map_or(Account::Cannot(Unable::Deleted), |person| told(person.enabled, Account::There)))
    }

    fn accounts(self, pages: Pages, bare: Account) -> AccountPages<'a> {
        AccountPages { sender: self.0, pages, bare }
    }
}

fn delta() -> Call {
    Call::read(&[Word("users"), Word("delta")])
}

impl AccountPages<'_> {
    /// Reads the next page, `None` after the last. A page may be empty and still not be the last.
    ///
    /// # Errors
    /// [`Error::StartOver`] when the link is too old or the directory was reset; [`Error`] when it does not answer. What was
    /// read is not complete then, and nothing of it counts.
    pub async fn next_page(&mut self) -> Result<Option<Vec<(PersonId, Account)>>, Error> {
        let deadline = self.sender.graph.listing_deadline();
        let page = self.pages.next::<WireAccount>(self.sender, deadline).await?;
        Ok(page.map(|page| page.into_iter().map(|account| account.said(self.bare)).collect()))
    }

    /// Returns where the changes after this round will be.
    ///
    /// # Errors
    /// [`Error::Garbled`] when the last page did not say.
    pub fn link(&self) -> Result<String, Error> {
        self.pages.delta_link().ok_or(Error::Garbled)
    }
}

/// An account that is disabled, or about which something changed.
#[derive(Debug, Deserialize)]
struct WireAccount {
    id: Uuid,
    #[serde(rename = "accountEnabled")]
    enabled: Option<bool>,
    #[serde(rename = "@removed")]
    removed: Option<serde::de::IgnoredAny>,
}

impl WireAccount {
    fn said(self, bare: Account) -> (PersonId, Account) {
        let account = if self.removed.is_some() { Account::Cannot(Unable::Deleted) } else { told(self.enabled, bare) };
        (PersonId(self.id), account)
    }
}

fn told(enabled: Option<bool>, bare: Account) -> Account {
    match enabled {
        Some(true) => Account::Can,
        Some(false) => Account::Cannot(Unable::Disabled),
        None => bare,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(rest: &str) -> Account {
        let text = format!(r#"{{"id":"00000000-0000-0000-0000-000000000001"{rest}}}"#);
        serde_json::from_str::<WireAccount>(&text).unwrap().said(Account::There).1
    }

    #[test]
    fn a_row_of_changes_says_whether_the_account_can_sign_in() {
        assert_eq!(said(r#","accountEnabled":false"#), Account::Cannot(Unable::Disabled));
        assert_eq!(said(r#","accountEnabled":true"#), Account::Can);
        assert_eq!(said(r#","accountEnabled":null"#), Account::There);
        assert_eq!(said(""), Account::There);
    }

    #[test]
    fn an_account_in_the_bin_is_deleted_like_one_that_is_gone_for_good() {
        for reason in ["changed", "deleted"] {
            let removed = format!(r#","@removed":{{"reason":"{reason}"}}"#);

            assert_eq!(said(&removed), Account::Cannot(Unable::Deleted), "{reason}");
        }
    }
}
