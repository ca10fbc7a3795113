//! What an approval that was never confirmed may still do: nothing to somebody who has left since, and nothing that is
//! told wrongly when the store fails in the middle.

use jiff::SignedDuration;
use roster_emulator::{Action, Fault};

use crate::support::{portal::Portal, steps::Asked};

#[tokio::test]
async fn whoever_has_left_is_not_brought_back_by_a_late_finish() {
    let asked = Asked::start().await;
    asked.portal.emulator.fault(Fault::on("POST", "/members/$ref").times(3).answer(Action::DropAfterApplying));
    let underway = asked.grace.approves(&asked.request).await;
    assert!(underway.has_button("Finish") && asked.portal.is_member("Compiler Team", "Alan Turing"));
    asked.portal.advance(SignedDuration::from_secs(121));

    let leave = format!("/memberships/{}/leave", asked.portal.emulator.group_named("Compiler Team"));
    let form = asked.alan.visit(&leave).await;
    asked.alan.submit(&form, "Leave group", &[]).await.answers(200);
    let finished_late = asked.grace.submit(&underway, "Finish", &[]).await;
    let inbox = asked.grace.visit("/approvals").await;
    let wish = asked.grace.follow(&inbox, "Alan Turing wishes to leave").await;
    let removed = asked.grace.submit(&wish, "Remove from group", &[]).await;
    let finished_later = asked.grace.submit(&underway, "Finish", &[]).await;

    for finished in [&finished_late, &finished_later] {
        finished.answers(409);
        finished.shows("This is done already.");
    }
    assert_eq!(removed.flash(), "Alan Turing is no longer a member of Compiler Team.");
    assert!(!asked.portal.is_member("Compiler Team", "Alan Turing"));
    assert_eq!(asked.seen_by_alan().await.tags(), ["Added"]);
    asked.portal.record_is_whole().await;
}

#[tokio::test]
async fn an_approval_whose_outcome_cannot_be_recorded_is_said_to_be_on_its_way() {
    let asked = Asked::start().await;
    let fails = "CREATE TRIGGER no_outcome BEFORE UPDATE ON operation WHEN NEW.state = 'applied'
                 BEGIN SELECT RAISE(ABORT, 'the disk fails'); END";
    asked.portal.database.tamper(fails).await.unwrap();

    let after = asked.grace.approves(&asked.request).await;
    let mine = asked.seen_by_alan().await;

    after.answers(200);
    after.shows("Your decision is saved.");
    assert_eq!(mine.tags(), ["Approved, being added"]);
    assert!(asked.portal.is_member("Compiler Team", "Alan Turing"));

    asked.portal.database.tamper("DROP TRIGGER no_outcome").await.unwrap();
    asked.portal.advance(SignedDuration::from_secs(61));
    let page = asked.grace.opens(&asked.request).await;
    let finished = asked.grace.submit(&page, "Finish", &[]).await;
    assert_eq!(finished.tags(), ["Added"]);
}

#[tokio::test]
async fn somebody_who_no_longer_owns_the_group_reads_nothing_of_its_requests() {
    let asked = Asked::start().await;
    let (team, grace) = ("Compiler Team", "Grace Hopper");
    let emulator = &asked.portal.emulator;
    emulator.remove_owner(emulator.group_named(team), emulator.person_named(grace));

    let page = asked.grace.opens(&asked.request).await;

    page.answers(403);
    page.shows("You are not an owner of this group at the moment");
    page.hides("register allocator");
    page.hides("Alan");
}

#[tokio::test]
async fn a_directory_that_is_away_does_not_tell_a_real_request_from_an_unknown_one() {
    let asked = Asked::on(Portal::impatient().await).await;
    let katherine = asked.portal.sign_in("Katherine Johnson").await;
    asked.portal.emulator.set_down(true);

    let (others, unknown) =
        (katherine.opens(&asked.request).await, katherine.opens("00000000-0000-4000-8000-000000000000").await);

    assert_eq!((others.status.as_u16(), unknown.status.as_u16()), (404, 404));
    assert_eq!(others.bytes(), unknown.bytes());
}

#[tokio::test]
async fn a_group_paused_while_the_directory_was_asked_is_not_added_to() {
    let asked = Asked::start().await;
    let go_on = std::sync::Arc::new(tokio::sync::Notify::new());
    let hold = Action::Hold(go_on.clone(), roster_emulator::HoldWhen::Before);
    asked.portal.emulator.fault(Fault::on("GET", "/owners").nth(2).answer(hold));
    let page = asked.grace.opens(&asked.request).await;

    let approving = asked.grace.submit(&page, "Approve request", &[]);
    let pausing = async {
        asked.portal.pause("Compiler Team").await;
        go_on.notify_one();
    };
    let (answer, ()) = tokio::join!(approving, pausing);

    answer.answers(409);
    answer.shows("This changed since you opened the page.");
    assert!(!asked.portal.is_member("Compiler Team", "Alan Turing"));
    assert_eq!(asked.portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM decision").await, 0);
}
