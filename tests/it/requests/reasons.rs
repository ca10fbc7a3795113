//! What people type as a reason: kept, cleaned, or shown again with what to do.

use roster::store;

use crate::support::{page::Page, person::Person, portal::Portal};

async fn alan() -> (Portal, Person) {
    let portal = Portal::start().await;
    let alan = portal.sign_in("Alan Turing").await;
    (portal, alan)
}

fn is_asked(page: &Page) -> bool {
    page.path().starts_with("/requests/") && page.status == 200
}

#[tokio::test]
async fn a_reason_of_blanks_only_is_asked_for_again() {
    let (portal, alan) = alan().await;

    let page = alan.asks(&portal, "Compiler Team", " \u{a0}\t\n ").await;

    page.answers(422);
    assert_eq!(page.errors(), ["Enter why you want to join"]);
    assert!(page.title().starts_with("Error: "));
    assert_eq!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM request").await, 0);
}

#[tokio::test]
async fn a_reason_of_1001_characters_comes_back_with_its_length() {
    let (portal, alan) = alan().await;
    let long = "é".repeat(1001);

    let page = alan.asks(&portal, "Compiler Team", &long).await;

    page.answers(422);
    assert_eq!(page.errors(), ["Shorten this to 1000 characters. It has 1001."]);
    assert_eq!(page.field("reason"), Some(long));
}

#[tokio::test]
async fn a_reason_of_1000_characters_is_kept_whole() {
    let (portal, alan) = alan().await;
    let long = "ض".repeat(1000);

    let page = alan.asks(&portal, "Compiler Team", &long).await;

    assert!(is_asked(&page), "{}", page.text());
    page.shows(&long);
}

#[tokio::test]
async fn a_reason_of_100_kilobytes_comes_back_to_be_shortened() {
    let (portal, alan) = alan().await;
    let long = "a".repeat(100 * 1024);

    let page = alan.asks(&portal, "Compiler Team", &long).await;

    page.answers(422);
    assert_eq!(page.field("reason"), Some(long));
}

#[tokio::test]
async fn a_reason_larger_than_any_form_is_refused_plainly() {
    let (portal, alan) = alan().await;

    let page = alan.asks(&portal, "Compiler Team", &"a".repeat(600 * 1024)).await;

    page.answers(413);
    assert_eq!(page.heading(), "That is more than fits");
}

#[tokio::test]
async fn what_cannot_be_seen_in_a_reason_is_dropped() {
    let (portal, alan) = alan().await;

    let page = alan.asks(&portal, "Compiler Team", "be\0fore \u{202e}after\u{2066} \u{1b}[31mred").await;

    assert!(is_asked(&page), "{}", page.text());
    page.shows("before after [31mred");
    assert!(!page.body.contains(['\0', '\u{202e}', '\u{2066}', '\u{1b}']));
}

#[tokio::test]
async fn an_arabic_reason_stays_as_it_is_written() {
    let (portal, alan) = alan().await;
    let reason = "أعمل مع فريق المترجمات منذ سنة.";

    let page = alan.asks(&portal, "Compiler Team", reason).await;

    assert!(is_asked(&page));
    assert_eq!(page.all("blockquote bdi"), [reason]);
}

#[tokio::test]
async fn markup_in_a_reason_is_text() {
    let (portal, alan) = alan().await;
    let reason = "</bdi><script>alert(1)</script>\"'&amp;<img src=x onerror=alert(1)>";

    let page = alan.asks(&portal, "Compiler Team", reason).await;

    page.shows(reason);
    assert!(page.all("main script, main img").is_empty());
}

#[tokio::test]
async fn a_reason_in_several_lines_keeps_them_when_it_comes_back() {
    let (portal, alan) = alan().await;
    let long = format!("\nfirst\n\n{}", "b".repeat(1100));

    let page = alan.asks(&portal, "Compiler Team", &long).await;
    let again = alan.submit(&page, "Send request", &[]).await;

    assert_eq!(page.field("reason").unwrap().replace("\r\n", "\n"), long);
    assert_eq!(again.field("reason").unwrap().replace("\r\n", "\n"), long);
}

#[tokio::test]
async fn a_group_that_needs_no_reason_takes_none() {
    let (portal, alan) = alan().await;

    let page = alan.asks(&portal, "Reading Circle", "").await;

    assert!(is_asked(&page), "{}", page.text());
}

#[tokio::test]
async fn a_body_that_is_no_form_is_refused_plainly() {
    let (portal, alan) = alan().await;
    let path = format!("{}/ask", portal.group("Compiler Team"));
    let origin = ("origin", portal.address.as_str());

    let json = alan.post_raw(&path, &[origin, ("content-type", "application/json")], "{}").await;
    let nothing = alan.post_raw(&path, &[origin], "").await;
    let form = ("content-type", "application/x-www-form-urlencoded");
    let broken = alan.post_raw(&path, &[origin, form], "reason=%ff%fe%00%zz&&=&reason").await;

    assert_eq!((json.status.as_u16(), nothing.status.as_u16()), (415, 415));
    broken.answers(303);
}

#[tokio::test]
async fn the_record_shows_a_reason_that_was_changed_afterwards_and_does_not_hold_it() {
    let (portal, alan) = alan().await;

    let id = alan.asks(&portal, "Compiler Team", "I fix the parser.").await.id();

    let events = portal.app.store.events().of_request(id.parse().unwrap()).await.unwrap();
    let held = serde_json::json!({ "answers_sha256": null, "days": null, "reason_sha256": store::fingerprint("I fix the parser.") });
    assert_eq!(events[0].detail, held);
}
