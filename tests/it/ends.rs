//! Memberships that end: for how long somebody asks, until when they belong, and what follows then.

mod by_itself;
mod changing;
mod extending;
mod removing;
mod stale;

use jiff::SignedDuration;
use roster::{
    domain::{ids::GroupId, lasting::Lasting, terms::Terms},
    features::designations::designate,
};

use crate::{
    owned::{
        import::{pastes, until},
        owned,
    },
    support::{page::Page, person::Person, portal::Portal},
};

const TEAM: &str = "Compiler Team";
const ENDS: &str = "SELECT CAST(COUNT(*) AS TEXT) FROM membership_end WHERE ends_at IS NOT NULL";
const ENDED: &str = "SELECT CAST(COUNT(*) AS TEXT) FROM event WHERE kind = 'membership.ended'";

/// Sets how long memberships of the Compiler Team last.
pub(crate) async fn lasts(portal: &Portal, lasting: Lasting) {
    let (store, id) = (&portal.app.store, GroupId(portal.emulator.group_named(TEAM)));
    let group = store.directory().group(id).await.unwrap().unwrap().group;
    let now = store.designations().find(id).await.unwrap().unwrap();
    let (admin, terms) = (portal.admin(), Terms { lasting, ..now.terms });
    assert!(designate::record(store, &group, &terms, &admin, Some(now.version), portal.clock.now()).await.unwrap());
}

/// A portal where memberships of the Compiler Team last 90 days, and 180 at most.
async fn ninety() -> (Portal, Person) {
    let portal = Portal::start().await;
    lasts(&portal, Lasting::Days { usual: 90, most: 180 }).await;
    let alan = portal.sign_in("Alan Turing").await;
    (portal, alan)
}

async fn asks(portal: &Portal, person: &Person, days: &str) -> Page {
    let form = person.visit(&format!("{}/ask", portal.group(TEAM))).await;
    person.submit(&form, "Send request", &[("reason", "I fix the register allocator."), ("days", days)]).await
}

fn days(days: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * days)
}

#[tokio::test]
async fn a_person_says_for_how_long_and_the_owner_sees_until_when() {
    let (portal, alan) = ninety().await;

    let form = alan.visit(&format!("{}/ask", portal.group(TEAM))).await;
    let asked = asks(&portal, &alan, "30").await;
    let grace = portal.sign_in("Grace Hopper").await;
    let waiting = grace.opens(&asked.id()).await;
    let answered = grace.approves(&asked.id()).await;
    let seen = alan.visit(&format!("/requests/{}", asked.id())).await;
    let members = grace.visit(&owned(&portal, TEAM, "/members")).await;
    let history = grace.visit(&owned(&portal, TEAM, "/history")).await;

    let until = portal.clock.now() + days(30);
    let until = until.to_zoned_datetime(jiff::tz::TimeZone::UTC).strftime("%-d %B").to_string();
    assert_eq!(form.field("days").as_deref(), Some("90"));
    asked.shows("30 days from an owner’s yes");
    waiting.shows(&format!("Until {until}"));
    waiting.shows(", 30 days");
    assert_eq!(answered.flash(), "Alan Turing is now a member of Compiler Team.");
    for page in [seen, history] {
        page.shows(&format!("Until {until}"));
    }
    members.shows(&until);
    assert_eq!(portal.count(ENDS).await, 1);
    portal.record_is_whole().await;
}

#[tokio::test]
async fn days_that_the_terms_do_not_give_are_named_and_nothing_typed_is_lost() {
    let (portal, alan) = ninety().await;

    for typed in ["181", "0", "many", ""] {
        let page = asks(&portal, &alan, typed).await;

        page.answers(422);
        assert_eq!(page.errors(), ["Enter a number of days from 1 to 180"], "{typed}");
        assert_eq!(page.field("days").as_deref(), Some(typed));
        assert_eq!(page.field("reason").as_deref(), Some("I fix the register allocator."));
    }
    assert_eq!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM request").await, 0);
}

