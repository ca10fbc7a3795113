//! Finding people by their name or mail address.

use super::{
    AsPerson, Error,
    call::{Call, Piece::Word, literal},
    search::Wanted,
    wire::{PERSON, Page, WirePerson},
};
use crate::domain::directory::Person;

/// How many people are found at most. Fewer than 20 cost a resource unit less.
const MOST_FOUND: u16 = 15;

impl AsPerson<'_> {
    /// Finds the first 15 people with these words in their name, or this beginning of their mail address. The index that
    /// knows words lags behind; where it refuses, the beginning of name and address alone decides. Disabled accounts are
    /// left out when the scope `User.Read.All` lets us ask for that.
    ///
    /// # Errors
    /// [`Error`] when the directory does not answer or refuses.
    pub async fn search_people(self, typed: &str) -> Result<Vec<Person>, Error> {
        let Some(wanted) = Wanted::read(typed) else { return Ok(Vec::new()) };
        let call = people().option("$search", &wanted.within(&["displayName", "mail"])).indexed();
        // Whether a token of User.ReadBasic.All alone may filter by it is not documented.
        let call =
            if self.token.allows("User.Read.All") { call.option("$filter", "accountEnabled eq true") } else { call };
        match self.first_page(&call).await {
            Err(Error::Refused { status: 400 | 501, .. }) => self.people_starting_with(typed).await,
            found => found,
        }
    }

    /// Finds the first 15 people whose name or mail address begins so. Does without the index, so that somebody who has
    /// just been made is found too.
    ///
    /// # Errors
    /// [`Error`] when the directory does not answer or refuses.
    pub async fn people_starting_with(self, typed: &str) -> Result<Vec<Person>, Error> {
        let Some(wanted) = Wanted::read(typed) else { return Ok(Vec::new()) };
        let text = literal(wanted.text());
        let filter = format!("startswith(displayName,{text}) or startswith(mail,{text})");
        self.first_page(&people().option("$filter", &filter)).await
    }

    async fn first_page(self, call: &Call) -> Result<Vec<Person>, Error> {
        let page: Page<WirePerson> = self.waits().read(call, self.graph.deadline()).await?;
        Ok(page.value.into_iter().map(Person::from).collect())
    }
}

fn people() -> Call {
    Call::read(&[Word("users")]).select(PERSON).top(MOST_FOUND)
}
