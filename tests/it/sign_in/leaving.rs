//! Signing out.

use jiff::SignedDuration;

use super::is_signed_in;
use crate::support::{person::Person, portal::Portal};

/// Returns a browser that holds a copy of somebody's session.
fn thief(portal: &Portal, person: &Person) -> Person {
    let thief = portal.visitor();
    thief.jar.put("roster", &person.jar.get("roster").unwrap());
    thief
}

#[tokio::test]
async fn signing_out_ends_here_and_at_the_provider() {
    let portal = Portal::start().await;
    let alan = portal.sign_in("Alan Turing").await;
    let home = alan.visit("/").await;

    let page = alan.submit(&home, "Sign out", &[]).await;
    let next = alan.visit("/").await;

    assert_eq!(page.heading(), "You are signed out");
    assert_eq!(next.heading(), "Who are you?");
}

#[tokio::test]
async fn a_copy_of_the_cookie_is_worth_nothing_after_signing_out() {
    let portal = Portal::start().await;
    let alan = portal.sign_in("Alan Turing").await;
    let (thief, home) = (thief(&portal, &alan), alan.visit("/").await);
    let before = is_signed_in(&thief).await;

    alan.submit(&home, "Sign out", &[]).await.answers(200);

    assert!(before);
    assert!(!is_signed_in(&thief).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_that_loads_while_its_person_signs_out_does_not_bring_the_session_back() {
    let portal = Portal::start().await;
    for _ in 0..5 {
        let alan = portal.sign_in("Alan Turing").await;
        let (thief, home) = (thief(&portal, &alan), alan.visit("/").await);
        // Old enough for a page view to touch the session, so that there is something to write.
        portal.advance(SignedDuration::from_mins(6));

        let load = || async { alan.look("/groups").await.status };
        tokio::join!(load(), load(), alan.submit(&home, "Sign out", &[]), load(), load());

        assert!(!is_signed_in(&thief).await);
    }
}

#[tokio::test]
async fn a_renewal_under_way_does_not_sign_anybody_in_again() {
    let portal = Portal::start().await;
    portal.emulator.set_token_seconds(3600);
    let alan = portal.sign_in("Alan Turing").await;
    let home = alan.visit("/").await;
    portal.advance(SignedDuration::from_mins(55));
    let way = alan.look("/groups").await.location();
    let provider = alan.look(&way).await.location();
    let back = alan.look(&provider).await.location();

    alan.press(&home, "Sign out").await;
    let page = alan.visit(&back).await;

    page.answers(403);
    assert!(!is_signed_in(&alan).await);
}

#[tokio::test]
async fn signing_out_twice_is_signing_out() {
    let portal = Portal::start().await;
    let alan = portal.sign_in("Alan Turing").await;
    let home = alan.visit("/").await;
    alan.submit(&home, "Sign out", &[]).await.answers(200);

    let again = alan.submit(&home, "Sign out", &[]).await;

    assert_eq!(again.heading(), "You are signed out");
}

#[tokio::test]
async fn nobody_is_signed_out_by_a_link() {
    let portal = Portal::start().await;
    let alan = portal.sign_in("Alan Turing").await;

    let page = alan.visit("/sign-out").await;

    page.answers(405);
    assert!(is_signed_in(&alan).await);
}
