//! Changes of groups since the last reading (Graph, "Use delta query", "group: delta").
//!
//! A round ends with a link to the changes after it. Of the link, path and query are kept; the host is always ours. What
//! the pages say has to be merged, see [`crate::domain::delta`].

use serde::Deserialize;
use uuid::Uuid;

use super::{
    Error, Reader,
    call::{Call, Piece::Word, literal},
    pages::Pages,
    send::Sender,
    wire::{GROUP, WireGroup},
};
use crate::domain::{
    delta::{Linked, LinkedKind, Said},
    directory::Group,
    ids::GroupId,
};

/// How many groups one delta can be limited to.
pub const MOST_WATCHED: usize = 50;

/// A round of changes that is being read, page by page.
#[derive(Debug)]
pub struct DeltaPages<'a> {
    sender: Sender<'a>,
    pages: Pages,
}

impl<'a> Reader<'a> {
    /// Returns where the changes of all groups and their owners from now on will be.
    ///
    /// # Errors
    /// [`Error`] when the directory does not answer or refuses.
    pub async fn changes_from_now(self) -> Result<String, Error> {
        let call = delta().select(&format!("{GROUP},owners")).option("$deltatoken", "latest");
        let mut round = DeltaPages { sender: self.0, pages: Pages::new(self.0.graph, call) };
        while round.next_page().await?.is_some() {}
        round.link()
    }

    /// Starts reading the direct members of some groups, at most [`MOST_WATCHED`].
    #[must_use]
    pub fn members_of(self, groups: &[GroupId]) -> DeltaPages<'a> {
        let of = |group: &GroupId| format!("id eq {}", literal(&group.to_string()));
        let filter = groups.iter().map(of).collect::<Vec<_>>().join(" or ");
        let call = delta().select("members").option("$filter", &filter);
        DeltaPages { sender: self.0, pages: Pages::new(self.0.graph, call) }
    }

    /// Starts reading the changes since the round that a link ended.
    ///
    /// # Errors
    /// [`Error::StartOver`] when the link leads astray.
    pub fn changes_since(self, link: &str) -> Result<DeltaPages<'a>, Error> {
        let pages = Pages::at(self.0.graph, delta(), link).ok_or(Error::StartOver)?;
        Ok(DeltaPages { sender: self.0, pages })
    }
}

fn delta() -> Call {
    Call::read(&[Word("groups"), Word("delta")])
}

impl DeltaPages<'_> {
    /// Reads the next page, `None` after the last. A page may be empty and still not be the last.
    ///
    /// # Errors
    /// [`Error::StartOver`] when the link is too old or the directory was reset; [`Error`] when it does not answer. The
    /// round is not complete then, and nothing of it counts.
    pub async fn next_page(&mut self) -> Result<Option<Vec<Said>>, Error> {
        let deadline = self.sender.graph.listing_deadline();
        let page = self.pages.next::<WireChange>(self.sender, deadline).await?;
        Ok(page.map(|page| page.into_iter().map(WireChange::said).collect()))
    }

    /// Returns where the changes after this round will be.
    ///
    /// # Errors
    /// [`Error::Garbled`] when the last page did not say.
    pub fn link(&self) -> Result<String, Error> {
        self.pages.delta_link().ok_or(Error::Garbled)
    }
}

/// A group that changed.
#[derive(Debug, Deserialize)]
struct WireChange {
    #[serde(flatten)]
    group: WireGroup,
    #[serde(rename = "@removed")]
    removed: Option<serde::de::IgnoredAny>,
    #[serde(rename = "owners@delta", default)]
    owners: Vec<WireLinked>,
    #[serde(rename = "members@delta", default)]
    members: Vec<WireLinked>,
}

/// An owner or a member that came or went. Only the id and the kind are told.
#[derive(Debug, Deserialize)]
struct WireLinked {
    id: Uuid,
    #[serde(rename = "@odata.type")]
    kind: Option<String>,
    #[serde(rename = "@removed")]
    removed: Option<serde::de::IgnoredAny>,
}

impl WireChange {
    fn said(self) -> Said {
        let said_something = self.group.tells_its_kind();
        let group = Group::from(self.group);
        Said {
            id: group.id,
            removed: self.removed.is_some() || group.facts.deleted,
            group: (said_something && self.removed.is_none()).then_some(group),
            owners: self.owners.into_iter().map(WireLinked::linked).collect(),
            members: self.members.into_iter().map(WireLinked::linked).collect(),
        }
    }
}

impl WireLinked {
    fn linked(self) -> Linked {
        let kind = match self.kind.as_deref().and_then(|kind| kind.rsplit('.').next()) {
            None | Some("user") => LinkedKind::Person,
            Some("group") => LinkedKind::Group,
            Some(_) => LinkedKind::Other,
        };
        Linked { id: self.id, kind, removed: self.removed.is_some() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(json: &str) -> Said {
        serde_json::from_str::<WireChange>(json).unwrap().said()
    }

    #[test]
    fn a_change_of_members_alone_says_nothing_of_the_group() {
        let said = said(
            r##"{"id":"00000000-0000-0000-0000-000000000001","members@delta":[
                {"@odata.type":"#microsoft.graph.user","id":"00000000-0000-0000-0000-000000000002"},
                {"@odata.type":"#microsoft.graph.group","id":"00000000-0000-0000-0000-000000000003",
                 "@removed":{"reason":"deleted"}}]}"##,
        );

        assert!(said.group.is_none() && !said.removed && said.owners.is_empty());
        let told: Vec<_> = said.members.iter().map(|member| (member.kind, member.removed)).collect();
        assert_eq!(told, [(LinkedKind::Person, false), (LinkedKind::Group, true)]);
    }

    #[test]
    fn a_group_in_the_bin_is_removed_like_one_that_is_gone_for_good() {
        for reason in ["changed", "deleted"] {
            let text = format!(r#"{{"id":"00000000-0000-0000-0000-000000000001","@removed":{{"reason":"{reason}"}}}}"#);

            assert!(said(&text).removed, "{reason}");
        }
    }
}
