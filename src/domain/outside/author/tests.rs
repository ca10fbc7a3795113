//! Whom the record names, and when it names nobody.

use serde_json::{Value, json};

use super::*;
use crate::domain::ids::GroupId;

const TEAM: GroupId = GroupId(Uuid::from_u128(100));
const ALAN: Uuid = Uuid::from_u128(1);
const GRACE: Uuid = Uuid::from_u128(2);
const HEDY: Uuid = Uuid::from_u128(3);
const ROSTER: Uuid = Uuid::from_u128(9);

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + 60 * minute).unwrap()
}

fn person(id: Uuid) -> Author {
    Author::Person { id: PersonId(id), name: format!("Person {id}") }
}

fn application(id: Option<Uuid>, name: &str) -> Author {
    Author::Application { id, name: name.into() }
}

/// An entry about Alan, or about the group when the deed is about no member.
fn entry(deed: Deed, by: Author, minute: i64) -> Entry {
    let target = match deed {
        Deed::Updated | Deed::Deleted | Deed::Restored => None,
        _ => Some(ALAN),
    };
    let id = format!("{deed:?} {minute}");
    Entry { id, at: at(minute), deed, target, changed: Vec::new(), by: Some(by), correlation: None }
}

/// What is looked for after an event that was seen at minute 30, by a reading after one at minute 20.
fn sought(kind: EventKind, detail: Value) -> Option<Sought> {
    let event = Event::new(kind, None, at(30)).group(TEAM).detail(detail);
    let is_about_somebody =
        !matches!(kind, EventKind::GroupRenamed | EventKind::GroupDescribed | EventKind::GroupDeleted);
    Sought::of(if is_about_somebody { event.person(PersonId(ALAN)) } else { event }, at(20))
}

fn added() -> Sought {
    sought(EventKind::MembershipAddedOutside, Value::Null).unwrap()
}

/// Returns who is named for Alan's addition, by the minute of the entry.
fn named(entries: &[Entry]) -> Option<i64> {
    let found = find(&added(), entries, &Explained::default())?;
    Some((found.at.as_second() - at(0).as_second()) / 60)
}

#[test]
fn the_one_who_did_it_in_time_is_named() {
    let by_grace = |minute| [entry(Deed::MemberAdded, person(GRACE), minute)];

    assert_eq!(named(&by_grace(29)), Some(29));
    assert_eq!(named(&by_grace(30)), Some(30));
    assert_eq!(named(&by_grace(31)), None, "after it was seen");
    assert_eq!(named(&by_grace(5)), Some(5), "the reading before may have shown an old state");
    assert_eq!(named(&by_grace(4)), None, "the reading before would have shown it");
}

#[test]
fn what_was_done_to_others_or_otherwise_names_nobody() {
    let mut other = entry(Deed::MemberAdded, person(GRACE), 25);
    other.target = Some(HEDY);

    assert_eq!(named(&[other]), None);
    for deed in [Deed::MemberRemoved, Deed::OwnerAdded, Deed::OwnerRemoved, Deed::Updated, Deed::Deleted] {
        assert_eq!(named(&[entry(deed, person(GRACE), 25)]), None, "{deed:?}");
    }
}

#[test]
fn the_latest_counts_when_what_was_before_it_was_undone() {
    let (grace, hedy) = (entry(Deed::MemberAdded, person(GRACE), 21), entry(Deed::MemberAdded, person(HEDY), 25));
    let undone = |minute| entry(Deed::MemberRemoved, person(GRACE), minute);

    assert_eq!(named(&[hedy.clone(), undone(23), grace.clone()]), Some(25));
    assert_eq!(named(&[grace.clone(), entry(Deed::MemberAdded, person(GRACE), 26)]), Some(26), "one person, twice");
    for minute in [21, 25, 27] {
        assert_eq!(named(&[grace.clone(), hedy.clone(), undone(minute)]), None, "{minute}");
    }
}

#[test]
fn two_who_may_have_done_it_means_nobody_is_named() {
    let grace = entry(Deed::MemberAdded, person(GRACE), 21);
    let mut nobody = entry(Deed::MemberAdded, person(GRACE), 24);
    nobody.by = None;

    assert_eq!(named(&[grace.clone(), entry(Deed::MemberAdded, person(HEDY), 25)]), None);
    assert_eq!(named(&[grace.clone(), entry(Deed::MemberAdded, application(None, "Sync"), 22)]), None);
    assert_eq!(named(&[grace, nobody]), None);
}

