//! Groups where more than one owner has to approve.

use crate::{
    owned::{adds, owned},
    support::{emulator, page::Page, person::Person, portal::Portal, steps::Asked},
};

const TEAM: &str = "Compiler Team";

/// Alan has asked, and so many owners of the three have to approve.
async fn asked(needed: u16) -> Asked {
    let asked = Asked::start().await;
    needs(&asked.portal, TEAM, needed).await;
    asked
}

/// An administrator says how many owners have to approve, on the page for it.
async fn needs(portal: &Portal, group: &str, needed: u16) {
    emulator::rest(&portal.emulator);
    let ada = portal.sign_in("Ada Lovelace").await;
    let form = ada.visit(&format!("/admin{}", portal.group(group))).await;
    ada.submit(&form, "Save terms", &[("approvals", &needed.to_string())]).await.answers(200);
}

async fn approves(portal: &Portal, owner: &Person, request: &str, message: &str) -> Page {
    emulator::rest(&portal.emulator);
    let page = owner.opens(request).await;
    owner.submit(&page, "Approve request", &[("message", message)]).await
}

#[tokio::test]
async fn the_person_is_added_when_enough_owners_have_approved() {
    let Asked { portal, alan, grace, request } = asked(2).await;
    let annie = portal.sign_in("Annie Easley").await;

    let kept = approves(&portal, &grace, &request, "He is good.").await;

    assert_eq!(
        kept.flash(),
        "Your approval for Alan Turing is kept. More owners of Compiler Team have to approve before this is decided."
    );
    kept.shows("You have approved. One more owner has to approve before this is decided.");
    assert!(!kept.has_button("Approve request") && kept.has_button("Deny request"));
    assert_eq!((portal.adds(), portal.is_member(TEAM, "Alan Turing")), (0, false));

    let seen = annie.opens(&request).await;
    seen.shows("Enough owners have approved with you");
    seen.shows("He is good.");
    annie.submit(&seen, "Approve request", &[]).await.answers(200);

    assert_eq!((portal.adds(), portal.is_member(TEAM, "Alan Turing")), (1, true));
    let timeline = alan.visit(&format!("/requests/{request}")).await;
    timeline.shows("Grace Hopper approved the request");
    timeline.shows("Annie Easley approved the request");
    let history = grace.visit(&owned(&portal, TEAM, "/history")).await;
    history.shows("Grace Hopper approved the request of Alan Turing, and more owners have to");
    portal.record_is_whole().await;
}

#[tokio::test]
async fn approving_twice_is_approving_once() {
    let Asked { portal, grace, request, .. } = asked(2).await;
    let form = grace.opens(&request).await;

    grace.submit(&form, "Approve request", &[]).await.answers(200);
    let again = grace.submit(&form, "Approve request", &[]).await;

    assert_eq!((again.status.as_u16(), again.path()), (200, format!("/approvals/{request}").as_str()));
    assert_eq!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM consent").await, 1);
    assert_eq!(portal.adds(), 0);
}

#[tokio::test]
async fn of_two_who_approve_at_once_the_later_sees_the_other_first() {
    let Asked { portal, grace, request, .. } = asked(2).await;
    let annie = portal.sign_in("Annie Easley").await;
    let (first, second) = (grace.opens(&request).await, annie.opens(&request).await);

    grace.submit(&first, "Approve request", &[]).await.answers(200);
    let stale = annie.submit(&second, "Approve request", &[("message", "Welcome.")]).await;

    stale.answers(409);
    stale.shows("Welcome.");
    assert_eq!(portal.adds(), 0);
    approves(&portal, &annie, &request, "Welcome.").await.answers(200);
    assert!(portal.is_member(TEAM, "Alan Turing"));
}

#[tokio::test]
async fn an_approval_of_somebody_who_owns_the_group_no_more_does_not_count() {
    let Asked { portal, grace, request, .. } = asked(2).await;
    let annie = portal.sign_in("Annie Easley").await;
    approves(&portal, &grace, &request, "").await.answers(200);
    portal.emulator.remove_owner(portal.emulator.group_named(TEAM), portal.emulator.person_named("Grace Hopper"));

    let kept = approves(&portal, &annie, &request, "").await;

    kept.shows("One more owner has to approve");
    assert_eq!((portal.adds(), portal.is_member(TEAM, "Alan Turing")), (0, false));
    let mary = portal.sign_in("Mary Jackson").await;
    approves(&portal, &mary, &request, "").await.answers(200);
    assert!(portal.is_member(TEAM, "Alan Turing"));
}

