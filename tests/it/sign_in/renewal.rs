//! How long a sign-in lasts, and how it is renewed.

use jiff::SignedDuration;

use super::is_signed_in;
use crate::support::portal::Portal;

fn minutes(minutes: i64) -> SignedDuration {
    SignedDuration::from_mins(minutes)
}

#[tokio::test]
async fn a_session_ends_after_an_hour_without_a_visit() {
    let portal = Portal::start().await;
    let alan = portal.sign_in("Alan Turing").await;
    portal.advance(minutes(61));

    let page = alan.look("/groups").await;

    assert_eq!(page.location(), "/sign-in?return_to=%2Fgroups");
}

#[tokio::test]
async fn a_renewal_asks_nobody_and_keeps_the_session() {
    let portal = Portal::start().await;
    portal.emulator.set_token_seconds(3600);
    let alan = portal.sign_in("Alan Turing").await;
    let session = alan.jar.get("roster");
    portal.advance(minutes(55));

    let way = alan.look("/groups?q=data").await;
    let provider = alan.look(&way.location()).await;
    let page = alan.visit("/groups?q=data").await;

    assert_eq!(way.location(), "/sign-in?return_to=%2Fgroups%3Fq%3Ddata&how=renew");
    assert!(provider.location().contains("prompt=none"), "{}", provider.location());
    assert_eq!((page.status.as_u16(), page.path()), (200, "/groups"));
    assert_eq!(alan.jar.get("roster"), session);
    assert_eq!(alan.look("/groups").await.status, 200);
}

#[tokio::test]
async fn a_session_ends_twelve_hours_after_its_sign_in_whatever_its_person_does() {
    let portal = Portal::start().await;
    let alan = portal.sign_in("Alan Turing").await;
    let session = alan.jar.get("roster");
    for _ in 0..14 {
        portal.advance(minutes(50));
        alan.visit("/requests").await.answers(200);
        assert_eq!(alan.jar.get("roster"), session);
    }

    portal.advance(minutes(25));

    assert_eq!(alan.look("/requests").await.location(), "/sign-in?return_to=%2Frequests");
}

#[tokio::test]
async fn a_renewal_brings_new_roles() {
    let portal = Portal::start().await;
    portal.emulator.set_token_seconds(3600);
    let alan = portal.sign_in("Alan Turing").await;
    let person = portal.emulator.person_named("Alan Turing");
    portal.emulator.change_person(person, |alan| alan.app_roles.push("Roster.Admin".to_owned()));

    let before = alan.visit("/admin/groups").await;
    portal.advance(minutes(58));
    let after = alan.visit("/admin/groups").await;

    before.answers(404);
    after.answers(200);
}

#[tokio::test]
async fn a_renewal_of_somebody_whose_account_was_closed_ends_at_the_provider() {
    let portal = Portal::start().await;
    portal.emulator.set_token_seconds(3600);
    let alan = portal.sign_in("Alan Turing").await;
    portal.emulator.set_enabled(portal.emulator.person_named("Alan Turing"), false);
    portal.advance(minutes(58));

    let page = alan.visit("/groups").await;

    assert_eq!(page.heading(), "Who are you?");
}

#[tokio::test]
async fn while_the_provider_is_away_a_sign_in_that_lasts_is_good_enough() {
    let portal = Portal::start().await;
    portal.emulator.set_token_seconds(3600);
    let alan = portal.sign_in("Alan Turing").await;
    portal.emulator.set_sign_in_down(true);
    portal.advance(minutes(55));

    assert!(is_signed_in(&alan).await);
}

#[tokio::test]
async fn a_script_is_not_sent_away_for_a_renewal() {
    let portal = Portal::start().await;
    portal.emulator.set_token_seconds(3600);
    let alan = portal.sign_in("Alan Turing").await;
    portal.advance(minutes(55));

    let page = alan.raw(reqwest::Method::GET, "/requests", &[("sec-fetch-dest", "empty")], None).await;

    page.answers(200);
}

#[tokio::test]
async fn a_token_that_the_directory_takes_back_leads_to_the_provider() {
    let portal = Portal::start().await;
    let alan = portal.sign_in("Alan Turing").await;
    portal.advance(minutes(2));
    portal.emulator.revoke_sessions(portal.emulator.person_named("Alan Turing"));

    let page = alan.visit("/memberships").await;

    assert_eq!(page.heading(), "Who are you?");
}

#[tokio::test]
async fn a_token_that_is_never_accepted_does_not_go_round_in_circles() {
    use roster_emulator::{Action, Fault};
    let portal = Portal::start().await;
    let alan = portal.sign_in("Alan Turing").await;
    portal.advance(minutes(2));
    portal.emulator.fault(Fault::on("GET", "/me/memberOf").times(50).answer(Action::ExpiredToken));

    let page = alan.visit("/memberships").await;

    page.answers(403);
    assert_eq!(page.heading(), "The directory does not accept your sign-in");
}

#[tokio::test]
async fn roles_are_fresh_within_the_hour_also_with_a_token_of_a_day() {
    let portal = Portal::start().await;
    portal.emulator.set_token_seconds(24 * 3600);
    let ada = portal.sign_in("Ada Lovelace").await;
    let designate = ada.visit(&format!("/admin{}", portal.group("Compiler Team"))).await;
    let person = portal.emulator.person_named("Ada Lovelace");
    portal.emulator.change_person(person, |ada| ada.app_roles.clear());

    portal.advance(minutes(55));
    ada.visit("/requests").await.answers(200);
    portal.advance(minutes(16));
    let pressed = ada.press(&designate, "Pause requests").await;
    let seen = ada.visit("/admin/groups").await;

    assert!(pressed.location().contains("how=renew"), "{}", pressed.location());
    seen.answers(404);
}
