//! Samples of the groups that take part as administrators and auditors see them, and of one group's terms.

use serde_json::json;

use crate::{
    domain::{
        designation::SuspendReason,
        directory::GroupFacts,
        event::{Event, EventKind},
        outside::author::{Author, Learnt, Sought},
        samples,
        terms::Terms,
    },
    store::catalogue::{Entry, Place, Search, Snapshot},
    web::{
        flash::{Flash, Mood},
        frame::Frame,
        samples::{Sample, administrator, auditor, entry, owned_by, reviewed_every_90_days, signed, taking_part},
        terms_form::Typed,
        terms_meanwhile::Change,
        trouble_samples,
        words::Phrase,
    },
};

use super::{history, list::List, show::Show};

/// Draws the samples.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let mut all = lists();
    all.extend(ages());
    all.extend(shows());
    all.extend(suspended_shows());
    all.extend(histories());
    all.extend(owners_who_cannot());
    all.extend(slips());
    all
}

fn list(frame: Frame, groups: &Snapshot, words: &str, number: usize) -> List {
    let search = Search { words, ..Search::default() };
    let place = groups.search(&search, &Place::Start, (number - 1) * 50).next.filter(|_| number > 1);
    List::new(frame, groups, words.to_owned(), &place.unwrap_or_default())
}

fn lists() -> Vec<Sample> {
    let many = Snapshot::new((1..=10_000).map(|number| taking_part(&format!("Team {number:05}"))).collect(), 1);
    let every = Snapshot::new(every_state(), 1);
    let long = Snapshot::new(vec![taking_part(&samples::long_name()), taking_part(&samples::long_arabic_name())], 1);
    let one = Snapshot::new(vec![taking_part("Compiler Team")], 1);
    let overdue = Snapshot::new(vec![reviewed_every_90_days("Compiler Team", 100), taking_part("Data Platform")], 1);
    let page = |name: &str, groups: &Snapshot, words: &str, number| {
        Sample::of(format!("designations/list-{name}"), &list(administrator(), groups, words, number))
    };
    vec![
        page("empty", &Snapshot::default(), "", 1),
        page("one", &one, "", 1),
        page("every-state", &every, "", 1),
        page("every-kind-found", &every, "group", 1),
        page("similar-found", &every, "gruop", 1),
        page("no-match", &every, "quantum", 1),
        page("many-first-page", &many, "", 1),
        page("many-middle-page", &many, "", 7),
        page("many-last-page", &many, "", 200),
        page("long-names", &long, "", 1),
        page("review-overdue", &overdue, "", 1),
        Sample::of("designations/list-auditor", &list(auditor(), &every, "", 1)),
    ]
}

fn every_state() -> Vec<Entry> {
    let mut all = vec![taking_part("Compiler Team"), taking_part("مكتبة القرويين")];
    for (name, reason) in trouble_samples::suspensions() {
        all.push(suspended(&format!("Paused {name}"), reason));
    }
    all.push(entry(samples::group("Group that could"), vec![], None));
    all.push(entry(samples::group("Group of everybody"), samples::people(&["Grace Hopper"]), None));
    for (number, facts) in unfit_facts().into_iter().enumerate() {
        let mut group = samples::group(&format!("Group {number} that cannot"));
        group.facts = facts;
        all.push(entry(group, vec![], None));
    }
    all
}

fn unfit_facts() -> Vec<GroupFacts> {
    let fit = samples::group("Compiler Team").facts;
    vec![
        GroupFacts { on_premises_sync: Some(true), ..fit.clone() },
        GroupFacts { group_types: vec!["DynamicMembership".to_owned()], ..fit.clone() },
        GroupFacts { mail_enabled: true, ..fit.clone() },
        GroupFacts { mail_enabled: true, security_enabled: false, ..fit.clone() },
        GroupFacts { assignable_to_role: Some(true), ..fit.clone() },
        GroupFacts { management_restricted: Some(true), ..fit.clone() },
        GroupFacts { security_enabled: false, ..fit },
    ]
}

fn suspended(name: &str, reason: SuspendReason) -> Entry {
    let mut entry = taking_part(name);
    if let Some(designation) = &mut entry.designation {
        designation.suspended = Some((samples::hours_ago(5), reason));
    }
    entry
}

/// The list of groups, old and never read.
fn ages() -> Vec<Sample> {
    let groups = Snapshot::new(every_state(), 1);
    let page = |name: &str, copied_at, groups: &Snapshot| {
        let mut frame = administrator();
        frame.counts.copied_at = copied_at;
        Sample::of(format!("designations/list-{name}"), &list(frame, groups, "", 1))
    };
    vec![page("old-copy", Some(samples::hours_ago(50)), &groups), page("never-read", None, &Snapshot::default())]
}