#[tokio::test]
async fn terms_that_became_stricter_meanwhile_hold() {
    let (portal, alan) = ninety().await;
    let asked = asks(&portal, &alan, "180").await;
    lasts(&portal, Lasting::Days { usual: 7, most: 14 }).await;

    let grace = portal.sign_in("Grace Hopper").await;
    let waiting = grace.opens(&asked.id()).await;
    grace.approves(&asked.id()).await.answers(200);

    waiting.shows(", 14 days");
    let end = "SELECT CAST(ends_at AS TEXT) FROM membership_end";
    let (end, now) = (portal.count(end).await, portal.clock.now().as_millisecond());
    assert!((end - now - 14 * 86_400_000).abs() < 60_000, "{end} {now}");
}

#[tokio::test]
async fn where_memberships_last_for_ever_nobody_is_asked_for_days() {
    let portal = Portal::start().await;
    let alan = portal.sign_in("Alan Turing").await;

    let form = alan.visit(&format!("{}/ask", portal.group(TEAM))).await;
    let asked = alan.asks(&portal, TEAM, "I fix the register allocator.").await;
    let grace = portal.sign_in("Grace Hopper").await;
    grace.approves(&asked.id()).await.answers(200);

    assert_eq!(form.field("days"), None);
    assert_eq!(portal.count(ENDS).await, 0);
}

#[tokio::test]
async fn an_owner_who_adds_somebody_says_for_how_long() {
    let (portal, _) = ninety().await;
    let grace = portal.sign_in("Grace Hopper").await;
    let form = grace.visit(&owned(&portal, TEAM, "/members/add?q=Alan")).await;
    let id = portal.emulator.person_named("Alan Turing").to_string();

    let slipped = grace.submit(&form, "Add to group", &[("person", &id), ("days", "500")]).await;
    let added = grace.submit(&slipped, "Add to group", &[("person", &id), ("days", "5")]).await;

    assert_eq!(form.field("days").as_deref(), Some("90"));
    slipped.answers(422);
    assert_eq!(slipped.errors(), ["Enter a number of days from 1 to 180"]);
    assert_eq!(slipped.field("days").as_deref(), Some("500"));
    assert_eq!(added.flash(), "Alan Turing is now a member of Compiler Team.");
    added.shows("Ends soon");
    assert_eq!(portal.count(ENDS).await, 1);
}

#[tokio::test]
async fn an_administrator_sets_how_long_memberships_last() {
    let portal = Portal::start().await;
    let ada = portal.sign_in("Ada Lovelace").await;
    let form = ada.visit(&format!("/admin{}", portal.group(TEAM))).await;

    let slipped = ada.submit(&form, "Save terms", &[("usual_days", "90"), ("most_days", "30")]).await;
    let saved = ada.submit(&slipped, "Save terms", &[("usual_days", "90"), ("most_days", "180")]).await;
    let alan = portal.sign_in("Alan Turing").await;
    let asking = alan.visit(&format!("{}/ask", portal.group(TEAM))).await;
    let history = ada.visit(&owned(&portal, TEAM, "/history")).await;

    slipped.answers(422);
    assert_eq!(slipped.errors(), ["Enter the most days of a membership, from 90 to 1826"]);
    assert_eq!(slipped.field("usual_days").as_deref(), Some("90"));
    saved.answers(200);
    assert_eq!(asking.field("days").as_deref(), Some("90"));
    history.shows("How long a membership lasts: For ever before, 90 days, at most 180 now");
}

#[tokio::test]
async fn a_list_gives_the_usual_time_and_says_so_first() {
    let (portal, _) = ninety().await;
    let grace = portal.sign_in("Grace Hopper").await;
    let people = "alan.turing@contoso.example\nfrances.allen@contoso.example";

    let looked_up = pastes(&portal, &grace, TEAM, "add", people).await;
    let preview = until(&grace, &looked_up, "Not started").await;
    let started = grace.submit(&preview, "Add one person", &[]).await;
    until(&grace, &started, "Done").await;

    preview.shows("Each membership lasts 90 days.");
    assert!(portal.is_member(TEAM, "Alan Turing"));
    assert_eq!(portal.count(ENDS).await, 1, "who was a member before has no end");
}
