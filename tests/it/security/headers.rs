//! What every answer tells browsers to be careful about, and what cookies are made of.

use roster_emulator::{Action, Fault};

use crate::support::{
    page::Page,
    portal::{Portal, Setup},
    steps::Asked,
};

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      base-uri 'none'; object-src 'none'; frame-ancestors 'none'; form-action 'self'";

fn is_careful(page: &Page, provider: &str) {
    let named = format!("{} {}", page.status, page.url);
    assert_eq!(page.header("content-security-policy"), format!("{POLICY} {provider}"), "{named}");
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
    ] {
        assert_eq!(page.header(name), value, "{name} of {named}");
    }
    assert_eq!(page.header("x-request-id").len(), 32, "{named}");
    assert_eq!(page.header("server"), "", "{named}");
}

#[tokio::test]
async fn every_page_of_every_kind_of_person_is_careful() {
    let asked = Asked::start().await;
    let portal = &asked.portal;
    let (ada, visitor) = (portal.sign_in("Ada Lovelace").await, portal.visitor());
    let (group, id) = (portal.group("Compiler Team"), &asked.request);
    let provider = portal.emulator.url();

    let paths = [
        "/",
        "/help",
        "/groups",
        &group,
        &format!("{group}/ask"),
        "/requests",
        &format!("/requests/{id}"),
        "/approvals",
        &format!("/approvals/{id}"),
        "/memberships",
        "/admin/groups",
        &format!("/admin{group}"),
        "/sign-in",
        "/sign-in/callback",
        "/signed-out",
        "/sign-out",
        "/theme",
        "/nowhere",
        "/static/nothing.css",
    ];
    for person in [&asked.alan, &asked.grace, &ada, &visitor] {
        for path in paths {
            let page = person.look(path).await;

            is_careful(&page, &provider);
            assert_eq!(page.header("cache-control"), "no-store", "{path}");
        }
    }
}

#[tokio::test]
async fn every_refusal_is_as_careful_as_a_page() {
    let portal = Portal::impatient().await;
    let alan = portal.sign_in("Alan Turing").await;
    let ask = format!("{}/ask", portal.group("Compiler Team"));
    let own = ("origin", portal.address.as_str());
    let form = ("content-type", "application/x-www-form-urlencoded");
    let long = "a".repeat(600 * 1024);
    portal.emulator.fault(Fault::on("*", "/me").times(20).answer(Action::Status(503, None)));

    let refusals = [
        (403, alan.post_raw(&ask, &[form, ("origin", "null")], "").await),
        (404, alan.look("/groups/nonsense").await),
        (405, alan.post_raw("/groups", &[form, own], "").await),
        (413, alan.post_raw(&ask, &[form, own], &long).await),
        (415, alan.post_raw(&ask, &[own], "{}").await),
        (422, alan.post_raw(&ask, &[form, own], "reason=").await),
        (401, portal.visitor().raw(reqwest::Method::GET, "/", &[("sec-fetch-dest", "empty")], None).await),
        (303, portal.visitor().look("/").await),
    ];

    for (status, page) in refusals {
        assert_eq!(page.status.as_u16(), status, "{}", page.url);
        is_careful(&page, &portal.emulator.url());
        assert_eq!(page.header("cache-control"), "no-store", "{}", page.url);
    }
}

#[tokio::test]
async fn what_a_page_is_made_of_is_kept_by_browsers_and_still_careful() {
    let portal = Portal::start().await;
    let page = portal.visitor().visit("/signed-out").await;

    let addresses =
        [&portal.app.assets.css, &portal.app.assets.js, &portal.app.assets.icons, &portal.app.assets.favicon];

    for address in addresses {
        let asset = portal.visitor().look(address).await;

        asset.answers(200);
        is_careful(&asset, &portal.emulator.url());
        assert_eq!(asset.header("cache-control"), "public, max-age=31536000, immutable", "{address}");
        assert_eq!(asset.header("set-cookie"), "", "{address}");
        assert!(page.body.contains(&**address) || address.contains("icons"), "{address} is not on the page");
    }
}

#[tokio::test]
async fn behind_https_browsers_are_told_to_stay_there() {
    let plain = Portal::start().await;
    let secure = Setup { https: true, ..Setup::default() }.start().await;

    let (plain, secure) = (plain.visitor().look("/").await, secure.visitor().look("/").await);

    assert_eq!(plain.header("strict-transport-security"), "");
    assert_eq!(secure.header("strict-transport-security"), "max-age=63072000; includeSubDomains");
}

#[tokio::test]
async fn no_page_lets_script_or_style_stand_in_it() {
    let asked = Asked::start().await;
    let group = asked.portal.group("Compiler Team");

    for path in ["/", "/groups", &group, &format!("/approvals/{}", asked.request), "/memberships", "/nowhere"] {
        let page = asked.grace.visit(path).await;

        assert!(page.all("style, [style], base, iframe, object, embed, script:not([src])").is_empty(), "{path}");
        assert!(page.all("[onclick], [onload], [onsubmit], [onerror]").is_empty(), "{path}");
    }
}

/// Signs Alan in by hand and returns every line that set a cookie on the way.
async fn cookies_of_a_sign_in(portal: &Portal) -> Vec<String> {
    let alan = portal.visitor();
    let begin = alan.look("/sign-in").await;
    let choose = alan.visit(&begin.location()).await;
    let back = alan.press(&choose, "Alan Turing").await.location();
    let back = url::Url::parse(&back).unwrap();
    let arrived = alan.look(&format!("{}?{}", back.path(), back.query().unwrap())).await;
    let lines = begin.headers.get_all("set-cookie").into_iter().chain(arrived.headers.get_all("set-cookie"));
    lines.map(|line| line.to_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn cookies_are_for_this_host_and_for_no_script() {
    let portal = Portal::start().await;

    let cookies = cookies_of_a_sign_in(&portal).await;

    assert!(cookies.iter().any(|cookie| cookie.starts_with("roster=")), "{cookies:?}");
    assert!(cookies.iter().any(|cookie| cookie.starts_with("roster-browser=")), "{cookies:?}");
    for cookie in &cookies {
        for attribute in ["HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(cookie.contains(attribute), "{cookie}");
        }
        assert!(!cookie.contains("Domain") && !cookie.contains("Secure"), "{cookie}");
    }
    let session = cookies.iter().find(|cookie| cookie.starts_with("roster=")).unwrap();
    assert!(!session.contains("Max-Age") && !session.contains("Expires"), "{session}");
}

#[tokio::test]
async fn behind_https_cookies_are_bound_to_the_host_by_their_name() {
    let portal = Setup { https: true, ..Setup::default() }.start().await;

    let cookies = cookies_of_a_sign_in(&portal).await;

    assert!(cookies.iter().any(|cookie| cookie.starts_with("__Host-roster=")), "{cookies:?}");
    for cookie in &cookies {
        assert!(cookie.starts_with("__Host-") && cookie.contains("Secure") && cookie.contains("HttpOnly"), "{cookie}");
    }
}
