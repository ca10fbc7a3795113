//! How an application proves itself at the token endpoint: a secret in the form or the header, or a signed assertion.

use aws_lc_rs::signature::{RSA_PSS_2048_8192_SHA256, UnparsedPublicKey};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use uuid::Uuid;

use crate::exchange::{Ask, first};
use crate::keys::decode;
use crate::options::{Certificate, ClientRegistration};
use crate::token_endpoint::Refusal;
use crate::world::World;

const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// Returns the application that asks.
///
/// # Errors
/// Returns the refusal Entra answers when the application is unknown or does not prove itself.
pub(crate) fn authenticate<'a>(
    world: &'a World,
    ask: &Ask,
    form: &[(String, String)],
) -> Result<&'a ClientRegistration, Refusal> {
    let basic = ask.header("authorization").and_then(basic_pair);
    let named = match &basic {
        Some((client_id, _)) => client_id.clone(),
        None => first(form, "client_id").unwrap_or_default().to_owned(),
    };
    if named.is_empty() {
        let text = "The request body must contain the following parameter: 'client_id'.";
        return Err(Refusal::new(400, "invalid_request", 900_144, text));
    }
    let unknown = || {
        let text = format!("{named} is not a valid application identifier.");
        Refusal::new(400, "unauthorized_client", 700_038, &text)
    };
    let client = Uuid::parse_str(&named).ok().and_then(|id| world.registration(id)).ok_or_else(unknown)?;
    let secret = basic.map(|(_, secret)| secret).or_else(|| first(form, "client_secret").map(str::to_owned));
    match (secret, first(form, "client_assertion")) {
        (Some(secret), _) if secret == client.secret && !secret.is_empty() => Ok(client),
        (Some(_), _) => Err(wrong_secret(client)),
        (None, Some(assertion)) if first(form, "client_assertion_type") == Some(ASSERTION_TYPE) => {
            check_assertion(world, client, assertion).map(|()| client)
        }
        _ => Err(Refusal::new(
            401,
            "invalid_client",
            7_000_218,
            "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
        )),
    }
}

fn wrong_secret(client: &ClientRegistration) -> Refusal {
    let text = format!(
        "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, \
         not the client secret ID, for a secret added to app '{}'.",
        client.client_id
    );
    Refusal::new(401, "invalid_client", 7_000_215, &text)
}

/// Reads `Basic`; both halves are form-encoded, as RFC 6749 section 2.3.1 asks.
fn basic_pair(header: &str) -> Option<(String, String)> {
    let bytes = STANDARD.decode(header.strip_prefix("Basic ")?).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let (id, secret) = text.split_once(':')?;
    let plain = |half: &str| {
        let pair = format!("v={half}");
        url::form_urlencoded::parse(pair.as_bytes()).next().map(|(_, value)| value.into_owned())
    };
    Some((plain(id)?, plain(secret)?))
}

/// Checks a `private_key_jwt`: PS256, `x5t#S256`, audience, issuer, subject, times and first use.
fn check_assertion(world: &World, client: &ClientRegistration, assertion: &str) -> Result<(), Refusal> {
    let refuse = |text: &str| Refusal::new(401, "invalid_client", 700_027, text);
    let parts: Vec<&str> = assertion.split('.').collect();
    let [header, claims, signature] = parts.as_slice() else {
        return Err(refuse("Client assertion is not a signed token."));
    };
    let json = |part: &str| decode(part).and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
    let (Some(header_json), Some(claims_json)) = (json(header), json(claims)) else {
        return Err(refuse("Client assertion cannot be read."));
    };
    let certificate = client
        .certificate
        .as_ref()
        .filter(|known| header_json["x5t#S256"].as_str() == Some(known.thumbprint.as_str()))
        .ok_or_else(|| refuse("The certificate with the identifier used to sign the client assertion is not registered on application."))?;
    if header_json["alg"] != "PS256" {
        return Err(refuse("Client assertion is not signed with PS256."));
    }
    let signed = format!("{header}.{claims}");
    if !is_signed(certificate, signed.as_bytes(), signature) {
        return Err(refuse("Client assertion failed signature validation."));
    }
    check_claims(world, client, &claims_json)
}

fn check_claims(world: &World, client: &ClientRegistration, claims: &Value) -> Result<(), Refusal> {
    let refuse = |number: u32, text: &str| Refusal::new(401, "invalid_client", number, text);
    let client_id = client.client_id.to_string();
    let now = world.clock.seconds();
    if claims["aud"] != world.endpoint("token").as_str() {
        return Err(refuse(700_023, "Client assertion audience claim does not match the token endpoint."));
    }
    if claims["iss"] != client_id.as_str() || claims["sub"] != client_id.as_str() {
        return Err(refuse(700_021, "Client assertion application identifier doesn't match 'client_id' parameter."));
    }
    let starts = claims["nbf"].as_i64().unwrap_or(now);
    // Five minutes of difference between two clocks are forgiven.
    if claims["exp"].as_i64().is_none_or(|expires| expires < now - 300) || starts > now + 300 {
        return Err(refuse(700_024, "Client assertion is not within its valid time range."));
    }
    let first_use = claims["jti"].as_str().is_some_and(|id| world.grants().first_use(id));
    if first_use {
        Ok(())
    } else {
        Err(refuse(700_027, "Client assertion has no 'jti' of its own, or was used before."))
    }
}

fn is_signed(certificate: &Certificate, message: &[u8], signature: &str) -> bool {
    let key = match std::str::from_utf8(&certificate.public_key) {
        Ok(pem) if pem.contains("-----BEGIN") => {
            let base64: String = pem.lines().filter(|line| !line.starts_with("-----")).map(str::trim).collect();
            STANDARD.decode(base64).unwrap_or_default()
        }
        _ => certificate.public_key.clone(),
    };
    let signature = decode(signature).unwrap_or_default();
    UnparsedPublicKey::new(&RSA_PSS_2048_8192_SHA256, key).verify(message, &signature).is_ok()
}
