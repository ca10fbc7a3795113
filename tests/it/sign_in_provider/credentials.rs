//! How Roster proves itself to the provider: a secret, or a certificate.

use aws_lc_rs::{
    encoding::{AsDer as _, Pkcs8V1Der, PublicKeyX509Der},
    rsa::KeySize,
    signature::{KeyPair as _, RsaKeyPair},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use roster::sign_in::{Certificate, Credential, SignInError};
use roster_emulator::Options;

use super::tenant::Tenant;

#[tokio::test]
async fn a_wrong_secret_is_for_the_people_who_run_roster() {
    let tenant = Tenant::not_found_yet(Credential::Secret("another".into()), |_| {}).await;
    tenant.provider.discover().await.expect("the emulator answers");

    let outcome = tenant.sign_in("Alan Turing").await;

    assert!(matches!(outcome, Err(SignInError::Misconfigured(_))), "{outcome:?}");
}

/// Returns PEM for Roster, and the registration's half. Of a certificate only its bytes matter to either side, so its
/// public key stands in for it.
fn certificate() -> (Certificate, roster_emulator::Certificate) {
    let pair = RsaKeyPair::generate(KeySize::Rsa2048).expect("random numbers");
    let private: Pkcs8V1Der = pair.as_der().expect("a fresh key");
    let public: PublicKeyX509Der = pair.public_key().as_der().expect("a fresh key");
    let section =
        |name: &str, der: &[u8]| format!("-----BEGIN {name}-----\n{}\n-----END {name}-----\n", STANDARD.encode(der));
    let pem = section("PRIVATE KEY", private.as_ref()) + &section("CERTIFICATE", public.as_ref());
    let certificate = Certificate::from_pem(&pem.into()).expect("a key with its certificate");
    let thumbprint = certificate.thumbprint().to_owned();
    (certificate, roster_emulator::Certificate { public_key: public.as_ref().to_vec(), thumbprint })
}

#[tokio::test]
async fn a_certificate_takes_the_place_of_the_secret() {
    let (own, registered) = certificate();
    let change = |options: &mut Options| options.client.certificate = Some(registered);
    let tenant = Tenant::not_found_yet(Credential::Certificate(own), change).await;
    tenant.provider.discover().await.expect("the emulator answers");

    let (first, second) = (tenant.sign_in("Alan Turing").await, tenant.sign_in("Grace Hopper").await);

    assert!(first.is_ok() && second.is_ok(), "{first:?} {second:?}");
}

#[tokio::test]
async fn a_certificate_that_is_not_registered_is_not_accepted() {
    let (own, mut registered) = certificate();
    registered.thumbprint = certificate().1.thumbprint;
    let change = |options: &mut Options| options.client.certificate = Some(registered);
    let tenant = Tenant::not_found_yet(Credential::Certificate(own), change).await;
    tenant.provider.discover().await.expect("the emulator answers");

    let outcome = tenant.sign_in("Alan Turing").await;

    assert!(matches!(outcome, Err(SignInError::Misconfigured(_))), "{outcome:?}");
}
