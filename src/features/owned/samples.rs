//! Samples of the owners' workspace.

mod change_samples;
mod end_samples;
mod file_samples;
mod history_samples;
mod life_samples;
mod order_samples;
mod responsibility_samples;
mod review_samples;
mod terms_samples;

use std::sync::Arc;

use crate::{
    domain::{
        designation::{Designation, SuspendReason},
        directory::{Person, PersonRef},
        operation::{DirectoryRefusal, Kind},
        samples,
    },
    graph::{NextPage, Reach},
    store::{Arrival, GroupSizes, catalogue::Entry},
    web::{
        carrying_out::Outcome,
        flash::Flash,
        frame::Frame,
        samples::{
            Sample, administrator, auditor, entry, guest, idle_owner, owned_by, owner, reviewed_every_90_days,
            right_to_left, signed,
        },
        words::Phrase,
    },
};

use super::{
    add_member, inactive,
    list::{self, List},
    members::{Listing, Members, Row},
    remove_member,
    show::Show,
    underway::Underway,
    workspace::Workspace,
};

/// Draws the samples.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let mut all = lists();
    all.extend(shows());
    all.extend(members());
    all.extend(order_samples::samples());
    all.extend(change_samples::samples());
    all.extend(end_samples::samples());
    all.extend(history_samples::samples());
    all.extend(responsibility_samples::samples());
    all.extend(super::create::samples::samples());
    all.extend([life_samples::samples(), terms_samples::samples(), review_samples::samples()].into_iter().flatten());
    all.extend(super::import::samples::samples());
    all
}

/// Writes samples of the files that owners take away.
#[must_use]
pub fn files() -> Vec<Sample> {
    file_samples::samples()
}

fn suspended(name: &str, reason: SuspendReason) -> Entry {
    let mut entry = owned_by(name, &["Grace Hopper"]);
    if let Some(designation) = &mut entry.designation {
        designation.suspended = Some((samples::hours_ago(5), reason));
    }
    entry
}

fn not_taking_part(name: &str) -> Entry {
    entry(samples::group(name), samples::people(&["Grace Hopper", "Ada Lovelace"]), None)
}

fn public(name: &str) -> Entry {
    let mut entry = owned_by(name, &["Grace Hopper", "Barbara Liskov"]);
    entry.group.facts = samples::microsoft365();
    entry.group.facts.visibility = Some("Public".to_owned());
    entry
}

fn hiding(name: &str) -> Entry {
    let mut entry = owned_by(name, &["Grace Hopper", "Barbara Liskov"]);
    entry.group.facts.visibility = Some("HiddenMembership".to_owned());
    entry
}

/// A group of two owners with something else about its designation.
fn with(name: &str, change: impl FnMut(&mut Designation)) -> Entry {
    let mut entry = owned_by(name, &["Grace Hopper", "Barbara Liskov"]);
    entry.designation.iter_mut().for_each(change);
    entry
}

/// A group with three owners, some of whom cannot sign in.
fn unable(name: &str, unable: usize) -> Entry {
    let mut entry = owned_by(name, &["Grace Hopper", "Barbara Liskov", "Mary Jackson"]);
    entry.unable = Some(entry.owners.iter().rev().take(unable).map(|owner| owner.id).collect());
    entry
}

fn sizes(members: Option<usize>, open: usize, unfinished: usize) -> GroupSizes {
    GroupSizes { members, open, unfinished, ending: 0, ended: 0 }
}

