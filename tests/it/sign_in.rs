//! Signing in and out, through the provider's own pages.

mod challenges;
mod kept_forms;
mod leaving;
mod provider_trouble;
mod renewal;

use crate::support::{page::Page, person::Person, portal::Portal};

/// Returns the address that the provider sends a browser back to, without opening it.
async fn on_the_way_back(person: &Person, path: &str, name: &str) -> String {
    let page = person.visit(path).await;
    person.press(&page, name).await.location()
}

/// Returns whether a page is open to whoever asks, without following anything.
async fn is_signed_in(person: &Person) -> bool {
    person.look("/").await.status == 200
}

fn is_too_late(page: &Page) {
    page.answers(403);
    page.shows("This sign-in took too long, was used before, or began in another browser.");
}

#[tokio::test]
async fn whoever_asked_for_a_page_gets_it_after_signing_in() {
    let portal = Portal::start().await;

    let (_, page) = portal.sign_in_at("/groups?q=data&show=security", "Alan Turing").await;

    assert_eq!((page.path(), page.url.query()), ("/groups", Some("q=data&show=security")));
    assert_eq!(page.field("q").as_deref(), Some("data"));
}

#[tokio::test]
async fn addresses_of_others_are_not_returned_to() {
    let portal = Portal::start().await;

    for target in ["//evil.example", "https://evil.example/", "/%5cevil.example", "/\\evil.example", "/sign-out"] {
        let query: String = url::form_urlencoded::byte_serialize(target.as_bytes()).collect();
        let (_, page) = portal.sign_in_at(&format!("/sign-in?return_to={query}"), "Alan Turing").await;

        assert_eq!(page.url.origin().ascii_serialization(), portal.address, "{target}");
    }
}

#[tokio::test]
async fn every_page_asks_for_a_sign_in_first() {
    let portal = Portal::start().await;
    let visitor = portal.visitor();
    let group = portal.group("Compiler Team");

    for path in ["/", "/groups", &group, "/requests", "/approvals", "/memberships", "/admin/groups", "/help"] {
        let page = visitor.look(path).await;

        assert_eq!(page.status, 303, "{path}");
        assert!(page.location().starts_with("/sign-in?return_to=%2F"), "{path}: {}", page.location());
    }
}

#[tokio::test]
async fn a_sign_in_that_began_in_another_browser_is_worth_nothing() {
    let portal = Portal::start().await;
    let (alan, mallory) = (portal.visitor(), portal.visitor());
    mallory.visit("/").await;
    let back = on_the_way_back(&alan, "/", "Alan Turing").await;

    let page = mallory.visit(&back).await;

    is_too_late(&page);
    assert!(!is_signed_in(&mallory).await);
}

#[tokio::test]
async fn the_way_back_works_once() {
    let portal = Portal::start().await;
    let alan = portal.visitor();
    let back = on_the_way_back(&alan, "/groups", "Alan Turing").await;

    let first = alan.visit(&back).await;
    let again = alan.visit(&back).await;
    alan.jar.drop("roster");
    let without_session = alan.visit(&back).await;

    assert_eq!((first.path(), again.path()), ("/groups", "/"));
    is_too_late(&without_session);
}

#[tokio::test]
async fn a_sign_in_takes_twenty_minutes_at_most() {
    let portal = Portal::start().await;
    let alan = portal.visitor();
    let page = alan.visit("/").await;
    portal.clock.advance(jiff::SignedDuration::from_mins(21));

    let late = alan.choose(&page, "Alan Turing").await;

    is_too_late(&late);
}

#[tokio::test]
async fn two_tabs_that_sign_in_at_once_both_arrive() {
    let portal = Portal::start().await;
    let alan = portal.visitor();
    let (one, two) = (alan.visit("/groups").await, alan.visit("/requests").await);

    let first = alan.choose(&one, "Alan Turing").await;
    let second = alan.choose(&two, "Alan Turing").await;

    assert_eq!((first.path(), second.path()), ("/groups", "/requests"));
}

#[tokio::test]
async fn a_session_that_was_planted_is_not_the_one_that_is_opened() {
    let portal = Portal::start().await;
    let mallory = portal.sign_in("Mary Jackson").await;
    let planted = mallory.jar.get("roster").unwrap();
    let alan = portal.visitor();
    let page = alan.visit("/sign-in").await;
    alan.jar.put("roster", &planted);

    alan.choose(&page, "Alan Turing").await.answers(200);

    assert_ne!(alan.jar.get("roster").unwrap(), planted);
    assert!(!mallory.look("/").await.text().contains("Alan"));
}

#[tokio::test]
async fn another_person_in_the_same_browser_gets_a_session_of_their_own() {
    let portal = Portal::start().await;
    let person = portal.sign_in("Alan Turing").await;
    let before = person.jar.get("roster").unwrap();

    let choose = person.visit("/sign-in?how=choose").await;
    let home = person.choose(&choose, "Grace Hopper").await;

    assert_eq!(home.heading(), "Hello Grace");
    assert_ne!(person.jar.get("roster").unwrap(), before);
}

#[tokio::test]
async fn a_script_is_told_plainly_that_nobody_is_signed_in() {
    let portal = Portal::start().await;
    let visitor = portal.visitor();

    let got = visitor.raw(reqwest::Method::GET, "/groups", &[("sec-fetch-dest", "empty")], None).await;
    let headers = [("sec-fetch-dest", "empty"), ("origin", portal.address.as_str())];
    let posted = visitor.post_raw("/theme", &headers, "theme=dark").await;

    assert_eq!((got.status.as_u16(), posted.status.as_u16()), (401, 401));
    assert_eq!(got.header("location"), "");
}

#[tokio::test]
async fn a_sign_in_without_state_or_with_nonsense_is_refused() {
    let portal = Portal::start().await;
    let visitor = portal.visitor();
    visitor.visit("/").await;

    for query in ["", "?code=x", "?state=x", "?code=x&state=x", "?error=access_denied", "?state=%00&code=%ff"] {
        is_too_late(&visitor.visit(&format!("/sign-in/callback{query}")).await);
    }
    assert!(!is_signed_in(&visitor).await);
}

#[tokio::test]
async fn localhost_and_its_number_are_one_portal() {
    let portal = Portal::start().await;
    let other = portal.address.replace("127.0.0.1", "localhost");

    let page = portal.visitor().look(&format!("{other}/sign-in?return_to=%2Fgroups")).await;

    assert_eq!(page.location(), format!("{}/sign-in?return_to=%2Fgroups", portal.address));
}
