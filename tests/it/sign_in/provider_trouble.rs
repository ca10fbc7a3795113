//! The provider is away, says no, or is not who it should be.

use roster_emulator::Tamper;

use super::is_signed_in;
use crate::support::portal::{Portal, Setup};

#[tokio::test]
async fn a_portal_that_starts_without_its_provider_says_so_and_works_when_it_is_back() {
    let portal = Setup { provider: false, ..Setup::default() }.start().await;

    let away = portal.visitor().visit("/groups").await;
    portal.emulator.set_sign_in_down(false);
    portal.wait_for_provider().await;
    let (_, page) = portal.sign_in_at("/groups", "Alan Turing").await;

    away.answers(503);
    assert_eq!(away.heading(), "The sign-in does not answer");
    assert_eq!(away.header("retry-after"), "5");
    assert!(away.link("Try to sign in again").is_some());
    page.answers(200);
}

#[tokio::test]
async fn a_provider_that_goes_away_in_the_middle_is_said_plainly() {
    let portal = Portal::start().await;
    let alan = portal.visitor();
    let page = alan.visit("/").await;
    portal.emulator.set_sign_in_down(true);

    let away = alan.choose(&page, "Alan Turing").await;

    away.answers(503);
    assert!(!is_signed_in(&alan).await);
}

#[tokio::test]
async fn a_forged_identity_signs_nobody_in() {
    let portal = Portal::start().await;
    let alan = portal.visitor();
    let page = alan.visit("/").await;
    portal.emulator.tamper_next_id_token(Tamper::claims(|claims| claims["nonce"] = "another".into()));

    let refused = alan.choose(&page, "Alan Turing").await;

    refused.answers(403);
    refused.shows("could not be trusted, so nobody was signed in");
    assert!(!is_signed_in(&alan).await);
}

#[tokio::test]
async fn somebody_of_another_tenant_does_not_come_in() {
    let portal = Portal::start().await;
    let alan = portal.visitor();
    let page = alan.visit("/").await;
    let tenant = "11111111-1111-4111-8111-111111111111";
    portal.emulator.tamper_next_id_token(Tamper::claims(move |claims| claims["tid"] = tenant.into()));

    let refused = alan.choose(&page, "Alan Turing").await;

    refused.answers(403);
    assert!(!is_signed_in(&alan).await);
}

#[tokio::test]
async fn whoever_turns_back_at_the_provider_is_told_how_to_go_on() {
    let portal = Portal::start().await;
    let alan = portal.visitor();
    let provider = alan.look(&alan.look("/").await.location()).await.location();
    let state = url::Url::parse(&provider).unwrap();
    let state = state.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();

    let page = alan.visit(&format!("/sign-in/callback?error=access_denied&state={state}")).await;

    page.answers(403);
    page.shows("The sign-in was cancelled. Start again when you are ready.");
}

#[tokio::test]
async fn new_keys_of_the_provider_are_learnt_at_once() {
    let portal = Portal::start().await;
    portal.emulator.rotate_keys();

    let (_, page) = portal.sign_in_at("/groups", "Alan Turing").await;

    page.answers(200);
}
