//! An owner changes when a membership ends: earlier, later, or never.

use jiff::{Timestamp, tz::TimeZone};
use roster::domain::lasting::Lasting;

use super::{ENDS, TEAM, asks, days, lasts, ninety};
use crate::{
    owned::owned,
    support::{emulator, page::Page, person::Person, portal::Portal},
};

/// A portal where Alan Turing was given the Compiler Team for thirty days by Grace Hopper.
async fn given() -> (Portal, Person) {
    let (portal, alan) = ninety().await;
    let asked = asks(&portal, &alan, "30").await;
    let grace = portal.sign_in("Grace Hopper").await;
    emulator::rest(&portal.emulator);
    grace.approves(&asked.id()).await.answers(200);
    emulator::rest(&portal.emulator);
    (portal, grace)
}

fn path(portal: &Portal, person: &str) -> String {
    owned(portal, TEAM, &format!("/members/{}/end", portal.emulator.person_named(person)))
}

/// Returns a day so many days from now, as forms take it.
fn day(portal: &Portal, from_now: i64) -> String {
    (portal.clock.now() + days(from_now)).to_zoned_datetime(TimeZone::UTC).date().to_string()
}

async fn changes(portal: &Portal, owner: &Person, until: &str, reason: &str) -> Page {
    emulator::rest(&portal.emulator);
    let form = owner.visit(&path(portal, "Alan Turing")).await;
    let page = owner.submit(&form, "Change the end", &[("until", until), ("reason", reason)]).await;
    emulator::rest(&portal.emulator);
    page
}

async fn end(portal: &Portal) -> Option<Timestamp> {
    let ends_at = portal.database.text("SELECT COALESCE(CAST(ends_at AS TEXT), '') FROM membership_end").await;
    ends_at.parse().ok().map(|ms| Timestamp::from_millisecond(ms).unwrap())
}

#[tokio::test]
async fn an_owner_changes_an_end_and_says_why() {
    let (portal, grace) = given().await;
    let members = grace.visit(&owned(&portal, TEAM, "/members")).await;
    let form = grace.follow(&members, "Change Alan Turing").await;

    for from_now in [5, 120] {
        let until = day(&portal, from_now);
        let after = changes(&portal, &grace, &until, "The project goes on until then.").await;

        assert_eq!(after.flash(), "The end of the membership of Alan Turing in Compiler Team is changed.");
        let said = end(&portal).await.unwrap().to_zoned_datetime(TimeZone::UTC);
        assert_eq!((said.date().to_string(), said.hour()), (until, 23));
    }
    let history = grace.visit(&owned(&portal, TEAM, "/history")).await;

    assert_eq!(form.field("until").as_deref(), Some(day(&portal, 30).as_str()));
    history.shows("Grace Hopper changed the end of the membership of Alan Turing");
    history.shows("The project goes on until then.");
    portal.record_is_whole().await;
}

#[tokio::test]
async fn what_is_wrong_with_an_end_is_said_and_nothing_typed_is_lost() {
    let (portal, grace) = given().await;
    let (yesterday, late) = (day(&portal, -1), day(&portal, 181));

    for (until, said) in [
        (yesterday.as_str(), "Enter a day that is not over"),
        (&late, "Enter a day that is not later than"),
        ("", "Enter the last day as year, month and day"),
        ("soon", "Enter the last day as year, month and day"),
    ] {
        let page = changes(&portal, &grace, until, "Why not.").await;

        page.answers(422);
        assert!(page.errors()[0].starts_with(said), "{until}: {:?}", page.errors());
        assert_eq!(page.field("until").as_deref(), Some(until));
        assert_eq!(page.field("reason").as_deref(), Some("Why not."));
    }
    let silent = changes(&portal, &grace, &day(&portal, 60), " ").await;
    assert_eq!(silent.errors(), ["Enter a reason for changing the end"]);
    assert_eq!(portal.count("SELECT CAST(version AS TEXT) FROM membership_end").await, 1);
}

#[tokio::test]
async fn an_end_is_taken_away_only_where_memberships_last_for_ever() {
    let (portal, grace) = given().await;
    changes(&portal, &grace, "", "For good.").await.answers(422);
    lasts(&portal, Lasting::ForEver).await;

    let after = changes(&portal, &grace, "", "For good.").await;
    let again = grace.follow(&after, "Set an end Alan Turing").await;
    let set = grace.submit(&again, "Change the end", &[("until", &day(&portal, 400)), ("reason", "After all.")]).await;

    assert_eq!(after.flash(), "The membership of Alan Turing in Compiler Team has no end any more.");
    assert_eq!(again.field("until").as_deref(), Some(""));
    assert!(set.flash().starts_with("The end of the membership"), "{}", set.text());
    assert_eq!(portal.count(ENDS).await, 1);
}

