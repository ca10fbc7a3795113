//! Whom Roster believes: forged identity tokens are refused, new keys are found.

use jiff::SignedDuration;
use roster::sign_in::{Reason, SignInError};
use roster_emulator::{Fault, Tamper};
use serde_json::{Value, json};
use uuid::Uuid;

use super::tenant::{CLIENT, Tenant, not_trusted, unavailable};

#[tokio::test]
async fn an_identity_token_with_any_wrong_claim_is_not_trusted() {
    type Change = fn(&mut Value);
    let forgeries: [(&str, &str, Change); 12] = [
        ("issuer", "Invalid issuer", |claims| claims["iss"] = json!("https://login.fabrikam.example/v2.0")),
        ("audience", "Invalid audiences", |claims| claims["aud"] = json!(Uuid::from_u128(7))),
        ("several audiences", "does not say for whom", |claims| claims["aud"] = json!([CLIENT, "mail"])),
        ("another application", "made for another", |claims| claims["azp"] = json!("mail")),
        ("tenant missing", "'tid'", |claims| claims["tid"] = Value::Null),
        ("object id missing", "'oid'", |claims| claims["oid"] = Value::Null),
        ("object id of another form", "'oid'", |claims| claims["oid"] = json!("alan@contoso.example")),
        ("nonce", "nonce mismatch", |claims| claims["nonce"] = json!("another")),
        ("nonce missing", "missing nonce", |claims| claims["nonce"] = Value::Null),
        ("over", "Expired", |claims| claims["exp"] = json!(claims["iat"].as_i64().unwrap_or_default() - 180)),
        ("not yet", "not good yet", |claims| claims["nbf"] = json!(claims["iat"].as_i64().unwrap_or_default() + 180)),
        // An access token: for Graph, and of no sign-in in particular.
        ("access token", "Invalid audiences", |claims| {
            claims["aud"] = json!("00000003-0000-0000-c000-000000000000");
            claims["nonce"] = Value::Null;
        }),
    ];
    let tenant = Tenant::start().await;

    for (name, reason, change) in forgeries {
        let outcome = tenant.sign_in_with_claims(change).await;

        let refused = matches!(&outcome, Err(SignInError::NotTrusted(detail)) if detail.contains(reason));
        assert!(refused, "{name}: {outcome:?}");
    }
}

#[tokio::test]
async fn clocks_may_be_two_minutes_apart() {
    let tenant = Tenant::start().await;

    let late =
        tenant.sign_in_with_claims(|claims| claims["exp"] = json!(claims["iat"].as_i64().unwrap_or_default() - 60));
    let late = late.await;
    let early =
        tenant.sign_in_with_claims(|claims| claims["nbf"] = json!(claims["iat"].as_i64().unwrap_or_default() + 60));
    let early = early.await;

    assert!(late.is_ok() && early.is_ok(), "{late:?} {early:?}");
}

#[tokio::test]
async fn a_person_of_another_tenant_is_refused() {
    let tenant = Tenant::start().await;

    let outcome = tenant.sign_in_with_claims(|claims| claims["tid"] = json!(Uuid::from_u128(7))).await;

    assert_eq!(outcome.err(), Some(SignInError::Refused(Reason::WrongTenant)));
}

#[tokio::test]
async fn an_identity_token_that_the_provider_did_not_sign_is_not_trusted() {
    let tenant = Tenant::start().await;

    for tamper in [Tamper::AlgNone, Tamper::HmacWithPublicKey, Tamper::UnknownKey, Tamper::BadSignature] {
        let name = format!("{tamper:?}");
        tenant.emulator.tamper_next_id_token(tamper);

        let outcome = tenant.sign_in("Alan Turing").await;

        assert!(not_trusted(&outcome), "{name}: {outcome:?}");
    }
    assert!(tenant.sign_in("Alan Turing").await.is_ok());
}

#[tokio::test]
async fn the_first_sign_in_after_a_change_of_keys_succeeds() {
    let tenant = Tenant::start().await;
    tenant.emulator.rotate_keys();

    let outcome = tenant.sign_in("Alan Turing").await;

    assert!(outcome.is_ok(), "{outcome:?}");
}

#[tokio::test]
async fn everybody_who_waits_for_new_keys_gets_them() {
    let tenant = Tenant::start().await;
    tenant.emulator.rotate_keys();

    let (first, second, third) =
        tokio::join!(tenant.sign_in("Alan Turing"), tenant.sign_in("Grace Hopper"), tenant.sign_in("Ada Lovelace"));

    assert!(first.is_ok() && second.is_ok() && third.is_ok());
}

#[tokio::test]
async fn unknown_keys_make_roster_ask_once_in_thirty_seconds() {
    let tenant = Tenant::start().await;
    let forged = async || {
        tenant.emulator.tamper_next_id_token(Tamper::UnknownKey);
        tenant.sign_in("Alan Turing").await
    };
    let first = forged().await;

    // From here on, asking again would show: the discovery document is not to be had.
    tenant.emulator.fault(Fault::on("GET", "openid-configuration").times(10));
    let at_once = forged().await;
    tenant.clock.advance(SignedDuration::from_secs(31));
    let later = forged().await;

    assert!(not_trusted(&first) && not_trusted(&at_once), "{first:?} {at_once:?}");
    assert!(unavailable(&later), "{later:?}");
}
