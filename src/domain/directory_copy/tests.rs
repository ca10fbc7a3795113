//! When the copy is read again, how much of it, and when a reading waits.

use super::*;

fn at(minutes: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + 60 * minutes).unwrap()
}

fn pressed(minutes: i64, even_if_it_loses: bool) -> Wanted {
    Wanted::ByAnAdministrator { at: at(minutes), even_if_it_loses }
}

fn ended(minutes: i64, outcome: Outcome) -> Standing {
    let last = Reading { at: at(minutes), outcome, way: Way::Person };
    Standing { copied_at: Some(at(0)), last: Some(last), ..Standing::default() }
}

#[test]
fn a_visit_has_an_old_copy_read_and_leaves_a_fresh_one() {
    let standing = ended(0, Outcome::Done);

    assert!(Standing::default().may_begin(Wanted::ByAVisit, at(0)));
    assert!(!standing.may_begin(Wanted::ByAVisit, at(14)));
    assert!(standing.may_begin(Wanted::ByAVisit, at(15)));
}

#[test]
fn after_a_reading_that_changed_nothing_visits_wait_and_the_button_does_not() {
    for outcome in [Outcome::Failed, Outcome::Braked(Loss { known: 100, lost: 30 })] {
        let standing = ended(20, outcome);

        assert!(!standing.may_begin(Wanted::ByAVisit, at(24)));
        assert!(standing.may_begin(Wanted::ByAVisit, at(25)));
        assert!(standing.may_begin(pressed(21, false), at(21)));
    }
}

#[test]
fn one_reading_answers_everybody_who_pressed_the_button_before_it_ended() {
    let standing = ended(20, Outcome::Done);
    let braked = ended(20, Outcome::Braked(Loss { known: 100, lost: 30 }));

    assert!(!standing.may_begin(pressed(19, false), at(21)));
    assert!(!standing.may_begin(pressed(19, true), at(21)));
    assert!(!braked.may_begin(pressed(19, false), at(21)));
    assert!(braked.may_begin(pressed(19, true), at(21)), "the tick box has not been obeyed yet");
}

#[test]
fn one_reading_is_under_way_at_a_time_unless_its_lease_is_over_or_impossible() {
    let standing = Standing { held_until: Some(at(5)), ..Standing::default() };

    assert!(!standing.may_begin(pressed(1, true), at(1)));
    assert!(standing.may_begin(Wanted::ByAVisit, at(5)));
    assert!(standing.may_begin(Wanted::ByAVisit, at(-1)), "no lease is longer than five minutes");
}

#[test]
fn a_clock_that_was_set_back_does_not_make_the_copy_fresh_for_years() {
    assert!(ended(0, Outcome::Done).may_begin(Wanted::ByAVisit, at(-60)));
}

#[test]
fn more_than_a_fifth_of_at_least_ten_groups_is_too_much_to_lose() {
    assert!(Loss { known: 10, lost: 3 }.is_too_much());
    assert!(!Loss { known: 10, lost: 2 }.is_too_much());
    assert!(!Loss { known: 9, lost: 9 }.is_too_much());
}

#[test]
fn the_portal_reads_at_its_rhythm_and_rests_after_a_reading_that_changed_nothing() {
    let done = ended(0, Outcome::Done);
    let failed = ended(20, Outcome::NotAccepted);

    assert!(Standing::default().may_begin(Wanted::ByTheClock, at(0)));
    assert!(!done.may_begin(Wanted::ByTheClock, at(2)) && done.may_begin(Wanted::ByTheClock, at(3)));
    assert!(!failed.may_begin(Wanted::ByTheClock, at(24)) && failed.may_begin(Wanted::ByTheClock, at(25)));
}

#[test]
fn that_the_portals_own_identity_is_turned_away_keeps_no_visit_from_reading() {
    let by_the_portal = |outcome| {
        let last = Reading { at: at(20), outcome, way: Way::Service };
        Standing { copied_at: Some(at(0)), last: Some(last), ..Standing::default() }
    };

    for outcome in [Outcome::NotAccepted, Outcome::NotPermitted, Outcome::Failed] {
        assert!(by_the_portal(outcome).may_begin(Wanted::ByAVisit, at(21)), "{outcome:?}");
    }
    let braked = by_the_portal(Outcome::Braked(Loss { known: 100, lost: 30 }));
    assert!(!braked.may_begin(Wanted::ByAVisit, at(21)));
}

#[test]
fn changes_are_read_when_there_is_a_link_that_holds() {
    let link = |way| Some(Linked { begun_at: at(0), way });
    let week = 7 * 24 * 60;
    let by_visit = |link, way, minutes| extent(link, Wanted::ByAVisit, way, at(minutes));

    assert_eq!(by_visit(None, Way::Person, 1), Extent::Whole);
    assert_eq!(by_visit(link(Way::Person), Way::Person, week - 1), Extent::Changes);
    assert_eq!(by_visit(link(Way::Person), Way::Person, week), Extent::Whole);
    assert_eq!(by_visit(link(Way::Person), Way::Service, 1), Extent::Whole, "it may see more");
    assert_eq!(by_visit(link(Way::Service), Way::Person, 1), Extent::Changes);
    assert_eq!(extent(link(Way::Person), pressed(1, false), Way::Person, at(1)), Extent::Whole);
}

#[test]
fn what_was_noted_before_there_were_two_ways_can_be_read() {
    let noted: Reading = serde_json::from_str(r#"{"at":"2027-01-15T08:00:00Z","outcome":{"what":"failed"}}"#).unwrap();

    assert_eq!((noted.outcome, noted.way), (Outcome::Failed, Way::Person));
}
