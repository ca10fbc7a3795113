//! What is news, and what is not.

use uuid::Uuid;

use super::*;
use crate::domain::{
    directory::GroupFacts,
    ids::{GroupId, PersonId},
};

const EXPECTED: Known = Known { present: true, expected_at: Some(Timestamp::UNIX_EPOCH) };
const LEFT: Known = Known { present: false, expected_at: Some(Timestamp::UNIX_EPOCH) };

fn ours(kind: Kind, state: State) -> Ours {
    Ours { kind, state }
}

#[test]
fn somebody_who_comes_without_us_is_told_once() {
    let first = seen(None, Turn::Came, None);

    assert_eq!(first, Step { now: Some(PRESENT), event: Some(EventKind::MembershipAddedOutside) });
    assert_eq!(seen(first.now, Turn::Came, None), Step { now: Some(PRESENT), event: None });
}

#[test]
fn somebody_who_goes_without_us_is_told_once() {
    let first = seen(Some(PRESENT), Turn::Left, None);

    assert_eq!(first, Step { now: None, event: Some(EventKind::MembershipRemovedOutside) });
    assert_eq!(seen(first.now, Turn::Left, None), Step { now: None, event: None });
}

#[test]
fn what_we_did_is_never_news_whether_the_directory_shows_it_before_or_after_our_record() {
    for state in [State::InFlight, State::Unknown] {
        assert_eq!(seen(None, Turn::Came, Some(ours(Kind::Add, state))).event, None, "{state:?}");
        assert_eq!(seen(Some(PRESENT), Turn::Left, Some(ours(Kind::Remove, state))).event, None, "{state:?}");
    }
    let shown = seen(Some(EXPECTED), Turn::Came, Some(ours(Kind::Add, State::Applied)));
    assert_eq!(shown, Step { now: Some(PRESENT), event: None });
    assert_eq!(seen(Some(LEFT), Turn::Left, Some(ours(Kind::Remove, State::Applied))), Step { now: None, event: None });
}

#[test]
fn an_old_state_that_is_shown_after_a_change_of_ours_changes_nothing() {
    for (known, turn) in [(EXPECTED, Turn::Left), (LEFT, Turn::Came)] {
        assert_eq!(seen(Some(known), turn, None), Step { now: Some(known), event: None });
    }
    for known in [None, Some(PRESENT), Some(EXPECTED), Some(LEFT)] {
        assert_eq!(seen(known, Turn::Unclear, None), Step { now: known, event: None });
    }
}

#[test]
fn a_member_who_was_refused_or_has_left_is_not_expected() {
    for (kind, state) in [(Kind::Add, State::Refused), (Kind::Add, State::Abandoned), (Kind::Remove, State::Applied)] {
        let step = seen(None, Turn::Came, Some(ours(kind, state)));

        assert_eq!(step.event, Some(EventKind::MembershipUnexpected), "{kind:?} {state:?}");
    }
    let later = asked(LEFT, true, Some(ours(Kind::Remove, State::Applied)));
    assert_eq!(later, Step { now: Some(PRESENT), event: Some(EventKind::MembershipUnexpected) });
}

#[test]
fn what_stays_expected_is_settled_by_asking() {
    let soon = Timestamp::UNIX_EPOCH + SignedDuration::from_mins(14);

    assert!(!is_overdue(EXPECTED, soon) && is_overdue(EXPECTED, soon + SignedDuration::from_mins(1)));
    assert!(!is_overdue(PRESENT, soon + LAG));
    assert_eq!(asked(EXPECTED, true, None), Step { now: Some(PRESENT), event: None });
    assert_eq!(asked(EXPECTED, false, None).event, Some(EventKind::MembershipRemovedOutside));
    assert_eq!(asked(LEFT, false, None), Step { now: None, event: None });
}

fn group(name: &str, facts: GroupFacts) -> Group {
    Group { id: GroupId(Uuid::from_u128(1)), name: name.to_owned(), description: String::new(), facts }
}

fn fit() -> GroupFacts {
    GroupFacts { security_enabled: true, ..GroupFacts::default() }
}

fn owner(id: u128, name: &str) -> PersonRef {
    PersonRef { id: PersonId(Uuid::from_u128(id)), name: name.to_owned() }
}

fn kinds(before: Copied<'_>, after: Copied<'_>) -> Vec<EventKind> {
    group_changes(before, after).into_iter().map(|change| change.kind).collect()
}

#[test]
fn each_change_of_a_group_is_told_by_its_kind() {
    let (grace, ada) = ([owner(2, "Grace Hopper")], [owner(3, "Ada Lovelace")]);
    let team = group("Compiler Team", fit());
    let renamed = Group { description: "We compile.".to_owned(), ..group("Compilers", fit()) };
    let synced = group("Compiler Team", GroupFacts { on_premises_sync: Some(true), ..fit() });
    let copied = |group, owners, gone| Copied { group, owners, gone };

    let before = copied(&team, &grace[..], false);

    assert_eq!(kinds(before, before), []);
    assert_eq!(
        kinds(before, copied(&renamed, &ada[..], false)),
        [
            EventKind::OwnerAddedOutside,
            EventKind::OwnerRemovedOutside,
            EventKind::GroupRenamed,
            EventKind::GroupDescribed
        ]
    );
    assert_eq!(kinds(before, copied(&synced, &grace[..], false)), [EventKind::GroupUnfit]);
    assert_eq!(kinds(copied(&synced, &grace[..], false), before), [EventKind::GroupFit]);
    assert_eq!(kinds(before, copied(&team, &[], true)), [EventKind::GroupDeleted]);
    assert_eq!(kinds(copied(&team, &[], true), before), [EventKind::GroupRestored]);
}

#[test]
fn an_owner_who_changes_their_name_is_the_same_owner() {
    let team = group("Compiler Team", fit());
    let (before, after) = ([owner(3, "Ada Byron")], [owner(3, "Ada Lovelace")]);
    let copied = |owners| Copied { group: &team, owners, gone: false };

    assert_eq!(kinds(copied(&before[..]), copied(&after[..])), []);
}
