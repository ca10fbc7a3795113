//! The members in an order that Roster knows: those whose membership ends soonest, or whom it let in last. The directory has
//! neither, and of its own it sorts members by name only (Graph, "List group members"), the first letter first.
//!
//! The order and who has a place in it come from the store, page by page whatever the size of the group; who of them belongs
//! now, and what they are called, is read live with the token of whoever looks, in one call a page.

use std::collections::{HashMap, HashSet};

use super::{Members, known_by_name};
use crate::{
    domain::{
        directory::Person,
        ids::{GroupId, PersonId},
    },
    graph::{AsPerson, Error, MemberPage},
    store::{Given, Placed},
    web::{app::App, trouble::Trouble},
};

/// How many people are on a page: as many as one batch asks for.
pub(super) const PAGE: usize = 20;

/// An order as addresses name it, with what it is called and what it covers.
pub(super) struct Offered {
    pub code: &'static str,
    pub name: &'static str,
    pub covers: &'static str,
    pub caption: &'static str,
    pub nobody: &'static str,
}

/// Says an order in words; nothing stands for that of names.
pub(super) fn offered(order: Option<Given>) -> Offered {
    match order {
        None => Offered {
            code: "",
            name: "members-by-name",
            covers: "members-order-nobody-text",
            caption: "members-caption",
            nobody: "members-empty-title",
        },
        Some(Given::EndsSoonest) => Offered {
            code: "ends",
            name: "members-by-end",
            covers: "members-by-end-text",
            caption: "members-caption-by-end",
            nobody: "members-by-end-nobody",
        },
        Some(Given::CameLately) => Offered {
            code: "lately",
            name: "members-by-coming",
            covers: "members-by-coming-text",
            caption: "members-caption-by-coming",
            nobody: "members-by-coming-nobody",
        },
    }
}

/// Reads an order from an address.
pub(super) fn order_of(code: &str) -> Option<Given> {
    [Given::EndsSoonest, Given::CameLately].into_iter().find(|order| offered(Some(*order)).code == code)
}

/// Returns where a page begins, as the address says it.
pub(super) fn place_of(after: &str) -> Result<Option<(i64, PersonId)>, Trouble> {
    if after.is_empty() {
        return Ok(None);
    }
    let place = after.split_once('.').and_then(|(at, person)| Some((at.parse().ok()?, person.parse().ok()?)));
    place.map(Some).ok_or(Trouble::NotFound)
}

/// A page of an order.
pub(super) struct Ordered {
    placed: Vec<Placed>,
    /// Where the next one begins.
    pub next: Option<String>,
}

impl Ordered {
    /// Reads who has a place on a page.
    ///
    /// # Errors
    /// [`Trouble::NotFound`] for a place that somebody made up; a trouble when the store cannot be asked.
    pub async fn read(app: &App, group: GroupId, order: Given, after: &str) -> Result<Self, Trouble> {
        let mut placed = app.store.workspaces().given(group, order, place_of(after)?, PAGE + 1).await?;
        let has_more = placed.len() > PAGE;
        placed.truncate(PAGE);
        let next = placed.last().filter(|_| has_more).map(|last| format!("{}.{}", last.at, last.person.id));
        Ok(Self { placed, next })
    }

    /// Asks the directory who of them belongs now. Returns them in their order, and those of whom it knows nothing.
    ///
    /// # Errors
    /// When the directory does not answer or refuses.
    pub async fn live(self, graph: AsPerson<'_>, group: GroupId) -> Result<(MemberPage, HashSet<PersonId>), Error> {
        let ids: Vec<PersonId> = self.placed.iter().map(|placed| placed.person.id).collect();
        let found = graph.people_among(group, &ids).await?;
        let mut there: HashMap<PersonId, Person> = found.into_iter().map(|person| (person.id, person)).collect();
        let absent = ids.into_iter().filter(|id| !there.contains_key(id)).collect();
        let total = self.placed.first().and_then(|placed| placed.total);
        let person = |placed: Placed| there.remove(&placed.person.id).unwrap_or_else(|| known_by_name(&placed.person));
        Ok((MemberPage { people: self.placed.into_iter().map(person).collect(), total, next: None }, absent))
    }
}

impl Members {
    /// Returns the orders to choose from, each with its address and whether it is shown; none where only names are in order,
    /// and none to somebody who may not learn from them who belongs.
    pub(super) fn orders(&self) -> Vec<(String, &'static str, bool)> {
        if self.through_groups || !self.q.is_empty() || !self.may_order() {
            return Vec::new();
        }
        let all = [None, Some(Given::EndsSoonest), Some(Given::CameLately)];
        all.into_iter().map(|order| (self.ordered_by(order, None), offered(order).name, order == self.order)).collect()
    }

    /// Returns whether the store may tell them who belongs: what the directory hides, it does not tell either.
    pub(super) fn may_order(&self) -> bool {
        self.it.is_owner || !self.it.entry.group.facts.hides_members()
    }

    /// Returns the order that is shown, in words.
    pub(super) fn shown_order(&self) -> Offered {
        offered(self.order)
    }
}