fn lists() -> Vec<Sample> {
    let grace = samples::person("Grace Hopper").id;
    let row = |entry: &Entry, sizes: Option<GroupSizes>| list::row(entry, sizes.as_ref(), grace, &owner());
    let every = vec![
        row(&owned_by("Compiler Team", &["Grace Hopper", "Barbara Liskov"]), Some(sizes(Some(4120), 3, 0))),
        row(&owned_by("Data Platform", &["Grace Hopper"]), Some(GroupSizes { ended: 1, ..sizes(Some(1), 0, 1) })),
        row(&owned_by("Harvard Mark I", &["Grace Hopper", "Ada Lovelace"]), Some(sizes(None, 0, 0))),
        row(&reviewed_every_90_days("Flight Dynamics", 100), Some(sizes(Some(12), 0, 0))),
        row(&public("Reading Circle"), Some(GroupSizes { ending: 2, ..sizes(Some(0), 0, 0) })),
        row(&suspended("Standards Board", SuspendReason::Administrator), Some(sizes(Some(7), 0, 0))),
        row(&owned_by(&samples::long_name(), &["Grace Hopper", "Ada Lovelace"]), Some(sizes(Some(12), 0, 0))),
        row(&owned_by(&samples::long_arabic_name(), &["Grace Hopper"]), Some(sizes(Some(12), 1, 0))),
        row(&with("Network Operations", |it| it.terms.approvals = 3), Some(sizes(Some(7), 0, 0))),
        row(&with("Standards Office", |it| it.terms_at = samples::hours_ago(24)), Some(sizes(Some(7), 0, 0))),
        row(&hiding("Data Stewards"), Some(sizes(None, 0, 0))),
        row(&unable("Flight Dynamics", 1), Some(sizes(Some(7), 0, 0))),
        row(&unable("Language Design", 2), Some(sizes(Some(7), 0, 0))),
        row(&not_taking_part("COBOL Committee"), None),
    ];
    let many = (1..=400).map(|number| {
        row(&owned_by(&format!("Team {number:03}"), &["Grace Hopper", "Ada Lovelace"]), Some(sizes(Some(number), 0, 0)))
    });
    let page = |name: &str, frame: Frame, rows, directory_away, is_guest| {
        Sample::of(
            format!("owned/list-{name}"),
            &List {
                frame: frame.at(crate::web::frame::Here::Owned),
                rows,
                directory_away,
                is_guest,
                restores: !is_guest,
            },
        )
    };
    let one = || vec![row(&owned_by("Compiler Team", &["Grace Hopper", "Ada Lovelace"]), Some(sizes(Some(12), 0, 0)))];
    vec![
        page("empty", idle_owner(), Vec::new(), false, false),
        page("empty-guest", guest(), Vec::new(), false, true),
        page("one", idle_owner(), one(), false, false),
        page("every-state", owner(), every, false, false),
        page("many", owner(), many.collect(), false, false),
        page("directory-away", owner(), one(), true, false),
        page("right-to-left", right_to_left(), one(), false, false),
    ]
}

fn shows() -> Vec<Sample> {
    let page = |name: &str, frame: Frame, entry: Entry, is_owner, sizes| {
        let signed = signed(&frame);
        Sample::of(
            format!("owned/show-{name}"),
            &Show::new(frame, Workspace::new(Arc::new(entry), is_owner), &signed, sizes, true),
        )
    };
    let team = || owned_by("Compiler Team", &["Grace Hopper", "Barbara Liskov"]);
    let mut gone = suspended("Compiler Team", SuspendReason::Gone);
    gone.gone = true;
    let mut just_gone = team();
    just_gone.gone = true;
    vec![
        page("quiet", idle_owner(), team(), true, Some(sizes(Some(12), 0, 0))),
        page("waiting", owner(), team(), true, Some(GroupSizes { ending: 12, ..sizes(Some(4120), 3, 1) })),
        page("only-owner", owner(), owned_by("Data Platform", &["Grace Hopper"]), true, Some(sizes(None, 0, 0))),
        page("public", owner(), public("Reading Circle"), true, Some(sizes(Some(1), 0, 0))),
        page(
            "paused",
            owner(),
            suspended("Standards Board", SuspendReason::Administrator),
            true,
            Some(sizes(Some(7), 1, 0)),
        ),
        page("gone", owner(), gone, true, Some(sizes(Some(7), 0, 0))),
        page("just-gone", owner(), just_gone, true, Some(sizes(Some(7), 0, 0))),
        page("not-taking-part", owner(), not_taking_part("COBOL Committee"), true, None),
        page("administrator", administrator(), team(), false, Some(sizes(Some(12), 1, 0))),
        page("auditor", auditor(), team(), false, Some(sizes(Some(12), 1, 0))),
        page(
            "long-name",
            owner(),
            owned_by(&samples::long_arabic_name(), &["Grace Hopper"]),
            true,
            Some(sizes(Some(12), 0, 0)),
        ),
    ]
}

pub(super) fn person(name: &str) -> Person {
    let PersonRef { id, name } = samples::person(name);
    let (username, mail) = (String::new(), format!("{}@contoso.example", name.replace(' ', ".").to_lowercase()));
    let (job_title, department) = ("Engineer".to_owned(), "Research".to_owned());
    Person { id, name, username, mail, job_title, department, guest: Some(false), enabled: Some(true) }
}

