//! Addresses and headers that try to be something else than they are.

use reqwest::Method;

use crate::support::{
    person::Person,
    portal::Portal,
    steps::Asked,
    wire::{ask, status},
};

fn cookies(person: &Person) -> String {
    format!("Cookie: {}\r\n", person.jar.header())
}

/// Ways to write the address of the administrators' page.
fn disguises(portal: &Portal) -> Vec<String> {
    let id = portal.emulator.group_named("Compiler Team");
    [
        "/admin/groups",
        "//admin/groups",
        "/admin//groups",
        "/admin/groups/",
        "/ADMIN/groups",
        "/Admin/Groups",
        "/./admin/groups",
        "/x/../admin/groups",
        "/x/%2e%2e/admin/groups",
        "/admin%2fgroups",
        "/admin%2Fgroups",
        "/%61dmin/groups",
        "/admin;x=1/groups",
        "/admin/groups;x=1",
        "/admin/groups%00",
        "/admin/groups%20",
        "/admin/groups%3f",
        "/admin/groups%23",
        "/admin\\groups",
        "/static/../admin/groups",
        "/static/%2e%2e%2fadmin%2fgroups",
        "/admin/groups?_method=POST",
        "/admin/groups#",
        "/admin/groups.html",
    ]
    .into_iter()
    .map(str::to_owned)
    .chain([format!("/admin/groups/{id}"), format!("/admin/groups/{id}/"), format!("/admin/groups/%7B{id}%7D")])
    .collect()
}

#[tokio::test]
async fn no_way_of_writing_an_address_opens_a_page_that_is_closed() {
    let portal = Portal::start().await;
    let grace = portal.sign_in("Grace Hopper").await;

    for path in disguises(&portal) {
        let (signed, nobody) =
            (ask(&portal.address, "GET", &path, &cookies(&grace)).await, ask(&portal.address, "GET", &path, "").await);

        assert!([400, 404].contains(&status(&signed)), "{path} as an owner: {signed}");
        assert!([303, 400, 404].contains(&status(&nobody)), "{path} as nobody: {nobody}");
        let told = "Roster keeps a copy of the tenant";
        assert!(!signed.contains(told) && !nobody.contains(told), "{path}");
    }
}

#[tokio::test]
async fn whole_addresses_and_stars_in_place_of_a_path_open_nothing() {
    let portal = Portal::start().await;
    let grace = portal.sign_in("Grace Hopper").await;

    for (method, target) in [
        ("GET", format!("{}/admin/groups", portal.address)),
        ("GET", "http://evil.example/admin/groups".to_owned()),
        ("OPTIONS", "*".to_owned()),
        ("CONNECT", "evil.example:443".to_owned()),
    ] {
        let answer = ask(&portal.address, method, &target, &cookies(&grace)).await;

        assert!((400..500).contains(&status(&answer)), "{method} {target}: {answer}");
    }
}

#[tokio::test]
async fn what_a_proxy_or_client_adds_changes_nothing_about_who_may_do_what() {
    let portal = Portal::start().await;
    let grace = portal.sign_in("Grace Hopper").await;
    let plain = grace.raw(Method::GET, "/admin/groups", &[], None).await;
    let admin = portal.emulator.token(portal.emulator.person_named("Ada Lovelace"));
    let (bearer, agent) = (format!("Bearer {admin}"), "Agent ".repeat(1000));
    let ada = portal.emulator.person_named("Ada Lovelace").to_string();

    for (name, value) in [
        ("host", "evil.example"),
        ("host", "localhost"),
        ("x-forwarded-host", "evil.example"),
        ("x-forwarded-proto", "https"),
        ("x-forwarded-for", "127.0.0.1"),
        ("forwarded", "for=127.0.0.1;host=evil"),
        ("x-original-url", "/groups"),
        ("x-rewrite-url", "/groups"),
        ("x-http-method-override", "POST"),
        ("x-forwarded-user", "ada.lovelace@contoso.example"),
        ("remote-user", "ada.lovelace@contoso.example"),
        ("x-ms-client-principal-id", &ada),
        ("x-ms-token-aad-id-token", &admin),
        ("authorization", &bearer),
        ("user-agent", &agent),
        ("user-agent", ""),
        ("x-request-id", "00000000000000000000000000000000"),
        ("cookie", "roster=nonsense"),
        ("accept", "application/json"),
        ("accept-language", "ar"),
    ] {
        let cookie = grace.jar.header();
        let headers = if name == "cookie" { vec![(name, value)] } else { vec![(name, value), ("x-a", "b")] };
        let page = if name == "cookie" {
            grace.raw(Method::GET, "/admin/groups", &[("cookie", &format!("{value}; {cookie}"))], None).await
        } else {
            grace.raw(Method::GET, "/admin/groups", &headers, None).await
        };

        if name == "cookie" {
            assert!([303, 400, 404].contains(&page.status.as_u16()), "{name}: {value}: {}", page.status);
        } else {
            assert_eq!((page.status, page.bytes()), (plain.status, plain.bytes()), "{name}: {value}");
        }
    }
}

#[tokio::test]
async fn nobody_is_sent_to_where_a_header_points() {
    let portal = Portal::start().await;
    let visitor = portal.visitor();

    for (name, value) in
        [("host", "evil.example"), ("x-forwarded-host", "evil.example"), ("referer", "https://evil.example/")]
    {
        let page = visitor.raw(Method::GET, "/groups", &[(name, value)], None).await;
        let sign_in = visitor.raw(Method::GET, "/sign-in?return_to=%2Fgroups", &[(name, value)], None).await;

        assert_eq!(page.location(), "/sign-in?return_to=%2Fgroups");
        assert!(sign_in.location().starts_with(&portal.emulator.url()), "{}", sign_in.location());
        assert!(!sign_in.location().contains("evil"), "{}", sign_in.location());
    }
}

#[tokio::test]
async fn choosing_colours_returns_to_our_own_pages_only() {
    let asked = Asked::start().await;
    let form = ("content-type", "application/x-www-form-urlencoded");
    let own = asked.portal.address.as_str();
    let there = format!("{own}/groups?q=data");

    for (referer, back) in [(there.as_str(), "/groups?q=data"), ("https://evil.example/x", "/"), ("//evil", "/")] {
        let headers = [form, ("origin", own), ("referer", referer)];
        let page = asked.grace.post_raw("/theme", &headers, "theme=dark").await;

        assert_eq!(page.location(), back);
    }
}

#[tokio::test]
async fn nonsense_in_cookies_is_nobody() {
    let portal = Portal::start().await;
    let visitor = portal.visitor();
    let long = "A".repeat(4000);

    for value in ["", "x", "AAAAAAAAAAAAAAAAAAAAAA", "' OR 1=1 --", "%00", "é", long.as_str()] {
        for name in ["roster", "roster-browser", "roster-flash", "roster-theme", "tz"] {
            visitor.jar.put(name, value);
        }
        let (page, open) = (visitor.look("/").await, visitor.look("/signed-out").await);

        assert_eq!((page.status.as_u16(), open.status.as_u16()), (303, 200), "{value:?}");
        assert_eq!(open.flash(), "");
    }
}
