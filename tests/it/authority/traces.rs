//! What is left behind: events, requests, writes owed, designations, and what the directory was made to do.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::{
    table::Cell,
    world::{World, id_of},
};

/// Everything that somebody could have changed.
#[derive(Debug, PartialEq, Eq)]
pub struct Traces {
    kept: Vec<String>,
    /// Who wrote to the directory, once for each write; the portal itself has no id.
    writers: Vec<Option<Uuid>>,
    /// Who stands in the record, once for each event.
    actors: Vec<String>,
}

impl Traces {
    pub async fn of(world: &World) -> Self {
        let database = &world.portal.database;
        let mut kept = Vec::new();
        for query in [
            "SELECT string_agg(id || state || CAST(version AS TEXT), ',' ORDER BY id) FROM request",
            "SELECT string_agg(id || state || CAST(version AS TEXT), ',' ORDER BY id) FROM operation",
            "SELECT string_agg(request_id || verdict, ',' ORDER BY request_id) FROM decision",
            "SELECT string_agg(group_id || terms || CAST(version AS TEXT), ',' ORDER BY group_id) FROM designation",
        ] {
            kept.push(database.text(query).await);
        }
        // That somebody looked at what others wrote, or took a list away, is recorded and changes nothing.
        let actors = "SELECT string_agg(COALESCE(actor_id, '-'), ',' ORDER BY seq) FROM event
                      WHERE kind NOT IN ('reasons.viewed', 'members.exported', 'history.exported')";
        let actors = database.text(actors).await;
        let calls = world.portal.emulator.calls();
        let writes = calls.iter().filter(|call| call.method != "GET" && call.path != "/$batch");
        Self {
            kept,
            writers: writes.map(|call| call.oid).collect(),
            actors: actors.split(',').map(str::to_owned).collect(),
        }
    }

    /// Asserts that nothing was changed.
    pub fn are_unchanged_since(&self, before: &Self) {
        assert!(self == before, "something changed\nbefore: {before:?}\nafter: {self:?}");
    }

    /// Asserts that only those have changed something whose form the table lets be accepted.
    pub fn are_by_those_who_may(&self, before: &Self, row: &[Cell], world: &World) {
        let accepted = row.iter().filter(|cell| cell.expected == "done");
        let may: BTreeSet<String> =
            accepted.filter_map(|cell| id_of(&world.portal, cell.who)).map(|id| id.to_string()).collect();
        // What the portal itself saw in the directory is nobody's doing here.
        let acted = self.actors[before.actors.len()..].iter().filter(|actor| *actor != "-").cloned();
        let acted: BTreeSet<String> = acted.collect();
        let wrote = self.writers[before.writers.len()..].iter();
        let wrote: BTreeSet<String> = wrote.map(|by| by.map_or("the portal".to_owned(), |id| id.to_string())).collect();
        for others in [acted.difference(&may), wrote.difference(&may)] {
            let others: Vec<_> = others.collect();
            assert!(others.is_empty(), "{:?} was carried out by {others:?}", row[0].row);
        }
    }
}
