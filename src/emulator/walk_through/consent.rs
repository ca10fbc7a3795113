//! Consent: the page that asks, who may agree, and what the application hears.

use reqwest::Response;
use serde_json::json;

use super::{Walk, field, header};

async fn asking(granted: &[&str]) -> Walk {
    let walk = Walk::start().await;
    walk.emulator.set_granted_scopes(granted);
    walk.emulator.set_behaviour(|behaviour| behaviour.asks_for_consent = true);
    walk
}

async fn post(walk: &Walk, name: &str, consent: Option<&str>) -> Response {
    let mut form = vec![("person", walk.emulator.person_named(name).to_string())];
    form.extend(consent.map(|answer| ("consent", answer.to_owned())));
    walk.http.post(walk.authorize("")).form(&form).send().await.expect("an answer")
}

#[tokio::test]
async fn people_agree_for_themselves_to_what_they_may() {
    let walk = asking(&["GroupMember.ReadWrite.All"]).await;

    let asked = post(&walk, "Alan Turing", None).await;
    let cookie = header(&asked, "set-cookie").split(';').next().unwrap_or_default().to_owned();
    let page = asked.text().await.unwrap_or_default();
    let silent = walk.http.get(walk.authorize("&prompt=none")).header("cookie", cookie).send().await;
    let silent = header(&silent.expect("an answer"), "location");
    let declined = header(&post(&walk, "Alan Turing", Some("no")).await, "location");
    let agreed = header(&post(&walk, "Alan Turing", Some("yes")).await, "location");
    let next = header(&post(&walk, "Mary Jackson", None).await, "location");

    assert!(page.contains("Permissions requested") && page.contains("<code>User.Read</code>"), "{page}");
    assert!(!page.contains("GroupMember") && page.contains("is made up"), "{page}");
    assert!(silent.contains("error=consent_required") && silent.contains("AADSTS65001"), "{silent}");
    assert!(declined.contains("error=access_denied") && declined.contains("AADSTS65004"), "{declined}");
    assert!(agreed.contains("code="), "{agreed}");
    assert!(next.contains("code="), "{next}");
}

#[tokio::test]
async fn what_an_administrator_has_to_agree_to_stops_others() {
    let walk = asking(&["User.Read"]).await;
    let ada = walk.emulator.person_named("Ada Lovelace");
    walk.emulator.change_person(ada, |found| found.directory_roles.push("Global Administrator".to_owned()));

    let page = post(&walk, "Alan Turing", None).await.text().await.unwrap_or_default();
    let forced = header(&post(&walk, "Alan Turing", Some("yes")).await, "location");
    let by_admin = header(&post(&walk, "Ada Lovelace", Some("yes")).await, "location");
    let now = header(&post(&walk, "Alan Turing", None).await, "location");

    assert!(page.contains("Approval required") && !page.contains(r#"value="yes""#), "{page}");
    assert!(forced.contains("error=access_denied"), "{forced}");
    assert!(by_admin.contains("code=") && now.contains("code="));
}

#[tokio::test]
async fn consent_that_was_taken_back_stops_the_next_token() {
    let walk = asking(&["User.Read", "GroupMember.ReadWrite.All"]).await;
    let (back, _) = walk.sign_in("Alan Turing").await;

    walk.emulator.set_granted_scopes(&["User.Read"]);
    let (status, refusal) = walk.redeem(&field(&back, "code")).await;

    assert_eq!(status, 400);
    assert_eq!((&refusal["error"], &refusal["suberror"]), (&json!("invalid_grant"), &json!("consent_required")));
    assert_eq!(refusal["error_codes"], json!([65001]));
}
