//! Continuous access evaluation: who takes part, what a challenge asks, and what ends it.

use serde_json::{Value, json};

use super::{Walk, field, header, read};
use crate::keys::decode;

const CAPABLE: &str = r#"{"access_token":{"xms_cc":{"values":["cp1"]}}}"#;

/// Signs Alan in with these claims in both calls and returns the answer of the token endpoint.
async fn tokens(walk: &Walk, at_authorize: &str, at_token: &str) -> Value {
    let (back, _) = walk.sign_in_with("Alan Turing", &format!("&claims={at_authorize}")).await;
    let (status, tokens) = walk.redeem_with(&field(&back, "code"), &[("claims", at_token)]).await;
    assert_eq!(status, 200, "{tokens}");
    tokens
}

/// Reads `/me` with a token: the status and the challenge, decoded.
async fn me(walk: &Walk, tokens: &Value) -> (u16, Option<Value>) {
    let token = tokens["access_token"].as_str().unwrap_or_default();
    let request = walk.http.get(format!("{}/me?$select=id", walk.emulator.graph_url())).bearer_auth(token);
    let reply = request.send().await.expect("an answer");
    let asked = header(&reply, "www-authenticate");
    let claims = asked.split("claims=\"").nth(1).and_then(|rest| rest.split('"').next());
    let claims = claims.and_then(|text| decode(text.trim_end_matches('=')));
    (reply.status().as_u16(), claims.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
}

#[tokio::test]
async fn a_challenge_ends_with_the_sign_in_that_carries_it() {
    let walk = Walk::start().await;
    let alan = walk.emulator.person_named("Alan Turing");
    let old = tokens(&walk, CAPABLE, CAPABLE).await;
    let grace = walk.get("Grace Hopper", "/me?$select=id").await.0;

    walk.emulator.challenge(alan);
    let (refused, asked) = me(&walk, &old).await;
    let unproved = tokens(&walk, CAPABLE, CAPABLE).await;
    let asked = asked.expect("claims as base64");
    let mut proof = asked.clone();
    proof["access_token"]["xms_cc"] = json!({ "values": ["cp1"] });
    let proved = tokens(&walk, &proof.to_string(), &proof.to_string()).await;
    let later = tokens(&walk, CAPABLE, CAPABLE).await;

    assert_eq!((grace, refused), (200, 401));
    assert_eq!(asked["access_token"]["nbf"]["essential"], true);
    assert_eq!(me(&walk, &unproved).await, (401, Some(asked.clone())));
    assert_eq!(me(&walk, &proved).await.0, 200);
    assert_eq!(me(&walk, &old).await.0, 401, "the token from before stays taken back");
    assert_eq!(me(&walk, &later).await.0, 200);
    assert_eq!(walk.get("Grace Hopper", "/me?$select=id").await.0, 200, "others are left alone");
}

#[tokio::test]
async fn only_clients_that_say_so_twice_are_challenged_and_get_long_lives() {
    let walk = Walk::start().await;
    walk.emulator.set_behaviour(|behaviour| behaviour.challenged_token_seconds = Some(24 * 3600));

    let [both, one, none] = [(CAPABLE, CAPABLE), (CAPABLE, ""), ("", "")];
    let both = tokens(&walk, both.0, both.1).await;
    let one = tokens(&walk, one.0, one.1).await;
    let none = tokens(&walk, none.0, none.1).await;
    walk.emulator.challenge(walk.emulator.person_named("Alan Turing"));

    assert_eq!([&both, &one, &none].map(|reply| reply["expires_in"].clone()), [86_400, 4_500, 4_500].map(Value::from));
    assert_eq!(me(&walk, &both).await.0, 401);
    assert_eq!((me(&walk, &one).await.0, me(&walk, &none).await.0), (200, 200));
    walk.emulator.advance_clock(4_501);
    assert_eq!(me(&walk, &none).await.0, 401);
}

#[tokio::test]
async fn claims_that_are_no_object_are_refused() {
    let walk = Walk::start().await;

    let page = walk.http.get(walk.authorize("&claims=[]")).send().await.expect("an answer");
    let (back, _) = walk.sign_in("Alan Turing").await;
    let (status, refusal) = walk.redeem_with(&field(&back, "code"), &[("claims", "{")]).await;

    assert!(header(&page, "location").contains("error=invalid_request"));
    assert_eq!((status, &refusal["error"]), (400, &json!("invalid_request")));
}

#[tokio::test]
async fn a_refresh_may_carry_the_proof() {
    let walk = Walk::start().await;
    let scope = "&scope=openid%20offline_access%20User.Read";
    let address = walk.authorize("").replace("&scope=openid%20profile%20User.Read%20GroupMember.ReadWrite.All", scope);
    let person = walk.emulator.person_named("Alan Turing");
    let form = [("person", person.to_string())];
    let reply = walk.http.post(format!("{address}&claims={CAPABLE}")).form(&form).send().await.expect("an answer");
    let back = url::Url::parse(&header(&reply, "location")).expect("an address");
    let (_, first) = walk.redeem_with(&field(&back, "code"), &[("claims", CAPABLE)]).await;
    walk.emulator.challenge(person);
    let (_, asked) = me(&walk, &first).await;

    let mut proof = asked.expect("claims");
    proof["access_token"]["xms_cc"] = json!({ "values": ["cp1"] });
    let client = super::CLIENT.to_string();
    let form = [
        ("grant_type", "refresh_token"),
        ("client_id", client.as_str()),
        ("client_secret", "a secret"),
        ("refresh_token", first["refresh_token"].as_str().unwrap_or_default()),
        ("claims", &proof.to_string()),
    ];
    let (status, second) =
        read(walk.http.post(walk.token_endpoint()).form(&form).send().await.expect("an answer")).await;

    assert_eq!(status, 200, "{second}");
    assert_eq!(me(&walk, &second).await.0, 200);
}