#[test]
fn an_application_is_told_by_its_id_or_else_by_its_name() {
    let by = |id: Option<u128>, name: &str, minute| {
        entry(Deed::MemberAdded, application(id.map(Uuid::from_u128), name), minute)
    };

    assert_eq!(named(&[by(Some(7), "Sync", 21), by(Some(7), "Sync, renamed", 25)]), Some(25));
    assert_eq!(named(&[by(None, "Sync", 21), by(None, "Sync", 25)]), Some(25));
    assert_eq!(named(&[by(Some(7), "Sync", 21), by(Some(8), "Sync", 25)]), None);
    assert_eq!(named(&[by(None, "Sync", 21), by(None, "Import", 25)]), None);
}

#[test]
fn what_roster_did_itself_explains_nothing() {
    let mut ours = entry(Deed::MemberAdded, person(GRACE), 25);
    ours.correlation = Some(Uuid::from_u128(77));
    let by_the_app = entry(Deed::MemberAdded, application(Some(ROSTER), "Roster"), 26);
    let explained = Explained {
        operations: HashSet::from([Uuid::from_u128(77)]),
        applications: vec![ROSTER],
        entries: HashSet::new(),
    };
    let hedy = entry(Deed::MemberAdded, person(HEDY), 22);

    assert_eq!(find(&added(), &[ours.clone(), by_the_app.clone()], &explained), None);
    assert_eq!(find(&added(), &[ours, by_the_app, hedy.clone()], &explained), Some(&hedy));
}

#[test]
fn an_entry_explains_one_change_only() {
    let entries = [entry(Deed::MemberAdded, person(GRACE), 21)];
    let explained = Explained { entries: HashSet::from([entries[0].id.clone()]), ..Explained::default() };

    assert_eq!(find(&added(), &entries, &explained), None);
}

#[test]
fn a_new_name_is_told_by_its_value_and_a_new_description_by_having_changed() {
    let changed = |property, value: &str, by, minute| {
        let changed = vec![(property, value.to_owned())];
        Entry { changed, ..entry(Deed::Updated, person(by), minute) }
    };
    let entries = [
        changed(Property::Name, "Compilers", GRACE, 21),
        changed(Property::Name, "Compilation", HEDY, 23),
        changed(Property::Description, "Writes it.", GRACE, 25),
    ];
    let renamed = sought(EventKind::GroupRenamed, json!({ "before": "Team", "after": "Compilers" })).unwrap();
    let described = sought(EventKind::GroupDescribed, Value::Null).unwrap();
    let found = |sought: &Sought| find(sought, &entries, &Explained::default()).map(|entry| entry.at);

    assert_eq!((found(&renamed), found(&described)), (Some(at(21)), Some(at(25))));
    let twice = [entries[2].clone(), changed(Property::Description, "Reads it.", HEDY, 26)];
    assert_eq!(find(&described, &twice, &Explained::default()), None, "nothing undoes a description");
}

#[test]
fn what_has_no_single_author_is_not_looked_for() {
    let event = |kind, detail| Event::new(kind, None, at(30)).group(TEAM).detail(detail);
    let many = event(EventKind::MembershipAddedOutside, json!({ "count": 412 }));
    let device = event(EventKind::MembershipAddedOutside, json!({ "object": HEDY, "kind": "other" }));

    assert_eq!(Sought::of(many, at(20)), None);
    assert_eq!(Sought::of(event(EventKind::GroupUnfit, Value::Null), at(20)), None);
    assert_eq!(Sought::of(event(EventKind::MembershipAdded, Value::Null), at(20)), None);
    assert_eq!(Sought::of(device, at(20)).and_then(|sought| sought.target), Some(HEDY));
}

#[test]
fn what_was_learnt_comes_back_from_its_event() {
    let by = application(Some(HEDY), "Sync");
    let explained = added().event;
    let learnt = Learnt { explains: explained.id, at: at(25), by, entry: "x".into() };

    let event = learnt.event(&explained, at(35));

    assert_eq!((event.group, event.person, event.actor.clone()), (Some(TEAM), Some(PersonId(ALAN)), None));
    assert_eq!(Learnt::read(&event), Some(learnt));
    assert_eq!(Learnt::read(&explained), None);
}
