//! The owners' workspace: the groups somebody owns, their members, and direct changes of membership.

mod creating;
mod deleting;
mod details;
mod files;
mod history;
pub(crate) mod import;
mod list;
mod lost_deletions;
mod members;
mod members_order;
mod owners;
mod responsibilities;
mod restoring;
mod review;
mod review_due;
mod terms;

use crate::support::{emulator, page::Page, person::Person, portal::Portal};

/// A portal with Grace Hopper, who owns the Compiler Team with two others.
pub(crate) async fn grace() -> (Portal, Person) {
    let portal = Portal::start().await;
    let grace = portal.sign_in("Grace Hopper").await;
    (portal, grace)
}

/// Returns the path of a page of a group's workspace.
pub(crate) fn owned(portal: &Portal, group: &str, page: &str) -> String {
    format!("/owned/{}{page}", portal.emulator.group_named(group))
}

/// Returns the names in the table of members.
pub(crate) fn names(page: &Page) -> Vec<String> {
    page.all("main .table tbody th > bdi")
}

/// Returns the path of the page that removes somebody.
pub(crate) fn removal(portal: &Portal, group: &str, person: &str) -> String {
    owned(portal, group, &format!("/members/{}/remove", portal.emulator.person_named(person)))
}

/// Looks for somebody and adds them.
pub(crate) async fn adds(portal: &Portal, owner: &Person, group: &str, person: &str, reason: &str) -> Page {
    emulator::rest(&portal.emulator);
    let form = owner.visit(&owned(portal, group, &format!("/members/add?q={}", person.replace(' ', "+")))).await;
    let id = portal.emulator.person_named(person).to_string();
    owner.submit(&form, "Add to group", &[("person", &id), ("reason", reason)]).await
}

/// Removes somebody from the page that says what follows.
pub(crate) async fn removes(portal: &Portal, owner: &Person, group: &str, person: &str, reason: &str) -> Page {
    emulator::rest(&portal.emulator);
    let form = owner.visit(&removal(portal, group, person)).await;
    owner.submit(&form, "Remove from group", &[("reason", reason)]).await
}
