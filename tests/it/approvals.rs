//! Owners answer requests.

mod directory;
mod finishing;
mod known;
mod late_index;
mod leaving_late;
mod moved_on;
mod races;
mod several;

use crate::support::{portal::Portal, steps::Asked};

#[tokio::test]
async fn an_owner_approves_and_the_directory_has_the_member() {
    let asked = Asked::start().await;

    let inbox = asked.grace.visit("/approvals").await;
    let request = asked.grace.follow(&inbox, "Alan Turing wants to join Compiler Team").await;
    let after = asked.grace.submit(&request, "Approve request", &[("message", "Welcome.")]).await;

    assert_eq!(after.path(), "/approvals");
    assert_eq!(after.flash(), "Alan Turing is now a member of Compiler Team.");
    assert!(asked.portal.is_member("Compiler Team", "Alan Turing"));
    assert_eq!(asked.portal.adds(), 1);
}

#[tokio::test]
async fn the_person_who_asked_sees_the_answer_and_the_message() {
    let asked = Asked::start().await;
    let request = asked.grace.opens(&asked.request).await;
    asked.grace.submit(&request, "Approve request", &[("message", "Welcome.")]).await.answers(200);

    let mine = asked.seen_by_alan().await;
    let memberships = asked.alan.visit("/memberships").await;

    assert_eq!(mine.tags(), ["Added"]);
    mine.shows("Grace Hopper approved the request");
    mine.shows("Welcome.");
    assert!(memberships.link("Compiler Team").is_some());
}

#[tokio::test]
async fn the_request_shows_what_helps_to_decide() {
    let asked = Asked::start().await;

    let request = asked.grace.opens(&asked.request).await;

    for said in ["I fix the register allocator.", "Research engineer, Research", "alan.turing@contoso.example"] {
        request.shows(said);
    }
    request.shows("What Compiler Team gives.");
    request.shows("Mary Jackson");
}

#[tokio::test]
async fn a_denial_needs_a_reason() {
    let asked = Asked::start().await;
    let request = asked.grace.opens(&asked.request).await;

    let page = asked.grace.submit(&request, "Deny request", &[("message", "  ")]).await;

    page.answers(422);
    assert_eq!(page.errors(), ["Enter a reason for denying this request"]);
    assert!(page.has_button("Approve request") && page.has_button("Deny request"));
    assert_eq!(asked.seen_by_alan().await.tags(), ["Waiting for an owner"]);
}

#[tokio::test]
async fn a_reason_that_is_too_long_comes_back_as_it_was_typed() {
    let asked = Asked::start().await;
    let (request, long) = (asked.grace.opens(&asked.request).await, "n".repeat(1001));

    let page = asked.grace.submit(&request, "Deny request", &[("message", &long)]).await;
    let shorter = asked.grace.submit(&page, "Deny request", &[("message", "No.")]).await;

    page.answers(422);
    assert_eq!(page.field("message"), Some(long));
    assert!(shorter.flash().starts_with("You denied the request of Alan Turing"));
}

#[tokio::test]
async fn the_person_who_asked_reads_the_reason_of_a_denial() {
    let asked = Asked::start().await;

    let after = asked.grace.denies(&asked.request, "The team is full.").await;

    let mine = asked.seen_by_alan().await;
    assert_eq!(after.path(), "/approvals");
    assert_eq!(mine.tags(), ["Not approved"]);
    mine.shows("The team is full.");
    assert!(!asked.portal.is_member("Compiler Team", "Alan Turing"));
}

#[tokio::test]
async fn a_new_request_shows_the_owner_what_was_asked_before() {
    let asked = Asked::start().await;
    let mine = asked.seen_by_alan().await;
    asked.alan.submit(&mine, "Withdraw request", &[]).await.answers(200);
    let again = asked.alan.asks(&asked.portal, "Compiler Team", "Once more.").await;

    let request = asked.grace.opens(&again.id()).await;

    request.shows("Asked before");
    request.shows("Withdrawn");
}