#[tokio::test]
async fn of_two_who_change_an_end_the_later_one_is_told_and_a_double_click_counts_once() {
    let (portal, grace) = given().await;
    let form = grace.visit(&path(&portal, "Alan Turing")).await;
    let barbara = portal.sign_in("Mary Jackson").await;
    let first = changes(&portal, &barbara, &day(&portal, 10), "Earlier.").await;
    let (until, other) = (day(&portal, 10), day(&portal, 20));

    emulator::rest(&portal.emulator);
    let late = grace.submit(&form, "Change the end", &[("until", &other), ("reason", "Later.")]).await;
    emulator::rest(&portal.emulator);
    let same = grace.submit(&form, "Change the end", &[("until", &until), ("reason", "The same.")]).await;

    first.answers(200);
    late.answers(409);
    late.shows("This changed since you opened the page.");
    same.answers(200);
    assert_eq!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM event WHERE kind = 'membership.end_changed'").await, 1);
}

#[tokio::test]
async fn who_came_before_roster_and_the_owner_themself_get_no_end_here() {
    let (portal, grace) = given().await;
    let members = grace.visit(&owned(&portal, TEAM, "/members")).await;

    let before = grace.visit(&path(&portal, "Frances Allen")).await;
    let own = grace.visit(&path(&portal, "Grace Hopper")).await;
    let alan = portal.sign_in("Alan Turing").await;

    assert!(members.link("Set an end Frances Allen").is_none());
    before.shows("Roster did not give this membership");
    own.shows("Another owner decides when your own membership ends.");
    assert!(!before.has_button("Change the end") && !own.has_button("Change the end"));
    alan.visit(&path(&portal, "Alan Turing")).await.answers(404);
}

#[tokio::test]
async fn a_later_end_takes_a_removal_back_that_nobody_has_begun() {
    let (portal, _) = given().await;
    portal.advance(days(31));
    portal.due_work().await;
    let grace = portal.sign_in("Grace Hopper").await;

    let after = changes(&portal, &grace, &day(&portal, 30), "She stays a month longer.").await;
    portal.due_work().await;

    assert!(after.flash().starts_with("The end of the membership"), "{}", after.text());
    assert_eq!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM operation WHERE state = 'unknown'").await, 0);
    assert!(portal.is_member(TEAM, "Alan Turing"));
    let history = grace.visit(&owned(&portal, TEAM, "/history")).await;
    history.shows("The membership of Alan Turing goes on");
}

#[tokio::test]
async fn memberships_that_end_soon_are_counted_among_the_groups_and_written_into_the_file() {
    let (portal, grace) = given().await;
    let far = grace.visit("/owned").await;
    changes(&portal, &grace, &day(&portal, 5), "Earlier.").await.answers(200);

    let soon = grace.visit("/owned").await;
    let file = grace.visit(&owned(&portal, TEAM, "/members.csv")).await;

    far.hides("One membership ends within two weeks");
    soon.shows("One membership ends within two weeks");
    let row = file.body.lines().find(|line| line.contains("Alan Turing")).unwrap();
    assert!(
        row.trim_end().ends_with(&format!("{}T23:59:59Z", day(&portal, 5))) || row.contains(&day(&portal, 5)),
        "{row}"
    );
}

#[tokio::test]
async fn nobody_is_given_longer_by_an_owner_who_has_not_accepted_the_responsibilities() {
    let (portal, grace) = given().await;
    let ada = portal.sign_in("Ada Lovelace").await;
    let form = ada.visit("/admin/responsibilities").await;
    ada.submit(&form, "Save and publish", &[("text", "Answer soon."), ("days", "0")]).await.answers(200);
    let before = end(&portal).await;

    let later = changes(&portal, &grace, &day(&portal, 60), "Longer.").await;

    later.answers(409);
    later.shows("You have not accepted the responsibilities of owners yet.");
    assert_eq!(end(&portal).await, before);
    changes(&portal, &grace, &day(&portal, 5), "Shorter.").await.answers(200);
}
