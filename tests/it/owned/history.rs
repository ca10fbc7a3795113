//! The history of a group: what happened in words, narrowed, leafed through, and seen by whom it may be.

use jiff::SignedDuration;

use crate::{
    owned::{adds, grace, owned, removes},
    support::{page::Page, person::Person, portal::Portal, steps::Asked},
};

const TEAM: &str = "Compiler Team";

async fn history(portal: &Portal, person: &Person, query: &str) -> Page {
    person.visit(&owned(portal, TEAM, &format!("/history{query}"))).await
}

/// Returns the lines, newest first.
fn lines(page: &Page) -> Vec<String> {
    page.all("main .timeline > li")
}

/// Returns whether some line says all of this.
fn says(page: &Page, words: &[&str]) -> bool {
    lines(page).iter().any(|line| words.iter().all(|word| line.contains(word)))
}

async fn views(portal: &Portal) -> i64 {
    portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM event WHERE kind = 'reasons.viewed'").await
}

/// A request that was approved, a direct add and removal, a pause and other terms.
async fn eventful() -> Asked {
    let asked = Asked::start().await;
    let (portal, grace) = (&asked.portal, &asked.grace);
    let form = grace.opens(&asked.request).await;
    grace.submit(&form, "Approve request", &[("message", "Welcome aboard.")]).await.answers(200);
    adds(portal, grace, TEAM, "Radia Perlman", "She reviews the parser.").await.answers(200);
    removes(portal, grace, TEAM, "Frances Allen", "She moved to another team.").await.answers(200);
    let ada = portal.sign_in("Ada Lovelace").await;
    let form = ada.visit(&format!("/admin{}", portal.group(TEAM))).await;
    ada.submit(&form, "Save terms", &[("open_days", "30")]).await.answers(200);
    portal.pause(TEAM).await;
    asked
}

#[tokio::test]
async fn owners_read_what_happened_newest_first_with_who_and_why() {
    let asked = eventful().await;

    let page = history(&asked.portal, &asked.grace, "").await;

    let all = lines(&page);
    assert!(all[0].starts_with("Ada Lovelace paused requests"), "{all:#?}");
    assert!(all[all.len() - 1].starts_with("Ada Lovelace let the group take part"), "{all:#?}");
    for line in [
        &["Alan Turing asked to join", "I fix the register allocator."][..],
        &["Grace Hopper approved the request of Alan Turing", "Welcome aboard."],
        &["Alan Turing became a member", "Carried out by Grace Hopper"],
        &["Grace Hopper added Radia Perlman", "She reviews the parser."],
        &["Grace Hopper removed Frances Allen", "She moved to another team."],
        &["Frances Allen ceased to be a member"],
        &["Ada Lovelace changed the terms", "Days a request waits for an answer: 14 before, 30 now"],
    ] {
        assert!(says(&page, line), "{line:?} is missing: {all:#?}");
    }
    assert_eq!(views(&asked.portal).await, 0, "an owner's look is no event");
}

#[tokio::test]
async fn a_history_is_narrowed_by_kind_person_and_day_and_the_address_says_so() {
    let asked = eventful().await;
    let (portal, grace) = (&asked.portal, &asked.grace);

    let page = history(portal, grace, "").await;
    let terms = history(portal, grace, "?kind=terms").await;
    let alan = grace.submit(&page, "Show", &[("q", "TURING alan")]).await;
    let both = grace.submit(&terms, "Show", &[("q", "ada")]).await;
    let nobody = grace.submit(&page, "Show", &[("q", "quantum")]).await;
    let early = grace.submit(&page, "Show", &[("to", "2020-01-01")]).await;
    let late = grace.submit(&page, "Show", &[("from", "2020-01-01"), ("to", "2199-12-31")]).await;

    assert_eq!(lines(&terms).len(), 3);
    assert_eq!(lines(&alan).len(), 3, "asked, approved, added: {:#?}", lines(&alan));
    assert!(both.url.query().unwrap().contains("kind=terms") && both.url.query().unwrap().contains("q=ada"));
    assert_eq!(lines(&both).len(), 3);
    nobody.shows("Nothing matches");
    early.shows("Nothing matches");
    assert_eq!(lines(&late), lines(&page));
    assert_eq!(late.field("from").as_deref(), Some("2020-01-01"));
    let all = grace.follow(&nobody, "Clear").await;
    assert_eq!(lines(&all), lines(&page));
}

