//! Methods that no form and no link uses.

use reqwest::Method;

use crate::support::steps::Asked;

#[tokio::test]
async fn methods_that_no_page_uses_are_refused_and_change_nothing() {
    let asked = Asked::start().await;
    let (group, id) = (asked.portal.group("Compiler Team"), &asked.request);
    let paths = [
        "/".to_owned(),
        group.clone(),
        format!("{group}/ask"),
        format!("/approvals/{id}"),
        format!("/approvals/{id}/approve"),
        format!("/requests/{id}/withdraw"),
        "/sign-out".to_owned(),
    ];
    let own = ("origin", asked.portal.address.as_str());

    for method in ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "PROPFIND"] {
        for path in &paths {
            let method = Method::from_bytes(method.as_bytes()).unwrap();
            let page = asked.grace.raw(method.clone(), path, &[own], None).await;

            assert_eq!(page.status, 405, "{method} {path}");
            assert!(!page.header("allow").is_empty(), "{method} {path}");
            assert!(!page.body.contains("roster="), "{method} {path} echoes the cookies");
        }
    }
    assert_eq!(asked.seen_by_alan().await.tags(), ["Waiting for an owner"]);
}

#[tokio::test]
async fn the_address_of_a_button_does_nothing_when_it_is_opened() {
    let asked = Asked::start().await;
    let id = &asked.request;

    for verb in ["approve", "deny", "finish"] {
        let page = asked.grace.visit(&format!("/approvals/{id}/{verb}")).await;

        page.answers(405);
        assert_eq!(page.heading(), "This address works with a form only");
    }
    assert_eq!(asked.seen_by_alan().await.tags(), ["Waiting for an owner"]);
    assert_eq!(asked.portal.adds(), 0);
}
