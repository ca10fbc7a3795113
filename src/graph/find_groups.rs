//! Finding and counting groups.

use reqwest::StatusCode;

use super::{
    AsPerson, Error,
    call::{Call, Piece::Word},
    search::Wanted,
    send::Reply,
    wire::{GROUP, Page, WireGroup, WireObject},
};
use crate::domain::directory::Group;

/// How many groups are found at most. Fewer than 20 cost a resource unit less.
const MOST_FOUND: u16 = 15;

/// Groups of one sort, as the directory's index knows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sort {
    /// Without an owner of any kind. Groups of Exchange and of an on-premises directory are among them: Graph does not
    /// know their owners.
    Ownerless,
    /// Microsoft 365 groups.
    Microsoft365,
    /// Security groups of the cloud whose members are chosen one by one.
    Security,
}

impl Sort {
    fn filter(self) -> &'static str {
        match self {
            Self::Ownerless => "owners/$count eq 0",
            Self::Microsoft365 => "groupTypes/any(c:c eq 'Unified')",
            Self::Security => {
                "securityEnabled eq true and mailEnabled eq false and \
                 NOT groupTypes/any(c:c eq 'DynamicMembership') and onPremisesSyncEnabled ne true"
            }
        }
    }
}

impl AsPerson<'_> {
    /// Finds the first 15 groups with these words in their name or description. The index lags behind.
    ///
    /// # Errors
    /// [`Error`] when the directory does not answer or refuses.
    pub async fn search_groups(self, typed: &str) -> Result<Vec<Group>, Error> {
        let Some(wanted) = Wanted::read(typed) else { return Ok(Vec::new()) };
        let search = wanted.within(&["displayName", "description"]);
        let call = groups().select(GROUP).top(MOST_FOUND).option("$search", &search).indexed();
        let page: Page<WireGroup> = self.waits().read(&call, self.graph.deadline()).await?;
        Ok(page.value.into_iter().map(Group::from).collect())
    }

    /// Reads every group of a sort that the person may see. The index lags behind.
    ///
    /// # Errors
    /// [`Error`] when the directory does not answer or refuses; then nothing is returned.
    pub async fn groups_of(self, sort: Sort) -> Result<Vec<Group>, Error> {
        let call = groups().option("$filter", sort.filter()).select(GROUP).top(999).indexed();
        let found: Vec<WireGroup> = self.waits().all(call, self.graph.deadline()).await?;
        Ok(found.into_iter().map(Group::from).collect())
    }

    /// Counts the groups that the person may see, or those of a sort. The index lags behind.
    ///
    /// # Errors
    /// [`Error`] when the directory does not answer or refuses.
    pub async fn count_groups(self, sort: Option<Sort>) -> Result<u64, Error> {
        let Some(sort) = sort else {
            return self.count(&Call::read(&[Word("groups"), Word("$count")]).counting()).await;
        };
        // With a filter that needs the index, the list itself is asked how long it is: that is documented for each filter.
        let call = groups().option("$filter", sort.filter()).select("id").top(1).indexed();
        let page: Page<WireObject> = self.waits().read(&call, self.graph.deadline()).await?;
        page.count.ok_or(Error::Garbled)
    }

    /// Reads a number, which Graph sends as text.
    pub(super) async fn count(self, call: &Call) -> Result<u64, Error> {
        self.waits().reply(call, self.graph.deadline(), StatusCode::OK).await.and_then(|reply| number(&reply))
    }
}

fn groups() -> Call {
    Call::read(&[Word("groups")])
}

fn number(reply: &Reply) -> Result<u64, Error> {
    // Some answers begin with a byte order mark.
    let text = std::str::from_utf8(reply.body()).map_err(|_| Error::Garbled)?.trim_start_matches('\u{feff}');
    text.trim().parse().map_err(|_| Error::Garbled)
}
