//! The people in a group, page by page and counted.

use std::collections::HashSet;

use super::{
    AsPerson, Deadline, Error,
    call::{
        Call, Piece,
        Piece::{Id, Word},
    },
    pages::Pages,
    search::Wanted,
    wire::{PERSON, Page, WirePerson},
};
use crate::domain::{directory::Person, ids::GroupId};

/// How many people a page has.
const PAGE: u16 = 100;
/// How many a page has when all are read; Graph gives no more.
const LARGEST_PAGE: u16 = 999;
/// The cast that leaves out everything but people; only the index answers it (Graph, "Advanced query capabilities").
const PEOPLE: Piece = Word("microsoft.graph.user");

/// Whose membership counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reach {
    /// People whom the group itself lists.
    Direct,
    /// Those, and the people of groups within the group.
    ThroughGroups,
}

/// A page of the people in a group, in the order of their names unless they were searched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberPage {
    /// Who is on the page.
    pub people: Vec<Person>,
    /// How many people there are on all pages together; told with the first.
    pub total: Option<u64>,
    /// Where the list goes on.
    pub next: Option<NextPage>,
}

/// Where a list goes on: a link of Graph without its host. It may travel through a browser, since it is followed only when
/// it leads to the same list, and with the token of whoever follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextPage(pub String);

/// How many members a group has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MemberCounts {
    /// Members of any kind, groups and devices among them, that the group itself lists.
    pub direct: u64,
    /// People, those of groups within the group included, each counted once.
    pub people: u64,
}

impl AsPerson<'_> {
    /// Reads a page of the people in a group, from the index, which lags behind; the first, or the one a link leads to.
    /// With words, those who have them in their name alone. Outsiders of a group that hides its members see nobody.
    ///
    /// # Errors
    /// [`Error::Gone`] when there is no such group, [`Error::Garbled`] for a link that leads elsewhere, [`Error`] when the
    /// directory does not answer or refuses.
    pub async fn people_in(
        self,
        group: GroupId,
        reach: Reach,
        typed: &str,
        next: Option<&NextPage>,
    ) -> Result<MemberPage, Error> {
        let call = match Wanted::read(typed) {
            Some(wanted) => people_in(group, reach, PAGE).option("$search", &wanted.within(&["displayName"])),
            None => people_in(group, reach, PAGE).option("$orderby", "displayName"),
        };
        let first = self.graph.base.address(&call);
        let url = match next {
            Some(NextPage(link)) => {
                let url = self.graph.base.next(link).filter(|url| url.path() == first.path());
                url.ok_or(Error::Garbled)?
            }
            None => first,
        };
        let page: Page<WirePerson> = self.waits().read_at(&call, &url, self.graph.deadline()).await?;
        let next = page.next_link.map(|link| self.graph.base.next(&link).ok_or(Error::Garbled)).transpose()?;
        Ok(MemberPage {
            people: page.value.into_iter().map(Person::from).collect(),
            total: page.count,
            next: next.map(|url| NextPage(format!("{}?{}", url.path(), url.query().unwrap_or_default()))),
        })
    }

    /// Reads all people in a group in the order of their names, each once, in pages as large as Graph gives them: one call
    /// for every 999 people. All or nothing: a page that does not come is the error. It takes as long as it takes; whoever
    /// cannot wait for that long gives up.
    ///
    /// # Errors
    /// As [`Self::people_in`].
    pub async fn everybody_in(self, group: GroupId, reach: Reach) -> Result<Vec<Person>, Error> {
        let call = people_in(group, reach, LARGEST_PAGE).option("$orderby", "displayName");
        let mut pages = Pages::new(self.graph, call);
        let mut seen = HashSet::new();
        let mut all: Vec<Person> = Vec::new();
        // Large pages come slowly: one try may take the time of all.
        let patience = || Deadline { attempt: self.graph.limits.call, ..self.graph.deadline() };
        while let Some(page) = pages.next::<WirePerson>(self.waits(), patience()).await? {
            // Somebody who comes or goes meanwhile moves the others from page to page.
            all.extend(page.into_iter().map(Person::from).filter(|person| seen.insert(person.id)));
        }
        Ok(all)
    }

    /// Counts the members of a group. The index lags behind.
    ///
    /// # Errors
    /// [`Error::Gone`] when there is no such group; [`Error`] when the directory does not answer or refuses.
    pub async fn member_counts(self, group: GroupId) -> Result<MemberCounts, Error> {
        let direct = Call::read(&[Word("groups"), Id(group.0), Word("members"), Word("$count")]).counting();
        let people = [Word("groups"), Id(group.0), Word("transitiveMembers"), PEOPLE, Word("$count")];
        let people = Call::read(&people).counting();
        let (direct, people) = tokio::join!(self.count(&direct), self.count(&people));
        Ok(MemberCounts { direct: direct?, people: people? })
    }
}

fn people_in(group: GroupId, reach: Reach, page: u16) -> Call {
    let list = match reach {
        Reach::Direct => Word("members"),
        Reach::ThroughGroups => Word("transitiveMembers"),
    };
    Call::read(&[Word("groups"), Id(group.0), list, PEOPLE]).select(PERSON).top(page).indexed()
}
