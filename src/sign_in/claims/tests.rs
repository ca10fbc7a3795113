//! Whom an identity token speaks of, claim by claim.

use std::time::Duration;

use serde_json::json;
use url::Url;

use super::*;
use crate::sign_in::Credential;

const TENANT: Uuid = Uuid::from_u128(0xc047);
const ADA: Uuid = Uuid::from_u128(0xada);

fn claims(change: impl FnOnce(&mut Value)) -> Claims {
    let mut value = json!({
        "oid": ADA, "acct": 0, "tid": TENANT, "aud": "roster", "nbf": 1_790_000_000,
        "name": "Ada Lovelace", "preferred_username": "ada@contoso.example",
    });
    change(&mut value);
    let token = format!("header.{}.signature", URL_SAFE_NO_PAD.encode(value.to_string()));
    Claims::of(&token).expect("the test wrote an object")
}

fn settings() -> ProviderSettings {
    let url = Url::parse("https://login.contoso.example/v2.0").expect("the test wrote an address");
    ProviderSettings {
        authority: url.clone(),
        tenant: TENANT,
        client_id: "roster".to_owned(),
        credential: Credential::Secret("a secret".into()),
        redirect_uri: url.clone(),
        post_logout_redirect_uri: url,
        changes_groups: false,
        claims: ClaimNames::default(),
        timeout: Duration::from_secs(1),
    }
}

fn viewer(change: impl FnOnce(&mut Value)) -> Result<Viewer, SignInError> {
    claims(change).viewer(&settings())
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).expect("the test wrote a time")
}

#[test]
fn a_person_is_known_by_tenant_and_object_id() {
    let ada = viewer(|_| {}).expect("a complete token");

    assert_eq!((ada.id, ada.tenant), (PersonId(ADA), TENANT));
    assert_eq!((ada.name.as_str(), ada.username.as_str()), ("Ada Lovelace", "ada@contoso.example"));
    assert!(!ada.guest && ada.roles.is_empty());
}

#[test]
fn a_token_without_a_proper_object_id_or_tenant_is_not_trusted() {
    for (name, value) in [
        ("oid", Value::Null),
        ("oid", json!("")),
        ("oid", json!(7)),
        ("oid", json!("ada@contoso.example")),
        ("oid", json!(Uuid::nil())),
        ("oid", json!(ADA.simple().to_string())),
        ("tid", Value::Null),
        ("tid", json!("contoso.example")),
    ] {
        let outcome = viewer(|claims| claims[name] = value.clone());

        assert!(matches!(outcome, Err(SignInError::NotTrusted(_))), "{name} {value}");
    }
}

#[test]
fn a_person_of_another_tenant_is_refused() {
    let outcome = viewer(|claims| claims["tid"] = json!(Uuid::from_u128(0xfab)));

    assert_eq!(outcome, Err(SignInError::Refused(Reason::WrongTenant)));
}

#[test]
fn a_person_without_a_name_goes_by_the_sign_in_name_and_then_by_the_object_id() {
    let without_name = viewer(|claims| claims["name"] = json!(" \u{202e} ")).expect("a person");
    let without_both = viewer(|claims| {
        claims["name"] = Value::Null;
        claims["preferred_username"] = Value::Null;
    });

    assert_eq!(without_name.name, "ada@contoso.example");
    assert_eq!(without_both.expect("a person").name, ADA.to_string());
}

#[test]
fn roles_that_roster_does_not_know_give_nothing() {
    let many = viewer(|claims| claims["roles"] = json!(["Roster.Admin", "Global Administrator", 7, "Roster.Admin"]));
    let single = viewer(|claims| claims["roles"] = json!("Roster.Auditor"));
    let odd = viewer(|claims| claims["roles"] = json!({ "Roster.Admin": true }));

    assert_eq!(many.expect("a person").roles, [Role::Administrator]);
    assert_eq!(single.expect("a person").roles, [Role::Auditor]);
    assert_eq!(odd.expect("a person").roles, []);
}

#[test]
fn directory_roles_make_nobody_an_administrator() {
    let person = viewer(|claims| claims["wids"] = json!(["Roster.Admin"])).expect("a person");

    assert!(!person.sees_everything());
}

#[test]
fn a_guest_is_recognised_by_either_claim() {
    for (name, value) in [("acct", json!(1)), ("acct", json!("1")), ("userType", json!("Guest"))] {
        let guest = viewer(|claims| claims[name] = value.clone()).expect("a person");

        assert!(guest.guest, "{name} {value}");
    }
    for (name, value) in [("acct", json!(0)), ("userType", json!("Member"))] {
        let member = viewer(|claims| claims[name] = value.clone()).expect("a person");

        assert!(!member.guest, "{name} {value}");
    }
}

#[test]
fn somebody_of_whom_no_claim_tells_is_taken_for_a_guest() {
    for value in [json!(null), json!(2), json!("yes"), json!([0])] {
        let unknown = viewer(|claims| claims["acct"] = value.clone()).expect("a person");

        assert!(unknown.guest, "{value}");
    }
}

#[test]
fn another_provider_may_name_the_claims_otherwise() {
    let mut settings = settings();
    settings.claims = ClaimNames { oid: "sub".to_owned(), tid: "organisation".to_owned(), roles: "groups".to_owned() };

    let person = claims(|claims| {
        *claims = json!({ "sub": ADA, "organisation": TENANT, "groups": ["Roster.Admin"], "oid": "another" });
    })
    .viewer(&settings)
    .expect("a person");

    assert_eq!((person.id, person.is_administrator()), (PersonId(ADA), true));
}

#[test]
fn a_token_that_starts_later_is_accepted_within_two_minutes_only() {
    let token = claims(|_| {});
    let odd = claims(|claims| claims["nbf"] = json!("soon"));

    assert_eq!(token.check("roster", at(1_790_000_000 - 120)), Ok(()));
    assert!(token.check("roster", at(1_790_000_000 - 121)).is_err());
    assert!(odd.check("roster", at(1_790_000_000)).is_err());
}

#[test]
fn a_token_with_several_audiences_must_say_that_it_was_made_for_roster() {
    let check = |aud: Value, azp: Value| {
        let token = claims(|claims| claims["aud"] = aud);
        let mut token = token.0;
        if azp != Value::Null {
            token.insert("azp".to_owned(), azp);
        }
        Claims(token).check("roster", at(1_790_000_000)).is_ok()
    };

    assert!(check(json!("roster"), Value::Null));
    assert!(check(json!(["roster"]), Value::Null));
    assert!(check(json!(["roster", "mail"]), json!("roster")));
    assert!(!check(json!(["roster", "mail"]), Value::Null));
    assert!(!check(json!("roster"), json!("mail")));
}
