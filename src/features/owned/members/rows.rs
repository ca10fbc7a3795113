//! The rows of the list: who the directory told of, with how they came, and what Roster did of late laid over it.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;

use super::{
    super::inactive::{said, silent_among},
    Listing, Members, Row, known_by_name,
};
use crate::{
    domain::{
        directory::Person,
        ids::PersonId,
        inactive,
        operation::{Kind, Operation},
    },
    graph::MemberPage,
    store::Arrival,
    web::{app::App, lasting, trouble::Trouble, words::Phrase},
};

/// Returns the last that Roster did of late with each person, as far as it is over.
pub(super) fn last_of_each(lately: &[Operation]) -> HashMap<PersonId, &Operation> {
    let mut last = HashMap::new();
    last.extend(lately.iter().filter(|done| !done.is_unfinished()).map(|done| (done.person.id, done)));
    last
}

impl Members {
    /// Fills the list with a page of the members in the order of their names.
    pub(super) async fn fill(
        &mut self,
        app: &App,
        read: MemberPage,
        absent: &HashSet<PersonId>,
        lately: &[Operation],
        viewer: PersonId,
    ) -> Result<(), Trouble> {
        // Who came of late may not be read yet, and how long they belong may have changed since.
        let came = lately.iter().map(|done| done.person.id);
        let ids: Vec<PersonId> = read.people.iter().map(|person| person.id).chain(came).collect();
        let mut arrivals = app.store.workspaces().arrivals(self.it.id, &ids).await?;
        let outside = app.store.workspaces().seen_outside(self.it.id, &ids).await?;
        let silent = silent_among(app, &ids, self.frame.now).await?;
        if read.people.is_empty() && self.it.entry.group.facts.hides_members() && !self.it.is_owner {
            self.listing = Listing::Hidden;
            return Ok(());
        }
        let mut rows: Vec<Row> = read
            .people
            .into_iter()
            .map(|person| self.row(person.clone(), arrivals.remove(&person.id), outside.get(&person.id), viewer))
            .collect();
        // Whom the index does not know yet belongs when Roster let them in a moment ago.
        let last = last_of_each(lately);
        rows.retain(|row| {
            !absent.contains(&row.person.id) || last.get(&row.person.id).is_some_and(|done| done.kind == Kind::Add)
        });
        let came_and_went =
            if self.through_groups { (0, 0) } else { self.lay_over(&mut rows, lately, &mut arrivals, viewer) };
        self.total = read.total.map(|total| (total + came_and_went.0).saturating_sub(came_and_went.1));
        for row in &mut rows {
            let is_marked = inactive::is_marked(silent.contains(&row.person.id), row.person.enabled);
            row.inactive = app.settings.inactive_after.filter(|_| is_marked).map(said);
        }
        self.next = read.next.map(|next| self.address(Some(&next))).or(self.next.take());
        self.listing = Listing::People(rows);
        Ok(())
    }

    /// Lays what Roster did of late over what the directory told, and returns how many came and went by that.
    fn lay_over(
        &self,
        rows: &mut Vec<Row>,
        lately: &[Operation],
        arrivals: &mut HashMap<PersonId, Arrival>,
        viewer: PersonId,
    ) -> (u64, u64) {
        let last = last_of_each(lately);
        let before = rows.len();
        rows.retain(|row| last.get(&row.person.id).is_none_or(|done| done.kind != Kind::Remove));
        let gone = before - rows.len();
        let mut came = 0;
        for done in last.values().filter(|done| done.kind == Kind::Add && self.is_first && self.is_by_name()) {
            if rows.iter().all(|row| row.person.id != done.person.id) {
                let arrival = arrivals.remove(&done.person.id);
                rows.insert(0, self.row(known_by_name(&done.person), arrival, None, viewer));
                came += 1;
            }
        }
        (came, gone as u64)
    }

    /// Returns somebody with how they came.
    pub(in super::super) fn row(
        &self,
        person: Person,
        arrival: Option<Arrival>,
        outside: Option<&Timestamp>,
        viewer: PersonId,
    ) -> Row {
        let is_viewer = person.id == viewer;
        let seen = || {
            let at = outside?;
            Some(Phrase::new("came-outside").word("when", self.frame.day(at).words()))
        };
        let row = Row {
            came: seen(),
            person,
            why: String::new(),
            until: None,
            is_given: arrival.is_some(),
            inactive: None,
            is_viewer,
        };
        let Some(arrival) = arrival else { return row };
        let came = Phrase::new(if arrival.by.id == row.person.id { "came-by-themself" } else { "came-by" })
            .name("person", &arrival.by.name)
            .word("when", self.frame.day(&arrival.at).words());
        let until = arrival.until.map(|end| (self.frame.day(&end), lasting::tag(end, self.frame.now)));
        Row { came: Some(came), why: arrival.why, until, ..row }
    }
}
