//! Reading people: oneself, somebody, many at once, and whom somebody reports to.

use super::{
    AsPerson, Error,
    call::{
        Call,
        Piece::{self, Id, Word},
        literal,
    },
    send::Sender,
    wire::{PERSON, WireManager, WirePerson},
};
use crate::domain::{directory::Person, ids::PersonId};

/// Graph takes at most so many values after `in` (Graph, "Use the $filter query parameter").
const MOST_IN_A_FILTER: usize = 15;

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
        self.waits().person(person).await
    }

    /// Reads several people, 15 with each question and up to 300 with each call. Whom the directory does not know is left
    /// out; the order is the directory's.
    ///
    /// # Errors
    /// [`Error`] when the directory does not answer or refuses; then nobody is returned.
    pub async fn people(self, people: &[PersonId]) -> Result<Vec<Person>, Error> {
        let calls: Vec<Call> = people.chunks(MOST_IN_A_FILTER).map(named).collect();
        let deadline = self.graph.deadline();
        let mut found: Vec<WirePerson> = Vec::with_capacity(people.len());
        for together in calls.chunks(super::batch::MOST) {
            match together {
                [alone] => found.extend(self.waits().all::<WirePerson>(alone.clone(), deadline).await?),
                several => found.extend(self.waits().lists(several, deadline).await?.into_iter().flatten()),
            }
        }
        Ok(found.into_iter().map(Person::from).collect())
    }

    /// Reads whom the person whose token it is reports to, `None` when that is nobody. Needs the scope `User.Read.All`.
    ///
    /// # Errors
    /// [`Error`] when the directory does not answer or refuses.
    pub async fn my_manager(self) -> Result<Option<Person>, Error> {
        self.manager_at(&[Word("me"), Word("manager")]).await
    }

    /// Reads whom a person reports to, `None` when that is nobody, or nobody of the directory's people. Needs the scope
    /// `User.Read.All`.
    ///
    /// # Errors
    /// [`Error`] when the directory does not answer or refuses.
    pub async fn manager(self, person: PersonId) -> Result<Option<Person>, Error> {
        self.manager_at(&[Word("users"), Id(person.0), Word("manager")]).await
    }

    async fn manager_at(self, path: &[Piece]) -> Result<Option<Person>, Error> {
        let call = Call::read(path).select(PERSON);
        let found = self.waits().read::<WireManager>(&call, self.graph.deadline()).await;
        unless_gone(found.map(WireManager::person))
    }
}

impl Sender<'_> {
    /// Reads a person, see [`AsPerson::person`].
    pub async fn person(self, person: PersonId) -> Result<Option<Person>, Error> {
        let call = Call::read(&[Word("users"), Id(person.0)]).select(PERSON);
        let found = self.read::<WirePerson>(&call, self.graph.deadline()).await;
        unless_gone(found.map(|person| Some(person.into())))
    }
}

fn named(people: &[PersonId]) -> Call {
    let ids: Vec<String> = people.iter().map(|person| literal(&person.to_string())).collect();
    Call::read(&[Word("users")]).option("$filter", &format!("id in ({})", ids.join(","))).select(PERSON)
}

/// Takes 404 for the answer "nobody" or "nothing".
pub(super) fn unless_gone<T>(read: Result<Option<T>, Error>) -> Result<Option<T>, Error> {
    if read.as_ref().is_err_and(|error| *error == Error::Gone) { Ok(None) } else { read }
}
