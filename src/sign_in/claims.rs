//! Says who an identity token speaks of. The token's signature, issuer, audience, end and nonce are checked before.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::domain::{
    ids::PersonId,
    text::clean,
    viewer::{Role, Viewer},
};

use super::{
    error::{Reason, SignInError},
    keys::LEEWAY,
    settings::{ClaimNames, ProviderSettings},
};

/// The longest name that is kept, in characters; Entra's own limit for display names is 256.
const LONGEST_NAME: usize = 256;

/// The claims of an identity token.
pub(super) struct Claims(Map<String, Value>);

impl Claims {
    /// Returns the claims in a token's middle part.
    pub(super) fn of(token: &str) -> Option<Self> {
        let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
        serde_json::from_slice(&payload).ok().map(Self)
    }

    /// Checks what the signature's verifier leaves open: the start, and for whom the token was made.
    ///
    /// # Errors
    /// [`SignInError::NotTrusted`] says which check failed.
    pub(super) fn check(&self, client_id: &str, now: Timestamp) -> Result<(), SignInError> {
        let refuse = |text: &str| Err(SignInError::NotTrusted(text.to_owned()));
        let latest = (now + LEEWAY).as_second();
        match self.0.get("nbf") {
            None => {}
            Some(start) if start.as_f64().is_some_and(|start| start <= seconds(latest)) => {}
            Some(_) => return refuse("the identity token is not good yet"),
        }
        let several = matches!(self.0.get("aud"), Some(Value::Array(all)) if all.len() > 1);
        match self.0.get("azp") {
            Some(party) if party.as_str() != Some(client_id) => {
                refuse("the identity token was made for another application")
            }
            None if several => refuse("the identity token has several audiences and does not say for whom it was made"),
            _ => Ok(()),
        }
    }

    /// Returns the person the token speaks of.
    ///
    /// # Errors
    /// [`SignInError::NotTrusted`] when the tenant or the object id is missing or no UUID; [`SignInError::Refused`]
    /// when the tenant is another one.
    pub(super) fn viewer(&self, settings: &ProviderSettings) -> Result<Viewer, SignInError> {
        let names = &settings.claims;
        let tenant = self.uuid(&names.tid)?;
        if tenant != settings.tenant {
            return Err(SignInError::Refused(Reason::WrongTenant));
        }
        let id = self.uuid(&names.oid)?;
        let username = self.shown("preferred_username").unwrap_or_default();
        Ok(Viewer {
            id: PersonId(id),
            tenant,
            name: self.name(&username, id),
            username,
            guest: self.is_guest(),
            roles: self.roles(names),
        })
    }

    /// Returns a claim that is a text and not empty.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str().filter(|text| !text.is_empty())
    }

    fn uuid(&self, name: &str) -> Result<Uuid, SignInError> {
        let refuse = || SignInError::NotTrusted(format!("the claim '{name}' is missing or not an identifier"));
        let id: PersonId = self.text(name).and_then(|text| text.parse().ok()).ok_or_else(refuse)?;
        if id.0.is_nil() { Err(refuse()) } else { Ok(id.0) }
    }

    /// Returns what to call the person: their name, else their sign-in name, else their object id. Two people without a
    /// name must not look like one, as they would under a word such as "unknown".
    fn name(&self, username: &str, id: Uuid) -> String {
        let username = Some(username).filter(|name| !name.is_empty()).map(str::to_owned);
        self.shown("name").or(username).unwrap_or_else(|| id.to_string())
    }

    fn shown(&self, name: &str) -> Option<String> {
        let text: String = clean(self.text(name)?).chars().take(LONGEST_NAME).collect();
        Some(text).filter(|text| !text.is_empty())
    }

    /// `acct` is 1 for a guest (Entra, optional claims reference); other providers may copy the directory's `userType`.
    fn is_guest(&self) -> bool {
        let acct = self.0.get("acct").is_some_and(|acct| acct.as_i64() == Some(1) || acct.as_str() == Some("1"));
        acct || ["userType", "user_type"]
            .iter()
            .filter_map(|name| self.text(name))
            .any(|is| is.eq_ignore_ascii_case("guest"))
    }

    fn roles(&self, names: &ClaimNames) -> Vec<Role> {
        let values = match self.0.get(&names.roles) {
            Some(Value::Array(values)) => values.as_slice(),
            Some(value) => std::slice::from_ref(value),
            None => &[],
        };
        let mut roles = Vec::new();
        for role in values.iter().filter_map(Value::as_str).filter_map(Role::from_claim) {
            if !roles.contains(&role) {
                roles.push(role);
            }
        }
        roles
    }
}

/// Instants of the present fit an `f64` without loss.
#[allow(clippy::cast_precision_loss)]
fn seconds(at: i64) -> f64 {
    at as f64
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::json;
    use url::Url;

    use super::*;
    use crate::sign_in::Credential;

    const TENANT: Uuid = Uuid::from_u128(0xc047);
    const ADA: Uuid = Uuid::from_u128(0xada);

    fn claims(change: impl FnOnce(&mut Value)) -> Claims {
        let mut value = json!({
            "oid": ADA, "tid": TENANT, "aud": "roster", "nbf": 1_790_000_000,
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
        let many =
            viewer(|claims| claims["roles"] = json!(["Roster.Admin", "Global Administrator", 7, "Roster.Admin"]));
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
    fn another_provider_may_name_the_claims_otherwise() {
        let mut settings = settings();
        settings.claims =
            ClaimNames { oid: "sub".to_owned(), tid: "organisation".to_owned(), roles: "groups".to_owned() };

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
}
