//! A form whose sender's sign-in had ended is kept, shown to them once more, and sent when they say so.

use jiff::SignedDuration;

use crate::support::{page::Page, person::Person, portal::Portal, steps::Asked};

/// Lets Alan open the form, wait until his session is over, and send it.
async fn sent_too_late(portal: &Portal) -> (Person, Page) {
    let alan = portal.sign_in("Alan Turing").await;
    let form = alan.visit(&format!("{}/ask", portal.group("Compiler Team"))).await;
    portal.advance(SignedDuration::from_mins(61));
    let page = alan.submit(&form, "Send request", &[("reason", "Typed with care.")]).await;
    (alan, page)
}

#[tokio::test]
async fn a_form_sent_after_the_session_ended_is_shown_again_and_then_works() {
    let portal = Portal::start().await;

    let (alan, kept) = sent_too_late(&portal).await;
    let before = portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM request").await;
    let page = alan.submit(&kept, "Send it now", &[]).await;

    assert_eq!(kept.heading(), "Your sign-in had ended");
    kept.shows("Your request to join a group");
    kept.shows("Typed with care.");
    assert_eq!(before, 0);
    assert_eq!(page.tags(), ["Waiting for an owner"]);
    page.shows("Typed with care.");
}

#[tokio::test]
async fn a_form_sent_with_a_token_that_ended_is_kept_in_the_same_way() {
    let portal = Portal::start().await;
    portal.emulator.set_token_seconds(600);
    let asked = Asked::on(portal).await;
    let request = asked.grace.opens(&asked.request).await;
    let session = asked.grace.jar.get("roster");
    asked.portal.advance(SignedDuration::from_mins(11));

    let kept = asked.grace.submit(&request, "Deny request", &[("message", "No room this year.")]).await;
    let after = asked.grace.submit(&kept, "Send it now", &[]).await;

    kept.shows("Your denial of a request");
    kept.shows("No room this year.");
    assert!(after.flash().starts_with("You denied the request of Alan Turing"), "{}", after.text());
    assert_eq!(asked.grace.jar.get("roster"), session);
}

#[tokio::test]
async fn signing_in_alone_carries_nothing_out() {
    let asked = Asked::start().await;
    let request = asked.grace.opens(&asked.request).await;
    asked.portal.advance(SignedDuration::from_mins(61));

    let kept = asked.grace.submit(&request, "Approve request", &[]).await;

    kept.shows("Your approval of a request");
    assert!(!asked.portal.is_member("Compiler Team", "Alan Turing"));
    assert_eq!(asked.portal.adds(), 0);
}

#[tokio::test]
async fn a_kept_form_is_not_shown_to_another_person() {
    let portal = Portal::start().await;
    let (alan, kept) = sent_too_late(&portal).await;

    let choose = alan.visit(&format!("/sign-in?how=choose&return_to={}", kept.path())).await;
    let seen = alan.choose(&choose, "Mary Jackson").await;

    assert_eq!(seen.path(), kept.path());
    seen.answers(404);
    assert!(!seen.body.contains("Typed with care."));
}

#[tokio::test]
async fn a_kept_form_is_not_shown_in_another_browser() {
    let portal = Portal::start().await;
    let (_, kept) = sent_too_late(&portal).await;

    let (_, seen) = portal.sign_in_at(kept.path(), "Alan Turing").await;

    seen.answers(404);
    assert!(!seen.body.contains("Typed with care."));
}

#[tokio::test]
async fn a_kept_form_is_thrown_away_after_an_hour() {
    let portal = Portal::start().await;
    let (alan, kept) = sent_too_late(&portal).await;
    portal.advance(SignedDuration::from_mins(61));

    let late = alan.visit(kept.path()).await;

    late.answers(404);
}

#[tokio::test]
async fn a_form_that_names_nobody_is_not_kept() {
    let portal = Portal::start().await;
    let visitor = portal.visitor();
    let headers = [("origin", portal.address.as_str()), ("content-type", "application/x-www-form-urlencoded")];

    let page = visitor.post_raw(&format!("{}/ask", portal.group("Compiler Team")), &headers, "reason=x").await;

    assert_eq!(page.location(), "/sign-in?return_to=%2F");
    assert_eq!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM held_form").await, 0);
}

#[tokio::test]
async fn a_form_of_another_site_is_not_kept() {
    let portal = Portal::start().await;
    let alan = portal.sign_in("Alan Turing").await;
    let form = alan.visit(&format!("{}/ask", portal.group("Compiler Team"))).await.form("Send request");
    portal.advance(SignedDuration::from_mins(61));
    let headers = [("origin", "http://evil.example"), ("content-type", "application/x-www-form-urlencoded")];

    let page = alan.post_raw(form.action.path(), &headers, &form.body()).await;

    page.answers(403);
    assert_eq!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM held_form").await, 0);
}

#[tokio::test]
async fn what_was_typed_lies_sealed_in_the_database() {
    let portal = Portal::start().await;
    sent_too_late(&portal).await;

    let row = portal.database.text("SELECT key || browser_hash || person_hash || sealed FROM held_form").await;

    assert!(!row.contains("Typed") && !row.contains("ask"), "{row}");
}
