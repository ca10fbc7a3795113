//! What the sign-in side says of people, of itself and of its keys.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{Walk, claims, field, header, read};
use crate::{Company, Group};

async fn id_claims(walk: &Walk, name: &str) -> Value {
    let (back, _) = walk.sign_in(name).await;
    let (status, tokens) = walk.redeem(&field(&back, "code")).await;
    assert_eq!(status, 200, "{tokens}");
    claims(tokens["id_token"].as_str().unwrap_or_default())
}

#[tokio::test]
async fn guests_and_roles_are_told() {
    let walk = Walk::start().await;

    let (ada, tim, alan) = (
        id_claims(&walk, "Ada Lovelace").await,
        id_claims(&walk, "Tim Berners").await,
        id_claims(&walk, "Alan Turing").await,
    );

    assert_eq!((&ada["acct"], &tim["acct"]), (&json!(0), &json!(1)));
    assert_eq!(ada["roles"], json!(["Roster.Admin"]));
    assert!(alan.get("roles").is_none() && alan.get("groups").is_none());
}

#[tokio::test]
async fn disabled_people_get_no_further() {
    let walk = Walk::start().await;
    let (back, cookie) = walk.sign_in("Alan Turing").await;
    walk.emulator.set_enabled(walk.emulator.person_named("Alan Turing"), false);

    let form = [("person", walk.emulator.person_named("Donald Knuth").to_string())];
    let chosen = walk.http.post(walk.authorize("")).form(&form).send().await.expect("an answer");
    let silent = walk.http.get(walk.authorize("&prompt=none")).header("cookie", cookie).send().await;
    let silent = header(&silent.expect("an answer"), "location");
    let (status, refusal) = walk.redeem(&field(&back, "code")).await;

    assert_eq!(chosen.status().as_u16(), 400);
    assert!(chosen.text().await.unwrap_or_default().contains("AADSTS50057"));
    assert!(silent.contains("error=interaction_required") && silent.contains("AADSTS50057"), "{silent}");
    assert_eq!((status, &refusal["error"]), (400, &json!("invalid_grant")));
    assert_eq!(refusal["error_codes"], json!([50057]));
}

#[tokio::test]
async fn groups_are_told_until_there_are_too_many() {
    let mut company = Company::contoso();
    let alan = company.people[0].id;
    for number in 0..201 {
        company.groups.push(Group::security(Uuid::from_u128(1_000 + number), "Many").with_members(&[alan]));
    }
    let walk = Walk::start_in(company).await;
    walk.emulator.set_behaviour(|behaviour| behaviour.groups_claim = true);

    let (few, many) = (id_claims(&walk, "Ken Thompson").await, id_claims(&walk, "Alan Turing").await);

    let compilers = json!(walk.emulator.group_named("Data Platform"));
    assert!(few["groups"].as_array().is_some_and(|groups| groups.contains(&compilers)), "{few}");
    assert!(many.get("groups").is_none());
    assert_eq!(many["_claim_names"], json!({ "groups": "src1" }));
    let endpoint = many["_claim_sources"]["src1"]["endpoint"].as_str().unwrap_or_default();
    assert!(endpoint.starts_with("https://graph.windows.net/") && endpoint.ends_with("/getMemberObjects"));
}

#[tokio::test]
async fn keys_rotate_with_or_without_the_old_one() {
    let walk = Walk::start().await;
    let tenant = crate::Options::new(super::CLIENT, "", &[]).tenant_id;
    let address = format!("{}/{tenant}/discovery/v2.0/keys", walk.emulator.url());
    let kids = async || {
        let (_, keys) = read(walk.http.get(&address).send().await.expect("an answer")).await;
        let list = keys["keys"].as_array().cloned().unwrap_or_default();
        list.iter().map(|key| key["kid"].clone()).collect::<Vec<_>>()
    };

    let first = kids().await;
    walk.emulator.rotate_keys_keeping_old();
    let both = kids().await;
    walk.emulator.rotate_keys();
    let last = kids().await;

    assert_eq!((first.len(), both.len(), last.len()), (1, 2, 1));
    assert_eq!(both[1], first[0]);
    assert!(!both.contains(&last[0]));
}

#[tokio::test]
async fn several_sessions_need_a_hint() {
    let walk = Walk::start().await;
    let (_, first) = walk.sign_in("Alan Turing").await;
    let person = walk.emulator.person_named("Grace Hopper").to_string();
    let request = walk.http.post(walk.authorize("")).header("cookie", first).form(&[("person", person)]);
    let cookie = header(&request.send().await.expect("an answer"), "set-cookie");
    let cookie = cookie.split(';').next().unwrap_or_default();
    let silent = async |more: &str| {
        let address = walk.authorize(&format!("&prompt=none{more}"));
        header(&walk.http.get(address).header("cookie", cookie).send().await.expect("an answer"), "location")
    };

    assert!(silent("").await.contains("AADSTS16000"));
    assert!(silent("&login_hint=grace.hopper@contoso.example").await.contains("code="));
    assert!(silent("&login_hint=mary.jackson@contoso.example").await.contains("error=login_required"));
}
