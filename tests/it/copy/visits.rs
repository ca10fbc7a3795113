//! Visits that find the copy old.

use std::time::Duration;

use jiff::SignedDuration;
use roster::{
    domain::{
        directory::PersonRef,
        directory_copy::{Outcome, Wanted},
        ids::PersonId,
    },
    graph::AccessToken,
    sign_in::SCOPES,
    web::app::Wish,
};
use roster_emulator::{Action, Fault};
use secrecy::SecretString;

use super::CHANGES;
use crate::support::portal::Portal;

const SIXTEEN_MINUTES: SignedDuration = SignedDuration::from_mins(16);

/// Wishes as many visits do that come at once.
fn sixteen_wishes(portal: &Portal) {
    let grace = portal.emulator.person_named("Grace Hopper");
    for _ in 0..16 {
        let token = AccessToken {
            secret: SecretString::from(portal.emulator.token(grace)),
            expires_at: portal.clock.now() + SignedDuration::from_mins(60),
            scopes: SCOPES.iter().map(ToString::to_string).collect(),
        };
        let by = PersonRef { id: PersonId(grace), name: "Grace Hopper".to_owned() };
        portal.app.wishes.try_send(Wish::RefreshDirectory { by, token, wanted: Wanted::ByAVisit }).unwrap();
    }
}

#[tokio::test]
async fn sixteen_visits_at_once_read_the_directory_once() {
    let portal = Portal::start().await;
    portal.advance(SIXTEEN_MINUTES);
    portal.emulator.forget_calls();

    sixteen_wishes(&portal);
    portal.wait_for_wishes().await;

    assert_eq!(portal.listings(), 1);
}

#[tokio::test]
async fn a_reading_that_failed_is_not_tried_again_by_the_next_visits() {
    let portal = Portal::start().await;
    portal.advance(SIXTEEN_MINUTES);
    portal.emulator.forget_calls();
    portal.emulator.fault(Fault::on("GET", CHANGES).times(99).answer(Action::ConsentMissing));

    sixteen_wishes(&portal);
    portal.wait_for(|standing| standing.last.is_some_and(|last| last.outcome == Outcome::NotPermitted)).await;
    portal.wait_for_wishes().await;

    assert_eq!(portal.listings(), 1);
}

#[tokio::test]
async fn an_owner_who_is_a_guest_does_not_have_the_directory_read() {
    let portal = Portal::start().await;
    let group = portal.emulator.group_named("Reading Circle");
    portal.emulator.add_owner(group, portal.emulator.person_named("Tim Berners"));
    portal.refresh().await;
    portal.advance(SIXTEEN_MINUTES);
    portal.emulator.forget_calls();

    portal.sign_in("Tim Berners").await.visit("/approvals").await.answers(200);
    tokio::time::sleep(Duration::from_millis(300)).await;
    let by_a_guest = portal.listings();
    portal.sign_in("Grace Hopper").await;
    let now = portal.clock.now();
    portal.wait_for(|standing| !standing.is_old(now)).await;

    assert_eq!(by_a_guest, 0);
    assert!(portal.listings() > 0);
}
