//! Finding a group.

mod finding;
mod hidden;
mod odd_words;

use crate::support::portal::Portal;

#[tokio::test]
async fn the_groups_that_take_part_are_listed_by_name_and_no_others() {
    let portal = Portal::start().await;
    let alan = portal.sign_in("Alan Turing").await;

    let page = alan.visit("/groups").await;

    let names = page.all("main .list .title a");
    let expected = ["Compiler Team", "Cryptography Research", "Data Platform", "Flight Dynamics", "Network Operations"];
    assert_eq!(names[..5], expected);
    assert_eq!(names.len(), 6);
}

#[tokio::test]
async fn a_search_finds_words_of_names_and_descriptions() {
    let portal = Portal::start().await;
    let alan = portal.sign_in("Alan Turing").await;
    let page = alan.visit("/groups").await;

    let found = alan.submit(&page, "Search", &[("q", "DATA wareh")]).await;

    assert_eq!(found.heading(), "1 group matches “DATA wareh”");
    assert_eq!(found.all("main .list .title a"), ["Data Platform"]);
    assert_eq!(found.field("q").as_deref(), Some("DATA wareh"));
}

#[tokio::test]
async fn a_search_that_finds_nothing_says_what_to_do() {
    let portal = Portal::start().await;
    let alan = portal.sign_in("Alan Turing").await;

    let page = alan.visit("/groups?q=xylophone").await;

    page.answers(200);
    page.shows("Try fewer words, or only the beginning of a word.");
    assert_eq!(page.link("See all 6 groups").as_deref(), Some("/groups"));
}

#[tokio::test]
async fn odd_addresses_of_the_list_are_read_kindly() {
    let portal = Portal::start().await;
    let alan = portal.sign_in("Alan Turing").await;
    let long = format!("/groups?q={}", "a".repeat(5000));

    for path in [
        "/groups?page=-1",
        "/groups?after=nonsense&before=%00",
        "/groups?after=______________________8",
        "/groups?before=______________________8",
        "/groups?kind=&join=none",
        "/groups?show=everything",
        "/groups?q=%00%ff%27%22%3Cscript%3E",
        "/groups?q=%25%5F%5C",
        "/groups?q=a&q=b",
        long.as_str(),
    ] {
        let page = alan.visit(path).await;

        assert!(page.status == 200 || page.status == 400, "{path}: {}", page.status);
        assert!(page.all("main script").is_empty(), "{path}");
    }
}

#[tokio::test]
async fn a_member_sees_where_they_belong() {
    let portal = Portal::start().await;
    let frances = portal.sign_in("Frances Allen").await;

    let mine = frances.visit("/groups?show=mine").await;
    let group = frances.visit(&portal.group("Compiler Team")).await;

    assert_eq!(mine.all("main .list .title a"), ["Compiler Team", "Reading Circle"]);
    assert_eq!(mine.tags(), ["You are a member", "You are a member"]);
    group.shows("You are a direct member of this group.");
    assert!(group.link("Leave group").is_some());
}

#[tokio::test]
async fn a_group_says_who_owns_it_and_what_joining_gives() {
    let portal = Portal::start().await;
    let alan = portal.sign_in("Alan Turing").await;

    let page = alan.visit(&portal.group("Flight Dynamics")).await;

    assert_eq!(page.heading(), "Flight Dynamics");
    page.shows("Katherine Johnson");
    page.shows("What Flight Dynamics gives.");
    page.shows("Microsoft 365 group");
    page.shows("Everyone but guests can ask");
}

#[tokio::test]
async fn a_group_that_vanished_is_like_one_that_never_was() {
    let portal = Portal::start().await;
    let alan = portal.sign_in("Alan Turing").await;
    let path = portal.group("Flight Dynamics");
    portal.emulator.delete_group(portal.emulator.group_named("Flight Dynamics"));
    portal.refresh().await;

    let gone = alan.visit(&path).await;

    assert!(gone.status == 404 || gone.text().contains("The directory no longer knows this group."), "{}", gone.text());
    assert!(gone.link("Ask to join").is_none());
}

#[tokio::test]
async fn groups_outside_and_nonsense_are_the_same_page() {
    let portal = Portal::start().await;
    let alan = portal.sign_in("Alan Turing").await;
    let unknown = alan.visit("/groups/00000000-0000-4000-8000-000000000000").await;

    for path in [portal.group("Type Foundry"), "/groups/nonsense".to_owned(), "/groups/%00".to_owned()] {
        let page = alan.visit(&path).await;

        page.answers(404);
        assert_eq!(page.bytes(), unknown.bytes(), "{path}");
    }
}

#[tokio::test]
async fn the_list_and_the_search_never_ask_the_directory() {
    let portal = Portal::start().await;
    let alan = portal.sign_in("Alan Turing").await;
    portal.advance(jiff::SignedDuration::from_mins(30));
    portal.emulator.forget_calls();

    for path in ["/groups", "/groups?q=data", "/groups?show=security"] {
        alan.visit(path).await.answers(200);
    }

    assert_eq!(portal.calls(), (0, 0));
}

#[tokio::test]
async fn the_first_page_and_the_own_requests_do_not_ask_the_directory() {
    let portal = Portal::start().await;
    let grace = portal.sign_in("Grace Hopper").await;
    portal.emulator.forget_calls();

    for path in ["/", "/requests", "/help"] {
        grace.visit(path).await.answers(200);
    }

    assert_eq!(portal.calls(), (0, 0));
}

#[tokio::test]
async fn an_arabic_name_is_isolated_from_the_text_around_it() {
    let portal = Portal::start().await;
    portal.designate("مكتبة القرويين", &roster::domain::terms::Terms::default()).await;
    let fatima = portal.sign_in("فاطمة الفهري").await;

    let page = fatima.visit(&portal.group("مكتبة القرويين")).await;

    assert_eq!(page.all("h1 bdi"), ["مكتبة القرويين"]);
    assert!(page.all("bdi").contains(&"فاطمة الفهري".to_owned()));
}

// Somebody who was in groups read "Nothing matches", because the directory was away.
#[tokio::test]
async fn groups_of_mine_that_cannot_be_read_are_not_said_to_be_none() {
    let portal = Portal::impatient().await;
    let frances = portal.sign_in("Frances Allen").await;
    portal.advance(jiff::SignedDuration::from_secs(61));
    portal.emulator.set_down(true);

    let all = frances.visit("/groups").await;
    let mine = frances.visit("/groups?show=mine").await;

    all.answers(200);
    mine.answers(503);
    assert_eq!(mine.heading(), "The directory does not answer");
}