#[tokio::test]
async fn a_filter_that_cannot_be_is_said_and_a_made_up_one_leads_nowhere() {
    let (portal, grace) = grace().await;

    for (query, slip) in [
        ("?from=yesterday", "Enter a day as year, month and day, such as 2026-11-26"),
        ("?to=2026-02-30", "Enter a day as year, month and day, such as 2026-11-26"),
        ("?from=2026-11-26&to=2026-11-25", "Enter a day that is not before the first one"),
    ] {
        for page in ["/history", "/history.csv"] {
            let page = grace.visit(&owned(&portal, TEAM, &format!("{page}{query}"))).await;
            page.answers(422);
            assert_eq!(page.errors(), [slip], "{query}");
        }
    }
    for query in ["?kind=everything", "?before=0", "?before=-1", "?after=x", "?before=1&after=2", "?before=1%27"] {
        history(&portal, &grace, query).await.answers(404);
    }
    for query in ["?q=%25", "?q=%27%22%3Cb%3E", "?from=0001-01-01&to=9999-12-31", "?before=9223372036854775807"] {
        history(&portal, &grace, query).await.answers(200);
    }
    history(&portal, &grace, &format!("?q={}", "x".repeat(3000))).await.shows("Nothing matches");
}

#[tokio::test]
async fn a_long_history_is_leafed_through_in_both_directions() {
    let (portal, grace) = grace().await;
    let team = roster::domain::ids::GroupId(portal.emulator.group_named(TEAM));
    for _ in 0..130 {
        let event = roster::domain::event::Event::new(
            roster::domain::event::EventKind::DesignationResumed,
            Some(portal.admin()),
            portal.clock.now(),
        );
        portal.app.store.histories().note(&event.group(team)).await.unwrap();
    }

    let first = history(&portal, &grace, "?kind=terms").await;
    let second = grace.follow(&first, "Older").await;
    let third = grace.follow(&second, "Older").await;
    let back = grace.follow(&third, "Newer").await;
    let start = grace.follow(&back, "Newer").await;

    assert_eq!([&first, &second, &third].map(|page| lines(page).len()), [50, 50, 31]);
    assert!(third.link("Older").is_none() && first.link("Newer").is_none());
    assert_eq!(lines(&back), lines(&second));
    assert_eq!(back.link("Older"), second.link("Older"));
    assert_eq!((lines(&start), start.link("Newer")), (lines(&first), None));
}

#[tokio::test]
async fn that_others_read_what_people_wrote_is_an_event_once_an_hour() {
    let asked = eventful().await;
    let portal = &asked.portal;
    let ada = portal.sign_in("Ada Lovelace").await;

    history(portal, &ada, "?kind=terms").await.answers(200);
    assert_eq!(views(portal).await, 0, "nobody wrote any of it");
    for _ in 0..3 {
        history(portal, &ada, "").await.answers(200);
    }
    assert_eq!(views(portal).await, 1);
    ada.visit(&owned(portal, TEAM, "/members")).await.shows("She reviews the parser.");
    assert_eq!(views(portal).await, 1, "the members’ reasons are of the same view");
    portal.advance(SignedDuration::from_mins(61));
    let joan = portal.sign_in("Joan Clarke").await;
    joan.visit(&owned(portal, TEAM, "/members")).await.shows("She reviews the parser.");
    assert_eq!(views(portal).await, 2, "an auditor reads them too");
    let ada = portal.sign_in("Ada Lovelace").await;
    let page = history(portal, &ada, "").await;

    assert_eq!(views(portal).await, 3);
    page.shows("Whoever reads what other people wrote without owning the group is recorded here.");
    let owner = portal.sign_in("Grace Hopper").await;
    assert!(says(&history(portal, &owner, "?kind=looks").await, &["Ada Lovelace read what people wrote here"]));
    portal.record_is_whole().await;
}

#[tokio::test]
async fn nobody_else_learns_that_there_is_a_history() {
    let (portal, _) = grace().await;
    let alan = portal.sign_in("Alan Turing").await;
    let dorothy = portal.sign_in("Dorothy Vaughan").await;

    for page in ["/history", "/history.csv", "/members.csv"] {
        for person in [&alan, &dorothy] {
            let found = person.visit(&owned(&portal, TEAM, page)).await;
            let missing = person.visit(&format!("/owned/00000000-0000-0000-0000-00000000abcd{page}")).await;
            found.answers(404);
            missing.answers(404);
            assert_eq!(found.bytes(), missing.bytes(), "{page}");
        }
    }
    assert_eq!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM event WHERE kind LIKE '%exported'").await, 0);
}

#[tokio::test]
async fn a_page_with_changes_outside_costs_one_statement_more_whatever_their_number() {
    let (portal, grace) = grace().await;
    let team = portal.emulator.group_named(TEAM);
    for name in ["Alan Turing", "Radia Perlman"] {
        portal.emulator.add_owner(team, portal.emulator.person_named(name));
    }
    portal.emulator.change_group(team, |group| group.description = Some("Other words.".to_owned()));
    portal.refresh().await;

    history(&portal, &grace, "").await.answers(200);
    let before = portal.app.store.statements();
    let page = history(&portal, &grace, "?kind=outside").await;
    let statements = portal.app.store.statements() - before;

    assert!(says(&page, &["Alan Turing became an owner outside Roster", "Seen "]), "{:#?}", lines(&page));
    assert_eq!(lines(&page).len(), 3);
    assert_eq!(statements, 2 + 3);
}
