//! Identity tokens in the shape of Entra's version 2.0, and their forgeries for tests.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::authorize::hint_of;
use crate::company::Person;
use crate::groups_claim;
use crate::keys::{Keys, SigningKey, encode, sha256};
use crate::options::ClientRegistration;
use crate::tamper::Tamper;
use crate::tokens::{Session, random};
use crate::world::World;

/// How long an identity token is good for: an hour.
const LIFETIME_SECONDS: i64 = 3600;

/// Signs an identity token; a waiting [`Tamper`] is used up.
pub(crate) fn issue(
    world: &World,
    client: &ClientRegistration,
    person: &Person,
    session: &Session,
    nonce: Option<&str>,
) -> String {
    let mut claims = claims(world, client, person, session, nonce);
    let key = world.keys.current();
    let tamper = world.tamper().take();
    match tamper {
        None => signed(&key, "RS256", &claims, |key, message| key.sign(message)),
        Some(Tamper::Claims(change)) => {
            change(&mut claims);
            signed(&key, "RS256", &claims, |key, message| key.sign(message))
        }
        Some(Tamper::AlgNone) => signed(&key, "none", &claims, |_, _| Vec::new()),
        Some(Tamper::HmacWithPublicKey) => {
            signed(&key, "HS256", &claims, |key, message| key.sign_with_public_half(message))
        }
        Some(Tamper::UnknownKey) => signed(&Keys::stranger(), "RS256", &claims, |key, message| key.sign(message)),
        Some(Tamper::BadSignature) => signed(&key, "RS256", &claims, |key, message| {
            let mut signature = key.sign(message);
            signature[0] ^= 1;
            signature
        }),
    }
}

fn claims(
    world: &World,
    client: &ClientRegistration,
    person: &Person,
    session: &Session,
    nonce: Option<&str>,
) -> Value {
    let now = world.clock.seconds();
    let mut claims = json!({
        "ver": "2.0",
        "iss": world.authority(),
        "sub": pairwise(world, client, person.id),
        "aud": client.client_id,
        "exp": now + LIFETIME_SECONDS,
        "iat": now,
        "nbf": now,
        "name": person.display_name,
        "preferred_username": person.user_principal_name,
        "oid": person.id,
        "tid": world.options.tenant_id,
        "acct": i32::from(person.is_guest()),
        "sid": session.id,
        "login_hint": hint_of(&person.user_principal_name),
        "auth_time": session.auth_time,
        "uti": random(16),
        "rh": format!("1.A{}.", random(24)),
    });
    if let Some(nonce) = nonce {
        claims["nonce"] = json!(nonce);
    }
    if !person.app_roles.is_empty() {
        claims["roles"] = json!(person.app_roles);
    }
    groups_claim::add(world, person, &mut claims);
    claims
}

/// Makes the subject: the same person has another one in every application.
fn pairwise(world: &World, client: &ClientRegistration, person: Uuid) -> String {
    sha256(&format!("{}/{}/{person}", world.options.tenant_id, client.client_id))
}

fn signed(key: &SigningKey, alg: &str, claims: &Value, sign: impl FnOnce(&SigningKey, &[u8]) -> Vec<u8>) -> String {
    let header = json!({ "typ": "JWT", "alg": alg, "kid": key.kid });
    let message = format!("{}.{}", encode(header.to_string()), encode(claims.to_string()));
    let signature = sign(key, message.as_bytes());
    format!("{message}.{}", encode(signature))
}
