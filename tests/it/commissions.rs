//! An administrator asks somebody to create a group for a resource, and is told once it is there.

mod mishaps;

use roster::domain::{commission::State, ids::GroupId};
use roster_emulator::{Action, Fault};

use crate::support::{emulator, page::Page, person::Person, portal::Portal};

const NAME: &str = "Engine Builders";
const RESOURCE: &str = "The drawings of the engine";

/// An administrator finds Grace Hopper and commissions a group. Returns the page of the commission.
async fn commissions(ada: &Person, portal: &Portal) -> Page {
    let form = ada.visit("/admin/commissions/new").await;
    let typed = [("resource", RESOURCE), ("purpose", "Reading the drawings."), ("name", NAME), ("q", "Grace")];
    let found = ada.submit(&form, "Find people", &typed).await;
    let grace = portal.emulator.person_named("Grace Hopper").to_string();
    ada.submit(&found, "Send commission", &[("person", &grace)]).await
}

/// A portal with an administrator who has commissioned a group, and whom she asked.
async fn commissioned(portal: Portal) -> (Portal, Person, Person, String) {
    let ada = portal.sign_in("Ada Lovelace").await;
    let page = commissions(&ada, &portal).await;
    page.answers(200);
    let grace = portal.sign_in("Grace Hopper").await;
    emulator::rest(&portal.emulator);
    let id = page.id();
    (portal, ada, grace, id)
}

async fn checks(person: &Person, id: &str) -> Page {
    let form = person.visit(&format!("/owned/new?commission={id}")).await;
    person.submit(&form, "Check", &[("kind", "security")]).await
}

async fn state(portal: &Portal, id: &str) -> State {
    portal.app.store.commissions().find(id.parse().unwrap()).await.unwrap().unwrap().state
}

async fn events(portal: &Portal, kind: &'static str) -> usize {
    let all = portal.app.store.events().latest(200).await.unwrap();
    all.iter().filter(|event| serde_json::to_value(event.kind).unwrap() == kind).count()
}

fn made(portal: &Portal) -> usize {
    portal.emulator.calls().iter().filter(|call| call.method == "POST" && call.path == "/groups").count()
}

#[tokio::test]
async fn a_commission_is_created_reports_back_and_is_closed() {
    let (portal, ada, grace, id) = commissioned(Portal::start().await).await;

    let home = grace.visit("/").await;
    let read = grace.follow(&home, "Read it").await;
    let form = grace.follow(&read, "Create the group").await;
    let check = checks(&grace, &id).await;
    let after = grace.submit(&check, "Create group", &[]).await;
    let group = portal.emulator.group_named(NAME);
    let told = ada.visit("/").await;
    let back = ada.follow(&told, "See what reported back").await;
    let page = ada.follow(&back, RESOURCE).await;
    let closed = ada.submit(&page, "Access granted", &[]).await;

    home.shows("Ada Lovelace asks you to create a group");
    home.shows("One thing waits for you.");
    assert_eq!(form.field("name").as_deref(), Some(NAME));
    assert_eq!(form.field("purpose").as_deref(), Some("Reading the drawings."));
    check.shows(RESOURCE);
    after.shows("Who asked you for it is told that it is there");
    after.shows("It takes no part in self-service yet.");
    told.shows("One group that was commissioned is ready to be granted access");
    assert_eq!(page.first("#object-id").as_deref(), Some(""), "a field, and no text");
    assert!(page.body.contains(&format!("value=\"{group}\" readonly")));
    closed.shows("The commission is closed.");
    assert_eq!(state(&portal, &id).await, State::Done);
    ada.visit("/").await.hides("ready to be granted access");
    grace.visit("/").await.hides("asks you to create");
    let history = grace.visit(&format!("/owned/{group}/history")).await;
    history.shows("Ada Lovelace had commissioned the group");
    for kind in ["commission.made", "commission.ready", "commission.closed"] {
        assert_eq!(events(&portal, kind).await, 1, "{kind}");
    }
    portal.record_is_whole().await;
}

#[tokio::test]
async fn nobody_else_sees_or_uses_it_and_auditors_only_read() {
    let (portal, _ada, grace, id) = commissioned(Portal::start().await).await;
    let check = checks(&grace, &id).await;
    let alan = portal.sign_in("Alan Turing").await;
    let joan = portal.sign_in("Joan Clarke").await;
    let mut forged = alan.visit("/owned/new").await.form("Check");
    for (name, value) in [("commission", id.as_str()), ("name", NAME), ("purpose", "Mine."), ("act", "create")] {
        forged.fields.retain(|(known, _)| known != name);
        forged.fields.push((name.to_owned(), value.to_owned()));
    }
    let mine = format!("/owned/commissions/{id}");

    for path in [mine.clone(), format!("/owned/new?commission={id}"), format!("/admin/commissions/{id}")] {
        alan.visit(&path).await.answers(404);
    }
    alan.send_form(&check, forged).await.answers(404);
    let page = joan.visit(&format!("/admin/commissions/{id}")).await;
    let form = [("origin", portal.address.as_str()), ("content-type", "application/x-www-form-urlencoded")];
    for end in ["withdraw", "close"] {
        joan.post_raw(&format!("/admin/commissions/{id}/{end}"), &form, "why=Because").await.answers(403);
        grace.post_raw(&format!("/admin/commissions/{id}/{end}"), &form, "why=Because").await.answers(404);
    }
    joan.post_raw(&format!("{mine}/decline"), &form, "why=Because").await.answers(404);

    page.shows(RESOURCE);
    assert!(!page.has_button("Take back"));
    assert_eq!((state(&portal, &id).await, made(&portal)), (State::Open, 0));
}