fn show(frame: Frame, entry: &Entry) -> Show {
    let signed = signed(&frame);
    let terms = entry.designation.as_ref().map(|designation| designation.terms.clone()).unwrap_or_default();
    Show::new(frame, &signed, entry, Typed::from(&terms))
}

/// A group whose terms say what owners may change beside members.
fn locked(owners: bool, details: bool) -> Entry {
    let mut team = taking_part("Compiler Team");
    if let Some(designation) = &mut team.designation {
        (designation.terms.owners_change_owners, designation.terms.owners_change_details) = (owners, details);
        designation.terms.owners_delete = owners || details;
    }
    team
}

fn shows() -> Vec<Sample> {
    let team = taking_part("Compiler Team");
    let fresh = entry(samples::group("Network Operations"), samples::people(&["Annie Easley"]), None);
    let mut unfit = entry(samples::group("Flight Dynamics"), vec![], None);
    unfit.group.facts.on_premises_sync = Some(true);
    let mut long = taking_part(&samples::long_name());
    long.group.description = samples::long_arabic_name();
    long.owners = samples::people(&[&samples::long_name()]);
    let mut open_to_all = taking_part("Reading Circle");
    if let Some(designation) = &mut open_to_all.designation {
        designation.terms =
            Terms { reason_required: false, guests_may_ask: true, open_days: 1, cool_down_days: 0, ..Terms::default() };
    }
    let page = |name: &str, frame, entry: &Entry| Sample::of(format!("designations/show-{name}"), &show(frame, entry));
    let said =
        |title, text| administrator().saying(Flash::new(Mood::Success, title, text).name("group", "Compiler Team"));
    let after = Terms { open_days: 30, guests_may_ask: true, ..Terms::default() };
    let change = Change::new(&administrator(), "Joan Clarke", &samples::hours_ago(1), &Terms::default(), &after);
    vec![
        page("taking-part", administrator(), &team),
        page("not-taking-part", administrator(), &fresh),
        page("unfit", administrator(), &unfit),
        page("auditor", auditor(), &team),
        page("auditor-open-to-all", auditor(), &open_to_all),
        page("auditor-owners-locked", auditor(), &locked(false, false)),
        page("auditor-details-locked", auditor(), &locked(true, false)),
        page("auditor-details-open", auditor(), &locked(false, true)),
        page("auditor-not-taking-part", auditor(), &fresh),
        page("long-names", administrator(), &long),
        page("right-to-left", administrator(), &taking_part("مكتبة القرويين")),
        page("after-designating", said("designated-done", ""), &team),
        page("after-changing", said("terms-changed", ""), &team),
        page("after-resuming", said("resumed-done", ""), &team),
        Sample::of("designations/show-meanwhile", &Show { meanwhile: vec![change], ..show(administrator(), &team) }),
        page(
            "after-pausing",
            said("paused-done", "paused-done-text"),
            &suspended("Compiler Team", SuspendReason::Administrator),
        ),
    ]
}

/// A group that was changed outside Roster in every way, and as an auditor sees it.
fn histories() -> Vec<Sample> {
    let grace = samples::people(&["Grace Hopper"]).remove(0);
    let event = |kind, detail| Event::new(kind, None, samples::hours_ago(3)).detail(detail);
    let person = |kind, name: &str| event(kind, json!({ "name": name })).person(grace.id);
    let events = [
        person(EventKind::MembershipAddedOutside, "Alan Turing"),
        person(EventKind::MembershipAddedOutside, &samples::long_arabic_name()),
        person(EventKind::MembershipRemovedOutside, ""),
        person(EventKind::MembershipUnexpected, "Annie Easley"),
        event(EventKind::MembershipAddedOutside, json!({ "count": 12_345 })),
        event(EventKind::MembershipRemovedOutside, json!({ "count": 412 })),
        event(EventKind::MembershipAddedOutside, json!({ "object": grace.id, "kind": "group" })),
        event(EventKind::MembershipRemovedOutside, json!({ "object": grace.id, "kind": "group" })),
        person(EventKind::OwnerAddedOutside, &samples::long_name()),
        person(EventKind::OwnerRemovedOutside, "Mary Jackson"),
        event(EventKind::GroupRenamed, json!({ "before": "Compilers", "after": samples::long_name() })),
        event(EventKind::GroupDescribed, json!(null)),
        event(EventKind::GroupDeleted, json!(null)),
        event(EventKind::GroupRestored, json!(null)),
        event(EventKind::GroupUnfit, json!(null)),
        event(EventKind::GroupFit, json!(null)),
    ];
    let known = authors_of(&events);
    let page = |name: &str, frame: Frame, events: &[Event]| {
        let history = history::lines(events, &frame);
        let show = Show { history, ..show(frame, &taking_part("Compiler Team")) };
        Sample::of(format!("designations/show-{name}"), &show)
    };
    vec![
        page("changed-outside", administrator(), &events),
        page("changed-outside-once", administrator(), &events[..1]),
        page("changed-outside-auditor", auditor(), &events),
        page("changed-outside-by-whom", administrator(), &known),
        page("changed-outside-by-whom-auditor", auditor(), &known),
    ]
}

