//! The sign-in provider as Roster meets it: over HTTP, against the emulated tenant.

mod away;
mod credentials;
mod secrets;
mod tenant;
mod trust;

use roster::{
    domain::viewer::Role,
    sign_in::{How, Needed, Prompt, SCOPES, SignInError, from_callback_error},
};
use secrecy::ExposeSecret as _;

use tenant::{BACK, BYE, Tenant, field, landed};

#[tokio::test]
async fn an_employee_arrives_as_themself_with_a_token_that_graph_accepts() {
    let tenant = Tenant::start().await;
    tenant.emulator.set_token_seconds(4000);

    let alan = tenant.sign_in("Alan Turing").await.expect("an arrival");

    let me = tenant.browser.get(format!("{}/me", tenant.emulator.graph_url())).bearer_auth(alan.secret.expose_secret());
    assert_eq!(me.send().await.expect("an answer").status().as_u16(), 200);
    assert_eq!(alan.viewer.id.0, tenant.emulator.person_named("Alan Turing"));
    assert_eq!((alan.viewer.name.as_str(), alan.viewer.guest), ("Alan Turing", false));
    assert!(alan.viewer.roles.is_empty() && alan.sid.is_some() && alan.login_hint.is_some());
    assert!((3990..=4000).contains(&alan.expires_at.duration_since(tenant.clock.now()).as_secs()));
}

#[tokio::test]
async fn roles_and_guests_are_recognised() {
    let tenant = Tenant::start().await;

    let ada = tenant.sign_in("Ada Lovelace").await.expect("an arrival");
    let joan = tenant.sign_in("Joan Clarke").await.expect("an arrival");
    let tim = tenant.sign_in("Tim Berners").await.expect("an arrival");

    assert_eq!(ada.viewer.roles, [Role::Administrator]);
    assert_eq!(joan.viewer.roles, [Role::Auditor]);
    assert!(tim.viewer.guest);
}

#[tokio::test]
async fn what_the_tenant_grants_decides_what_is_offered() {
    let tenant = Tenant::start().await;
    tenant.emulator.set_granted_scopes(&["User.Read"]);

    let alan = tenant.sign_in("Alan Turing").await.expect("an arrival");

    assert!(alan.scopes.iter().any(|scope| scope == "User.Read"));
    assert!(!alan.scopes.iter().any(|scope| scope == "GroupMember.ReadWrite.All"));
}

#[tokio::test]
async fn a_departure_asks_for_a_code_with_pkce_and_never_for_a_refresh_token() {
    let tenant = Tenant::start().await;

    let departure = tenant.provider.depart(&How {
        prompt: Prompt::SelectAccount,
        login_hint: Some("a hint & more".to_owned()),
        claims: Some(r#"{"access_token":{"nbf":{"value":"1"}}}"#.to_owned()),
    });

    let url = departure.expect("a departure").url;
    let asked = |name| field(&url, name).unwrap_or_default();
    assert_eq!((asked("response_type").as_str(), asked("response_mode").as_str()), ("code", "query"));
    assert_eq!((asked("code_challenge_method").as_str(), asked("code_challenge").len()), ("S256", 43));
    assert_eq!((asked("redirect_uri").as_str(), asked("prompt").as_str()), (BACK, "select_account"));
    assert_eq!(asked("login_hint"), "a hint & more");
    assert_eq!(asked("claims"), r#"{"access_token":{"nbf":{"value":"1"},"xms_cc":{"values":["cp1"]}}}"#);
    assert_eq!(asked("scope"), SCOPES.join(" "));
}

#[tokio::test]
async fn two_departures_have_nothing_in_common() {
    let tenant = Tenant::start().await;

    let first = tenant.provider.depart(&How::default()).expect("a departure");
    let second = tenant.provider.depart(&How::default()).expect("a departure");

    assert_ne!(first.state, second.state);
    let (one, two) = (&first.begun, &second.begun);
    assert_ne!(one.nonce, two.nonce);
    assert_ne!(one.pkce_verifier, two.pkce_verifier);
    assert!(first.state.len() >= 43 && one.nonce.len() >= 43 && one.pkce_verifier.len() >= 43);
}

#[tokio::test]
async fn a_silent_departure_of_somebody_who_is_not_signed_in_comes_back_with_the_reason() {
    let tenant = Tenant::start().await;
    let how = How { prompt: Prompt::Silent, ..How::default() };
    let departure = tenant.provider.depart(&how).expect("a departure");

    let reply = tenant.browser.get(departure.url).send().await.expect("an answer");
    let error = field(&landed(&reply), "error").unwrap_or_default();

    assert_eq!(from_callback_error(&error, None), SignInError::Interaction { why: Needed::SignIn, claims: None });
}

#[tokio::test]
async fn a_code_works_once() {
    let tenant = Tenant::start().await;
    let (departure, code) = tenant.come_back_as("Alan Turing").await;
    let redeem = || tenant.provider.redeem(code.clone(), departure.begun.clone());

    let (first, second) = (redeem().await, redeem().await);

    assert!(first.is_ok());
    assert_eq!(second.err(), Some(SignInError::Interaction { why: Needed::NewCode, claims: None }));
}

#[tokio::test]
async fn a_code_that_was_asked_for_by_another_browser_is_worth_nothing() {
    let tenant = Tenant::start().await;
    let (_, code) = tenant.come_back_as("Grace Hopper").await;
    let (own, _) = tenant.come_back_as("Alan Turing").await;

    let outcome = tenant.provider.redeem(code, own.begun).await;

    assert_eq!(outcome.err(), Some(SignInError::Interaction { why: Needed::NewCode, claims: None }));
}

#[tokio::test]
async fn signing_out_leaves_the_provider_too() {
    let tenant = Tenant::start().await;

    let address = tenant.provider.sign_out_url(Some("a hint")).expect("a page for signing out");
    let reply = tenant.browser.get(address.clone()).send().await.expect("an answer");

    assert_eq!(field(&address, "logout_hint").as_deref(), Some("a hint"));
    assert!(landed(&reply).as_str().starts_with(BYE));
    assert_eq!(tenant.provider.origins(), [tenant.emulator.url()]);
}
