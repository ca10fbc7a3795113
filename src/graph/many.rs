//! Reading for changes of many people at once: whom addresses belong to, who is in a group, and which of a few people are.

use std::collections::HashSet;

use super::{
    AsPerson, Error, batch,
    call::{
        Call,
        Piece::{Id, Word},
        literal,
    },
    pages::Pages,
    wire::{PERSON, WireObject, WirePerson},
};
use crate::domain::{
    directory::Person,
    ids::{GroupId, PersonId},
};

/// Graph takes at most so many values after `in` (Graph, "Use the $filter query parameter").
const MOST_IN_A_FILTER: usize = 15;
/// How many addresses are looked up with one call: each is asked for as a user name and as a mail address.
pub const ADDRESSES_AT_ONCE: usize = MOST_IN_A_FILTER * batch::MOST / 2;

impl AsPerson<'_> {
    /// Finds the people whose user name or mail address is one of these, with one call for up to
    /// [`ADDRESSES_AT_ONCE`] addresses. Somebody found both ways comes once.
    ///
    /// # Errors
    /// [`Error`] when the directory does not answer or refuses; then nobody is returned.
    pub async fn people_with_addresses(self, addresses: &[String]) -> Result<Vec<Person>, Error> {
        let mut calls = Vec::new();
        for some in addresses.chunks(MOST_IN_A_FILTER) {
            let list: Vec<String> = some.iter().map(|address| literal(address)).collect();
            for property in ["userPrincipalName", "mail"] {
                let filter = format!("{property} in ({})", list.join(","));
                calls.push(Call::read(&[Word("users")]).option("$filter", &filter).select(PERSON));
            }
        }
        let mut found = Vec::new();
        for together in calls.chunks(batch::MOST) {
            found
                .extend(self.waits().lists::<WirePerson>(together, self.graph.deadline()).await?.into_iter().flatten());
        }
        let mut seen = HashSet::new();
        Ok(found.into_iter().map(Person::from).filter(|person| seen.insert(person.id)).collect())
    }

    /// Reads who belongs to a group directly, without the index, whatever its size: 999 with each call, each with a time of
    /// its own. Ask as an owner: outsiders of a group with hidden membership see nobody in it.
    ///
    /// # Errors
    /// [`Error::Gone`] when there is no such group; [`Error`] when the directory does not answer or refuses.
    pub async fn member_ids(self, group: GroupId) -> Result<HashSet<PersonId>, Error> {
        let call = Call::read(&[Word("groups"), Id(group.0), Word("members")]).select("id").top(999);
        let mut pages = Pages::new(self.graph, call);
        let mut members = HashSet::new();
        while let Some(page) = pages.next::<WireObject>(self.waits(), self.graph.deadline()).await? {
            members.extend(page.into_iter().map(|object| PersonId(object.id)));
        }
        Ok(members)
    }

    /// Reads those of some people who are direct members, with what can be read of them: one call for every twenty, whatever
    /// the size of the group. The index answers, which lags behind writes. Outsiders of a group that hides its members see
    /// nobody.
    ///
    /// # Errors
    /// [`Error`] when the directory does not answer or refuses; then nobody is returned.
    pub async fn people_among(self, group: GroupId, people: &[PersonId]) -> Result<Vec<Person>, Error> {
        let mut found = Vec::new();
        for some in people.chunks(batch::MOST) {
            let asks = some.iter().map(|person| {
                let filter = format!("id eq {}", literal(&person.to_string()));
                let path = [Word("groups"), Id(group.0), Word("members"), Word("microsoft.graph.user")];
                Call::read(&path).option("$filter", &filter).select(PERSON).indexed()
            });
            let calls: Vec<Call> = asks.collect();
            let lists = self.waits().lists::<WirePerson>(&calls, self.graph.deadline()).await?;
            found.extend(lists.into_iter().flatten().map(Person::from));
        }
        Ok(found)
    }

    /// Reads which of up to twenty people are direct members, with one call whatever the size of the group. The index
    /// answers, which lags behind writes.
    ///
    /// # Errors
    /// [`Error`] when the directory does not answer or refuses.
    pub async fn members_among(self, group: GroupId, people: &[PersonId]) -> Result<HashSet<PersonId>, Error> {
        let mut members = HashSet::new();
        for some in people.chunks(batch::MOST) {
            let asks = some.iter().map(|person| {
                let filter = format!("id eq {}", literal(&person.to_string()));
                let path = [Word("groups"), Id(group.0), Word("members")];
                Call::read(&path).option("$filter", &filter).select("id").indexed()
            });
            let calls: Vec<Call> = asks.collect();
            let lists = self.waits().lists::<WireObject>(&calls, self.graph.deadline()).await?;
            members.extend(lists.into_iter().flatten().map(|object| PersonId(object.id)));
        }
        Ok(members)
    }
}