#[tokio::test]
async fn nobody_answers_their_own_request() {
    let asked = Asked::start().await;
    let request = asked.grace.opens(&asked.request).await;
    let alan_id = asked.portal.emulator.person_named("Alan Turing");
    asked.portal.emulator.add_owner(asked.portal.emulator.group_named("Compiler Team"), alan_id);

    let seen = asked.alan.opens(&asked.request).await;
    let pressed = asked.alan.submit(&request.unmarked(), "Approve request", &[]).await;

    for page in [seen, pressed] {
        page.answers(403);
        page.shows("Nobody decides on their own request.");
    }
    assert_eq!(asked.portal.adds(), 0);
    assert!(!asked.alan.visit("/approvals").await.text().contains("Alan Turing wants"));
}

#[tokio::test]
async fn a_guest_who_owns_a_group_cannot_answer() {
    let asked = Asked::start().await;
    let emulator = &asked.portal.emulator;
    emulator.add_owner(emulator.group_named("Compiler Team"), emulator.person_named("Tim Berners"));
    let tim = asked.portal.sign_in("Tim Berners").await;
    let request = asked.grace.opens(&asked.request).await;

    let seen = tim.opens(&asked.request).await;
    let pressed = tim.submit(&request.unmarked(), "Approve request", &[]).await;

    seen.answers(403);
    seen.shows("Guests cannot answer requests.");
    seen.hides("I fix the register allocator.");
    pressed.answers(403);
    for path in ["/", "/approvals"] {
        let page = tim.visit(path).await;
        page.hides("Alan Turing");
        assert_eq!(page.link("Requests for you"), None, "{path}");
    }
    assert_eq!(asked.portal.adds(), 0);
}

#[tokio::test]
async fn an_administrator_who_is_no_owner_answers_nothing() {
    let asked = Asked::start().await;
    let ada = asked.portal.sign_in("Ada Lovelace").await;
    let request = asked.grace.opens(&asked.request).await;

    let pressed = ada.submit(&request.unmarked(), "Approve request", &[]).await;

    pressed.answers(404);
    assert_eq!(asked.portal.adds(), 0);
}

#[tokio::test]
async fn a_missing_permission_leaves_only_the_denial() {
    let portal = Portal::start().await;
    portal.emulator.set_granted_scopes(&["User.Read", "User.ReadBasic.All", "GroupMember.Read.All"]);
    let asked = Asked::on(portal).await;

    let request = asked.grace.opens(&asked.request).await;
    let denied = asked.grace.submit(&request, "Deny request", &[("message", "Later.")]).await;

    assert!(!request.has_button("Approve request"));
    request.shows("Roster was not granted the permission GroupMember.ReadWrite.All");
    denied.answers(200);
}

#[tokio::test]
async fn what_an_approval_asks_of_the_directory_is_little() {
    let asked = Asked::start().await;
    asked.portal.emulator.forget_calls();

    let request = asked.grace.opens(&asked.request).await;
    let page = asked.portal.calls();
    asked.portal.emulator.forget_calls();
    asked.grace.press(&request, "Approve request").await;
    let decision = asked.portal.calls();

    // The group, its owners, the person, and whether they are a member already.
    assert_eq!((page, decision), ((4, 0), (4, 1)));
    assert!(asked.portal.emulator.violations().is_empty());
}

#[tokio::test]
async fn the_inbox_asks_the_directory_once_a_minute() {
    let asked = Asked::start().await;
    asked.portal.advance(jiff::SignedDuration::from_secs(61));
    asked.portal.emulator.forget_calls();

    asked.grace.visit("/approvals").await.answers(200);
    asked.grace.visit("/approvals").await.answers(200);

    assert_eq!(asked.portal.calls(), (3, 0));
}

#[tokio::test]
async fn a_decision_is_kept_with_its_evidence_and_the_record_is_whole() {
    let asked = Asked::start().await;
    asked.grace.approves(&asked.request).await.answers(200);

    let evidence = asked.portal.database.text("SELECT evidence FROM decision").await;

    let grace = asked.portal.emulator.person_named("Grace Hopper").to_string();
    assert!(evidence.contains(&grace) && evidence.contains("was_member"), "{evidence}");
    asked.portal.record_is_whole().await;
}