#[tokio::test]
async fn whoever_was_asked_declines_with_a_reason_and_another_is_asked() {
    let (portal, ada, grace, id) = commissioned(Portal::start().await).await;
    let page = grace.visit(&format!("/owned/commissions/{id}")).await;

    let missing = grace.submit(&page, "Decline the commission", &[("why", " ")]).await;
    let declined = grace.submit(&page, "Decline the commission", &[("why", "They are Barbara’s.")]).await;
    let twice = grace.submit(&page, "Decline the commission", &[("why", "They are Barbara’s.")]).await;
    let told = ada.visit("/").await;
    let seen = ada.visit(&format!("/admin/commissions/{id}")).await;
    let again = ada.follow(&seen, "Ask somebody else").await;
    ada.submit(&seen, "Mark as done", &[]).await.answers(200);

    missing.answers(422);
    assert_eq!(declined.flash(), "Ada Lovelace is told that you declined.");
    twice.answers(200);
    told.shows("One commission was declined");
    seen.shows("They are Barbara’s.");
    assert_eq!(again.field("resource").as_deref(), Some(RESOURCE));
    assert_eq!((events(&portal, "commission.declined").await, state(&portal, &id).await), (1, State::Done));
    grace.visit(&format!("/owned/new?commission={id}")).await.shows("A group for");
}

#[tokio::test]
async fn what_was_taken_back_creates_nothing_and_loses_nothing_typed() {
    let (portal, ada, grace, id) = commissioned(Portal::start().await).await;
    let check = checks(&grace, &id).await;
    let page = ada.visit(&format!("/admin/commissions/{id}")).await;

    ada.submit(&page, "Take back", &[("why", "The drawings stay.")]).await.answers(200);
    let late = grace.submit(&check, "Create group", &[]).await;
    let home = grace.visit("/").await;
    let why = grace.follow(&home, "Read it").await;
    let without = grace.submit(&late, "Check", &[("kind", "security")]).await;

    late.answers(422);
    late.shows("This group is not asked of you any more");
    assert_eq!(late.field("name").as_deref(), Some(NAME));
    assert_eq!(made(&portal), 0);
    home.shows("Ada Lovelace does not need a group any more");
    why.shows("The drawings stay.");
    grace.submit(&without, "Create group", &[]).await.shows("is created");
    assert_eq!(state(&portal, &id).await, State::Withdrawn);
}

