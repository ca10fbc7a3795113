//! The list of groups: words with a mistake, filters, and pages by key.

use roster::domain::terms::Terms;
use roster_emulator::{Company, Group};
use uuid::Uuid;

use crate::support::portal::{Portal, Setup};

/// A portal in which some fifty tribes take part, beside the usual groups.
async fn many() -> Portal {
    let mut company = Company::contoso();
    let grace = company.people.iter().find(|person| person.display_name == "Grace Hopper").unwrap().id;
    let tribe = |n: u128| Group::security(Uuid::from_u128(0x7ea0 + n), &format!("Tribe {n:02}")).owned_by(&[grace]);
    company.groups.extend((1..=50).map(tribe));
    company.groups.push(Group::security(Uuid::from_u128(0x7eff), "Alpha Tribe"));
    let portal = Setup { company, ..Setup::default() }.start().await;
    for n in 1..=50 {
        portal.designate(&format!("Tribe {n:02}"), &Terms::default()).await;
    }
    portal
}

#[tokio::test]
async fn a_mistyped_word_finds_what_is_similar_and_says_so() {
    let portal = Portal::start().await;
    let alan = portal.sign_in("Alan Turing").await;

    let found = alan.visit("/groups?q=Compilre+taem").await;
    let similar = alan.visit("/groups?q=netwrok").await;

    assert_eq!(found.heading(), "No group matches “Compilre taem”");
    assert_eq!(similar.heading(), "No group matches “netwrok”");
    assert_eq!(similar.all("main h2"), ["1 group is similar"]);
    assert_eq!(similar.all("main .list .title a"), ["Network Operations"]);
    assert_eq!(similar.field("q").as_deref(), Some("netwrok"));
}

#[tokio::test]
async fn one_leafs_to_the_end_and_back_and_sees_every_group_once() {
    let portal = many().await;
    let alan = portal.sign_in("Alan Turing").await;
    let first = alan.visit("/groups?q=tribe").await;

    let second = alan.follow(&first, "Next").await;
    let third = alan.follow(&second, "Next").await;
    let back = alan.follow(&third, "Previous").await;

    let names = |page: &crate::support::page::Page| page.all("main .list .title a");
    assert_eq!(first.heading(), "50 groups match “tribe”");
    assert_eq!((names(&first).len(), names(&second).len(), names(&third).len()), (20, 20, 10));
    assert_eq!(names(&first)[..2], ["Tribe 01", "Tribe 02"]);
    assert_eq!(names(&third)[9], "Tribe 50");
    assert_eq!(names(&back), names(&second));
    assert_eq!(second.all("main .pager span"), ["21–40 of 50"]);
    assert!(third.link("Next").is_none() && first.link("Previous").is_none());
}

#[tokio::test]
async fn the_next_page_goes_on_where_one_was_when_groups_came_meanwhile() {
    let portal = many().await;
    let alan = portal.sign_in("Alan Turing").await;
    let first = alan.visit("/groups?q=tribe").await;
    portal.designate("Alpha Tribe", &Terms::default()).await;

    let second = alan.follow(&first, "Next").await;

    assert_eq!(first.all("main .list .title a")[19], "Tribe 20");
    assert_eq!(second.all("main .list .title a")[0], "Tribe 21");
    assert_eq!(second.all("main .pager span"), ["22–41 of 51"]);
}

#[tokio::test]
async fn filters_narrow_the_list_and_are_taken_away_again() {
    let portal = Portal::start().await;
    let alan = portal.sign_in("Alan Turing").await;
    let all = alan.visit("/groups").await;

    let guests = alan.follow(&all, "Guests can ask").await;
    let both = alan.follow(&guests, "Microsoft 365").await;
    let searched = alan.submit(&both, "Search", &[("q", "circle")]).await;
    let wider = alan.follow(&both, "Microsoft 365").await;

    assert_eq!(guests.heading(), "1 group is like that");
    assert_eq!(guests.all("main .list .title a"), ["Reading Circle"]);
    assert_eq!(guests.all("main .chip[aria-current]"), ["Guests can ask (take this filter away)"]);
    assert_eq!(both.url.query(), Some("kind=microsoft365&join=guests"));
    assert_eq!(searched.heading(), "1 group matches “circle”");
    assert_eq!(wider.url.query(), Some("join=guests"));
}

#[tokio::test]
async fn a_paused_group_takes_no_requests_and_a_filter_that_finds_nothing_is_not_offered() {
    let portal = Portal::start().await;
    let (alan, ada) = (portal.sign_in("Alan Turing").await, portal.sign_in("Ada Lovelace").await);
    let before = alan.visit("/groups?join=guests").await;
    let group = ada.visit(&format!("/admin{}", portal.group("Reading Circle"))).await;

    ada.submit(&group, "Pause requests", &[]).await.answers(200);

    let after = alan.visit("/groups").await;
    assert!(before.link("Guests can ask").is_some());
    assert!(after.link("Guests can ask").is_none());
    assert!(after.link("Takes requests").is_some());
    assert_eq!(after.all("main .list .title a").len(), 6);
    assert_eq!(alan.visit("/groups?join=open").await.all("main .list .title a").len(), 5);
}

#[tokio::test]
async fn administrators_search_all_groups_in_the_same_way() {
    let portal = Portal::start().await;
    let ada = portal.sign_in("Ada Lovelace").await;

    let found = ada.visit("/admin/groups?q=tpye+foundry").await;

    assert_eq!(found.all("main tbody a"), ["Type Foundry"]);
    found.shows("similar to the words");
}