fn listed(frame: &Frame, page: &Members) -> Listing {
    let arrival = |by: &str, why: &str| {
        Some(Arrival { by: samples::person(by), at: samples::hours_ago(40), why: why.to_owned(), until: None })
    };
    let viewer = frame.viewer.as_ref().map_or(samples::person("Ada Lovelace").id, |viewer| viewer.id);
    let seen = samples::hours_ago(100);
    let row = |who: Person, arrival, outside: Option<_>| page.row(who, arrival, outside, viewer);
    let guest = Person { guest: Some(true), ..person("Tim Berners") };
    let disabled = Person { enabled: Some(false), ..person("Frances Allen") };
    let bare = Person { job_title: String::new(), department: String::new(), ..person(&samples::long_name()) };
    let long =
        "I port the code generator of the new machine and have to land the changes of three teams before the release.";
    let until = |hours: i64| {
        let until = Some(samples::hours_ago(-hours));
        arrival("Grace Hopper", "").map(|came| Arrival { until, ..came })
    };
    Listing::People(vec![
        row(person("Annie Easley"), until(24 * 80), None),
        row(person("Joan Clarke"), until(24 * 5), None),
        row(person("Alan Turing"), arrival("Grace Hopper", long), None),
        row(guest, arrival("Barbara Liskov", ""), None),
        row(disabled, None, Some(&seen)),
        row(person("Grace Hopper"), arrival("Grace Hopper", ""), None),
        Row { inactive: Some(inactive::said(90)), ..row(bare, None, None) },
        row(person("فاطمة الفهري"), None, None),
    ])
}

fn members() -> Vec<Sample> {
    let page = |frame: Frame, entry: Entry, is_owner, q: &str, reach| {
        let signed = signed(&frame);
        Members::empty(frame, Workspace::new(Arc::new(entry), is_owner), &signed, q.to_owned(), reach, true)
    };
    let team = || owned_by("Compiler Team", &["Grace Hopper", "Barbara Liskov"]);
    let full = |frame: Frame, entry, is_owner, reach| {
        let mut page = page(frame, entry, is_owner, "", reach);
        page.listing = listed(&page.frame, &page);
        page.total = Some(6);
        page
    };
    let mut many = full(owner(), team(), true, Reach::Direct);
    many.total = None;
    many.is_first = false;
    many.next = Some(many.address(Some(&NextPage("/v1.0/groups".to_owned()))));
    let mut underway = full(owner(), team(), true, Reach::Direct);
    let owed = [(Kind::Add, "underway-add"), (Kind::Remove, "underway-leave"), (Kind::Remove, "underway-end")];
    underway.underway = owed
        .map(|(kind, what)| {
            let owed = samples::write(kind, "Mary Jackson", "Compiler Team");
            let what = Phrase::new(what).name("person", "Mary Jackson");
            Underway { person: owed.person, what, link: Some(format!("/approvals/owed/{}", owed.id)) }
        })
        .into();
    let after = |flash: Flash| {
        let frame = owner().saying(flash.name("person", "Mary Jackson").name("group", "Compiler Team"));
        full(frame, team(), true, Reach::Direct)
    };
    let delayed = Outcome::Delayed(DirectoryRefusal::NotAllowed);
    let with = |listing| {
        let mut page = page(owner(), team(), true, "", Reach::Direct);
        page.listing = listing;
        page
    };
    let sample = |name: &str, page: &Members| Sample::of(format!("owned/members-{name}"), page);
    vec![
        sample("empty", &with(Listing::People(Vec::new()))),
        sample("no-match", &page(owner(), team(), true, "quantum", Reach::Direct)),
        sample("every-kind", &full(owner(), team(), true, Reach::Direct)),
        sample("through-groups", &full(owner(), team(), true, Reach::ThroughGroups)),
        sample("many", &many),
        sample("underway", &underway),
        sample("after-change-underway", &after(add_member::flash(&Outcome::Underway))),
        sample("after-change-delayed", &after(add_member::flash(&delayed))),
        sample("after-added", &after(add_member::flash(&Outcome::Done))),
        sample("after-removal-underway", &after(remove_member::flash(&Outcome::Underway))),
        sample("after-removal-delayed", &after(remove_member::flash(&delayed))),
        sample("after-removed", &after(remove_member::flash(&Outcome::Done))),
        sample("hidden", &with(Listing::Hidden)),
        sample("away", &with(Listing::Away)),
        sample(
            "paused",
            &full(owner(), suspended("Standards Board", SuspendReason::Administrator), true, Reach::Direct),
        ),
        sample("not-taking-part", &full(owner(), not_taking_part("COBOL Committee"), true, Reach::Direct)),
        sample("auditor", &full(auditor(), team(), false, Reach::Direct)),
        sample(
            "right-to-left",
            &full(right_to_left(), owned_by(&samples::long_arabic_name(), &["Grace Hopper"]), true, Reach::Direct),
        ),
    ]
}
