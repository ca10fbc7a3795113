//! Samples of the pages about a whole group: deleting, restoring and renewing it.

use std::sync::Arc;

use uuid::Uuid;

use crate::{
    domain::{designation::SuspendReason, powers::GROUP_SCOPE, samples},
    graph::{AppRole, Dependents},
    sign_in::Signed,
    store::catalogue::Entry,
    web::{
        frame::{Frame, Here},
        samples::{Sample, owned_by, owner, signed},
    },
};

use super::{
    super::{
        deeds::Outcome,
        delete::{self, Delete},
        deleted::{Deleted, Row},
        renew, restore,
        show::Show,
        workspace::Workspace,
    },
    sizes,
};

/// Draws the samples.
pub(super) fn samples() -> Vec<Sample> {
    let mut all = deletions();
    all.extend(restorations());
    all.extend(renewals());
    all
}

fn able(frame: &Frame, may: bool) -> Signed {
    let mut signed = signed(frame);
    if may {
        signed.token.scopes.push(GROUP_SCOPE.to_owned());
    }
    signed
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
        let signed = able(&frame, may);
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
            &Deleted { frame: owner().saying(done), rows: Vec::new(), is_read: true },
        ),
    ]
}

fn gone(name: &str) -> Entry {
    let mut entry = owned_by(name, &[]);
    entry.gone = true;
    if let Some(designation) = &mut entry.designation {
        designation.suspended = Some((samples::hours_ago(5), SuspendReason::Gone));
    }
    entry
}

fn restorations() -> Vec<Sample> {
    let signed = able(&owner(), true);
    let row = |entry: &Entry, days: i64| Row::new(entry, samples::hours_ago(24 * days), &signed, &owner());
    let every = || {
        let mut aside = gone("COBOL Committee");
        aside.designation = None;
        let mut unfit = gone("Standards Board");
        unfit.group.facts.on_premises_sync = Some(true);

        let names = [samples::long_name(), samples::long_arabic_name()];
        let mut rows = vec![row(&gone("Compiler Team"), 0), row(&aside, 3), row(&unfit, 12)];
        rows.extend(names.iter().map(|name| row(&gone(name), 29)));
        rows
    };
    let page = |name: &str, frame: Frame, rows, is_read| {
        Sample::of(format!("owned/deleted-{name}"), &Deleted { frame: frame.at(Here::Owned), rows, is_read })
    };
    let after = |name: &str, outcome: &Outcome| {
        let flash = restore::flash(outcome).name("group", "Compiler Team");
        page(name, owner().saying(flash), vec![row(&gone("Compiler Team"), 1)], true)
    };
    let locked = Row::new(&gone("Compiler Team"), samples::hours_ago(5), &able(&owner(), false), &owner());
    let many = (0..60).map(|n| row(&gone(&format!("Team {n:02}")), n % 30)).collect();
    vec![
        page("empty", owner(), Vec::new(), true),
        page("one", owner(), vec![row(&gone("Compiler Team"), 1)], true),
        page("every-kind", owner(), every(), true),
        page("not-read", owner(), vec![row(&gone("Compiler Team"), 1)], false),
        page("scope-missing", owner(), vec![locked], true),
        page("many", owner(), many, true),
        after("after-refused", &Outcome::Refused),
        after("after-unclear", &Outcome::Unclear),
    ]
}

fn renewals() -> Vec<Sample> {
    let expiring = |days: i64| {
        let mut entry = team();
        entry.group.facts = samples::microsoft365();
        entry.group.facts.expires_at = Some(samples::hours_ago(-24 * days));
        entry
    };
    let page = |name: &str, frame: Frame, entry: Entry, may, is_offered| {
        let signed = able(&frame, may);
        let it = Workspace::new(Arc::new(entry), true);
        let page = Show::new(frame, it, &signed, Some(sizes(Some(7), 0, 0)), is_offered);
        Sample::of(format!("owned/renew-{name}"), &page)
    };
    let after = |name: &str, outcome: &Outcome| {
        let flash = renew::flash(outcome).name("group", "Compiler Team");
        page(name, owner().saying(flash), expiring(180), true, true)
    };
    let mut back = team();
    if let Some(designation) = &mut back.designation {
        designation.suspended = Some((samples::hours_ago(1), SuspendReason::Restored));
    }
    let restored = restore::flash(&Outcome::Done).name("group", "Compiler Team");
    vec![
        page("far", owner(), expiring(180), true, true),
        page("near", owner(), expiring(12), true, true),
        page("expired", owner(), expiring(-2), true, true),
        page("scope-missing", owner(), expiring(12), false, true),
        page("not-offered", owner(), expiring(12), true, false),
        after("after-done", &Outcome::Done),
        after("after-refused", &Outcome::Refused),
        after("after-unclear", &Outcome::Unclear),
        page("restored", owner().saying(restored), back, true, true),
    ]
}
