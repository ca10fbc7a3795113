//! A provider that is away, comes back, or is not the one it should be.

use std::time::Duration;

use jiff::SignedDuration;
use roster::sign_in::{Credential, How, SignInError};
use roster_emulator::{Action, Fault, Options};

use super::tenant::{SECRET, Tenant, unavailable};

#[tokio::test]
async fn a_provider_that_is_away_is_found_when_it_comes_back() {
    let tenant = Tenant::not_found_yet(Credential::Secret(SECRET.into()), |_| {}).await;
    tenant.emulator.set_sign_in_down(true);
    let background = tokio::spawn({
        let provider = tenant.provider.clone();
        async move { provider.discover_until_found().await }
    });
    tokio::time::sleep(Duration::from_millis(100)).await;
    let away = (tenant.provider.is_known(), tenant.provider.is_reachable().await);
    let departure = tenant.provider.depart(&How::default());

    tenant.emulator.set_sign_in_down(false);
    tenant.clock.advance(SignedDuration::from_secs(31));
    for _ in 0..200 {
        if tenant.provider.is_known() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }

    assert_eq!(away, (false, false));
    assert!(unavailable(&departure));
    assert!(tenant.provider.is_known() && tenant.provider.is_reachable().await);
    assert!(tenant.sign_in("Alan Turing").await.is_ok());
    background.abort();
}

#[tokio::test]
async fn a_provider_that_fails_between_departure_and_arrival_is_told_from_a_refusal() {
    let tenant = Tenant::start().await;

    for action in [Action::Status(503, None), Action::Status(429, Some("5")), Action::DropBefore, Action::HtmlPage] {
        let name = format!("{action:?}");
        tenant.emulator.fault(Fault::on("POST", "/token").answer(action));

        let outcome = tenant.sign_in("Alan Turing").await;

        assert!(unavailable(&outcome), "{name}: {outcome:?}");
    }
    assert!(tenant.sign_in("Alan Turing").await.is_ok());
}

#[tokio::test]
async fn whether_the_provider_answers_is_asked_at_most_every_thirty_seconds() {
    let tenant = Tenant::start().await;
    let before = tenant.provider.is_reachable().await;
    tenant.emulator.set_sign_in_down(true);

    let at_once = tenant.provider.is_reachable().await;
    tenant.clock.advance(SignedDuration::from_secs(31));
    let later = tenant.provider.is_reachable().await;

    assert_eq!((before, at_once, later), (true, true, false));
}

#[tokio::test]
async fn a_provider_that_answers_for_another_issuer_is_not_used() {
    let change = |options: &mut Options| options.external_url = Some("http://localhost:1".to_owned());
    let tenant = Tenant::not_found_yet(Credential::Secret(SECRET.into()), change).await;

    let outcome = tenant.provider.discover().await;

    assert!(matches!(outcome, Err(SignInError::Misconfigured(_))), "{outcome:?}");
    assert!(!tenant.provider.is_known());
}

#[tokio::test]
async fn the_policy_for_forms_names_the_authority_before_the_provider_is_found() {
    let tenant = Tenant::not_found_yet(Credential::Secret(SECRET.into()), |_| {}).await;

    assert_eq!(tenant.provider.origins(), [tenant.emulator.url()]);
    assert_eq!(tenant.provider.sign_out_url(None), None);
}