#[tokio::test]
async fn what_a_page_said_of_an_approval_holds_under_its_terms_only() {
    let Asked { portal, grace, request, .. } = asked(2).await;
    let keeps = grace.opens(&request).await;
    needs(&portal, TEAM, 1).await;

    let would_decide = grace.submit(&keeps, "Approve request", &[("message", "Yes.")]).await;
    let decides = grace.opens(&request).await;
    needs(&portal, TEAM, 2).await;
    let would_be_kept = grace.submit(&decides, "Approve request", &[]).await;

    for stale in [&would_decide, &would_be_kept] {
        stale.answers(409);
        stale.shows("This changed since you opened the page.");
    }
    would_decide.shows("Yes.");
    assert_eq!((portal.adds(), portal.is_member(TEAM, "Alan Turing")), (0, false));
    assert_eq!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM consent").await, 0);
}

#[tokio::test]
async fn whoever_approved_may_still_deny_and_a_denial_is_final() {
    let Asked { portal, grace, request, .. } = asked(2).await;
    let annie = portal.sign_in("Annie Easley").await;
    let before = annie.opens(&request).await;
    approves(&portal, &grace, &request, "").await.answers(200);

    grace.denies(&request, "I was wrong.").await.answers(200);
    let late = annie.submit(&before, "Approve request", &[]).await;

    late.answers(409);
    late.shows("Grace Hopper");
    assert_eq!((portal.adds(), portal.is_member(TEAM, "Alan Turing")), (0, false));
}

#[tokio::test]
async fn fewer_needed_afterwards_lets_those_who_approved_decide() {
    let Asked { portal, grace, request, .. } = asked(3).await;
    let annie = portal.sign_in("Annie Easley").await;
    approves(&portal, &grace, &request, "").await.answers(200);
    approves(&portal, &annie, &request, "").await.answers(200);
    assert_eq!(portal.adds(), 0);

    needs(&portal, TEAM, 2).await;
    grace.visit("/approvals").await.hides("Approved by you, more owners have to");
    approves(&portal, &grace, &request, "").await.answers(200);

    assert!(portal.is_member(TEAM, "Alan Turing"));
}

#[tokio::test]
async fn what_waits_for_others_waits_for_nobody_who_has_approved() {
    let Asked { portal, grace, request, .. } = asked(2).await;
    let annie = portal.sign_in("Annie Easley").await;
    let before = grace.visit("/").await;
    approves(&portal, &grace, &request, "").await.answers(200);

    let (home, inbox) = (grace.visit("/").await, grace.visit("/approvals").await);

    before.shows("One thing waits for you.");
    home.shows("Nothing is waiting for you.");
    inbox.shows("Approved by you, more owners have to");
    assert!(inbox.tags().contains(&"Waiting for others".to_owned()));
    assert!(annie.visit("/").await.text().contains("One thing waits for you."));
}

#[tokio::test]
async fn no_owner_adds_anybody_alone() {
    let Asked { portal, grace, .. } = asked(1).await;
    let list = grace.visit(&owned(&portal, TEAM, "/import")).await;
    let form = grace.visit(&owned(&portal, TEAM, "/members/add?q=Katherine+Johnson")).await;
    needs(&portal, TEAM, 2).await;
    let katherine = portal.emulator.person_named("Katherine Johnson").to_string();

    let added = grace.submit(&form, "Add to group", &[("person", &katherine)]).await;
    let listed = grace.submit(&list, "Look people up", &[("kind", "add"), ("people", "Katherine Johnson")]).await;

    for refused in [&added, &listed] {
        refused.answers(409);
        refused.shows("2 owners have to approve everybody who becomes a member of this group");
    }
    assert_eq!((portal.adds(), portal.is_member(TEAM, "Katherine Johnson")), (0, false));
    needs(&portal, TEAM, 1).await;
    adds(&portal, &grace, TEAM, "Katherine Johnson", "").await.answers(200);
}

#[tokio::test]
async fn nobody_asks_where_too_few_own_the_group() {
    let portal = Portal::start().await;
    let (alan, radia) = (portal.sign_in("Alan Turing").await, portal.sign_in("Radia Perlman").await);
    let form = alan.visit(&format!("{}/ask", portal.group("Network Operations"))).await;
    needs(&portal, "Network Operations", 2).await;

    let page = alan.visit(&portal.group("Network Operations")).await;
    let asked = alan.submit(&form, "Send request", &[("reason", "I do.")]).await;
    let owned = radia.visit("/owned").await;

    page.shows("2 owners have to approve here, and fewer are there who could.");
    page.shows("2 owners have to approve");
    assert!(page.link("Ask to join").is_none());
    asked.answers(409);
    owned.shows("2 owners have to approve each request, and fewer can.");
}
