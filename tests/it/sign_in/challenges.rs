//! Continuous access evaluation: the directory takes a token back and says what the next one has to prove.

use jiff::SignedDuration;
use roster_emulator::{Action, Fault};

use crate::support::{emulator, page::Page, portal::Portal, steps::Asked};

/// What the provider was asked to prove, from an address that leads there.
fn claims(address: &str) -> String {
    let url = url::Url::parse(address).unwrap();
    url.query_pairs().find(|(name, _)| name == "claims").map(|(_, claims)| claims.into_owned()).unwrap_or_default()
}

/// Makes the next call, or many, that the directory would answer at this path a challenge.
fn challenge(portal: &Portal, method: &str, path: &str, times: usize) {
    portal.emulator.fault(Fault::on(method, path).times(times).answer(Action::ClaimsChallenge));
}

fn is_not_accepted(page: &Page) {
    page.answers(403);
    assert_eq!(page.heading(), "The directory does not accept your sign-in");
    page.shows("Sign in again. If that does not help, wait five minutes");
}

#[tokio::test]
async fn every_sign_in_says_that_its_token_may_be_taken_back_at_once() {
    let portal = Portal::start().await;

    let way = portal.visitor().look("/sign-in").await.location();

    assert_eq!(claims(&way), r#"{"access_token":{"xms_cc":{"values":["cp1"]}}}"#);
}

#[tokio::test]
async fn what_the_directory_wants_proved_is_asked_of_the_provider_and_the_page_comes() {
    let asked = Asked::start().await;
    let (portal, grace) = (&asked.portal, &asked.grace);
    let (before, path) = (grace.jar.get("roster"), format!("/approvals/{}", asked.request));
    challenge(portal, "GET", "/owners", 1);

    let way = grace.look(&path).await;
    let provider = grace.look(&way.location()).await.location();
    challenge(portal, "GET", "/owners", 1);
    let page = grace.visit(&path).await;

    let proof = claims(&provider);
    assert!(proof.contains("nbf") && proof.contains("cp1"), "{proof}");
    assert!(!provider.contains("prompt=none"), "{provider}");
    assert_eq!((page.status.as_u16(), page.path()), (200, path.as_str()));
    assert!(page.has_button("Approve request"));
    assert_ne!(grace.jar.get("roster"), before, "who may have been asked gets a new session");
}

#[tokio::test]
async fn a_challenge_of_any_read_before_a_decision_leads_to_the_provider() {
    let asked = Asked::start().await;
    let alan = asked.portal.emulator.person_named("Alan Turing");
    let path = format!("/approvals/{}", asked.request);

    for read in ["$select=id,displayName,description", "/owners", &format!("/users/{alan}"), "$filter=id eq"] {
        challenge(&asked.portal, "GET", read, 1);
        let way = asked.grace.look(&path).await;
        assert!(way.location().contains("claims="), "{read}: {}", way.location());
    }
}

#[tokio::test]
async fn a_challenge_that_makes_no_sense_is_a_plain_renewal() {
    let asked = Asked::start().await;
    asked.portal.emulator.fault(Fault::on("GET", "/owners").answer(Action::Status(401, None)));

    let way = asked.grace.look(&format!("/approvals/{}", asked.request)).await;
    let provider = asked.grace.look(&way.location()).await.location();

    assert!(provider.contains("prompt=none"), "{provider}");
    assert!(!claims(&provider).contains("nbf"), "{provider}");
}

#[tokio::test]
async fn a_directory_that_challenges_every_token_does_not_go_round_in_circles() {
    let asked = Asked::start().await;
    let (portal, path) = (&asked.portal, format!("/approvals/{}", asked.request));
    challenge(portal, "GET", "/owners", 100);

    let first = asked.grace.visit(&path).await;
    portal.advance(SignedDuration::from_mins(4));
    let soon = asked.grace.look(&path).await;
    portal.advance(SignedDuration::from_mins(2));
    let later = asked.grace.look(&path).await;

    is_not_accepted(&first);
    is_not_accepted(&soon);
    assert!(later.location().starts_with("/sign-in?"), "{}", later.text());
}

#[tokio::test]
async fn a_form_that_meets_a_challenge_is_kept_and_decides_once() {
    let asked = Asked::start().await;
    let request = asked.grace.opens(&asked.request).await;
    challenge(&asked.portal, "GET", "/owners", 1);

    let kept = asked.grace.submit(&request, "Approve request", &[("message", "Welcome.")]).await;
    let before = asked.portal.adds();
    let after = asked.grace.submit(&kept, "Send it now", &[]).await;
    let again = asked.grace.submit(&kept, "Send it now", &[]).await;

    kept.shows("Welcome.");
    assert_eq!(before, 0);
    assert_eq!(after.flash(), "Alan Turing is now a member of Compiler Team.");
    again.answers(200);
    assert_eq!(asked.portal.adds(), 1);
    assert_eq!(asked.portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM decision").await, 1);
}

#[tokio::test]
async fn what_was_typed_is_shown_when_the_directory_accepts_no_token() {
    let asked = Asked::start().await;
    let request = asked.grace.opens(&asked.request).await;
    challenge(&asked.portal, "GET", "/owners", 100);

    let kept = asked.grace.submit(&request, "Deny request", &[("message", "No room this year.")]).await;
    let page = asked.grace.submit(&kept, "Send it now", &[]).await;

    is_not_accepted(&page);
    page.shows("No room this year.");
    assert_eq!(asked.portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM decision").await, 0);
}

// The write alone was challenged: every read before and after went well, so nothing led to the provider, and Finish met the
// same challenge for ever.
#[tokio::test]
async fn an_approval_whose_write_alone_is_challenged_is_kept_and_finished_after_a_renewal() {
    let asked = Asked::start().await;
    challenge(&asked.portal, "POST", "/members/$ref", 1);
    let request = asked.grace.opens(&asked.request).await;

    let way = asked.grace.press(&request, "Approve request").await.location();
    let mine = asked.seen_by_alan().await;
    let page = asked.grace.visit(&way).await;
    let finished = asked.grace.submit(&page, "Finish", &[]).await;

    assert!(way.contains("how=refused") && way.contains("claims="), "{way}");
    assert_eq!(mine.tags(), ["Approved, being added"]);
    assert_eq!(page.path(), format!("/approvals/{}", asked.request));
    assert_eq!(finished.flash(), "Alan Turing is now a member of Compiler Team.");
    assert_eq!(asked.portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM decision").await, 1);
    asked.portal.record_is_whole().await;
}

#[tokio::test]
async fn a_write_that_is_challenged_again_says_so_and_leaves_it_to_be_finished() {
    let asked = Asked::start().await;
    challenge(&asked.portal, "POST", "/members/$ref", 2);
    let page = asked.grace.approves(&asked.request).await;

    emulator::rest(&asked.portal.emulator);
    let again = asked.grace.submit(&page, "Finish", &[]).await;
    let finished = asked.grace.submit(&again, "Finish", &[]).await;

    assert!(again.flash().contains("The directory did not accept your sign-in"), "{}", again.text());
    assert_eq!(finished.tags(), ["Added"]);
}
