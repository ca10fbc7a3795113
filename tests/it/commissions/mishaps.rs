//! Commissions that go wrong: changed after they were sent, begun by somebody who is gone, too many, or while the directory
//! is away.

use roster::domain::commission::State;
use roster_emulator::{Action, Fault};

use super::{NAME, RESOURCE, checks, commissioned, commissions, events, state};
use crate::support::portal::Portal;

#[tokio::test]
async fn what_was_changed_after_it_was_sent_is_not_said_to_be_sent() {
    let portal = Portal::start().await;
    let ada = portal.sign_in("Ada Lovelace").await;
    let first = commissions(&ada, &portal).await;
    let form = ada.visit("/admin/commissions/new").await;
    let typed = [("resource", RESOURCE), ("purpose", "Reading the drawings."), ("name", NAME), ("q", "Grace")];
    let found = ada.submit(&form, "Find people", &typed).await;
    let grace = portal.emulator.person_named("Grace Hopper").to_string();
    ada.submit(&found, "Send commission", &[("person", &grace)]).await.answers(200);

    let changed = ada.submit(&found, "Send commission", &[("person", &grace), ("resource", "The workshop")]).await;
    let before = portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM commission").await;
    let sent = ada.submit(&changed, "Send commission", &[]).await;

    changed.answers(422);
    changed.shows("Grace Hopper is asked already, by what you sent from this page before");
    assert_eq!(changed.field("resource").as_deref(), Some("The workshop"));
    assert_eq!((before, first.status.as_u16(), sent.status.as_u16()), (2, 200, 200));
    sent.shows("The workshop");
    assert_eq!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM commission").await, 3);
    ada.submit(&sent, "Take back", &[("why", "Too many.")]).await.answers(200);
    let over = ada.submit(&changed, "Send commission", &[]).await;
    over.answers(422);
    over.shows("What you asked Grace Hopper from this page before is over");
}

#[tokio::test]
async fn what_somebody_began_who_is_gone_is_taken_back() {
    let (portal, ada, grace, id) = commissioned(Portal::impatient().await).await;
    let check = checks(&grace, &id).await;
    portal.emulator.fault(Fault::on("POST", "/groups").times(9).answer(Action::DropBefore));
    portal.emulator.fault(Fault::on("GET", "/groups").nth(2).times(20).answer(Action::Status(503, None)));
    let unclear = grace.submit(&check, "Create group", &[]).await;
    let (taken, path) = (state(&portal, &id).await, format!("/admin/commissions/{id}"));
    portal.emulator.clear_faults();
    let hers = ada.visit(&path).await;
    portal.emulator.delete_person(portal.emulator.person_named("Grace Hopper"));

    let form = ada.visit(&path).await;
    let back = ada.submit(&form, "Take back", &[("why", "She left.")]).await;
    let again = ada.submit(&form, "Take back", &[("why", "She left.")]).await;

    assert_eq!(taken, State::Taken);
    assert!(!hers.has_button("Take back"), "what somebody can still end is theirs");
    for page in [&back, &again] {
        page.answers(200);
        page.shows("She left.");
    }
    back.hides("reads the reason on their first page");
    grace.submit(&unclear, "Try again", &[]).await.answers(409);
    assert_eq!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM group_creation WHERE course = 'done'").await, 0);
    assert_eq!((state(&portal, &id).await, events(&portal, "commission.withdrawn").await), (State::Withdrawn, 1));
    portal.record_is_whole().await;
}

#[tokio::test]
async fn all_that_is_asked_of_somebody_is_on_their_first_page_and_what_came_back_is_counted() {
    let (portal, ada, grace, id) = commissioned(Portal::start().await).await;
    let more = "INSERT INTO commission (id, to_id, to_name, resource, purpose, name, note, by_id, by_name, at, state, ended_at)
                SELECT CASE WHEN n < 10 THEN 'ffffffff-0000-7000-8000-00000000000' ELSE 'ffffffff-0000-7000-8000-0000000000' END
                       || CAST(n AS TEXT),
                       to_id, to_name, 'Resource ' || CAST(n AS TEXT), purpose, name, note, by_id, by_name, at,
                       CASE WHEN n < 10 THEN 'withdrawn' ELSE 'open' END, CASE WHEN n < 10 THEN at END
                FROM commission, (WITH RECURSIVE one (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM one WHERE n < 19)
                                  SELECT n FROM one) AS numbers";
    portal.database.tamper(more).await.unwrap();

    let home = grace.visit("/").await;
    grace
        .submit(&grace.visit(&format!("/owned/commissions/{id}")).await, "Decline the commission", &[("why", "No.")])
        .await;
    let hers = ada.visit("/").await;
    let back = ada.visit(&format!("/admin/commissions/{id}")).await;
    let closed = ada.submit(&back, "Mark as done", &[]).await;
    let twice = ada.submit(&back, "Mark as done", &[]).await;

    home.shows("“The drawings of the engine”");
    for n in 0..20 {
        home.shows(&format!("“Resource {n}”"));
    }
    hers.hides("Nothing is waiting for you.");
    closed.answers(200);
    twice.answers(200);
    ada.visit("/").await.shows("Nothing is waiting for you.");
}

#[tokio::test]
async fn a_form_that_the_directory_did_not_answer_is_sent_again_as_it_was() {
    let portal = Portal::impatient().await;
    let ada = portal.sign_in("Ada Lovelace").await;
    let form = ada.visit("/admin/commissions/new").await;
    let typed = [("resource", RESOURCE), ("purpose", "Reading the drawings."), ("name", NAME), ("q", "Grace")];
    let found = ada.submit(&form, "Find people", &typed).await;
    let grace = portal.emulator.person_named("Grace Hopper").to_string();
    portal.emulator.fault(Fault::on("GET", "/users").times(50).answer(Action::Status(503, None)));

    let away = ada.submit(&found, "Send commission", &[("person", &grace)]).await;
    let still = ada.submit(&away, "Send it again", &[]).await;
    portal.emulator.clear_faults();
    let sent = ada.submit(&still, "Send it again", &[]).await;

    for page in [&away, &still] {
        page.answers(503);
        page.shows("All that you entered is kept in this page.");
        page.shows(RESOURCE);
    }
    sent.answers(200);
    sent.shows(RESOURCE);
    assert_eq!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM commission").await, 1);
}
