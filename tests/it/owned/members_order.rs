//! The members in orders that the directory does not have: whose membership ends soonest, and whom Roster let in last.

use roster::domain::lasting::Lasting;

use crate::{
    ends::lasts,
    owned::{adds, grace, names, owned, removes},
    support::{emulator, page::Page, person::Person, portal::Portal},
};

const TEAM: &str = "Compiler Team";

/// A portal where Grace Hopper let three people in, one after the other, for different days.
async fn three() -> (Portal, Person) {
    let (portal, grace) = grace().await;
    lasts(&portal, Lasting::Days { usual: 90, most: 180 }).await;
    for (person, days) in [("Alan Turing", "60"), ("Radia Perlman", "5"), ("Ken Thompson", "120")] {
        emulator::rest(&portal.emulator);
        let form = grace.visit(&owned(&portal, TEAM, &format!("/members/add?q={}", person.replace(' ', "+")))).await;
        let id = portal.emulator.person_named(person).to_string();
        grace.submit(&form, "Add to group", &[("person", &id), ("days", days)]).await.answers(200);
        portal.advance(jiff::SignedDuration::from_secs(20));
    }
    (portal, grace)
}

async fn sorted(portal: &Portal, grace: &Person, rest: &str) -> Page {
    let page = grace.visit(&owned(portal, TEAM, &format!("/members?sort={rest}"))).await;
    page.answers(200);
    page
}

#[tokio::test]
async fn memberships_are_sorted_by_their_end_and_by_when_roster_gave_them() {
    let (portal, grace) = three().await;

    let by_name = grace.visit(&owned(&portal, TEAM, "/members")).await;
    let by_end = grace.follow(&by_name, "Ending soonest").await;
    let by_coming = grace.follow(&by_end, "Let in last").await;
    let back = grace.follow(&by_coming, "By name").await;

    assert_eq!(names(&by_end), ["Radia Perlman", "Alan Turing", "Ken Thompson"]);
    by_end.shows("3 memberships with an end, the soonest first");
    by_end.shows("Whoever is not here belongs without one.");
    assert_eq!(by_end.first(".chip[aria-current]:not([href$='members'])").as_deref(), Some("Ending soonest"));
    assert_eq!(names(&by_coming), ["Ken Thompson", "Radia Perlman", "Alan Turing"]);
    by_coming.shows("Whoever came another way is in the list by name.");
    assert_eq!(back.path(), owned(&portal, TEAM, "/members"));
    assert!(
        names(&back).contains(&"Frances Allen".to_owned()) && !names(&by_coming).contains(&"Frances Allen".to_owned())
    );
    assert!(portal.emulator.violations().is_empty());
}

#[tokio::test]
async fn whoever_belongs_no_more_has_no_place() {
    let (portal, grace) = three().await;
    removes(&portal, &grace, TEAM, "Ken Thompson", "").await.answers(200);
    portal.emulator.remove_member(portal.emulator.group_named(TEAM), portal.emulator.person_named("Radia Perlman"));
    portal.advance(jiff::SignedDuration::from_secs(16 * 60));
    let grace = portal.sign_in("Grace Hopper").await;

    for sort in ["ends", "lately"] {
        assert_eq!(names(&sorted(&portal, &grace, sort).await), ["Alan Turing"], "{sort}");
    }
    adds(&portal, &grace, TEAM, "Ken Thompson", "").await.answers(200);
    assert_eq!(names(&sorted(&portal, &grace, "lately").await), ["Ken Thompson", "Alan Turing"]);
}

#[tokio::test]
async fn a_page_of_an_order_costs_one_call_and_one_statement_more() {
    let (portal, grace) = three().await;
    sorted(&portal, &grace, "ends").await;

    for sort in ["ends", "lately"] {
        portal.emulator.forget_calls();
        let before = portal.app.store.statements();
        sorted(&portal, &grace, sort).await;
        let statements = portal.app.store.statements() - before;

        let calls = portal.emulator.calls();
        let batches = calls.iter().filter(|call| call.path == "/$batch").count();
        assert_eq!((batches, calls.len()), (1, 1 + 3), "{sort}: one call, in which three people are asked for");
        assert!(statements <= 7, "{sort}: {statements}");
    }
}

#[tokio::test]
async fn an_order_without_anybody_says_so_and_a_made_up_place_is_not_found() {
    let (portal, grace) = grace().await;

    sorted(&portal, &grace, "ends").await.shows("Nobody here has a membership with an end");
    sorted(&portal, &grace, "lately").await.shows("Nobody here was let in by Roster");
    let other = sorted(&portal, &grace, "shoe-size").await;
    let searched = grace.visit(&owned(&portal, TEAM, "/members?sort=ends&q=franc")).await;
    let away = grace.visit(&owned(&portal, TEAM, "/members?sort=ends&after=nowhere")).await;

    assert!(names(&other).contains(&"Frances Allen".to_owned()), "{}", other.text());
    assert_eq!(names(&searched), ["Frances Allen"]);
    away.answers(404);
}
