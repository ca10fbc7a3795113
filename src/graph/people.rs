//! Reading people.

use super::{
    AsPerson, Error,
    call::{
        Call,
        Piece::{Id, Word},
    },
    wire::{PERSON, WirePerson},
};
use crate::domain::{directory::Person, ids::PersonId};

impl AsPerson<'_> {
    /// Reads the person whose token it is; everything about them can be read.
    ///
    /// # Errors
    /// [`Error`] when the directory does not answer.
    pub async fn me(self) -> Result<Person, Error> {
        let call = Call::read(&[Word("me")]).select(PERSON);
        self.waits().read::<WirePerson>(&call, self.graph.deadline()).await.map(Person::from)
    }

    /// Reads a person, `None` when the directory does not know them. Without the scope `User.Read.All` the parts beyond
    /// name and mail come back as not readable.
    ///
    /// # Errors
    /// [`Error`] when the directory does not answer or refuses.
    pub async fn person(self, person: PersonId) -> Result<Option<Person>, Error> {
        let call = Call::read(&[Word("users"), Id(person.0)]).select(PERSON);
        match self.waits().read::<WirePerson>(&call, self.graph.deadline()).await {
            Ok(person) => Ok(Some(person.into())),
            Err(Error::Gone) => Ok(None),
            Err(error) => Err(error),
        }
    }
}
