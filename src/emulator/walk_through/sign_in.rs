//! Signing in: codes, cookies, forgeries, and how an application proves itself.

use aws_lc_rs::encoding::{AsDer, PublicKeyX509Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{KeyPair as _, RSA_PSS_SHA256, RsaKeyPair};
use serde_json::json;

use super::{CLIENT, Walk, claims, field, header, read};
use crate::keys::encode;
use crate::{Certificate, Company, Tamper};

#[tokio::test]
async fn somebody_signs_in_and_reads_who_they_are() {
    let walk = Walk::start().await;
    let discovery = format!("{}/.well-known/openid-configuration", walk.emulator.authority());

    let (_, document) = read(walk.http.get(discovery).send().await.expect("an answer")).await;
    let (back, _) = walk.sign_in("Joan Clarke").await;
    let (status, tokens) = walk.redeem(&field(&back, "code")).await;
    let token = tokens["access_token"].as_str().unwrap_or_default();
    let me = walk.http.get(format!("{}/me?$select=id,userType", walk.emulator.graph_url()));
    let (_, me) = read(me.bearer_auth(token).send().await.expect("an answer")).await;

    assert_eq!(document["issuer"], walk.emulator.authority());
    assert_eq!(field(&back, "state"), "s1");
    assert_eq!(status, 200);
    assert_eq!(tokens["scope"], "GroupMember.ReadWrite.All User.Read openid profile");
    let claims = claims(tokens["id_token"].as_str().unwrap_or_default());
    assert_eq!(claims["nonce"], "n1");
    assert_eq!(claims["roles"], json!(["Roster.Auditor"]));
    assert_eq!(me["userType"], "Member");
    assert_eq!(me["id"], claims["oid"]);
    assert!(me.get("displayName").is_none());
}

#[tokio::test]
async fn a_code_works_once() {
    let walk = Walk::start().await;
    let (back, _) = walk.sign_in("Alan Turing").await;
    let code = field(&back, "code");

    let (first, _) = walk.redeem(&code).await;
    let (second, refusal) = walk.redeem(&code).await;

    assert_eq!((first, second), (200, 400));
    assert_eq!(refusal["error"], "invalid_grant");
    assert_eq!(refusal["error_codes"], json!([54005]));
}

#[tokio::test]
async fn silent_sign_in_needs_the_cookie() {
    let walk = Walk::start().await;
    let (_, cookie) = walk.sign_in("Alan Turing").await;
    let silent = walk.authorize("&prompt=none");

    let without = walk.http.get(&silent).send().await.expect("an answer");
    let with = walk.http.get(&silent).header("cookie", cookie).send().await.expect("an answer");

    assert!(header(&without, "location").contains("error=login_required"));
    assert!(header(&with, "location").contains("code="));
}

#[tokio::test]
async fn an_unregistered_return_address_is_never_visited() {
    let walk = Walk::start().await;

    let elsewhere = walk.authorize("").replace("8080", "8081");
    let reply = walk.http.get(elsewhere).send().await.expect("an answer");

    assert_eq!(reply.status().as_u16(), 400);
    assert_eq!(header(&reply, "location"), "");
    assert!(reply.text().await.unwrap_or_default().contains("AADSTS50011"));
}

#[tokio::test]
async fn the_page_offers_people_by_their_id() {
    let walk = Walk::start().await;
    let alan = walk.emulator.person_named("Alan Turing");

    let page = walk.http.get(walk.authorize("")).send().await.expect("an answer");
    let page = page.text().await.unwrap_or_default();

    assert!(page.contains(&format!(r#"<button name="person" value="{alan}""#)));
    assert!(page.contains("فاطمة الفهري"));
    assert!(page.contains("is made up"));
}

#[tokio::test]
async fn every_page_says_that_nothing_is_real() {
    let walk = Walk::start().await;
    let tenant = crate::Options::new(CLIENT, "", &[]).tenant_id;
    walk.emulator.set_behaviour(|behaviour| behaviour.asks_for_consent = true);
    walk.emulator.set_granted_scopes(&[]);
    let url = walk.emulator.url();
    let refused = walk.authorize("").replace("8080", "8081");
    let signed_out = format!("{url}/{tenant}/oauth2/v2.0/logout");
    let person = walk.emulator.person_named("Alan Turing").to_string();

    let mut pages = Vec::new();
    for address in [url.clone(), format!("{url}/nowhere"), walk.authorize(""), refused, signed_out] {
        pages.push(walk.http.get(address).send().await.expect("an answer").text().await.expect("a page"));
    }
    let consent = walk.http.post(walk.authorize("")).form(&[("person", person)]).send().await.expect("an answer");
    pages.push(consent.text().await.expect("a page"));

    for page in &pages {
        assert!(page.contains("<strong>Not a real directory.</strong> Contoso is made up."), "{page}");
    }
    assert!(pages[5].contains("Approval required"), "{}", pages[5]);
}

#[tokio::test]
async fn a_forged_token_keeps_its_shape() {
    let walk = Walk::start().await;
    walk.emulator.tamper_next_id_token(Tamper::claims(|claims| claims["aud"] = json!("somebody else")));
    let (back, _) = walk.sign_in("Alan Turing").await;

    let (_, tokens) = walk.redeem(&field(&back, "code")).await;

    assert_eq!(claims(tokens["id_token"].as_str().unwrap_or_default())["aud"], "somebody else");
}

#[tokio::test]
async fn a_certificate_proves_an_application_once() {
    let pair = RsaKeyPair::generate(KeySize::Rsa2048).expect("a key");
    let public: PublicKeyX509Der<'_> = pair.public_key().as_der().expect("a public key");
    let certificate = Certificate { public_key: public.as_ref().to_vec(), thumbprint: "the-thumbprint".to_owned() };
    let walk = Walk::start_with(|options| options.client.certificate = Some(certificate)).await;
    let endpoint = walk.token_endpoint();
    let assertion = assertion(&pair, &endpoint);
    let client = CLIENT.to_string();
    let form = [
        ("grant_type", "client_credentials"),
        ("scope", "https://graph.microsoft.com/.default"),
        ("client_id", client.as_str()),
        ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
        ("client_assertion", assertion.as_str()),
    ];

    let first = read(walk.http.post(&endpoint).form(&form).send().await.expect("an answer")).await;
    let second = read(walk.http.post(&endpoint).form(&form).send().await.expect("an answer")).await;

    assert_eq!(first.0, 200, "{}", first.1);
    assert_eq!(first.1["token_type"], "Bearer");
    assert_eq!(second.0, 401);
    assert_eq!(second.1["error"], "invalid_client");
}

#[tokio::test]
async fn a_wrong_secret_is_refused_as_entra_does() {
    let walk = Walk::start().await;
    let form = [("grant_type", "client_credentials"), ("scope", "https://graph.microsoft.com/.default")];

    let request = walk.http.post(walk.token_endpoint()).basic_auth(CLIENT, Some("wrong")).form(&form);
    let (status, refusal) = read(request.send().await.expect("an answer")).await;

    assert_eq!(status, 401);
    assert_eq!(refusal["error"], "invalid_client");
    assert_eq!(refusal["error_codes"], json!([7_000_215]));
}

#[tokio::test]
async fn each_flaw_of_an_assertion_has_its_number() {
    let (pair, stranger) = (RsaKeyPair::generate(KeySize::Rsa2048), RsaKeyPair::generate(KeySize::Rsa2048));
    let (pair, stranger) = (pair.expect("a key"), stranger.expect("a key"));
    let public: PublicKeyX509Der<'_> = pair.public_key().as_der().expect("a public key");
    let certificate = Certificate { public_key: public.as_ref().to_vec(), thumbprint: "the-thumbprint".to_owned() };
    let walk = Walk::start_with(|options| options.client.certificate = Some(certificate)).await;
    let endpoint = walk.token_endpoint();
    let good = assertion(&pair, &endpoint);
    let client = CLIENT.to_string();
    let refusal = async |assertion: String| {
        let form = [
            ("grant_type", "client_credentials"),
            ("scope", "https://graph.microsoft.com/.default"),
            ("client_id", client.as_str()),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", assertion.as_str()),
        ];
        let reply = walk.http.post(&endpoint).form(&form).send().await.expect("an answer");
        let (status, body) = read(reply).await;
        (status, body["error"].clone(), body["error_codes"][0].clone(), body["trace_id"].is_string())
    };
    let is = |number: u32| (401, json!("invalid_client"), json!(number), true);

    assert_eq!(refusal("no token".to_owned()).await, is(700_027));
    assert_eq!(refusal(assertion(&stranger, &endpoint)).await, is(700_027));
    assert_eq!(refusal(assertion(&pair, "https://elsewhere.example")).await, is(700_023));
    walk.emulator.advance_clock(3_600);
    assert_eq!(refusal(good).await, is(700_024));
}

fn assertion(pair: &RsaKeyPair, audience: &str) -> String {
    let header = json!({ "typ": "JWT", "alg": "PS256", "x5t#S256": "the-thumbprint" });
    let expires = jiff::Timestamp::now().as_second() + 300;
    let claims = json!({ "aud": audience, "iss": CLIENT, "sub": CLIENT, "jti": "1", "exp": expires });
    let message = format!("{}.{}", encode(header.to_string()), encode(claims.to_string()));
    let mut signature = vec![0; pair.public_modulus_len()];
    pair.sign(&RSA_PSS_SHA256, &SystemRandom::new(), message.as_bytes(), &mut signature).expect("a signature");
    format!("{message}.{}", encode(signature))
}

#[tokio::test]
async fn a_large_company_is_searched_by_name() {
    let walk = Walk::start_in(Company::generated(3, 500, 30, 5)).await;
    let page = async |more: &str| {
        let reply = walk.http.get(walk.authorize(more)).send().await.expect("an answer");
        reply.text().await.unwrap_or_default()
    };
    let listed = |page: &str| page.matches(r#"<button name="person""#).count();

    let all = page("").await;
    let found = page("&find=hopper").await;
    let nobody = page("&find=zzz").await;

    assert_eq!(listed(&all), 6);
    assert!(all.contains("494 more people are not listed"), "{all}");
    assert!(all.contains(r#"<input type="search" name="find""#));
    assert!(found.contains("Grace Hopper") && listed(&found) == 1);
    // The search keeps what the application asked for.
    assert!(found.contains(r#"<input type="hidden" name="nonce" value="n1">"#));
    assert!(nobody.contains("Nobody has") && listed(&nobody) == 0);
}
