//! What a sign-in does not do: pass on what strangers ask for, bring back who has left, tell one person another's news.

use crate::support::{portal::Portal, steps::Asked};

#[tokio::test]
async fn what_is_to_be_proved_is_an_object_of_modest_size_or_is_not_asked() {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
    let portal = Portal::start().await;
    let visitor = portal.visitor();
    let asked = async |claims: String| {
        let encoded = URL_SAFE_NO_PAD.encode(claims);
        let way = visitor.look(&format!("/sign-in?claims={encoded}")).await.location();
        let way = url::Url::parse(&way).unwrap();
        // The other parameters are random, and may hold any letters.
        way.query_pairs().any(|(name, value)| name == "claims" && value.contains("nbf"))
    };

    assert!(asked(r#"{"access_token":{"nbf":{"essential":true,"value":"1"}}}"#.to_owned()).await);
    for unfit in ["", "words", "[]", "\"text\"", "7", "{"] {
        assert!(!asked(unfit.to_owned()).await, "{unfit}");
    }
    assert!(!asked(format!(r#"{{"nbf":"{}"}}"#, "a".repeat(4096))).await);
}

#[tokio::test]
async fn a_renewal_does_not_bring_back_somebody_who_has_signed_out() {
    let portal = Portal::start().await;
    let alan = portal.sign_in("Alan Turing").await;
    let home = alan.visit("/").await;
    let provider = alan.look("/sign-in?how=renew&return_to=%2Fgroups").await.location();
    let back = alan.look(&provider).await.location();
    let browser = alan.jar.get("roster-browser").unwrap();
    alan.press(&home, "Sign out").await;
    alan.jar.put("roster-browser", &browser);

    let page = alan.look(&back).await;

    assert!(back.contains("/sign-in/callback?code="), "{back}");
    assert_eq!(page.location(), "/sign-in?return_to=%2Fgroups");
    assert_eq!(alan.look("/groups").await.status, 303);
}

#[tokio::test]
async fn a_renewal_does_not_turn_one_person_into_another() {
    let portal = Portal::start().await;
    let alan = portal.sign_in("Alan Turing").await;
    let provider = alan.look("/sign-in?how=renew&return_to=%2Fgroups").await.location();
    let back = alan.look(&provider).await.location();
    let choose = alan.visit("/sign-in?how=choose").await;
    alan.choose(&choose, "Grace Hopper").await.answers(200);

    let page = alan.look(&back).await;

    assert_eq!(page.location(), "/sign-in?return_to=%2Fgroups");
    assert_eq!(alan.visit("/").await.heading(), "Hello Grace");
}

#[tokio::test]
async fn what_a_page_leaves_to_say_is_read_by_nobody_else() {
    let asked = Asked::start().await;
    let request = asked.grace.opens(&asked.request).await;
    asked.grace.press(&request, "Approve request").await;
    let left = asked.grace.jar.get("roster-flash").unwrap();
    asked.alan.jar.put("roster-flash", &left);

    let of_alan = asked.alan.visit("/").await;
    let of_grace = asked.grace.visit("/").await;

    assert_eq!(of_alan.flash(), "");
    assert!(!of_grace.flash().is_empty(), "{}", of_grace.text());
}
