//! Forms of other sites. The cookies go along in every try here, as if no browser kept them back.

use crate::support::{page::Page, steps::Asked};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

/// Posts Grace's approval with exactly these headers beside her cookies.
async fn approve_with(asked: &Asked, headers: &[(&str, &str)]) -> Page {
    let form = asked.grace.opens(&asked.request).await.form("Approve request");
    asked.grace.post_raw(form.action.path(), headers, &form.body()).await
}

async fn is_held_off(asked: &Asked, page: &Page) {
    page.answers(403);
    assert_eq!(page.heading(), "This form came from another site");
    assert_eq!(asked.seen_by_alan().await.tags(), ["Waiting for an owner"]);
    assert_eq!(asked.portal.adds(), 0);
}

#[tokio::test]
async fn a_form_of_another_site_changes_nothing() {
    let asked = Asked::start().await;

    let page =
        approve_with(&asked, &[FORM, ("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")]).await;

    is_held_off(&asked, &page).await;
}

#[tokio::test]
async fn a_form_of_a_sibling_host_changes_nothing() {
    let asked = Asked::start().await;
    let port = asked.portal.address.rsplit(':').next().unwrap();
    let sibling = format!("http://other.localhost:{port}");

    let page = approve_with(&asked, &[FORM, ("origin", &sibling), ("sec-fetch-site", "same-site")]).await;

    is_held_off(&asked, &page).await;
}

#[tokio::test]
async fn a_form_of_another_port_of_this_host_changes_nothing() {
    let asked = Asked::start().await;

    let page = approve_with(&asked, &[FORM, ("origin", "http://127.0.0.1:1"), ("sec-fetch-site", "same-site")]).await;

    is_held_off(&asked, &page).await;
}

#[tokio::test]
async fn a_form_of_nowhere_changes_nothing() {
    let asked = Asked::start().await;

    for headers in [vec![FORM, ("origin", "null")], vec![FORM, ("origin", "null"), ("sec-fetch-site", "cross-site")]] {
        let page = approve_with(&asked, &headers).await;

        is_held_off(&asked, &page).await;
    }
}

#[tokio::test]
async fn an_old_browser_that_only_tells_the_origin_is_judged_by_it() {
    let asked = Asked::start().await;

    let page = approve_with(&asked, &[FORM, ("origin", "https://evil.example")]).await;

    is_held_off(&asked, &page).await;
}

/// A proxy in front may send its own name as the host; the address in the settings is what counts.
#[tokio::test]
async fn a_form_of_our_own_works_behind_a_proxy_that_changes_the_host() {
    let asked = Asked::start().await;
    let own = asked.portal.address.clone();

    let page = approve_with(&asked, &[FORM, ("origin", &own), ("host", "portal.internal:8080")]).await;

    assert_eq!(page.location(), "/approvals");
    assert!(asked.portal.is_member("Compiler Team", "Alan Turing"));
}

#[tokio::test]
async fn every_form_is_closed_to_other_sites() {
    let asked = Asked::start().await;
    let group = asked.portal.group("Compiler Team");
    let (id, team) = (&asked.request, group.trim_start_matches("/groups/"));
    let evil = [FORM, ("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")];

    for path in [
        format!("{group}/ask"),
        format!("/requests/{id}/withdraw"),
        format!("/approvals/{id}/deny"),
        format!("/approvals/{id}/finish"),
        format!("/approvals/owed/{id}/finish"),
        format!("/memberships/{team}/leave"),
        format!("/memberships/{team}/stay"),
        format!("/admin{group}"),
        format!("/admin{group}/pause"),
        format!("/admin{group}/resume"),
        "/admin/directory/refresh".to_owned(),
        "/theme".to_owned(),
        "/sign-out".to_owned(),
    ] {
        let page = asked.grace.post_raw(&path, &evil, "message=x&reason=x&version=1").await;

        assert_eq!(page.heading(), "This form came from another site", "{path}: {}", page.status);
    }
    assert_eq!(asked.grace.look("/").await.status, 200);
}

#[tokio::test]
async fn a_page_view_from_another_site_is_welcome() {
    let asked = Asked::start().await;
    let headers = [("sec-fetch-site", "cross-site"), ("referer", "https://mail.contoso.example/")];
    let path = format!("/approvals/{}", asked.request);

    let page = asked.grace.raw(reqwest::Method::GET, &path, &headers, None).await;

    page.answers(200);
}
