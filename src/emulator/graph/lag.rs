//! Whose changes a call sees: Graph answers reads from replicas and from an index, and writes from the truth.

use crate::exchange::Ask;
use crate::history::{Reader, Seen};
use crate::journal::Author;
use crate::tokens::Caller;
use crate::world::World;

/// Returns the directory as this call sees it, with the caller as the author of what the call changes.
pub(crate) fn directory_for<'a>(world: &'a World, ask: &Ask, caller: &Caller) -> Seen<'a> {
    let mut directory = world.directory();
    directory.stamp.by = caller.person.map_or(Author::Application, Author::Person);
    Seen::by(directory, reader(ask, caller))
}

fn reader(ask: &Ask, caller: &Caller) -> Reader {
    let eventual = ask.header("consistencylevel").is_some_and(|level| level.eq_ignore_ascii_case("eventual"));
    match (ask.method.as_str(), ask.segments.last().map_or("", String::as_str)) {
        // A delta query looks back on its own.
        ("GET", "delta" | "delta()") => Reader::Truth,
        // The index lags for everybody; an application may meet a replica that has not heard of its own write.
        ("GET", _) if eventual => Reader::Replica(None),
        ("GET", _) | ("POST", "checkMemberGroups" | "getMemberGroups" | "getByIds") => Reader::Replica(caller.person),
        _ => Reader::Truth,
    }
}