#[tokio::test]
async fn of_taking_back_and_creating_at_once_one_wins() {
    let (portal, ada, grace, id) = commissioned(Portal::start().await).await;
    let (check, page) = (checks(&grace, &id).await, ada.visit(&format!("/admin/commissions/{id}")).await);

    let (created, withdrawn) = tokio::join!(
        grace.submit(&check, "Create group", &[]),
        ada.submit(&page, "Take back", &[("why", "Not needed.")])
    );

    match state(&portal, &id).await {
        State::Ready => {
            withdrawn.answers(409);
            withdrawn.shows("Not needed.");
            assert_eq!(made(&portal), 1);
        }
        State::Withdrawn => {
            created.answers(422);
            assert_eq!(made(&portal), 0);
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn one_group_comes_of_a_commission_however_often_it_is_sent() {
    let (portal, _ada, grace, id) = commissioned(Portal::start().await).await;
    let (one, two) = (checks(&grace, &id).await, checks(&grace, &id).await);

    let (first, second) =
        tokio::join!(grace.submit(&one, "Create group", &[]), grace.submit(&one, "Create group", &[]));
    let other_tab = grace.submit(&two, "Create group", &[]).await;

    assert!(first.status.is_success() && second.status.is_success(), "{} / {}", first.text(), second.text());
    other_tab.answers(422);
    other_tab.shows("This group is not asked of you any more");
    assert_eq!((made(&portal), events(&portal, "commission.ready").await), (1, 1));
}

#[tokio::test]
async fn a_lost_answer_settles_rule_and_commission_once() {
    let (portal, ada, grace, id) = commissioned(Portal::impatient().await).await;
    let form = ada.visit("/admin/new-groups").await;
    ada.submit(&form, "Save", &[("whose", "everybody")]).await.answers(200);
    let check = checks(&grace, &id).await;
    portal.emulator.fault(Fault::on("POST", "/groups").answer(Action::DropAfterApplying));
    portal.emulator.fault(Fault::on("GET", "/groups").nth(2).times(20).answer(Action::Status(503, None)));

    let unclear = grace.submit(&check, "Create group", &[]).await;
    let taken = state(&portal, &id).await;
    let form = [("origin", portal.address.as_str()), ("content-type", "application/x-www-form-urlencoded")];
    let late = ada.post_raw(&format!("/admin/commissions/{id}/withdraw"), &form, "why=Late").await;
    portal.emulator.clear_faults();
    let (one, two) = tokio::join!(grace.visit(unclear.path()), grace.visit(unclear.path()));

    assert_eq!((unclear.heading(), taken), (format!("Is {NAME} created?"), State::Taken));
    late.answers(409);
    for page in [one, two] {
        page.shows("It takes part in self-service");
    }
    assert_eq!(state(&portal, &id).await, State::Ready);
    let group = GroupId(portal.emulator.group_named(NAME));
    let known = portal.app.store.commissions().find(id.parse().unwrap()).await.unwrap().unwrap();
    assert_eq!(known.group, Some((group, NAME.to_owned())));
    assert!(portal.app.store.designations().find(group).await.unwrap().is_some());
    let kinds = ["commission.ready", "designation.created", "group.created"];
    let by_roster = "SELECT CAST(COUNT(*) AS TEXT) FROM event WHERE kind = 'designation.created' AND actor_id IS NULL";
    assert_eq!((events(&portal, kinds[0]).await, events(&portal, kinds[2]).await, made(&portal)), (1, 1, 1));
    assert_eq!(portal.count(by_roster).await, 1);
    portal.record_is_whole().await;
}

#[tokio::test]
async fn a_refused_creation_opens_the_commission_again() {
    let (portal, _ada, grace, id) = commissioned(Portal::start().await).await;
    let check = checks(&grace, &id).await;
    portal.emulator.fault(Fault::on("POST", "/groups").answer(Action::Status(403, None)));

    let refused = grace.submit(&check, "Create group", &[]).await;
    let open = state(&portal, &id).await;
    let form = grace.follow(&refused, "Change and try again").await;
    let check = grace.submit(&form, "Check", &[("kind", "security"), ("name", "Engine Room")]).await;
    grace.submit(&check, "Create group", &[]).await.shows("is created");

    assert_eq!((open, state(&portal, &id).await), (State::Open, State::Ready));
    let known = portal.app.store.commissions().find(id.parse().unwrap()).await.unwrap().unwrap();
    assert_eq!(known.group.map(|(_, name)| name).as_deref(), Some("Engine Room"));
}

#[tokio::test]
async fn who_lost_their_right_is_shown_as_such() {
    let (portal, ada, _grace, id) = commissioned(Portal::start().await).await;
    let grace = portal.emulator.person_named("Grace Hopper");
    let pages = ["/admin/commissions".to_owned(), format!("/admin/commissions/{id}")];
    for path in &pages {
        ada.visit(path).await.hides("may not sign in");
    }

    // Who is disabled is known where the portal may read it.
    let known = "INSERT INTO directory_account (id, why, since) SELECT to_id, 'disabled', 0 FROM commission";
    portal.database.tamper(known).await.unwrap();
    for path in &pages {
        ada.visit(path).await.shows("This person’s account may not sign in");
    }
    portal.emulator.delete_person(grace);
    for path in &pages {
        ada.visit(path).await.shows("The directory does not know this person any more");
    }
}

#[tokio::test]
async fn guests_and_oneself_are_not_asked_and_a_form_sent_twice_asks_once() {
    let portal = Portal::start().await;
    let ada = portal.sign_in("Ada Lovelace").await;
    let form = ada.visit("/admin/commissions/new").await;
    let filled = [("resource", RESOURCE), ("purpose", "Reading.")];
    let found = ada.submit(&form, "Find people", &[&filled[..], &[("q", "Tim")]].concat()).await;
    let send = async |name: &str| {
        let id = portal.emulator.person_named(name).to_string();
        let mut form = found.form("Send commission");
        form.fields.push(("person".to_owned(), id));
        ada.send_form(&found, form).await
    };

    let cleared = ada.submit(&found, "Find people", &[("q", ""), ("searched", "")]).await;
    let (guest, own) = (send("Tim Berners").await, send("Ada Lovelace").await);
    let (first, second) = (send("Grace Hopper").await, send("Grace Hopper").await);

    cleared.answers(422);
    assert_eq!(cleared.errors(), ["Enter the beginning of a name or a mail address"]);
    guest.answers(422);
    guest.shows("guests create no groups here");
    own.shows("You create a group yourself without a commission");
    assert_eq!(own.field("resource").as_deref(), Some(RESOURCE));
    assert_eq!(first.path(), second.path());
    assert_eq!(portal.count("SELECT CAST(COUNT(*) AS TEXT) FROM commission").await, 1);
}