/// The same events after the directory's own record told who made some of the changes, people and applications in turn.
fn authors_of(events: &[Event]) -> Vec<Event> {
    let names = ["Grace Hopper", "HR import", &samples::long_arabic_name(), &samples::long_name()].map(str::to_owned);
    let people = samples::people(&["Grace Hopper"]);
    let author = |at: usize| {
        let name = names[at % names.len()].clone();
        if at % 4 == 1 { Author::Application { id: None, name } } else { Author::Person { id: people[0].id, name } }
    };
    let learnt = |(at, event): (usize, &Event)| {
        let learnt = Learnt { explains: event.id, at: samples::hours_ago(4), by: author(at), entry: String::new() };
        learnt.event(event, samples::hours_ago(2))
    };
    // The second stays without a name, and so does what has no single author.
    let has_author = |event: &Event| Sought::of(event.clone(), event.at).is_some();
    let learnt = events.iter().enumerate().filter(|(at, event)| *at != 1 && has_author(event)).map(learnt);
    learnt.chain(events.iter().cloned()).collect()
}

/// Groups of whose owners some or all cannot sign in.
fn owners_who_cannot() -> Vec<Sample> {
    let cannot = |name: &str, owners: &[&str], unable: usize| {
        let mut entry = owned_by(name, owners);
        entry.unable = Some(entry.owners.iter().take(unable).map(|owner| owner.id).collect());
        entry
    };
    let all = [
        ("only-one", cannot("Compiler Team", &["Grace Hopper"], 1)),
        ("none", cannot("Data Platform", &["Grace Hopper", "Barbara Liskov"], 2)),
        ("one-left", cannot("Flight Dynamics", &["Grace Hopper", "Barbara Liskov"], 1)),
        ("several-left", cannot(&samples::long_name(), &["Grace Hopper", "Barbara Liskov", "Mary Jackson"], 1)),
    ];
    let groups = Snapshot::new(all.iter().map(|(_, entry)| entry.clone()).collect(), 1);
    let page = |(name, entry): &(&str, Entry)| {
        Sample::of(format!("designations/show-owners-{name}"), &show(administrator(), entry))
    };
    let list = Sample::of("designations/list-owners-who-cannot", &list(auditor(), &groups, "", 1));
    all.iter().map(page).chain([list]).collect()
}

fn suspended_shows() -> Vec<Sample> {
    let mut all = Vec::new();
    for (name, reason) in trouble_samples::suspensions() {
        let mut entry = suspended("Compiler Team", reason);
        if let SuspendReason::Unfit(_) = reason {
            entry.group.facts.on_premises_sync = Some(true);
        }
        entry.gone = reason == SuspendReason::Gone;
        all.push(Sample::of(format!("designations/show-paused-{name}"), &show(administrator(), &entry)));
        all.push(Sample::of(format!("designations/show-paused-{name}-auditor"), &show(auditor(), &entry)));
    }
    all
}

fn slips() -> Vec<Sample> {
    let team = taking_part("Compiler Team");
    let days = |field, key: &'static str, most: u16, least: u16| {
        (field, Phrase::new(key).count("least", least).count("most", most))
    };
    let limit = Terms::GIVES_LIMIT;
    let long = Phrase::new("text-too-long").count("limit", limit).count("length", 1234_usize);
    let slipped = |name: &str, notes: Vec<(&'static str, Phrase)>| {
        let mut page = show(administrator(), &team);
        for (field, phrase) in notes {
            page.slips.note(field, phrase);
        }
        "a week".clone_into(&mut page.typed.open_days);
        "-1".clone_into(&mut page.typed.cool_down_days);
        page.typed.gives = "Access to \"everything\" & more. ".repeat(40);
        Sample::of(format!("designations/show-slip-{name}"), &page)
    };
    vec![
        slipped("one", vec![days("open_days", "terms-open-days-slip", 90, 1)]),
        slipped(
            "all",
            vec![
                ("gives", long),
                days("open_days", "terms-open-days-slip", 90, 1),
                days("cool_down_days", "terms-cool-down-slip", 90, 0),
                days("approvals", "terms-approvals-slip", 5, 1),
                days("review_days", "terms-review-slip", 730, 30),
                days("usual_days", "terms-usual-days-slip", 1826, 1),
                days("most_days", "terms-most-days-slip", 1826, 90),
            ],
        ),
    ]
}
