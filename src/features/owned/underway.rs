//! Changes of members that the directory has not confirmed, as the list of members shows them.

use crate::{
    domain::{
        directory::PersonRef,
        operation::{Kind, Operation},
    },
    sign_in::Signed,
    web::words::Phrase,
};

/// A change that the directory has not confirmed.
#[derive(Debug)]
pub(super) struct Underway {
    pub person: PersonRef,
    pub what: Phrase,
    /// Where it can be finished; nowhere for somebody to whom it happens.
    pub link: Option<String>,
}

/// Returns what is still owed, with the way to finish it.
pub(super) fn underway(lately: &[Operation], signed: &Signed) -> Vec<Underway> {
    let owed = lately.iter().filter(|operation| operation.is_unfinished());
    owed.map(|operation| {
        let is_for_viewer = operation.person.id == signed.viewer.id;
        let link = match operation.request {
            Some(request) => format!("/approvals/{request}"),
            None => format!("/approvals/owed/{}", operation.id),
        };
        let what = match operation.kind {
            Kind::Add => "underway-add",
            Kind::Remove if operation.is_wish_to_leave() => "underway-leave",
            Kind::Remove if operation.is_at_its_end() => "underway-end",
            // Owners are changed on another page, and what is read here leaves them out.
            Kind::Remove | Kind::AddOwner | Kind::RemoveOwner => "underway-remove",
        };
        Underway {
            person: operation.person.clone(),
            what: Phrase::new(what).name("person", &operation.person.name),
            link: (!is_for_viewer).then_some(link),
        }
    })
    .collect()
}
