//! Samples of the pages about a whole group: deleting it.

use std::sync::Arc;

use uuid::Uuid;

use crate::{
    domain::{powers::GROUP_SCOPE, samples},
    graph::{AppRole, Dependents},
    store::catalogue::Entry,
    web::{
        frame::Frame,
        samples::{Sample, owned_by, owner, signed},
    },
};

use super::{
    super::{
        deeds::Outcome,
        delete::{self, Delete},
        list::List,
        workspace::Workspace,
    },
    sizes,
};

/// Draws the samples.
pub(super) fn samples() -> Vec<Sample> {
    deletions()
}

fn team() -> Entry {
    owned_by("Compiler Team", &["Grace Hopper", "Barbara Liskov"])
}

fn hanging(entry: &Entry) -> Dependents {
    let role = |app: &str| AppRole { app: Uuid::nil(), app_name: app.to_owned(), role: Uuid::nil() };
    Dependents {
        group: entry.group.clone(),
        members: Some(4120),
        licences: Some(2),
        app_roles: Some(vec![role("Source Control"), role("Build Machines"), role("Build Machines")]),
    }
}

fn deletions() -> Vec<Sample> {
    let page_of = |frame: Frame, entry: Entry, hanging: &Dependents, open: usize, may: bool| {
        let mut signed = signed(&frame);
        if may {
            signed.token.scopes.push(GROUP_SCOPE.to_owned());
        }
        Delete::new(frame, Workspace::new(Arc::new(entry), true), hanging, Some(sizes(None, open, 0)), &signed)
    };
    let page = |entry: Entry, hanging: &Dependents, open| page_of(owner(), entry, hanging, open, true);
    let one = |entry: &Entry| Dependents {
        members: Some(1),
        licences: Some(1),
        app_roles: Some(hanging(entry).app_roles.unwrap_or_default().into_iter().take(1).collect()),
        ..hanging(entry)
    };
    let nothing = |entry: &Entry| Dependents {
        members: Some(0),
        licences: Some(0),
        app_roles: Some(Vec::new()),
        ..hanging(entry)
    };
    let unread = |entry: &Entry| Dependents { members: None, licences: None, app_roles: None, ..hanging(entry) };
    let mut mail = team();
    mail.group.facts = samples::microsoft365();
    let long = owned_by(&samples::long_arabic_name(), &["Grace Hopper"]);
    let mut tried = page(team(), &hanging(&team()), 3);
    tried.tried = Some(tried.frame.when(&samples::hours_ago(0)));
    let after = |outcome: &Outcome| {
        let flash = delete::flash(outcome).name("group", "Compiler Team");
        page_of(owner().saying(flash), team(), &hanging(&team()), 3, true)
    };
    let sample = |name: &str, page: &Delete| Sample::of(format!("owned/delete-{name}"), page);
    let done = delete::flash(&Outcome::Done).name("group", "Compiler Team");
    vec![
        sample("much", &page(team(), &hanging(&team()), 3)),
        sample("one", &page(team(), &one(&team()), 1)),
        sample("nothing", &page(mail.clone(), &nothing(&mail), 0)),
        sample("not-read", &page(mail.clone(), &unread(&mail), 0)),
        sample("scope-missing", &page_of(owner(), team(), &hanging(&team()), 3, false)),
        sample("no-name", &page(team(), &hanging(&team()), 3).slipped(" ")),
        sample("other-name", &page(team(), &hanging(&team()), 3).slipped("Compilers")),
        sample("long-name", &page(long.clone(), &hanging(&long), 3).slipped("فريق")),
        sample("tried", &tried),
        sample("after-refused", &after(&Outcome::Refused)),
        sample("after-unclear", &after(&Outcome::Unclear)),
        Sample::of(
            "owned/delete-after-done",
            &List { frame: owner().saying(done), rows: Vec::new(), directory_away: false, is_guest: false },
        ),
    ]
}
